"""Pictures of a performance: a person that pose models see as one, in a plain gym."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repsight.athlete.camera import Camera
from repsight.athlete.figure import Look, Parts, figure_parts
from repsight.athlete.performance import Performance
from repsight.athlete.pose_error import frame_times
from repsight.athlete.raycast import Canvas, Disc, Pixels, draw_discs, draw_parts, rays
from repsight.athlete.scene import HOLDING_M, Backdrop, equipment, shadow_map
from repsight.core.skeleton import middle
from repsight.core.types import FloatArray

__all__ = ["Actor", "Film", "Image", "render", "still"]

Image = NDArray[np.uint8]

_KEY = np.array([-0.42, -0.72, -0.55], np.float32)  # towards the main lamp, camera axes
_FILL = np.array([0.75, -0.15, -0.64], np.float32)
_SKY = np.array([0.0, -1.0, 0.0], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Somebody in the picture: what they do, what they wear, where they stand.

    ``at_m`` moves them over the floor and ``turn_deg`` turns them to their left;
    ``delay_s`` starts their performance later. ``plates`` off leaves the bar
    bare, because in profile a plate hides the body behind it.
    """

    performance: Performance
    look: Look = Look()  # noqa: RUF009 - frozen, so one for all is safe
    at_m: tuple[float, float] = (0.0, 0.0)
    turn_deg: float = 0.0
    delay_s: float = 0.0
    plates: bool = True


@dataclass(frozen=True, slots=True)
class Film:
    """How pictures are taken: ``size`` is width, height in pixels.

    ``light_gain`` 1 is a bright gym, 0.1 a dark one; ``noise`` is the sensor's standard
    deviation in 8-bit steps at full light, larger in the dark. ``supersample`` 2 or more
    smooths edges at its square in cost.
    """

    size: tuple[int, int] = (480, 640)
    fps: float = 30.0
    light_gain: float = 1.0
    noise: float = 0.0
    supersample: int = 1
    seed: int = 0


def render(
    performance: Performance,
    camera: Camera | None = None,
    *,
    film: Film | None = None,
    look: Look | None = None,
    plates: bool = True,
    others: Sequence[Actor] = (),
    start_s: float = 0.0,
    end_s: float | None = None,
) -> Iterator[tuple[float, Image]]:
    """Frames ``(t_s, rgb)`` with rgb (H, W, 3) from ``start_s`` to ``end_s``.

    The same arguments give the same bytes.
    """
    film = Film() if film is None else film
    lead = Actor(performance, Look() if look is None else look, plates=plates)
    studio = _Studio.open((lead, *others), camera, film)
    last_s = performance.truth.duration_s if end_s is None else end_s
    for i, t_s in enumerate(frame_times(last_s, film.fps)):
        if t_s >= start_s:
            yield float(t_s), studio.shoot(float(t_s), np.random.default_rng([film.seed, i]))


def still(
    performance: Performance,
    t_s: float,
    *,
    camera: Camera | None = None,
    film: Film | None = None,
    look: Look | None = None,
    plates: bool = True,
    others: Sequence[Actor] = (),
) -> Image:
    """One picture (H, W, 3) at ``t_s``."""
    film = Film(supersample=2) if film is None else film
    lead = Actor(performance, Look() if look is None else look, plates=plates)
    studio = _Studio.open((lead, *others), camera, film)
    return studio.shoot(t_s, np.random.default_rng([film.seed, 0]))


