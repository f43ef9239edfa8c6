"""Find people in a picture: the BlazePose detector and what its numbers mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from repsight.core.picture import Picture
from repsight.core.types import FloatArray
from repsight.pose.crop import crop
from repsight.pose.roi import Roi, roi_from_circle, whole_frame
from repsight.pose.weights import run_model

__all__ = ["Detection", "detect_people"]

_SIZE_PX: Final = 224
_STRIDES_AND_COPIES: Final = ((8, 2), (16, 2), (32, 6))
_SCORE_LIMIT: Final = 100.0
_SAME_PERSON_IOU: Final = 0.3
_COUNT_AT_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Detection:
    """A person as the detector sees one: the square for the landmark model, and a score 0..1.

    ``box`` is left, top, right, bottom of the face and shoulders, in frame heights.
    """

    roi: Roi
    box: tuple[float, float, float, float]
    score: float


def detect_people(
    picture: Picture, view: Roi | None = None, *, min_score: float = 0.5
) -> list[Detection]:
    """Everybody the detector finds in ``view`` (the whole picture), best first.

    Close duplicates are blended into one.
    """
    view = view or whole_frame(picture.aspect_ratio)
    pixels = crop(picture, view, size_px=_SIZE_PX, replicate=False)
    boxes, scores = run_model("det", ("boxes", "scores"), pixels)
    confidence = _sigmoid(scores[0, :, 0].astype(np.float64))
    rows = np.flatnonzero(confidence >= min_score)
    points = _decode(boxes[0, rows].astype(np.float64), _anchors()[rows])
    merged = _merge(points, confidence[rows])
    return [_detection(view, shape, score) for shape, score in merged]


def _sigmoid(values: FloatArray) -> FloatArray:
    return 1 / (1 + np.exp(-np.clip(values, -_SCORE_LIMIT, _SCORE_LIMIT)))


@cache
def _anchors() -> FloatArray:
    """Centres of the 2,254 cells that the network answers for, as shares of its input."""
    centres: list[FloatArray] = []
    for stride, copies in _STRIDES_AND_COPIES:
        place = (np.arange(_SIZE_PX // stride) + 0.5) * stride / _SIZE_PX
        y, x = np.meshgrid(place, place, indexing="ij")
        centres.append(np.repeat(np.stack([x, y], -1).reshape(-1, 2), copies, axis=0))
    return np.concatenate(centres)


def _decode(raw: FloatArray, anchors: FloatArray) -> FloatArray:
    """(K, 12) outputs -> (K, 6, 2): two box corners and four key points, as shares."""
    pairs = raw.reshape(-1, 6, 2) / _SIZE_PX
    points = pairs + anchors[:, None]
    points[:, 0] -= pairs[:, 1] / 2
    points[:, 1] = points[:, 0] + pairs[:, 1]
    return points


def _merge(points: FloatArray, scores: FloatArray) -> list[tuple[FloatArray, float]]:
    """Weighted non-maximum suppression: each group of overlapping boxes becomes its mean."""
    merged: list[tuple[FloatArray, float]] = []
    left = np.argsort(-scores, kind="stable")
    while len(left) and len(merged) < _COUNT_AT_MOST:
        best = left[0]
        same = _iou(points[best], points[left]) > _SAME_PERSON_IOU
        same[0] = True
        group = left[same]
        weights = scores[group] / scores[group].sum()
        mean: FloatArray = (weights[:, None, None] * points[group]).sum(axis=0)
        merged.append((mean, float(scores[best])))
        left = left[~same]
    return merged


def _iou(box: FloatArray, others: FloatArray) -> FloatArray:
    low = np.maximum(box[0], others[:, 0])
    high = np.minimum(box[1], others[:, 1])
    shared = _area(np.maximum(high - low, 0))
    joint = _area(box[1] - box[0]) + _area(others[:, 1] - others[:, 0]) - shared
    return shared / np.maximum(joint, 1e-12)


def _area(sides: FloatArray) -> FloatArray:
    return sides[..., 0] * sides[..., 1]


def _detection(view: Roi, points: FloatArray, score: float) -> Detection:
    placed = view.to_frame(points)
    (left, top), (right, bottom) = placed[0], placed[1]
    roi = roi_from_circle(placed[2], placed[3])
    return Detection(roi, (float(left), float(top), float(right), float(bottom)), score)
