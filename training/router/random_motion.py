"""Movement without a purpose: from one posture to the next, as in dancing, yoga or play."""

from __future__ import annotations

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.performance import STYLES, perform
from repsight.core.skeleton import Landmark, columns
from repsight.core.types import FloatArray

__all__ = ["wander"]

_RATE_HZ = 60.0
#: Parent of each landmark on the way from the middle of the hips; -1 is the middle itself.
_LIMBS = {
    "shoulder": "hip", "elbow": "shoulder", "wrist": "elbow", "hand": "wrist", "knee": "hip",
    "ankle": "knee", "heel": "ankle", "toe": "ankle",
}  # fmt: skip
_FINGERS = {
    Landmark.LEFT_PINKY: Landmark.LEFT_WRIST, Landmark.RIGHT_PINKY: Landmark.RIGHT_WRIST,
    Landmark.LEFT_THUMB: Landmark.LEFT_WRIST, Landmark.RIGHT_THUMB: Landmark.RIGHT_WRIST,
}  # fmt: skip
_FACE = range(int(Landmark.LEFT_SHOULDER))
_PARENT = {
    **dict.fromkeys(columns("hip"), -1),
    **{
        child: parent
        for point, nearer in _LIMBS.items()
        for child, parent in zip(columns(point), columns(nearer), strict=True)
    },
    **{int(finger): int(wrist) for finger, wrist in _FINGERS.items()},
    **dict.fromkeys(_FACE, int(Landmark.LEFT_SHOULDER)),
}


def wander(rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Times (N,) and floor-frame points (N, 33, 3) of one person going through random postures.

    The postures are those of the athlete's styles, so that a posture alone proves nothing.
    """
    body = Body.varied(int(rng.integers(1 << 30)))
    poses = [_posture(body, rng) for _ in range(int(rng.integers(4, 8)))]
    travel_s = rng.uniform(0.4, 1.8, len(poses) - 1)
    stay_s = rng.uniform(0.0, 1.0, len(poses) - 1)
    edges = np.concatenate([[0.0], np.cumsum(travel_s + stay_s)])
    t_s = np.arange(0.0, edges[-1], 1.0 / _RATE_HZ)
    leg = np.clip(np.searchsorted(edges, t_s, side="right") - 1, 0, len(travel_s) - 1)
    share = np.clip((t_s - edges[leg]) / travel_s[leg], 0.0, 1.0)
    ease = (share**2 * (3.0 - 2.0 * share))[:, None, None]
    stack = np.stack(poses)
    return t_s, _joined(stack[leg], stack[leg + 1], ease)


def _posture(body: Body, rng: np.random.Generator) -> FloatArray:
    """One moment (33, 3) of a random style, turned a little."""
    name = str(rng.choice(list(STYLES)))
    made = perform(name, reps=1, body=body, seed=int(rng.integers(1 << 30)), hold_s=3.0)
    points = made.points[rng.integers(len(made.points))].copy()
    turn = rng.normal(0.0, 0.6)
    middle = points[columns("hip")].mean(axis=0) * [1.0, 1.0, 0.0]
    flat = points - middle
    x = np.cos(turn) * flat[:, 0] - np.sin(turn) * flat[:, 1]
    y = np.sin(turn) * flat[:, 0] + np.cos(turn) * flat[:, 1]
    return np.stack([x, y, flat[:, 2]], axis=1)


def _joined(first: FloatArray, last: FloatArray, ease: FloatArray) -> FloatArray:
    """Between two postures along turning bones, so that no limb shrinks on the way."""
    out = np.empty_like(first)
    hips = [pose[:, columns("hip")].mean(axis=1) for pose in (first, last)]
    middle = hips[0] + ease[:, 0] * (hips[1] - hips[0])
    for child in sorted(_PARENT, key=_depth):
        parent = _PARENT[child]
        bones = [
            pose[:, child] - (hip if parent < 0 else pose[:, parent])
            for pose, hip in zip((first, last), hips, strict=True)
        ]
        lengths = [np.linalg.norm(bone, axis=1, keepdims=True) for bone in bones]
        blended = bones[0] + ease[:, 0] * (bones[1] - bones[0])
        size = lengths[0] + ease[:, 0] * (lengths[1] - lengths[0])
        now = np.linalg.norm(blended, axis=1, keepdims=True)
        root = middle if parent < 0 else out[:, parent]
        out[:, child] = root + blended / np.maximum(now, 1e-6) * size
    return out


def _depth(child: int) -> int:
    parent = _PARENT[child]
    return 0 if parent < 0 else 1 + _depth(parent)
