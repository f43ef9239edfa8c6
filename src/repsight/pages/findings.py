"""What a set's verdicts come down to: at most two things to work on, and what was good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

from repsight.core.acts import act_noun, acts_of
from repsight.core.report import Outcome, Rejected, Rep, SetReport, Verdict
from repsight.core.spec import ExerciseSpec
from repsight.core.still_names import issue_still
from repsight.core.subjects import as_read, subject_of
from repsight.pages.words import (
    OUTCOMES,
    band,
    human,
    inner,
    plural,
    reps_named,
    sentence,
    share,
    with_error,
)

__all__ = [
    "MAX_THINGS",
    "STEADY_SHARE",
    "Evidence",
    "Finding",
    "Gauge",
    "Headline",
    "attempts",
    "evidence_of",
    "gauge_of",
    "headline_of",
    "is_attempt",
    "worst_outcome",
]

#: More than two corrections at once are not heard.
MAX_THINGS = 2
#: A set is steady when no rep's range is further than this from the largest.
STEADY_SHARE = 0.06
#: Movements that were no attempt at a repetition at all.
_NO_ATTEMPT = {"wrong_posture"}
_WORST_FIRST: tuple[Outcome, ...] = ("issue", "watch", "too_close_to_call", "cannot_judge", "ok")


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number line in percent of its width: expected band, measured value, error bar."""

    band_x: float
    band_width: float
    value_x: float
    error_x: float
    error_width: float


@dataclass(frozen=True, slots=True)
class Finding:
    """All verdicts of one outcome under one rule, told by the worst of them."""

    title: str
    outcome: Outcome
    label: str
    cue: str
    source: str
    reps: str
    of_reps: int
    count: int
    subject: str
    value: str
    expected: str
    worst: Verdict
    still: str
    gauge: Gauge | None
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that shows one issue: ``shots`` has one finding per repetition."""

    about: Finding
    shots: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The first screen of a set: what matters, what else was found, what was good."""

    things: tuple[Finding, ...]
    others: tuple[Finding, ...]
    watched: tuple[Finding, ...]
    close: tuple[Finding, ...]
    good: tuple[str, ...]


def headline_of(
    seen: SetReport,
    number: int,
    spec: ExerciseSpec | None = None,
    *,
    praised: frozenset[str] = frozenset(),
) -> Headline:
    """The verdicts of a set in the order in which they matter.

    What was good in the rules that are ``praised`` elsewhere is not said again.
    """
    told = _Teller(seen, number, spec)
    fixes = _by_weight(told.findings("issue"))
    return Headline(
        things=tuple(fixes[:MAX_THINGS]),
        others=tuple(fixes[MAX_THINGS:]),
        watched=tuple(_by_weight(told.findings("watch"))),
        close=tuple(told.findings("too_close_to_call")),
        good=tuple(_good(seen, praised)),
    )


def evidence_of(
    seen: SetReport, number: int, spec: ExerciseSpec | None = None
) -> tuple[Evidence, ...]:
    """Per rule one finding for each repetition that shows it, in the order of the headline."""
    told = _Teller(seen, number, spec)
    return tuple(
        Evidence(
            about=fix,
            shots=tuple(
                told.finding([verdict])
                for verdict in seen.verdicts
                if verdict.rule == fix.worst.rule and verdict.outcome == "issue"
            ),
        )
        for fix in _by_weight(told.findings("issue"))
    )


def attempts(seen: SetReport) -> int:
    """Counted repetitions, or holds, and movements that were meant to be some."""
    return len(acts_of(seen)) + sum(is_attempt(rejected) for rejected in seen.rejected)


def is_attempt(rejected: Rejected) -> bool:
    """Whether the lifter seems to have meant a repetition."""
    return rejected.reason not in _NO_ATTEMPT


def worst_outcome(verdicts: Sequence[Verdict], rep: int) -> Outcome:
    """The most serious verdict on a repetition; ``cannot_judge`` only if nothing was judged."""
    outcomes = {verdict.outcome for verdict in verdicts if verdict.rep == rep}
    if outcomes <= {"cannot_judge"}:
        return "cannot_judge"
    return next(o for o in _WORST_FIRST if o in outcomes and o != "cannot_judge")


