"""Names of exercises in a text: is it about the right one?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from repsight.coach.checks.lexicon import Words
from repsight.coach.naming import exercise_said_many
from repsight.core.spec import ExerciseSpec
from repsight.exercises import catalog

__all__ = ["NAMES", "Names", "without_names"]

#: Exercises that people know and the catalog may not.
_OTHERS: Final = (
    "squat", "front squat", "back squat", "goblet squat", "hack squat", "split squat", "leg press",
    "leg curl", "leg extension", "deadlift", "sumo deadlift", "trap bar deadlift",
    "romanian deadlift", "rdl", "stiff-leg deadlift", "lunge", "walking lunge",
    "bench press", "incline press", "floor press", "shoulder press", "overhead press",
    "military press", "push press", "chest press", "chest fly", "push-up", "press-up", "pull-up",
    "chin-up", "pulldown", "lat pulldown", "bent-over row", "barbell row", "cable row",
    "upright row", "face pull", "lateral raise", "front raise", "side raise", "calf raise",
    "leg raise", "biceps curl", "bicep curl", "hammer curl", "triceps extension",
    "tricep extension", "skull crusher", "kickback", "sit-up", "crunch", "v-up", "russian twist",
    "plank", "side plank", "burpee", "jumping jack", "mountain climber", "glute bridge",
    "hip thrust", "good morning", "kettlebell swing", "snatch", "clean and jerk", "power clean",
    "thruster", "wall ball", "muscle-up", "handstand", "farmer's walk", "treadmill", "bench dip",
)  # fmt: skip
#: Words that are an exercise only with an article or a count: coaches use them as verbs too.
_ALSO_VERBS: Final = ("press", "row", "curl", "dip", "plank", "bridge", "crunch", "lunge", "squat")
#: Exercises that are made of others, whose names they may use.
_PARTS: Final = {
    "burpee": ("squat", "push-up", "plank", "press-up"),
    "mountain_climber": ("plank", "push-up"),
    "romanian_deadlift": ("rdl",),
    "glute_bridge": ("hip thrust",),
    "biceps_curl": ("bicep curl", "curl"),
    "triceps_extension": ("tricep extension",),
    "pull_up": ("chin-up",),
    "shoulder_press": ("overhead press", "press", "push press"),
    "push_up": ("press-up", "plank"),
    "bent_over_row": ("barbell row", "row"),
    "bench_press": ("press",),
    "lunge": ("split squat",),
    "dip": ("bench dip",),
    "lateral_raise": ("side raise",),
}


class Names:
    """Finds names of exercises, the longest first."""

    def __init__(self) -> None:
        self._found: Words | None = None

    @property
    def pattern(self) -> Words:
        """Every name with its plural, hyphens optional."""
        if self._found is None:
            known = {*_OTHERS, *(spec.name.lower() for spec in catalog().values())}
            names = known - set(_ALSO_VERBS)
            self._found = Words(_source(names), [_telling(name) for name in names])
        return self._found

    def of(self, specs: Iterable[ExerciseSpec]) -> re.Pattern[str]:
        """The pattern of the names that these exercises may be called."""
        return _own_pattern(tuple(sorted(_own_names(specs))))

    def foreign(self, text: str, specs: tuple[ExerciseSpec, ...], *, support: str) -> str:
        """A name in ``text`` (small letters) of another exercise than these; empty if none.

        A name that the ``support`` uses may be used.
        """
        own = self.of(specs)
        for found in self.pattern.finditer(text):
            if not own.fullmatch(found[0]) and _plain(found[0]) not in _plain(support):
                return found[0]
        rest = without_names(text, own)
        for found in _VERBS.finditer(rest):
            if _plain(found["name"]) not in _plain(support):
                return found["name"]
        return ""


def without_names(text: str, names: re.Pattern[str]) -> str:
    """The text with these names cut out."""
    return names.sub("exercise", text)


def _plain(name: str) -> str:
    return name.replace("-", " ")


def _own_names(specs: Iterable[ExerciseSpec]) -> set[str]:
    own: set[str] = set()
    for spec in specs:
        own |= {spec.name.lower(), spec.id.replace("_", " "), *_PARTS.get(spec.id, ())}
    return own


@cache
def _own_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_source(names)) if names else re.compile(r"(?!)")


def _telling(name: str) -> str:
    """The word of a name that fewest other sentences have: its longest."""
    return max(name.split(" "), key=len)


def _source(names: Iterable[str]) -> str:
    forms = {form for name in names for form in (name, exercise_said_many(name))}
    ordered = sorted(forms, key=len, reverse=True)
    parts = "|".join(
        re.escape(form).replace(r"\-", "[- ]?").replace(r"\ ", "[- ]") for form in ordered
    )
    return rf"\b(?:{parts})\b"


_VERBS: Final = Words(
    r"\b(?:(?:of|your|these|those|each|every|\d+|set of|reps of|strong|good|more|clean)\s+)"
    rf"(?P<name>{'|'.join(_ALSO_VERBS)})(?:s|es)?\b(?=[.,;:!?]|\s+(?:at|from|in|on|and|with|were|was"
    r"|is|are|look|looked|today|this|here|counted|today|reps?|set)\b|$)",
    _ALSO_VERBS,
)
NAMES: Final = Names()
