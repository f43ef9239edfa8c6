"""Names of exercises, rules, views and measures inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = [
    "PLAIN_MEASURES",
    "VIEWS_SAID",
    "as_topic",
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
#: What a title can begin with that is no verb.
_PARTS: Final = frozenset({
    "hip", "arm", "knee", "leg", "foot", "feet", "hand", "elbow", "heel", "shoulder", "wrist",
    "toe", "shin", "thigh", "ankle", "plate", "weight", "ear", "eye", "rib", "dumbbell", "rep",
    "side", "bell", "handle", "glute", "bar",
})  # fmt: skip
#: A part of the body, or the weight, and what it does.
_SUBJECT: Final = re.compile(
    r"(?P<who>(?:(?:one|front|rear) )?(?:hips?|arms?|knees?|legs?|feet|foot|hands?|elbows?|heels?"
    r"|shoulders?|wrists?|trunk|weight|bar|chin|head|chest)) (?P<no>(?:do|does) not )?"
    r"(?P<how>hardly )?(?P<verb>(?:rise|stop|leave|give|lag|travel|sag|go|come|shoot|start|sink"
    r"|stay|kick|hang|drop|drift|help)(?:s|es)?)\b(?P<rest>.*)"
)
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


def as_topic(title: str) -> str:
    """A rule's title as something to judge: ``leans back`` is ``leaning back``.

    Who does it is kept: ``hips do not come down`` is ``hips not coming down``.
    """
    if done := _subject_doing(bare_title(title)):
        return done
    first, space, rest = bare_title(title).partition(" ")
    if first == "does" and rest.startswith("not "):  # "does not stand up" is "not standing up"
        verb, gap, after = rest.removeprefix("not ").partition(" ")
        return f"not {_doing(f'{verb}s')}{gap}{after}"
    if not first.endswith("s") or first.removesuffix("s") in _PARTS or first in _PARTS:
        return bare_title(title)
    return f"{_doing(first)}{space}{rest}"


def _subject_doing(title: str) -> str:
    """``hips shoot up`` -> ``hips shooting up``; empty where no part of the body does anything."""
    found = _SUBJECT.match(title)
    if found is None:
        return ""
    is_not = "not " if found["no"] else ""
    verb = found["verb"] if found["verb"].endswith("s") else f"{found['verb']}s"
    often = found["how"] or ""
    return f"{found['who']} {is_not}{often}{_doing(verb)}{found['rest']}"


def _doing(verb: str) -> str:
    """``leans`` -> ``leaning``, ``stops`` -> ``stopping``, ``comes`` -> ``coming``."""
    stem = verb.removesuffix("es" if verb.endswith(("shes", "ches", "sses", "oes")) else "s")
    if stem.endswith("e") and not stem.endswith("ee"):
        return f"{stem[:-1]}ing"
    is_short = len(stem) > 2 and stem[-1] in "ptg" and stem[-2] in "aiou" and stem[-3] not in "aeio"
    is_short = is_short or stem.endswith("vel")
    return f"{stem}{stem[-1] if is_short else ''}ing"


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
