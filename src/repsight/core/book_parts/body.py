"""The body's signals that several exercises look at.

A name without ``NEAR`` is the mean of both sides; with it, the side nearer to the camera.
"""

from __future__ import annotations

from typing import Final

from repsight.core.signals import Angle, Asymmetry, Deviation, Height, Lean, Ratio, Spread

__all__ = [
    "BODY_LINE",
    "ELBOW",
    "ELBOW_HEIGHT",
    "FOREARM_RISE",
    "HANDS_TILT",
    "HAND_HEIGHT",
    "HEEL",
    "HIP",
    "HIP_HEIGHT",
    "KNEE",
    "NEAR_ELBOW",
    "NEAR_HAND_HEIGHT",
    "NEAR_HIP",
    "NEAR_KNEE",
    "NEAR_TRUNK",
    "SHOULDER_HEIGHT",
    "STANCE",
    "TRUNK",
    "TRUNK_RISE",
    "TRUNK_TILT",
]

TRUNK: Final = Lean("hip", "shoulder")
NEAR_TRUNK: Final = Lean("hip", "shoulder", "near")
#: Positive forwards, negative backwards.
TRUNK_TILT: Final = Lean("hip", "shoulder", "near", signed=True)
#: How high the shoulders are above the hips, the cosine of the lean: 0 lying, 1 upright. It is
#: good in every view, and needs neither facing nor the legs, which mats and edges often hide.
TRUNK_RISE: Final = Height("shoulder", "hip", "trunk")
#: Hips below the line from shoulder to ankle (negative: above it).
BODY_LINE: Final = Deviation("hip", "shoulder", "ankle", "trunk", "near")

KNEE: Final = Angle("hip", "knee", "ankle")
NEAR_KNEE: Final = Angle("hip", "knee", "ankle", "near")
HIP: Final = Angle("shoulder", "hip", "knee")
NEAR_HIP: Final = Angle("shoulder", "hip", "knee", "near")
ELBOW: Final = Angle("shoulder", "elbow", "wrist")
NEAR_ELBOW: Final = Angle("shoulder", "elbow", "wrist", "near")

HAND_HEIGHT: Final = Height("wrist", "shoulder", "arm")
NEAR_HAND_HEIGHT: Final = Height("wrist", "shoulder", "arm", "near")
ELBOW_HEIGHT: Final = Height("elbow", "shoulder", "upper_arm")
SHOULDER_HEIGHT: Final = Height("shoulder", "floor", "leg")
HIP_HEIGHT: Final = Height("hip", "floor", "leg")
#: Heel above toe: the pitch of the foot.
HEEL: Final = Height("heel", "toe", "leg", "near")

#: Hand above the elbow: -1 where the forearm hangs, 1 where it stands. It is seen equally well
#: from every side, where the angle of the elbow is not.
FOREARM_RISE: Final = Height("wrist", "elbow", "forearm")

#: Left hand above the right.
HANDS_TILT: Final = Asymmetry("wrist", "arm")
#: Feet apart, in shoulder widths: turning away narrows both alike.
STANCE: Final = Ratio(Spread("ankle", "leg"), Spread("shoulder", "leg"))
