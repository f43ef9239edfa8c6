"""What people do who do no exercise: they gesture, dance, play and stretch, never quite twice."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.landmarks import landmark_points
from repsight.athlete.limbs import SIDES, UP, build, unit
from repsight.core.types import FloatArray

__all__ = ["KINDS", "Kind", "everyday"]

_RATE_HZ = 60.0
#: Hands hang here: forward, out and up from the shoulder, in lengths of the arm.
_HANGING = np.array([0.07, 0.1, -0.96])


@dataclass(frozen=True, slots=True)
class Kind:
    """How wide and how quick somebody moves; ranges are drawn anew for each person.

    ``every_s`` is the time from one posture to the next and ``stay`` the share of it at rest;
    ``sink`` is what the hips lose in height, ``step`` how far feet wander, in lengths of the leg;
    ``lean`` and ``turn`` are of the trunk, in radians. Hands go to places between ``low`` and
    ``high`` (forward, out, up from the shoulder, in lengths of the arm). ``beats`` is after how
    many postures all begins again, 0 for never. Who acts ``once`` raises the hands, does something
    with them and lowers them again.
    """

    every_s: tuple[float, float]
    stay: tuple[float, float]
    sink: tuple[float, float]
    step: tuple[float, float]
    lean: tuple[float, float]
    turn: tuple[float, float]
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    beats: tuple[int, int] = (0, 1)
    once: bool = False


KINDS: Final = MappingProxyType({
    "gesturing": Kind(
        (0.3, 1.0), (0.0, 0.5), (0.0, 0.03), (0.0, 0.03), (0.0, 0.1), (0.0, 0.3),
        (0.2, -0.3, -0.9), (0.8, 0.4, 0.3),
    ),
    "gesturing, seated": Kind(
        (0.3, 1.2), (0.0, 0.5), (0.5, 0.55), (0.0, 0.02), (0.0, 0.15), (0.0, 0.3),
        (0.2, -0.3, -0.8), (0.8, 0.4, 0.4),
    ),
    "acting": Kind(
        (0.3, 1.2), (0.0, 0.5), (0.0, 0.03), (0.0, 0.03), (0.0, 0.15), (0.0, 0.3),
        (0.1, -0.4, -0.6), (0.7, 0.5, 0.5), once=True,
    ),
    "dancing": Kind(
        (0.3, 0.75), (0.0, 0.4), (0.0, 0.15), (0.02, 0.25), (0.0, 0.3), (0.0, 0.6),
        (-0.2, -0.4, -0.9), (0.8, 0.9, 0.95), (2, 9),
    ),
    "playing": Kind(
        (0.25, 0.9), (0.0, 0.3), (0.0, 0.35), (0.1, 0.5), (0.1, 0.5), (0.2, 1.0),
        (-0.3, -0.4, -0.9), (0.95, 0.9, 0.95),
    ),
    "stretching": Kind(
        (1.5, 4.0), (0.3, 0.7), (0.0, 0.4), (0.0, 0.5), (0.2, 1.1), (0.0, 0.6),
        (-0.2, -0.3, -0.9), (0.9, 0.95, 0.98),
    ),
})  # fmt: skip


def everyday(rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Times (N,) and floor-frame points (N, 33, 3) of one person of a random kind."""
    kind = KINDS[str(rng.choice(list(KINDS)))]
    body = Body.varied(int(rng.integers(1 << 30)))
    lasts_s = rng.uniform(2.0, 5.0) if kind.once else rng.uniform(6.0, 10.0)
    t_s = np.arange(0.0, lasts_s, 1.0 / _RATE_HZ)
    beat = _Beat(
        float(rng.uniform(*kind.every_s)), float(rng.uniform(*kind.stay)),
        int(rng.integers(*kind.beats)),
    )  # fmt: skip
    turn = rng.uniform(*kind.turn) * beat.course(t_s, rng)
    ahead = np.stack([np.cos(turn), np.sin(turn), 0.0 * turn], axis=-1)
    left = np.stack([-np.sin(turn), np.cos(turn), 0.0 * turn], axis=-1)
    lean = rng.uniform(*kind.lean) * np.stack([beat.course(t_s, rng) for _ in "fs"], axis=-1)
    trunk_up = unit(UP + ahead * lean[:, :1] + 0.6 * left * lean[:, 1:])
    sink = rng.uniform(*kind.sink) * np.abs(1.0 + 0.5 * beat.course(t_s, rng))
    middle = body.leg_m * rng.uniform(*kind.step) * np.stack(
        [beat.course(t_s, rng), beat.course(t_s, rng), 0.0 * t_s], axis=-1
    )  # fmt: skip
    pelvis = middle + UP * (body.ankle_height_m + body.leg_m * (0.995 - sink))[:, None]
    ankle = _feet(body, kind, beat, t_s, rng) + middle[:, None] * rng.uniform(0.5, 1.0)
    if kind.sink[0] > 0:  # seated: the feet stand in front of the seat
        ankle = ankle + 0.4 * body.leg_m * ahead[:, None]
    foot = np.broadcast_to(ahead[:, None], ankle.shape)
    shoulder = pelvis + trunk_up * body.trunk_m
    reach = _hands(kind, beat, t_s, rng) * body.arm_m
    across = np.cross(left, trunk_up)
    wrist = (
        shoulder[:, None]
        + SIDES[None, :, None] * left[:, None] * (0.5 * body.shoulder_width * body.height_m)
        + reach[..., :1] * across[:, None]
        + reach[..., 1:2] * SIDES[None, :, None] * left[:, None]
        + reach[..., 2:] * trunk_up[:, None]
    )
    limbs = build(
        body, pelvis=pelvis, trunk_up=trunk_up, ankle=ankle, foot=foot,
        foot_up=np.broadcast_to(UP, ankle.shape), knee_pole=foot, wrist=wrist,
        elbow_pole=SIDES[None, :, None] * 0.5 * left[:, None] - 0.6 * across[:, None] - 0.5 * UP,
        left=left,
    )  # fmt: skip
    return t_s, landmark_points(body, limbs)


