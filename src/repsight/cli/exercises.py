"""``repsight exercises``: what Repsight knows, and by which standards it judges."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from repsight.cli.own_exercises import use_own_exercises
from repsight.errors import UserMistake

if TYPE_CHECKING:
    from rich.console import Console

    from repsight.core.spec import ExerciseSpec, Rule

__all__ = ["app", "check", "export", "list_all", "show"]

app: Final = typer.Typer(help="Exercises that Repsight knows, and your own.", no_args_is_help=True)


@app.command("list")
def list_all() -> None:
    """Name every exercise, how to film it, and how many rules judge it."""
    from rich.console import Console
    from rich.table import Table

    from repsight.exercises import catalog

    use_own_exercises()
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for name in ("Name for --exercise", "Exercise", "Film from", "Rules", "Variations"):
        table.add_column(name)
    for spec in sorted(catalog().values(), key=lambda spec: spec.id):
        table.add_row(
            spec.id, spec.name, spec.recommended_view, str(len(spec.book.rules)),
            ", ".join(variation.id for variation in spec.book.variations) or "-",
        )  # fmt: skip
    table.add_row("unknown", "Any other repetitive movement", "any", "0", "-")
    Console(highlight=False).print(table)


@app.command("show")
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name from the list.", show_default=False)
    ],
) -> None:
    """Show one exercise: its rules with their sources, its variations and key moments."""
    from rich.console import Console

    from repsight.exercises import spec_of

    use_own_exercises()
    spec = spec_of(name)
    console = Console(highlight=False)
    console.print(
        f"[bold]{spec.name}[/bold] ({spec.id}), best filmed from: {spec.recommended_view}"
    )
    _show_rules(console, spec)
    for title, lines in (
        ("Variations, never faults", [f"{v.name} ({v.id})" for v in spec.book.variations]),
        ("Key moments", [moment.name for moment in spec.book.moments]),
        ("Measured in every rep", [metric.name for metric in spec.book.metrics]),
        ("Never claimed from one camera", list(spec.book.never_claimed)),
    ):
        if lines:
            console.print(f"\n[bold]{title}[/bold]")
            for line in lines:
                console.print(f"  {line}")


@app.command("export")
def export(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name from the list.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write here.", show_default="the screen"),
    ] = None,
) -> None:
    """Write an exercise as TOML, to be read, changed and used as one of your own."""
    from repsight.cli.new_file import write_new
    from repsight.exercises import spec_of
    from repsight.spec_files.plain import to_plain
    from repsight.spec_files.write import toml_text

    use_own_exercises()
    text = toml_text(to_plain(spec_of(name)))
    if out is None:
        sys.stdout.write(text)
    else:
        write_new(out, text)


@app.command("check")
def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="TOML files, or folders of them.", show_default=False),
    ],
) -> int:
    """Read exercises of your own and name every problem with its line."""
    from repsight.exercises import catalog
    from repsight.spec_files.read import BrokenFile, read_specs

    problems: list[str] = []
    for place in files:
        try:
            own = read_specs(place, catalog())
        except BrokenFile as broken:
            problems += broken.lines
        except UserMistake as unreadable:  # the others are checked all the same
            problems.append(str(unreadable))
        else:
            for spec in own.values():
                sys.stdout.write(f"{place}: {spec.id} is fine: {_extent(spec)}.\n")
    for line in problems:
        sys.stderr.write(f"{line}\n")
    return 2 if problems else 0


def _extent(spec: ExerciseSpec) -> str:
    book = spec.book
    counts = (("rule", len(book.rules)), ("variation", len(book.variations)),
              ("metric", len(book.metrics)))  # fmt: skip
    return ", ".join(f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in counts)


def _show_rules(console: Console, spec: ExerciseSpec) -> None:
    if spec.book.rules:
        console.print("\n[bold]Rules[/bold]")
    for rule in spec.book.rules:
        console.print(f"  [bold]{rule.title}[/bold] ({rule.id})")
        console.print(f"    cue: {rule.cue}")
        console.print(f"    judged from: {', '.join(rule.views)}; source: {_source(rule)}")


def _source(rule: Rule) -> str:
    return f"{rule.source}; not for {', '.join(rule.not_for)}" if rule.not_for else rule.source
