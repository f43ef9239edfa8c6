"""The default backend: MediaPipe's BlazePose models on ONNX Runtime, two passes, any threads."""

from __future__ import annotations

from repsight.core.picture import PictureSource
from repsight.pose.port import TrackedPictures, TrackOptions
from repsight.pose.track import track_pictures

__all__ = ["BlazePoseBackend"]


class BlazePoseBackend:
    """Models ``lite``, ``full`` and ``heavy``; they come with the package."""

    def track(self, source: PictureSource, options: TrackOptions) -> TrackedPictures:
        """Landmarks of the lifter on every analysed picture."""
        return track_pictures(source, options)
