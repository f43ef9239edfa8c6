"""Named arrays of an npz or JSON file, under any of their usual names, as RawLandmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from repsight.core.layouts import LAYOUTS, Layout, layout_for_names
from repsight.core.types import FloatArray
from repsight.errors import UnreadableSource
from repsight.landmarks_io.raw import RawLandmarks, Units, wrong_shape

__all__ = ["from_array", "from_fields", "numbers", "one_person", "times_of"]

_POINTS: Final = (
    "xy", "keypoints", "landmarks", "points", "keypoints_2d", "pred_keypoints_2d", "poses",
)  # fmt: skip
_CONFIDENCE: Final = (
    "visibility", "confidence", "conf", "scores", "score", "keypoint_scores",
)  # fmt: skip
_WORLD: Final = ("world", "keypoints_3d", "pred_keypoints_3d", "world_landmarks")
_SECONDS: Final = ("t_s", "time_s", "times_s", "timestamp_s", "timestamps_s", "t", "time",
                   "times", "timestamp", "timestamps")  # fmt: skip
_MILLISECONDS: Final = ("t_ms", "time_ms", "times_ms", "timestamp_ms", "timestamps_ms")

#: Numbers of one point.
_XY: Final = 2
_XYZV: Final = 4
#: Axes: a flat row per frame, or frames x points x numbers.
_FLAT: Final = 2
_BLOCK: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    points: FloatArray
    confidence: FloatArray | None
    notes: tuple[str, ...]


def numbers(name: str, key: str, value: object) -> FloatArray:
    """``value`` as floats; UnreadableSource if it is ragged or holds anything else."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiub":
            array = np.array(_without_null(value), dtype=np.float64)
        return array.astype(np.float64)
    except (ValueError, TypeError) as error:
        message = f"'{key}' is not an even block of numbers."
        raise wrong_shape(name, message) from error


def _without_null(value: object) -> object:
    if value is None:
        return np.nan
    if isinstance(value, list):
        return [_without_null(item) for item in cast("list[object]", value)]
    return value


def from_fields(
    name: str, fields: Mapping[str, object], *, person: int | None = None
) -> RawLandmarks:
    """Arrays by name; see docs/landmark-files.md for the names.

    UnreadableSource if there are no points or the arrays do not fit each other.
    """
    key = next((key for key in _POINTS if key in fields), None)
    if key is None:
        known = ", ".join(sorted(map(str, fields))) or "nothing"
        raise wrong_shape(name, f"it holds {known}, but no '{_POINTS[0]}' or '{_POINTS[1]}'.")
    split = from_array(name, numbers(name, key, fields[key]), person=person)
    return RawLandmarks(
        points=split.points,
        confidence=_confidence(name, fields, split, person),
        world=_world(name, fields, split.points, person),
        t_s=times_of(name, fields),
        layout=_layout(name, fields),
        units=_units(fields, key),
        size_px=_size(fields),
        aspect_ratio=_scalar(fields, "aspect_ratio"),
        notes=split.notes,
    )


def from_array(name: str, block: FloatArray, *, person: int | None = None) -> _Split:
    """One block (N, K, C), (N, K * C) or (N, people, K, C) split into points and confidence."""
    block = one_person(name, block, person, kept=3)
    if block.ndim == _FLAT:
        block = _unflattened(name, block)
    if block.ndim != _BLOCK or not _XY <= block.shape[2] <= _XYZV:
        raise wrong_shape(name, f"its shape is {_spoken(block.shape)}.")
    points = np.ascontiguousarray(block[:, :, :2])
    if block.shape[2] == _XY:
        return _Split(points, None, ())
    last = block[:, :, -1]
    if block.shape[2] == _XYZV or _is_confidence(last):
        return _Split(points, last, ())
    note = "The third number of each point is not a confidence in 0..1; it was left out."
    return _Split(points, None, (note,))


def _is_confidence(values: FloatArray) -> bool:
    seen = values[np.isfinite(values)]
    return bool(seen.size == 0 or (seen.min() >= 0 and seen.max() <= 1))


