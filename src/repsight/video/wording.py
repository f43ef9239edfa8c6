"""Short plain words for what is written into a picture.

The letters at hand are those of Pillow's own typeface: Latin, digits and a few signs.
"""

from __future__ import annotations

import unicodedata
from math import isfinite
from typing import Final

from repsight.core.report import Rejected, RejectionReason, Verdict
from repsight.core.spec import ExerciseSpec, Hold
from repsight.core.subjects import as_read

__all__ = [
    "band_text",
    "finding_text",
    "phase_names",
    "plain",
    "rejection_title",
    "sentence",
    "value_text",
]

_REJECTIONS: Final[dict[RejectionReason, str]] = {
    "partial_range": "half range",
    "wrong_posture": "another movement",
    "too_quick": "too quick",
    "too_slow": "too slow",
    "not_finished": "not finished",
    "not_started": "start not seen",
}
_TIGHT_UNITS: Final = {
    "deg": "°",
    "degrees": "°",
    "°": "°",
    "%": " %",
    "ratio": "",
    "1": "",
    "": "",
}
_SPELT: Final = str.maketrans({
    "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{MINUS SIGN}": "-", "\N{HYPHEN}": "-",
    "\N{MULTIPLICATION SIGN}": "x", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
    "\N{RIGHTWARDS ARROW}": ">", "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"', "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
})  # fmt: skip
_KEPT: Final = "°±·…äöüÄÖÜßéèêàâçñóòôíìúùûÉÈÀÇÑåÅøØæÆ"
_ASCII: Final = 128


def plain(text: str) -> str:
    """``text`` in letters that can be drawn: dashes become hyphens, unknown signs are left out."""
    replaced = text.translate(_SPELT).replace("\N{GREATER-THAN OR EQUAL TO}", "at least ")
    replaced = replaced.replace("\N{LESS-THAN OR EQUAL TO}", "at most ")
    letters = [c if ord(c) < _ASCII or c in _KEPT else _bare(c) for c in replaced]
    return " ".join("".join(letters).split())


def sentence(text: str) -> str:
    """``text`` in letters that can be drawn, with a capital and a full stop."""
    words = plain(text)
    if not words:
        return ""
    return words[0].upper() + words[1:] + ("" if words[-1] in ".!?…" else ".")


def _bare(letter: str) -> str:
    """A letter without its accents, or nothing."""
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if ord(c) < _ASCII)


def value_text(value: float, unit: str, *, error: float = float("nan")) -> str:
    """A number with its unit: ``78°``, ``0.12 thigh lengths``, ``12 %``; empty if unknown.

    With a finite ``error`` it is ``78° ± 6°`` or ``0.12 ± 0.04 thigh lengths``.
    """
    if not isfinite(value):
        return ""
    factor, digits, name = _unit_of(unit)
    number = _rounded(value * factor, digits)
    if not isfinite(error) or error <= 0:
        return f"{number}{name}"
    tight = name if name == "°" else ""
    return f"{number}{tight} ± {_rounded(error * factor, digits)}{name}"


def _rounded(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text if float(text) else text.removeprefix("-")


def _unit_of(unit: str) -> tuple[float, int, str]:
    """What a value is multiplied by, its decimals, and what stands behind it."""
    if unit.startswith("share"):
        return 100.0, 0, f" % {unit.removeprefix('share').strip()}".rstrip()
    if unit in {"deg", "degrees", "°"}:
        return 1.0, 0, "°"
    return 1.0, 0 if unit == "%" else 2, _unit_text(unit)


def _unit_text(unit: str) -> str:
    if unit in _TIGHT_UNITS:
        return _TIGHT_UNITS[unit]
    if "/" in unit or unit.endswith("s") or unit in {"m", "cm"}:
        return f" {unit}"
    if unit.endswith("width"):
        return f" {unit.replace('_', ' ')}s"
    return f" {unit.replace('_', ' ')} lengths"


def band_text(verdict: Verdict) -> str:
    """What was expected: ``at least 165°``, ``at most 8°``, ``10 to 20°``; empty if unknown."""
    low, high = (
        value_text(end, verdict.unit) for end in (verdict.expected_low, verdict.expected_high)
    )
    name = _unit_of(verdict.unit)[2]
    if name != "°":  # the value beside it already carries the unit
        low, high = (end.removesuffix(name) for end in (low, high))
    if low and high:
        return f"{low} to {high}"
    if low:
        return f"at least {low}"
    return f"at most {high}" if high else ""


def finding_text(verdict: Verdict, subject: str) -> str:
    """The measured value of ``subject`` and what was expected, as one line."""
    if not isfinite(verdict.value):
        return ""
    verdict, subject = as_read(verdict, subject)
    value, band = value_text(verdict.value, verdict.unit), band_text(verdict)
    measured = f"{subject.capitalize()}: {value}" if subject else value
    return f"{measured}, expected {band}" if band else measured


def rejection_title(rejected: Rejected) -> str:
    """``Not counted: half range``."""
    return f"Not counted: {_REJECTIONS[rejected.reason]}"


def phase_names(spec: ExerciseSpec | None) -> tuple[str, str, str, str]:
    """Names of rest, the way out, the turnaround and the way back, in the exercise's own terms.

    The turnaround and the rest take the names of the exercise's key moments where it has them.
    """
    if spec is None:
        return ("", "", "", "")
    if isinstance(spec.movement, Hold):
        return ("Ready", "", "Hold", "")
    work_is_last = spec.concentric == "after"
    out, turn, back = ("Down", "Bottom", "Up") if work_is_last else ("Up", "Top", "Down")
    named = {moment.at: moment.name for moment in spec.book.moments if isinstance(moment.at, str)}
    return ("Ready", out, named.get("turn", turn), back)
