"""A new exercise from one demonstration: what was shown, as a file that a coach can change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from repsight.app.observe import Progress, Watching, observe
from repsight.core.measure import observe as observe_track
from repsight.core.periodic import count_repetitions
from repsight.core.phrases import phrase_of, value_text
from repsight.core.reading import unit_of
from repsight.core.refine import refine
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseTrack
from repsight.errors import Unjudgeable, UserMistake
from repsight.recognize.demonstration import Drive, drive_of
from repsight.recognize.drafted import draft
from repsight.spec_files.plain import to_plain
from repsight.spec_files.read import spec_from_text
from repsight.spec_files.write import toml_text

__all__ = ["Demonstration", "Learned", "learn", "learn_from_track"]

#: A landmark less visible than this is the pose model's guess.
_SEEN: Final = 0.1


@dataclass(frozen=True, slots=True)
class Demonstration:
    """One set of a movement: the id it gets, its name for people, how many repetitions it has."""

    exercise: str
    name: str
    reps: int
    watching: Watching = field(default_factory=Watching)


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A drafted exercise, the same as TOML, and what carries it in plain words."""

    spec: ExerciseSpec
    text: str
    words: str


def learn(clip: Path, shown: Demonstration, *, on_progress: Progress | None = None) -> Learned:
    """Draft an exercise from a clip or a landmark file.

    Raises UnreadableSource for a broken file, UserMistake for an id that cannot be one and
    Unjudgeable when the clip does not show the movement that often.
    """
    _checked(shown)
    observation = observe(clip, shown.watching, on_progress=on_progress)
    return learn_from_track(observation.track, shown, source=clip.name)


def learn_from_track(track: PoseTrack, shown: Demonstration, *, source: str) -> Learned:
    """Draft an exercise from one person's landmarks; ``source`` is told in the file.

    Raises as ``learn``. The draft counts the demonstration right: that is checked here.
    """
    _checked(shown)
    _visible(track)
    scene = observe_track(track)
    drive = drive_of(scene, shown.reps)
    if drive is None:
        raise _not_shown(track, shown)
    spec = draft(shown.exercise, shown.name, scene=scene, drive=drive)
    text = toml_text(to_plain(spec), comments=_comments(drive, shown, source))
    spec = spec_from_text(text, {}, file=f"{shown.exercise}.toml")
    if len(refine(scene, spec).reps) != shown.reps:
        raise _not_shown(track, shown)
    return Learned(spec, text, _words(drive))


def _checked(shown: Demonstration) -> None:
    if shown.reps < 1:
        raise UserMistake(
            f"{shown.reps} repetitions teach nothing.",
            wanted="The number of repetitions in the clip, 3 to 10 at best.",
            next_step="Count them and say for example --reps 5.",
        )
    if not re.fullmatch(r"[a-z][a-z0-9_]*", shown.exercise):
        raise UserMistake(
            f"{shown.exercise!r} cannot be the id of an exercise.",
            wanted="Small letters, digits and _, beginning with a letter.",
            next_step="For example: repsight learn calf_raise --from clip.mp4 --reps 5",
        )


def _visible(track: PoseTrack) -> None:
    """Refuse landmarks of which none was ever seen: they are guesses, and teach guesses."""
    is_there = np.isfinite(track.xy).any()
    if is_there and not (track.visibility > _SEEN).any():
        raise Unjudgeable(
            f"No landmark was seen in any of the {len(track)} frames: their visibility is"
            f" {_SEEN:g} at most.",
            wanted="Landmarks with the visibility that the pose model gave them, or without any.",
            next_step="Check the column of visibility; leave it out if it is not known.",
        )


def _not_shown(track: PoseTrack, shown: Demonstration) -> Unjudgeable:
    counted = count_repetitions(track)
    seen = (
        f"something repeats {counted.count} times in it"
        if counted.count
        else f"{counted.reason} in it"
    )
    return Unjudgeable(
        f"No movement stands out {shown.reps} times in this clip: {seen}.",
        wanted="One person, seen whole, who rests before and after and does nothing else.",
        next_step="Check --reps, cut the clip to the set, or film from where the movement is"
        " largest.",
    )


def _words(drive: Drive) -> str:
    cycle = drive.cycle
    size = value_text(drive.refined.own_range, unit_of(cycle.driver))
    by = ", each side on its own" if cycle.sides == "each" else ""
    return f"counted by the {phrase_of(cycle.driver)}, which moves by about {size}{by}"


def _comments(drive: Drive, shown: Demonstration, source: str) -> dict[str, list[str]]:
    return {
        "": [
            f"Drafted from {shown.reps} repetitions in {source}: {_words(drive)}.",
            "It is yours to change; `repsight exercises check` reads it and names mistakes.",
        ],
        "cycle": ["How one repetition moves; less than the floor is no repetition at all."],
        "posture": ["The postures that were shown, with room: outside them nothing is counted."],
        "signature": ["What tells this exercise from others when none is named."],
        "rule": ["The two ends of the movement as they were shown. Give them words of your own."],
    }
