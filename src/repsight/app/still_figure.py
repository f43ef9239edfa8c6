"""The athlete at one moment of an exercise as a small drawing of a few kilobytes (SVG)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from repsight.app.technique import has_loop, phase_of, view_of
from repsight.athlete.phase_loop import PhaseId, Plate, Solids, phase_still, telling_phase
from repsight.core.report import ClipReport
from repsight.core.spec import ViewName
from repsight.core.types import FloatArray
from repsight.exercises import spec_of

__all__ = ["FigurePhase", "figures_of", "still_figure"]

#: What a figure can be shown in.
FigurePhase = PhaseId

#: Where the camera stands, degrees from the front, and how far it looks down.
_YAW_DEG: Final[dict[ViewName, float]] = {
    "side": 82.0, "front": 8.0, "oblique": 45.0, "back": 172.0, "unknown": 60.0,
}  # fmt: skip
_PITCH_DEG: Final = 4.0
#: Units of the drawing in a metre: whole numbers are exact enough and short.
_PER_M: Final = 200.0
_ROOM: Final = 22.0
#: The far side of the body is drawn darker, at most to this share of its light.
_FAR: Final = 0.72
_PLATE: Final = "#5b626b"


@lru_cache(maxsize=256)
def still_figure(
    exercise: str, phase: FigurePhase | None = None, *, view: ViewName | None = None
) -> str:
    """An ``<svg>`` of the figure in the middle of a phase, None for the one that tells most.

    It is seen from ``view``, None for where the exercise is best filmed from. It has no words: who
    shows it says what it is. UnknownName for what the athlete does not know.
    """
    seen_from = view or spec_of(exercise).recommended_view
    solids, plates = phase_still(exercise, phase or telling_phase(exercise))
    camera = _axes(_YAW_DEG[seen_from])
    ends = solids.ends[0] @ camera.T  # (P, 2, 3): right, up, near
    discs = [(plate, plate.centre[0] @ camera.T) for plate in plates]
    drawn = [*_strokes(ends, solids), *(_disc(*disc, camera) for disc in discs)]
    shapes = "".join(shape for _, shape in sorted(drawn, key=lambda one: one[0]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_box(ends, solids, discs)}">'
        f'<g stroke-linecap="round" fill="none">{shapes}</g></svg>'
    )


def figures_of(report: ClipReport) -> dict[tuple[str, str], str]:
    """How it is done, by exercise and rule, for each issue in a report that the athlete knows."""
    found: dict[tuple[str, str], str] = {}
    for seen in report.sets:
        exercise = seen.exercise.id
        issues = {one.rule for one in seen.verdicts if one.outcome == "issue"}
        if not issues or not has_loop(exercise):
            continue
        spec = spec_of(exercise)
        for rule in spec.book.rules:
            if rule.id in issues:
                phase = phase_of(rule.when, spec)
                shown = None if phase == "whole" else phase
                found[exercise, rule.id] = still_figure(exercise, shown, view=view_of(rule, spec))
    return found


def _axes(yaw_deg: float) -> FloatArray:
    """Rows: to the right, up and towards the camera."""
    yaw, pitch = np.radians([yaw_deg, _PITCH_DEG])
    s, c = np.sin(yaw), np.cos(yaw)
    return np.array(
        [
            [-s, c, 0.0],
            [-np.sin(pitch) * c, -np.sin(pitch) * s, np.cos(pitch)],
            [np.cos(pitch) * c, np.cos(pitch) * s, np.sin(pitch)],
        ]
    )


def _strokes(ends: FloatArray, solids: Solids) -> list[tuple[float, str]]:
    """Depth and line of each rounded cone."""
    depths = ends[:, :, 2].mean(axis=1)
    low, reach = float(depths.min()), float(np.ptp(depths)) or 1.0
    widths = np.rint(solids.radius_m.sum(axis=1) * _PER_M)
    lines: list[tuple[float, str]] = []
    for (first, last), width, colour, depth in zip(
        ends, widths, solids.colour, depths, strict=True
    ):
        light = _FAR + (1.0 - _FAR) * (float(depth) - low) / reach
        paint = "".join(f"{round(float(one) * light):02x}" for one in colour)
        (x1, y1), (x2, y2) = _place(first), _place(last)
        end = f"M{x1} {y1}L{x2} {y2}" if (x1, y1) != (x2, y2) else f"M{x1} {y1}h.1"
        line = f'<path d="{end}" stroke="#{paint}" stroke-width="{width:.0f}"/>'
        lines.append((float(depth), line))
    return lines


def _disc(plate: Plate, centre: FloatArray, camera: FloatArray) -> tuple[float, str]:
    """Depth and outline of a weight plate: an ellipse."""
    axis = plate.axis[0] @ camera.T
    narrow = abs(float(axis[2]) / (float(np.linalg.norm(axis)) or 1.0))
    turn = np.degrees(np.arctan2(-axis[1], axis[0]))
    x, y = _place(centre)
    radius = plate.radius_m * _PER_M
    shape = (
        f'<ellipse cx="{x}" cy="{y}" rx="{max(radius * narrow, 5.0):.0f}" ry="{radius:.0f}" '
        f'transform="rotate({turn:.0f} {x} {y})" stroke="{_PLATE}" stroke-width="9" '
        f'fill="{_PLATE}" fill-opacity=".25"/>'
    )
    return float(centre[2]), shape


def _place(point: FloatArray) -> tuple[int, int]:
    return round(_PER_M * float(point[0])), round(-_PER_M * float(point[1]))


def _box(ends: FloatArray, solids: Solids, discs: list[tuple[Plate, FloatArray]]) -> str:
    """What holds the figure, its plates and the floor."""
    reach = solids.radius_m[:, :, None]
    low, high = [ends[:, :, :2] - reach], [ends[:, :, :2] + reach]
    corners = [np.concatenate(one).reshape(-1, 2) for one in (low, high)]
    for plate, centre in discs:
        corners[0] = np.vstack([corners[0], centre[:2] - plate.radius_m])
        corners[1] = np.vstack([corners[1], centre[:2] + plate.radius_m])
    (left, bottom), (right, top) = np.nanmin(corners[0], axis=0), np.nanmax(corners[1], axis=0)
    x, y = round(_PER_M * left - _ROOM), round(-_PER_M * top - _ROOM)
    wide, tall = _PER_M * (right - left) + 2 * _ROOM, _PER_M * (top - bottom) + 2 * _ROOM
    return f"{x} {y} {wide:.0f} {tall:.0f}"
