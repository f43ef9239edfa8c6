"""Everything Repsight raises on purpose.

    RepsightError
    |-- UserMistake          the caller can fix it: exit code 2
    |   |-- UnreadableSource   missing, empty, truncated, not a video, wrong shape
    |   |-- UnknownName        an exercise, variation, backend or person that does not exist
    |   |-- UnwritableOutput   folder not writable, disk full
    |   `-- MissingExtra       an optional dependency or a model file is not installed
    |-- Unjudgeable          the material is readable but cannot be judged: exit code 3
    `-- BrokenSpec           an exercise specification contradicts itself

Every message says what was wrong, what was wanted, and the next step.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "BrokenSpec",
    "MissingExtra",
    "RepsightError",
    "Unjudgeable",
    "UnknownName",
    "UnreadableSource",
    "UnwritableOutput",
    "UserMistake",
]


class RepsightError(Exception):
    """Root of the tree; ``what`` happened, what was ``wanted`` and the ``next_step``."""

    def __init__(self, what: str, *, wanted: str = "", next_step: str = "") -> None:
        self.what = what
        self.wanted = wanted
        self.next_step = next_step
        super().__init__(" ".join(part for part in (what, wanted, next_step) if part))


class UserMistake(RepsightError):
    """The caller can fix this; the command line exits with 2."""


class UnreadableSource(UserMistake):
    """A clip or landmark file is missing, empty, truncated or of the wrong kind."""


class UnknownName(UserMistake):
    """An exercise, variation, backend or person that does not exist was asked for."""


class UnwritableOutput(UserMistake):
    """The output folder, or the file ``path`` in it, cannot be written."""

    def __init__(
        self, what: str, *, wanted: str = "", next_step: str = "", path: Path | None = None
    ) -> None:
        super().__init__(what, wanted=wanted, next_step=next_step)
        self.path = path


class MissingExtra(UserMistake):
    """An optional dependency or a model file is not installed."""


class Unjudgeable(RepsightError):
    """The material is readable but holds nothing that can be judged; exits with 3."""


class BrokenSpec(RepsightError):
    """An exercise specification contradicts itself."""
