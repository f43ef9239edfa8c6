"""The drawing that a page lays over a clip as it was brought.

Arrays travel as base64 of little-endian 16-bit integers, 8000 steps to a frame height; -32768 is
unknown. Visibility is in hundredths.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel

from repsight.api.packed import packed, times
from repsight.api.services import Services, services
from repsight.app.overlay import BONES_SHOWN, Moment, Overlay, overlay_in
from repsight.video.target import TargetLine
from repsight.video.timeline import Message

__all__ = [
    "LineShown",
    "MessageShown",
    "MomentShown",
    "OverlayShown",
    "WayShown",
    "overlay",
    "router",
]

router: Final = APIRouter(prefix="/api", tags=["clips"])
_Wired = Annotated[Services, Depends(services)]
_STEPS: Final = 8000.0


class MomentShown(BaseModel):
    """What is written from ``from_s`` on; ``messages`` are places in the list of messages."""

    from_s: float
    set_number: int
    set_count: int
    count: int
    rejected: int
    phase: str
    is_held: bool
    messages: list[int]


class MessageShown(BaseModel):
    """Something to read; ``marked`` are places of landmarks, marked until ``marked_until_s``."""

    kind: Literal["issue", "rejected"]
    title: str
    detail: str
    cue: str
    marked: list[int]
    marked_until_s: float


class LineShown(BaseModel):
    """A level to be reached: ``level`` (N,), ``ends`` (N, 2) over the times of the overlay."""

    label: str
    start_s: float
    end_s: float
    level: str
    ends: str


class WayShown(BaseModel):
    """The way of the bar: ``points`` (M, 2) at ``t_s``, shown until the next one begins."""

    t_s: list[float]
    points: str
    next_s: float | None


class OverlayShown(BaseModel):
    """``points`` (N, K, 2), ``visibility`` (N, K) and ``near_left`` (N,) at ``t_s`` (N,)."""

    aspect_ratio: float
    bones: list[tuple[int, int]]
    t_s: list[float]
    points: str
    visibility: str
    near_left: str
    is_sided: bool
    moments: list[MomentShown]
    messages: list[MessageShown]
    lines: list[LineShown]
    ways: list[WayShown]


@router.get("/clips/{clip_id}/overlay")
def overlay(
    wired: _Wired, clip_id: str, version: Literal["first", "reviewed"] = "first"
) -> OverlayShown:
    """What is drawn over a clip, by the report as it was made or as it was folded again."""
    listed = wired.library.find(clip_id)
    is_reviewed = version == "reviewed"
    needed = "reviewed.json" if is_reviewed else "report.json"
    if listed is None or not {needed, "landmarks.npz"} <= set(listed.files):
        raise HTTPException(404, "There is nothing to draw over such a clip.")
    return _shown(overlay_in(wired.library.result_folder(listed.clip), is_reviewed=is_reviewed))


def _shown(of: Overlay) -> OverlayShown:
    return OverlayShown(
        aspect_ratio=of.aspect_ratio,
        bones=list(BONES_SHOWN),
        t_s=times(of.t_s),
        points=packed(of.xy, steps=_STEPS),
        visibility=packed(of.visibility, steps=100.0),
        near_left=packed(of.near_left, steps=1.0),
        is_sided=of.is_sided,
        moments=[_moment(one) for one in of.moments],
        messages=[_message(*one) for one in zip(of.messages, of.marked, strict=True)],
        lines=[_line(one) for one in of.lines],
        ways=[
            WayShown(
                t_s=times(one.t_s), points=packed(one.points, steps=_STEPS),
                next_s=one.next_s if one.next_s < float("inf") else None,
            )
            for one in of.ways
        ],
    )  # fmt: skip


def _moment(one: Moment) -> MomentShown:
    said = one.shown
    return MomentShown(
        from_s=round(one.from_s, 3), set_number=said.set_number, set_count=said.set_count,
        count=said.count, rejected=said.rejected, phase=said.phase, is_held=said.is_held,
        messages=list(one.messages),
    )  # fmt: skip


def _message(one: Message, marked: tuple[int, ...]) -> MessageShown:
    return MessageShown(
        kind=one.kind, title=one.title, detail=one.detail, cue=one.cue, marked=list(marked),
        marked_until_s=round(one.marked_until_s, 3),
    )  # fmt: skip


def _line(one: TargetLine) -> LineShown:
    return LineShown(
        label=one.label, start_s=round(one.start_s, 3), end_s=round(one.end_s, 3),
        level=packed(one.y, steps=_STEPS), ends=packed(one.x, steps=_STEPS),
    )  # fmt: skip
