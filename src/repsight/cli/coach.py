"""``repsight coach``: who can word the summary, and what the coach knows."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from repsight.coach.cards.model import Card
    from repsight.config import Settings

__all__ = ["app", "check", "list_cards", "models"]

app: Final = typer.Typer(help="The coach: its models and its cards.", no_args_is_help=True)
_cards: Final = typer.Typer(help="What the coach knows, card by card.", no_args_is_help=True)
app.add_typer(_cards, name="cards")

_Folder = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", show_default="REPSIGHT_CARDS", help="Cards of your own."),
]


@app.command("models")
def models() -> None:
    """List who can word the summary, and which of them is chosen."""
    from rich.console import Console
    from rich.table import Table

    from repsight.config import read_settings

    settings = read_settings()
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for name in ("For --coach", "What", "State"):
        table.add_column(name)
    chosen = settings.coach
    table.add_row("template", "Built in, needs nothing", _state(chosen == "template", "ready"))
    if chosen != "template":
        table.add_row(chosen, _kind(chosen), _state(True, _health(settings)))
    table.add_row(
        "http://127.0.0.1:PORT", "llama-server, Ollama, vLLM, LM Studio", "any that is running"
    )
    table.add_row("MODEL.gguf", "llama.cpp in this process", _installed("xllamacpp", "llama"))
    table.add_row("FOLDER", "Checkpoint of transformers", _installed("transformers", "checkpoint"))
    Console(highlight=False).print(table)


@_cards.command("list")
def list_cards(folder: _Folder = None) -> None:
    """Name every card: what it is about and for which exercises."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for name in ("Card", "Topic", "Exercises", "From"):
        table.add_column(name)
    for card in _all(folder):
        table.add_row(card.id, card.topic, ", ".join(card.exercises) or "any", card.pack)
    Console(highlight=False).print(table)


@_cards.command("check")
def check(folder: _Folder = None) -> int:
    """Check cards: whole, plain, without numbers or claims. Exit code 2 if one is not."""
    from repsight.coach.cards.check import check_cards, missing_cards

    cards = _all(folder)
    problems = [str(problem) for problem in check_cards(cards)]
    for line in problems:
        sys.stdout.write(f"{line}\n")
    for line in missing_cards(cards):
        sys.stdout.write(f"no card of its own: {line}\n")
    sys.stdout.write(f"{len(cards)} cards, {len(problems)} problems.\n")
    return 2 if problems else 0


def _all(folder: Path | None) -> tuple[Card, ...]:
    """The cards of the package with those of a folder on top."""
    from repsight.coach.cards.files import builtin_deck, read_pack
    from repsight.config import read_settings

    place = folder or read_settings().cards
    deck = builtin_deck()
    return (deck.with_packs(read_pack(place)) if place else deck).cards


def _state(is_chosen: bool, state: str) -> str:
    return f"{state}, chosen" if is_chosen else state


def _kind(said: str) -> str:
    if "://" in said:
        return "Server of a language model"
    return "Checkpoint of transformers" if Path(said).is_dir() else "llama.cpp in this process"


def _health(settings: Settings) -> str:
    from urllib.parse import urlsplit

    from repsight.coach.writers.http_chat import is_on_this_machine, models_at

    said = settings.coach
    if "://" not in said:
        return "there" if Path(said).exists() else "not there"
    if not is_on_this_machine(urlsplit(said).hostname or ""):
        return "on another machine, asked only with --coach-may-send"
    found = models_at(said, key=settings.coach_key)
    return f"answers: {', '.join(found)}" if found else "does not answer"


def _installed(module: str, extra: str) -> str:
    return "installed" if find_spec(module) else f"pip install 'repsight\\[{extra}]'"
