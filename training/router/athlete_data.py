"""Windows of the digital athlete: bodies, views, tempi, variations, faults, errors, occlusion."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.camera import framed, project
from repsight.athlete.course import Tempo
from repsight.athlete.faults import Fault
from repsight.athlete.motion.idle import sway
from repsight.athlete.performance import STYLES, Performance, perform
from repsight.athlete.pose_error import ErrorModel, frame_times, with_errors
from repsight.core.measure import observe
from repsight.core.skeleton import columns, middle
from repsight.core.types import FloatArray, PoseTrack
from repsight.recognize.features import windows_of
from training.router.everyday import everyday
from training.router.random_motion import wander
from training.router.windows import UNKNOWN, Labelled

__all__ = ["EVERYDAY", "RANDOM", "athlete_windows"]

#: Movement without a purpose, beside the athlete's styles.
RANDOM = "random"
#: And what people do who do no exercise.
EVERYDAY = "everyday"
_AIMLESS = {RANDOM: wander, EVERYDAY: everyday}

#: Windows taken of one performance; neighbours say nearly the same.
_PER_SET = 6
#: A window belongs to the set when its middle lies this far inside.
_INSIDE_S = 0.4
#: Joints that a phone's picture, a bench or another person hides together.
_HIDDEN = (
    tuple(range(11)), tuple(range(25, 33)), tuple(range(27, 33)), (13, 15, 17, 19, 21),
    (14, 16, 18, 20, 22), (15, 17, 19, 21), (16, 18, 20, 22), (26, 28, 30, 32),
)  # fmt: skip


def athlete_windows(name: str, *, sets: int, seed: int) -> Iterator[Labelled]:
    """``sets`` performances of one style, of RANDOM or of EVERYDAY motion; repeatable by seed."""
    mark = zlib.crc32(name.encode())
    for number in range(sets):
        rng = np.random.default_rng([seed, mark, number])
        if name in _AIMLESS:
            t_s, points = _AIMLESS[name](rng)
            yield _windows(_filmed(points, t_s, rng), f"{name} {number}", rng, [])
        else:
            yield _labelled(_performance(name, rng), f"{name} {number}", rng)


def _performance(name: str, rng: np.random.Generator) -> Performance:
    style = STYLES[name]
    variation = str(rng.choice(style.variations))
    faults: tuple[Fault, ...] = ()
    if style.faults and rng.random() < 0.35:
        faults = (Fault(str(rng.choice(style.faults)), float(rng.uniform(0.4, 1.2))),)
    usual, pace = style.tempo_for(variation), float(np.exp(rng.normal(0.0, 0.3)))
    tempo = Tempo(
        usual.out_s * pace * float(rng.uniform(0.8, 1.25)),
        usual.hold_s * float(rng.uniform(0.5, 2.5)),
        usual.back_s * pace * float(rng.uniform(0.8, 1.25)),
        usual.rest_s * float(rng.uniform(0.3, 1.6)),
    )
    return perform(
        name, reps=int(rng.integers(2, 5)), variation=variation, faults=faults, tempo=tempo,
        body=Body.varied(int(rng.integers(1 << 30))), seed=int(rng.integers(1 << 30)),
        range_ratio=float(rng.uniform(0.75, 1.0)), walk_in=bool(rng.random() < 0.2),
        hold_s=float(rng.uniform(5.0, 10.0)),
    )  # fmt: skip


def _labelled(made: Performance, clip: str, rng: np.random.Generator) -> Labelled:
    """A set's windows: its exercise inside, unknown before and after it."""
    style = STYLES[made.truth.exercise]
    done = (made.truth.start_s, made.truth.end_s)
    spans = [done if style.has_reps else made.course.ready_at_s]
    track = _filmed(made.points, made.t_s, rng)
    return _windows(track, clip, rng, spans, made.truth.exercise)


def _filmed(points: FloatArray, t_s: FloatArray, rng: np.random.Generator) -> PoseTrack:
    """Floor-frame points through a random camera, with random errors of a random pose model."""
    side_on = rng.random() < 0.4
    yaw_deg = rng.normal(90.0, 12.0) * rng.choice([-1, 1]) if side_on else rng.uniform(-180, 180)
    camera = framed(
        points, yaw_deg=float(yaw_deg), height_m=float(rng.uniform(0.25, 1.8)),
        aspect_ratio=float(rng.choice([0.5625, 0.75, 1.0, 1.7778])),
        focal=float(rng.uniform(0.9, 1.8)), margin=float(rng.uniform(0.02, 0.4)),
        pitch_deg=float(rng.normal(0.0, 4.0)), roll_deg=float(rng.normal(0.0, 3.0)),
    )  # fmt: skip
    fps = float(rng.choice([10.0, 15.0, 24.0, 30.0, 30.0, 60.0]))
    times = frame_times(float(t_s[-1]), fps, seed=int(rng.integers(1 << 30)))
    model = ErrorModel.graded(float(rng.uniform(0.4, 2.5)))
    model = replace(model, depth_ratio=float(rng.uniform(0.45, 1.05)))
    at = np.minimum(np.searchsorted(t_s, times), len(t_s) - 1)
    track = with_errors(
        project(points[at], camera), times, model=model, seed=int(rng.integers(1 << 30))
    )
    return _occluded(_close_up(_tipped(track, rng), rng), rng)


