"""Trunk lean that keeps the load over mid-foot, from the lifter's own segments.

Angles are degrees from vertical, leaning to where the lifter faces positive. Everything is in
the picture plane, so it holds side on only.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from repsight.core.measure import Scene
from repsight.core.skeleton import BILATERAL
from repsight.core.types import FloatArray

__all__ = ["lift_off_lean", "squat_lean"]

#: Shares of body mass (Winter): trunk; head; both arms; thighs; shanks; feet.
_TRUNK, _HEAD, _ARMS, _THIGHS, _SHANKS, _FEET = 0.497, 0.081, 0.10, 0.20, 0.093, 0.029
#: Where a segment's mass sits, from its upper end (thigh, shank) or the hip (trunk, head).
_THIGH_AT, _SHANK_AT, _TRUNK_AT, _HEAD_AT = 0.43, 0.43, 0.5, 1.35
#: Shin inclinations of an ordinary conventional pull at lift-off, and how far the shoulders are
#: ahead of the bar in trunk lengths (2 cm; heuristic).
_SHIN_DEG: Final = (0.0, 20.0)
_AHEAD_SHARE: Final = 0.04
#: The load may be this far before or behind mid-foot: a quarter foot length, in leg lengths.
_BASE_SHARE: Final = 0.08
#: No squat needs more lean than 65 degrees (heuristic).
_MOST_SINE: Final = 0.906


def squat_lean(scene: Scene, *, trunk_share: float) -> FloatArray:
    """(4, N) balanced leans: with a heavy bar and with none, a quarter foot behind and before.

    The heavy bar outweighs the lifter; behind and before are relative to mid-foot. A real load
    lies between. ``trunk_share`` is where on the trunk the bar sits. NaN where the near leg or
    the facing is unknown.
    """
    x = _ahead_of_hip(scene)
    trunk = scene.body.in_picture("trunk")
    legs = (
        _THIGHS * _THIGH_AT * x["knee"]
        + _SHANKS * (x["knee"] + _SHANK_AT * (x["ankle"] - x["knee"]))
        + _FEET * x["mid_foot"]
        + _ARMS * x["arms"]
    )
    carried = trunk * (_TRUNK * _TRUNK_AT + _HEAD * _HEAD_AT + _ARMS)
    aside = _BASE_SHARE * scene.body.in_picture("leg")
    sines = [
        part
        for target in (x["mid_foot"] - aside, x["mid_foot"] + aside)
        for part in (target / (trunk_share * trunk), (target - legs) / carried)
    ]
    return np.degrees(np.arcsin(np.clip(np.stack(sines), -1.0, _MOST_SINE)))


def lift_off_lean(scene: Scene) -> FloatArray:
    """(2, N) lean of a pull from the floor with upright and with clearly inclined shins.

    The shoulders stand just ahead of the hands with straight arms; the hip is where the lifter's
    thigh and trunk meet. NaN where they cannot.
    """
    trunk, arm = scene.body.in_picture("trunk"), scene.body.in_picture("arm")
    hand, ankle = _near(scene, "wrist"), _near(scene, "ankle")
    facing = np.where(scene.view.facing == 0, np.nan, scene.view.facing)
    shoulder_x = (hand[:, 0] - ankle[:, 0]) * facing + _AHEAD_SHARE * trunk
    shoulder_y = ankle[:, 1] - hand[:, 1] + arm
    thigh = np.linalg.norm(_near(scene, "hip") - _near(scene, "knee"), axis=1)
    shank = np.linalg.norm(_near(scene, "knee") - ankle, axis=1)
    leans: list[FloatArray] = []
    for shin in np.radians(_SHIN_DEG):
        knee_x, knee_y = shank * np.sin(shin), shank * np.cos(shin)
        hip_x, hip_y = _meet(knee_x, knee_y, shoulder_x, shoulder_y, thigh, trunk)
        leans.append(np.degrees(np.arctan2(shoulder_x - hip_x, shoulder_y - hip_y)))
    return np.stack(leans)


def _meet(
    ax: FloatArray, ay: FloatArray, bx: FloatArray, by: FloatArray,
    from_a: FloatArray, from_b: FloatArray,
) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    """The point behind both a and b at the given distances; NaN if out of reach."""
    apart = np.hypot(bx - ax, by - ay)
    along = (apart**2 + from_a**2 - from_b**2) / (2 * apart)
    aside = np.sqrt(np.where(from_a >= np.abs(along), from_a**2 - along**2, np.nan))
    ux, uy = (bx - ax) / apart, (by - ay) / apart
    return ax + along * ux - aside * uy, ay + along * uy + aside * ux


def _near(scene: Scene, point: str) -> FloatArray:
    """(N, 2) picture place of a point on the near side."""
    left, right = BILATERAL[point]
    is_left = (scene.view.near_left > 0.5)[:, None]
    return np.where(is_left, scene.track.xy[:, left], scene.track.xy[:, right])


def _ahead_of_hip(scene: Scene) -> dict[str, FloatArray]:
    """(N,) how far points are in front of the near hip, in frame heights.

    ``arms`` is the middle of elbow and wrist relative to the shoulder.
    """
    facing = np.where(scene.view.facing == 0, np.nan, scene.view.facing)
    hip = _near(scene, "hip")[:, 0]
    places = {name: _near(scene, name)[:, 0] for name in ("knee", "ankle", "heel", "toe")}
    places["mid_foot"] = (places["heel"] + places["toe"]) / 2
    ahead = {name: (place - hip) * facing for name, place in places.items()}
    arm = (_near(scene, "elbow")[:, 0] + _near(scene, "wrist")[:, 0]) / 2
    ahead["arms"] = (arm - _near(scene, "shoulder")[:, 0]) * facing
    return ahead