@dataclass(frozen=True, slots=True, eq=False)
class _Studio:
    """Everything that stays the same from frame to frame."""

    actors: tuple[Actor, ...]
    camera: Camera
    film: Film
    directions: Pixels
    backdrop: Backdrop

    @classmethod
    def open(cls, actors: tuple[Actor, ...], camera: Camera | None, film: Film) -> _Studio:
        width, height = film.size
        ratio = width / height
        if camera is None:
            camera = actors[0].performance.camera(aspect_ratio=ratio)
        camera = replace(camera, aspect_ratio=ratio)
        size = width * film.supersample, height * film.supersample
        directions = rays(camera, size)
        return cls(actors, camera, film, directions, Backdrop.seen_by(camera, directions))

    def shoot(self, t_s: float, rng: np.random.Generator) -> Image:
        parts, discs = Parts(), list[Disc]()
        for actor in self.actors:
            discs += _add_actor(parts, actor, t_s)
        canvas = Canvas.blank(self.directions.shape[:2])
        draw_parts(canvas, parts, camera=self.camera, directions=self.directions)
        draw_discs(canvas, discs, camera=self.camera, directions=self.directions)
        colour = self.backdrop.shaded(shadow_map(parts, self.backdrop.middle_m))
        hit = np.isfinite(canvas.distance_m)
        soft = _softened(canvas.normal, max(self.directions.shape[0] // 320, 1))
        colour[hit] = canvas.colour[hit] * _shade(soft[hit])[:, None]
        return _exposed(_pooled(colour, self.film.supersample), self.film, rng)


def _add_actor(parts: Parts, actor: Actor, t_s: float) -> list[Disc]:
    """Put one person and their equipment into the scene; plates come back."""
    moment = np.array([max(t_s - actor.delay_s, 0.0)])
    points = actor.performance.points_at(moment)[0]
    load = actor.performance.load_at(moment)[0]
    truth = actor.performance.truth
    holding = bool(np.linalg.norm(middle(points, "wrist") - load) < HOLDING_M)
    own = figure_parts(points, actor.performance.body, actor.look, fists=holding)
    discs = equipment(
        own, points, load, exercise=truth.exercise, variation=truth.variation,
        plates=actor.plates,
    )  # fmt: skip
    turn = np.radians(actor.turn_deg)
    spin = np.array([
        [np.cos(turn), -np.sin(turn), 0.0], [np.sin(turn), np.cos(turn), 0.0], [0.0, 0.0, 1.0]
    ])  # fmt: skip
    shift = np.array([*actor.at_m, 0.0])

    def moved(point: FloatArray) -> FloatArray:
        return spin @ point + shift

    parts.first += [moved(point) for point in own.first]
    parts.last += [moved(point) for point in own.last]
    parts.first_m += own.first_m
    parts.last_m += own.last_m
    parts.colour += own.colour
    return [replace(d, centre=moved(d.centre), axis=spin @ d.axis) for d in discs]


def _shade(normal: Pixels) -> Pixels:
    """Brightness (M,) of surfaces under a main lamp, a weak fill and light from above."""
    key = np.maximum(normal @ (_KEY / np.linalg.norm(_KEY)), 0.0)
    fill = np.maximum(normal @ (_FILL / np.linalg.norm(_FILL)), 0.0)
    sky = 0.5 + 0.5 * (normal @ _SKY)
    return 0.3 + 0.55 * key + 0.16 * fill + 0.16 * sky


def _softened(normal: Pixels, reach: int) -> Pixels:
    """Normals averaged over near pixels, so that parts of one body run into each other."""
    rows, columns = (np.flatnonzero(normal.any(axis=(2, axis))) for axis in (1, 0))
    if not len(rows):
        return normal
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    wide = np.pad(normal[box], ((reach, reach), (reach, reach), (0, 0)))
    height, width = wide.shape[0] - 2 * reach, wide.shape[1] - 2 * reach
    tall = wide[:height].copy()
    for step in range(1, 2 * reach + 1):
        tall += wide[step : step + height]
    total = tall[:, :width].copy()
    for step in range(1, 2 * reach + 1):
        total += tall[:, step : step + width]
    length = np.sqrt(np.einsum("ijk,ijk->ij", total, total))[..., None]
    out = normal.copy()
    out[box] = total / np.maximum(length, np.float32(1e-6))
    return out


def _pooled(colour: Pixels, factor: int) -> Pixels:
    """Mean over squares of ``factor`` pixels."""
    if factor == 1:
        return colour
    height, width, _ = colour.shape
    blocks = colour.reshape(height // factor, factor, width // factor, factor, 3)
    return blocks.mean(axis=(1, 3), dtype=np.float32)


def _exposed(colour: Pixels, film: Film, rng: np.random.Generator) -> Image:
    """Light, sensor noise that grows as light falls, and 8 bits."""
    exposed = colour * np.float32(film.light_gain)
    if film.noise > 0.0:
        grain = rng.standard_normal(colour.shape, dtype=np.float32)
        exposed += film.noise * grain / np.float32(np.sqrt(max(film.light_gain, 0.04)))
    return np.clip(exposed, 0.0, 255.0).astype(np.uint8)
