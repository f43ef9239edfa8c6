"""A language model behind an OpenAI-compatible address: llama-server, Ollama, vLLM, LM Studio."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final, cast
from urllib.parse import SplitResult, urlsplit

from repsight.coach.cards.deck import Deck
from repsight.coach.draft import BadDraft, Draft
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan
from repsight.coach.writers.ask import DEADLINE_S, NoAnswer, drafted, drafted_by_sentence
from repsight.coach.writers.request import CONSENT, Request, Schema
from repsight.errors import UserMistake

__all__ = ["HttpWriter", "is_on_this_machine", "models_at"]

_MOST_BYTES: Final = 400_000
_CHUNK_BYTES: Final = 16_384
_LONGEST_WAIT_S: Final = 10.0
#: Ways of asking for JSON, the strictest first: servers differ in what they know.
_MODES: Final = ("json_schema", "json_object", "plain")
#: What servers answer to a way of asking that they do not know.
_NOT_KNOWN: Final = frozenset({400, 404, 415, 422, 501})


@dataclass(slots=True)
class HttpWriter:
    """Asks the server at ``address``; nothing is sent before the first draft.

    ``may_send`` allows a server on another machine. The first way of asking for JSON that the
    server understands is kept for the next draft. ``by_sentence`` asks for one sentence at a time,
    which small models manage and which saves them reading all facts at once.
    """

    address: str
    model: str = ""
    key: str = ""
    may_send: bool = False
    deadline_s: float = DEADLINE_S
    by_sentence: bool = False
    _mode: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Refuse an address that cannot be meant, or that was not agreed to."""
        parts = _parts(self.address)
        if not self.may_send and not is_on_this_machine(parts.hostname or ""):
            raise UserMistake(
                f"The coach at {parts.hostname} is on another machine.",
                wanted=CONSENT,
                next_step="If that is fine with you, add --coach-may-send.",
            )

    @property
    def name(self) -> str:
        """Model and host, as the report calls it."""
        return f"{self.model or 'model'} at {_parts(self.address).netloc}"

    def draft(self, ledger: Ledger, plan: Plan, deck: Deck) -> Draft:
        """Sentences for the plan; NoAnswer or BadDraft where the server gives none."""
        asked = drafted_by_sentence if self.by_sentence else drafted
        return asked(self.answer, ledger, plan, deck, name=self.name, deadline_s=self.deadline_s)

    def answer(self, request: Request, left_s: float) -> str:
        """The model's words within ``left_s`` seconds; NoAnswer where there are none."""
        end_s = time.monotonic() + left_s
        if not self.model:
            self.model = next(iter(models_at(self.address, key=self.key)), "default")
        while True:
            body = _body(request, self.model, _MODES[self._mode])
            status, text = _call(self.address, "chat/completions", body, self.key, end_s)
            if status in _NOT_KNOWN and self._mode < len(_MODES) - 1:
                self._mode += 1
                continue
            if status != http.client.OK:
                raise NoAnswer(f"The server answered {status}.")
            return _content(text)


def is_on_this_machine(host: str) -> bool:
    """Whether a host name means this machine without asking anybody."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def models_at(address: str, *, key: str = "", timeout_s: float = 3.0) -> tuple[str, ...]:
    """Names of the models that a server has; empty if it does not say."""
    try:
        status, text = _call(address, "models", None, key, time.monotonic() + timeout_s)
        data = _mapping(json.loads(text)).get("data") if status == http.client.OK else None
    except (NoAnswer, ValueError):
        return ()
    entries = cast("list[object]", data) if isinstance(data, list) else []
    names = (_mapping(entry).get("id") for entry in entries)
    return tuple(name for name in names if isinstance(name, str))


def _body(request: Request, model: str, mode: str) -> Schema:
    body: dict[str, object] = {
        "model": model, "messages": request.messages, "temperature": 0.4,
        "max_tokens": request.most_tokens, "stream": False,
    }  # fmt: skip
    if mode == "json_schema":
        schema = {"name": "summary", "strict": True, "schema": request.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif mode == "json_object":
        body["response_format"] = {"type": "json_object", "schema": request.schema}
    return body


def _call(address: str, path: str, body: Schema | None, key: str, end_s: float) -> tuple[int, str]:
    """Status and text of one call; NoAnswer for a server that is down, silent or endless."""
    parts = _parts(address)
    root = parts.path.rstrip("/").removesuffix("/chat/completions")
    root = root if root.endswith("/v1") else f"{root}/v1"
    headers = {"Accept": "application/json"}
    headers |= {"Authorization": f"Bearer {key}"} if key else {}
    data = None if body is None else json.dumps(body).encode()
    headers |= {} if data is None else {"Content-Type": "application/json"}
    connection = _connection(parts, end_s)
    try:
        connection.request("GET" if data is None else "POST", f"{root}/{path}", data, headers)
        if connection.sock is not None:
            connection.sock.settimeout(max(0.05, end_s - time.monotonic()))
        answer = connection.getresponse()
        return answer.status, _text_of(answer, connection, end_s)
    except TimeoutError as error:
        raise NoAnswer("The server was too slow.") from error
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(f"The server cannot be asked ({type(error).__name__}).") from error
    finally:
        connection.close()


def _text_of(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, end_s: float
) -> str:
    found = bytearray()
    while part := answer.read1(_CHUNK_BYTES):
        found += part
        if len(found) > _MOST_BYTES:
            raise NoAnswer("The server answers without an end.")
        left_s = end_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left_s)
    return found.decode("utf-8", errors="replace")


def _connection(parts: SplitResult, end_s: float) -> http.client.HTTPConnection:
    wait_s = max(0.05, min(_LONGEST_WAIT_S, end_s - time.monotonic()))
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=wait_s, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=wait_s)


def _parts(address: str) -> SplitResult:
    parts = urlsplit(address)
    try:
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or parts.username or parts.query or parts.fragment:
        raise UserMistake(
            f"'{address}' is no address of a coach.",
            wanted="http:// or https://, a host, and a port if it needs one.",
            next_step="For example --coach http://127.0.0.1:8080",
        )
    return parts


def _content(text: str) -> str:
    """The words of the model in a server's answer."""
    try:
        choices = _mapping(json.loads(text)).get("choices")
        first = cast("list[object]", choices)[0] if isinstance(choices, list) else None
        said = _mapping(_mapping(first).get("message")).get("content")
    except (ValueError, IndexError, RecursionError) as error:
        raise BadDraft("the server's answer is no chat") from error
    if not isinstance(said, str):
        raise BadDraft("the server's answer is no chat")
    return said


def _mapping(data: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", data) if isinstance(data, dict) else {}
