"""A scene for the newest frame only, from what has been seen so far."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from repsight.core.body import Body, View, measure_body, measure_view
from repsight.core.measure import Scene, measure
from repsight.core.medians import median
from repsight.core.signals import Signal
from repsight.core.skeleton import BILATERAL
from repsight.core.types import FloatArray, PoseFrame, PoseTrack

__all__ = ["RunningScene"]

#: Body, view and floor are measured again this often, on samples this far apart, this far back.
_REFRESH_S = 0.5
_SAMPLE_S = 0.1
_MEMORY_S = 4.0


@dataclass(slots=True)
class RunningScene:
    """Keeps a short, thin memory of frames to know the lifter's body, scale and floor."""

    _memory: deque[PoseFrame] = field(default_factory=deque[PoseFrame])
    _body: Body | None = None
    _view: View | None = None
    _floor_y: FloatArray = field(default_factory=lambda: np.full(1, np.nan))
    _fresh_s: float = float("-inf")

    def measure(self, signal: Signal, frame: PoseFrame) -> float:
        """Value of ``signal`` on this frame; NaN when it cannot be seen."""
        scene = self.observe(frame)
        return float("nan") if scene is None else float(measure(signal, scene)[0])

    def observe(self, frame: PoseFrame) -> Scene | None:
        """The newest frame as a scene of its own; None while nobody is seen."""
        if not np.isfinite(frame.xy[11:]).any():
            return None
        self._remember(frame)
        if self._body is None or self._view is None:
            return None
        world = None if frame.world is None else frame.world[None]
        track = PoseTrack(
            np.array([frame.t_s]), frame.xy[None], frame.visibility[None], world,
            frame.aspect_ratio,
        )  # fmt: skip
        return Scene(track, self._body, self._view, self._floor_y)

    def _remember(self, frame: PoseFrame) -> None:
        if self._memory and frame.t_s - self._memory[-1].t_s < _SAMPLE_S:
            return
        self._memory.append(frame)
        while frame.t_s - self._memory[0].t_s > _MEMORY_S:
            self._memory.popleft()
        if frame.t_s - self._fresh_s >= _REFRESH_S or len(self._memory) < 5:
            self._refresh(frame.t_s)

    def _refresh(self, t_s: float) -> None:
        track = PoseTrack.from_frames(list(self._memory))
        body = measure_body(track)
        view = measure_view(track, body)
        scale = body.scale[np.isfinite(body.scale)]
        self._body = Body(
            body.lengths, np.array([median(scale) if scale.size else np.nan]), body.is_metric
        )
        self._view = View(
            view.name, view.median_yaw_deg, view.yaw_deg[-1:], view.facing[-1:],
            view.near_left[-1:],
        )  # fmt: skip
        left, right = BILATERAL["ankle"]
        feet = (track.xy[:, left, 1] + track.xy[:, right, 1]) / 2
        known = feet[np.isfinite(feet)]
        self._floor_y = np.array([median(known) if known.size else np.nan])
        self._fresh_s = t_s
