"""From what a file says to a PoseTrack: layout, units, times and missing points checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from repsight.core.layouts import BLAZEPOSE_33, LAYOUTS, Layout, layouts_with, spread
from repsight.core.skeleton import Landmark
from repsight.core.types import FloatArray, PoseTrack
from repsight.errors import UnreadableSource
from repsight.landmarks_io.raw import MAX_FRAMES, RawLandmarks, ReadOptions, Units, wrong_shape

__all__ = ["Converted", "to_track"]

#: Further apart than this, frames cannot show a movement (or the times are milliseconds).
_MAX_STEP_S: Final = 1.0
#: Coordinates that stay within this are shares of the picture, above the other one pixels.
_NORMALISED_UP_TO: Final = 3.0
_PIXELS_FROM: Final = 20.0
#: Shoulder to hip of a person, in metres.
_TRUNK_M: Final = (0.2, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """A track, and what had to be left out or assumed on the way, in sentences."""

    track: PoseTrack
    layout: Layout
    size_px: tuple[int, int] | None
    notes: tuple[str, ...]


def to_track(name: str, raw: RawLandmarks, options: ReadOptions) -> Converted:
    """Check and convert; ``name`` is the file's own name for messages.

    UnreadableSource for a wrong shape, infinite coordinates, times that do not increase, or a
    picture size that is needed but not known. Points that are NaN, or 0 0 in a file of pixels
    or shares, are missing: NaN.
    """
    _check_shape(name, raw)
    layout = _layout(name, raw, options)
    t_s = _times(name, raw, options)
    units = _units(name, raw, options)
    size_px = options.size_px or raw.size_px
    notes = list(raw.notes)
    points = _without_origin(raw.points) if units != "heights" else raw.points
    xy, aspect_ratio = _isotropic(name, points, units, size_px, raw.aspect_ratio, notes)
    visibility = _visibility(name, raw.confidence, points, notes)
    world = _world(raw.world, layout, notes)
    _tell_missing(layout, notes)
    track = PoseTrack(
        t_s=t_s,
        xy=spread(xy, layout),
        visibility=spread(visibility, layout, empty=0.0),
        world=world,
        aspect_ratio=aspect_ratio,
    )
    return Converted(track, layout, size_px, tuple(notes))


def _check_shape(name: str, raw: RawLandmarks) -> None:
    frames = len(raw.points)
    if frames == 0:
        raise wrong_shape(name, "it holds no frames.")
    if frames == 1:
        raise wrong_shape(name, "it holds a single frame; a movement needs many.")
    if frames > MAX_FRAMES:
        raise wrong_shape(name, f"it holds {frames} frames, more than {MAX_FRAMES}.")
    if np.isinf(raw.points).any():
        frame = int(np.argwhere(np.isinf(raw.points))[0][0])
        raise UnreadableSource(
            f"{name}: frame {frame} holds an infinite coordinate.",
            wanted="Numbers, or NaN where a point was not seen.",
            next_step="Export the landmarks again.",
        )


def _layout(name: str, raw: RawLandmarks, options: ReadOptions) -> Layout:
    points = raw.points.shape[1]
    if options.layout != "auto":
        layout = LAYOUTS[options.layout]
        if len(layout.points) != points:
            raise wrong_shape(name, f"it has {points} points, not the {len(layout.points)} of "
                                    f"{layout.name}.")  # fmt: skip
        return layout
    if raw.layout is not None and len(raw.layout.points) == points:
        return raw.layout
    fitting = layouts_with(points)
    if not fitting:
        raise wrong_shape(name, f"it has {points} points per frame.")
    return fitting[0]


def _times(name: str, raw: RawLandmarks, options: ReadOptions) -> FloatArray:
    frames = len(raw.points)
    if raw.t_s is None:
        if options.fps_hz is None:
            raise UnreadableSource(
                f"{name}: it has no times.",
                wanted="A time in seconds for every frame (t_s), or a frame rate.",
                next_step="Say the frame rate, for example --fps 30.",
            )
        return np.arange(frames) / options.fps_hz
    if raw.t_s.shape != (frames,):
        raise wrong_shape(name, f"{raw.t_s.size} times for {frames} frames.")
    _check_times(name, raw.t_s)
    return raw.t_s


def _check_times(name: str, t_s: FloatArray) -> None:
    wanted = "Times in seconds, each later than the one before."
    if not np.isfinite(t_s).all():
        frame = int(np.argmin(np.isfinite(t_s)))
        what, step = f"the time of frame {frame} is not a number.", "Export the times again."
    elif (np.diff(t_s) <= 0).any():
        frame = int(np.argmax(np.diff(t_s) <= 0)) + 1
        what = f"the times do not increase at frame {frame} ({t_s[frame - 1]:g}, {t_s[frame]:g})."
        step = "Sort the frames, one person only, and remove doubles."
    elif np.median(np.diff(t_s)) > _MAX_STEP_S:
        what = f"the frames are {np.median(np.diff(t_s)):g} s apart."
        step = "If the times are milliseconds, name them t_ms."
    else:
        return
    raise UnreadableSource(f"{name}: {what}", wanted=wanted, next_step=step)


def _units(name: str, raw: RawLandmarks, options: ReadOptions) -> Units:
    said = options.units if options.units != "auto" else raw.units
    if said != "auto":
        return said
    seen = np.abs(raw.points[np.isfinite(raw.points)])
    reach = float(np.percentile(seen, 99)) if seen.size else 0.0
    if reach <= _NORMALISED_UP_TO:
        return "normalised"
    if reach >= _PIXELS_FROM:
        return "pixels"
    raise UnreadableSource(
        f"{name}: coordinates up to {reach:g} are neither pixels nor shares of the picture.",
        wanted="Pixels, or 0..1 across the width and the height.",
        next_step="Say which with --units pixels or --units normalised.",
    )


def _without_origin(points: FloatArray) -> FloatArray:
    """Exactly 0 0 is how many exporters say that a point was not seen."""
    kept = points.copy()
    kept[(points == 0).all(axis=2)] = np.nan
    return kept


def _isotropic(
    name: str,
    points: FloatArray,
    units: Units,
    size_px: tuple[int, int] | None,
    aspect_ratio: float,
    notes: list[str],
) -> tuple[FloatArray, float]:
    """Points in frame heights, and width / height of the picture."""
    if size_px is not None:
        aspect_ratio = size_px[0] / size_px[1]
    if units == "heights":
        return points, aspect_ratio if np.isfinite(aspect_ratio) else 1.0
    if units == "normalised":
        if not (np.isfinite(aspect_ratio) and aspect_ratio > 0):
            raise UnreadableSource(
                f"{name}: shares of a picture whose proportions are not known.",
                wanted="The size of the picture; without it every angle would be distorted.",
                next_step="Say the size, for example --size 1080x1920.",
            )
        return points * np.array([aspect_ratio, 1.0]), aspect_ratio
    if size_px is None:
        size_px = _covered(points)
        notes.append(
            "The picture size is not known (--size WxH); where the picture ends cannot be judged."
        )
    return points / size_px[1], size_px[0] / size_px[1]


def _covered(points: FloatArray) -> tuple[int, int]:
    """The smallest picture that holds every point."""
    if not np.isfinite(points).any():
        return 1, 1
    width, height = np.nanmax(points.reshape(-1, 2), axis=0)
    return max(1, round(float(width))), max(1, round(float(height)))


def _visibility(
    name: str, confidence: FloatArray | None, points: FloatArray, notes: list[str]
) -> FloatArray:
    seen = np.asarray(np.isfinite(points).all(axis=2))
    if confidence is None:
        notes.append("The file has no confidence; every point in it counts as seen.")
        return seen.astype(np.float64)
    if np.isinf(confidence).any() or np.isnan(confidence[seen]).any():
        raise UnreadableSource(
            f"{name}: a confidence is not a number.",
            wanted="0..1 for every point that has coordinates.",
            next_step="Export the landmarks again.",
        )
    known = np.where(seen, confidence, 0.0)
    if known.min() < 0 or known.max() > 1:
        notes.append("Confidence outside 0..1 was cut to that range.")
    return np.minimum(np.maximum(known, 0.0), 1.0)


def _world(world: FloatArray | None, layout: Layout, notes: list[str]) -> FloatArray | None:
    """World points around the hip midpoint; None, with a note, if they are not metres."""
    if world is None:
        return None
    if np.isinf(world).any():
        notes.append("World coordinates hold infinite numbers and were left out.")
        return None
    spread_out = spread(world, layout)
    hips = spread_out[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1, keepdims=True)
    shoulders = spread_out[:, [Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=1)
    trunk = np.linalg.norm(shoulders - hips[:, 0], axis=1)
    if np.isfinite(trunk).any() and not _TRUNK_M[0] <= np.nanmedian(trunk) <= _TRUNK_M[1]:
        notes.append("World coordinates are not in metres and were left out.")
        return None
    if layout is BLAZEPOSE_33:
        return spread_out
    return np.subtract(spread_out, hips)


def _tell_missing(layout: Layout, notes: list[str]) -> None:
    parts = {"heel": "heels", "foot_index": "toes", "index": "hands"}
    lacks = {name.removeprefix("left_").removeprefix("right_") for name in layout.lacks}
    missing = [word for part, word in parts.items() if part in lacks]
    if missing:
        told = " and ".join([", ".join(missing[:-1]), missing[-1]] if missing[1:] else missing)
        notes.append(f"{layout.name} has no {told}; what needs them is not judged.")
