"""The pipeline of our own gives MediaPipe's landmarks."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from repsight.pose.detector import detect_people
from repsight.pose.landmarks import estimate_pose
from repsight.testing.pictures import squatting_athlete


@pytest.fixture(scope="module")
def bundle() -> Path:
    path = Path(os.environ.get("REPSIGHT_TEST_POSE_TASK", ""))
    if not path.is_file():
        pytest.skip(
            "REPSIGHT_TEST_POSE_TASK names no bundle: make one with"
            " `python -m build_support.task_bundle full FILE.task`"
        )
    return path


def test_landmarks_agree_with_mediapipe_on_the_same_pictures(bundle: Path) -> None:
    mediapipe = pytest.importorskip("mediapipe", reason="mediapipe is not installed")
    vision = mediapipe.tasks.vision
    base = mediapipe.tasks.BaseOptions(model_asset_buffer=bundle.read_bytes())
    options = vision.PoseLandmarkerOptions(base_options=base)
    apart_px: list[np.ndarray] = []
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        for picture in list(squatting_athlete().pictures())[::4]:
            rgb = np.ascontiguousarray(picture.rgb)
            image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
            theirs = landmarker.detect(image).pose_landmarks[0]
            ours = estimate_pose(picture, detect_people(picture)[0].roi, model="full")
            there = np.array([(point.x * picture.aspect_ratio, point.y) for point in theirs])
            apart_px.append(np.linalg.norm(ours.xy - there, axis=1) * picture.height_px)
    assert np.median(apart_px) < 1.5
    assert np.percentile(apart_px, 95) < 8
