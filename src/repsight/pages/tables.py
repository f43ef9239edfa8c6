"""Tables of a set: rep by rep, every judgement, key moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan

from repsight.core.acts import acts_of, has_phases
from repsight.core.report import Measure, NotJudged, Outcome, Rep, SetReport, Verdict
from repsight.core.spec import ExerciseSpec
from repsight.core.still_names import moment_still
from repsight.core.subjects import subject_of
from repsight.core.topics import as_topic
from repsight.pages.findings import worst_outcome
from repsight.pages.timeline import lifts_first
from repsight.pages.words import (
    OUTCOMES,
    UNKNOWN,
    band,
    bare,
    clock,
    human,
    measured,
    seconds,
    share,
    unit_words,
    with_error,
)

__all__ = [
    "MAX_COLUMNS",
    "Column",
    "Fact",
    "Gap",
    "Judgement",
    "JudgementRow",
    "MeasureRow",
    "MomentRow",
    "MomentShot",
    "MomentView",
    "Reel",
    "RepRow",
    "columns_of",
    "facts_of",
    "judgements_of",
    "measure_rows",
    "moments_of",
    "not_judged_of",
    "phase_names",
    "reels_of",
    "rep_rows",
    "set_facts",
]

#: A wider table is no help on a phone; the rest is in the full list below it.
MAX_COLUMNS = 4
_MISSING = Measure(float("nan"), "", float("nan"))
_TREND = "_trend"


@dataclass(frozen=True, slots=True)
class RepRow:
    """A line of the rep table.

    ``tempo`` is the three phases in the order they happened, or the time of a movement whose
    phases have no names. ``side`` is the limb that did it, empty for both.
    """

    number: int
    start_s: float
    at: str
    tempo: str
    range: str
    cells: tuple[str, ...]
    outcome: Outcome
    label: str
    notes: tuple[tuple[Outcome, str, float], ...]
    cut: str
    side: str


@dataclass(frozen=True, slots=True)
class Column:
    """A metric of the repetitions: its id, its name and, where a sign is not enough, its unit."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A name with its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One metric: of the set, its change per rep, and of each rep."""

    column: Column
    whole: str
    change: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be judged for one reason."""

    titles: tuple[str, ...]
    reason: str
    shoot_from: str


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
    subject: str
    expected: str
    source: str
    cells: tuple[Judgement | None, ...]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One measure at a key moment over the repetitions."""

    column: Column
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
    if seen.reps and lifts_first(seen.reps[0]):
        return ("Lift", "pause", "lower")
    return ("Lower", "pause", "lift")


def columns_of(seen: SetReport) -> tuple[Column, ...]:
    """Every metric that was measured in at least one repetition, in order."""
    columns: dict[str, Column] = {}
    for rep in acts_of(seen):
        for id_, measure in rep.metrics.items():
            if isfinite(measure.value):
                columns.setdefault(id_, Column(id_, human(id_), unit_words(measure)))
    return tuple(columns.values())


def rep_rows(seen: SetReport, columns: Sequence[Column]) -> tuple[RepRow, ...]:
    """One row per counted repetition, with a cell per metric of ``columns``."""
    return tuple(_row(rep, seen, columns) for rep in acts_of(seen))


def measure_rows(seen: SetReport, columns: Sequence[Column]) -> tuple[MeasureRow, ...]:
    """Every metric in full: the set's value, its change from rep to rep, then each rep."""
    return tuple(
        MeasureRow(
            column=column,
            whole=bare(seen.metrics.get(column.id, _MISSING)),
            change=bare(seen.metrics.get(f"{column.id}{_TREND}", _MISSING)),
            cells=tuple(bare(rep.metrics.get(column.id, _MISSING)) for rep in acts_of(seen)),
        )
        for column in columns
    )


def set_facts(seen: SetReport) -> tuple[Fact, ...]:
    """What only the set as a whole has; the rest stands in the tables."""
    per_rep = {id_ for rep in acts_of(seen) for id_ in rep.metrics} - {"velocity_loss"}
    own = {
        id_: measure
        for id_, measure in seen.metrics.items()
        if id_ not in per_rep and not id_.endswith(_TREND)
    }
    return facts_of(own)


def not_judged_of(gaps: Sequence[NotJudged]) -> tuple[Gap, ...]:
    """Rules that share a reason share a line."""
    groups: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        groups.setdefault((gap.reason, gap.shoot_from), []).append(_topic(gap.title))
    return tuple(Gap(tuple(titles), *key) for key, titles in groups.items())


def _topic(title: str) -> str:
    """A rule's title as something that stays open, at the start of a line."""
    topic = as_topic(title)
    return topic[:1].upper() + topic[1:]


def facts_of(metrics: dict[str, Measure]) -> tuple[Fact, ...]:
    """Measures by their readable name; NaN left out."""
    known = {id_: measure for id_, measure in metrics.items() if isfinite(measure.value)}
    return tuple(_fact(id_, measure) for id_, measure in known.items())


