"""RTMPose through rtmlib, with a local model file; people are found and followed as always."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from repsight.core.layouts import layouts_with, spread
from repsight.core.picture import Picture, PictureSource
from repsight.core.skeleton import COUNT
from repsight.core.types import FloatArray
from repsight.errors import MissingExtra
from repsight.pose.landmarks import Pose
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.roi import MARGIN, Roi
from repsight.pose.runtime import import_onnxruntime
from repsight.pose.track import track_pictures

__all__ = ["RtmPoseBackend"]

_LAYOUTS: Final = ("coco17", "halpe26")


class RtmPoseBackend:
    """Needs ``options.model_path``: an RTMPose ONNX file with COCO 17 or Halpe 26 points.

    There are no world coordinates. Nothing is ever downloaded.
    """

    def track(self, source: PictureSource, options: TrackOptions) -> TrackedPictures:
        """Landmarks of the lifter, found by BlazePose and refined by RTMPose."""
        network = _load(_model_file(options.model_path))

        def estimate(picture: Picture, roi: Roi) -> Pose:
            return _pose(network, picture, roi)

        return track_pictures(source, options, estimate)


def _model_file(path: Path | None) -> Path:
    if path is None or not path.is_file():
        raise MissingExtra(
            "The rtmpose backend was given no model.",
            wanted="A local RTMPose .onnx file with 17 or 26 points is wanted.",
            next_step="Name one as the model file, or use the blazepose backend.",
        )
    return path


@cache
def _load(path: Path) -> Any:  # noqa: ANN401 - rtmlib has no types
    import_onnxruntime()  # before rtmlib does, so that it stays quiet
    try:
        import rtmlib  # pyright: ignore[reportMissingImports] - optional
    except ImportError as error:
        raise MissingExtra(
            "The rtmpose backend needs the package rtmlib, which is not installed.",
            next_step="Run `pip install 'repsight[rtmpose]'`, or use the blazepose backend.",
        ) from error
    network = cast("Any", rtmlib).RTMPose(str(path), backend="onnxruntime", device="cpu")
    width, height = network.session.get_inputs()[0].shape[:1:-1]
    if isinstance(width, int) and isinstance(height, int):
        network.model_input_size = (width, height)
    return network


def _pose(network: Any, picture: Picture, roi: Roi) -> Pose:  # noqa: ANN401 - no types
    half = roi.size / MARGIN / 2
    box = np.array([roi.x - half, roi.y - half, roi.x + half, roi.y + half])
    bgr = np.ascontiguousarray(picture.rgb[..., ::-1])
    points, scores = network(bgr, bboxes=[box * picture.height_px])
    points = np.asarray(points, np.float64) / picture.height_px
    scores = np.clip(np.asarray(scores, np.float64), 0, 1)
    xy, visibility = _as_blazepose(points, scores)
    return Pose(
        xy=xy,
        visibility=visibility,
        world=np.full((COUNT, 3), np.nan),
        presence=float(scores.mean()),
        roi=roi,
        next_roi=roi,
    )


def _as_blazepose(points: FloatArray, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    layouts = [one for one in layouts_with(points.shape[1]) if one.id in _LAYOUTS]
    if not layouts:
        raise MissingExtra(
            f"The RTMPose model gives {points.shape[1]} points.",
            wanted="A body model with 17 (COCO) or 26 (Halpe) points is wanted.",
        )
    return spread(points, layouts[0])[0], spread(scores, layouts[0], empty=0.0)[0]
