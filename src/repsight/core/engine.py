"""The causal engine: poses in, events out, one frame at a time.

``SetEngine`` serves live coaching and recorded clips alike. It decides at once with what it has
seen so far; ``report`` takes the second look (``refine``) over everything that was pushed, so
the report of a live set is the report of its recorded skeleton.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan, nan

from repsight.core.assemble import report_set
from repsight.core.events import (
    CounterPaused,
    CounterResumed,
    CueGiven,
    Event,
    FaultSeen,
    QualityChanged,
    RepEnded,
    RepRejected,
    RepStarted,
    RepTurned,
    SetEnded,
    SetStarted,
)
from repsight.core.filters import OneEuro
from repsight.core.judge import judge_reps
from repsight.core.measure import Scene, observe
from repsight.core.phases import PhaseMachine, Transition
from repsight.core.refine import (
    ATTEMPT_SHARE,
    LOOK_SHARE,
    Candidate,
    broken_gate,
    own_range,
    rep_of,
)
from repsight.core.report import ExerciseSeen, RejectionReason, SetReport
from repsight.core.running import RunningScene
from repsight.core.spec import ExerciseSpec
from repsight.core.types import PoseFrame, PoseTrack

__all__ = ["SetEngine"]

#: The lifter counts as lost after this long without a driver value.
_LOST_S = 0.5
#: How far around a repetition its posture and form are looked at.
_MARGIN_S = 0.6


@dataclass(slots=True)
class SetEngine:
    """Counts, rejects and cues one set of ``spec`` while it is being done.

    Push frames in increasing time; a frame that goes back in time is ignored, and a frame
    without a person (NaN) is allowed at any moment. ``count`` is the running count.
    """

    spec: ExerciseSpec
    variation: str = ""
    count: int = 0
    _frames: list[PoseFrame] = field(default_factory=list[PoseFrame])
    _running: RunningScene = field(default_factory=RunningScene)
    _filter: OneEuro = field(default_factory=OneEuro)
    _phases: PhaseMachine = field(default_factory=PhaseMachine)
    _works: list[float] = field(default_factory=list[float])
    _is_decided: bool = True
    _has_counted: bool = False
    _is_paused: bool = False
    _is_visible: bool = False
    _seen_s: float = nan

    @property
    def lag_s(self) -> float:
        """Delay that the causal filter adds to a slow movement."""
        return self._filter.lag_s

    def push(self, frame: PoseFrame) -> list[Event]:
        """Take one more frame; events that became certain with it, in order."""
        if self._frames and frame.t_s <= self._frames[-1].t_s:
            return []
        events: list[Event] = [] if self._frames else [SetStarted(frame.t_s, self.spec.id)]
        self._frames.append(frame)
        raw = self._running.measure(self.spec.cycle.driver, frame)
        events += self._visible(frame.t_s, is_seen=not isnan(raw))
        if isnan(raw):
            return events
        value = self._filter.push(frame.t_s, raw)
        u = value if self.spec.cycle.turn == "high" else -value
        steps = self._phases.step(frame.t_s, u, least=self._least(), wanted=self._wanted())
        for step in steps:
            events += self._on(step, frame.t_s)
        return events

    def finish(self) -> list[Event]:
        """No more frames: what is still open is decided."""
        if not self._frames:
            return []
        t_s = self._frames[-1].t_s
        return [*self._decide(t_s), SetEnded(t_s, self.count)]

    def report(self, seen: ExerciseSeen | None = None) -> SetReport:
        """The second look over everything pushed; ``seen`` says how the exercise was found."""
        seen = seen or ExerciseSeen(self.spec.id, self.spec.name, 1.0, "given")
        return report_set(
            observe(self.track()),
            self.spec,
            seen,
            variation=self.variation,
            running_count=self.count,
        )

    def track(self) -> PoseTrack:
        """Everything pushed so far."""
        return PoseTrack.from_frames(self._frames)

    def _visible(self, t_s: float, *, is_seen: bool) -> list[Event]:
        if is_seen:
            self._seen_s = t_s
        is_visible = is_seen or (self._is_visible and t_s - self._seen_s <= _LOST_S)
        if is_visible == self._is_visible:
            return []
        self._is_visible = is_visible
        return [QualityChanged(t_s, is_visible)]

    def _range(self) -> float:
        """Own range so far; the first repetition has only the floor to go by."""
        known = own_range(self._works)
        return 0.0 if isnan(known) else known

    def _least(self) -> float:
        cycle = self.spec.cycle
        return max(LOOK_SHARE * cycle.floor, ATTEMPT_SHARE * self._range())

    def _wanted(self) -> float:
        cycle = self.spec.cycle
        return max(cycle.floor, cycle.partial_share * self._range())

    def _on(self, step: Transition, t_s: float) -> list[Event]:
        phases = self._phases
        match step:
            case "left":
                pending = self._decide(t_s)
                self._is_decided = False
                return [*pending, RepStarted(t_s, phases.low_s)]
            case "turned":
                way = phases.high - phases.low
                turned = RepTurned(t_s, phases.high_s, way / (self._range() or nan))
                # short of the full way it may still be a stop: that is decided on the way back
                is_done = self.spec.cycle.concentric == "before" and way >= self._wanted()
                return [turned, *(self._decide(t_s) if is_done else [])]
            case "resumed":  # racking the weight before the press is not the press
                self._is_decided = self._has_counted
                return []
            case "returned":
                events = self._decide(t_s)
                self._learn_range(t_s)
                return events

    def _learn_range(self, t_s: float) -> None:
        """The own range grows by excursions that counted, without what set-up added to one side."""
        if self._has_counted:
            self._works.append(self._candidate(t_s).size(self.spec.cycle.concentric))
        self._has_counted = False

    def _decide(self, t_s: float) -> list[Event]:
        """Count or refuse the excursion that is open, once."""
        if self._is_decided:
            return []
        self._is_decided = True
        candidate = self._candidate(t_s)
        if t_s - candidate.start_s < self.spec.cycle.min_s:
            return []
        work, wanted = candidate.work(self.spec.cycle.concentric), self._wanted()
        if work < wanted:
            return self._refuse(t_s, candidate, "partial_range", (work, wanted))
        scene = self._around(candidate)
        broken = broken_gate(candidate, scene, self.spec)
        if broken is not None:
            gate, value = broken
            wanted = gate.low if value < gate.low else gate.high
            return self._refuse(t_s, candidate, "wrong_posture", (value, wanted))
        return self._count(t_s, candidate, scene)

    def _candidate(self, t_s: float) -> Candidate:
        phases = self._phases
        return Candidate(
            start_s=phases.low_s,
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
        frames = [f for f in self._frames if f.t_s >= candidate.start_s - _MARGIN_S]
        return observe(PoseTrack.from_frames(frames))

    def _refuse(
        self, t_s: float, candidate: Candidate, reason: RejectionReason, fell: tuple[float, float]
    ) -> list[Event]:
        rejected = RepRejected(t_s, reason, candidate.start_s, candidate.turn_s, *fell)
        if self._is_paused or not self.count:
            return [rejected]
        self._is_paused = True
        return [rejected, CounterPaused(t_s, reason)]

    def _count(self, t_s: float, candidate: Candidate, scene: Scene) -> list[Event]:
        self.count += 1
        self._has_counted = True
        events: list[Event] = [CounterResumed(t_s)] if self._is_paused else []
        self._is_paused = False
        ended = RepEnded(t_s, self.count, candidate.start_s, candidate.turn_s, t_s)
        return [*events, ended, *self._coach(t_s, candidate, scene)]

    def _coach(self, t_s: float, candidate: Candidate, scene: Scene) -> list[Event]:
        """Faults of the repetition just counted and at most one cue, the most severe."""
        full = self._range() or candidate.work(self.spec.cycle.concentric)
        rep = rep_of(candidate, self.count, self.spec.cycle, full)
        judged = judge_reps(scene, self.spec, [rep], variation=self.variation)
        faults = [v for v in judged.verdicts if v.outcome in ("issue", "watch") and v.rep]
        faults.sort(key=lambda verdict: -verdict.severity)
        events: list[Event] = [FaultSeen(t_s, v.rule, self.count, v.value, v.t_s) for v in faults]
        return [*events, *(CueGiven(t_s, v.rule, v.cue) for v in faults[:1])]
