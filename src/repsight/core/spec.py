"""An exercise as data: how a repetition is recognised, what is measured, what is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Literal

from repsight.core.signals import Signal
from repsight.errors import BrokenSpec

__all__ = [
    "Balance",
    "Crossing",
    "Cycle",
    "ExerciseSpec",
    "Expectation",
    "Fixed",
    "Gate",
    "Hold",
    "Known",
    "Metric",
    "Moment",
    "OwnBest",
    "OwnMedian",
    "OwnRest",
    "PhaseShare",
    "Pick",
    "Proportions",
    "Rule",
    "RuleBook",
    "Variation",
    "ViewName",
    "When",
]

ViewName = Literal["front", "back", "side", "oblique", "unknown"]

#: Part of a repetition. ``rest`` is the end the lifter rests at (standing in a squat, the floor
#: in a deadlift), ``turn`` the turnaround band, ``lift_off`` the first 30 % of the concentric.
When = Literal["rest", "start", "turn", "end", "eccentric", "concentric", "lift_off", "rep", "set"]

#: How one number is taken from the frames of a When. ``change`` is last minus first,
#: ``range`` is maximum minus minimum, ``fall`` the largest fall below an earlier value
#: that is overcome again by as much.
Pick = Literal["median", "max", "min", "mean", "change", "range", "fall"]


@dataclass(frozen=True, slots=True)
class Cycle:
    """How one repetition moves.

    ``driver`` is the signal that carries the movement; ``turn`` says whether the turnaround is
    its low or its high end. ``concentric`` says on which side of the turnaround the work is:
    ``after`` (squat, push-up) or ``before`` (deadlift, press, curl). ``floor`` is the smallest
    excursion, in the driver's unit, that can be a repetition at all; below ``partial_share`` of
    the lifter's own range an excursion is a partial.

    ``sides`` says how limbs share the work. ``together``: one driver for the whole body.
    ``each``: the driver is followed for the left and for the right side; excursions of both
    sides at the same time are one repetition, one alone is a repetition of that side (curls,
    mountain climbers). For a movement of the whole body that one side leads (a lunge),
    ``side_of`` tells the side: positive at the turnaround means left, negative right.

    ``own_range`` is what this lifter's range surely is, in the driver's unit; exercises leave it
    out (0), a calibration fills it in.
    """

    driver: Signal
    turn: Literal["low", "high"]
    concentric: Literal["before", "after"]
    floor: float
    min_s: float = 0.4
    max_s: float = 20.0
    partial_share: float = 0.55
    sides: Literal["together", "each"] = "together"
    side_of: Signal | None = None
    own_range: float = 0.0


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition ``low <= pick(signal at when) <= high`` with ``soft`` width at both ends.

    NaN neither passes nor fails: it is left out.
    """

    signal: Signal
    when: When
    low: float = -inf
    high: float = inf
    soft: float = 1.0
    pick: Pick = "median"
    reason: str = ""
    views: tuple[ViewName, ...] = ("front", "back", "side", "oblique", "unknown")


@dataclass(frozen=True, slots=True)
class Hold:
    """A position that is held: time in position counts, not repetitions.

    The lifter is in position while all ``gates`` hold frame by frame (``when`` and ``pick`` of a
    gate play no part here). Being out of position for less than ``blink_s`` is not noticed;
    spells shorter than ``min_s`` are not holds. Rules, metrics and moments look at each spell
    as if it were one repetition whose turnaround is the whole spell.
    """

    gates: tuple[Gate, ...]
    min_s: float = 3.0
    blink_s: float = 0.7


@dataclass(frozen=True, slots=True)
class Fixed:
    """A band from a rule book."""

    low: float = -inf
    high: float = inf


@dataclass(frozen=True, slots=True)
class Known:
    """The lifter's own value at rest as a calibration saw it from one side, and its error."""

    value: float
    sigma: float
    view: ViewName


@dataclass(frozen=True, slots=True)
class OwnRest:
    """The lifter's own value at rest (own standing, own lockout) plus a band around it.

    ``known`` serves where the lifter is not seen at rest from the same side; exercises leave it
    out, a calibration fills it in.
    """

    low: float = -inf
    high: float = inf
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class OwnMedian:
    """The lifter's own median over the set's repetitions plus a band around it."""

    low: float = -inf
    high: float = inf


@dataclass(frozen=True, slots=True)
class OwnBest:
    """The lifter's own best value over the reps and, where seen, quiet standing, plus a band."""

    low: float = -inf
    high: float = inf


@dataclass(frozen=True, slots=True)
class Proportions:
    """Lengths as shares of trunk and leg together."""

    trunk: float
    leg: float
    arm: float