def _fact(id_: str, measure: Measure) -> Fact:
    """One measure; a loss of range below zero is a gain, and told as one."""
    if id_ == "range_decay" and measure.value < 0:
        return Fact("Gain of range", measured(replace(measure, value=-measure.value)))
    return Fact(human(id_), measured(measure))


def judgements_of(seen: SetReport, spec: ExerciseSpec | None = None) -> tuple[JudgementRow, ...]:
    """One row per rule that was judged on at least one repetition."""
    rules: dict[str, list[Verdict]] = {}
    for verdict in seen.verdicts:
        if verdict.rep > 0:
            rules.setdefault(verdict.rule, []).append(verdict)
    return tuple(
        _judgement_row(verdicts, acts_of(seen), subject_of(rule, spec))
        for rule, verdicts in rules.items()
    )


def moments_of(seen: SetReport, number: int) -> tuple[MomentView, ...]:
    """The key moments in the order of the movement."""
    names: dict[str, str] = {}
    for rep in acts_of(seen):
        for moment in sorted(rep.moments, key=lambda moment: moment.t_s):
            names.setdefault(moment.id, moment.name)
    return tuple(_moment(id_, name, acts_of(seen), number) for id_, name in names.items())


def reels_of(moments: Sequence[MomentView], telling: int, *, noun: str = "rep") -> tuple[Reel, ...]:
    """A film strip per repetition, ``telling`` first; of a single moment one strip over the set.

    ``noun`` says what the numbers count.
    """
    shots = [shot for moment in moments for shot in moment.shots]
    if len(moments) == 1:
        return (Reel("", tuple(shots)),)
    numbers = sorted({shot.rep for shot in shots}, key=lambda rep: (rep != telling, rep))
    return tuple(
        Reel(f"{noun.capitalize()} {rep}", tuple(shot for shot in shots if shot.rep == rep))
        for rep in numbers
    )


def _row(rep: Rep, seen: SetReport, columns: Sequence[Column]) -> RepRow:
    outcome = worst_outcome(seen.verdicts, rep.number)
    return RepRow(
        number=rep.number,
        start_s=rep.start_s,
        at=clock(rep.start_s),
        tempo=_tempo(rep) if has_phases(seen) else seconds(rep.end_s - rep.start_s),
        range=share(rep.range_share),
        cells=tuple(bare(rep.metrics.get(column.id, _MISSING)) for column in columns),
        outcome=outcome,
        label=OUTCOMES[outcome],
        notes=_notes(seen.verdicts, rep.number),
        cut=_cut(rep) if seen.counts == "reps" else _end_of_hold(seen, rep.number),
        side="" if rep.side == "both" else rep.side,
    )


def _tempo(rep: Rep) -> str:
    """The three phases in the order they happened; a question mark for one not seen whole."""
    phases_s = (
        rep.turn_start_s - rep.start_s if rep.start_seen else nan,
        rep.pause_s,
        rep.end_s - rep.turn_end_s if rep.end_seen else nan,
    )
    parts = (seconds(one) if isfinite(one) else "?" for one in phases_s)
    return f" {UNKNOWN} ".join(parts)


def _notes(verdicts: Sequence[Verdict], rep: int) -> tuple[tuple[Outcome, str, float], ...]:
    order: tuple[Outcome, ...] = ("issue", "watch", "too_close_to_call")
    noted = [v for v in verdicts if v.rep == rep and v.outcome in order]
    noted.sort(key=lambda verdict: order.index(verdict.outcome))
    return tuple((v.outcome, v.title, v.t_s) for v in noted)


def _cut(rep: Rep) -> str:
    if rep.start_seen and rep.end_seen:
        return ""
    return "end not in the clip" if rep.start_seen else "start not in the clip"


def _end_of_hold(seen: SetReport, number: int) -> str:
    """What ended a hold, and how long the break was until the next one."""
    held = seen.holds[number - 1]
    ended = f"ended because {held.left_by}" if held.left_by else ""
    if number == len(seen.holds):
        return ended
    pause = f"then a break of {seconds(seen.holds[number].start_s - held.end_s)} s"
    return f"{ended}, {pause}" if ended else pause


def _judgement_row(verdicts: Sequence[Verdict], reps: Sequence[Rep], subject: str) -> JudgementRow:
    by_rep: dict[int, Verdict] = {}
    for verdict in verdicts:
        by_rep.setdefault(verdict.rep, verdict)
    told = next((v for v in verdicts if band(v)), verdicts[0])
    cells = (by_rep.get(rep.number) for rep in reps)
    return JudgementRow(
        title=told.title,
        subject=subject,
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
    by_rep = {rep.number: moment.measures for rep, moment in seen}
    columns = {
        key: Column(key, human(key), unit_words(measure))
        for _, moment in seen
        for key, measure in moment.measures.items()
    }
    rows = (
        MomentRow(
            column, tuple(bare(by_rep.get(rep.number, {}).get(key, _MISSING)) for rep in reps)
        )
        for key, column in columns.items()
    )
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
