"""Declared faults: what an athlete does wrong on purpose, and how much."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault; ``severity`` 0 is none, 1 is what any coach would see.

    ``reps`` are the numbers (from 1) of the reps that show it; empty means all of them.
    """

    name: str
    severity: float = 1.0
    reps: tuple[int, ...] = ()

    def shows_in(self, rep: int) -> bool:
        """Whether rep number ``rep`` (from 1) shows the fault."""
        return not self.reps or rep in self.reps
