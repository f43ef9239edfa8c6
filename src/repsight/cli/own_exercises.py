"""Exercises of the user's own, made known before a command does its work."""

from __future__ import annotations

from pathlib import Path

from repsight.errors import UnreadableSource

__all__ = ["use_own_exercises"]


def use_own_exercises(place: Path | None = None) -> None:
    """Install those at ``place``, by default where the settings say; none is no mistake.

    Raises UserMistake for a place that is not there or a file with problems.
    """
    from repsight.config import read_settings
    from repsight.exercises import catalog, install
    from repsight.spec_files.read import read_specs

    usual = read_settings().exercises
    chosen = place or usual
    if chosen is None:
        return
    install([])
    try:
        own = read_specs(chosen, catalog())
    except UnreadableSource as error:
        if place is not None:
            raise
        raise UnreadableSource(  # nothing on this command line says where it comes from
            error.what, wanted=error.wanted, next_step="Correct or unset REPSIGHT_EXERCISES."
        ) from error
    install(own.values())
