"""The 33 BlazePose landmarks of a posture, in metres on the gym floor."""

from __future__ import annotations

import numpy as np

from repsight.athlete.body import Body
from repsight.athlete.limbs import Limbs, unit
from repsight.core.skeleton import COUNT, Landmark, columns
from repsight.core.types import FloatArray

__all__ = ["head_frame", "landmark_points"]

#: Face landmarks in the head's own frame: forward, left, up, as shares of standing height.
_FACE = {
    Landmark.NOSE: (0.066, 0.0, -0.006),
    Landmark.LEFT_EYE_INNER: (0.053, 0.009, 0.012),
    Landmark.LEFT_EYE: (0.052, 0.018, 0.012),
    Landmark.LEFT_EYE_OUTER: (0.048, 0.026, 0.012),
    Landmark.RIGHT_EYE_INNER: (0.053, -0.009, 0.012),
    Landmark.RIGHT_EYE: (0.052, -0.018, 0.012),
    Landmark.RIGHT_EYE_OUTER: (0.048, -0.026, 0.012),
    Landmark.LEFT_EAR: (0.002, 0.043, 0.002),
    Landmark.RIGHT_EAR: (0.002, -0.043, 0.002),
    Landmark.MOUTH_LEFT: (0.052, 0.014, -0.026),
    Landmark.MOUTH_RIGHT: (0.052, -0.014, -0.026),
}


def head_frame(body: Body, limbs: Limbs) -> tuple[FloatArray, FloatArray]:
    """Centre (N, 3) of the head and its axes (N, 3, 3): rows forward, left, up."""
    up = limbs.head_up
    left = limbs.left
    forward = unit(np.cross(left, up))
    base = limbs.shoulder.mean(axis=1)
    neck = 0.5 * limbs.trunk_up + 0.5 * up
    centre = base + body.height_m * (0.045 * neck + 0.066 * up + 0.012 * forward)
    return centre, np.stack([forward, np.cross(up, forward), up], axis=1)


def landmark_points(body: Body, limbs: Limbs) -> FloatArray:
    """Landmarks (N, 33, 3) in the floor frame, metres."""
    points = np.empty((len(limbs.hip), COUNT, 3))
    centre, axes = head_frame(body, limbs)
    for landmark, place in _FACE.items():
        offset = np.asarray(place) * body.height_m
        points[:, landmark] = centre + np.einsum("i,nij->nj", offset, axes)
    sole = limbs.ankle - limbs.foot_up * (0.8 * body.ankle_height_m)
    for name, pair in (
        ("shoulder", limbs.shoulder),
        ("elbow", limbs.elbow),
        ("wrist", limbs.wrist),
        ("hip", limbs.hip),
        ("knee", limbs.knee),
        ("ankle", limbs.ankle),
        ("heel", sole - limbs.foot * (0.22 * body.foot_m)),
        ("toe", sole + limbs.foot * (0.68 * body.foot_m)),
    ):
        points[:, columns(name)] = pair
    points[:, Landmark.LEFT_PINKY : Landmark.RIGHT_THUMB + 1] = _fingers(body, limbs)
    return points


def _fingers(body: Body, limbs: Limbs) -> FloatArray:
    """Little finger, index and thumb of both hands (N, 6, 3), left and right alternating."""
    scale = body.height_m
    out = np.empty((len(limbs.wrist), 6, 3))
    for i, (reach, aside) in enumerate(((0.050, -0.016), (0.055, 0.014), (0.028, 0.024))):
        out[:, 2 * i : 2 * i + 2] = limbs.wrist + scale * (
            reach * limbs.hand + aside * limbs.across
        )
    return out
