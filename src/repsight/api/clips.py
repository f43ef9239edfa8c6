"""Clips and their results."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

import anyio
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import FileResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from repsight.api.models import (
    AnalyseWish,
    ClipShown,
    DrawingWish,
    ExerciseShown,
    PhasesShown,
    ReviewShown,
    ReviewWish,
    shown,
)
from repsight.api.services import Services, services
from repsight.app.technique import has_loop
from repsight.core.spec import ExerciseSpec, Hold
from repsight.exercises import catalog
from repsight.video.wording import phase_names

__all__ = [
    "analyse",
    "cancel",
    "clip",
    "clips",
    "contest",
    "delete",
    "draw",
    "events",
    "exercises",
    "file",
    "picture",
    "reviews",
    "router",
    "stop_drawing",
    "video",
]

router: Final = APIRouter(prefix="/api", tags=["clips"])
_Wired = Annotated[Services, Depends(services)]

#: How often the state of jobs is looked up while a page listens.
_LOOK_S: Final = 0.4
#: What browsers are told; a page may play nothing else (``nosniff``).
_MEDIA: Final = {".mov": "video/mp4", ".m4v": "video/mp4", ".mkv": "video/webm"}
#: Whatever a report says of itself, it may load nothing but its own pictures and video.
_REPORT_POLICY: Final = (
    "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@router.get("/exercises")
def exercises() -> list[ExerciseShown]:
    """What can be chosen besides ``auto`` and ``unknown``."""
    return [
        ExerciseShown(
            id=spec.id,
            name=spec.name,
            view=spec.recommended_view,
            is_hold=isinstance(spec.movement, Hold),
            has_loop=has_loop(spec.id),
            phases=_phases(spec),
            variations=[(v.id, v.name) for v in spec.book.variations],
        )
        for spec in catalog().values()
    ]


def _phases(spec: ExerciseSpec) -> PhasesShown:
    _, out, turn, back = phase_names(spec)
    return PhasesShown(out=out, turn=turn, back=back)


@router.get("/clips")
def clips(wired: _Wired) -> list[ClipShown]:
    """The newest first."""
    return [shown(listed) for listed in wired.library.all()]


@router.get("/events", response_class=EventSourceResponse)
async def events(request: Request, wired: _Wired) -> AsyncIterator[ServerSentEvent]:
    """The list of clips now and whenever something in it changes."""
    last: list[ClipShown] | None = None
    while not await request.is_disconnected():
        listed = await anyio.to_thread.run_sync(wired.library.all)
        now = [shown(one) for one in listed]
        if now != last:
            last = now
            yield ServerSentEvent(data=[one.model_dump(mode="json") for one in now], event="clips")
        await anyio.sleep(_LOOK_S)


@router.get("/clips/{clip_id}")
def clip(wired: _Wired, clip_id: str) -> ClipShown:
    """One clip."""
    listed = wired.library.find(clip_id)
    if listed is None:
        raise HTTPException(404, "There is no such clip.")
    return shown(listed)


@router.post("/clips/{clip_id}/analyse", status_code=202)
def analyse(wired: _Wired, clip_id: str, wish: AnalyseWish) -> ClipShown:
    """Analyse again, for example as another exercise."""
    job = wired.library.analyse_again(clip_id, exercise=wish.exercise, variation=wish.variation)
    if job is None:
        raise HTTPException(404, "There is no such clip, or it has not arrived as a whole.")
    return clip(wired, clip_id)


@router.post("/clips/{clip_id}/cancel", status_code=202)
def cancel(wired: _Wired, clip_id: str) -> ClipShown:
    """Stop the analysis that waits or runs."""
    wired.library.cancel(clip_id)
    return clip(wired, clip_id)


@router.post("/clips/{clip_id}/drawing", status_code=202)
def draw(wired: _Wired, clip_id: str, wish: DrawingWish) -> ClipShown:
    """Make the video of a report; asked again while it is made or there, nothing is done."""
    if not wired.library.ask_for_drawing(clip_id, wish.kind):
        raise HTTPException(404, "There is no such clip, or nothing to draw on it.")
    return clip(wired, clip_id)


@router.post("/clips/{clip_id}/drawing/cancel", status_code=202)
def stop_drawing(wired: _Wired, clip_id: str, wish: DrawingWish) -> ClipShown:
    """Stop the video that waits or is made."""
    wired.library.cancel(clip_id, kind=wish.kind)
    return clip(wired, clip_id)


@router.get("/clips/{clip_id}/reviews")
def reviews(wired: _Wired, clip_id: str) -> list[ReviewShown]:
    """What was said against the report, oldest first."""
    return [ReviewShown.model_validate(one) for one in wired.library.reviews(clip_id)]


@router.post("/clips/{clip_id}/reviews", status_code=201)
def contest(wired: _Wired, clip_id: str, wish: ReviewWish) -> list[ReviewShown]:
    """Say that a finding is wrong: the report is folded again, the first version stays."""
    said = wired.library.contest(
        clip_id, wish.kind, set_number=wish.set_number, t_s=wish.t_s, rule=wish.rule,
        exercise=wish.exercise, note=wish.note,
    )  # fmt: skip
    if said is None:
        raise HTTPException(404, "There is no report to object to.")
    return [ReviewShown.model_validate(one) for one in said]


@router.delete("/clips/{clip_id}", status_code=204)
def delete(wired: _Wired, clip_id: str) -> Response:
    """Remove the clip, its results and all that was said of it."""
    if not wired.library.delete(clip_id):
        raise HTTPException(404, "There is no such clip.")
    return Response(status_code=204)


@router.get("/clips/{clip_id}/files/{name:path}", response_class=FileResponse)
def file(wired: _Wired, clip_id: str, name: str, *, download: bool = False) -> FileResponse:
    """One file of the results; byte ranges are served, so videos can be sought."""
    path = wired.library.result_file(clip_id, name)
    if path is None:
        raise HTTPException(404, "There is no such file.")
    listed = wired.library.find(clip_id)
    stem = "clip" if listed is None else listed.clip.name.rsplit(".", 1)[0]
    headers = {"Cache-Control": "no-cache"}
    if path.suffix == ".html":
        headers["Content-Security-Policy"] = _REPORT_POLICY
    return FileResponse(
        path,
        headers=headers,
        filename=f"{stem}-{path.name}" if download else None,
    )


@router.get("/clips/{clip_id}/picture", response_class=FileResponse)
def picture(wired: _Wired, clip_id: str) -> FileResponse:
    """A small picture of what a clip is about."""
    path = wired.library.picture_of(clip_id)
    if path is None:
        raise HTTPException(404, "There is no picture of it.")
    return FileResponse(path, headers={"Cache-Control": "no-cache"})


@router.get("/clips/{clip_id}/video", response_class=FileResponse)
def video(wired: _Wired, clip_id: str) -> FileResponse:
    """The clip as it was brought; byte ranges are served. 404 where it is no video."""
    path = wired.library.video_of(clip_id)
    if path is None:
        raise HTTPException(404, "There is no video of it.")
    kind = _MEDIA.get(path.suffix)
    return FileResponse(path, media_type=kind, headers={"Cache-Control": "no-cache"})
