"""What is taken of a clip that somebody brings: its name, its kind, its day, its exercise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

from repsight.app.inputs import VIDEO_SUFFIXES
from repsight.errors import UserMistake
from repsight.exercises import spec_of
from repsight.landmarks_io import SUFFIXES as LANDMARK_SUFFIXES

__all__ = ["believable", "check_exercise", "known_suffix", "shown_name"]

_NAME_LENGTH: Final = 200
_FIRST_YEAR: Final = 1990


def shown_name(name: str) -> str:
    """The file's own name without folders and control characters; only ever shown."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    return clean[:_NAME_LENGTH] or "clip"


def believable(recorded_at: datetime | None) -> datetime | None:
    """A moment at which one can have filmed, in UTC; None for any other."""
    if recorded_at is None or recorded_at.tzinfo is None:
        return None
    is_past = recorded_at <= datetime.now(UTC) + timedelta(days=1)
    return recorded_at.astimezone(UTC) if is_past and recorded_at.year >= _FIRST_YEAR else None


def known_suffix(name: str) -> str:
    """The kind of a file by its name, in small letters; UserMistake for one that cannot be read."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in VIDEO_SUFFIXES | LANDMARK_SUFFIXES:
        return suffix
    raise UserMistake(
        f"'{shown_name(name)}' is neither a clip nor a landmark file.",
        wanted="A video such as .mp4, .mov or .webm, or landmarks as .npz, .npy, .csv or .json.",
        next_step="Choose another file.",
    )


def check_exercise(exercise: str) -> None:
    """UnknownName for what is neither in the catalog nor a wish such as ``auto``."""
    if exercise not in {"auto", "unknown"}:
        spec_of(exercise)
