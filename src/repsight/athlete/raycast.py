"""Draws sphere-swept parts and discs into a depth buffer, in plain numpy.

A ray from the lens meets a sphere of the sweep at ``s(h) = L(h) - sqrt(q(h))`` with ``L`` linear
and ``q`` quadratic in the place ``h`` on the axis. ``s`` is convex, so the visible point has a
closed form: where the slope is null, clipped to the ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.camera import Camera
from repsight.athlete.figure import Parts
from repsight.core.types import FloatArray

__all__ = ["Canvas", "Disc", "Pixels", "draw_discs", "draw_parts", "rays"]

#: Pictures are kept in single precision; typed loosely because numpy's own types widen.
Pixels = NDArray[np.float32 | np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """Nearest surface per pixel: distance (H, W), unit normal and colour (H, W, 3)."""

    distance_m: Pixels
    normal: Pixels
    colour: Pixels

    @classmethod
    def blank(cls, shape: tuple[int, int]) -> Canvas:
        """Nothing in sight."""
        return cls(
            np.full(shape, np.inf, np.float32),
            np.zeros((*shape, 3), np.float32),
            np.zeros((*shape, 3), np.float32),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Disc:
    """A short cylinder such as a weight plate: centre (3,), unit axis (3,), sizes in metres."""

    centre: FloatArray
    axis: FloatArray
    radius_m: float
    thickness_m: float
    colour: tuple[int, int, int]


def rays(camera: Camera, size: tuple[int, int]) -> Pixels:
    """Unit vectors (H, W, 3) through the pixels, in the camera's axes."""
    width, height = size
    x = ((np.arange(width) + 0.5) / height - width / height / 2.0) / camera.focal
    y = ((np.arange(height) + 0.5) / height - 0.5) / camera.focal
    grid = np.empty((height, width, 3), np.float32)
    grid[..., 0], grid[..., 1], grid[..., 2] = x[None, :], y[:, None], 1.0
    return grid / np.linalg.norm(grid, axis=-1, keepdims=True)


def draw_parts(canvas: Canvas, parts: Parts, *, camera: Camera, directions: Pixels) -> None:
    """Add rounded cones to the canvas."""
    first = _local(np.array(parts.first), camera)
    last = _local(np.array(parts.last), camera)
    for i, colour in enumerate(parts.colour):
        radii = parts.first_m[i], parts.last_m[i]
        box = _box((first[i], last[i]), max(radii), camera, canvas.distance_m.shape)
        if box is not None:
            _draw_cone(
                canvas, directions, box, ends=(first[i], last[i]), radii=radii, colour=colour
            )


def _local(points: FloatArray, camera: Camera) -> Pixels:
    return ((points - camera.place_m) @ camera.axes.T).astype(np.float32)


def _box(
    points: tuple[Pixels, ...], radius_m: float, camera: Camera, shape: tuple[int, ...]
) -> tuple[slice, slice] | None:
    """Rows and columns that spheres around the points can cover; None if out of sight."""
    height, width = shape[0], shape[1]
    low, high = np.full(2, np.inf), np.full(2, -np.inf)
    for point in points:
        depth = float(point[2]) - radius_m
        if depth < 0.1:
            return None
        centre = camera.focal * point[:2] / point[2]
        reach = 1.15 * camera.focal * radius_m / depth
        low, high = np.minimum(low, centre - reach), np.maximum(high, centre + reach)
    middle = np.array([width / 2.0, height / 2.0])
    x0, y0 = (int(v) for v in np.clip(low * height + middle, 0.0, [width, height]))
    x1, y1 = (int(v) for v in np.clip(high * height + middle, 0.0, [width, height]))
    if x1 + 1 <= x0 or y1 + 1 <= y0 or x0 >= width or y0 >= height:
        return None
    return slice(y0, y1 + 1), slice(x0, x1 + 1)


