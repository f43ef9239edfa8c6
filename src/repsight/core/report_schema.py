"""The JSON Schema of a report, derived from its dataclasses and their docstrings."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from repsight.core.report import SCHEMA_VERSION, ClipReport
from repsight.core.report_json import JsonValue

__all__ = ["object_schema", "report_schema"]

_SCALARS: dict[type, JsonValue] = {
    float: {"type": ["number", "null"]},  # null is NaN: not measurable
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
}
_UNITS = {
    "s": "seconds; points in time are media seconds of the clip",
    "hz": "per second",
    "px": "pixels of the upright picture",
    "deg": "degrees",
    "share": "share of 1",
}


def report_schema() -> dict[str, JsonValue]:
    """JSON Schema (draft 2020-12) of what ``repsight.core.report_json.to_dict`` writes."""
    definitions: dict[str, JsonValue] = {}
    root = cast("dict[str, JsonValue]", object_schema(ClipReport, definitions))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Repsight report {SCHEMA_VERSION}",
        **root,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _schema_of(kind: object, definitions: dict[str, JsonValue]) -> JsonValue:
    if is_dataclass(kind):
        return _reference(cast("type[object]", kind), definitions)
    if (scalar := _SCALARS.get(cast("type", kind))) is not None:
        return scalar
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    msg = f"{kind!r} has no JSON form"
    raise TypeError(msg)


def _with_unit(name: str, schema: JsonValue) -> JsonValue:
    """The suffix of a name is its unit: said once more for who reads only the schema."""
    unit = _UNITS.get(name.rpartition("_")[2]) if "_" in name else None
    return {**schema, "description": unit} if unit and isinstance(schema, dict) else schema


def _reference(kind: type[object], definitions: dict[str, JsonValue]) -> JsonValue:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = None  # a place kept, so that a cycle would end here
        definitions[kind.__name__] = object_schema(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def object_schema(kind: type[object], definitions: dict[str, JsonValue]) -> JsonValue:
    """The schema of a dataclass; those within it are put into ``definitions`` by their names.

    TypeError for a field that has no form in JSON.
    """
    hints = get_type_hints(kind)
    members = fields(kind)  # type: ignore[arg-type]  # only dataclasses come here
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": {
            field.name: _with_unit(field.name, _schema_of(hints[field.name], definitions))
            for field in members
        },
        "required": [field.name for field in members if _has_no_default(field)],
        "additionalProperties": False,
    }


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
