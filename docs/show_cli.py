"""Print every command and option as Markdown: ``python docs/show_cli.py``."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from typing import Any

import typer
from typer.models import ArgumentInfo, OptionInfo

from repsight.cli.run import app

Command = Callable[..., object]


def commands(group: typer.Typer, path: str) -> Iterator[tuple[str, Command]]:
    """Every command with the words that call it."""
    for command in group.registered_commands:
        if command.callback and not command.hidden:
            yield f"{path} {command.name or command.callback.__name__}", command.callback
    for inner in group.registered_groups:
        if inner.typer_instance:
            yield from commands(inner.typer_instance, f"{path} {inner.name}")


def parameters(command: Command) -> Iterator[tuple[inspect.Parameter, Any, Any]]:
    """Each parameter with its type and what Typer was told of it."""
    hints = typing.get_type_hints(command, include_extras=True)
    for parameter in inspect.signature(command).parameters.values():
        kind, *told = typing.get_args(hints[parameter.name])
        info = next((i for i in told if isinstance(i, ArgumentInfo | OptionInfo)), None)
        if info and not info.hidden:
            yield parameter, kind, info


def choices(kind: object) -> tuple[str, ...]:
    """The words of a Literal, also inside ``Literal[...] | None``."""
    if typing.get_origin(kind) is typing.Literal:
        return typing.get_args(kind)
    inner = [choices(part) for part in typing.get_args(kind)]
    return next((words for words in inner if words), ())


def written(parameter: inspect.Parameter, kind: object, info: OptionInfo) -> str:
    """How an option is written; a bar would end the table's cell."""
    # Typer takes the first name of an annotated option for its default.
    told = [info.default, *(info.param_decls or [])]
    names = [name for name in told if isinstance(name, str) and name.startswith("-")]
    spelled = ", ".join(names or [f"--{parameter.name.replace('_', '-')}"])
    if kind is bool:
        return spelled
    value = info.metavar or " or ".join(choices(kind)) or "VALUE"
    return f"{spelled} {value}".replace("|", " or ")


def meaning(parameter: inspect.Parameter, kind: object, info: OptionInfo) -> str:
    """The help text and the default, if a reader should know it."""
    text = info.help or ""
    if isinstance(info.show_default, str):
        return f"{text} Default: {info.show_default}."
    if kind is bool or not info.show_default or parameter.default in (None, ""):
        return text
    return f"{text} Default: `{parameter.default}`."


def section(path: str, command: Command) -> list[str]:
    """One command: what it does, its arguments and options."""
    rows = list(parameters(command))
    arguments = [row for row in rows if isinstance(row[2], ArgumentInfo)]
    options = [row for row in rows if isinstance(row[2], OptionInfo)]
    lines = [f"## `{path}`", "", inspect.cleandoc(command.__doc__ or "").replace("<", "&lt;"), ""]
    if arguments:
        lines += ["| argument | meaning |", "| --- | --- |"]
        lines += [f"| `{info.metavar or p.name}` | {info.help} |" for p, _, info in arguments]
        lines.append("")
    if options:
        lines += ["| option | meaning |", "| --- | --- |"]
        lines += [f"| `{written(*row)}` | {meaning(*row)} |" for row in options]
        lines.append("")
    return lines


def main() -> None:
    """Print the whole command line."""
    for path, command in commands(app, "repsight"):
        print("\n".join(section(path, command)))
    print("`repsight --version` shows the version, `repsight COMMAND --help` the same as above.")


if __name__ == "__main__":
    main()
