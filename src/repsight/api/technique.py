"""How exercises are done: loops of the digital athlete, and a lifter's own repetition beside one.

Arrays travel as base64 of little-endian 16-bit integers in millimetres, in the order of their
axes; -32768 is unknown.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from pydantic import BaseModel

from repsight.api.packed import packed, times
from repsight.api.services import Services, services
from repsight.app.own_rep import aligned_in
from repsight.app.still_figure import FigurePhase, still_figure
from repsight.app.technique import Technique, loop_of, technique_of

__all__ = [
    "AlignedShown",
    "CueShown",
    "FaultShown",
    "FoundShown",
    "PhaseShown",
    "PlateShown",
    "TechniqueShown",
    "fault",
    "figure",
    "own",
    "router",
    "technique",
]

router: Final = APIRouter(prefix="/api", tags=["technique"])
_Wired = Annotated[Services, Depends(services)]
_Name = Annotated[str, Query(max_length=64)]


class PhaseShown(BaseModel):
    """A part of a repetition; ``name`` is empty where the exercise has no word of its own."""

    id: str
    name: str
    direction: str
    start_s: float
    end_s: float


class CueShown(BaseModel):
    """Advice for one phase; ``can_show`` says that the fault has a loop as well."""

    rule: str
    title: str
    text: str
    phase: str
    joints: list[str]
    view: str
    can_show: bool


class PlateShown(BaseModel):
    """A weight plate: ``centre`` and ``axis`` (N, 3), the axis in thousandths."""

    centre: str
    axis: str
    radius_m: float


class TechniqueShown(BaseModel):
    """A loop of N samples: ``points`` (N, 33, 3), ``ends`` (N, P, 2, 3) of rounded cones."""

    exercise: str
    name: str
    view: str
    variation: str
    variations: list[str]
    side: Literal["left", "right", "both"]
    t_s: list[float]
    phases: list[PhaseShown]
    cues: list[CueShown]
    points: str
    ends: str
    radius_m: list[tuple[float, float]]
    colour: list[tuple[int, int, int]]
    plates: list[PlateShown]


class FaultShown(BaseModel):
    """The same repetition with a fault: ``points`` (N, 33, 3) over ``t_s`` (N,)."""

    rule: str
    t_s: list[float]
    points: str


class FoundShown(BaseModel):
    """What the report says of the repetition: a fault, or something to watch."""

    rule: str
    title: str
    outcome: str
    cue: str


class AlignedShown(BaseModel):
    """An own repetition: ``xy`` (N, 33, 2), right and up, beside the loop of ``technique``."""

    technique: TechniqueShown
    number: int
    yaw_deg: float
    error_deg: float
    xy: str
    own_t_s: list[float]
    found: list[FoundShown]


@router.get("/technique/{exercise}")
def technique(exercise: str, variation: _Name = "") -> TechniqueShown:
    """How an exercise is done, by a body of usual proportions."""
    return _shown(technique_of(exercise, variation=variation))


@router.get("/technique/{exercise}/figure.svg", response_class=Response)
def figure(exercise: str, phase: FigurePhase | None = None) -> Response:
    """The athlete in one phase as a small drawing; without one in that which tells most."""
    return Response(
        still_figure(exercise, phase),
        media_type="image/svg+xml",
        headers={"Cache-Control": "private, max-age=86400"},
    )


@router.get("/technique/{exercise}/faults/{rule}")
def fault(exercise: str, rule: str, variation: _Name = "") -> FaultShown:
    """The same with one fault; 400 where the athlete cannot show it."""
    loop = loop_of(exercise, variation=variation, fault=rule)
    return FaultShown(rule=rule, t_s=times(loop.t_s), points=packed(loop.points))


@router.get("/clips/{clip_id}/technique")
def own(
    wired: _Wired,
    clip_id: str,
    set_number: Annotated[int, Query(ge=1, le=1000)] = 1,
    rep: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> AlignedShown:
    """One repetition of a clip beside the athlete of the same proportions."""
    listed = wired.library.find(clip_id)
    if listed is None or "report.json" not in listed.files:
        raise HTTPException(404, "There is no report of such a clip.")
    found = aligned_in(wired.library.result_folder(listed.clip), set_number, rep)
    return AlignedShown(
        technique=_shown(found.technique),
        number=found.number,
        yaw_deg=round(found.yaw_deg, 1),
        error_deg=found.error_deg,
        xy=packed(found.xy),
        own_t_s=times(found.t_s),
        found=[
            FoundShown(rule=v.rule, title=v.title, outcome=v.outcome, cue=v.cue)
            for v in found.verdicts
        ],
    )


def _shown(of: Technique) -> TechniqueShown:
    loop, solids = of.loop, of.loop.solids
    return TechniqueShown(
        exercise=of.spec.id,
        name=of.spec.name,
        view=of.spec.recommended_view,
        variation=loop.variation,
        variations=list(of.variations),
        side=of.side,
        t_s=times(loop.t_s),
        phases=[
            PhaseShown(
                id=phase.id, name=of.moments.get(phase.id, ""),
                direction=of.directions.get(phase.id, "none"),
                start_s=round(phase.start_s, 3), end_s=round(phase.end_s, 3),
            )
            for phase in loop.phases
        ],
        cues=[
            CueShown(rule=cue.rule, title=cue.title, text=cue.text, phase=cue.phase,
                     joints=list(cue.joints), view=cue.view, can_show=cue.can_show)
            for cue in of.cues
        ],
        points=packed(loop.points),
        ends=packed(solids.ends),
        radius_m=[(round(float(a), 4), round(float(b), 4)) for a, b in solids.radius_m],
        colour=[(int(r), int(g), int(b)) for r, g, b in solids.colour],
        plates=[
            PlateShown(centre=packed(p.centre), axis=packed(p.axis), radius_m=p.radius_m)
            for p in loop.plates
        ],
    )  # fmt: skip
