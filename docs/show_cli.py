"""Print every command and option as Markdown: ``python docs/show_cli.py``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click
import typer

from repsight.cli import app


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """The command and those below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            if not inner.hidden:
                yield from commands(inner, f"{path} {name}")


def default(option: click.Option) -> str:
    """The default, if a reader should know it."""
    value = option.default
    if option.is_flag or value is None or callable(value) or value in ("", ()):
        return ""
    return f" Default: `{value}`."


def values(option: click.Option) -> str:
    """What stands behind the option's name."""
    if option.is_flag:
        return ""
    choices = getattr(option.type, "choices", None)
    return f" {'|'.join(map(str, choices))}" if choices else f" {option.metavar or 'VALUE'}"


def section(path: str, command: click.Command) -> list[str]:
    """One command: what it does, its arguments and options."""
    lines = [f"## `{path}`", "", inspect.cleandoc(command.help or "").replace("\f", ""), ""]
    shown = [p for p in command.params if not getattr(p, "hidden", False)]
    arguments = [p for p in shown if isinstance(p, click.Argument)]
    options = [p for p in shown if isinstance(p, click.Option)]
    if arguments:
        lines += ["| argument | meaning |", "| --- | --- |"]
        lines += [f"| `{a.human_readable_name}` | {getattr(a, 'help', '')} |" for a in arguments]
        lines.append("")
    if options:
        lines += ["| option | meaning |", "| --- | --- |"]
        lines += [
            f"| `{', '.join(o.opts)}{values(o)}` | {o.help or ''}{default(o)} |".replace("||", "|")
            for o in options
        ]
        lines.append("")
    return lines


def main() -> None:
    """Print the whole command line."""
    for path, command in commands(typer.main.get_command(app), "repsight"):
        print("\n".join(section(path, command)))


if __name__ == "__main__":
    main()
