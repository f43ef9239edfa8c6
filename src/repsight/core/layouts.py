"""Landmark layouts of other pose models, and their way into the 33 BlazePose columns.

A layout is the ordered names of its points. Names that mean the same place on the body are
spelled the same in all layouts, so mapping is by name; what a layout does not have stays NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from repsight.core.skeleton import COUNT, Landmark
from repsight.core.types import FloatArray

__all__ = [
    "BLAZEPOSE_33",
    "COCO_17",
    "HALPE_26",
    "LAYOUTS",
    "MHR_70",
    "Layout",
    "layout_for_names",
    "layouts_with",
    "plain_name",
    "spread",
]


@dataclass(frozen=True, slots=True)
class Layout:
    """The points of one pose model, in its order."""

    id: str
    name: str
    points: tuple[str, ...]

    @property
    def columns(self) -> tuple[tuple[int, int], ...]:
        """Pairs (column in this layout, BlazePose column) of every point both have."""
        found: dict[int, int] = {}
        for column, point in enumerate(self.points):
            target = _TARGETS.get(point)
            if target is not None:
                found[target] = column
        return tuple((column, target) for target, column in sorted(found.items()))

    @property
    def lacks(self) -> tuple[str, ...]:
        """BlazePose names this layout cannot fill."""
        filled = {target for _, target in self.columns}
        return tuple(mark.name.lower() for mark in Landmark if mark not in filled)


def _hand(side: str) -> tuple[str, ...]:
    fingers = ("thumb", "index", "middle", "ring", "pinky")
    joints = ("tip", "first_joint", "second_joint", "third_joint")
    return (*(f"{side}_{finger}_{joint}" for finger in fingers for joint in joints),
            f"{side}_wrist")  # fmt: skip


_HEAD_AND_SHOULDERS = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
)  # fmt: skip
_LEGS = ("left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")
_COCO = (*_HEAD_AND_SHOULDERS, "left_wrist", "right_wrist", *_LEGS)

BLAZEPOSE_33: Final = Layout(
    "blazepose33", "BlazePose 33", tuple(mark.name.lower() for mark in Landmark)
)
COCO_17: Final = Layout("coco17", "COCO 17", _COCO)
HALPE_26: Final = Layout(
    "halpe26",
    "Halpe 26",
    (
        *_COCO, "head_top", "neck", "pelvis",
        "left_big_toe", "right_big_toe", "left_small_toe", "right_small_toe",
        "left_heel", "right_heel",
    ),
)  # fmt: skip
MHR_70: Final = Layout(
    "mhr70",
    "MHR 70 (SAM 3D Body)",
    (
        *_HEAD_AND_SHOULDERS, *_LEGS,
        "left_big_toe", "left_small_toe", "left_heel",
        "right_big_toe", "right_small_toe", "right_heel",
        *_hand("right"), *_hand("left"),
        "left_olecranon", "right_olecranon", "left_cubital_fossa", "right_cubital_fossa",
        "left_acromion", "right_acromion", "neck",
    ),
)  # fmt: skip

#: Layout id -> layout.
LAYOUTS: Final[dict[str, Layout]] = {
    layout.id: layout for layout in (BLAZEPOSE_33, COCO_17, HALPE_26, MHR_70)
}


def _targets() -> dict[str, int]:
    targets = {mark.name.lower(): int(mark) for mark in Landmark}
    for side in ("left", "right"):
        targets[f"{side}_big_toe"] = targets[f"{side}_foot_index"]
        # BlazePose marks the knuckles; of a thumb it is the second one.
        targets[f"{side}_thumb_second_joint"] = targets[f"{side}_thumb"]
        targets[f"{side}_index_third_joint"] = targets[f"{side}_index"]
        targets[f"{side}_pinky_third_joint"] = targets[f"{side}_pinky"]
    return targets


_TARGETS: Final = _targets()

#: Other spellings met in files -> the spelling used here.
_SPELLINGS: Final[dict[str, str]] = {
    "left_mouth": "mouth_left",
    "right_mouth": "mouth_right",
    "left_toe": "left_big_toe",
    "right_toe": "right_big_toe",
    "left_big_toe_tip": "left_big_toe",
    "right_big_toe_tip": "right_big_toe",
    "left_small_toe_tip": "left_small_toe",
    "right_small_toe_tip": "right_small_toe",
    "head": "head_top",
    "hip": "pelvis",
}


def plain_name(point: str) -> str:
    """A point's name in the spelling of this module: ``Left Hip`` and ``left-hip`` agree."""
    name = point.strip().lower().replace(" ", "_").replace("-", "_")
    return _SPELLINGS.get(name, name)


def layouts_with(points: int) -> tuple[Layout, ...]:
    """The layouts that have exactly this number of points; empty if none has."""
    return tuple(layout for layout in LAYOUTS.values() if len(layout.points) == points)


def layout_for_names(names: tuple[str, ...]) -> Layout | None:
    """A layout whose points are these names in this order, or one made of them.

    A made layout needs both hips and both shoulders; without them there is no body: None.
    """
    plain = tuple(plain_name(name) for name in names)
    for layout in LAYOUTS.values():
        if layout.points == plain:
            return layout
    body = {"left_hip", "right_hip", "left_shoulder", "right_shoulder"}
    if len(set(plain)) != len(plain) or not body <= set(plain):
        return None
    return Layout("named", f"{len(plain)} named points", plain)


def spread(values: FloatArray, layout: Layout, *, empty: float = np.nan) -> FloatArray:
    """Points of ``layout`` (N, K, ...) moved into BlazePose columns (N, 33, ...).

    Columns the layout lacks are ``empty``.
    """
    spread_out = np.full((values.shape[0], COUNT, *values.shape[2:]), empty, dtype=np.float64)
    for column, target in layout.columns:
        spread_out[:, target] = values[:, column]
    return spread_out
