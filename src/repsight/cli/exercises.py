"""``repsight exercises``: what Repsight knows, and by which standards it judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from repsight.core.spec import ExerciseSpec, Rule

__all__ = ["app", "list_all", "show"]

app: Final = typer.Typer(help="Exercises that Repsight knows.", no_args_is_help=True)


@app.command("list")
def list_all() -> None:
    """Name every exercise, how to film it, and how many rules judge it."""
    from rich.console import Console
    from rich.table import Table

    from repsight.exercises import catalog

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
    name: Annotated[str, typer.Argument(help="A name from the list.", show_default=False)],
) -> None:
    """Show one exercise: its rules with their sources, its variations and key moments."""
    from rich.console import Console

    from repsight.exercises import spec_of

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


def _show_rules(console: Console, spec: ExerciseSpec) -> None:
    if spec.book.rules:
        console.print("\n[bold]Rules[/bold]")
    for rule in spec.book.rules:
        console.print(f"  [bold]{rule.title}[/bold] ({rule.id})")
        console.print(f"    cue: {rule.cue}")
        console.print(f"    judged from: {', '.join(rule.views)}; source: {_source(rule)}")


def _source(rule: Rule) -> str:
    return f"{rule.source}; not for {', '.join(rule.not_for)}" if rule.not_for else rule.source
