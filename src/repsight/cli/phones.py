"""``repsight serve --phones``: the same app for phones on this network, encrypted."""

from __future__ import annotations

import io
import socket
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from repsight.errors import MissingExtra, UserMistake

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp

    from repsight.api.certificate import LocalCertificate

__all__ = ["Phones", "own_address", "shown_code"]

#: An address for documentation (RFC 5737): nothing is sent, the system only picks a way.
_ELSEWHERE: Final = ("192.0.2.1", 9)


def own_address() -> str:
    """This machine's address on its network; UserMistake where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_ELSEWHERE)
            return str(asking.getsockname()[0])
        except OSError as error:
            raise UserMistake(
                "This machine is on no network, so no phone can reach it.",
                wanted="A network, such as the Wi-Fi that the phone is on.",
                next_step="Connect it, or name its address with --phone-host.",
            ) from error


def shown_code(address: str) -> str:
    """A QR code for the terminal."""
    import segno

    out = io.StringIO()
    segno.make(address, error="l").terminal(out, compact=True)
    return out.getvalue()


@dataclass(slots=True)
class Phones:
    """A second, encrypted door to the same app, in a thread beside the first."""

    host: str
    folder: Path
    token: str
    listening: socket.socket

    @classmethod
    def open(cls, folder: Path, token: str, *, port: int, host: str = "") -> Phones:
        """Bind ``host``, or else this machine's address on its network.

        UserMistake where it cannot be bound, MissingExtra without the packages.
        """
        if not (find_spec("cryptography") and find_spec("segno")):  # pragma: no cover
            raise MissingExtra(
                "Serving phones needs packages that are not installed.",
                wanted="The extra 'web'.",
                next_step="Run: pip install 'repsight[web]'",
            )
        host = host or own_address()
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(128)
        except OSError as error:
            listening.close()
            raise UserMistake(
                f"Phones cannot be served at {host}, port {port}.",
                wanted="An IPv4 address of this machine and a free port.",
                next_step="Choose others with --phone-host and --phone-port.",
            ) from error
        return cls(host, folder, token, listening)

    @property
    def address(self) -> str:
        """What a phone opens, with the key."""
        return f"https://{self.host}:{self.listening.getsockname()[1]}/?key={self.token}"

    def certificate(self) -> LocalCertificate:
        """What phones are shown; made on the first call in a data folder."""
        from repsight.api.certificate import local_certificate

        return local_certificate(self.folder, [self.host])

    def serve(self, app: ASGIApp) -> None:
        """Serve ``app``, which has started, until the process ends."""
        from repsight.api.serving import door

        threading.Thread(
            target=door(app, certificate=self.certificate()).run,
            kwargs={"sockets": [self.listening]},
            name="phones",
            daemon=True,
        ).start()
