"""The socket of a live set: landmark frames in, events out. Pictures have no way in.

The first text says how the set begins (``{"start": ...}``) or goes on (``{"resume": ID}``).
Then every binary message is one frame; ``{"finish": true}`` ends the set and stores it,
``{"finish": false}`` throws it away. A socket that closes leaves the set open for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

import anyio
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from repsight.api.services import services
from repsight.app.live import LiveRoom, LiveRooms
from repsight.app.live_seats import EngineGone
from repsight.errors import UserMistake
from repsight.live.messages import said_refused, said_saved
from repsight.live.wire import FRAME_BYTES, VERSION

__all__ = ["MOST_MESSAGE_BYTES", "StartWish", "router", "talk"]

router: Final = APIRouter(prefix="/api")

#: No honest message is longer.
MOST_MESSAGE_BYTES: Final = max(1024, FRAME_BYTES)
_REFUSED: Final = 1008
_COME_AGAIN: Final = 1012


class StartWish(BaseModel):
    """How a set begins."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=VERSION, le=VERSION)
    exercise: str = Field(max_length=64)
    variation: str = Field(default="", max_length=64)
    aspect_ratio: float = Field(ge=0.1, le=10.0)


class _Opening(BaseModel):
    """The first message: one of the two."""

    model_config = ConfigDict(extra="forbid")

    start: StartWish | None = None
    resume: str | None = Field(default=None, pattern="^[0-9a-f]{32}$")


class _Ending(BaseModel):
    """The last message."""

    model_config = ConfigDict(extra="forbid")

    finish: bool


@router.websocket("/live")
async def talk(socket: WebSocket) -> None:
    """One page and its set, until either goes."""
    rooms = services(socket).rooms
    await socket.accept()
    try:
        room = await _opened(socket, rooms)
        await _Talk(socket, rooms, room).run()
    except WebSocketDisconnect:
        pass  # the set stays; the page comes back with its number
    except EngineGone:  # twice in a row; the page comes back, and the frames are on disk
        await socket.close(_COME_AGAIN)
    except (ValidationError, ValueError):
        services(socket).refusals.add("no live set")
        await _refuse(socket, "This is not how a live set is spoken of. Reload the page.")
    except UserMistake as mistake:
        services(socket).refusals.add("no live set")
        await _refuse(socket, str(mistake))


async def _opened(socket: WebSocket, rooms: LiveRooms) -> LiveRoom:
    opening = _Opening.model_validate_json(_text_of(await socket.receive()))
    if opening.resume is not None:
        room = await anyio.to_thread.run_sync(rooms.resume, opening.resume)
    elif opening.start is not None:
        wish = opening.start
        room = await anyio.to_thread.run_sync(
            lambda: rooms.begin(
                wish.exercise, variation=wish.variation, aspect_ratio=wish.aspect_ratio
            )
        )
    else:
        raise ValueError("neither start nor resume")
    try:
        welcome = await _told(room.seat.welcome())
    except EngineGone:
        room.unanswered = []
        await anyio.to_thread.run_sync(rooms.follow_again, room)
        welcome = await _told(room.seat.welcome())
    await socket.send_text(welcome)
    return room


async def _told(answer: Future[str]) -> str:
    """Wait for an answer; one that is there already costs no turn of the loop."""
    return answer.result() if answer.done() else await asyncio.wrap_future(answer)


@dataclass(slots=True)
class _Talk:
    """The messages after the first."""

    socket: WebSocket
    rooms: LiveRooms
    room: LiveRoom

    async def run(self) -> None:
        while True:
            message = await self.socket.receive()
            data = message.get("bytes")
            if data is None:
                await self._end(_Ending.model_validate_json(_text_of(message)))
                return
            await self._take(data)

    async def _take(self, data: bytes) -> None:
        self.room.heard_s = time.monotonic()
        try:
            step = await _told(self.room.take(data))
        except EngineGone:
            step = await anyio.to_thread.run_sync(self.rooms.follow_again, self.room)
        try:
            await self.socket.send_text(step)
        except RuntimeError as error:  # the page went while its frames were still coming in
            raise WebSocketDisconnect(1006) from error

    async def _end(self, ending: _Ending) -> None:
        if ending.finish:
            clip_id, events = await anyio.to_thread.run_sync(self.rooms.finish, self.room)
            await self.socket.send_text(said_saved(clip_id, events))
        else:
            self.rooms.discard(self.room)
            await self.socket.send_text(said_saved(None, ()))
        await self.socket.close()


def _text_of(message: Mapping[str, object]) -> str:
    """The text of a message of the socket."""
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(1000)
    text = message.get("text")
    if not isinstance(text, str) or len(text) > MOST_MESSAGE_BYTES:
        raise ValueError("no text, or too much of it")
    return text


async def _refuse(socket: WebSocket, why: str) -> None:
    await socket.send_text(said_refused(why))
    await socket.close(_REFUSED)
