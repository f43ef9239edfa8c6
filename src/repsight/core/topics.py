"""Titles of rules as things that one can look at, whether they were seen or not."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["as_topic"]

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


def as_topic(title: str) -> str:
    """A rule's title as something to judge: ``leans back`` is ``leaning back``.

    Who does it is kept: ``hips do not come down`` is ``hips not coming down``.
    """
    known = title[:1].lower() + title[1:].rstrip(".")
    if done := _subject_doing(known):
        return done
    first, space, rest = known.partition(" ")
    if first == "does" and rest.startswith("not "):  # "does not stand up" is "not standing up"
        verb, gap, after = rest.removeprefix("not ").partition(" ")
        return f"not {_doing(f'{verb}s')}{gap}{after}"
    if not first.endswith("s") or first.removesuffix("s") in _PARTS or first in _PARTS:
        return known
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
