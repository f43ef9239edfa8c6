"""JSON that lists frames: one object per frame with its points and, if known, its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

import numpy as np

from repsight.core.layouts import Layout, layout_for_names
from repsight.core.types import FloatArray
from repsight.landmarks_io.fields import from_array, from_fields, numbers, times_of
from repsight.landmarks_io.raw import RawLandmarks, wrong_shape

__all__ = ["from_frames"]

_POINTS: Final = ("keypoints", "landmarks", "points", "xy")
_CONFIDENCE: Final = ("visibility", "confidence", "score", "conf", "c", "v")


def from_frames(name: str, content: object) -> RawLandmarks:
    """A list of frames, or ``{"frames": [...], "layout": ..., "width": ...}``.

    Points of a frame are a list of [x, y(, confidence)], a flat list, a list of
    {x, y, (z), (visibility)} or a map from point name to either; null is a frame without a
    person. UnreadableSource for anything else.
    """
    head, frames = _parts(name, content)
    if not frames:
        raise wrong_shape(name, "it lists no frames.")
    rows, layout = _rows(name, frames)
    split = from_array(name, rows)
    around = dict(head)
    around["keypoints"] = split.points
    told = from_fields(name, around)
    return RawLandmarks(
        points=split.points,
        confidence=split.confidence,
        t_s=_times(name, frames),
        layout=layout or told.layout,
        units=told.units,
        size_px=told.size_px,
        aspect_ratio=told.aspect_ratio,
        notes=split.notes,
    )


def _parts(name: str, content: object) -> tuple[Mapping[str, object], list[Mapping[str, object]]]:
    head: Mapping[str, object] = {}
    frames: object = content
    if isinstance(content, dict):
        whole = cast("dict[str, object]", content)
        frames = whole.get("frames")
        head = {key: value for key, value in whole.items() if key not in {"frames", *_POINTS}}
    if not isinstance(frames, list):
        raise wrong_shape(name, "it is neither a list of frames nor named arrays.")
    listed = cast("list[object]", frames)
    if not all(isinstance(frame, dict) for frame in listed):
        raise wrong_shape(name, "a frame in the list is not an object with 'keypoints'.")
    return head, cast("list[Mapping[str, object]]", listed)


def _rows(name: str, frames: list[Mapping[str, object]]) -> tuple[FloatArray, Layout | None]:
    given = [_points(name, i, frame) for i, frame in enumerate(frames)]
    first = next((points for points in given if points is not None), None)
    if first is None:
        raise wrong_shape(name, "no frame holds a point.")
    layout: Layout | None = None
    names: tuple[str, ...] = ()
    if isinstance(first, dict):
        names = tuple(cast("dict[str, object]", first))
        layout = layout_for_names(names)
        if layout is None:
            raise wrong_shape(name, f"its {len(names)} point names hold no body we know.")
    rows = [_row(name, i, points, names) for i, points in enumerate(given)]
    shape = next(row.shape for row in rows if row is not None)
    if any(row is not None and row.shape != shape for row in rows):
        raise wrong_shape(name, "its frames differ in their number of points.")
    missing = np.full(shape, np.nan)
    return np.stack([missing if row is None else row for row in rows]), layout


def _points(name: str, index: int, frame: Mapping[str, object]) -> object:
    for key in _POINTS:
        if key in frame:
            return frame[key]
    raise wrong_shape(name, f"frame {index} has no 'keypoints'.")


def _row(name: str, index: int, points: object, names: Sequence[str]) -> FloatArray | None:
    if points is None or points in ([], {}):
        return None
    if isinstance(points, dict):
        named = cast("dict[str, object]", points)
        points = [named.get(point) for point in names]
    listed = cast("list[object]", points) if isinstance(points, list) else [points]
    width = 2
    if any(isinstance(point, dict) for point in listed):
        width = max(len(_plain(point, 2)) for point in listed if point is not None)
    elif any(isinstance(point, list) for point in listed):
        width = max(len(cast("list[object]", p)) for p in listed if isinstance(p, list))
    else:
        return numbers(name, f"frame {index}", listed)
    return numbers(name, f"frame {index}", [_plain(point, width) for point in listed])


def _plain(point: object, width: int) -> list[object]:
    """One point as a list: [x, y] or [x, y, confidence]; nulls where it was not seen."""
    if point is None:
        return [None] * width
    if isinstance(point, dict):
        marks = cast("dict[str, object]", point)
        confidence = next((marks[key] for key in _CONFIDENCE if key in marks), None)
        pair = [marks.get("x"), marks.get("y")]
        return pair if confidence is None else [*pair, confidence]
    return cast("list[object]", point)


def _times(name: str, frames: list[Mapping[str, object]]) -> FloatArray | None:
    times = [times_of(name, frame) for frame in frames]
    if all(time is None for time in times):
        return None
    if any(time is None or time.size != 1 for time in times):
        raise wrong_shape(name, "some of its frames have no time.")
    return np.array([float(time[0]) for time in times if time is not None])
