"""What really happened in a performance: the answer key of every test and benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from repsight.athlete.faults import Fault
from repsight.core.skeleton import columns, middle
from repsight.core.types import FloatArray

__all__ = ["JointAngles", "Moment", "RepKind", "RepTruth", "SetTruth", "joint_angles"]

RepKind = Literal["full", "partial", "cheated"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A named instant of a rep, for example ``knee_pass`` of a deadlift."""

    name: str
    t_s: float


@dataclass(frozen=True, slots=True)
class RepTruth:
    """One commanded repetition.

    ``start_s`` is where the driver has covered 2 % of its range, ``end_s`` where it has 2 %
    left; ``turn_start_s`` to ``turn_end_s`` is the band within 5 % of the range from the
    extreme and ``turn_s`` its middle. ``range_ratio`` is the share of the full range reached.
    """

    number: int
    start_s: float
    turn_start_s: float
    turn_s: float
    turn_end_s: float
    end_s: float
    kind: RepKind
    range_ratio: float
    faults: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class SetTruth:
    """The whole set; ``start_s`` to ``end_s`` spans the first to the last rep."""

    exercise: str
    variation: str
    reps: tuple[RepTruth, ...]
    faults: tuple[Fault, ...]
    duration_s: float

    @property
    def counted(self) -> int:
        """Reps a strict counter should give: the full ones."""
        return sum(rep.kind == "full" for rep in self.reps)

    @property
    def start_s(self) -> float:
        """Start of the first rep; NaN if there is none."""
        return self.reps[0].start_s if self.reps else float("nan")

    @property
    def end_s(self) -> float:
        """End of the last rep; NaN if there is none."""
        return self.reps[-1].end_s if self.reps else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class JointAngles:
    """True inner angles in degrees, 180 = straight; (N, 2) left and right, ``lean_deg`` (N,).

    Knee and elbow are angles in space. The hip is measured in the sagittal plane, because
    shoulders are wider than hips and would bend a straight hip. ``lean_deg`` is the trunk's
    angle from the vertical, whichever way it tips.
    """

    knee_deg: FloatArray
    hip_deg: FloatArray
    elbow_deg: FloatArray
    shoulder_deg: FloatArray
    lean_deg: FloatArray


def _inner_deg(
    points: FloatArray, chain: tuple[str, str, str], *, flat: bool = False
) -> FloatArray:
    """(N, 2) angle at the middle one of three points, left and right, degrees."""
    first, vertex, last = (points[:, columns(point)] for point in chain)
    if flat:
        first, vertex, last = (part * [1.0, 0.0, 1.0] for part in (first, vertex, last))
    a, b = first - vertex, last - vertex
    sine = np.linalg.norm(np.cross(a, b), axis=-1)
    return np.degrees(np.arctan2(sine, (a * b).sum(axis=-1)))


def joint_angles(points: FloatArray) -> JointAngles:
    """Angles of landmarks (N, 33, 3) given in the floor frame."""
    trunk = middle(points, "shoulder") - middle(points, "hip")
    lean = np.degrees(np.arctan2(np.linalg.norm(trunk[:, :2], axis=-1), trunk[:, 2]))
    return JointAngles(
        knee_deg=_inner_deg(points, ("hip", "knee", "ankle")),
        hip_deg=_inner_deg(points, ("shoulder", "hip", "knee"), flat=True),
        elbow_deg=_inner_deg(points, ("shoulder", "elbow", "wrist")),
        shoulder_deg=_inner_deg(points, ("hip", "shoulder", "elbow")),
        lean_deg=lean,
    )
