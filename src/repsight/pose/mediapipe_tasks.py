"""Google's own runtime, MediaPipe Tasks, as an optional backend with a local model bundle.

The package looks up a logging host while it runs, which is why it is not the default.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np

from repsight.core.picture import Picture, PictureSource
from repsight.core.skeleton import COUNT
from repsight.core.types import PoseFrame
from repsight.errors import MissingExtra
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.single_pass import track_one_by_one

__all__ = ["MediaPipeBackend"]


class MediaPipeBackend:
    """Needs ``options.model_path``: a Pose Landmarker bundle (``.task``).

    Follows one person from frame to frame, as MediaPipe does, in one thread.
    """

    def track(self, source: PictureSource, options: TrackOptions) -> TrackedPictures:
        """Landmarks of the person that MediaPipe follows."""
        mediapipe = _import_mediapipe()
        with _landmarker(mediapipe, options.model_path) as landmarker:

            def estimate(picture: Picture) -> PoseFrame:
                rgb = np.ascontiguousarray(picture.rgb)
                image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
                result = landmarker.detect_for_video(image, round(picture.t_s * 1000))
                return _frame(picture, result)

            return track_one_by_one(source, options, estimate)


def _import_mediapipe() -> Any:  # noqa: ANN401 - the package has no types
    try:
        import mediapipe  # pyright: ignore[reportMissingImports] - optional
    except ImportError as error:
        raise MissingExtra(
            "The mediapipe backend needs the package mediapipe, which is not installed.",
            next_step="Run `pip install 'repsight[mediapipe]'`, or use the blazepose backend.",
        ) from error
    return cast("Any", mediapipe)


def _landmarker(mediapipe: Any, bundle: Path | None) -> Any:  # noqa: ANN401 - no types
    if bundle is None or not bundle.is_file():
        raise MissingExtra(
            "The mediapipe backend was given no Pose Landmarker bundle.",
            wanted="A local .task file is wanted.",
            next_step="Name one as the model file, or use the blazepose backend.",
        )
    vision = mediapipe.tasks.vision
    return vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=mediapipe.tasks.BaseOptions(model_asset_buffer=bundle.read_bytes()),
            running_mode=vision.RunningMode.VIDEO,
        )
    )


def _frame(picture: Picture, result: Any) -> PoseFrame:  # noqa: ANN401 - no types
    if not result.pose_landmarks:
        return PoseFrame.missing(picture.t_s, picture.aspect_ratio)
    points, world = result.pose_landmarks[0], result.pose_world_landmarks[0]
    return PoseFrame(
        picture.t_s,
        np.array([(point.x * picture.aspect_ratio, point.y) for point in points[:COUNT]]),
        np.array([point.visibility for point in points[:COUNT]]),
        np.array([(point.x, point.y, point.z) for point in world[:COUNT]]),
        picture.aspect_ratio,
    )
