"""What a request handler works with, put into the app's state at start."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from repsight.api.refusals import Refusals
from repsight.api.settings import ServeSettings
from repsight.app.library import Library
from repsight.app.live import LiveRooms

__all__ = ["Services", "services"]


@dataclass(frozen=True, slots=True)
class Services:
    """One per server process."""

    settings: ServeSettings
    library: Library
    rooms: LiveRooms
    refusals: Refusals


def services(connection: HTTPConnection) -> Services:
    """Those of the server that got this request."""
    found = connection.app.state.services
    if not isinstance(found, Services):
        raise TypeError(found)
    return found
