"""The phrases that sentences are made from, as they stand in ``phrases.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

__all__ = ["phrases"]


@cache
def phrases() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Phrases by slot and job."""
    text = (files("repsight.coach") / "phrases.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, Sequence[str]]]", tomllib.loads(text))
