"""Another opinion on who is followed: the model that will judge looks before it is too late.

The light model believes in rocks and in weight plates, and once its square is turned the wrong
way it keeps it so. The better model is rarely fooled by the same mistake: where it sees nobody,
somebody may still be there the right way up, or upside down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from repsight.core.picture import Picture
from repsight.pose.landmarks import PRESENT, Pose, estimate_pose
from repsight.pose.roi import Roi

__all__ = ["look_again"]

_SURE: Final = 0.9
_UPRIGHT_RAD: Final = 0.35


def look_again(picture: Picture, roi: Roi, model: str) -> Pose | None:
    """The pose of the person at ``roi``, or in that square turned; None if nobody is there.

    A turned square needs to convince more than the one that was followed.
    """
    pose = estimate_pose(picture, roi, model=model)
    if pose.presence >= PRESENT:
        return pose
    turned = (estimate_pose(picture, one, model=model) for one in _turned(roi))
    return next((pose for pose in turned if pose.presence >= _SURE), None)


def _turned(roi: Roi) -> list[Roi]:
    """The square upright, unless it nearly is, then the other way round."""
    angle = (roi.angle_rad + np.pi) % (2 * np.pi) - np.pi
    over = replace(roi, angle_rad=float(roi.angle_rad + np.pi))
    return [over] if abs(angle) < _UPRIGHT_RAD else [replace(roi, angle_rad=0.0), over]
