"""Lunges and split squats: one foot in front of the other, and the hips sink between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.body import Body
from repsight.athlete.course import Course, Stage, Tempo, smooth_step
from repsight.athlete.limbs import Limbs, blend, build, paired, unit
from repsight.athlete.motion.idle import hanging_wrists, leg_stack_m, standing, sway
from repsight.athlete.motion.order import Motion, Order, Style
from repsight.core.types import FloatArray

__all__ = ["STYLE"]

#: Feet that stay where they are from the first repetition to the last.
_PLANTED = ("split", "bulgarian")
_BENCH_M = 0.24  # of standing height
_STEP_BY = 0.65  # share of the range by which the step is done


@dataclass(frozen=True, slots=True, eq=False)
class _Feet:
    """Where the feet go, in metres along x; all (N,).

    ``pelvis`` is what the hips are over; ``lead`` and ``trail`` the flat feet, ``lead_lift`` and
    ``trail_lift`` how far they swing above the floor, ``tip_rad`` how far the rear heel is up.
    """

    lead: FloatArray
    trail: FloatArray
    pelvis: FloatArray
    lead_lift: FloatArray
    trail_lift: FloatArray
    tip_rad: FloatArray


def _leading(order: Order) -> NDArray[np.intp]:
    """Index (N,) of the leg in front: the legs take turns, or it is always the same."""
    if order.variation in _PLANTED:
        is_right = order.trait("stance", 0.0, 1.0) > 0.5
        return np.full(len(order.course), int(is_right), dtype=np.intp)
    return np.where(order.course.rep % 2 == 0, 0, 1).astype(np.intp)


def _sink(order: Order) -> FloatArray:
    """Share (N,) of the full depth: it begins before the step is over."""
    drive = np.clip(order.course.drive, 0.0, None)
    early = 0.0 if order.variation in _PLANTED else 0.25
    full = smooth_step((drive - early) / (1.0 - early))
    if order.variation in _PLANTED:
        full = drive
    full = full * (1.0 - 0.65 * order.severity("short"))
    bent = 0.28 * order.severity("soft_top") * order.course.ready
    return full + bent * (1.0 - full)


def _stepping(order: Order, length_m: float) -> _Feet:
    """Feet that step: forward and back, back and forth, or on and on."""
    course, none = order.course, 0.0 * order.course.t_s
    step = smooth_step(np.clip(course.drive, 0.0, 1.0) / _STEP_BY)
    swing = 0.09 * np.sin(np.pi * step)
    apart, tip = length_m * step, np.radians(62.0) * smooth_step(np.clip(course.drive, 0.0, 1.0))
    if order.variation == "reverse":
        return _Feet(none, -apart, -0.5 * apart, none, swing, tip)
    if order.variation == "forward":
        return _Feet(apart, none, 0.5 * apart, swing, none, tip)
    before, here = _paces(course, length_m)
    comes_after = (course.rep >= 0) & (course.stage != Stage.OUT) & (course.stage != Stage.HOLD)
    lead = np.where(comes_after, here, before + apart)
    trail = np.where(comes_after, here - apart, before)
    return _Feet(
        lead, trail, (lead + trail) / 2.0, np.where(comes_after, 0.0, swing),
        np.where(comes_after, swing, 0.0), tip,
    )  # fmt: skip


def _paces(course: Course, length_m: float) -> tuple[FloatArray, FloatArray]:
    """Where the walker stood before the latest step and where it ends (N,)."""
    reached = np.array([rep.range_ratio for rep in course.plan])
    steps = length_m * smooth_step(np.clip(reached, 0.0, 1.0) / _STEP_BY)
    ends = np.concatenate([[0.0], np.cumsum(steps)])
    return ends[np.maximum(course.rep, 0)], ends[course.rep + 1]


def _planted(order: Order, length_m: float, sink: FloatArray) -> _Feet:
    """One foot in front of the other, the rear one on its toes or on a bench."""
    none = 0.0 * order.course.t_s
    if order.variation == "bulgarian":
        height = none + _BENCH_M * order.body.height_m
        lead, trail = 0.34 * length_m, -0.66 * length_m
        over = lead - (0.28 + 0.06 * sink) * length_m
        return _Feet(none + lead, none + trail, over, none, height, none + np.radians(165.0))
    tip = np.radians(25.0 + 37.0 * np.clip(sink, 0.0, 1.0))
    return _Feet(none + 0.5 * length_m, none - 0.5 * length_m, none, none, none, tip)


def _rolled(body: Body, tip: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far forward and up (N,) the ankle comes as the foot tips over its toes."""
    ahead, sole = 0.68 * body.foot_m, 0.8 * body.ankle_height_m
    x = ahead - (ahead * np.cos(tip) - sole * np.sin(tip))
    return x, ahead * np.sin(tip) + sole * (np.cos(tip) - 1.0)


