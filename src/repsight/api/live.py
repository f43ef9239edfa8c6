"""The socket of a live set: landmark frames in, events out. Pictures have no way in.

The first text says how the set begins (``{"start": ...}``) or goes on (``{"resume": ID}``).
Then every binary message is one frame; ``{"finish": true}`` ends the set and stores it,
``{"finish": false}`` throws it away. A socket that closes leaves the set open for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Final

import anyio
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from repsight.api.services import services
from repsight.api.waiting import waited
from repsight.app.live import LiveRooms
from repsight.app.live_room import LiveRoom
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
#: Frames on disk that nobody has followed: with more of them, a page is heard no further.
_MOST_BEHIND: Final = 3600


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
    seat = room.seat
    try:
        welcome = await waited(seat.welcome())
    except EngineGone:
        await anyio.to_thread.run_sync(rooms.follow_again, room, seat)
        welcome = await waited(room.seat.welcome())
    await socket.send_text(welcome)
    return room


class _Talk:
    """The messages after the first: frames are taken as they come, and answered beside that.

    So a page is heard, and what it sent is on disk, however far the engines are behind.
    """

    def __init__(self, socket: WebSocket, rooms: LiveRooms, room: LiveRoom) -> None:
        self._socket, self._rooms, self._room = socket, rooms, room
        self._news, self._answered = asyncio.Event(), asyncio.Event()
        self._is_ending = False
        if room.gathered:  # of a connection that broke off
            self._news.set()

    async def run(self) -> None:
        """Until the set ends; WebSocketDisconnect when the page goes."""
        hearing = asyncio.create_task(self._hear())
        telling = asyncio.create_task(self._tell())
        try:
            await asyncio.wait((hearing, telling), return_when=asyncio.FIRST_COMPLETED)
            if telling.done():
                telling.result()
            ending = await hearing
            if ending.finish:
                await telling
        finally:
            hearing.cancel()
            telling.cancel()
        await self._end(ending)

    async def _hear(self) -> _Ending:
        while True:
            message = await self._socket.receive()
            data = message.get("bytes")
            if data is None:
                ending = _Ending.model_validate_json(_text_of(message))
                self._is_ending = True
                self._news.set()
                return ending
            self._room.heard_s = time.monotonic()
            self._room.take(data)
            self._news.set()
            while len(self._room.gathered) > _MOST_BEHIND:  # the page keeps what is not taken
                self._answered.clear()
                await self._answered.wait()

    async def _tell(self) -> None:
        """Answer what has come; returns when the page wants to end and all is answered."""
        due_s = 0.0
        while True:
            await self._news.wait()
            if (early_s := due_s - time.monotonic()) > 0 and not self._is_ending:
                await asyncio.sleep(early_s)
            due_s = time.monotonic() + self._room.pace_s
            self._news.clear()
            if self._room.gathered or not self._is_ending:
                await self._answer()
                self._answered.set()
            if self._room.gathered:
                self._news.set()
            elif self._is_ending:
                return

    async def _answer(self) -> None:
        seat = self._room.seat
        try:
            step = await waited(self._room.ask())
        except EngineGone:
            await anyio.to_thread.run_sync(self._rooms.follow_again, self._room, seat)
            step = await waited(self._room.ask())
        try:
            await self._socket.send_text(step)
        except RuntimeError as error:  # the page went while its frames were still coming in
            raise WebSocketDisconnect(1006) from error

    async def _end(self, ending: _Ending) -> None:
        if ending.finish:
            clip_id, events = await anyio.to_thread.run_sync(self._rooms.finish, self._room)
            await self._socket.send_text(said_saved(clip_id, events))
        else:
            await anyio.to_thread.run_sync(self._rooms.discard, self._room)
            await self._socket.send_text(said_saved(None, ()))
        await self._socket.close()


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
