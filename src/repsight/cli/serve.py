"""``repsight serve``: the web app on this machine."""

from __future__ import annotations

import secrets
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repsight.cli.options import PoseOption
from repsight.cli.phones import Phones, shown_code
from repsight.errors import MissingExtra, UserMistake

if TYPE_CHECKING:
    from repsight.api.settings import ServeSettings

__all__ = ["command"]


def command(
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for clips and reports.",
                     show_default="repsight-data in the home folder"),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    pose: PoseOption = None,
    phones: Annotated[
        bool, typer.Option("--phones", help="Also serve phones on this network, over HTTPS.")
    ] = False,
    phone_host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="This machine's IPv4 address for phones.",
                          show_default="found")
    ] = "",
    phone_port: Annotated[
        int, typer.Option(min=0, max=65535, help="For phones; 0 takes a free one.")
    ] = 8766,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address.")
    ] = False,
) -> int:  # fmt: skip
    """Open the web app: upload clips, watch their analysis, read their reports.

    It listens on this machine only, unless phones are let in; nothing is sent anywhere.
    """
    from repsight.config import read_settings

    defaults = read_settings()
    folder = (data or defaults.data).expanduser()
    try:
        from repsight.api.settings import LOOPBACK, ServeSettings
    except ImportError as error:  # pragma: no cover - the test environment has the extra
        raise MissingExtra(
            "The web app is not installed.",
            wanted="The extra 'web'.",
            next_step="Run: pip install 'repsight[web]'",
        ) from error
    token = _kept_token(folder)
    door = Phones.open(folder, token, port=phone_port, host=phone_host) if phones else None
    settings = ServeSettings(
        folder,
        token,
        hosts=LOOPBACK if door is None else (*LOOPBACK, door.host),
        model=pose or defaults.pose,
        threads=defaults.threads,
    )
    return _serve(settings, port, opens_browser=not no_browser, phones=door)


def _kept_token(folder: Path) -> str:
    """The key of this data folder: the same at every start, readable by its owner only."""
    path = folder / "key"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(24), encoding="ascii")
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise UserMistake(
            f"The data folder {folder} cannot be used ({(error.strerror or 'error').lower()}).",
            wanted="A folder that can be written.",
            next_step="Choose another one with --data.",
        ) from error


def _serve(
    settings: ServeSettings, port: int, *, opens_browser: bool, phones: Phones | None
) -> int:
    import socket

    from repsight.api.server import create_app
    from repsight.api.serving import door
    from repsight.live.memory import settle_memory

    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(128)  # a browser that is quicker than the server waits for it
    except OSError as error:
        raise UserMistake(
            f"Port {port} is in use.",
            wanted="A free port.",
            next_step="Choose another one with --port, or let Repsight find one with --port 0.",
        ) from error
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/?key={settings.token}"
    sys.stdout.write(f"Repsight is at {address}\nStop it with Ctrl-C.\n")
    if phones is not None:
        sys.stdout.write(_invitation(phones))
    sys.stdout.flush()
    served = door(create_app(settings, on_ready=None if phones is None else phones.serve))
    if opens_browser:
        webbrowser.open(address)
    settle_memory()
    with suppress(KeyboardInterrupt):  # how a server is stopped
        served.run(sockets=[listening])
    return 0


def _invitation(door: Phones) -> str:
    fingerprint = door.certificate().fingerprint
    return (
        f"\nPhones on this network: {door.address}\n{shown_code(door.address)}\n"
        "The phone asks once whether it should trust this machine. Its certificate is\n"
        f"{fingerprint}\n"
        "The address carries the key to everything here: show it only to your own phone.\n"
    )
