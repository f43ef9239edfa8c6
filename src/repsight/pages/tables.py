"""Tables of a set: rep by rep, every judgement, key moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from repsight.core.report import Measure, Outcome, Rep, SetReport, Verdict
from repsight.core.still_names import moment_still
from repsight.pages.findings import worst_outcome
from repsight.pages.timeline import lifts_first
from repsight.pages.words import (
    OUTCOMES,
    UNKNOWN,
    band,
    clock,
    human,
    measured,
    seconds,
    share,
    with_error,
)

__all__ = [
    "MAX_COLUMNS",
    "Fact",
    "Judgement",
    "JudgementRow",
    "MomentRow",
    "MomentShot",
    "MomentView",
    "Reel",
    "RepRow",
    "columns_of",
    "facts_of",
    "judgements_of",
    "moments_of",
    "phase_names",
    "reels_of",
    "rep_rows",
    "set_facts",
]

#: A wider table is no help on a phone; the rest is in the full list below it.
MAX_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class RepRow:
    """A line of the rep table; ``tempo`` is the three phases in the order they happened."""

    number: int
    start_s: float
    at: str
    tempo: tuple[str, str, str]
    range: str
    cells: tuple[str, ...]
    outcome: Outcome
    label: str
    notes: tuple[tuple[Outcome, str, float], ...]
    cut: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name with its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One cell: what was decided for one rep, and the number behind it."""

    outcome: Outcome
    label: str
    value: str
    reason: str
    t_s: float
    rep: int


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A rule with its verdict per repetition (None where there is none)."""

    title: str
    expected: str
    source: str
    cells: tuple[Judgement | None, ...]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One measure at a key moment over the repetitions."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MomentShot:
    """The still of a key moment in one repetition."""

    moment: str
    rep: int
    t_s: float
    at: str
    still: str


@dataclass(frozen=True, slots=True)
class Reel:
    """Stills side by side: one repetition through its moments, or one moment over the set."""

    title: str
    shots: tuple[MomentShot, ...]


@dataclass(frozen=True, slots=True)
class MomentView:
    """A key moment: its measures over the reps and its stills."""

    name: str
    rows: tuple[MomentRow, ...]
    shots: tuple[MomentShot, ...]


def phase_names(seen: SetReport) -> tuple[str, str, str]:
    """Names of the three phases in the order in which they happen."""
    if seen.exercise.id == "unknown":
        return ("Out", "turn", "back")
    if seen.reps and lifts_first(seen.reps[0]):
        return ("Lift", "pause", "lower")
    return ("Lower", "pause", "lift")


def columns_of(seen: SetReport) -> tuple[str, ...]:
    """Ids of every metric that was measured in at least one repetition, in order."""
    ids: dict[str, None] = {}
    for rep in seen.reps:
        ids |= {id_: None for id_, measure in rep.metrics.items() if isfinite(measure.value)}
    return tuple(ids)


def rep_rows(seen: SetReport, columns: Sequence[str]) -> tuple[RepRow, ...]:
    """One row per counted repetition, with a cell per metric of ``columns``."""
    return tuple(_row(rep, seen, columns) for rep in seen.reps)


def set_facts(seen: SetReport) -> tuple[Fact, ...]:
    """The set's own metrics; what could not be measured is left out."""
    return facts_of(seen.metrics)


def facts_of(metrics: dict[str, Measure]) -> tuple[Fact, ...]:
    """Measures by their readable name; NaN left out."""
    known = {id_: measure for id_, measure in metrics.items() if isfinite(measure.value)}
    return tuple(Fact(human(id_), measured(measure)) for id_, measure in known.items())


def judgements_of(seen: SetReport) -> tuple[JudgementRow, ...]:
    """One row per rule that was judged on at least one repetition."""
    rules: dict[str, list[Verdict]] = {}
    for verdict in seen.verdicts:
        if verdict.rep > 0:
            rules.setdefault(verdict.rule, []).append(verdict)
    return tuple(_judgement_row(verdicts, seen.reps) for verdicts in rules.values())


