"""A WebSocket that costs its side of the machine next to nothing: frames are made beforehand."""

from __future__ import annotations

import secrets
import socket
import time
from base64 import b64encode
from typing import Final, NamedTuple
from urllib.parse import urlsplit

__all__ = ["BINARY", "TEXT", "Heard", "Line", "framed"]

TEXT: Final = 1
BINARY: Final = 2
_CLOSE: Final = 8
_PING: Final = 9
_PONG: Final = 10
_SHORT: Final = 126
_MOST: Final = 1 << 16


class Heard(NamedTuple):
    """A message of the server, and when it came on the monotonic clock."""

    at_s: float
    text: bytes


def framed(payload: bytes, kind: int) -> bytes:
    """One message as a client sends it: masked, in one piece."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < _SHORT else b"\xfe" + size.to_bytes(2, "big")
    mask = secrets.token_bytes(4)
    hidden = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    return bytes([0x80 | kind]) + length + mask + hidden


class Line:
    """One socket; what the server says is kept as it came, to be read when there is time."""

    def __init__(self, address: str, *, key: str) -> None:
        """Open it; ConnectionError where the server does not want to."""
        place = urlsplit(address)
        self.socket = socket.create_connection((place.hostname or "", place.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard: list[Heard] = []
        self.is_open = True
        self._waiting = bytearray()
        self._rest = b""
        asked = (
            f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nCookie: repsight={key}\r\n"
            f"Sec-WebSocket-Key: {b64encode(secrets.token_bytes(16)).decode()}\r\n\r\n"
        )
        self.socket.sendall(asked.encode())
        said = b""
        while b"\r\n\r\n" not in said:
            piece = self.socket.recv(_MOST)
            said += piece
            if not piece:
                break
        if not said.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(said[:80])
        self._take(said.partition(b"\r\n\r\n")[2])

    def first(self) -> bytes:
        """Wait for the first message."""
        while not self.heard and self.is_open:
            self.hear()
        return self.heard.pop().text

    def send(self, frame: bytes) -> None:
        """Never waits: what the system does not take now goes before the next frame."""
        self._waiting += frame
        if not self.is_open:
            return
        try:
            taken = self.socket.send(self._waiting)
        except BlockingIOError:
            return
        except OSError:
            self.is_open = False
            return
        del self._waiting[:taken]

    def hear(self) -> None:
        """Take what is there; waits only where the socket does."""
        try:
            piece = self.socket.recv(_MOST)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self._take(piece)
        else:
            self.is_open = False

    def _take(self, piece: bytes) -> None:
        at_s = time.monotonic()
        data, start = self._rest + piece, 0
        while len(data) - start >= 4:
            size, head = data[start + 1], 2
            if size >= _SHORT:
                size, head = int.from_bytes(data[start + 2 : start + 4], "big"), 4
            end = start + head + size
            if end > len(data):
                break
            self._message(data[start] & 15, data[start + head : end], at_s)
            start = end
        self._rest = data[start:]

    def _message(self, kind: int, payload: bytes, at_s: float) -> None:
        if kind == TEXT:
            self.heard.append(Heard(at_s, payload))
        elif kind == _PING:
            self.send(framed(payload, _PONG))
        elif kind == _CLOSE:
            self.is_open = False
