"""Write a flatbuffer in front of another one, so that the new tables point into the old ones.

Offsets in a flatbuffer are unsigned and point forwards. A changed table therefore goes in front,
with its unchanged parts left where they are behind it: no schema compiler is needed, and the
weights keep their bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

#: Weights are aligned in the file, and stay so when what is put in front is a multiple of this.
_ALIGNMENT = 64


@dataclass(frozen=True, eq=False)
class Old:
    """Something of the old file, by its position there."""

    position: int


@dataclass(frozen=True, eq=False)
class Scalar:
    """A number held in a table itself; ``form`` is its format letter in ``struct``."""

    form: str
    value: int | float


@dataclass(frozen=True, eq=False)
class Numbers:
    """A vector of numbers."""

    form: str
    values: Sequence[int | float]


@dataclass(frozen=True, eq=False)
class Vector:
    """A vector of tables or strings."""

    items: Sequence[Old | Table | Text]


@dataclass(frozen=True, eq=False)
class Text:
    """A string."""

    value: str


@dataclass(frozen=True, eq=False)
class Table:
    """A table whose fields have the slots 0, 1, 2, ...; None is left out."""

    fields: Sequence[Old | Scalar | Numbers | Vector | Text | Table | None]


New = Numbers | Vector | Text | Table


@dataclass(frozen=True)
class _Piece:
    """Bytes of one object, where in them it begins, and where in them its pointers are."""

    data: bytes
    begin: int
    pointers: list[tuple[int, Old | New]]


def write_flat(root: Table, identifier: bytes, old: bytes = b"") -> bytes:
    """The whole file: the new objects, each before those it points to, and ``old`` behind."""
    objects: list[New] = [root]
    pieces: list[_Piece] = []
    for one in objects:  # grows as it goes
        piece = _piece(one)
        pieces.append(piece)
        objects += [target for _, target in piece.pointers if not isinstance(target, Old)]
    starts = [8]
    for piece in pieces:
        starts.append(starts[-1] + len(piece.data))
    begin_old = starts[-1] + -starts[-1] % _ALIGNMENT
    at = {id(one): start + piece.begin for one, start, piece in zip(objects, starts, pieces)}  # noqa: B905 - the last start is the end
    out = bytearray(begin_old)
    struct.pack_into("<I4s", out, 0, at[id(root)], identifier)
    for start, piece in zip(starts, pieces):  # noqa: B905 - as above
        out[start : start + len(piece.data)] = piece.data
        for offset, target in piece.pointers:
            to = begin_old + target.position if isinstance(target, Old) else at[id(target)]
            struct.pack_into("<I", out, start + offset, to - start - offset)
    return bytes(out) + old


def _piece(one: New) -> _Piece:
    match one:
        case Table(fields):
            return _table(fields)
        case Vector(items):
            data = struct.pack("<I", len(items)) + bytes(4 * len(items))
            return _Piece(data, 0, [(4 + 4 * i, item) for i, item in enumerate(items)])
        case Numbers(form, values):
            data = struct.pack(f"<I{len(values)}{form}", len(values), *values)
        case Text(value):
            data = struct.pack("<I", len(value.encode())) + value.encode() + b"\0"
    return _Piece(data + bytes(-len(data) % 4), 0, [])


def _table(fields: Sequence[Old | Scalar | New | None]) -> _Piece:
    """Every field gets four bytes: simple, and aligned."""
    places = [0 if one is None else 4 for one in fields]
    places = [place and 4 + sum(places[:i]) for i, place in enumerate(places)]
    size = 4 + 4 * sum(1 for place in places if place)
    vtable = struct.pack(f"<HH{len(places)}H", 4 + 2 * len(places), size, *places)
    vtable += bytes(-len(vtable) % 4)
    body = bytearray(struct.pack("<i", len(vtable)) + bytes(size - 4))
    pointers: list[tuple[int, Old | New]] = []
    for place, one in zip(places, fields, strict=True):
        if isinstance(one, Scalar):
            struct.pack_into(f"<{one.form}", body, place, one.value)
        elif one is not None:
            pointers.append((len(vtable) + place, one))
    return _Piece(vtable + bytes(body), len(vtable), pointers)
