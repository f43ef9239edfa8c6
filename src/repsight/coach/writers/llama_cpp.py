"""llama.cpp in this process: a model in one GGUF file."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import Draft
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan
from repsight.coach.writers.ask import DEADLINE_S, NoAnswer
from repsight.coach.writers.http_chat import HttpWriter
from repsight.coach.writers.request import Request
from repsight.errors import MissingExtra, UnreadableSource

__all__ = ["LlamaCppWriter"]

#: Facts, cards and the answer fit into this many tokens.
_CONTEXT: Final = 8192
_MAGIC: Final = b"GGUF"


class _Server(Protocol):
    @property
    def listening_address(self) -> str: ...


@dataclass(slots=True)
class LlamaCppWriter:
    """Loads ``file`` for the first draft and keeps it.

    The server that comes with llama.cpp listens on loopback at a free port, with a key that only
    this process knows.
    """

    file: Path
    deadline_s: float = DEADLINE_S
    by_sentence: bool = True
    threads: int = 0
    _server: _Server | None = field(default=None, init=False)
    _client: HttpWriter | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Refuse a file that is no model, and a missing llama.cpp, before anything is analysed."""
        try:
            with self.file.open("rb") as opened:
                is_model = opened.read(len(_MAGIC)) == _MAGIC
        except OSError as error:
            raise _no_model(self.file) from error
        if not is_model:
            raise _no_model(self.file)
        _library()

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.file.stem

    @property
    def address(self) -> str:
        """Where its server listens; it is started for that."""
        return self._running().address

    def draft(self, ledger: Ledger, plan: Plan, deck: Deck) -> Draft:
        """Sentences for the plan; NoAnswer or BadDraft where the model gives none."""
        return self._running().draft(ledger, plan, deck)

    def answer(self, request: Request, left_s: float) -> str:
        """The model's words within ``left_s`` seconds; NoAnswer where there are none."""
        return self._running().answer(request, left_s)

    def _running(self) -> HttpWriter:
        if self._client is None:
            self._client = self._start()
        return self._client

    def _start(self) -> HttpWriter:
        library, key = _library(), secrets.token_urlsafe(16)
        wanted = library["CommonParams"]()
        wanted.model.path = str(self.file)
        wanted.n_ctx = _CONTEXT
        wanted.n_parallel = 1
        wanted.hostnames = ["127.0.0.1"]
        wanted.port = 0
        wanted.api_keys = [key]
        wanted.verbosity = -1
        if self.threads:
            wanted.cpuparams.n_threads = self.threads
        try:
            self._server = cast("_Server", library["Server"](wanted))
        except RuntimeError as error:
            raise NoAnswer(f"llama.cpp cannot use {self.file.name}.") from error
        return HttpWriter(
            self._server.listening_address,
            model=self.name,
            key=key,
            deadline_s=self.deadline_s,
            by_sentence=self.by_sentence,
        )


def _library() -> Mapping[str, type]:
    try:
        module = import_module("xllamacpp")
    except ImportError as error:
        raise MissingExtra(
            "A coach from a GGUF file needs llama.cpp.",
            wanted="The extra 'llama'.",
            next_step="pip install 'repsight[llama]'",
        ) from error
    return cast("Mapping[str, type]", vars(module))


def _no_model(file: Path) -> UnreadableSource:
    return UnreadableSource(
        f"{file.name} is no GGUF file.",
        wanted="A language model in the format of llama.cpp.",
        next_step="Give another file, or leave --coach away for the template.",
    )
