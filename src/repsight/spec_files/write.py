"""Plain values as TOML that a coach can read and change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isinf

from repsight.spec_files.plain import Plain

__all__ = ["toml_text"]


def toml_text(
    plain: Mapping[str, Plain], *, comments: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The values as TOML: single values first, then tables in their order.

    ``comments`` stand above the table or key of that name, and those of ``""`` at the top.
    """
    comments = comments or {}
    lines = [*_noted(comments, ""), *([""] if comments.get("") else [])]
    for name, value in plain.items():
        if not _is_table(value):
            lines += [*_noted(comments, name), f"{name} = {_value(value)}"]
    for name, value in plain.items():
        lines += _tables(name, value, comments)
    return "\n".join(lines) + "\n"


def _is_table(value: Plain) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    )


def _tables(name: str, value: Plain, comments: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if not _is_table(value):
        return
    if isinstance(value, dict):
        inner = {part: one for part, one in value.items() if _is_table(one)}
        yield from ("", *_noted(comments, name), f"[{name}]")
        yield from (f"{part} = {_value(one)}" for part, one in value.items() if part not in inner)
        for part, one in inner.items():
            yield from _tables(f"{name}.{part}", one, comments)
        return
    for i, one in enumerate(value if isinstance(value, list) else []):
        yield from ("", *(_noted(comments, name) if not i else ()), f"[[{name}]]")
        entry = one if isinstance(one, dict) else {}
        yield from (f"{part} = {_value(each)}" for part, each in entry.items())


def _noted(comments: Mapping[str, Sequence[str]], name: str) -> list[str]:
    return [f"# {line}".rstrip() for line in comments.get(name, ())]


def _value(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return ("-inf" if value < 0 else "inf") if isinf(value) else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
