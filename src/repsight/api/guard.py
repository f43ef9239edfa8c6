"""Who may call: the right host, the right origin, the right token; and what a page may load."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from repsight.api.refusals import Refusal, Refusals
from repsight.api.settings import ServeSettings

__all__ = ["COOKIE", "Guard"]

COOKIE: Final = "repsight"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; worker-src 'self'; media-src 'self' blob: mediastream:; "
    "img-src 'self' blob: data:; frame-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
#: What a caller hears, by why it was refused.
_SAID: Final[dict[Refusal, str]] = {
    "another host name": "This address is not served here.",
    "another site": "Requests from other sites are refused.",
    "no key": "Open the address that `repsight serve` printed: it carries the key to this app.",
}
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
}


class Guard:
    """Refuses foreign hosts and origins and callers without the token; adds safety headers.

    A page on another site can make a browser send requests here; the host check defeats name
    rebinding, the origin check forged writes and sockets, the cookie other users of the machine.
    """

    def __init__(
        self, app: ASGIApp, *, settings: ServeSettings, refusals: Refusals | None = None
    ) -> None:
        self._app = app
        self._settings = settings
        self._refusals = refusals or Refusals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or socket."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal:
            self._refusals.add(refusal)
            await self._refuse(scope, receive, send, _SAID[refusal])
        elif scope["type"] == "http" and self._is_arrival(scope):
            await self._welcome(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        if not _is_among(headers.get("host", ""), self._settings.hosts):
            return "another host name"
        origin = headers.get("origin")
        is_write = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if is_write and origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return "another site"
        if self._is_arrival(scope) or self._knows_token(headers):
            return None
        return "no key"

    def _is_arrival(self, scope: Scope) -> bool:
        """Whether this is the address with the key in it."""
        query = scope["query_string"].decode("latin-1")
        is_page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        return is_page and hmac.compare_digest(query, f"key={self._settings.token}")

    def _knows_token(self, headers: Headers) -> bool:
        known = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        return hmac.compare_digest(known.encode(), self._settings.token.encode())

    async def _welcome(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The key goes into a cookie and out of the address."""
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE, self._settings.token, httponly=True, samesite="strict", path="/",
            secure=scope["scheme"] == "https", max_age=365 * 24 * 3600,
        )  # fmt: skip
        await response(scope, receive, _with_headers(send))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, why: str) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": why[:120]})
            return
        await PlainTextResponse(why, status_code=403)(scope, receive, _with_headers(send))


def _is_among(host: str, hosts: Iterable[str]) -> bool:
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return name.lower() in hosts


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", _POLICY)
        await send(message)

    return sending
