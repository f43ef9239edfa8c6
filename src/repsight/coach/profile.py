"""Who the lifter is, as far as they say so: goal, experience, limitations, equipment, load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan
from typing import Final, Literal, cast, get_args

from repsight.coach.amounts import KG_PER_LB
from repsight.errors import UserMistake

__all__ = [
    "EQUIPMENT",
    "LIMITATIONS",
    "REFERRAL",
    "Experience",
    "Goal",
    "Profile",
    "Units",
    "mentions_pain",
    "profile_from",
]

Goal = Literal["", "strength", "muscle", "endurance", "technique", "fitness"]
Experience = Literal["", "new", "intermediate", "experienced"]
Units = Literal["kg", "lb"]

#: What is said, word for word, whenever somebody writes of pain or an injury.
REFERRAL: Final = (
    "You mentioned pain or an injury. A camera cannot judge that and neither can I: please stop "
    "what hurts and ask a doctor or a physiotherapist before you train it again."
)
#: Limitations that the cards know, by the words that mean them.
LIMITATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "knee": ("knee", "kneel"),
    "shoulder": ("shoulder", "overhead", "rotator"),
    "back": ("back", "spine"),
    "hip": ("hip",),
    "ankle": ("ankle", "dorsiflexion", "calf", "calves"),
    "wrist": ("wrist", "hand"),
    "elbow": ("elbow",),
    "neck": ("neck",),
    "balance": ("balance", "dizzy", "fall"),
    "pregnancy": ("pregnan", "postpartum", "post-partum"),
    "one_side": ("amput", "prosthe", "one arm", "one leg", "one-armed", "one-legged", "stroke"),
    "seated": ("wheelchair", "seated", "sitting only"),
    "time": ("short on time", "no time", "minutes"),
}  # fmt: skip
#: Equipment that the cards know, by the words that mean it.
EQUIPMENT: Final[Mapping[str, tuple[str, ...]]] = {
    "barbell": ("barbell", "bar ", "rack", "olympic"),
    "dumbbell": ("dumbbell", "dumb bell"),
    "kettlebell": ("kettlebell",),
    "band": ("band", "tube"),
    "bench": ("bench",),
    "pull_up_bar": ("pull-up bar", "pull up bar", "pullup bar", "rings"),
    "box": ("box", "chair", "step"),
    "cable": ("cable", "machine"),
    "bodyweight": ("bodyweight", "body weight", "none", "nothing", "no equipment"),
}  # fmt: skip
_PAIN: Final = re.compile(
    r"\b(pain\w*|hurt\w*|ach(?:e|es|ed|ing|y)|injur\w*|torn|tear|tore|sprain\w*|strain(?:ed|s)?"
    r"|surgery|operat(?:ion|ed)|herniat\w*|slipped disc|sciatica|tendin\w*|tendon\w*|bursitis"
    r"|impinge\w*|arthr\w*|fractur\w*|broke(?:n)?|dislocat\w*|numb(?:ness|ed|ing)?|tingl\w*|swollen|swelling"
    r"|inflam\w*|physio\w*|rehab\w*|diagnos\w*|chest tight\w*|dizz\w*|faint\w*)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|without|free of|nothing|zero|neither|nor|don't|doesn't|isn't|aren't"
    r"|haven't|hasn't)\b(?:[\s,]+(?:have|had|any|more|longer|a|an|known|current|or|and|pains?"
    r"|injur\w*|hurt\w*|in|is|of))*[\s,]+$",
    re.IGNORECASE,
)
_FREE: Final = re.compile(r"^[\s-]*free\b", re.IGNORECASE)
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Profile:
    """What the lifter told. Empty or NaN means not told.

    ``limitations`` and ``equipment`` are words of the lifter's own; ``load_kg`` is what was
    lifted in this clip. ``notes`` are free text, which is searched for pain and never repeated.
    ``history`` names the folder with the lifter's earlier results.
    """

    goal: Goal = ""
    experience: Experience = ""
    limitations: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    units: Units = "kg"
    load_kg: float = nan
    notes: str = ""
    history: str = ""

    @property
    def load(self) -> float:
        """The load in the lifter's own unit, NaN if not told."""
        return self.load_kg if self.units == "kg" else self.load_kg / KG_PER_LB

    @property
    def known_limitations(self) -> tuple[str, ...]:
        """Ids of the limitations that there are cards for."""
        return _found(self.limitations, LIMITATIONS)

    @property
    def known_equipment(self) -> tuple[str, ...]:
        """Ids of the equipment that there are cards for."""
        return _found(self.equipment, EQUIPMENT)

    @property
    def needs_referral(self) -> bool:
        """Whether pain or an injury is mentioned anywhere."""
        return any(mentions_pain(text) for text in (*self.limitations, self.notes))


