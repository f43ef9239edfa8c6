"""Exercises of the user's own, made known before a command does its work."""

from __future__ import annotations

from pathlib import Path

__all__ = ["use_own_exercises"]


def use_own_exercises(place: Path | None = None) -> None:
    """Install those at ``place``, by default where the settings say; none is no mistake.

    Raises UserMistake for a place that is not there or a file with problems.
    """
    from repsight.config import read_settings

    place = place or read_settings().exercises
    if place is None:
        return
    from repsight.exercises import catalog, install
    from repsight.spec_files.read import read_specs

    install([])
    install(read_specs(place, catalog()).values())
