"""Ask the digital athlete for a set; get the motion, the answer key and any camera's view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.camera import Camera, framed, project
from repsight.athlete.course import Course, Tempo, plan_course
from repsight.athlete.faults import Fault
from repsight.athlete.landmarks import landmark_points
from repsight.athlete.limbs import Limbs
from repsight.athlete.motion import (
    bridge,
    deadlift,
    hinge,
    lunge,
    negatives,
    plank,
    push_up,
    row,
    shoulder_press,
    squat,
    upper_body,
    whole_body,
)
from repsight.athlete.motion.order import Order, Style, draw_traits
from repsight.athlete.motion.walk import WALK_S, walked_in
from repsight.athlete.pose_error import ErrorModel, frame_times, with_errors
from repsight.athlete.truth import JointAngles, Moment, RepTruth, SetTruth, joint_angles
from repsight.core.types import FloatArray, PoseTrack
from repsight.errors import UnknownName

__all__ = ["STYLES", "Performance", "perform"]

#: Every movement the athlete knows, by name; those from ``still`` on have no reps.
STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "squat": squat.STYLE,
        "deadlift": deadlift.STYLE,
        "push_up": push_up.STYLE,
        "shoulder_press": shoulder_press.STYLE,
        **upper_body.STYLES,
        **whole_body.STYLES,
        "lunge": lunge.STYLE,
        "glute_bridge": bridge.STYLE,
        "bent_over_row": row.STYLE,
        "romanian_deadlift": hinge.ROMANIAN_DEADLIFT,
        "good_morning": hinge.GOOD_MORNING,
        "still": negatives.STILL,
        "standing": negatives.STANDING,
        "talking": negatives.TALKING,
        "walking": negatives.WALKING,
        "plank": plank.STYLE,
        "racking": negatives.RACKING,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """One person's set: motion at 120 samples a second, the load, and the truth.

    ``points`` (N, 33, 3) are the landmarks in the floor frame (x forward, y left, z up, m);
    ``load`` (N, 3) is the centre of the bar or weight, or None.
    """

    body: Body
    t_s: FloatArray
    limbs: Limbs
    points: FloatArray
    load: FloatArray | None
    course: Course
    truth: SetTruth

    def points_at(self, t_s: FloatArray) -> FloatArray:
        """Landmarks (M, 33, 3) in the floor frame at times (M,)."""
        return _resample(self.points, self.t_s, t_s)

    def load_at(self, t_s: FloatArray) -> FloatArray:
        """Centre of the load (M, 3) at times (M,); NaN without a load."""
        if self.load is None:
            return np.full((len(t_s), 3), np.nan)
        return _resample(self.load, self.t_s, t_s)

    def angles_at(self, t_s: FloatArray) -> JointAngles:
        """True joint angles at times (M,)."""
        return joint_angles(self.points_at(np.atleast_1d(np.asarray(t_s, float))))

    def camera(
        self, *, yaw_deg: float = 90.0, height_m: float = 1.0, aspect_ratio: float | None = None
    ) -> Camera:
        """A camera that sees the whole set; upright unless the lifter lies down."""
        points = self.points
        if self.truth.reps:
            early, late = self.truth.start_s - 1.0, self.truth.end_s + 1.0
            points = points[(self.t_s > early) & (self.t_s < late)]
        else:  # who walks in and out is in full view in between
            third = len(points) // 3
            points = points[third : 2 * third]
        lying = bool(np.ptp(points[..., 0]) > np.ptp(points[..., 2]))
        wide = lying if aspect_ratio is None else aspect_ratio > 1.0
        ratio = (16.0 / 9.0 if wide else 0.75) if aspect_ratio is None else aspect_ratio
        return framed(
            points, yaw_deg=yaw_deg, height_m=0.4 if lying and height_m == 1.0 else height_m,
            aspect_ratio=ratio, focal=1.6 if wide else 1.2,
        )  # fmt: skip

    def track(
        self,
        camera: Camera | None = None,
        *,
        fps: float = 30.0,
        noise: ErrorModel | float = 1.0,
        seed: int = 0,
        time_jitter_s: float = 0.0,
    ) -> PoseTrack:
        """What a pose model would report through ``camera``, by default one from the left side.

        ``noise`` 0 gives exact landmarks, 1 those of a good phone clip, 2 of a poor one.
        ``time_jitter_s`` makes the frame rate variable. The same arguments give the same track.
        """
        model = noise if isinstance(noise, ErrorModel) else ErrorModel.graded(noise)
        camera = self.camera() if camera is None else camera
        t_s = frame_times(float(self.t_s[-1]), fps, jitter_s=time_jitter_s, seed=seed)
        view = project(self.points_at(t_s), camera)
        return with_errors(view, t_s, model=model, seed=seed)


def _resample(values: FloatArray, t_s: FloatArray, wanted_s: FloatArray) -> FloatArray:
    """Linear interpolation along the first axis; the ends are held."""
    place = np.interp(wanted_s, t_s, np.arange(len(t_s), dtype=float))
    low = np.minimum(place.astype(np.intp), len(t_s) - 2)
    share = (place - low).reshape(-1, *([1] * (values.ndim - 1)))
    return values[low] * (1.0 - share) + values[low + 1] * share


def _checked(exercise: str, variation: str | None, faults: Sequence[Fault]) -> tuple[Style, str]:
    """The exercise's style and the variation to do; UnknownName for what it does not have."""
    style = _known(exercise, "exercise", STYLES)
    chosen = style.variations[0] if variation is None else variation
    _check(chosen, f"{exercise} variation", style.variations)
    for fault in faults:
        _check(fault.name, f"{exercise} fault", style.faults)
    return style, chosen


