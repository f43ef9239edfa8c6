"""What the lifter told of themselves and the cards they added, from files."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

from repsight.coach.cards.check import check_cards
from repsight.coach.cards.deck import Deck
from repsight.coach.cards.files import builtin_deck, read_pack
from repsight.coach.profile import Profile, profile_from
from repsight.errors import UnreadableSource, UserMistake

__all__ = ["read_deck", "read_profile"]

_LARGEST: Final = 100_000


def read_profile(path: Path) -> Profile:
    """The lifter's profile in a TOML file; UserMistake says what is wrong with it.

    A folder of earlier results is meant from where the file lies.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, f"cannot be read ({error.strerror})") from error
    if len(data) > _LARGEST:
        raise _unreadable(path, "is far too large for a profile")
    try:
        told = profile_from(tomllib.loads(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise _unreadable(path, "is not text") from error
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, f"is not TOML: {error}") from error
    if not told.history:
        return told
    return replace(told, history=str(path.parent / Path(told.history).expanduser()))


def read_deck(packs: Path | None) -> Deck:
    """The built-in cards with those of a folder on top; UserMistake where one is not usable."""
    deck = builtin_deck()
    if packs is None:
        return deck
    own = read_pack(packs)
    if problems := check_cards(own):
        raise UserMistake(
            f"Of your cards, one cannot be used: {problems[0]}.",
            next_step=f"See them all: repsight coach cards check {packs}",
        )
    return deck.with_packs(own)


def _unreadable(path: Path, what: str) -> UnreadableSource:
    return UnreadableSource(
        f"The profile {path.name} {what}.",
        wanted="A TOML file with goal, experience, limitations, equipment, units, load, notes or "
        "history.",
        next_step="docs/coach.md has one.",
    )
