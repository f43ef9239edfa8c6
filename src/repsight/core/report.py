"""The report: everything a page, a picture or a sentence may show.

All values are JSON-ready; an unknown number is NaN in Python and null in JSON. Times are media
seconds of the clip. ``to_dict`` gives the plain form, ``repsight.report.schema.json`` in docs
the published schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, isfinite, nan
from typing import Literal

__all__ = [
    "SCHEMA_VERSION",
    "ClipReport",
    "CoachSentence",
    "CoachState",
    "CoachSummary",
    "Curve",
    "ExerciseSeen",
    "Fact",
    "Held",
    "Limit",
    "Measure",
    "MomentSeen",
    "NotJudged",
    "Outcome",
    "Person",
    "Quality",
    "QualityNote",
    "Rejected",
    "RejectionReason",
    "Rep",
    "SetReport",
    "Source",
    "VariationSeen",
    "Verdict",
]

SCHEMA_VERSION = "1.1"

Outcome = Literal["ok", "issue", "watch", "too_close_to_call", "cannot_judge"]

#: What the coach's verifier did: a summary that failed it was replaced by the template's.
CoachState = Literal["passed", "failed_to_template", "not_run"]

RejectionReason = Literal[
    "partial_range",
    "wrong_posture",
    "too_quick",
    "too_slow",
    "not_finished",
    "not_started",
]


@dataclass(frozen=True, slots=True)
class Measure:
    """One number with its unit and one-sigma error; NaN where it was not measurable."""

    value: float
    unit: str
    error: float


@dataclass(frozen=True, slots=True)
class MomentSeen:
    """A key moment of a rep with the measures taken there."""

    id: str
    name: str
    t_s: float
    measures: dict[str, Measure]


@dataclass(frozen=True, slots=True)
class Rep:
    """One counted repetition.

    ``turn_start_s`` .. ``turn_end_s`` is the turnaround band around ``turn_s``; rest is outside
    ``start_s`` .. ``end_s``. A start or end outside the clip is marked by the ``*_seen`` flags.
    ``side`` is the limb that did it, ``both`` where both did or the exercise has no sides.
    ``eccentric_s``, ``pause_s`` and ``concentric_s`` are NaN where the recording does not show
    all of it.
    """

    number: int
    start_s: float
    turn_s: float
    end_s: float
    turn_start_s: float
    turn_end_s: float
    eccentric_s: float
    pause_s: float
    concentric_s: float
    range_share: float
    start_seen: bool
    end_seen: bool
    metrics: dict[str, Measure]
    moments: tuple[MomentSeen, ...] = ()
    side: Literal["both", "left", "right"] = "both"


@dataclass(frozen=True, slots=True)
class Held:
    """One spell in the position of a hold; what lies between two of them is a break.

    ``left_by`` says by what the position was left; empty where the recording ended first.
    """

    number: int
    start_s: float
    end_s: float
    metrics: dict[str, Measure]
    moments: tuple[MomentSeen, ...] = ()
    left_by: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A movement that was not counted, and why; ``side`` as in ``Rep``."""

    start_s: float
    turn_s: float
    end_s: float
    reason: RejectionReason
    explanation: str
    value: float
    wanted: float
    unit: str
    side: Literal["both", "left", "right"] = "both"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement of one rule on one rep (``rep`` 0: on the whole set).

    ``good`` is what to say when every judged rep is fine; empty where a rep is fine by less than
    the error, because that is no reason to praise it.
    """

    rule: str
    title: str
    outcome: Outcome
    rep: int
    t_s: float
    side: str
    value: float
    expected_low: float
    expected_high: float
    error: float
    unit: str
    view: str
    joints: tuple[str, ...]
    cue: str
    source: str
    reason: str = ""
    severity: float = 0.0
    good: str = ""

    @property
    def excess(self) -> float:
        """How far the value is outside the band, negative inside; -inf where nothing is known."""
        return _excess(self.value, self.expected_low, self.expected_high)


@dataclass(frozen=True, slots=True)
class VariationSeen:
    """A valid variation: declared by the lifter or seen; never a fault."""

    id: str
    name: str
    method: Literal["declared", "seen"]
    evidence: str


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule that this clip cannot answer, and the camera position that could."""

    rule: str
    title: str
    reason: str
    shoot_from: str


@dataclass(frozen=True, slots=True)
class ExerciseSeen:
    """Which exercise, how sure (0..1), and how that was decided."""

    id: str
    name: str
    confidence: float
    method: Literal["given", "spec_fit", "router", "periodicity", "none"]
    alternatives: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def is_known(self) -> bool:
        """Whether the movement has a name; of one without, only repetitions are counted."""
        return self.id != "unknown"


