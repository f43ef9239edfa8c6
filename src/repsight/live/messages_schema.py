"""The JSON Schema of what a server says of a live set, derived from the events themselves."""

from __future__ import annotations

from typing import cast, get_args

from repsight.core.events import Event
from repsight.core.report_json import JsonValue
from repsight.core.report_schema import object_schema
from repsight.live.messages import event_type
from repsight.live.wire import VERSION

__all__ = ["messages_schema"]

_TEXT: JsonValue = {"type": "string"}
_COUNT: JsonValue = {"type": "integer", "minimum": 0}
_SPENT: dict[str, JsonValue] = {
    "engine_ms": {"type": "number", "description": "processor time of the slowest frame"},
    "engine_all_ms": {"type": "number", "description": "processor time of all these frames"},
    "behind_ms": {**_COUNT, "description": "how long the first of them had to wait"},
}
_EVENTS: JsonValue = {"type": "array", "items": {"$ref": "#/$defs/event"}}
_STANDING: dict[str, JsonValue] = {
    "next": {**_COUNT, "description": "every frame before it is on disk"},
    "exercise": {**_TEXT, "description": "an id of the catalog, empty while it is not known"},
    "count": _COUNT,
    "held_s": {"type": "number"},
    "phase": {"enum": ["rest", "out", "back", "held"]},
    "depth": {"type": ["number", "null"], "description": "share of the own range"},
}


def messages_schema() -> dict[str, JsonValue]:
    """JSON Schema (draft 2020-12) of every text that ``repsight.live.messages`` writes."""
    events = [_event(cast("type[object]", kind)) for kind in get_args(Event)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Repsight live messages {VERSION}",
        "oneOf": [
            _message("welcome", version={"const": VERSION}, session=_TEXT, **_STANDING),
            _message("step", **_SPENT, **_STANDING, events=_EVENTS),
            _message("saved", clip={"type": ["string", "null"]}, events=_EVENTS),
            _message("refused", why=_TEXT),
        ],
        "$defs": {"event": {"oneOf": events}},
    }


def _message(kind: str, **fields: JsonValue) -> JsonValue:
    properties: dict[str, JsonValue] = {"kind": {"const": kind}, **fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _event(kind: type[object]) -> JsonValue:
    """An event as it travels: all of its fields, and which it is under ``type``."""
    schema = cast("dict[str, JsonValue]", object_schema(kind, {}))
    fields = cast("dict[str, JsonValue]", schema["properties"])
    properties: dict[str, JsonValue] = {"type": {"const": event_type(kind)}, **fields}
    return {**schema, "properties": properties, "required": list(properties)}