def one_person(name: str, block: FloatArray, person: int | None, *, kept: int) -> FloatArray:
    """A block with a people axis (N, people, ...) reduced to one person of them."""
    if block.ndim != kept + 1:
        return block
    people = block.shape[1]
    if people == 1:
        return block[:, 0]
    if person is None or not 0 <= person < people:
        raise UnreadableSource(
            f"{name}: it holds {people} people.",
            wanted="One person is analysed.",
            next_step=f"Choose one with --person 0 .. {people - 1}.",
        )
    return block[:, person]


def _unflattened(name: str, block: FloatArray) -> FloatArray:
    counts = sorted((len(layout.points) for layout in LAYOUTS.values()), reverse=True)
    fits = [
        (points, channels)
        for channels in (3, 2, 4)
        for points in counts
        if points * channels == block.shape[1]
    ]
    if len(fits) != 1:
        raise wrong_shape(name, f"{block.shape[1]} numbers per frame fit no layout.")
    return block.reshape(len(block), *fits[0])


def _spoken(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or "a single number"


def _confidence(
    name: str, fields: Mapping[str, object], split: _Split, person: int | None
) -> FloatArray | None:
    key = next((key for key in _CONFIDENCE if key in fields), None)
    if key is None:
        return split.confidence
    values = one_person(name, numbers(name, key, fields[key]), person, kept=2)
    if values.ndim == _BLOCK and values.shape[2] == 1:
        values = values[:, :, 0]
    if values.shape != split.points.shape[:2]:
        wanted = _spoken(split.points.shape[:2])
        raise wrong_shape(name, f"'{key}' is {_spoken(values.shape)}, the points {wanted}.")
    return values


def _world(
    name: str, fields: Mapping[str, object], points: FloatArray, person: int | None
) -> FloatArray | None:
    key = next((key for key in _WORLD if key in fields), None)
    if key is None or fields[key] is None:
        return None
    values = one_person(name, numbers(name, key, fields[key]), person, kept=3)
    if values.shape != (*points.shape[:2], 3):
        wanted = _spoken((*points.shape[:2], 3))
        raise wrong_shape(name, f"'{key}' is {_spoken(values.shape)}, wanted {wanted}.")
    return values


def times_of(name: str, fields: Mapping[str, object]) -> FloatArray | None:
    """Seconds of the frames; None if the file has no times."""
    for keys, per_second in ((_SECONDS, 1.0), (_MILLISECONDS, 1000.0)):
        for key in keys:
            if fields.get(key) is not None:
                return np.atleast_1d(numbers(name, key, fields[key])).ravel() / per_second
    return None


def _layout(name: str, fields: Mapping[str, object]) -> Layout | None:
    for key in ("layout", "names", "keypoint_names", "landmark_names"):
        if key not in fields:
            continue
        words = tuple(map(str, np.atleast_1d(np.asarray(fields[key])).ravel()))
        if len(words) == 1:
            return LAYOUTS.get(words[0])
        layout = layout_for_names(words)
        if layout is None:
            raise wrong_shape(name, f"its {len(words)} point names hold no body we know.")
        return layout
    return None


def _units(fields: Mapping[str, object], key: str) -> Units:
    said = str(fields.get("units", "auto"))
    if said in ("pixels", "normalised", "heights"):
        return said
    # The pair that Repsight itself writes.
    return "heights" if key == "xy" and "aspect_ratio" in fields else "auto"


def _size(fields: Mapping[str, object]) -> tuple[int, int] | None:
    for key in ("size_px", "size", "image_size"):
        if key in fields:
            pair = np.atleast_1d(np.asarray(fields[key])).ravel()
            if pair.size == _XY and pair.dtype.kind in "fiu":
                return _pair(float(pair[0]), float(pair[1]))
    for keys in (("width_px", "height_px"), ("width", "height")):
        if all(key in fields for key in keys):
            return _pair(_scalar(fields, keys[0]), _scalar(fields, keys[1]))
    return None


def _pair(width: float, height: float) -> tuple[int, int] | None:
    if not (np.isfinite([width, height]).all() and min(width, height) >= 1):
        return None
    return round(width), round(height)


def _scalar(fields: Mapping[str, object], key: str) -> float:
    value = np.asarray(fields.get(key, np.nan))
    return float(value.ravel()[0]) if value.size and value.dtype.kind in "fiu" else float("nan")