def _tipped(track: PoseTrack, rng: np.random.Generator) -> PoseTrack:
    """World landmarks pitched a little: pose models guess where down is."""
    if track.world is None:
        return track
    angle = float(np.radians(rng.normal(0.0, 8.0)))
    turn = np.array([
        [1.0, 0.0, 0.0],
        [0.0, np.cos(angle), -np.sin(angle)],
        [0.0, np.sin(angle), np.cos(angle)],
    ])  # fmt: skip
    return replace(track, world=track.world @ turn.T)


def _close_up(track: PoseTrack, rng: np.random.Generator) -> PoseTrack:
    """Some films of people who stay where they stand show no legs: pose models make them up.

    Made-up legs hang below the hips, a little short and bent, and hardly move.
    """
    if track.world is None or rng.random() < 0.7 or not _stays_upright(track.xy):
        return track
    short, bend = rng.uniform(0.75, 1.0), rng.uniform(0.0, 0.25) * rng.choice([-1, 1])
    seed = int(rng.integers(1 << 30))
    return replace(
        track, xy=_made_up_legs(track.t_s, track.xy, short, bend, seed),
        world=_made_up_legs(track.t_s, track.world, short, bend, seed),
    )  # fmt: skip


def _stays_upright(xy: FloatArray) -> bool:
    hips, shoulders = middle(xy, "hip"), middle(xy, "shoulder")
    trunk = float(np.nanmedian(np.linalg.norm(hips - shoulders, axis=-1)))
    travel = float(np.nanpercentile(hips[:, 1], 95) - np.nanpercentile(hips[:, 1], 5))
    rise = float(np.nanmedian(hips[:, 1] - shoulders[:, 1]))
    return rise > 0.85 * trunk and travel < 0.2 * trunk


def _made_up_legs(
    t_s: FloatArray, points: FloatArray, short: float, bend: float, seed: int
) -> FloatArray:
    """Landmarks (N, 33, D) with other legs; the last axis is x, y down and perhaps depth."""
    out = points.copy()
    hips = points[:, columns("hip")]
    length = short * np.nanmedian(np.linalg.norm(points[:, columns("ankle")] - hips, axis=-1))
    size = points.shape[-1]
    aside, down = np.eye(size)[-1 if size == 3 else 0], np.eye(size)[1]
    ripple = 0.06 * length * sway(t_s, seed)[:, None, :size]
    foot = points[:, columns("toe", "heel")] - points[:, columns("ankle", "ankle")]
    out[:, columns("knee")] = hips + length * (0.5 * down + bend * aside) + 0.5 * ripple
    out[:, columns("ankle")] = hips + length * down + ripple
    out[:, columns("toe", "heel")] = out[:, columns("ankle", "ankle")] + np.nanmedian(foot, axis=0)
    return out


def _occluded(track: PoseTrack, rng: np.random.Generator) -> PoseTrack:
    """Some sets lose joints for a while or for good."""
    if track.world is None or rng.random() < 0.75:
        return track
    gone = list(_HIDDEN[rng.integers(len(_HIDDEN))])
    first = rng.uniform(0.0, track.t_s[-1]) if rng.random() < 0.6 else 0.0
    spell = (track.t_s >= first) & (track.t_s <= first + rng.uniform(0.5, 8.0))
    xy, world = track.xy.copy(), track.world.copy()
    frames = np.flatnonzero(spell)
    xy[np.ix_(frames, gone)] = np.nan
    world[np.ix_(frames, gone)] = np.nan
    return replace(track, xy=xy, world=world)


def _windows(
    track: PoseTrack, clip: str, rng: np.random.Generator, spans: list[tuple[float, float]],
    exercise: str = UNKNOWN,
) -> Labelled:  # fmt: skip
    found = windows_of(observe(track), step_s=0.4)
    inside = np.zeros(len(found), bool)
    near = np.zeros(len(found), bool)
    for start_s, end_s in spans:
        inside |= (found.t_s > start_s + _INSIDE_S) & (found.t_s < end_s - _INSIDE_S)
        near |= (found.t_s > start_s - 3 * _INSIDE_S) & (found.t_s < end_s + 3 * _INSIDE_S)
    chosen = np.flatnonzero(found.is_seen & (inside | ~near))
    share = np.where(inside[chosen], 1.0, 0.25)
    count = min(_PER_SET, len(chosen))
    if count:
        chosen = rng.choice(chosen, count, replace=False, p=share / share.sum())
    return Labelled(
        found.values[chosen].astype(np.float16),
        np.where(inside[chosen], exercise, UNKNOWN),
        np.full(count, "athlete"), np.full(count, "athlete"), np.full(count, clip),
        found.is_moving[chosen], found.t_s[chosen], np.zeros(count, np.int8),
    )  # fmt: skip