def _legs(order: Order, feet: _Feet) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Ankles, ``foot`` and ``foot_up`` (N, 2, 3)."""
    body, none = order.body, 0.0 * order.course.t_s
    tip = np.radians(32.0) * order.severity("heel_rise") * np.clip(order.course.drive, 0, 1) ** 2
    on, up = _rolled(body, tip)
    lead = np.stack([feet.lead + on, none, feet.lead_lift + up], axis=-1)
    trail = np.stack([feet.trail, none, feet.trail_lift], axis=-1)
    if order.variation != "bulgarian":
        on, up = _rolled(body, feet.tip_rad)
        trail += np.stack([on, none, up], axis=-1)
    is_lead = _leading(order)[:, None] == np.arange(2)
    half = 0.5 * body.hip_width * body.height_m * order.trait("toe_out", 1.0, 1.6)
    ankle = np.where(is_lead[..., None], lead[:, None], trail[:, None])
    ankle = ankle + paired(none, half, body.ankle_height_m)
    pitch = np.where(is_lead, tip[:, None], feet.tip_rad[:, None])
    level = np.zeros_like(pitch)
    foot = np.stack([np.cos(pitch), level, -np.sin(pitch)], axis=-1)
    return ankle, foot, np.stack([np.sin(pitch), level, np.cos(pitch)], axis=-1)


def _trunk(order: Order, sink: FloatArray) -> FloatArray:
    """Direction (N, 3) of the trunk: it leans a little, drops, or tips to the side."""
    lean = np.radians(2.0 + order.trait("lean", 2.0, 20.0) * sink)
    # who steps stays low for a while before the hips come up
    late = (0.02, 0.75) if order.variation in _PLANTED else (0.22, 0.62)
    dropped = order.severity("chest_drop") * order.course.bump(Stage.BACK, *late)
    lean = lean + np.radians(27.0) * dropped
    aside = np.radians(16.0) * order.severity("leans_aside") * np.clip(sink, 0.0, 1.0)
    return unit(np.stack([np.sin(lean), np.sin(aside), np.cos(lean)], axis=-1))


def _lunge(order: Order) -> Motion:
    body, t_s = order.body, order.course.t_s
    length_m = order.trait("reach", 0.86, 0.98) * body.leg_m
    sink = _sink(order)
    is_planted = order.variation in _PLANTED
    feet = _planted(order, length_m, sink) if is_planted else _stepping(order, length_m)
    ankle, foot, foot_up = _legs(order, feet)
    wander = sway(t_s, 17, scale=0.003)
    half = 0.5 * body.hip_width * body.height_m
    aside = np.abs(feet.lead - feet.pelvis)
    tall = np.sqrt(np.maximum((0.998 * leg_stack_m(body, half)) ** 2 - aside**2, 0.0))
    low = order.trait("depth", 0.5, 0.56) * body.leg_m
    height = body.ankle_height_m + tall + (low - tall) * sink
    pelvis = np.stack([0.02 + feet.pelvis + wander[:, 0], wander[:, 1], height], axis=-1)
    trunk_up = _trunk(order, sink)
    ready = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=foot, foot_up=foot_up,
        knee_pole=paired(1.0 + 0.0 * t_s, 0.02, -0.1),
        wrist=hanging_wrists(body, pelvis, trunk_up),
        elbow_pole=paired(-1.0 + 0.0 * t_s, 0.25, 0.0),
    )  # fmt: skip
    return Motion(_into_stance(order, ready) if is_planted else ready)


def _into_stance(order: Order, ready: Limbs) -> Limbs:
    half = 0.5 * order.body.hip_width * order.body.height_m
    idle = standing(order.body, order.course.t_s, half_stance_m=half, toe_out_rad=0.05, seed=3)
    return blend(order.body, idle, ready, weight=order.course.ready)


STYLE = Style(
    move=_lunge,
    variations=("forward", "reverse", "walking", "split", "bulgarian"),
    tempo=Tempo(out_s=1.2, hold_s=0.1, back_s=1.1, rest_s=0.4),
    faults=("short", "chest_drop", "heel_rise", "soft_top", "leans_aside"),
)
