"""Numbers as a coach says them, and the same numbers read back out of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Final, get_args

from repsight.core.signals import LengthUnit
from repsight.core.wording import listed

__all__ = [
    "KG_PER_LB",
    "Amount",
    "at_clock",
    "counted",
    "limits_said",
    "reps_said",
    "said",
    "spoken_unit",
]

KG_PER_LB: Final = 0.45359237

_LENGTHS: Final = frozenset(get_args(LengthUnit))
#: Units of the report as they are said after a number.
_SAID: Final = {
    "deg": "degrees", "s": "seconds", "ratio": "", "share": "percent", "%": "percent",
    "1": "", "SPARC": "", "ROM/s": "ranges a second", "m/s": "metres a second", "m": "metres",
    "kg": "kg", "lb": "lb", "hz": "Hz", "Hz": "Hz", "px": "pixels", "rep": "reps",
    "reps": "reps",
}  # fmt: skip
_SINGULAR: Final = {"degrees": "degree", "seconds": "second", "reps": "rep", "metres": "metre"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit word it is said with; an empty unit is a plain number."""

    value: float
    unit: str

    def is_said_by(self, value: float, unit: str, *, decimals: int) -> bool:
        """Whether ``value`` with that many decimals is this number, rounded, in this unit."""
        if unit != self.unit:
            return False
        half = 0.5 * 10.0**-decimals
        return abs(value - abs(self.value)) <= half * (1 + 1e-9) + 1e-9


def spoken_unit(unit: str) -> tuple[str, float]:
    """The word said after a number in ``unit``, and what the number is multiplied with.

    Body lengths and shares are said as percent.
    """
    base = unit.partition("/")[0] if unit.endswith("/rep") else unit
    if base in _LENGTHS or base == "share" or base.startswith("share of "):
        return "percent", 100.0
    return _SAID.get(base, base.replace("_", " ")), 1.0


def said(value: float, unit: str, *, error: float = float("nan")) -> str:
    """A number with its unit in words, without a sign: ``12 degrees``, ``1.4 seconds``.

    A body length is named: ``13 percent of your thigh length``. Empty where it is not finite.
    """
    if not isfinite(value):
        return ""
    word, factor = spoken_unit(unit)
    shown = abs(value) * factor
    text = f"{shown:.{_decimals(shown, word, error * factor)}f}"
    word = _SINGULAR.get(word, word) if text == "1" else word
    base = unit.partition("/")[0]
    if base in _LENGTHS:
        name = base.replace("_", " ")
        return f"{text} percent of your {name if 'width' in name else f'{name} length'}"
    return f"{text} {word}".rstrip()


def _decimals(shown: float, word: str, error: float) -> int:
    """As many as the error leaves room for; degrees, percent and counts are whole."""
    if word in {"degrees", "percent", "reps", "Hz", "pixels"}:
        return 0
    if word == "seconds":
        return 0 if shown >= 10 else 1
    if word in {"kg", "lb"}:
        return 0 if abs(shown - round(shown)) < 0.05 else 1
    if isfinite(error) and error > 0:
        return min(2, max(0, -floor(log10(error * 1.05))))
    return 2


def limits_said(low: float, high: float, unit: str) -> str:
    """``at least 10 degrees``, ``at most 8 degrees``, ``10 to 20 degrees``; empty if unknown."""
    if isfinite(low) and isfinite(high):
        if low < 0 < high:
            return f"within {said(max(-low, high), unit)}"
        return f"{said(low, unit).split()[0]} to {said(high, unit)}"
    if isfinite(low):
        return f"at least {said(low, unit)}" if low >= 0 else ""
    return f"at most {said(high, unit)}" if isfinite(high) and high >= 0 else ""


def counted(count: int, noun: str) -> str:
    """``1 rep``, ``3 reps``."""
    return f"{count} {noun if count == 1 else noun + 's'}"


def reps_said(reps: Iterable[int], total: int, *, noun: str = "rep") -> str:
    """``rep 4``, ``reps 2 and 3``, ``reps 2 to 6``, ``every rep``, ``your only rep``."""
    known = sorted({rep for rep in reps if rep > 0})
    if not known or (total == 1 and known == [1]):
        return f"your only {noun}" if total == 1 else "the whole set"
    if len(known) == total:
        return f"both {noun}s" if total == 2 else f"every {noun}"
    if len(known) > 2 and known[-1] - known[0] == len(known) - 1:
        return f"{noun}s {known[0]} to {known[-1]}"
    return f"{noun}{'s' if len(known) > 1 else ''} {listed([str(rep) for rep in known])}"


def at_clock(t_s: float) -> str:
    """A time of the clip: ``0:07``; empty where it is unknown."""
    if not isfinite(t_s):
        return ""
    whole = int(max(t_s, 0.0))
    return f"{whole // 60}:{whole % 60:02d}"
