"""BlazePose frame by frame: detect when lost, follow from pose to pose."""

from __future__ import annotations

from repsight.core.picture import ByteArray, Picture
from repsight.core.types import PoseFrame
from repsight.pose.detector import detect_people
from repsight.pose.landmarks import Pose, estimate_pose
from repsight.pose.roi import Roi
from repsight.pose.weights import check_pose_model

__all__ = ["BlazePoseLive"]


class BlazePoseLive:
    """Follows one person through a live stream.

    Each pose fixes the square for the next picture, so the result depends on the whole past:
    right for live use, while files are tracked in two passes (``track_pictures``).
    """

    def __init__(self, *, model: str = "lite") -> None:
        self._model = check_pose_model(model)
        self._roi: Roi | None = None

    def push(self, t_s: float, rgb: ByteArray) -> PoseFrame:
        """The pose in an upright (H, W, 3) picture; a missing frame if nobody is there."""
        picture = Picture.from_rgb(t_s, rgb)
        pose = self._look(picture)
        self._roi = pose.next_roi if pose else None
        if pose is None:
            return PoseFrame.missing(t_s, picture.aspect_ratio)
        return PoseFrame(t_s, pose.xy, pose.visibility, pose.world, picture.aspect_ratio)

    def reset(self) -> None:
        """Forget the person: the next picture starts with a detection."""
        self._roi = None

    def _look(self, picture: Picture) -> Pose | None:
        if self._roi is not None:
            pose = estimate_pose(picture, self._roi, model=self._model)
            if pose.is_present:
                return pose
        found = detect_people(picture)
        if not found:
            return None
        pose = estimate_pose(picture, found[0].roi, model=self._model)
        return pose if pose.is_present else None
