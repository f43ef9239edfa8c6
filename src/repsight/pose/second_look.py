"""Another opinion on who is followed: the model that will judge looks before it is too late.

The light model believes in rocks and in weight plates, and once its square is turned the wrong
way it keeps it so. The better model is rarely fooled by the same mistake: where it sees nobody,
somebody may still be there the right way up, or upside down. And a square that stands on its head
makes any model see a body that does: it is looked at the right way up before it is believed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from repsight.core.picture import Picture
from repsight.pose.landmarks import PRESENT, Pose, estimate_pose
from repsight.pose.roi import Roi

__all__ = ["is_upside_down", "look_again"]

_SURE: Final = 0.9
_UPRIGHT_RAD: Final = 0.35
#: Squares turned further than this have the head below the hips.
_UPSIDE_DOWN_RAD: Final = 2.4
#: Fitted to an upside-down body, a square needs a few looks to find the same body upright.
_FITS: Final = 3
_BELIEVABLE: Final = 0.6
_SHOULDERS: Final = [11, 12]
_HIPS: Final = [23, 24]


def look_again(picture: Picture, roi: Roi, model: str) -> Pose | None:
    """The pose of the person at ``roi``, or in that square turned; None if nobody is there.

    A turned square needs to convince more than the one that was followed; an upright one only
    more than nobody, where a person would be upside down.
    """
    pose = estimate_pose(picture, roi, model=model)
    if pose.presence >= PRESENT:
        return (is_upside_down(roi) and _righted(picture, pose, model)) or pose
    turned = (estimate_pose(picture, one, model=model) for one in _turned(roi))
    return next((pose for pose in turned if pose.presence >= _SURE), None)


def is_upside_down(roi: Roi) -> bool:
    """Whether the head in a square is below the hips."""
    return abs(_turn_of(roi)) > _UPSIDE_DOWN_RAD


def _righted(picture: Picture, found: Pose, model: str) -> Pose | None:
    """The person of ``found`` the right way up; None if they really are upside down.

    Who bends or does push-ups towards the camera is seen head down in any square. A body that
    stands on its head only in a square that does so itself is one that the model cannot make
    out, and people seldom stand on their heads.
    """
    if not _is_head_down(found):
        return None
    roi = replace(found.next_roi, angle_rad=0.0)
    for _ in range(_FITS):
        pose = estimate_pose(picture, roi, model=model)
        if _is_head_down(pose) or is_upside_down(pose.next_roi):
            return None
        if pose.presence >= _BELIEVABLE:
            return pose
        roi = pose.next_roi
    return None


def _is_head_down(pose: Pose) -> bool:
    return bool(pose.xy[_SHOULDERS, 1].mean() > pose.xy[_HIPS, 1].mean())


def _turned(roi: Roi) -> list[Roi]:
    """The square upright, unless it nearly is, then the other way round."""
    over = replace(roi, angle_rad=float(roi.angle_rad + np.pi))
    return [over] if abs(_turn_of(roi)) < _UPRIGHT_RAD else [replace(roi, angle_rad=0.0), over]


def _turn_of(roi: Roi) -> float:
    """From -pi to pi."""
    return (roi.angle_rad + np.pi) % (2 * np.pi) - np.pi
