"""What was trained: sets, trends, two sets side by side, taking everything away, deleting it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import anyio
from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response
from fastapi.responses import StreamingResponse

from repsight.api.history_models import (
    ComparisonShown,
    HistoryShown,
    RecordedWish,
    ReplayShown,
    TrendsShown,
    comparison_shown,
    history_shown,
    replay_shown,
    trends_shown,
)
from repsight.api.services import Services, services
from repsight.app.export import FORMATS, Format, export_all, export_set
from repsight.app.replay import compare, replay_of
from repsight.app.trained import Trained
from repsight.app.trends import bests_of, trends_of
from repsight.errors import UnknownName

__all__ = [
    "compared",
    "delete_everything",
    "delete_set",
    "everything",
    "exported",
    "history",
    "replay",
    "router",
    "set_recorded",
    "trends",
]

router: Final = APIRouter(prefix="/api", tags=["history"])
_Wired = Annotated[Services, Depends(services)]
_ClipId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_Number = Annotated[int, Path(ge=1, le=1000)]
#: A set as the pages name it: the clip's id, a point, the number of the set.
_SetName = Annotated[str, Query(pattern=r"^[0-9a-f]{32}\.[1-9][0-9]{0,2}$")]


def _trained(wired: _Wired) -> Trained:
    return Trained(wired.library, wired.library.database)


_Sets = Annotated[Trained, Depends(_trained)]


@router.get("/history")
def history(sets: _Sets) -> HistoryShown:
    """Every set of every report, the newest first, in sessions, and the exercises among them."""
    return history_shown(sets.sets())


@router.get("/history/{exercise}")
def trends(sets: _Sets, exercise: Annotated[str, Path(pattern="^[a-z0-9_]{1,64}$")]) -> TrendsShown:
    """Trends and personal bests of one exercise; a change is said only beyond its error."""
    seen = sets.sets()
    return trends_shown(exercise, trends_of(seen, exercise), bests_of(seen, exercise))


@router.get("/compare")
def compared(wired: _Wired, sets: _Sets, first: _SetName, second: _SetName) -> ComparisonShown:
    """Two sets of one exercise: skeletons to be scrubbed together, numbers with differences."""
    pair = [_set_named(one) for one in (first, second)]
    try:
        return comparison_shown(compare(wired.library, sets, pair[0], pair[1]))
    except UnknownName as error:
        raise HTTPException(404, str(error)) from error


@router.get("/clips/{clip_id}/sets/{number}/replay")
def replay(wired: _Wired, sets: _Sets, clip_id: _ClipId, number: _Number) -> ReplayShown:
    """The skeleton of one set, to be drawn."""
    try:
        return replay_shown(replay_of(wired.library, sets, clip_id, number))
    except UnknownName as error:
        raise HTTPException(404, str(error)) from error


@router.get("/clips/{clip_id}/sets/{number}/export.{form}", response_class=Response)
def exported(
    wired: _Wired, sets: _Sets, clip_id: _ClipId, number: _Number, form: Format
) -> Response:
    """One set as a file: ``json``, ``csv``, ``trc`` (markers) or ``npz`` (landmarks)."""
    try:
        made = export_set(wired.library, sets, clip_id, number, form=form)
    except UnknownName as error:
        raise HTTPException(404, str(error)) from error
    return Response(made.data, media_type=FORMATS[form], headers=_attached(made.name))


@router.get("/export", response_class=StreamingResponse)
def everything(wired: _Wired, sets: _Sets) -> StreamingResponse:
    """Everything but the clips themselves as one zip file."""
    return StreamingResponse(
        export_all(wired.library, sets),
        media_type="application/zip",
        headers=_attached("repsight.zip"),
    )


@router.delete("/clips/{clip_id}/sets/{number}", status_code=204)
def delete_set(wired: _Wired, clip_id: _ClipId, number: _Number) -> Response:
    """Remove one set for good; its clip stays as long as it has another one."""
    if not wired.library.delete_set(clip_id, number):
        raise HTTPException(404, "There is no such set.")
    return Response(status_code=204)


@router.put("/clips/{clip_id}/recorded", status_code=204)
def set_recorded(wired: _Wired, clip_id: _ClipId, wish: RecordedWish) -> Response:
    """Say when a clip was filmed, where the file did not tell."""
    if not wired.library.set_recorded(clip_id, wish.recorded_at):
        raise HTTPException(404, "There is no such clip.")
    return Response(status_code=204)


@router.delete("/everything", status_code=204)
async def delete_everything(
    wired: _Wired,
    sure: Literal["yes"],  # noqa: ARG001 - it has to be said; what else is said is refused
) -> Response:
    """Remove every clip, report, landmark, set under way, objection and calibration for good."""
    await anyio.to_thread.run_sync(wired.rooms.discard_all)
    await anyio.to_thread.run_sync(wired.library.delete_all)
    return Response(status_code=204)


def _set_named(name: str) -> tuple[str, int]:
    clip_id, _, number = name.partition(".")
    return clip_id, int(number)


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
