"""Print every part of the report as Markdown: ``python docs/show_report.py``."""

from __future__ import annotations

import inspect
import typing
from dataclasses import Field, fields, is_dataclass

from repsight.core import report
from repsight.core.report import ClipReport


def parts(kind: type, seen: list[type]) -> list[type]:
    """The dataclasses reachable from ``kind``, each once, in reading order."""
    if is_dataclass(kind) and kind not in seen:
        seen.append(kind)
        for hint in typing.get_type_hints(kind).values():
            for inner in [hint, *typing.get_args(hint)]:
                if isinstance(inner, type):
                    parts(inner, seen)
    return seen


def plain(field: Field[object]) -> str:
    """A field's type as a reader of JSON would say it."""
    text = str(field.type)
    if text.startswith("Literal"):
        choices = text.removeprefix("Literal[").removesuffix("]").replace('"', "`")
        return f"one of {choices.replace(chr(39), '`')}"
    alias = getattr(report, text, None)
    if typing.get_origin(alias) is typing.Literal:
        return "one of " + ", ".join(f"`{choice}`" for choice in typing.get_args(alias))
    words = {"str": "text", "float": "number or null", "int": "whole number", "bool": "yes or no"}
    if text.startswith("tuple["):
        inner = text.removeprefix("tuple[").removesuffix(", ...]")
        return f"list of {words.get(inner, inner)}"
    if text.startswith("dict["):
        inner = text.removeprefix("dict[str, ").removesuffix("]")
        return f"object: name -> {words.get(inner, inner)}"
    return words.get(text, text)


def section(kind: type) -> list[str]:
    """One part: what it is, then its fields."""
    about = inspect.cleandoc(kind.__doc__ or "").replace("``", "`")
    lines = [f"### {kind.__name__}", "", about, "", "| field | holds |", "| --- | --- |"]
    lines += [f"| `{field.name}` | {plain(field)} |" for field in fields(kind)]
    return [*lines, ""]


def main() -> None:
    """Print every part, the clip first."""
    for kind in parts(ClipReport, []):
        print("\n".join(section(kind)))


if __name__ == "__main__":
    main()
