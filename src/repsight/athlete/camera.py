"""A phone on a tripod: where it stands, and what landmarks look like through its lens."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from repsight.core.skeleton import middle
from repsight.core.types import FloatArray

__all__ = ["Camera", "View", "framed", "project"]


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera that looks at a point above the lifter's feet.

    ``yaw_deg`` walks around the lifter: 0 sees the face, 90 the left side, 180 the back,
    -90 the right side. ``pitch_deg`` tips the lens down. ``focal`` is in frame heights
    (a phone held upright about 1.2, across about 1.6). ``look_at_m`` is the floor point
    (x, y) and the height at the middle of the picture.
    """

    yaw_deg: float = 90.0
    distance_m: float = 3.2
    height_m: float = 1.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    focal: float = 1.2
    aspect_ratio: float = 0.75
    look_at_m: tuple[float, float, float] = (0.0, 0.0, 0.95)

    @property
    def place_m(self) -> FloatArray:
        """Position (3,) of the lens in the floor frame."""
        yaw = np.radians(self.yaw_deg)
        away = self.distance_m * np.array([np.cos(yaw), np.sin(yaw)])
        return np.array([self.look_at_m[0] + away[0], self.look_at_m[1] + away[1], self.height_m])

    @property
    def axes(self) -> FloatArray:
        """Rows (3, 3): right, down and away from the camera, in the floor frame."""
        yaw, roll = np.radians([self.yaw_deg, self.roll_deg])
        # Aim at the point, then add the extra pitch, so that height alone keeps the framing.
        drop = np.arctan2(self.height_m - self.look_at_m[2], self.distance_m)
        pitch = drop + np.radians(self.pitch_deg)
        away = np.array([
            -np.cos(pitch) * np.cos(yaw), -np.cos(pitch) * np.sin(yaw), -np.sin(pitch)
        ])  # fmt: skip
        right = np.array([-np.sin(yaw), np.cos(yaw), 0.0])
        down = np.cross(away, right)
        level = np.stack([right, down, away])
        turn = np.array([
            [np.cos(roll), np.sin(roll), 0.0], [-np.sin(roll), np.cos(roll), 0.0], [0.0, 0.0, 1.0]
        ])  # fmt: skip
        return turn @ level


def framed(
    points: FloatArray,
    *,
    yaw_deg: float = 90.0,
    height_m: float = 1.0,
    aspect_ratio: float = 0.75,
    focal: float = 1.2,
    margin: float = 0.22,
    pitch_deg: float = 0.0,
    roll_deg: float = 0.0,
) -> Camera:
    """A camera just far enough away to keep all of floor-frame ``points`` (N, 33, 3) in sight.

    ``margin`` is the free share of the picture on the tighter side pair.
    """
    low, high = points.reshape(-1, 3).min(axis=0), points.reshape(-1, 3).max(axis=0)
    middle = (low + high) / 2.0
    camera = Camera(
        yaw_deg, 1.0, height_m, pitch_deg, roll_deg, focal, aspect_ratio,
        (float(middle[0]), float(middle[1]), float(middle[2])),
    )  # fmt: skip
    half = np.array([aspect_ratio, 1.0]) / 2.0 * (1.0 - margin)
    for distance_m in np.geomspace(1.2, 12.0, 60):
        camera = replace(camera, distance_m=float(distance_m))
        view = project(points[::10], camera)
        if np.all(np.abs(view.xy - [aspect_ratio / 2.0, 0.5]) <= half):
            break
    return camera


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Exact landmarks through a camera.

    ``xy`` (N, 33, 2) in frame heights, y down; ``world`` (N, 33, 3) hip-centred metres along
    the camera's axes; ``depth_m`` (N, 33) from the lens.
    """

    xy: FloatArray
    world: FloatArray
    depth_m: FloatArray
    aspect_ratio: float


def project(points: FloatArray, camera: Camera) -> View:
    """See floor-frame points (N, 33, 3) through ``camera``."""
    local = (points - camera.place_m) @ camera.axes.T
    depth = np.maximum(local[..., 2], 0.05)
    xy = camera.focal * local[..., :2] / depth[..., None]
    xy = xy + np.array([camera.aspect_ratio / 2.0, 0.5])
    world = local - middle(local, "hip")[:, None]
    return View(xy, world, depth, camera.aspect_ratio)
