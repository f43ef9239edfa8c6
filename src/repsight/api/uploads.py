"""Resumable upload: tus 1.0 core with creation, expiration left out and termination.

The offset of an upload is the size of its file on disk, so nothing can disagree with it: what
was acknowledged is there after a crash, and an upload goes on where it stopped.
"""

from __future__ import annotations

import base64
import binascii
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import anyio
from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response
from starlette.requests import ClientDisconnect

from repsight.api.services import Services, services
from repsight.app.library import Library
from repsight.app.listed import Listed

__all__ = [
    "append",
    "create",
    "describe",
    "offset",
    "router",
    "terminate",
]

router: Final = APIRouter(prefix="/api/uploads", tags=["uploads"])

_VERSION: Final = "1.0.0"
_OFFSET_TYPE: Final = "application/offset+octet-stream"
_Wired = Annotated[Services, Depends(services)]


def _require_version(tus_resumable: Annotated[str, Header()] = "") -> None:
    if tus_resumable != _VERSION:
        raise HTTPException(412, "tus 1.0.0 is spoken here.", {"Tus-Version": _VERSION})


_TUS: Final = [Depends(_require_version)]


@router.options("", status_code=204)
def describe(wired: _Wired) -> Response:
    """What this server can do."""
    headers = {
        "Tus-Version": _VERSION,
        "Tus-Extension": "creation,termination",
        "Tus-Max-Size": str(wired.settings.most_bytes),
    }
    return _answer(204, headers)


@router.post("", status_code=201, dependencies=_TUS)
def create(
    wired: _Wired,
    upload_length: Annotated[int, Header(ge=1)],
    upload_metadata: Annotated[str, Header(max_length=4000)] = "",
) -> Response:
    """Begin an upload; metadata ``filename`` is wanted, ``exercise`` may be there.

    So may ``recorded``, the time of the file in milliseconds since 1970.
    """
    if upload_length > wired.settings.most_bytes:
        raise HTTPException(413, f"A clip may have {wired.settings.most_bytes} bytes at most.")
    said = _metadata(upload_metadata)
    begun = wired.library.begin_upload(
        name=said.get("filename", ""),
        size_bytes=upload_length,
        exercise=said.get("exercise") or "auto",
        recorded_at=_moment(said.get("recorded", "")),
    )
    return _answer(201, {"Location": f"/api/uploads/{begun.clip.id}", "Upload-Offset": "0"})


@router.head("/{clip_id}", dependencies=_TUS)
def offset(wired: _Wired, clip_id: str) -> Response:
    """How far an upload has come."""
    listed = _found(wired.library, clip_id)
    headers = {
        "Upload-Offset": str(listed.received_bytes),
        "Upload-Length": str(listed.clip.size_bytes),
        "Cache-Control": "no-store",
    }
    return _answer(200, headers)


@router.patch("/{clip_id}", status_code=204, dependencies=_TUS)
async def append(
    request: Request, wired: _Wired, clip_id: str, upload_offset: Annotated[int, Header(ge=0)]
) -> Response:
    """The next bytes; whatever arrived before a break is kept."""
    if request.headers.get("content-type") != _OFFSET_TYPE:
        raise HTTPException(415, f"The content type must be {_OFFSET_TYPE}.")
    listed = await anyio.to_thread.run_sync(_found, wired.library, clip_id)
    if upload_offset != listed.received_bytes or listed.clip.uploaded_at is not None:
        raise HTTPException(409, f"The upload is at byte {listed.received_bytes}.")
    room = listed.clip.size_bytes - upload_offset
    path = wired.library.source_of(listed.clip)
    received = await _write(request, path, room)
    await anyio.to_thread.run_sync(wired.library.finish_upload, clip_id)
    return _answer(204, {"Upload-Offset": str(upload_offset + received)})


@router.delete("/{clip_id}", status_code=204, dependencies=_TUS)
def terminate(wired: _Wired, clip_id: str) -> Response:
    """Give an upload up."""
    if not wired.library.delete(clip_id):
        raise HTTPException(404, "There is no such upload.")
    return _answer(204, {})


async def _write(request: Request, path: Path, room: int) -> int:
    """Append the body to the file; the disk has it before this returns. Bytes written."""
    received = 0
    async with await anyio.open_file(path, "ab") as file:
        try:
            async for chunk in request.stream():
                if received + len(chunk) > room:
                    raise HTTPException(413, "More bytes than were announced.")
                await file.write(chunk)
                received += len(chunk)
        except ClientDisconnect:
            pass  # what came is kept; the client asks for the offset and goes on
        finally:
            await file.flush()
            await anyio.to_thread.run_sync(os.fsync, file.wrapped.fileno())
    return received


def _found(library: Library, clip_id: str) -> Listed:
    listed = library.find(clip_id)
    if listed is None:
        raise HTTPException(404, "There is no such upload.")
    return listed


def _metadata(header: str) -> dict[str, str]:
    """Comma-separated ``key base64`` pairs."""
    said: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            said[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise HTTPException(400, "Upload-Metadata is not base64 text.") from error
    return said


def _moment(milliseconds: str) -> datetime | None:
    """The time that a browser knows of a file; None for anything else."""
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _answer(status: int, headers: dict[str, str]) -> Response:
    return Response(status_code=status, headers={"Tus-Resumable": _VERSION, **headers})
