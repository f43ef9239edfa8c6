"""What contradicts itself in an exercise although every value has the right type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import cast

from repsight.core.reading import unit_of
from repsight.core.skeleton import BILATERAL
from repsight.core.spec import (
    Balance,
    Cycle,
    Fixed,
    Gate,
    Hold,
    Metric,
    OwnBest,
    OwnMedian,
    OwnRest,
    PhaseShare,
    Rule,
    Variation,
)
from repsight.core.wording import one_of
from repsight.spec_files.problems import Problem

__all__ = ["contradictions", "reference_problems"]

_RESERVED = ("auto", "unknown", "none")


def contradictions(part: object) -> Iterator[Problem]:
    """Problems of one finished part of a specification, relative to it."""
    match part:
        case Gate():
            yield from _band(part)
            yield from _above_zero(part.soft, "soft")
        case Fixed() | OwnRest() | OwnMedian() | OwnBest() | Balance():
            yield from _band(part)
        case Cycle():
            yield from _cycle(part)
        case Hold():
            yield from _hold(part)
        case Rule():
            yield from _rule(part)
        case Metric():
            yield from _unit(part)
        case Variation():
            yield from _seen_from(part)
        case PhaseShare():
            if not 0 < part.share < 1:
                yield Problem(("share",), f"is {part.share:g}.", "Wanted between 0 and 1.")
        case _:
            return


def _band(part: Gate | Fixed | OwnRest | OwnMedian | OwnBest | Balance) -> Iterator[Problem]:
    if part.low > part.high:
        what = f"high {part.high:g} is below low {part.low:g}."
        yield Problem(("high",), what, "Wanted low <= high.")
    if not (isfinite(part.low) or isfinite(part.high)):
        yield Problem((), "it has neither low nor high.", "Wanted at least one of them.")


def _above_zero(value: float, name: str) -> Iterator[Problem]:
    if not value > 0:
        yield Problem((name,), f"is {value:g}.", "Wanted more than 0.")


def _cycle(cycle: Cycle) -> Iterator[Problem]:
    yield from _above_zero(cycle.floor, "floor")
    if not 0 < cycle.min_s < cycle.max_s:
        what = f"min_s {cycle.min_s:g} and max_s {cycle.max_s:g} leave no time."
        yield Problem(("min_s",), what, "Wanted 0 < min_s < max_s.")
    if not 0 < cycle.partial_share < 1:
        yield Problem(("partial_share",), f"is {cycle.partial_share:g}.", "Wanted between 0 and 1.")


def _hold(hold: Hold) -> Iterator[Problem]:
    if not hold.gates:
        yield Problem((), "nothing says which position is held.", "Wanted [[hold.gates]].")
    yield from _above_zero(hold.min_s, "min_s")


def _rule(rule: Rule) -> Iterator[Problem]:
    yield from _seen_from(rule)
    yield from _unit(rule)
    yield from _above_zero(rule.sigma, "sigma")
    if not rule.source.strip():
        wanted = 'Wanted a rule book, a paper, or "heuristic".'
        yield Problem(("source",), "nothing says where the limit comes from.", wanted)
    if rule.plausible[0] > rule.plausible[1]:
        yield Problem(("plausible",), "its first value is the larger one.", "Wanted [low, high].")
    for i, joint in enumerate(rule.joints):
        if joint not in BILATERAL:
            yield Problem(("joints", i), f"there is no point {joint!r}.", one_of(BILATERAL, joint))


def _seen_from(part: Rule | Variation) -> Iterator[Problem]:
    if not part.views:
        wanted = 'Wanted for example views = ["side"].'
        yield Problem(("views",), "it can be seen from nowhere.", wanted)


def _unit(part: Rule | Metric) -> Iterator[Problem]:
    measured = unit_of(part.signal)
    if part.unit != measured:
        what = f"is {part.unit!r}, but its signal is measured in {measured!r}."
        yield Problem(("unit",), what, f"Wanted unit = {measured!r}.")


def reference_problems(data: Mapping[str, object]) -> list[Problem]:
    """Names that stand twice or mean nothing, in the plain values of a whole exercise."""
    problems: list[Problem] = []
    if data.get("id") in _RESERVED:
        problems.append(
            Problem(("id",), f"{data['id']!r} has a meaning of its own.", "Wanted another name.")
        )
    variations = {str(one.get("id")) for one in _tables(data, "variation")}
    for name in ("rule", "variation", "moment", "metric", "curve"):
        problems += _twice(data, name)
    for i, rule in enumerate(_tables(data, "rule")):
        problems += _unknown_rule(rule.get("same_as"), data, ("rule", i, "same_as"))
        for key in ("not_for", "only_for"):
            problems += _unknown_variations(rule.get(key), variations, ("rule", i, key))
    if "hold" in data:
        problems += _shares_in_hold(data)
    return problems


def _tables(data: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    given = data.get(name)
    parts = cast("list[object]", given) if isinstance(given, list) else []
    return [cast("Mapping[str, object]", one) if isinstance(one, Mapping) else {} for one in parts]


def _twice(data: Mapping[str, object], name: str) -> Iterator[Problem]:
    known: set[object] = set()
    for i, one in enumerate(_tables(data, name)):
        id_ = str(one.get("id"))
        if "id" in one and id_ in known:
            yield Problem((name, i, "id"), f"{id_!r} stands twice.", "Wanted one id each.")
        known.add(id_)


def _unknown_rule(
    given: object, data: Mapping[str, object], path: tuple[str | int, ...]
) -> Iterator[Problem]:
    rules = {str(one.get("id")) for one in _tables(data, "rule")}
    if given and given not in rules:
        yield Problem(path, f"there is no rule {given!r}.", one_of(rules, str(given)))


def _unknown_variations(
    given: object, variations: set[str], path: tuple[str | int, ...]
) -> Iterator[Problem]:
    for i, one in enumerate(cast("list[object]", given) if isinstance(given, list) else []):
        if one not in variations:
            what = f"there is no variation {one!r}."
            yield Problem((*path, i), what, one_of(variations, str(one)))


def _shares_in_hold(data: Mapping[str, object]) -> Iterator[Problem]:
    for i, one in enumerate(_tables(data, "moment")):
        if isinstance(one.get("at"), Mapping):
            what = "a hold has no phases to take a share of."
            yield Problem(("moment", i, "at"), what, 'Wanted "start", "turn" or "end".')
