"""How pose models err: turns exact landmarks into the track a model would report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.camera import View
from repsight.core.skeleton import COUNT, middle
from repsight.core.types import FloatArray, PoseTrack

__all__ = ["ErrorModel", "frame_times", "with_errors"]

#: Error of each landmark relative to a knee: face is steady, fingers and hips are not.
_PART: Final = np.array([0.6] * 11 + [0.9] * 2 + [1.0] * 2 + [1.2] * 2 + [1.8] * 6
                        + [1.3] * 2 + [1.0] * 2 + [1.1] * 2 + [1.3] * 2 + [1.4] * 2)  # fmt: skip

#: Every column and the column of the same joint on the other side, from the shoulders down.
_BODY: Final = np.arange(11, COUNT)
_TWIN: Final = _BODY + np.where(_BODY % 2, 1, -1)
_LEGS: Final = np.arange(23, COUNT)


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """Sizes of a pose model's errors; lengths are metres at the lifter, rates per second.

    ``white_m`` is fresh in every frame, ``drift_m`` wanders over ``drift_s``. Landmarks on
    the hidden side of a profile view err ``far_factor`` times as much, lean towards their
    visible twin by ``far_pull_ratio`` and lose visibility. World depth is compressed to
    ``depth_ratio`` and errs by ``depth_m``.
    """

    white_m: float = 0.006
    drift_m: float = 0.010
    drift_s: float = 0.5
    far_factor: float = 2.5
    far_pull_ratio: float = 0.25
    far_visibility: float = 0.35
    outliers_hz: float = 0.05
    outlier_m: float = 0.25
    dropouts_hz: float = 0.02
    dropout_s: float = 0.15
    swaps_hz: float = 0.03
    swap_s: float = 0.2
    depth_ratio: float = 0.8
    depth_m: float = 0.03

    @classmethod
    def graded(cls, level: float) -> ErrorModel:
        """The standard model ``level`` times as bad; 0 is exact."""
        usual = cls()
        return replace(
            usual,
            white_m=usual.white_m * level,
            drift_m=usual.drift_m * level,
            far_factor=1.0 + (usual.far_factor - 1.0) * min(level, 1.5),
            far_pull_ratio=usual.far_pull_ratio * min(level, 2.0),
            outliers_hz=usual.outliers_hz * level,
            dropouts_hz=usual.dropouts_hz * level,
            swaps_hz=usual.swaps_hz * level,
            depth_ratio=1.0 - (1.0 - usual.depth_ratio) * min(level, 1.5),
            depth_m=usual.depth_m * level,
        )


def frame_times(duration_s: float, fps: float, *, jitter_s: float = 0.0, seed: int = 0,
                ) -> FloatArray:  # fmt: skip
    """Presentation times (N,) of a clip; with jitter they stay strictly increasing."""
    t_s = np.arange(0.0, duration_s, 1.0 / fps)
    if jitter_s <= 0.0:
        return t_s
    rng = np.random.default_rng([seed, 0x7135])
    limit = 0.45 / fps
    return np.maximum(t_s + np.clip(rng.normal(0.0, jitter_s, len(t_s)), -limit, limit), 0.0)


def with_errors(view: View, t_s: FloatArray, *, model: ErrorModel, seed: int = 0) -> PoseTrack:
    """The track a pose model would report for ``view`` at times ``t_s`` (N,)."""
    rng = np.random.default_rng([seed, 0xE44])
    hidden = _hidden(view)
    scale = _PART * (1.0 + (model.far_factor - 1.0) * hidden)  # (N, 33)
    frame_per_m = 1.0 / _metres_per_frame(view)
    twin = view.xy.copy()
    twin[:, _BODY] = view.xy[:, _TWIN]
    xy = view.xy + (model.far_pull_ratio * hidden)[..., None] * (twin - view.xy)
    error = model.white_m * rng.normal(size=xy.shape) + model.drift_m * _wander(
        t_s, xy.shape, model.drift_s, rng
    )
    xy = xy + error * (scale * frame_per_m[:, None])[..., None]
    _add_outliers(xy, t_s, model, frame_per_m, rng)
    world = _world(view, t_s, model, scale, error, rng)
    visibility = _visibility(view, model, hidden, rng)
    _swap(xy, world, t_s, model, hidden, rng)
    gone = _spells(t_s, model.dropouts_hz, model.dropout_s, rng)
    xy[gone], world[gone], visibility[gone] = np.nan, np.nan, 0.0
    return PoseTrack(t_s, xy, visibility, world, view.aspect_ratio)


def _metres_per_frame(view: View) -> FloatArray:
    """Size (N,) of one frame height at the lifter, from the world and image extents."""
    trunk = middle(view.world, "shoulder") - middle(view.world, "hip")
    hip_to_shoulder = np.linalg.norm(trunk[:, :2], axis=-1)
    spread_m = np.linalg.norm(np.ptp(view.world[..., :2], axis=1), axis=-1)
    spread = np.linalg.norm(np.ptp(view.xy, axis=1), axis=-1)
    return np.maximum(spread_m, hip_to_shoulder) / np.maximum(spread, 1e-6)


def _hidden(view: View) -> FloatArray:
    """How far (N, 33), 0..1, each landmark is covered by its twin on the near side."""
    out = np.zeros(view.depth_m.shape)
    behind = view.depth_m[:, _BODY] - view.depth_m[:, _TWIN]
    apart = np.linalg.norm(view.world[:, _BODY, :2] - view.world[:, _TWIN, :2], axis=-1)
    out[:, _BODY] = np.clip(behind / 0.12, 0.0, 1.0) * np.exp(-((apart / 0.15) ** 2))
    return out


def _wander(
    t_s: FloatArray, shape: tuple[int, ...], memory_s: float, rng: np.random.Generator
) -> FloatArray:
    """Unit-variance first-order wander over irregular times."""
    fresh = rng.normal(size=shape)
    keep = np.exp(-np.diff(t_s, prepend=t_s[0]) / memory_s)
    out = fresh.copy()
    for i in range(1, len(t_s)):
        out[i] = keep[i] * out[i - 1] + np.sqrt(1.0 - keep[i] ** 2) * fresh[i]
    return out


def _world(
    view: View, t_s: FloatArray, model: ErrorModel, scale: FloatArray, error: FloatArray,
    rng: np.random.Generator,
) -> FloatArray:  # fmt: skip
    """World landmarks: image errors shared, depth compressed and wandering."""
    world = view.world.copy()
    world[..., :2] += 0.7 * error * scale[..., None]
    depth = _wander(t_s, world.shape[:2], 2.0 * model.drift_s, rng)
    world[..., 2] = model.depth_ratio * world[..., 2] + model.depth_m * _PART * depth
    return world - middle(world, "hip")[:, None]


def _visibility(
    view: View, model: ErrorModel, hidden: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Visibility (N, 33): high in sight, low when hidden, lower still outside the picture."""
    seen = 0.985 - (0.985 - model.far_visibility) * hidden
    facing_away = view.depth_m[:, :1] > view.depth_m[:, 7:9].mean(axis=1, keepdims=True)
    seen[:, :7] = np.where(facing_away, 0.8, seen[:, :7])
    x, y = view.xy[..., 0], view.xy[..., 1]
    outside = (x < 0.0) | (x > view.aspect_ratio) | (y < 0.0) | (y > 1.0)
    seen = np.where(outside, 0.15, seen)
    return np.clip(seen + rng.normal(0.0, 0.01, seen.shape), 0.0, 1.0)