def mentions_pain(text: str) -> bool:
    """Whether somebody writes of pain or an injury that they do not deny.

    ``my knee hurts`` does, ``no pain`` and ``pain-free`` do not.
    """
    for found in _PAIN.finditer(text):
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :]
        if not _DENIED.search(before) and not _FREE.search(after):
            return True
    return False


def profile_from(data: Mapping[str, object]) -> Profile:
    """A profile from the keys of a TOML or JSON file; UserMistake names what is wrong with it.

    ``load`` is in ``units``.
    """
    known = {"goal", "experience", "limitations", "equipment", "units", "load", "notes",
             "history"}  # fmt: skip
    if strange := sorted(set(data) - known):
        raise _wrong(f"has an unknown entry '{strange[0]}'", f"Known: {', '.join(sorted(known))}.")
    units = _one_of(data, "units", ("", *get_args(Units))) or "kg"
    load = _number(data, "load")
    return Profile(
        goal=cast("Goal", _one_of(data, "goal", get_args(Goal))),
        experience=cast("Experience", _one_of(data, "experience", get_args(Experience))),
        limitations=_texts(data, "limitations"),
        equipment=_texts(data, "equipment"),
        units=cast("Units", units),
        load_kg=load if units == "kg" else load * KG_PER_LB,
        notes=_text(data, "notes"),
        history=_text(data, "history"),
    )


def _found(texts: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    said = " | ".join(texts).lower() + " "
    return tuple(name for name, words in known.items() if any(word in said for word in words))


def _one_of(data: Mapping[str, object], key: str, allowed: tuple[str, ...]) -> str:
    said = data.get(key, "")
    if isinstance(said, str) and said.strip().lower() in allowed:
        return said.strip().lower()
    names = ", ".join(name for name in allowed if name)
    raise _wrong(f"says {key} = {said!r}", f"One of: {names}.")


def _number(data: Mapping[str, object], key: str) -> float:
    said = data.get(key)
    if said is None:
        return nan
    if isinstance(said, int | float) and not isinstance(said, bool) and isfinite(said) and said > 0:
        return float(said)
    raise _wrong(f"says {key} = {said!r}", "A number above zero, without its unit.")


def _text(data: Mapping[str, object], key: str) -> str:
    said = data.get(key, "")
    if isinstance(said, str) and len(said) <= _LONGEST:
        return said
    raise _wrong(f"has no usable {key}", f"A text of at most {_LONGEST} characters.")


def _texts(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    said = data.get(key, ())
    if isinstance(said, str):
        return (_text(data, key),) if said else ()
    if isinstance(said, list | tuple):
        parts = cast("list[object]", said)
        if len(parts) <= 20:
            return tuple(_text({key: part}, key) for part in parts)
    raise _wrong(f"has no usable {key}", "A list of at most 20 texts.")


def _wrong(what: str, wanted: str) -> UserMistake:
    return UserMistake(
        f"The lifter's profile {what}.", wanted=wanted, next_step="See docs/coach.md."
    )
