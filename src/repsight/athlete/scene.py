"""The gym around the lifter: floor, wall, soft shadow, barbell, plates, bench."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.apparatus import (
    RUBBER,
    STANDING,
    STEEL,
    UP,
    add_bench,
    add_box,
    add_dumbbells,
    add_seat,
)
from repsight.athlete.camera import Camera
from repsight.athlete.figure import Parts
from repsight.athlete.limbs import leftwards, unit
from repsight.athlete.motion.deadlift import BAR_RADIUS_M
from repsight.athlete.raycast import Disc, Pixels
from repsight.core.skeleton import columns, middle
from repsight.core.types import FloatArray

__all__ = ["HOLDING_M", "Backdrop", "equipment", "shadow_map"]

#: A load whose centre is this close to the middle between the wrists is being held.
HOLDING_M = 0.2

_RED = (168, 40, 40)
#: Push-ups with these landmarks on a box.
_RAISED = {"incline": columns("wrist"), "decline": columns("toe")}
#: Variations done with a dumbbell in each hand.
_IN_EACH_HAND = frozenset({"dumbbell", "hammer", "arnold"})
_CELL_M = 0.03
_REACH_M = 2.4  # half side of the floor patch that can carry a shadow
_CELLS = int(2.0 * _REACH_M / _CELL_M)
_LAMP = unit(np.array([0.25, 0.35, 1.0]))  # direction towards the lamp, floor frame


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """What does not move: colours (H, W, 3), and where the floor can carry a shadow.

    ``pixels`` (K,) are flat picture indices of that floor patch, ``cells`` (4, K) the shadow
    map's cells around each of them and ``weights`` (4, K) their shares.
    """

    colour: Pixels
    pixels: NDArray[np.intp]
    cells: NDArray[np.intp]
    weights: Pixels
    middle_m: tuple[float, float]

    @classmethod
    def seen_by(cls, camera: Camera, directions: Pixels) -> Backdrop:
        """Floor and wall for one camera and one picture size."""
        ray = directions @ camera.axes.astype(np.float32)  # floor frame
        place = camera.place_m
        down = np.minimum(ray[..., 2], -1e-4)
        reach = np.where(ray[..., 2] < -1e-4, -place[2] / down, np.inf)
        yaw = np.radians(camera.yaw_deg)
        away = np.array([-np.cos(yaw), -np.sin(yaw)])
        wall_m = camera.distance_m + 2.6
        to_wall = wall_m / np.maximum(ray[..., 0] * away[0] + ray[..., 1] * away[1], 1e-3)
        on_floor = reach < to_wall
        floor = place[:2] + np.where(on_floor, reach, 0.0)[..., None] * ray[..., :2]
        height = place[2] + to_wall * ray[..., 2]
        colour = np.where(on_floor[..., None], _floor(floor, reach), _wall(height))
        middle = camera.look_at_m[0], camera.look_at_m[1]
        pixels, cells, weights = _on_patch(
            (floor - np.array(middle) + _REACH_M) / _CELL_M, on_floor
        )
        return cls(colour.astype(np.float32), pixels, cells, weights, middle)

    def shaded(self, shadow: Pixels) -> Pixels:
        """Colours (H, W, 3) with the floor darkened by a shadow map."""
        dark = (self.weights * shadow.reshape(-1)[self.cells]).sum(axis=0)
        out = self.colour.copy()
        some = dark > 0.004
        out.reshape(-1, 3)[self.pixels[some]] *= (1.0 - dark[some])[:, None]
        return out


def _on_patch(
    place: FloatArray, on_floor: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp], Pixels]:
    """Pixels of the shadow patch, the four cells around each, and bilinear weights."""
    inside = on_floor & (place >= 0).all(axis=-1) & (place < _CELLS - 2).all(axis=-1)
    x, y = place[inside].T
    ix, iy = x.astype(np.intp), y.astype(np.intp)
    fx, fy = x - ix, y - iy
    cells = np.stack([(iy + dy) * _CELLS + ix + dx for dy in (0, 1) for dx in (0, 1)])
    weights = np.stack([(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy])
    return np.flatnonzero(inside), cells, weights.astype(np.float32)


def _floor(place: FloatArray, reach: FloatArray) -> FloatArray:
    """Rubber mats of one metre with fine joints, paler far away."""
    joint = np.abs(place - np.round(place)).min(axis=-1)
    far = np.clip(np.where(np.isfinite(reach), reach, 20.0) / 14.0, 0.0, 1.0)
    width = 0.006 + 0.006 * far
    line = np.clip(1.0 - joint / width, 0.0, 1.0) * (1.0 - far)
    grain = 1.5 * np.sin(37.0 * place[..., 0]) * np.sin(41.0 * place[..., 1])
    base = np.array([112.0, 114.0, 118.0])[None, None] + 30.0 * far[..., None]
    return base + grain[..., None] - 34.0 * line[..., None]


def _wall(height: FloatArray) -> FloatArray:
    """A plain wall, brighter towards the top, with a skirting board."""
    rise = np.clip(height / 3.2, 0.0, 1.0)[..., None]
    wall = np.array([186.0, 190.0, 192.0]) + rise * np.array([34.0, 33.0, 30.0])
    board = (height < 0.1)[..., None]
    return np.where(board, np.array([92.0, 94.0, 98.0]), wall)


def shadow_map(parts: Parts, middle_m: tuple[float, float]) -> Pixels:
    """How dark (0..1) each cell of the floor patch is under a soft lamp."""
    light = np.ones((_CELLS, _CELLS), np.float32)
    slant = _LAMP[:2] / _LAMP[2]
    for first, last, first_m, last_m in zip(
        parts.first, parts.last, parts.first_m, parts.last_m, strict=True
    ):
        low = max(min(float(first[2]), float(last[2])), 0.0)
        soft = 0.03 + 0.16 * low
        radius = 0.5 * (first_m + last_m)
        if radius < 0.02:
            continue
        a = (first[:2] - slant * first[2] - middle_m + _REACH_M) / _CELL_M
        b = (last[:2] - slant * last[2] - middle_m + _REACH_M) / _CELL_M
        _darken(light, (a, b), (radius + soft) / _CELL_M, soft / _CELL_M)
    return 0.62 * (1.0 - light)


def _darken(light: Pixels, ends: tuple[FloatArray, FloatArray], reach: float, soft: float) -> None:
    """Take light from the cells near a segment, in place."""
    a, b = ends
    low = np.maximum(np.minimum(a, b) - reach, 0.0).astype(int)
    high = np.minimum(np.maximum(a, b) + reach + 1.0, light.shape[0]).astype(int)
    if (high <= low).any():
        return
    x = np.arange(low[0], high[0], dtype=np.float32)[None, :] - np.float32(a[0])
    y = np.arange(low[1], high[1], dtype=np.float32)[:, None] - np.float32(a[1])
    way = (b - a).astype(np.float32)
    share = np.clip((x * way[0] + y * way[1]) / max(float(way @ way), 1e-6), 0.0, 1.0)
    gap = np.sqrt((x - share * way[0]) ** 2 + (y - share * way[1]) ** 2)
    cover = np.clip((reach - gap) / (2.0 * soft), 0.0, 1.0)
    patch = light[low[1] : high[1], low[0] : high[0]]
    patch *= 1.0 - 0.75 * cover * cover * (3.0 - 2.0 * cover)


def equipment(
    parts: Parts,
    points: FloatArray,
    load: FloatArray,
    *,
    exercise: str,
    variation: str,
    plates: bool = True,
) -> list[Disc]:
    """Add what the lifter uses to ``parts``; plates come back as discs.

    Without ``plates`` the bar is bare: in profile a plate hides the body behind it.
    """
    if variation == "seated":
        add_seat(parts, points)
    if exercise == "bench_press":
        add_bench(parts, points)
    if exercise == "push_up" and variation in _RAISED:
        add_box(parts, points[_RAISED[variation]].mean(axis=0))
    if variation in _IN_EACH_HAND:
        add_dumbbells(parts, points)
        return []
    if np.isnan(load).any():
        return []
    if exercise in STANDING:
        STANDING[exercise](parts, points, load, variation)
        return []
    if variation.startswith("goblet"):
        parts.add(load + 0.05 * UP, load - 0.05 * UP, radius_m=0.075, colour=RUBBER)
        return []
    if variation.startswith("bodyweight"):
        return []
    held = np.linalg.norm(middle(points, "wrist") - load) < HOLDING_M
    axis = leftwards(points, "wrist") if held else np.array([0.0, 1.0, 0.0])
    half = 0.75 if exercise == "biceps_curl" else 1.1
    parts.add(load - half * axis, load + half * axis, radius_m=0.0145, colour=STEEL)
    plate_m = {"deadlift": 0.225, "squat": 0.17}.get(exercise, 0.14)
    if exercise == "deadlift" and not plates:
        _add_stands(parts, load)
    return _plates(load, axis, place_m=half - 0.42, radius_m=plate_m) if plates else []


def _plates(load: FloatArray, axis: FloatArray, *, place_m: float, radius_m: float) -> list[Disc]:
    """A plate on each end of the bar, and a second, coloured one outside it."""
    discs: list[Disc] = []
    for side in (1.0, -1.0):
        for i, colour in enumerate((RUBBER, _RED)):
            centre = load + side * axis * (place_m + 0.045 * i)
            discs.append(Disc(centre, axis, radius_m * (1.0 - 0.2 * i), 0.04, colour))
    return discs


def _add_stands(parts: Parts, load: FloatArray) -> None:
    """Low stands on which a bare bar waits at the height that plates would give it."""
    for y in (-0.85, 0.85):
        foot = np.array([load[0], y, 0.02])
        parts.add(foot, foot + UP * (BAR_RADIUS_M - 0.05), radius_m=0.022, colour=RUBBER)