@dataclass(frozen=True, slots=True)
class Limit:
    """A horizontal band drawn into a curve; an infinite end is NaN."""

    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One signal over the set's time for drawing."""

    id: str
    name: str
    unit: str
    t_s: tuple[float, ...]
    values: tuple[float, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class SetReport:
    """One set of one exercise.

    ``running_count`` is what a live counter would have shown at the end; ``corrections`` says in
    words why the final count differs, if it does. ``counts`` says what is counted, also where
    nothing was. ``side_counts`` has the repetitions of each
    side where an exercise has sides. A hold has ``holds`` and ``held_s``, their sum, instead of
    repetitions; its verdicts name the spell's number as ``rep``. ``bar_seen_by`` says what the
    path of the bar follows.
    """

    exercise: ExerciseSeen
    start_s: float
    end_s: float
    rep_count: int
    reps: tuple[Rep, ...]
    rejected: tuple[Rejected, ...]
    verdicts: tuple[Verdict, ...]
    variations: tuple[VariationSeen, ...]
    not_judged: tuple[NotJudged, ...]
    metrics: dict[str, Measure]
    view: str
    view_yaw_deg: float
    running_count: int
    corrections: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
    counts: Literal["reps", "holds"] = "reps"
    side_counts: dict[str, int] = field(default_factory=dict[str, int])
    holds: tuple[Held, ...] = ()
    held_s: float = 0.0
    bar_seen_by: Literal["plate", "hands", "none"] = "none"


@dataclass(frozen=True, slots=True)
class QualityNote:
    """One thing about the picture that limits what can be said."""

    id: str
    level: Literal["good", "limited", "bad"]
    message: str
    advice: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What this clip can and cannot answer."""

    level: Literal["good", "limited", "bad"]
    notes: tuple[QualityNote, ...]
    can_answer: tuple[str, ...]
    cannot_answer: tuple[str, ...]
    reshoot: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the picture; the lifter is the one analysed."""

    index: int
    is_lifter: bool
    first_s: float
    last_s: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where the poses came from. ``name`` is the file's own name, never its folder."""

    name: str
    kind: Literal["video", "landmarks", "live"]
    duration_s: float
    frames: int
    frame_rate_hz: float
    width_px: int
    height_px: int
    rotation_deg: int
    backend: str
    model: str
    found_share: float
    people: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One numbered piece of evidence that a sentence of the coach may cite.

    ``kind`` says what it is (``count``, ``judgement``, ``trend``, ...), ``metric`` which rule,
    measure or reason it is about, ``set_number`` which set from 1 on (0: the clip). ``reps``
    are the repetitions (of a hold: the spells) that it is true of; ``rep`` and ``t_s`` are
    where to look. ``words`` are the forms in which its numbers and names may be said.
    """

    id: str
    kind: str
    set_number: int
    metric: str
    text: str
    value: float = nan
    unit: str = ""
    error: float = nan
    expected_low: float = nan
    expected_high: float = nan
    rep: int = 0
    reps: tuple[int, ...] = ()
    t_s: float = nan
    side: str = ""
    view: str = ""
    verdict: str = ""
    severity: float = 0.0
    source: str = ""
    words: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def excess(self) -> float:
        """As of a ``Verdict``."""
        return _excess(self.value, self.expected_low, self.expected_high)


def _excess(value: float, low: float, high: float) -> float:
    return max((amount for amount in (low - value, value - high) if isfinite(amount)), default=-inf)


@dataclass(frozen=True, slots=True)
class CoachSentence:
    """One sentence of the coach with the facts it stands on and the place that shows it.

    ``slot`` is its job (``overview``, ``fix``, ``next``, ...). ``rep`` 0, ``t_s`` NaN and an
    empty ``curve`` mean that there is no single place to look at.
    """

    text: str
    slot: str
    facts: tuple[str, ...]
    set_number: int = 0
    rep: int = 0
    t_s: float = nan
    curve: str = ""


@dataclass(frozen=True, slots=True)
class CoachSummary:
    """What the coach says about a clip.

    ``source`` is ``template`` or the name of the language model that worded it. ``state`` is
    what the verifier decided, ``reason`` why a model's wording was not used. ``facts`` are the
    facts that the sentences cite. Sentences of the slot ``question`` were proposed by the model
    ``asked_by``: no rule supports them, and they are no findings.
    """

    sentences: tuple[CoachSentence, ...] = ()
    source: str = "template"
    state: CoachState = "not_run"
    reason: str = ""
    facts: tuple[Fact, ...] = ()
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class ClipReport:
    """The whole answer for one clip; ``sets`` is empty when nothing was done in it.

    ``summary`` is the text of ``coach``, sentence after sentence.
    """

    schema: str
    repsight: str
    source: Source
    quality: Quality
    sets: tuple[SetReport, ...]
    summary: str
    coach: CoachSummary = field(default_factory=CoachSummary)