def moments_of(seen: SetReport, number: int) -> tuple[MomentView, ...]:
    """The key moments in the order of the movement."""
    names: dict[str, str] = {}
    for rep in seen.reps:
        for moment in sorted(rep.moments, key=lambda moment: moment.t_s):
            names.setdefault(moment.id, moment.name)
    return tuple(_moment(id_, name, seen.reps, number) for id_, name in names.items())


def reels_of(moments: Sequence[MomentView], telling: int) -> tuple[Reel, ...]:
    """A film strip per repetition, ``telling`` first; of a single moment one strip over the set."""
    shots = [shot for moment in moments for shot in moment.shots]
    if len(moments) == 1:
        return (Reel("", tuple(shots)),)
    numbers = sorted({shot.rep for shot in shots}, key=lambda rep: (rep != telling, rep))
    return tuple(
        Reel(f"Rep {rep}", tuple(shot for shot in shots if shot.rep == rep)) for rep in numbers
    )


def _row(rep: Rep, seen: SetReport, columns: Sequence[str]) -> RepRow:
    outcome = worst_outcome(seen.verdicts, rep.number)
    first_s, last_s = rep.turn_start_s - rep.start_s, rep.end_s - rep.turn_end_s
    missing = Measure(float("nan"), "", float("nan"))
    return RepRow(
        number=rep.number,
        start_s=rep.start_s,
        at=clock(rep.start_s),
        tempo=(seconds(first_s), seconds(rep.pause_s), seconds(last_s)),
        range=share(rep.range_share),
        cells=tuple(measured(rep.metrics.get(id_, missing)) for id_ in columns),
        outcome=outcome,
        label=OUTCOMES[outcome],
        notes=_notes(seen.verdicts, rep.number),
        cut=_cut(rep),
    )


def _notes(verdicts: Sequence[Verdict], rep: int) -> tuple[tuple[Outcome, str, float], ...]:
    order: tuple[Outcome, ...] = ("issue", "watch", "too_close_to_call")
    noted = [v for v in verdicts if v.rep == rep and v.outcome in order]
    noted.sort(key=lambda verdict: order.index(verdict.outcome))
    return tuple((v.outcome, v.title, v.t_s) for v in noted)


def _cut(rep: Rep) -> str:
    if rep.start_seen and rep.end_seen:
        return ""
    return "end not in the clip" if rep.start_seen else "start not in the clip"


def _judgement_row(verdicts: Sequence[Verdict], reps: Sequence[Rep]) -> JudgementRow:
    by_rep: dict[int, Verdict] = {}
    for verdict in verdicts:
        by_rep.setdefault(verdict.rep, verdict)
    told = next((v for v in verdicts if band(v)), verdicts[0])
    cells = (by_rep.get(rep.number) for rep in reps)
    return JudgementRow(
        title=told.title,
        expected=band(told),
        source=told.source,
        cells=tuple(None if cell is None else _judgement(cell) for cell in cells),
    )


def _judgement(verdict: Verdict) -> Judgement:
    return Judgement(
        outcome=verdict.outcome,
        label=OUTCOMES[verdict.outcome],
        value=with_error(verdict.value, verdict.error, verdict.unit),
        reason=verdict.reason,
        t_s=verdict.t_s,
        rep=verdict.rep,
    )


def _moment(id_: str, name: str, reps: Sequence[Rep], number: int) -> MomentView:
    seen = [(rep, moment) for rep in reps for moment in rep.moments if moment.id == id_]
    measures = {key: None for _, moment in seen for key in moment.measures}
    by_rep = {rep.number: moment for rep, moment in seen}
    missing = Measure(float("nan"), "", float("nan"))

    def cell(rep: Rep, key: str) -> str:
        moment = by_rep.get(rep.number)
        return UNKNOWN if moment is None else measured(moment.measures.get(key, missing))

    rows = (MomentRow(human(key), tuple(cell(rep, key) for rep in reps)) for key in measures)
    return MomentView(
        name=name,
        rows=tuple(row for row in rows if set(row.cells) != {UNKNOWN}),
        shots=tuple(
            MomentShot(
                name, rep.number, moment.t_s, clock(moment.t_s), moment_still(number, rep, moment)
            )
            for rep, moment in seen
        ),
    )  # fmt: skip
