"""Which stills a report asks for: one per issue, one per key moment of each repetition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, nan
from typing import Final

from repsight.core.acts import act_noun, acts_of
from repsight.core.phrases import phrase_of
from repsight.core.report import ClipReport, Measure, MomentSeen, Rep, SetReport, Verdict
from repsight.core.signals import Angle, Lean, Signal
from repsight.core.spec import ExerciseSpec, Rule
from repsight.core.still_names import issue_still, moment_still
from repsight.core.subjects import CHANGES, as_read, subject_of, upside_down
from repsight.video.gauge import Band
from repsight.video.wording import (
    band_text,
    finding_text,
    plain,
    value_text,
)

__all__ = ["Reading", "SpecOf", "Still", "plan_stills"]

#: No more than this many measures are drawn into the picture of a key moment.
_MOST_READINGS: Final = 2
_MOST_LINES: Final = 4

SpecOf = Callable[[str], ExerciseSpec | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured value to be drawn: its signal, the value with its band, and its label."""

    signal: Signal
    band: Band
    label: str
    expected: str
    side: str


@dataclass(frozen=True, slots=True)
class Still:
    """One still: the frame at ``t_s``, what is drawn into it and what is written below."""

    name: str
    t_s: float
    title: str
    lines: tuple[str, ...]
    readings: tuple[Reading, ...]
    joints: tuple[str, ...]
    side: str
    is_issue: bool


def plan_stills(report: ClipReport, spec_of: SpecOf) -> tuple[Still, ...]:
    """Every still of a report in order of time; moments without a time have none."""
    stills: list[Still] = []
    for number, one in enumerate(report.sets, start=1):
        spec = spec_of(one.exercise.id)
        stills += _of_issues(number, one, spec)
        noun = act_noun(one).capitalize()
        for rep in acts_of(one):
            stills += [
                _of_moment(number, rep, moment, spec, noun=noun)
                for moment in rep.moments
                if isfinite(moment.t_s)
            ]
    return tuple(sorted(stills, key=lambda still: still.t_s))


def _of_issues(number: int, one: SetReport, spec: ExerciseSpec | None) -> list[Still]:
    issues = [v for v in one.verdicts if v.outcome == "issue" and isfinite(v.t_s)]
    noun = act_noun(one).capitalize()
    return [_of_issue(number, verdict, spec, noun=noun) for verdict in issues]


def _of_issue(number: int, verdict: Verdict, spec: ExerciseSpec | None, *, noun: str) -> Still:
    rule = next((r for r in (spec.book.rules if spec else ()) if r.id == verdict.rule), None)
    found = finding_text(verdict, subject_of(verdict.rule, spec))
    return Still(
        name=issue_still(number, verdict),
        t_s=verdict.t_s,
        title=plain(f"{noun} {verdict.rep}: {verdict.title}" if verdict.rep else verdict.title),
        lines=tuple(plain(line) for line in (found, verdict.cue) if line),
        readings=(_reading(verdict, rule),) if rule is not None else (),
        joints=verdict.joints,
        side=verdict.side,
        is_issue=True,
    )


def _reading(verdict: Verdict, rule: Rule) -> Reading:
    """How far a signal moved cannot be seen in one picture: then only its place is drawn."""
    change = CHANGES.get(rule.pick)
    turned = verdict if change else as_read(verdict, phrase_of(rule.signal))[0]
    value, expected = value_text(turned.value, turned.unit), band_text(turned)
    band = Band(verdict.value, verdict.expected_low, verdict.expected_high)
    return Reading(
        rule.signal,
        Band(nan) if change else band,
        plain(f"{value} of {change}" if change else value),
        f"expected {expected}" if expected else "",
        verdict.side,
    )


def _of_moment(
    number: int, rep: Rep, moment: MomentSeen, spec: ExerciseSpec | None, *, noun: str
) -> Still:
    known = _known_signals(spec)
    measures = [(id_, m) for id_, m in moment.measures.items() if isfinite(m.value)]
    drawn = [
        Reading(known[id_], Band(m.value), value_text(m.value, m.unit), "", "near")
        for id_, m in measures
        if isinstance(known.get(id_), Angle | Lean)
    ]
    return Still(
        name=moment_still(number, rep, moment),
        t_s=moment.t_s,
        title=plain(f"{noun} {rep.number}: {moment.name}"),
        lines=tuple(_line(id_, m, known.get(id_)) for id_, m in measures[:_MOST_LINES]),
        readings=tuple(drawn[:_MOST_READINGS]),
        joints=(),
        side="near",
        is_issue=False,
    )


def _known_signals(spec: ExerciseSpec | None) -> dict[str, Signal]:
    return {id_: signal for id_, _, signal in spec.book.curves} if spec else {}


def _line(id_: str, measure: Measure, signal: Signal | None) -> str:
    """``Knee angle: 78° ± 6°``."""
    name = phrase_of(signal) if signal is not None else id_.replace("_", " ")
    value = measure.value
    if value < 0 and upside_down(name) != name:
        name, value = upside_down(name), -value
    return plain(f"{name.capitalize()}: {value_text(value, measure.unit, error=measure.error)}")