@dataclass(frozen=True, slots=True)
class _Beat:
    """A posture every so many seconds; ``beats`` of them are repeated, 0: each is a new one."""

    every_s: float
    stay: float
    beats: int

    def course(self, t_s: FloatArray, rng: np.random.Generator) -> FloatArray:
        """A course (N,) of about unit size from posture to posture."""
        count = int(t_s[-1] / self.every_s) * 2 + 4
        pace = np.ones(count) if self.beats else rng.uniform(0.5, 1.5, count)
        edges = np.cumsum(pace * self.every_s) - self.every_s
        places = np.clip(rng.normal(0.0, 0.7, count), -1.5, 1.5)
        if self.beats:
            places = places[np.arange(count) % self.beats]
        leg = np.clip(np.searchsorted(edges, t_s, side="right") - 1, 0, count - 2)
        share = (t_s - edges[leg]) / (edges[leg + 1] - edges[leg])
        ease = np.clip(share / (1.0 - self.stay), 0.0, 1.0)
        ease = ease**2 * (3.0 - 2.0 * ease)
        return places[leg] + ease * (places[leg + 1] - places[leg])


def _feet(
    body: Body, kind: Kind, beat: _Beat, t_s: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Ankles (N, 2, 3): each wanders and lifts by itself."""
    half = body.shoulder_width * body.height_m * rng.uniform(0.4, 0.9)
    out = np.zeros((len(t_s), 2, 3))
    size = body.leg_m * rng.uniform(*kind.step)
    for side in (0, 1):
        out[:, side, 0] = 0.5 * size * beat.course(t_s, rng)
        out[:, side, 1] = SIDES[side] * half + 0.3 * size * beat.course(t_s, rng)
        out[:, side, 2] = body.ankle_height_m + 0.5 * size * np.maximum(beat.course(t_s, rng), 0.0)
    return out


def _hands(kind: Kind, beat: _Beat, t_s: FloatArray, rng: np.random.Generator) -> FloatArray:
    """(N, 2, 3) forward, out and up from the shoulder; one hand may hang, both may do alike."""
    low, high = np.array(kind.low), np.array(kind.high)
    courses = [np.stack([beat.course(t_s, rng) for _ in range(3)], axis=-1) for _ in (0, 1)]
    if rng.random() < 0.25:
        courses[1] = courses[0]
    centre = rng.uniform(0.25, 0.75, 3) * (high - low) + low
    reach = 0.15 if kind.once else 0.6
    out = np.empty((len(t_s), 2, 3))
    hanging = rng.integers(3) if rng.random() < 0.4 else 2
    act = _once(t_s, rng)
    for side, course in enumerate(courses):
        place = np.clip(centre + reach * (high - low) * course, low, high)
        busy = act if kind.once else 0.5 + 0.5 * np.tanh(3.0 * (0.4 + beat.course(t_s, rng)))
        out[:, side] = _HANGING + busy[:, None] * (place - _HANGING) * (side != hanging)
    return out


def _once(t_s: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A course (N,) from 0 to 1 and back."""
    up_s, down_s = rng.uniform(0.3, 0.9, 2)
    start_s = rng.uniform(0.0, 0.25) * t_s[-1]
    end_s = t_s[-1] * rng.uniform(0.75, 1.0)
    share = np.clip(np.minimum((t_s - start_s) / up_s, (end_s - t_s) / down_s), 0.0, 1.0)
    return share**2 * (3.0 - 2.0 * share)