def gauge_of(verdict: Verdict) -> Gauge | None:
    """Value and band on one line; None where either is unknown."""
    low, high, value = verdict.expected_low, verdict.expected_high, verdict.value
    if not isfinite(value) or not (isfinite(low) or isfinite(high)):
        return None
    error = verdict.error if isfinite(verdict.error) else 0.0
    points = [value - error, value + error, *(end for end in (low, high) if isfinite(end))]
    reach = (max(points) - min(points)) or 1.0
    left, right = min(points) - 0.35 * reach, max(points) + 0.35 * reach

    def place(at: float) -> float:
        return round(100 * (min(max(at, left), right) - left) / (right - left), 2)

    start = place(low if isfinite(low) else -inf)
    end = place(high if isfinite(high) else inf)
    return Gauge(
        band_x=start,
        band_width=round(end - start, 2),
        value_x=place(value),
        error_x=place(value - error),
        error_width=round(place(value + error) - place(value - error), 2),
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Turns the verdicts of one set into findings."""

    seen: SetReport
    number: int
    spec: ExerciseSpec | None

    def findings(self, outcome: Outcome) -> list[Finding]:
        groups: defaultdict[str, list[Verdict]] = defaultdict(list)
        for verdict in self.seen.verdicts:
            if verdict.outcome == outcome:
                groups[verdict.rule].append(verdict)
        return [self.finding(group) for group in groups.values()]

    def finding(self, group: Sequence[Verdict]) -> Finding:
        worst = max(group, key=lambda verdict: (verdict.severity, verdict.excess))
        read, subject = as_read(worst, subject_of(worst.rule, self.spec))
        return Finding(
            title=worst.title,
            outcome=worst.outcome,
            label=OUTCOMES[worst.outcome],
            cue=worst.cue,
            source=human(worst.source) if worst.source == "heuristic" else worst.source,
            reps=reps_named([verdict.rep for verdict in group], noun=act_noun(self.seen)),
            of_reps=self._judged_reps(worst.rule),
            count=len({verdict.rep for verdict in group} - {0}),
            subject=sentence(subject, end=""),
            value=with_error(read.value, read.error, read.unit),
            expected=band(read),
            worst=worst,
            still=issue_still(self.number, worst),
            gauge=gauge_of(read),
            reason=worst.reason,
        )

    def _judged_reps(self, rule: str) -> int:
        judged = (v for v in self.seen.verdicts if v.rule == rule and v.outcome != "cannot_judge")
        return len({verdict.rep for verdict in judged} - {0})


def _by_weight(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (-f.worst.severity * max(f.count, 1), f.title))


def _good(seen: SetReport, praised: frozenset[str]) -> list[str]:
    """Plain facts only: what every judged rep did well, and what stayed the same."""
    lines: list[str] = []
    nameless: defaultdict[int, list[str]] = defaultdict(list)
    for verdict, count in _never_at_fault(seen.verdicts):
        if verdict.rule in praised:
            continue
        if verdict.good:
            often = _of_reps(count, len(acts_of(seen)), act_noun(seen))
            lines.append(f"{sentence(verdict.good, end='')}, {often}.")
        else:
            nameless[count].append(inner(verdict.title))
    lines += _steady(seen.reps)
    for count in sorted(nameless, reverse=True):
        found = ", ".join(nameless[count])
        lines.append(f"Looked for in {plural(count, act_noun(seen))} and not found: {found}.")
    return lines


def _of_reps(count: int, of_all: int, noun: str) -> str:
    if count == of_all:
        return f"every {noun}" if count > 1 else f"in the one {noun}"
    if count > 1:
        return f"{count} of {count} judged {noun}s"
    return f"in the one {noun} that was judged"


def _never_at_fault(verdicts: Sequence[Verdict]) -> list[tuple[Verdict, int]]:
    """Of each rule whose every judged repetition was fine: the closest, and how many these were."""
    groups: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.outcome != "cannot_judge":
            groups[verdict.rule].append(verdict)
    return [
        (max(group, key=lambda verdict: verdict.excess), len({verdict.rep for verdict in group}))
        for group in groups.values()
        if all(verdict.outcome == "ok" for verdict in group)
    ]


def _steady(reps: Sequence[Rep]) -> list[str]:
    whole = [rep.range_share for rep in reps if rep.start_seen and rep.end_seen]
    least = 3  # two reps are no pattern
    if len(whole) < least or not all(isfinite(value) for value in whole):
        return []
    spread = (max(whole) - min(whole)) / max(whole)
    if spread > STEADY_SHARE:
        return []
    return [f"Even range: every full rep within {share(spread)} of the largest."]
