"""Numbers, times, bands and names as a lifter reads them.

Numbers are rounded by their own error: nobody gains from ``62.37° ± 6.2°``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, isnan, log10
from typing import get_args

from repsight.core.report import Measure, Outcome, RejectionReason, VariationSeen, Verdict
from repsight.core.signals import LengthUnit
from repsight.core.wording import listed

__all__ = [
    "OUTCOMES",
    "REJECTIONS",
    "UNKNOWN",
    "VIEWS",
    "amount",
    "band",
    "bare",
    "clock",
    "human",
    "inner",
    "measured",
    "number",
    "plural",
    "reps_named",
    "seconds",
    "sentence",
    "share",
    "shown",
    "span",
    "unit_words",
    "variation_method",
    "with_error",
]

#: What a mark means, in the words of the legend.
OUTCOMES: dict[Outcome, str] = {
    "ok": "Nothing found",
    "issue": "To fix",
    "watch": "To watch",
    "too_close_to_call": "Too close to call",
    "cannot_judge": "Not judged",
}

REJECTIONS: dict[RejectionReason, str] = {
    "partial_range": "Partial range",
    "wrong_posture": "Another movement",
    "too_quick": "Too quick",
    "too_slow": "Too slow",
    "not_finished": "Not finished",
    "not_started": "Start not seen",
}

VIEWS: dict[str, str] = {
    "front": "from the front",
    "back": "from behind",
    "side": "from the side",
    "oblique": "from an angle",
    "unknown": "from an unclear angle",
}

#: Stands where a number could not be measured.
UNKNOWN = "\N{EN DASH}"

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_SPACE = "\N{NO-BREAK SPACE}"
#: Units of the report in words; body lengths are spelt out.
_UNITS = {"deg": "°", "degrees": "°", "ratio": "", "1": "", "share": "%", "ROM/s": "ranges/s"}
#: Words of the textbook in words of the gym.
_PLAIN = {"eccentric": "Lowering", "concentric": "Lifting", "sink": "Bar sinks by",
          "range_decay": "Loss of range"}  # fmt: skip
_LENGTHS = frozenset(get_args(LengthUnit))


def measured(measure: Measure) -> str:
    """A measure with its error: ``62° ± 6°``; an en dash where nothing was measured."""
    return with_error(measure.value, measure.error, measure.unit)


def with_error(value: float, error: float, unit: str) -> str:
    """``value ± error unit``; the error is left out where it is unknown."""
    if not isfinite(value):
        return UNKNOWN
    value, error, unit = shown(value, error, unit)
    digits = _digits(value, error)
    text = number(value, digits)
    if isfinite(error) and error > 0:
        return f"{text}{_tight(unit)} ± {number(error, digits)}{_spaced(unit)}"
    return f"{text}{_spaced(unit)}"


def bare(measure: Measure) -> str:
    """A measure for a column whose head names the unit: only degree and percent signs stay."""
    value, error, unit = shown(measure.value, measure.error, measure.unit)
    return with_error(value, error, unit[:1] if unit[:1] in {"°", "%"} else "")


def unit_words(measure: Measure) -> str:
    """The unit for the head of such a column; empty where the sign alone says it."""
    unit = shown(measure.value, measure.error, measure.unit)[2]
    return "" if unit in {"°", "%"} else unit


def amount(
    value: float, unit: str, *, error: float = float("nan"), digits: int | None = None
) -> str:
    """A number without its error; an en dash where it is not finite.

    It has ``digits`` decimals, or as many as its error leaves room for.
    """
    if not isfinite(value):
        return UNKNOWN
    value, error, unit = shown(value, error, unit)
    decimals = _digits(value, error) if digits is None else digits
    return f"{number(value, decimals)}{_spaced(unit)}"


def band(verdict: Verdict) -> str:
    """What was expected: ``at least 10°``, ``at most 8°``, ``10° to 20°``; empty if unknown."""
    low, high, unit = verdict.expected_low, verdict.expected_high, verdict.unit
    least, most = (_limit(end, unit, verdict.error) for end in (low, high))
    if isfinite(low) and isfinite(high):
        return f"{least} to {most}"
    if isfinite(low):
        return f"at least {least}"
    return f"at most {most}" if isfinite(high) else ""


def _limit(value: float, unit: str, error: float) -> str:
    """An end of a band: as it was chosen (0, 0.05, 12.5), rounded where it was calculated."""
    value, error, unit = shown(value, error, unit)
    rounded = _digits(value, error)
    chosen = next((d for d in range(3) if abs(value - round(value, d)) < 10 ** -(d + 2)), 3)
    return f"{number(value, chosen if chosen <= rounded + 1 else rounded)}{_spaced(unit)}"


def clock(t_s: float) -> str:
    """A point in time of the clip: ``0:07.4``, ``1:02.0``; an en dash where it is unknown."""
    if not isfinite(t_s):
        return UNKNOWN
    tenths = round(max(t_s, 0.0) * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def seconds(duration_s: float) -> str:
    """A duration without its unit: ``1.2``; an en dash where it is unknown."""
    return f"{duration_s:.1f}" if isfinite(duration_s) else UNKNOWN


def span(start_s: float, end_s: float) -> str:
    """``0:07.4 to 0:10.1``."""
    return f"{clock(start_s)} to {clock(end_s)}"


def share(value: float) -> str:
    """A share of one as percent: ``98 %``."""
    return amount(value, "share", error=0.01)


def human(name: str) -> str:
    """An identifier as words: ``knee_angle`` is ``Knee angle``."""
    if name in _PLAIN:
        return _PLAIN[name]
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return sentence(words, end="")


def sentence(text: str, *, end: str = ".") -> str:
    """With a capital at the start and one full stop; empty stays empty."""
    text = text.strip()
    return text and f"{text[0].upper()}{text[1:].rstrip('.')}{end}"


def inner(text: str) -> str:
    """The same words inside a sentence: ``Heels lift`` is ``heels lift``, ``IPF`` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def plural(count: int, noun: str) -> str:
    """``1 rep``, ``2 reps``."""
    return f"{count}{_SPACE}{noun if count == 1 else noun + 's'}"


