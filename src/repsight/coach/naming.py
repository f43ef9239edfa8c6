"""Names of exercises, rules, views and measures inside a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = [
    "PLAIN_MEASURES",
    "VIEWS_SAID",
    "bare_title",
    "exercise_said",
    "exercise_said_many",
    "inside",
    "subject_said",
]

VIEWS_SAID: Final[Mapping[str, str]] = {
    "front": "from the front",
    "back": "from behind",
    "side": "from the side",
    "oblique": "at an angle",
    "unknown": "",
}
#: What is measured in every exercise, in words of the gym.
PLAIN_MEASURES: Final[Mapping[str, str]] = {
    "eccentric": "the way down",
    "pause": "the pause",
    "concentric": "the lifting phase",
    "range_share": "your range of motion",
    "velocity_loss": "bar speed",
    "left_right_difference": "the difference between your sides",
}
_PROPER: Final = frozenset({"Romanian", "Bulgarian", "Nordic", "Russian", "Turkish"})
_HISSING: Final = ("s", "x", "ch", "sh")


def inside(text: str) -> str:
    """A text as part of a sentence: first letter small unless it is an abbreviation."""
    text = text.strip().rstrip(".")
    if text[1:2].isupper() or text.partition(" ")[0] in _PROPER:
        return text
    return text[:1].lower() + text[1:]


def bare_title(title: str) -> str:
    """A rule's title or praise as part of a sentence."""
    return inside(title)


def exercise_said(name: str) -> str:
    """``squat``, ``Romanian deadlift``."""
    return inside(name)


def exercise_said_many(name: str) -> str:
    """``squats``, ``bench presses``; a movement that is held or counted as it is stays."""
    known = inside(name)
    if known.endswith("s") and not known.endswith("ss"):
        return known
    return known + ("es" if known.endswith(_HISSING) else "s")


def subject_said(subject: str) -> str:
    """What a value measures, with the article that makes it part of a sentence."""
    return f"the {subject}" if subject else ""
