"""A stick figure whose forearms and lean follow given courses: landmarks with a known truth."""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.core.skeleton import BILATERAL, COUNT
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["bumps", "stick_figure"]

#: Forward, outward and up of every point of one side in metres, standing, arms hanging.
_POINTS: Final[dict[str, tuple[float, float, float]]] = {
    "nose": (0.10, 0.0, 1.60), "ear": (0.0, 0.08, 1.62), "shoulder": (0.0, 0.19, 1.42),
    "elbow": (-0.03, 0.22, 1.12), "wrist": (0.0, 0.24, 0.86), "hand": (0.02, 0.24, 0.78),
    "hip": (0.0, 0.11, 0.92), "knee": (0.02, 0.12, 0.50), "ankle": (0.0, 0.12, 0.08),
    "heel": (-0.05, 0.12, 0.02), "toe": (0.18, 0.14, 0.02),
}  # fmt: skip
_FOREARM_M: Final = 0.26
_HAND_SHARE: Final = 1.3
_BENT_RAD: Final = 2.6
_FRAME_M: Final = 2.0


def bumps(
    t_s: FloatArray, starts_s: tuple[float, ...], *, lasting_s: float = 1.6, height: float = 1.0
) -> FloatArray:
    """(N,) smooth rises from 0 to ``height`` and back, one beginning at each of ``starts_s``."""
    course = np.zeros(len(t_s))
    for start_s in starts_s:
        share = np.clip((t_s - start_s) / lasting_s, 0.0, 1.0)
        course += height * (1.0 - np.cos(2.0 * np.pi * share)) / 2.0
    return course


def stick_figure(
    t_s: FloatArray,
    *,
    left: FloatArray | float = 0.0,
    right: FloatArray | float = 0.0,
    lean_deg: FloatArray | float = 0.0,
    yaw_deg: float = 0.0,
    visibility: tuple[float, float] = (1.0, 1.0),
    noise_m: float = 0.003,
    seed: int = 0,
) -> PoseTrack:
    """Landmarks of a standing figure at times (N,).

    ``left`` and ``right`` (0..1) curl that forearm up, ``lean_deg`` tips the whole body forward
    about its toes, ``yaw_deg`` turns it (0 faces the camera, 90 faces right). ``visibility`` is
    that of the left and of the right arm.
    """
    points = np.zeros((len(t_s), COUNT, 3))
    for name, place in _POINTS.items():
        for column, sign in zip(BILATERAL[name], (1.0, -1.0), strict=True):
            points[:, column] = np.array(place) * (1.0, sign, 1.0)
    for side, lift in enumerate((left, right)):
        _curl(points, side, np.broadcast_to(lift, len(t_s)))
    points[:, 1:11] = points[:, [0]]
    points[:, list(BILATERAL["ear"])] = points[:, [0]] + np.array([-0.1, 0.0, 0.02])
    points = _tipped(points, np.radians(np.broadcast_to(lean_deg, len(t_s))))
    points += np.random.default_rng(seed).normal(0.0, noise_m, points.shape)
    world = _seen_from(points, np.radians(yaw_deg))
    seen = np.ones((len(t_s), COUNT))
    for side, share in enumerate(visibility):
        seen[:, [BILATERAL[name][side] for name in ("elbow", "wrist", "hand")]] = share
    xy = world[..., :2] / _FRAME_M + np.array([0.9, 0.95])
    centred = world - world[:, list(BILATERAL["hip"])].mean(axis=1, keepdims=True)
    return PoseTrack(t_s, xy, seen, centred, 1.78)


def _curl(points: FloatArray, side: int, lift: FloatArray) -> None:
    """Turn the forearm about its elbow, forward and up."""
    elbow, wrist, hand = (BILATERAL[name][side] for name in ("elbow", "wrist", "hand"))
    bend = _BENT_RAD * lift
    way = np.stack([np.sin(bend), 0.0 * bend, -np.cos(bend)], axis=1)
    points[:, wrist] = points[:, elbow] + _FOREARM_M * way
    points[:, hand] = points[:, elbow] + _HAND_SHARE * _FOREARM_M * way
    for column in {wrist, hand}:
        thumbs = (side + 17, side + 21)
        points[:, list(thumbs)] = points[:, [column]]


def _tipped(points: FloatArray, lean: FloatArray) -> FloatArray:
    """Turned forward about the toes; the arms keep hanging from the shoulders."""
    pivot = np.array(_POINTS["toe"]) * (1.0, 0.0, 1.0)
    cosine, sine = np.cos(lean)[:, None], np.sin(lean)[:, None]
    moved = points - pivot
    forward = moved[..., 0] * cosine + moved[..., 2] * sine
    up = moved[..., 2] * cosine - moved[..., 0] * sine
    tipped = np.stack([forward, moved[..., 1], up], axis=2) + pivot
    for side in (0, 1):
        shoulder = BILATERAL["shoulder"][side]
        arm = [
            *(BILATERAL[name][side] for name in ("elbow", "wrist", "hand")),
            side + 17,
            side + 21,
        ]
        tipped[:, arm] = tipped[:, [shoulder]] + (points[:, arm] - points[:, [shoulder]])
    return tipped


def _seen_from(points: FloatArray, yaw: float) -> FloatArray:
    """Forward, left, up becomes right, down, away for a camera the figure is turned from."""
    forward, left, up = np.moveaxis(points, 2, 0)
    right = left * np.cos(yaw) + forward * np.sin(yaw)
    away = left * np.sin(yaw) - forward * np.cos(yaw)
    return np.stack([right, -up, away], axis=2)
