"""Settings from the environment; this is the only module that reads it.

REPSIGHT_OUT      folder for results          (repsight-out)
REPSIGHT_DATA     folder of the web app       (repsight-data in the home folder)
REPSIGHT_POSE     lite, full or heavy         (full)
REPSIGHT_EXERCISES  a TOML file or a folder of them with exercises of your own
                    (repsight/exercises in the folder for settings, if it is there)
REPSIGHT_PROFILE  a TOML file in which the lifter tells of goal, limitations, equipment, load
                  (repsight/profile.toml in the folder for settings, if it is there)
REPSIGHT_CARDS    a folder with cards of your own for the coach
REPSIGHT_COACH    who words the summary: template, an address, a GGUF file or the folder of a
                  checkpoint                  (template)
REPSIGHT_COACH_MODEL_DIR  the folder of a checkpoint, if REPSIGHT_COACH is not set
REPSIGHT_COACH_MODEL  the model's name, where a server has several
REPSIGHT_COACH_KEY    the key that a coach server asks for
REPSIGHT_COACH_ASK    sentence or summary: what a model is asked for at a time (sentence for a
                  model on this disk, summary for a server)
REPSIGHT_THREADS  threads for the pose model  (as many as there are processors, at most 4)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from repsight.errors import UserMistake

__all__ = ["Settings", "read_settings"]

_MOST_THREADS: Final = 4
_MODELS: Final = ("lite", "full", "heavy")


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults of the command line."""

    out: Path
    data: Path
    exercises: Path | None
    pose: str
    threads: int
    profile: Path | None
    cards: Path | None
    coach: str
    coach_model: str
    coach_key: str
    coach_by_sentence: bool | None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of this process; UserMistake for a value that cannot be meant."""
    given = os.environ if environment is None else environment
    pose = given.get("REPSIGHT_POSE") or "full"
    if pose not in _MODELS:
        raise UserMistake(
            f"REPSIGHT_POSE is '{pose}'.",
            wanted=f"One of {', '.join(_MODELS)}.",
            next_step="Change or unset it.",
        )
    return Settings(
        out=Path(given.get("REPSIGHT_OUT") or "repsight-out"),
        exercises=_own_exercises(given),
        data=Path(given.get("REPSIGHT_DATA") or Path.home() / "repsight-data"),
        pose=pose,
        threads=_threads(given),
        profile=_profile(given),
        cards=Path(cards) if (cards := given.get("REPSIGHT_CARDS")) else None,
        coach=given.get("REPSIGHT_COACH") or given.get("REPSIGHT_COACH_MODEL_DIR") or "template",
        coach_model=given.get("REPSIGHT_COACH_MODEL") or "",
        coach_key=given.get("REPSIGHT_COACH_KEY") or "",
        coach_by_sentence=_by_sentence(given),
    )


def _own_exercises(given: Mapping[str, str]) -> Path | None:
    """The named place, or the usual one if there is anything; None for no own exercises."""
    if named := given.get("REPSIGHT_EXERCISES"):
        return Path(named)
    usual = _settings_folder(given) / "exercises"
    return usual if usual.is_dir() else None


def _profile(given: Mapping[str, str]) -> Path | None:
    """The named file, or the usual one if it is there; None for no profile."""
    if named := given.get("REPSIGHT_PROFILE"):
        return Path(named)
    usual = _settings_folder(given) / "profile.toml"
    return usual if usual.is_file() else None


def _by_sentence(given: Mapping[str, str]) -> bool | None:
    said = given.get("REPSIGHT_COACH_ASK") or ""
    if said not in {"", "sentence", "summary"}:
        raise UserMistake(
            f"REPSIGHT_COACH_ASK is '{said}'.",
            wanted="sentence or summary.",
            next_step="Change or unset it.",
        )
    return said == "sentence" if said else None


def _settings_folder(given: Mapping[str, str]) -> Path:
    home = given.get("XDG_CONFIG_HOME") or given.get("APPDATA") or ""
    return (Path(home) if home else Path.home() / ".config") / "repsight"


def _threads(given: Mapping[str, str]) -> int:
    said = given.get("REPSIGHT_THREADS") or str(min(os.cpu_count() or 1, _MOST_THREADS))
    if not said.isdecimal() or int(said) < 1:
        raise UserMistake(
            f"REPSIGHT_THREADS is '{said}'.",
            wanted="A whole number from 1.",
            next_step="Change or unset it.",
        )
    return int(said)