def _add_outliers(
    xy: FloatArray, t_s: FloatArray, model: ErrorModel, frame_per_m: FloatArray,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Throw single landmarks off for single frames, in place."""
    step_s = float(np.median(np.diff(t_s))) if len(t_s) > 1 else 0.0
    hit = rng.random(xy.shape[:2]) < model.outliers_hz * step_s
    jump = rng.normal(0.0, model.outlier_m, xy.shape) * frame_per_m[:, None, None]
    xy += hit[..., None] * jump


def _swap(
    xy: FloatArray, world: FloatArray, t_s: FloatArray, model: ErrorModel, hidden: FloatArray,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Exchange left and right legs for short spells while one hides the other, in place."""
    profile = hidden[:, _LEGS].max(axis=1) > 0.3
    when = _spells(t_s, model.swaps_hz, model.swap_s, rng) & profile
    twin = _LEGS + np.where(_LEGS % 2, 1, -1)
    rows = np.flatnonzero(when)[:, None]
    xy[rows, _LEGS] = xy[rows, twin]
    world[rows, _LEGS] = world[rows, twin]


def _spells(
    t_s: FloatArray, rate_hz: float, length_s: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Frames (N,) inside randomly placed spells of about ``length_s``."""
    out = np.zeros(len(t_s), dtype=bool)
    span_s = float(t_s[-1] - t_s[0]) if len(t_s) else 0.0
    for start_s in rng.uniform(0.0, span_s, rng.poisson(rate_hz * span_s)):
        since_s = t_s - t_s[0] - start_s
        out |= (since_s >= 0.0) & (since_s < length_s * rng.uniform(0.5, 1.5))
    return out
