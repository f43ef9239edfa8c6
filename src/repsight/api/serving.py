"""How the app is served, through whichever door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import uvicorn

from repsight.api.live import MOST_MESSAGE_BYTES

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from repsight.api.certificate import LocalCertificate

__all__ = ["door"]

#: A page that says nothing for so long is gone. Short waits would hang up on lifters while the
#: server has too much to do: what they answered lies there, unread.
_PING_S: Final = 20.0
_PONG_S: Final = 120.0
_END_S: Final = 3


def door(app: ASGIApp, *, certificate: LocalCertificate | None = None) -> uvicorn.Server:
    """A server of ``app``, encrypted with ``certificate``: then ``app`` has started already.

    Messages of live sets are too short to be worth compressing.
    """
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, timeout_graceful_shutdown=_END_S,
        ws="websockets-sansio", ws_per_message_deflate=False, ws_max_size=MOST_MESSAGE_BYTES,
        ws_ping_interval=_PING_S, ws_ping_timeout=_PONG_S,
        lifespan="auto" if certificate is None else "off",
        ssl_certfile=None if certificate is None else str(certificate.certificate),
        ssl_keyfile=None if certificate is None else str(certificate.key),
    )  # fmt: skip
    return uvicorn.Server(config)
