"""A lifter's own repetition beside the athlete's: same body, same camera, same phase."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite
from pathlib import Path
from typing import Final

import numpy as np

from repsight.app.review import REVIEWED_NAMES
from repsight.app.technique import LoopSide, Technique, has_loop, loop_of, technique_of
from repsight.athlete.body import Body
from repsight.athlete.performance import STYLES
from repsight.athlete.phase_loop import PhaseLoop
from repsight.core.body import Body as Measured
from repsight.core.measure import Scene, observe
from repsight.core.medians import known_median
from repsight.core.report import Held, Rep, SetReport, Verdict
from repsight.core.report_json import from_dict
from repsight.core.signals import LengthUnit
from repsight.core.skeleton import columns
from repsight.core.spec import ViewName
from repsight.core.types import FloatArray, PoseTrack
from repsight.errors import UnreadableSource, UserMistake
from repsight.landmarks_io import load_landmarks

__all__ = ["Aligned", "aligned", "aligned_in", "proportions"]

#: People differ by this share of a segment (two standard deviations); more is an error of the
#: landmarks, which are worse than people are different.
_MOST: Final = 0.09
_SEGMENTS: Final[tuple[LengthUnit, ...]] = ("shank", "thigh", "trunk", "upper_arm", "forearm")
#: Error of a segment's direction in the picture, degrees (one sigma); heuristic, measured on
#: rendered ground truth for the side view.
_ERROR_DEG: Final[dict[ViewName, float]] = {
    "side": 6.0, "front": 7.0, "back": 8.0, "oblique": 10.0, "unknown": 14.0,
}  # fmt: skip
#: Joints on which the body may rest or hang: the one that moves least holds both figures together.
_ANCHORS: Final = ("ankle", "wrist", "hip", "shoulder", "knee")
#: Landmarks seen less than this are guesses of the pose model.
_SEEN: Final = 0.3
#: What is looked at before and behind the repetition.
_AROUND_S: Final = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """One own repetition over the N samples of the athlete's loop.

    ``xy`` (N, 33, 2) are metres of the athlete's body to the right and up, seen from the own
    camera, placed so that both stand, lie or hang at the same place; NaN where unseen.
    ``yaw_deg`` walks the camera around the athlete as in ``athlete.camera``; ``t_s`` (N,) are
    the moments in the clip. A direction in the picture is known to ``error_deg``.
    """

    technique: Technique
    number: int
    xy: FloatArray
    t_s: FloatArray
    yaw_deg: float
    error_deg: float
    verdicts: tuple[Verdict, ...]


def aligned(seen: SetReport, track: PoseTrack, number: int) -> Aligned:
    """Repetition (or hold) ``number`` of a set beside the athlete's.

    UserMistake if there is none; UnknownName if there is no loop of the exercise.
    """
    own = _act(seen, number)
    early, late = own.start_s - _AROUND_S, own.end_s + _AROUND_S
    scene = observe(track.part((track.t_s >= early) & (track.t_s <= late)))
    found = tuple(
        v for v in seen.verdicts if v.rep in {0, number} and v.outcome in {"issue", "watch"}
    )
    yaw_deg = -seen.view_yaw_deg if isfinite(seen.view_yaw_deg) else 90.0
    if not has_loop(seen.exercise.id):
        technique_of(seen.exercise.id)  # says so
    take = _Take(seen.exercise.id, own, scene, yaw_deg, proportions(scene.body))
    technique = technique_of(
        take.exercise, variation=_variation(seen) or take.nearest(), body=take.body,
        side=_side(own), found={verdict.rule for verdict in found},
    )  # fmt: skip
    return Aligned(
        technique, number, take.placed(technique.loop), _own_times(technique.loop, own), yaw_deg,
        _ERROR_DEG[scene.view.name], found,
    )  # fmt: skip


def aligned_in(folder: Path, set_number: int, number: int) -> Aligned:
    """The same from a folder of results; objections are taken into account.

    UnreadableSource if the results are not there.
    """
    reviewed = folder / REVIEWED_NAMES[0]
    path = reviewed if reviewed.is_file() else folder / "report.json"
    if not path.is_file():
        raise UnreadableSource(
            "There is no report of this clip.",
            wanted="A clip that was analysed.",
            next_step="Wait for its report, or analyse it again.",
        )
    report = from_dict(json.loads(path.read_text(encoding="utf-8")))
    if not 1 <= set_number <= len(report.sets):
        raise UserMistake(
            f"This clip has no set {set_number}.",
            wanted=f"A number from 1 to {len(report.sets)}.",
            next_step="Choose another one.",
        )
    track = load_landmarks(folder / "landmarks.npz").track
    return aligned(report.sets[set_number - 1], track, number)


def proportions(measured: Measured) -> Body:
    """The athlete with the segments of a measured body; the usual ones where they are unknown.

    Landmarks tell proportions, not metres: the athlete keeps the usual height.
    """
    usual = Body()
    known = {name: measured.lengths.get(name, np.nan) for name in _SEGMENTS}
    if not all(isfinite(length) and length > 0 for length in known.values()):
        return usual
    share = {name: getattr(usual, name) for name in _SEGMENTS}
    fit = sum(share.values()) / sum(known.values())
    for name, length in known.items():
        change = length * fit / share[name] - 1.0
        share[name] *= 1.0 + float(np.clip(change, -_MOST, _MOST))
    tall = usual.shank + usual.thigh + usual.trunk
    stretch = tall / (share["shank"] + share["thigh"] + share["trunk"])
    # coarse steps, so that the repetitions of a set share one athlete
    return replace(usual, **{name: round(stretch * size, 3) for name, size in share.items()})


def _act(seen: SetReport, number: int) -> Rep | Held:
    acts: Sequence[Rep | Held] = seen.holds if seen.counts == "holds" else seen.reps
    found = next((one for one in acts if one.number == number), None)
    if found is None:
        raise UserMistake(
            f"This set has no repetition {number}.",
            wanted=f"A number from 1 to {len(acts)}.",
            next_step="Choose another one.",
        )
    return found


def _variation(seen: SetReport) -> str:
    """The variation that was declared or seen, if the athlete knows it."""
    style = STYLES.get(seen.exercise.id)
    names = [one.id for one in seen.variations if style and one.id in style.variations]
    return names[0] if names else ""


def _side(own: Rep | Held) -> LoopSide:
    return own.side if isinstance(own, Rep) else "both"


def _own_times(loop: PhaseLoop, own: Rep | Held) -> FloatArray:
    """The moments (N,) of the clip in which the own body is in the phase of each sample."""
    if isinstance(own, Held):
        return np.interp(loop.t_s, [0.0, loop.t_s[-1]], [own.start_s, own.end_s])
    edges = [0.0, *(phase.end_s for phase in loop.phases)]
    rest = loop.phases[0].end_s
    turn = [at if isfinite(at) else own.turn_s for at in (own.turn_start_s, own.turn_end_s)]
    times = [own.start_s - rest, own.start_s, *turn, own.end_s, own.end_s + rest]
    return np.interp(loop.t_s, edges, times)


@dataclass(frozen=True, slots=True, eq=False)
class _Take:
    """One own repetition before the loop it belongs to is known."""

    exercise: str
    own: Rep | Held
    scene: Scene
    yaw_deg: float
    body: Body

    def placed(self, loop: PhaseLoop) -> FloatArray:
        """(N, 33, 2) own landmarks in the athlete's metres, where the athlete is."""
        track, t_s = self.scene.track, _own_times(loop, self.own)
        flat = track.xy.reshape(len(track), -1)
        xy = np.stack([np.interp(t_s, track.t_s, column) for column in flat.T], axis=1)
        xy = xy.reshape(len(t_s), -1, 2) * [1.0, -1.0]
        seen = track.visibility[np.abs(track.t_s[None] - t_s[:, None]).argmin(axis=1)]
        long = known_median(self.scene.body.in_picture("leg") + self.scene.body.in_picture("trunk"))
        xy *= (loop.body.leg_m + loop.body.trunk_m) / long
        xy[seen < _SEEN] = np.nan
        model = _seen_from(loop.points, self.yaw_deg)
        anchor = min(_ANCHORS, key=lambda point: _travel(model[:, columns(point)]))
        gap = (model - xy)[:, columns(anchor)]
        return xy + np.array([known_median(gap[..., 0]), known_median(gap[..., 1])])

    def nearest(self) -> str:
        """The variation in which the athlete looks most like the lifter; stances apart."""
        names = [name for name in STYLES[self.exercise].variations if "/" not in name]
        return min(names, key=self._far) if len(names) > 1 else ""

    def _far(self, variation: str) -> float:
        loop = loop_of(
            self.exercise, variation=variation, body=self.body, side=_side(self.own), is_drawn=False
        )
        gap = np.linalg.norm(_seen_from(loop.points, self.yaw_deg) - self.placed(loop), axis=-1)
        far = known_median(gap[:, 11:])
        return far if isfinite(far) else inf


def _travel(points: FloatArray) -> float:
    return float(np.linalg.norm(np.ptp(points, axis=0), axis=-1).max())


def _seen_from(points: FloatArray, yaw_deg: float) -> FloatArray:
    """Floor-frame points (N, 33, 3) as (N, 33, 2) to the right and up, without perspective."""
    yaw = np.radians(yaw_deg)
    across = points[..., :2] @ np.array([-np.sin(yaw), np.cos(yaw)])
    return np.stack([across, points[..., 2]], axis=-1)