@dataclass(frozen=True, slots=True)
class Balance:
    """Trunk lean that keeps the load over mid-foot for this lifter's proportions.

    ``low`` and ``high`` are degrees around that lean; ``trunk_share`` is where on the trunk the
    load sits (1.0 high bar, 0.9 low bar), ``load`` which equilibrium is solved. ``proportions``
    take the place of those measured in the set; exercises leave them out, a calibration fills
    them in.
    """

    load: Literal["squat", "deadlift"]
    trunk_share: float = 1.0
    low: float = -inf
    high: float = inf
    proportions: Proportions | None = None


Expectation = Fixed | OwnRest | OwnMedian | OwnBest | Balance


@dataclass(frozen=True, slots=True)
class Rule:
    """One issue that can be found: a measured value outside what is expected, beyond error.

    ``slack`` is added to the error bar. ``sigma`` is the declared error of the measured value
    in the allowed views, ``view_sigma`` replaces it where a view is worse than the best one;
    ``views`` are those in which it may be judged at all. ``min_share`` of the reps (and at
    least one) must show it, else each occurrence is only to be watched. ``is_line`` marks a
    line of a rule book that is passed or failed, such as squat depth: within the error on
    either side of it is too close to call. A value outside ``plausible`` says that the
    landmarks are wrong (plates and racks hide joints unnoticed): it is not judged. ``good`` is
    what to say when every judged repetition is fine. ``cue`` is short and has an external
    focus. ``source`` names the rule book or paper, or is ``heuristic``. ``shoot_from`` is the
    camera position that makes it judgeable. ``same_as`` names the rule that finds the same fault
    by another measure: where that one is marked, this one is not marked as well. ``speaks_for``
    is the id of another exercise that looks like this one with the fault: who was not told which
    exercise it is takes that one for possible before marking the fault.
    """

    id: str
    title: str
    signal: Signal
    when: When
    pick: Pick
    expected: Expectation
    unit: str
    sigma: float
    views: tuple[ViewName, ...]
    cue: str
    source: str
    joints: tuple[str, ...]
    slack: float = 0.0
    min_share: float = 0.3
    severity: float = 1.0
    not_for: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    shoot_from: ViewName = "side"
    view_sigma: tuple[tuple[ViewName, float], ...] = ()
    is_line: bool = False
    plausible: tuple[float, float] = (-inf, inf)
    good: str = ""
    same_as: str = ""
    speaks_for: str = ""


@dataclass(frozen=True, slots=True)
class Variation:
    """A valid way of doing the exercise; detected when all gates hold, or declared.

    With ``min_pause_s`` the median pause in the turnaround must last at least that long. A
    variation with neither gates nor a pause can only be declared.
    """

    id: str
    name: str
    gates: tuple[Gate, ...] = ()
    views: tuple[ViewName, ...] = ("front", "back", "side", "oblique")
    source: str = "heuristic"
    min_pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PhaseShare:
    """The moment at which a share of the concentric or eccentric excursion is done."""

    phase: Literal["eccentric", "concentric"]
    share: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """The first moment in a phase at which a signal rises through ``level``."""

    signal: Signal
    level: float
    phase: Literal["eccentric", "concentric"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A key moment of every rep; a still is drawn for it."""

    id: str
    name: str
    at: Literal["start", "turn", "end"] | PhaseShare | Crossing


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity reported for every rep and, by its median, for the set."""

    id: str
    name: str
    signal: Signal
    when: When
    pick: Pick
    unit: str
    sigma: float
    views: tuple[ViewName, ...] = ("front", "back", "side", "oblique")
    view_sigma: tuple[tuple[ViewName, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What is judged in an exercise, apart from how it is counted."""

    rules: tuple[Rule, ...] = ()
    variations: tuple[Variation, ...] = ()
    moments: tuple[Moment, ...] = ()
    metrics: tuple[Metric, ...] = ()
    #: signal id -> signal drawn as a curve in the report, in this order
    curves: tuple[tuple[str, str, Signal], ...] = ()
    #: what must never be claimed of this exercise from one camera
    never_claimed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExerciseSpec:
    """Everything Repsight knows of one exercise.

    ``movement`` says whether it is repeated (Cycle) or held (Hold).
    ``posture`` gates are hard: a cycle that fails one is another movement and is rejected with
    the gate's reason. ``signature`` gates are soft: their product says how well the exercise
    explains what was seen (recognition without a trained model).
    """

    id: str
    name: str
    movement: Cycle | Hold
    recommended_view: ViewName
    posture: tuple[Gate, ...] = ()
    signature: tuple[Gate, ...] = ()
    book: RuleBook = field(default_factory=RuleBook)
    bar: Literal["hands", "none"] = "none"

    @property
    def cycle(self) -> Cycle:
        """The cycle of an exercise with repetitions; BrokenSpec for a hold."""
        if isinstance(self.movement, Cycle):
            return self.movement
        raise BrokenSpec(f"{self.name} is held, not repeated.", wanted="An exercise with a Cycle.")

    @property
    def concentric(self) -> Literal["before", "after"]:
        """On which side of the turnaround the work is; a hold has none, which reads as after."""
        return self.movement.concentric if isinstance(self.movement, Cycle) else "after"
