"""Signals as a coach writes them: ``angle(shoulder, elbow, wrist; near)``.

The name of the signal, its points and body length in the order of its fields, and behind a
semicolon the side and ``signed`` where they are not the usual ones.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, fields
from typing import Any, Final, cast, get_args

from repsight.core.signals import LengthUnit, Ratio, Side, Signal
from repsight.core.skeleton import BILATERAL
from repsight.core.wording import one_of

__all__ = ["NotASignal", "signal_from_text", "signal_text"]

_KINDS: Final[dict[str, type[Any]]] = {
    kind.__name__.lower(): kind for kind in cast("tuple[type[Any], ...]", get_args(Signal))
}
_SIDES: Final = get_args(Side)
_UNITS: Final = get_args(LengthUnit)
_POINTS: Final = frozenset(BILATERAL)
_CALL: Final = re.compile(r"\s*([a-z]+)\s*\((.*)\)\s*", re.DOTALL)
#: Fields that stand behind the semicolon.
_OPTIONS: Final = ("side", "signed")


class NotASignal(ValueError):
    """A text that is no signal; the message says what was wanted."""


def signal_text(signal: Signal) -> str:
    """The signal as it stands in a file; ``signal_from_text`` gives it back."""
    name = type(signal).__name__.lower()
    if isinstance(signal, Ratio):
        return f"{name}({signal_text(signal.numerator)}, {signal_text(signal.denominator)})"
    parts = [str(getattr(signal, one.name)) for one in _arguments(type(signal))]
    options = [_option(signal, one) for one in fields(signal) if one.name in _OPTIONS]
    extra = ", ".join(option for option in options if option)
    return f"{name}({', '.join(parts)}{'; ' + extra if extra else ''})"


def signal_from_text(text: str) -> Signal:
    """The signal a text means; raises NotASignal with what was wanted."""
    call = _CALL.fullmatch(text)
    if call is None:
        msg = f"{text!r} is no signal. Wanted for example angle(hip, knee, ankle)."
        raise NotASignal(msg)
    name, inside = call.groups()
    if name not in _KINDS:
        msg = f"there is no signal {name!r}. {one_of(_KINDS, name)}"
        raise NotASignal(msg)
    if _KINDS[name] is Ratio:
        return _ratio(inside)
    given, _, options = inside.partition(";")
    return _built(name, _split(given), _split(options))


def _arguments(kind: type[Any]) -> list[Field[Any]]:
    return [one for one in fields(kind) if one.name not in _OPTIONS]


def _option(signal: Signal, one: Field[Any]) -> str:
    value = getattr(signal, one.name)
    if value == one.default or one.default is MISSING:
        return ""
    return str(value) if one.name == "side" else one.name


def _split(text: str) -> list[str]:
    """Parts between commas that are not inside brackets."""
    parts = re.split(r",(?![^()]*\))", text)
    return [part.strip() for part in parts if part.strip()]


def _ratio(inside: str) -> Signal:
    parts = _split(inside)
    if len(parts) != 2:
        msg = f"ratio has {len(parts)} signals. Wanted two: ratio(above, below)."
        raise NotASignal(msg)
    return Ratio(signal_from_text(parts[0]), signal_from_text(parts[1]))


def _built(name: str, given: list[str], options: list[str]) -> Signal:
    kind = _KINDS[name]
    wanted = [one.name for one in _arguments(kind)]
    if len(given) != len(wanted):
        msg = f"{name} has {len(given)} parts. Wanted {name}({', '.join(wanted)})."
        raise NotASignal(msg)
    for part, value in zip(wanted, given, strict=True):
        _check(name, part, value)
    values: dict[str, str | bool] = dict(zip(wanted, given, strict=True))
    allowed = {one.name for one in fields(kind)}.intersection(_OPTIONS)
    for option in options:
        values |= _given_option(name, option, allowed)
    return cast("Signal", kind(**values))


def _check(name: str, part: str, value: str) -> None:
    if part == "unit":
        if value not in _UNITS:
            msg = f"there is no body length {value!r}. {one_of(_UNITS, value)}"
            raise NotASignal(msg)
        return
    known = set(_POINTS)
    if name == "offset":
        known.add("mid_foot")
    if name == "height" and part == "reference":
        known |= {"floor", "picture"}
    if value not in known:
        msg = f"there is no point {value!r}. {one_of(known, value)}"
        raise NotASignal(msg)


def _given_option(name: str, option: str, allowed: set[str]) -> dict[str, str | bool]:
    if option == "signed" and "signed" in allowed:
        return {"signed": True}
    if option in _SIDES and "side" in allowed:
        return {"side": option}
    known = [*(_SIDES if "side" in allowed else ()), *({"signed"} & allowed)]
    if not known:
        msg = f"{name} looks at both sides: nothing may stand behind ';'."
        raise NotASignal(msg)
    msg = f"{name} has no option {option!r}. {one_of(known, option)}"
    raise NotASignal(msg)
