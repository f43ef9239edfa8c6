"""A report as plain JSON values and back: NaN becomes null, tuples become lists.

``to_dict`` and ``from_dict`` follow the dataclasses of ``repsight.core.report`` field by field,
so a new field needs no change here. Reading is strict: a wrong type, an unknown field or a
missing one is an error that names its place, for example ``sets[0].reps[2].start_s``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from math import isfinite, nan
from typing import Any, Literal, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np

from repsight.core.report import SCHEMA_VERSION, ClipReport, SetReport
from repsight.errors import UnreadableSource

__all__ = ["JsonValue", "from_dict", "set_from_dict", "to_dict"]

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

_T = TypeVar("_T")


def to_dict(report: ClipReport | SetReport) -> dict[str, JsonValue]:
    """The report as JSON values; every number that is NaN or infinite becomes None."""
    return cast("dict[str, JsonValue]", _plain(report))


def from_dict(data: Mapping[str, JsonValue]) -> ClipReport:
    """The report that ``to_dict`` wrote; None in a number becomes NaN.

    Raises UnreadableSource where the data are not a report of this schema's major version.
    """
    _check_version(data)
    return _read(ClipReport, data)


def set_from_dict(data: Mapping[str, JsonValue]) -> SetReport:
    """One set as ``to_dict`` wrote it; raises UnreadableSource like ``from_dict``."""
    return _read(SetReport, data)


def _plain(value: object) -> JsonValue:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): _plain(part) for key, part in items}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in cast("Sequence[object]", value)]
    return _plain_scalar(value)


def _plain_scalar(value: object) -> JsonValue:
    if isinstance(value, np.generic):  # a numpy number is not a JSON number
        return _plain_scalar(cast("object", value.item()))
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    msg = f"{type(value).__name__} cannot stand in a report"
    raise TypeError(msg)


def _check_version(data: Mapping[str, JsonValue]) -> None:
    version = data.get("schema")
    wanted = SCHEMA_VERSION.partition(".")[0]
    if isinstance(version, str) and version.partition(".")[0] == wanted:
        return
    seen = "no schema version" if version is None else f"schema version {version!r}"
    raise UnreadableSource(
        f"This report has {seen}.",
        wanted=f"Wanted a report.json of schema {wanted}.x.",
        next_step="Analyse the clip again with this version of Repsight.",
    )


def _read(kind: type[_T], data: object) -> _T:
    return cast("_T", _value(kind, data, ""))


def _value(kind: object, data: object, where: str) -> object:
    """``data`` checked against one annotation of the report's dataclasses."""
    if is_dataclass(kind):
        return _instance(cast("type[object]", kind), data, where)
    if reader := _SCALARS.get(cast("type", kind)):
        return reader(data, where)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _one_of(arguments, data, where)
    if origin is tuple:
        parts = _sequence(data, where)
        return tuple(_value(arguments[0], part, f"{where}[{i}]") for i, part in enumerate(parts))
    if origin is dict:
        items = _mapping(data, where).items()
        return {key: _value(arguments[1], part, f"{where}.{key}") for key, part in items}
    msg = f"{where}: {kind!r} has no JSON form"
    raise TypeError(msg)


def _instance(kind: type[object], data: object, where: str) -> object:
    items = _mapping(data, where)
    hints = get_type_hints(kind)
    known = fields(kind)  # type: ignore[arg-type]  # checked by the caller: a dataclass
    if extra := set(items) - {field.name for field in known}:
        raise _unreadable(_join(where, min(extra)), "is not a field of a report", "no such field")
    values = {
        field.name: _value(hints[field.name], items[field.name], _join(where, field.name))
        for field in known
        if _is_present(field, items, where)
    }
    return kind(**values)


def _is_present(field: Field[Any], items: Mapping[str, object], where: str) -> bool:
    """Whether the field is there; a field with a default may be left out (older reports)."""
    if field.name in items:
        return True
    if field.default is MISSING and field.default_factory is MISSING:
        raise _unreadable(_join(where, field.name), "is missing", "every field of a report")
    return False


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _mapping(data: object, where: str) -> Mapping[str, object]:
    if isinstance(data, Mapping):
        return cast("Mapping[str, object]", data)
    raise _unlike(data, "an object", where)


def _sequence(data: object, where: str) -> Sequence[object]:
    if isinstance(data, list | tuple):
        return cast("Sequence[object]", data)
    raise _unlike(data, "a list", where)


def _one_of(allowed: tuple[object, ...], data: object, where: str) -> object:
    if isinstance(data, str) and data in allowed:
        return data
    raise _unlike(data, "one of " + ", ".join(str(name) for name in allowed), where)


def _number(data: object, where: str) -> float:
    if data is None:
        return nan
    if isinstance(data, int | float) and not isinstance(data, bool):
        return float(data)
    raise _unlike(data, "a number or null", where)


def _whole_number(data: object, where: str) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    raise _unlike(data, "a whole number", where)


def _text(data: object, where: str) -> str:
    if isinstance(data, str):
        return data
    raise _unlike(data, "a text", where)


def _flag(data: object, where: str) -> bool:
    if isinstance(data, bool):
        return data
    raise _unlike(data, "true or false", where)


_SCALARS: dict[type, Callable[[object, str], object]] = {
    float: _number,
    int: _whole_number,
    str: _text,
    bool: _flag,
}


def _unlike(data: object, wanted: str, where: str) -> UnreadableSource:
    longest = 40
    seen = repr(data)
    seen = seen if len(seen) <= longest else seen[: longest - 3] + "..."
    return _unreadable(where or "the report", f"is {seen}", wanted)


def _unreadable(where: str, what: str, wanted: str) -> UnreadableSource:
    return UnreadableSource(
        f"This is not a Repsight report: {where} {what}.",
        wanted=f"Wanted {wanted}.",
        next_step="Use a report.json that Repsight wrote, unchanged.",
    )
