"""When things happen in a set: tempo, reps, rest, and the exact answer key of each rep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.faults import Fault
from repsight.athlete.truth import RepTruth
from repsight.core.types import FloatArray

__all__ = [
    "PARTIAL_BELOW_RATIO",
    "RATE_HZ",
    "Course",
    "PlannedRep",
    "Stage",
    "Tempo",
    "plan_course",
    "smooth_step",
]

#: Samples per second of every performance; cameras interpolate between them.
RATE_HZ: Final = 120.0

#: A rep that reaches less of the full range than this is a partial one.
PARTIAL_BELOW_RATIO: Final = 0.7

_EDGE: Final = 0.02
_BAND: Final = 0.05


class Stage(IntEnum):
    """Part of a rep; OUT leaves the rest position, BACK returns to it."""

    IDLE = 0
    OUT = 1
    HOLD = 2
    BACK = 3
    REST = 4


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of a fresh rep: leaving rest, holding the turn, returning, resting after it."""

    out_s: float = 1.2
    hold_s: float = 0.1
    back_s: float = 1.0
    rest_s: float = 0.7


@dataclass(frozen=True, slots=True)
class PlannedRep:
    """One rep on the time line; ``range_ratio`` is its share of the full range."""

    start_s: float
    out_s: float
    hold_s: float
    back_s: float
    rest_s: float
    range_ratio: float

    @property
    def edges_s(self) -> tuple[float, float, float, float, float]:
        """Start, start of the hold, end of the hold, end of the return, end of the rest."""
        steps = np.cumsum([self.start_s, self.out_s, self.hold_s, self.back_s, self.rest_s])
        start, hold, hold_end, end, rest_end = (float(step) for step in steps)
        return start, hold, hold_end, end, rest_end


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A set over time, N samples at RATE_HZ.

    ``drive`` (N,) goes from 0 (rest position) to ``range_ratio`` at the turn of a rep;
    ``ready`` (N,) from 0 (standing about) to 1 (in position for the set), which takes
    ``ready_s`` and lasts over ``ready_at_s``; ``rep`` (N,) is the
    index of the latest rep, -1 before the first; ``progress`` (N,) 0..1 within the stage.
    """

    t_s: FloatArray
    drive: FloatArray
    ready: FloatArray
    rep: NDArray[np.intp]
    stage: NDArray[np.intp]
    progress: FloatArray
    plan: tuple[PlannedRep, ...]
    ready_at_s: tuple[float, float]
    ready_s: float

    def __len__(self) -> int:
        """Count of samples."""
        return len(self.t_s)

    def severity(self, faults: Sequence[Fault], name: str) -> FloatArray:
        """How strongly fault ``name`` shows at each sample (N,), eased in and out over 0.4 s."""
        level = np.zeros(len(self))
        for fault in faults:
            if fault.name == name:
                shows = [fault.shows_in(i + 1) for i in range(len(self.plan))]
                level += fault.severity * np.array([*shows, False], float)[self.rep]
        window = np.sin(np.linspace(0.0, np.pi, int(0.4 * RATE_HZ))) ** 2
        return np.asarray(np.convolve(level, window / window.sum(), mode="same"), np.float64)

    def bump(self, stage: Stage, low: float = 0.0, high: float = 1.0) -> FloatArray:
        """Smooth hump (N,), 0 to 1 to 0, while ``stage`` goes from ``low`` to ``high``."""
        share = np.clip((self.progress - low) / (high - low), 0.0, 1.0)
        return np.where(self.stage == stage, np.sin(np.pi * share) ** 2, 0.0)

    def rep_truths(self) -> tuple[RepTruth, ...]:
        """The answer key read off the drive itself; faults and moments are added later."""
        return tuple(self._rep_truth(i) for i in range(len(self.plan)))

    def _rep_truth(self, index: int) -> RepTruth:
        rep = self.plan[index]
        inside = (self.rep == index) & (self.stage != Stage.REST)
        t_s, share = self.t_s[inside], self.drive[inside] / max(rep.range_ratio, 1e-9)
        moving, turned = t_s[share >= _EDGE], t_s[share >= 1.0 - _BAND]
        return RepTruth(
            number=index + 1,
            start_s=float(moving[0]),
            turn_start_s=float(turned[0]),
            turn_s=float((turned[0] + turned[-1]) / 2.0),
            turn_end_s=float(turned[-1]),
            end_s=float(moving[-1]),
            kind="full" if rep.range_ratio >= PARTIAL_BELOW_RATIO else "partial",
            range_ratio=rep.range_ratio,
        )


def smooth_step(share: FloatArray) -> FloatArray:
    """Minimum-jerk ease (N,) from 0 to 1 for ``share`` (N,) from 0 to 1; flat outside."""
    x = np.clip(share, 0.0, 1.0)
    return x**3 * (10.0 - 15.0 * x + 6.0 * x**2)


def plan_course(
    tempo: Tempo,
    range_ratio: Sequence[float],
    *,
    rng: np.random.Generator,
    fatigue_ratio: float = 0.0,
    lead_s: float = 1.0,
    ready_s: float = 1.2,
    settle_s: float = 0.8,
    tail_s: float = 1.0,
    work_is_out: bool = False,
    leaves: bool = True,
) -> Course:
    """Lay out one rep per entry of ``range_ratio``, in front of and behind it the set-up.

    The working part (BACK, or OUT if ``work_is_out``) takes ``1 + fatigue_ratio`` times as
    long in the last rep as in the first; every duration varies by about 5 %. Without
    ``leaves`` the film ends while the lifter is still in position.
    """
    clock = lead_s + ready_s + settle_s
    plan: list[PlannedRep] = []
    for i, ratio in enumerate(range_ratio):
        slow = 1.0 + fatigue_ratio * i / max(len(range_ratio) - 1, 1)
        out, hold, back, rest = np.exp(rng.normal(0.0, 0.05, 4))
        rep = PlannedRep(
            clock,
            tempo.out_s * out * (slow if work_is_out else 1.0),
            tempo.hold_s * hold,
            tempo.back_s * back * (1.0 if work_is_out else slow),
            tempo.rest_s * rest,
            float(ratio),
        )
        plan.append(rep)
        clock = rep.edges_s[-1]
    unready_s = clock + settle_s
    end_s = unready_s + (ready_s + tail_s if leaves else 0.0)
    t_s = np.arange(0.0, end_s, 1.0 / RATE_HZ)
    ready = smooth_step((t_s - lead_s) / ready_s) - smooth_step((t_s - unready_s) / ready_s)
    drive, rep_index, stage, progress = _channels(t_s, plan)
    return Course(
        t_s,
        drive,
        ready,
        rep_index,
        stage,
        progress,
        tuple(plan),
        (lead_s + ready_s, unready_s),
        ready_s,
    )


def _channels(
    t_s: FloatArray, plan: Sequence[PlannedRep]
) -> tuple[FloatArray, NDArray[np.intp], NDArray[np.intp], FloatArray]:
    drive, progress = np.zeros_like(t_s), np.zeros_like(t_s)
    rep_index = np.full(len(t_s), -1, dtype=np.intp)
    stage = np.zeros(len(t_s), dtype=np.intp)
    for i, rep in enumerate(plan):
        edges = rep.edges_s
        rep_index[t_s >= edges[0]] = i
        for part in (Stage.OUT, Stage.HOLD, Stage.BACK, Stage.REST):
            low, high = edges[part - 1], edges[part]
            now = (t_s >= low) & (t_s < high)
            stage[now] = part
            progress[now] = (t_s[now] - low) / max(high - low, 1e-9)
        rise = smooth_step((t_s - edges[0]) / rep.out_s)
        fall = smooth_step((t_s - edges[2]) / rep.back_s)
        drive += rep.range_ratio * (rise - fall)
    return drive, rep_index, stage, progress
