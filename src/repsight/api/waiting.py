"""Waiting in an event loop for what other threads find out."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import TypeVar
from weakref import WeakKeyDictionary

__all__ = ["waited"]

_T = TypeVar("_T")


class _Returns:
    """Answers on their way into one loop, which is woken once for all that come together."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_woken = False

    def post(self, loop: asyncio.AbstractEventLoop, here: asyncio.Future[None]) -> None:
        """From any thread."""
        self._waiting.append(here)
        if not self._is_woken:
            self._is_woken = True
            loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._is_woken = False  # first: who comes from now on wakes the loop again
        while self._waiting:
            here = self._waiting.popleft()
            if not here.done():
                here.set_result(None)


_RETURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, _Returns] = WeakKeyDictionary()


async def waited(answer: Future[_T]) -> _T:
    """The result of ``answer``; one that is there already costs no turn of the loop.

    As ``asyncio.wrap_future``, which wakes the loop for every answer of its own.
    """
    if not answer.done():
        loop = asyncio.get_running_loop()
        returns = _RETURNS.setdefault(loop, _Returns())
        here: asyncio.Future[None] = loop.create_future()
        answer.add_done_callback(lambda _: returns.post(loop, here))
        await here
    return answer.result()
