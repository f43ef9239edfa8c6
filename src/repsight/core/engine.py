"""The causal engine: poses in, events out, one frame at a time.

``SetEngine`` serves live coaching and recorded clips alike. It decides at once with what it has
seen so far; ``report`` takes the second look (``refine``) over everything that was pushed, so
the report of a live set is the report of its recorded skeleton.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf, isnan, nan
from typing import Literal

from repsight.core.assemble import report_set
from repsight.core.events import (
    Abstained,
    CounterPaused,
    CounterResumed,
    CueGiven,
    Event,
    FaultSeen,
    HoldEnded,
    HoldStarted,
    HoldTime,
    QualityChanged,
    RepEnded,
    RepRejected,
    RepStarted,
    RepTurned,
    SetEnded,
    SetStarted,
)
from repsight.core.filters import believable
from repsight.core.follower import Decided, Follower
from repsight.core.hold_clock import HoldClock
from repsight.core.holds import Spell, as_rep
from repsight.core.judge import judge_form
from repsight.core.measure import Scene, measure, observe
from repsight.core.pairing import SIDES
from repsight.core.refine import rep_of
from repsight.core.report import ExerciseSeen, Rep, SetReport
from repsight.core.running import RunningScene
from repsight.core.sides import Limb, leading_side, same_turn, spec_for
from repsight.core.spec import ExerciseSpec, Hold
from repsight.core.types import PoseFrame, PoseTrack

__all__ = ["SetEngine"]

#: The lifter counts as lost after this long without a driver value.
_LOST_S = 0.5
#: What is older than the engine's memory stays at most this much longer.
_FORGET_EVERY_S = 5.0


@dataclass(slots=True)
class SetEngine:
    """Counts, rejects and cues one set of ``spec`` while it is being done.

    Push frames in increasing time; a frame that goes back in time is ignored, and a frame
    without a person (NaN) is allowed at any moment. ``count`` is the running count, ``held_s``
    the running time of an exercise that is held. Frames older than ``memory_s`` are forgotten
    where somebody else keeps them: ``report`` and ``track`` then know only the rest. With the
    lifter's ``height_m`` the report has speeds in m/s where view and frame rate allow. Without
    ``coaches`` there are no events about form: nobody is there to hear them. A repetition is judged
    with the frame after the one that counted it, so that a lifter never waits for both.
    """

    spec: ExerciseSpec
    variation: str = ""
    count: int = 0
    memory_s: float = inf
    height_m: float = nan
    coaches: bool = True
    _frames: list[PoseFrame] = field(default_factory=list[PoseFrame])
    _running: RunningScene = field(default_factory=RunningScene)
    _followers: list[Follower] = field(init=False)
    _clock: HoldClock | None = field(init=False)
    _last: dict[Limb, Decided] = field(default_factory=dict[Limb, Decided])
    _joined: dict[Limb, float] = field(default_factory=dict[Limb, float])
    _is_paused: bool = False
    _is_visible: bool = False
    _seen_s: float = nan
    _abstained: set[str] = field(default_factory=set[str])
    _unjudged: list[tuple[float, Rep, Scene]] = field(
        default_factory=list[tuple[float, Rep, Scene]]
    )

    def __post_init__(self) -> None:
        """Set up what follows the movement: one driver, one for each side, or a clock."""
        movement = self.spec.movement
        self._followers, self._clock = [], None
        if isinstance(movement, Hold):
            self._clock = HoldClock(movement)
        elif movement.sides == "each":
            self._followers = [Follower(spec_for(self.spec, s), s, self._frames) for s in SIDES]
        else:
            self._followers = [Follower(self.spec, "both", self._frames)]

    @property
    def exercise(self) -> str:
        """Id of the exercise."""
        return self.spec.id

    @property
    def lag_s(self) -> float:
        """Delay that the causal filter adds to a slow movement."""
        return self._followers[0].filter.lag_s if self._followers else 0.0

    @property
    def held_s(self) -> float:
        """Time in position so far; 0 for an exercise that is repeated."""
        return self._clock.held_s if self._clock else 0.0

    @property
    def phase(self) -> Literal["rest", "out", "back", "held"]:
        """What the lifter does just now; of two sides, the one that is further out."""
        if self._clock:
            return "held" if self._clock.is_running else "rest"
        return self._foremost().phase

    @property
    def depth_ratio(self) -> float:
        """How far out, as a share of a full repetition; NaN where nothing is repeated or seen."""
        return self._foremost().depth_ratio if self._followers else nan

    def push(self, frame: PoseFrame) -> list[Event]:
        """Take one more frame; events that became certain with it, in order."""
        if self._frames and frame.t_s <= self._frames[-1].t_s:
            return []
        events = self._judged() if self._frames else [SetStarted(frame.t_s, self.spec.id)]
        xy = believable(frame.xy)
        if xy is not frame.xy:
            frame = replace(frame, xy=xy)
        self._frames.append(frame)
        self._forget(frame.t_s - self.memory_s)
        scene = self._running.observe(frame)
        if self._clock:
            events += self._visible(frame.t_s, is_seen=scene is not None)
            return [*events, *self._timed(self._clock.push(frame.t_s, scene))]
        values = [nan if scene is None else _driver(one, scene) for one in self._followers]
        events += self._visible(frame.t_s, is_seen=not all(map(isnan, values)))
        for follower, value in zip(self._followers, values, strict=True):
            events += self._settled(follower.push(frame.t_s, value))
        self._share_range()
        return events

    def finish(self) -> list[Event]:
        """No more frames: what is still open is decided."""
        if not self._frames:
            return []
        t_s = self._frames[-1].t_s
        events = self._judged()
        events += self._timed(self._clock.finish()) if self._clock else []
        for follower in self._followers:
            events += self._settled(follower.decide(t_s)) + self._judged()
        return [*events, SetEnded(t_s, self.count)]

    def report(self, seen: ExerciseSeen | None = None) -> SetReport:
        """The second look over everything pushed; ``seen`` says how the exercise was found."""
        seen = seen or ExerciseSeen(self.spec.id, self.spec.name, 1.0, "given")
        return report_set(
            observe(self.track()),
            self.spec,
            seen,
            variation=self.variation,
            height_m=self.height_m,
            running_count=self.count,
            running_held_s=self.held_s,
        )

    def track(self) -> PoseTrack:
        """Everything pushed so far."""
        return PoseTrack.from_frames(self._frames)

    def _forget(self, before_s: float) -> None:
        """In one go every few seconds, so that it costs nothing."""
        if self._frames[0].t_s < before_s - _FORGET_EVERY_S:
            del self._frames[: bisect_left(self._frames, before_s, key=lambda one: one.t_s)]

    def _foremost(self) -> Follower:
        if len(self._followers) == 1:
            return self._followers[0]
        return max(
            self._followers, key=lambda one: -1.0 if isnan(one.depth_ratio) else one.depth_ratio
        )

    def _visible(self, t_s: float, *, is_seen: bool) -> list[Event]:
        if is_seen:
            self._seen_s = t_s
        is_visible = is_seen or (self._is_visible and t_s - self._seen_s <= _LOST_S)
        if is_visible == self._is_visible:
            return []
        self._is_visible = is_visible
        return [QualityChanged(t_s, is_visible)]

    def _share_range(self) -> None:
        """Both sides are held against the range that the better one has shown."""
        best = max(follower.own_range() for follower in self._followers)
        for follower in self._followers:
            follower.range_elsewhere = best

    def _settled(self, news: Sequence[RepStarted | RepTurned | Decided]) -> list[Event]:
        """Events of one follower; what it decided is put together with the other side."""
        events: list[Event] = []
        for one in news:
            events += self._on_decided(one) if isinstance(one, Decided) else [one]
        return events

    def _on_decided(self, decided: Decided) -> list[Event]:
        if decided.side == "both":
            return self._refuse(decided) if decided.reason else self._count(decided, "both")
        if decided.candidate.start_s < self._joined.pop(decided.side, -inf):
            self._last.clear()
            return []  # it was counted when the other side turned
        return self._on_limb(decided)

    def _on_limb(self, decided: Decided) -> list[Event]:
        other = self._last.get("right" if decided.side == "left" else "left")
        is_joint = other is not None and _together(decided, other)
        if decided.reason:
            return self._refuse(decided) if decided.is_seen and not is_joint else []
        self._last[decided.side] = decided
        if other is not None and is_joint:
            del self._last[other.side], self._last[decided.side]
            # the other one has counted already unless it could not be seen
            is_new = decided.is_seen and not other.is_seen
            return self._count(decided, "both") if is_new else []
        if not decided.is_seen:
            return []
        partner = next(one for one in self._followers if one.side != decided.side)
        if not partner.is_with(decided.candidate):
            return self._count(decided, decided.side)
        self._joined[partner.side] = decided.t_s
        return self._count(decided, "both")

    def _refuse(self, decided: Decided) -> list[Event]:
        t_s, candidate, reason = decided.t_s, decided.candidate, decided.reason
        if reason is None:
            return []
        rejected = RepRejected(
            t_s, reason, candidate.start_s, candidate.turn_s, decided.value, decided.wanted,
            decided.side,
        )  # fmt: skip
        if self._is_paused or not self.count:
            return [rejected]
        self._is_paused = True
        return [rejected, CounterPaused(t_s, reason)]

    def _count(self, decided: Decided, side: Limb) -> list[Event]:
        t_s, candidate = decided.t_s, decided.candidate
        self.count += 1
        events: list[Event] = [CounterResumed(t_s)] if self._is_paused else []
        self._is_paused = False
        if side == "both" and self.spec.cycle.side_of is not None:
            side = leading_side(candidate, decided.scene, self.spec.cycle)
        ended = RepEnded(t_s, self.count, candidate.start_s, candidate.turn_s, t_s, side)
        full = self._followers[0].own_range() or candidate.work(self.spec.cycle.concentric)
        rep = replace(rep_of(candidate, self.count, self.spec.cycle, full), side=side)
        if self.coaches:
            self._unjudged.append((t_s, rep, decided.scene))
        return [*events, ended]

    def _judged(self) -> list[Event]:
        """What there is to say of the form of what was counted last."""
        waiting, self._unjudged = self._unjudged, []
        return [event for one in waiting for event in self._coach(*one)]

    def _timed(self, news: Sequence[HoldStarted | HoldTime | HoldEnded]) -> list[Event]:
        """Events of the clock; a hold that ended is looked at."""
        events: list[Event] = []
        for one in news:
            events.append(one)
            if isinstance(one, HoldEnded) and self.coaches:
                scene = observe(self.track())
                rep = as_rep(Spell(one.start_s, one.end_s), one.number, scene)
                events += self._coach(one.t_s, rep, scene)
        return events

    def _coach(self, t_s: float, rep: Rep, scene: Scene) -> list[Event]:
        """Faults of the repetition just counted and at most one cue, the most severe.

        What cannot be judged is said the first time.
        """
        verdicts, not_judged = judge_form(scene, self.spec, rep, variation=self.variation)
        unjudged = [one for one in not_judged if one.rule not in self._abstained]
        self._abstained.update(one.rule for one in unjudged)
        faults = [v for v in verdicts if v.outcome in ("issue", "watch") and v.rep]
        faults.sort(key=lambda verdict: -verdict.severity)
        events: list[Event] = [FaultSeen(t_s, v.rule, rep.number, v.value, v.t_s) for v in faults]
        return [
            *events,
            *(CueGiven(t_s, v.rule, v.cue) for v in faults[:1]),
            *(Abstained(t_s, one.rule, one.reason) for one in unjudged),
        ]


def _driver(follower: Follower, scene: Scene) -> float:
    return float(measure(follower.spec.cycle.driver, scene)[0])


def _together(first: Decided, second: Decided) -> bool:
    """Whether excursions of both sides turned together, each somewhere before it was decided."""
    spans = [replace(one.candidate, turn_end_s=one.t_s) for one in (first, second)]
    return same_turn(*spans)
