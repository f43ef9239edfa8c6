"""The same clip as another tracking would have given it: landmarks a little elsewhere.

Another pose model, another first crop or another decoder moves every landmark by about a
hundredth of the body, steadily for a while and afresh in every frame. The sizes are those
measured between this tracker and MediaPipe on the labelled clips (median; the tenth of the clips
that differ most differ four times as much).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from repsight.core.skeleton import COUNT
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["retracked"]

#: Shares of the body length, in the picture: steady for a while, and afresh in every frame.
_DRIFT: Final = 0.006
_WHITE: Final = 0.004
_DRIFT_S: Final = 0.7
#: Metres of the world landmarks: across and up, and in depth.
_WORLD_M: Final = np.array([0.014, 0.014, 0.024])
#: The face is steady, fingers and toes are not.
_PART: Final = np.array(
    [0.6] * 11 + [0.8] * 2 + [1.1] * 2 + [1.2] * 2 + [1.6] * 6 + [0.9] * 2 + [1.1] * 4 + [1.4] * 4
)
#: Spells without a lifter, a second of video.
_GONE_HZ: Final = 0.03
_GONE_S: Final = 0.15
_TIP_DEG: Final = 2.0
_TRUNK_SHARE: Final = 0.37


def retracked(track: PoseTrack, *, seed: int, level: float = 1.0) -> PoseTrack:
    """``track`` with the differences of another tracking, ``level`` times the usual ones."""
    if len(track) < 2 or not level:
        return track
    rng = np.random.default_rng([seed, 0x7AC])
    size = _body(track.xy)
    drift = _wander(track.t_s, (*track.xy.shape[:2], 3), rng)
    white = rng.normal(size=track.xy.shape)
    error = (_DRIFT * drift[..., :2] + _WHITE * white) * _PART[:, None]
    xy = track.xy + level * size * error
    visibility = np.clip(track.visibility + rng.normal(0.0, 0.02, (1, COUNT)), 0.0, 1.0)
    gone = _spells(track.t_s, level * _GONE_HZ, rng)
    xy[gone] = np.nan
    world = None
    if track.world is not None:
        world = track.world @ _tipped(level, rng).T
        world = world + level * _WORLD_M * drift * _PART[:, None]
        world = world - world[:, 23:25].mean(axis=1, keepdims=True)
        world[gone] = np.nan
    return replace(track, xy=xy, visibility=visibility, world=world)


def _body(xy: FloatArray) -> float:
    """Length of the body in frame heights; 0 where no trunk is ever seen."""
    trunk = np.linalg.norm(xy[:, 11:13].mean(axis=1) - xy[:, 23:25].mean(axis=1), axis=-1)
    known = trunk[np.isfinite(trunk)]
    return float(np.percentile(known, 90)) / _TRUNK_SHARE if known.size else 0.0


def _wander(t_s: FloatArray, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Unit-variance first-order wander over irregular times."""
    out = rng.normal(size=shape)
    keep = np.exp(-np.diff(t_s, prepend=t_s[0]) / _DRIFT_S)
    for i in range(1, len(t_s)):
        out[i] = keep[i] * out[i - 1] + np.sqrt(1.0 - keep[i] ** 2) * out[i]
    return out


def _spells(t_s: FloatArray, rate_hz: float, rng: np.random.Generator) -> np.ndarray:
    """Frames (N,) of short spells in which the lifter was lost."""
    out = np.zeros(len(t_s), dtype=bool)
    span_s = float(t_s[-1] - t_s[0])
    for start_s in rng.uniform(t_s[0], t_s[-1], rng.poisson(rate_hz * span_s)):
        out |= (t_s >= start_s) & (t_s < start_s + _GONE_S * rng.uniform(0.5, 1.5))
    return out


def _tipped(level: float, rng: np.random.Generator) -> FloatArray:
    """A small rotation about the picture's horizontal: models guess where down is."""
    angle = float(np.radians(rng.normal(0.0, _TIP_DEG * level)))
    return np.array([
        [1.0, 0.0, 0.0],
        [0.0, np.cos(angle), -np.sin(angle)],
        [0.0, np.sin(angle), np.cos(angle)],
    ])  # fmt: skip
