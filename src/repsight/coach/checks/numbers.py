"""Every number, unit, repetition, time and side must be one of a cited fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import isfinite
from typing import Final

from repsight.coach.amounts import KG_PER_LB, Amount, spoken_unit
from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.figures import is_in_backed_pair, odd_numbers, wrong_shares
from repsight.coach.checks.lexicon import pattern
from repsight.coach.checks.number_words import (
    Reading,
    clocks_in,
    numbers_in,
    rep_refs_in,
    spelled_out,
)
from repsight.core.report import Fact

__all__ = ["number_problems"]

#: Kinds of facts whose own value is a count of repetitions, movements, sets or holds.
_COUNTS: Final = {"rep": "reps", "movement": "movements", "set": "sets", "hold": "holds"}
#: The value of these is no measurement to be told.
_SILENT: Final = frozenset({"exercise", "quality", "nobody", "nothing", "reshoot", "referral"})
#: Facts whose text the engine wrote, numbers included.
_WRITTEN: Final = frozenset(
    {"rejected", "quality", "reshoot", "variation", "correction", "rep", "hold"}
)
_WHOLE_SET: Final = frozenset(
    {"count", "held", "load", "target", "tempo", "measure", "steady", "set_count", "rejected_count",
     "rejected", "side_count", "trend", "history", "past_issue", "correction", "difference"}
)  # fmt: skip
_EVERY: Final = pattern("every")
_MOST: Final = pattern("most")
_SOME: Final = pattern("some")
_NONE: Final = pattern("none")
_MULTIPLE: Final = pattern("multiple")
_SIDE: Final = pattern("side")
_ON_SIDE: Final = re.compile(
    r"(\d+)\s+(?:reps?\s+|holds?\s+)?(?:on|with|for|from)\s+(?:the|your)\s+(left|right)\b"
)
_SET: Final = re.compile(r"\bset (?:number )?(\d+)\b(?! (?:reps?|seconds?|degrees?|percent))")
_VIEW: Final = pattern("view")
#: What the view of this clip is said to be; ``if you film from the front`` says nothing of it.
_FILMED: Final = re.compile(
    r"\b(?:you filmed|(?:was|were) (?:filmed|taken|shot|seen)|because (?:of|it was)"
    r"|the camera (?:was|stood|is)|you (?:stood|were)) (?:it |this )?(?:from|to|at|in|facing)? ?"
    r"(?:the |your )?(front|side|behind)\b"
)
#: Words that make a number a limit.
_ASKED_FOR: Final = re.compile(
    r"\b(?:at (?:least|most)|limits?|look(?:ing)? for|ask(?:s|ed)?|want(?:s|ed)?|need(?:s|ed)?"
    r"|expect(?:s|ed)?|allow(?:s|ed)?|within|between|ordinary|counts? as|should|enough|let pass"
    r"|would|standard|straight|long|tall|stand|below|above|under|over|than|instead|short of"
    r"|required?|from \d+ to|to \d+|up to|aim\w*|target|fits?|what (?:a|your))\b"
)
#: Two repetitions or more without the word; what is measured has a unit after it.
_BARE_LIST: Final = re.compile(
    r"(?<![\w.:-])(?<!reps )(?<!rep )\d+(?:(?:, and |, | and | to | through |-)\d+)+\b"
    r"(?!\s*(?:reps?|repetitions?|degrees?|percent|seconds?|%|kg|lb|times|of|more|fewer|[.:]\d))"
)
_SPAN: Final = re.compile(r" to | through |-")
_BETWEEN: Final = re.compile(r"\bbetween (?:reps? )?(\d+) and (?:rep )?(\d+)\b")
_TWO: Final = 2
#: Parts of a whole in words, and how far a percentage may be from them.
_PARTS: Final = (("two thirds", 67.0), ("third", 33.3), ("quarter", 25.0), ("half", 50.0),
                 ("fifth", 20.0), ("tenth", 10.0))  # fmt: skip
_NEAR: Final = 2.5
_SENTENCES: Final = re.compile(r"(?<=[.!?;])\s+")


def number_problems(said: Said) -> Iterator[Problem]:
    """Numbers, units, repetitions, times, sides and views that no cited fact has."""
    text = _with_named_lists(spelled_out(said.low), said.facts)
    found = rep_refs_in(text, total=said.total(), with_ordinals=said.is_describing)
    refs = {rep for ref in found for rep in ref.reps}
    yield from _wrong_reps(said, refs - _beside_a_try(said, text))
    yield from _mixed_reps(said, text)
    sets = {int(number[1]) for number in _SET.finditer(text)}
    if not sets <= {fact.set_number for fact in said.facts}:
        yield said.problem("number", "another set than that of the cited facts")
    for reading in numbers_in(_SET.sub("this set", text)):
        is_backed = _is_cited(reading, said.facts, refs) or _counts_points(reading, said)
        is_backed = is_backed or is_in_backed_pair(reading.start, said, text)
        if not is_backed and not _is_in_cue(reading, text, said):
            unit = f" {reading.unit}" if reading.unit else ""
            yield said.problem("number", f"{reading.value:g}{unit} is in no cited fact")
    yield from _bounds_as_readings(said, text, refs)
    yield from _of_another_rep(said, text)
    yield from odd_numbers(said, text)
    yield from wrong_shares(said, text)
    yield from _wrong_clocks(said, text)
    yield from _wrong_quantities(said, text)
    yield from _wrong_sides(said, text)
    yield from _wrong_views(said)


def _bounds_as_readings(said: Said, text: str, refs: set[int]) -> Iterator[Problem]:
    """What was asked for is no measurement: ``60 percent is wanted``, not ``you reached 60``."""
    if not said.is_describing:
        return
    for part in _SENTENCES.split(text):
        if _ASKED_FOR.search(part):
            continue
        for reading in numbers_in(_SET.sub("this set", part)):
            bound = [fact for fact in said.facts if _is_only_bound(reading, fact)]
            if bound and not _is_cited(reading, [f for f in said.facts if f not in bound], refs):
                yield said.problem("number", f"{reading.value:g} is what was asked for")


def _is_only_bound(reading: Reading, fact: Fact) -> bool:
    """Whether a fact has this number as a limit and not as what was measured."""
    if fact.kind in {"history", "target"}:
        return False
    word, factor = spoken_unit(fact.unit)
    limits = [Amount(x * factor, word) for x in (fact.expected_low, fact.expected_high)
              if isfinite(x)]  # fmt: skip
    own = Amount(fact.value * factor, word) if isfinite(fact.value) else None
    same = [one for one in limits if one.is_said_by(reading.value, reading.unit,
                                                    decimals=reading.decimals)]  # fmt: skip
    is_read = own is not None and own.is_said_by(
        reading.value, reading.unit, decimals=reading.decimals
    )
    return bool(same) and not is_read


def _of_another_rep(said: Said, text: str) -> Iterator[Problem]:
    """A reading belongs to the rep in which it was taken, whichever others had the fault too."""
    for part in _SENTENCES.split(text):
        refs = {rep for ref in rep_refs_in(part, total=said.total()) for rep in ref.reps}
        for fact in said.facts:
            amount = spelled_out(fact.words.get("amount", ""))
            is_read = fact.kind == "judgement" and fact.rep and amount and amount in part
            if is_read and len(refs) == 1 and fact.rep not in refs:
                yield said.problem("rep", f"{amount} was read in rep {fact.rep}")


def _counts_points(reading: Reading, said: Said) -> bool:
    """Whether a number only says how many things the coach speaks of: ``two points``."""
    if reading.unit != "fixes" or reading.value != 2:
        return False
    if said.slot == "praise":
        return len(said.facts) == 2
    return said.slot in {"fix", "next", "cue"} and len(said.plan.fixes) == 2


def _is_in_cue(reading: Reading, text: str, said: Said) -> bool:
    """Whether the number with the word after it stands in a cue or on a card: ``two nails``."""
    if said.is_describing or reading.unit:
        return False
    pair = " ".join(text[reading.start :].split()[:2]).strip(".,;:!?")
    own = [fact.words.get("cue", "") for fact in said.facts] + [card.text for card in said.cards]
    return pair in spelled_out(" ".join(own).lower())


def _wrong_reps(said: Said, refs: set[int]) -> Iterator[Problem]:
    allowed = {rep for fact in said.facts for rep in (*fact.reps, fact.rep) if rep}
    for rep in sorted(refs - allowed):
        yield said.problem("rep", f"rep {rep} is in no cited fact")


def _with_named_lists(text: str, facts: Sequence[Fact]) -> str:
    """``4 and 5 were shallow`` read as ``reps 4 and 5``, where a fact has just these."""
    if not any(len(fact.reps) > 1 for fact in facts):
        return text
    known = {frozenset(fact.reps) for fact in facts if fact.kind == "judgement"}

    def named(found: re.Match[str]) -> str:
        numbers = {int(number) for number in re.findall(r"\d+", found[0])}
        if _SPAN.search(found[0]):
            numbers = set(range(min(numbers), min(max(numbers), min(numbers) + 500) + 1))
        return f"reps {found[0]}" if frozenset(numbers) in known else found[0]

    return _BARE_LIST.sub(named, text)


def _beside_a_try(said: Said, text: str) -> set[int]:
    """The repetition after a try that did not count, where both of its neighbours are named."""
    if said.slot != "not_counted":
        return set()
    between = {(int(found[1]), int(found[2])) for found in _BETWEEN.finditer(text)}
    return {
        rep + 1
        for fact in said.facts
        for rep in (*fact.reps, fact.rep)
        if (rep, rep + 1) in between
    }


def _mixed_reps(said: Said, text: str) -> Iterator[Problem]:
    """Where two things are praised in repetitions of their own, each keeps all of its own."""
    known = {frozenset(fact.reps) for fact in said.facts}
    if said.slot != "praise" or len(known) < _TWO:
        return
    for ref in rep_refs_in(text, total=said.total()):
        if frozenset(ref.reps) not in known:
            yield said.problem("rep", f"reps {ref.reps} are those of no cited fact")


def _is_cited(reading: Reading, facts: Iterable[Fact], refs: set[int]) -> bool:
    for fact in facts:
        if refs and fact.kind not in _WHOLE_SET and fact.reps and not refs & set(fact.reps):
            continue
        if any(
            amount.is_said_by(reading.value, unit, decimals=reading.decimals)
            for amount in _amounts(fact)
            for unit in _units_like(reading.unit, amount.unit)
        ):
            return True
    return False


def _units_like(said: str, wanted: str) -> tuple[str, ...]:
    """A plain number may stand for a count; a try may be called a movement."""
    if not said and wanted in {"reps", "sets", "holds", "movements", "kg", "lb"}:
        return (wanted,)
    alike = ({"reps", "movements"}, {"sets", "times"}, {"reps", "times"})
    if any({said, wanted} <= pair for pair in alike):
        return (wanted,)
    return (said,)


def _amounts(fact: Fact) -> tuple[Amount, ...]:
    titles = fact.words.get("titles", fact.words.get("title", ""))
    written = f"{fact.text} {fact.words.get('advice', '')}"
    return _amounts_of(
        fact.kind, fact.value, fact.unit, fact.expected_low, fact.expected_high, fact.reps,
        fact.words.get("judged", ""), fact.words.get("attempts", ""),
        written if fact.kind in _WRITTEN else titles,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _amounts_of(
    kind: str, value: float, unit: str, low: float, high: float, reps: tuple[int, ...],
    judged: str, attempts: str, text: str,
) -> tuple[Amount, ...]:  # fmt: skip
    """Every number that a fact gives the right to say."""
    found: list[Amount] = []
    if kind not in _SILENT and unit in _COUNTS:
        found.append(Amount(value, _COUNTS[unit]))
    elif kind not in _SILENT:
        word, factor = spoken_unit(unit)
        found += [Amount(x * factor, word) for x in (value, low, high) if isfinite(x)]
    if unit == "kg":
        found.append(Amount(value / KG_PER_LB, "lb"))
    if unit == "lb":
        found.append(Amount(value * KG_PER_LB, "kg"))
    if kind == "history":
        word, factor = spoken_unit(unit)
        found.append(Amount(low * factor, _COUNTS.get(unit, word)))
    if kind in {"judgement", "steady", "not_judged"} and reps:
        found.append(Amount(float(len(reps)), "reps"))
    if judged:
        found.append(Amount(float(judged), "reps"))
    if attempts:
        found += [Amount(float(attempts), "movements"), Amount(float(attempts), "reps")]
    if text:  # what the engine itself wrote may be repeated
        found += [Amount(r.value, r.unit) for r in numbers_in(spelled_out(text))]
    return tuple(found)


def _wrong_clocks(said: Said, text: str) -> Iterator[Problem]:
    if ":" not in text:
        return
    known = [fact.t_s for fact in said.facts if isfinite(fact.t_s)]
    spoken = [t for fact in said.facts for t in clocks_in(" ".join(fact.words.values()))]
    for t_s in clocks_in(text):
        if not any(abs(t_s - one) < 1.0 for one in (*known, *spoken)):
            yield said.problem("time", f"{t_s:g} s into the clip is in no cited fact")


def _wrong_quantities(said: Said, text: str) -> Iterator[Problem]:
    multiple = _MULTIPLE.search(text)
    if multiple and multiple[0] not in said.support and not _is_near(multiple[0], said):
        yield said.problem("number", "a multiple that no fact gives")
    if not said.is_describing:
        return
    total = said.total()
    shares = [
        len(fact.reps) for fact in said.facts if fact.kind not in {"exercise", "count", "held"}
    ]
    counts = [fact for fact in said.facts if fact.kind == "count"]
    most = max(shares, default=0)
    if said.slot == "overview" and counts:
        most = max(most, int(counts[0].value))
    all_said = _EVERY.search(text)
    if all_said and all_said[0] in said.support:
        all_said = None
    if all_said and not _is_about_future(text) and (most < total or not total):
        yield said.problem("quantity", f"{all_said[0]!r} but only {most} of {total}")
    if _MOST.search(text) and not most * 2 > total:
        yield said.problem("quantity", f"most, but only {most} of {total}")
    if _SOME.search(text) and not 0 < most < total:
        yield said.problem("quantity", f"some, but {most} of {total}")
    empty = any(fact.kind in {"nothing", "nobody"} for fact in said.facts)
    none = empty or said.slot == "praise" or any(count.value == 0 for count in counts)
    if _NONE.search(text) and not none:
        yield said.problem("quantity", "no repetition, but some")


def _is_near(part: str, said: Said) -> bool:
    """Whether ``a third`` is what a measured change in percent comes to."""
    share = next((value for word, value in _PARTS if word in part), 0.0)
    return said.slot == "change" and any(
        fact.unit == "%" and abs(abs(fact.value) - share) <= _NEAR for fact in said.facts
    )


def _is_about_future(text: str) -> bool:
    return bool(re.search(r"\b(?:next time|next set|from now on)\b", text))


def _wrong_sides(said: Said, text: str) -> Iterator[Problem]:
    known = {fact.side for fact in said.facts}
    # "Pelvis to the left of the feet" is the name of a measure, not a finding: facts must say it.
    told = {fact.metric for fact in said.facts if fact.kind == "side_count"}
    for found in _SIDE.finditer(text):
        side = found[1] or found[2]
        if side not in known | told and f"{side}" not in _trusted(said):
            yield said.problem("side", f"the {side} side is in no cited fact")
    for fact in said.facts:  # "left hand above the right": both sides stay where they are
        name = fact.words.get("name", "").lower()
        if _SIDE.search(text) and _SIDE.search(name) and name not in said.low:
            yield said.problem("side", f"sides that are not those of {name!r}")
    sides = [found[2] for found in _ON_SIDE.finditer(text)]
    if len(told) > 1 and len(sides) > 1 and len(set(sides)) < len(sides):
        yield said.problem("side", f"the {sides[0]} side is told twice")
    for found in _ON_SIDE.finditer(text):
        counts = {f.metric: f.value for f in said.facts if f.kind == "side_count"}
        if found[2] in counts and counts[found[2]] != float(found[1]):
            yield said.problem("side", f"{found[1]} on the {found[2]} side")


def _trusted(said: Said) -> set[str]:
    """Sides that cues, cards, titles and names of measures name themselves."""
    words = [text for fact in said.facts for text in fact.words.values()]
    text = " ".join((*words, *(card.text for card in said.cards))).lower()
    return {side for side in ("left", "right") if re.search(rf"\b{side}\b", text)}


def _wrong_views(said: Said) -> Iterator[Problem]:
    seen = {fact.words.get("view", "") for fact in said.ledger.of("exercise")}
    for found in _FILMED.finditer(said.low):
        if not any(found[1] in view for view in seen):
            yield said.problem("view", f"{found[0]!r}, but it was filmed {', '.join(seen)}")
    for found in _VIEW.finditer(said.low):
        view = next(part for part in found.groups() if part)
        forms = {
            "behind": ("behind", "back"),
            "back": ("behind", "back"),
            "rear": ("behind", "back"),
        }
        if not any(form in said.support for form in forms.get(view, (view,))):
            yield said.problem("view", f"{found[0]!r} is in no cited fact")