def _draw_cone(
    canvas: Canvas,
    directions: Pixels,
    box: tuple[slice, slice],
    *,
    ends: tuple[Pixels, Pixels],
    radii: tuple[float, float],
    colour: tuple[int, int, int],
) -> None:
    ray = directions[box]
    a, axis = ends[0], ends[1] - ends[0]
    grow = np.float32(radii[1] - radii[0])
    along0, along1 = ray @ a, ray @ axis
    stretch = np.maximum(axis @ axis - grow * grow - along1 * along1, np.float32(1e-7))
    half_b = along0 * along1 - (a @ axis - np.float32(radii[0]) * grow)
    const = along0 * along0 - (a @ a - np.float32(radii[0] ** 2))
    top = const + half_b * half_b / stretch
    best = (half_b - along1 * np.sqrt(
        np.maximum(top, 0.0) * stretch / (stretch + along1 * along1)
    )) / stretch  # fmt: skip
    place = np.clip(best, 0.0, 1.0)
    inside = const + place * (2.0 * half_b - stretch * place)
    hit = (inside > 0.0) & (top > 0.0)
    distance = along0 + place * along1 - np.sqrt(np.maximum(inside, 0.0))
    hit &= distance < canvas.distance_m[box]
    if not hit.any():
        return
    near, where = distance[hit], place[hit]
    centre = a + where[:, None] * axis
    radius = radii[0] + where * grow
    _paint(canvas, box, hit, near, (near[:, None] * ray[hit] - centre) / radius[:, None], colour)


def _paint(
    canvas: Canvas, box: tuple[slice, slice], hit: NDArray[np.bool_], distance: Pixels,
    normal: Pixels, colour: tuple[int, int, int],
) -> None:  # fmt: skip
    canvas.distance_m[box][hit] = distance
    canvas.normal[box][hit] = normal
    canvas.colour[box][hit] = colour


def draw_discs(canvas: Canvas, discs: list[Disc], *, camera: Camera, directions: Pixels) -> None:
    """Add short cylinders to the canvas."""
    for disc in discs:
        centre = _local(disc.centre[None], camera)[0]
        axis = (camera.axes @ disc.axis).astype(np.float32)
        reach = float(np.hypot(disc.radius_m, disc.thickness_m))
        box = _box((centre,), reach, camera, canvas.distance_m.shape)
        if box is not None:
            _draw_rim(canvas, directions, box, disc=disc, centre=centre, axis=axis)
            _draw_face(canvas, directions, box, disc=disc, centre=centre, axis=axis)


def _draw_face(
    canvas: Canvas, directions: Pixels, box: tuple[slice, slice], *, disc: Disc,
    centre: Pixels, axis: Pixels,
) -> None:  # fmt: skip
    """The flat side that looks at the camera."""
    ray = directions[box]
    outward = -axis if float(axis @ centre) > 0.0 else axis
    middle = centre + outward * np.float32(disc.thickness_m / 2.0)
    slope = ray @ outward
    distance = (middle @ outward) / np.where(np.abs(slope) < 1e-6, np.float32(-1e-6), slope)
    aside = distance[..., None] * ray - middle
    hit = (np.einsum("ijk,ijk->ij", aside, aside) < disc.radius_m**2) & (distance > 0.0)
    hit &= distance < canvas.distance_m[box]
    if hit.any():
        _paint(canvas, box, hit, distance[hit], outward[None, :], disc.colour)


def _draw_rim(
    canvas: Canvas, directions: Pixels, box: tuple[slice, slice], *, disc: Disc,
    centre: Pixels, axis: Pixels,
) -> None:  # fmt: skip
    """The round edge."""
    ray = directions[box]
    flat_ray = ray - (ray @ axis)[..., None] * axis
    flat_centre = centre - (centre @ axis) * axis
    a = np.maximum(np.einsum("ijk,ijk->ij", flat_ray, flat_ray), np.float32(1e-9))
    b = flat_ray @ flat_centre
    inside = b * b - a * np.float32(flat_centre @ flat_centre - disc.radius_m**2)
    distance = (b - np.sqrt(np.maximum(inside, 0.0))) / a
    offset = distance[..., None] * ray - centre
    hit = (inside > 0.0) & (np.abs(offset @ axis) < disc.thickness_m / 2.0)
    hit &= (distance > 0.0) & (distance < canvas.distance_m[box])
    if hit.any():
        flat = offset[hit] - (offset[hit] @ axis)[:, None] * axis
        _paint(canvas, box, hit, distance[hit], flat / np.float32(disc.radius_m), disc.colour)