def reps_named(numbers: Sequence[int], *, noun: str = "rep") -> str:
    """``rep 4``, ``reps 1, 3 and 5``, ``reps 2 to 6``; rep 0 is ``the whole set``."""
    known = sorted({number for number in numbers if number > 0})
    if not known:
        return "the whole set"
    run = 3  # from three in a row on, a span reads better
    if len(known) >= run and known[-1] - known[0] == len(known) - 1:
        return f"{noun}s{_SPACE}{known[0]} to {known[-1]}"
    return f"{noun}{'s' if len(known) > 1 else ''}{_SPACE}{listed([str(n) for n in known])}"


def variation_method(variation: VariationSeen) -> str:
    """How a variation is known."""
    return "you said so" if variation.method == "declared" else "seen in the clip"


def shown(value: float, error: float, unit: str) -> tuple[float, float, str]:
    """Value, error and unit as they are shown: shares become percent."""
    base, _, per = unit.partition("/")
    if base in _LENGTHS:
        words = f"{base.replace('_', ' ')}{'s' if 'width' in base else ' lengths'}"
        return value, error, f"{words} a {per}" if per else words
    if base == "share" or base.startswith("share of "):
        return value * 100, error * 100, f"%{unit.removeprefix('share')}"
    if unit in _UNITS:
        return value, error, _UNITS[unit]
    named = _UNITS.get(base, base)
    if not per:
        return value, error, named
    return value, error, f"{named} a rep" if per == "rep" else f"{named}/{per}"


def _digits(value: float, error: float) -> int:
    """Decimals worth showing: by the error where there is one, else by magnitude.

    One significant digit of the error, two where it begins with 1: from 0.14 to 0.2 is far.
    """
    if isfinite(error) and error > 0:
        place = floor(log10(error * 1.05))
        begins_with_one = error < 1 and error < 2 * 10.0**place
        return min(3, max(0, -place + begins_with_one))
    if isnan(value) or value == 0:
        return 0
    return min(2, max(0, 1 - floor(log10(abs(value)))))


def number(value: float, digits: int) -> str:
    """A finite number with that many decimals and a real minus sign."""
    text = f"{value:.{digits}f}"
    if not float(text):
        text = text.removeprefix("-")  # no minus zero
    return text.replace("-", "\N{MINUS SIGN}")


def _tight(unit: str) -> str:
    """The part of a unit that belongs to both numbers: only the degree sign."""
    return "°" if unit.startswith("°") else ""


def _spaced(unit: str) -> str:
    if not unit or unit.startswith("°"):
        return unit
    return f"{_NARROW if unit.startswith('%') else _SPACE}{unit}"