def perform(
    exercise: str,
    *,
    reps: int = 5,
    variation: str | None = None,
    body: Body | None = None,
    seed: int = 0,
    range_ratio: float | Sequence[float] = 1.0,
    tempo: Tempo | None = None,
    fatigue_ratio: float = 0.15,
    faults: Sequence[Fault] = (),
    lead_s: float = 1.0,
    tail_s: float = 1.0,
    walk_in: bool = False,
    stands_up: bool = False,
    hold_s: float = 12.0,
    traits: Mapping[str, float] | None = None,
) -> Performance:
    """Do a set of ``exercise``; the same arguments give the same set.

    ``range_ratio`` is the share of the full range, for all reps or rep by rep (cycled), so
    0.5 is a half rep. ``body`` defaults to ``Body.varied(seed)``. Raises UnknownName for an
    exercise, variation or fault that does not exist. ``walk_in`` lets the lifter walk up
    before a standing set and back off after it. After a deadlift the film ends at the bar
    unless the lifter ``stands_up`` or walks off: rising without the bar looks like one more
    pull to any pose model. Movements without reps (``standing``,
    ``plank``, ...) last about ``hold_s``. ``traits`` are personal habits, drawn by seed unless
    given; an empty mapping is the average person.
    """
    style, chosen = _checked(exercise, variation, faults)
    rng = np.random.default_rng([seed, 0xA7])
    ratios = [range_ratio] if isinstance(range_ratio, int | float) else list(range_ratio)
    # A lockout is where the bones end; only a depth that one chooses varies from rep to rep.
    count = reps if style.has_reps else 0
    wobble = 1.0 + rng.normal(0.0, 0.0 if style.work_is_out else 0.012, count)
    walks = walk_in and style.walks_in
    course = plan_course(
        style.tempo_for(chosen) if tempo is None else tempo,
        [float(np.clip(ratios[i % len(ratios)] * wobble[i], 0.0, 1.03)) for i in range(count)],
        rng=rng, fatigue_ratio=fatigue_ratio, ready_s=style.ready_s,
        lead_s=max(lead_s, WALK_S) if walks else lead_s,
        tail_s=max(tail_s, WALK_S) if walks else tail_s,
        settle_s=0.8 if style.has_reps else hold_s / 2.0, work_is_out=style.work_is_out,
        leaves=walks or stands_up or not style.ends_in_position,
    )  # fmt: skip
    person = Body.varied(seed) if body is None else body
    habits = draw_traits(rng) if traits is None else traits
    motion = style.move(Order(person, chosen, course, tuple(faults), habits))
    limbs = walked_in(person, motion.limbs, course) if walks else motion.limbs
    points = landmark_points(person, limbs)
    truth = SetTruth(
        exercise,
        chosen,
        _rep_truths(course, style, faults, motion.moments),
        tuple(faults),
        float(course.t_s[-1]),
    )
    return Performance(person, course.t_s, limbs, points, motion.load, course, truth)


def _rep_truths(
    course: Course, style: Style, faults: Sequence[Fault], moments: Sequence[Moment]
) -> tuple[RepTruth, ...]:
    out: list[RepTruth] = []
    for rep in course.rep_truths():
        shown = tuple(f.name for f in faults if f.shows_in(rep.number) and f.severity > 0)
        cheated = rep.kind == "full" and any(name in style.cheats for name in shown)
        inside = tuple(m for m in moments if rep.start_s - 0.5 <= m.t_s <= rep.end_s)
        kind = "cheated" if cheated else rep.kind
        out.append(replace(rep, faults=shown, kind=kind, moments=inside))
    return tuple(out)


def _known(name: str, what: str, among: Mapping[str, Style]) -> Style:
    _check(name, what, tuple(among))
    return among[name]


def _check(name: str, what: str, among: Sequence[str]) -> None:
    if name not in among:
        raise UnknownName(
            f"The digital athlete has no {what} called {name!r}.",
            wanted=f"It knows: {', '.join(among) or 'none'}.",
            next_step="Choose one of them.",
        )
