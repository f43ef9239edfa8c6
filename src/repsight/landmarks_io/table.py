"""CSV: a row per frame (``left_hip_x, left_hip_y, ...``) or a row per point and frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from repsight.core.layouts import Layout, layout_for_names, layouts_with, plain_name
from repsight.core.types import FloatArray
from repsight.landmarks_io.fields import times_of
from repsight.landmarks_io.raw import RawLandmarks, wrong_shape

__all__ = ["from_table"]

_NAME: Final = ("landmark", "keypoint", "joint", "point", "bodypart", "name")
_FRAME: Final = ("frame", "frame_index", "image_id")
_ENDINGS: Final = {
    "x": "x",
    "y": "y",
    "visibility": "c",
    "confidence": "c",
    "likelihood": "c",
    "score": "c",
    "conf": "c",
    "c": "c",
    "v": "c",
}


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, names: Sequence[str]) -> int | None:
        return next((self.header.index(name) for name in names if name in self.header), None)


def from_table(name: str, text: str) -> RawLandmarks:
    """Read either form; an empty cell is a point that was not seen.

    UnreadableSource if there is no header, a cell is not a number, or rows differ in length.
    """
    table = _parsed(name, text)
    if table.column(_NAME) is not None and {"x", "y"} <= set(table.header):
        return _from_long(table)
    return _from_wide(table)


def _parsed(name: str, text: str) -> _Table:
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error as error:
        raise wrong_shape(name, f"it is not a CSV table ({error}).") from error
    if not rows[1:]:
        raise wrong_shape(name, "it has no rows.")
    header = tuple(plain_name(cell) for cell in rows[0])
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise wrong_shape(name, f"line {number} has {len(row)} cells, not {len(header)}.")
    return _Table(name, header, tuple(rows[1:]))


def _number(table: _Table, line: int, cell: str) -> float:
    cell = cell.strip()
    if not cell:
        return float("nan")
    try:
        return float(cell)
    except ValueError as error:
        raise wrong_shape(table.name, f"'{cell[:20]}' in line {line} is not a number.") from error


def _times(table: _Table, rows: Sequence[int]) -> FloatArray | None:
    known = {
        word: [_number(table, row + 2, table.rows[row][column]) for row in rows]
        for column, word in enumerate(table.header)
        if word.startswith("t")
    }
    return times_of(table.name, known)


def _from_wide(table: _Table) -> RawLandmarks:
    places: dict[str, dict[str, int]] = {}
    for column, word in enumerate(table.header):
        point, _, ending = word.rpartition("_")
        kind = _ENDINGS.get(ending)
        if kind and point:
            places.setdefault(plain_name(point), {})[kind] = column
    places = {point: kinds for point, kinds in places.items() if {"x", "y"} <= set(kinds)}
    layout = _layout(table, tuple(places))
    values = np.full((len(table.rows), len(places), 3), np.nan)
    for index, kinds in enumerate(places.values()):
        for channel, kind in enumerate("xyc"):
            if kind in kinds:
                values[:, index, channel] = [
                    _number(table, line + 2, row[kinds[kind]])
                    for line, row in enumerate(table.rows)
                ]
    has_confidence = all("c" in kinds for kinds in places.values())
    return RawLandmarks(
        points=values[:, :, :2],
        confidence=values[:, :, 2] if has_confidence else None,
        t_s=_times(table, range(len(table.rows))),
        layout=layout,
    )


def _layout(table: _Table, names: tuple[str, ...]) -> Layout:
    layout = layout_for_names(names)
    if layout is not None:
        return layout
    if names and all(name.split("_")[-1].isdigit() for name in names):
        fitting = layouts_with(len(names))
        if fitting:
            return fitting[0]
    shown = ", ".join(table.header[:4])
    raise wrong_shape(table.name, f"its columns ({shown}, ...) name no body we know.")


def _from_long(table: _Table) -> RawLandmarks:
    frame_column = table.column(_FRAME)
    if frame_column is None:
        frame_column = next(
            (i for i, word in enumerate(table.header) if word.startswith("t")), None
        )
    name_column = table.column(_NAME)
    if frame_column is None or name_column is None:
        raise wrong_shape(table.name, "it has no column 'frame' or 't_s'.")
    frames = list(dict.fromkeys(row[frame_column] for row in table.rows))
    names = tuple(dict.fromkeys(plain_name(row[name_column]) for row in table.rows))
    layout = _layout(table, names)
    values = np.full((len(frames), len(names), 3), np.nan)
    first_rows: dict[str, int] = {}
    seen: set[tuple[int, int]] = set()
    where = {frame: i for i, frame in enumerate(frames)}
    for line, row in enumerate(table.rows):
        at = (where[row[frame_column]], names.index(plain_name(row[name_column])))
        if at in seen:
            raise wrong_shape(table.name, f"line {line + 2} repeats a point of its frame.")
        seen.add(at)
        first_rows.setdefault(row[frame_column], line)
        values[at] = _cells(table, line, row)
    has_confidence = table.column([word for word, kind in _ENDINGS.items() if kind == "c"])
    return RawLandmarks(
        points=values[:, :, :2],
        confidence=None if has_confidence is None else values[:, :, 2],
        t_s=_times(table, list(first_rows.values())),
        layout=layout,
    )


def _cells(table: _Table, line: int, row: tuple[str, ...]) -> tuple[float, float, float]:
    confidence = table.column([word for word, kind in _ENDINGS.items() if kind == "c"])
    return (
        _number(table, line + 2, row[table.header.index("x")]),
        _number(table, line + 2, row[table.header.index("y")]),
        float("nan") if confidence is None else _number(table, line + 2, row[confidence]),
    )
