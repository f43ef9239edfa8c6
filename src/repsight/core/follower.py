"""One driver followed as it moves: what set out, what turned, and what has been decided."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from math import isnan, nan
from typing import Literal

from repsight.core.causal import JumpGuard, OneEuro
from repsight.core.events import RepStarted, RepTurned
from repsight.core.excursions import Candidate
from repsight.core.measure import Scene, observe
from repsight.core.pairing import SEEN_ALONE, seen_by
from repsight.core.phases import PhaseMachine, Transition
from repsight.core.posture import broken_gate
from repsight.core.refine import ATTEMPT_SHARE, LOOK_SHARE, own_range
from repsight.core.report import RejectionReason
from repsight.core.sides import Limb
from repsight.core.skeleton import UNMEASURED
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseFrame, PoseTrack

__all__ = ["Decided", "Follower"]

#: How far around a repetition its posture and form are looked at.
_MARGIN_S = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """An excursion that counts, or was refused for ``reason``: ``value`` fell short of ``wanted``.

    ``is_seen`` is False where it was done by a limb that could hardly be seen.
    """

    candidate: Candidate
    side: Limb
    scene: Scene
    reason: RejectionReason | None = None
    value: float = nan
    wanted: float = nan
    is_seen: bool = True

    @property
    def t_s(self) -> float:
        """When it was decided."""
        return self.candidate.end_s


@dataclass(slots=True)
class Follower:
    """Follows the driver of ``spec``, which may be that of one side, without looking ahead.

    ``frames`` is everything pushed so far, shared with the engine; ``range_elsewhere`` the own
    range that the other side has shown.
    """

    spec: ExerciseSpec
    side: Limb
    frames: list[PoseFrame]
    range_elsewhere: float = 0.0
    filter: OneEuro = field(default_factory=OneEuro)
    _jumps: JumpGuard = field(default_factory=JumpGuard)
    _phases: PhaseMachine = field(default_factory=PhaseMachine)
    _works: list[float] = field(default_factory=list[float])
    _range: float = 0.0
    _is_decided: bool = True
    _has_counted: bool = False
    _newest: float = nan

    @property
    def phase(self) -> Literal["rest", "out", "back"]:
        """Where the movement is: at rest, on the way out, or on the way back."""
        phase = self._phases.phase
        return phase if phase in ("out", "back") else "rest"

    @property
    def has_moved(self) -> bool:
        """Whether the driver was seen at all."""
        return not isnan(self._newest)

    @property
    def depth_ratio(self) -> float:
        """How far from rest, as a share of the own range; NaN before anything was seen.

        Before the first repetition it is a share of the range known from a calibration, else of
        the smallest one that could count.
        """
        full = self.own_range() or self.spec.cycle.own_range or self.spec.cycle.floor
        share = (self._newest - self._phases.low) / full if full else nan
        return nan if isnan(share) else max(0.0, share)

    def push(self, t_s: float, raw: float) -> list[RepStarted | RepTurned | Decided]:
        """Take one value of the driver in its own sign; NaN is left out."""
        if isnan(raw):
            return []
        value = self.filter.push(t_s, self._jumps.push(t_s, raw, usual=self._usual()))
        u = value if self.spec.cycle.turn == "high" else -value
        self._newest = u
        steps = self._phases.step(t_s, u, least=self._least(), wanted=self._wanted())
        return [one for step in steps for one in self._on(step, t_s)]

    def own_range(self) -> float:
        """Own range so far, on either side; 0 before the first repetition."""
        return max(self._range, self.range_elsewhere)

    def is_with(self, other: Candidate) -> bool:
        """Whether an excursion is under way that set out with ``other`` and is nearly as high."""
        if self._is_decided:
            return False
        way = self._phases.high - self._phases.low
        nearly = way >= self.spec.cycle.partial_share * other.before
        return nearly and self._phases.low_s < other.turn_s

    def decide(self, t_s: float) -> list[Decided]:
        """Count or refuse the excursion that is open, once."""
        if self._is_decided:
            return []
        self._is_decided = True
        candidate = self._candidate(t_s)
        if t_s - candidate.start_s < self.spec.cycle.min_s:
            return []
        decided = self._decided(candidate)
        self._has_counted = decided.reason is None
        return [decided]

    def _decided(self, candidate: Candidate) -> Decided:
        scene = self._around(candidate)
        is_seen = self.side == "both" or (
            seen_by(scene, self.spec.cycle.driver, self.side)(candidate) >= SEEN_ALONE
        )
        work, wanted = candidate.work(self.spec.cycle.concentric), self._wanted()
        if work < wanted:
            reason: RejectionReason = "partial_range"
            return Decided(candidate, self.side, scene, reason, work, wanted, is_seen)
        broken = broken_gate(candidate, scene, self.spec)
        if broken is None:
            return Decided(candidate, self.side, scene, is_seen=is_seen)
        gate, value = broken
        wanted = gate.low if value < gate.low else gate.high
        return Decided(candidate, self.side, scene, "wrong_posture", value, wanted, is_seen)

    def _usual(self) -> float:
        return max(self.spec.cycle.floor, self.own_range())

    def _least(self) -> float:
        cycle = self.spec.cycle
        return max(LOOK_SHARE * cycle.floor, ATTEMPT_SHARE * self.own_range())

    def _wanted(self) -> float:
        cycle = self.spec.cycle
        return max(cycle.floor, cycle.partial_share * max(self.own_range(), cycle.own_range))

    def _on(self, step: Transition, t_s: float) -> list[RepStarted | RepTurned | Decided]:
        phases = self._phases
        match step:
            case "left":
                pending = self.decide(t_s)
                self._is_decided = False
                return [*pending, RepStarted(t_s, phases.low_s, self.side)]
            case "turned":
                way = phases.high - phases.low
                share = way / (self.own_range() or nan)
                turned = RepTurned(t_s, phases.high_s, share, self.side)
                # short of the full way it may still be a stop: that is decided on the way back
                is_done = self.spec.cycle.concentric == "before" and way >= self._wanted()
                return [turned, *(self.decide(t_s) if is_done else [])]
            case "resumed":  # racking the weight before the press is not the press
                self._is_decided = self._has_counted
                return []
            case "returned":
                decided = self.decide(t_s)
                self._learn_range(t_s)
                return [*decided]

    def _learn_range(self, t_s: float) -> None:
        """The own range grows by excursions that counted, without what set-up added to one side."""
        if self._has_counted:
            self._works.append(self._candidate(t_s).size(self.spec.cycle.concentric))
            self._range = own_range(self._works)
        self._has_counted = False

    def _candidate(self, t_s: float) -> Candidate:
        phases = self._phases
        return Candidate(
            start_s=phases.set_out_s,
            turn_start_s=phases.high_s,
            turn_s=phases.high_s,
            turn_end_s=phases.high_s,
            end_s=t_s,
            before=phases.high - phases.low,
            after=phases.high - phases.back if phases.phase != "out" else 0.0,
            start_seen=True,
            end_seen=True,
        )

    def _around(self, candidate: Candidate) -> Scene:
        from_s = candidate.start_s - _MARGIN_S
        first = bisect_left(self.frames, from_s, key=lambda frame: frame.t_s)
        track = PoseTrack.from_frames(self.frames[first:])
        for points in (track.xy, track.world):  # a lifter waits for this: no time for mouth or eyes
            if points is not None:
                points[:, UNMEASURED] = nan
        return observe(track)
