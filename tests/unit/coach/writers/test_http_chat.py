"""A language model behind HTTP, played by a real server on loopback that behaves and misbehaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from repsight.coach.cards.files import builtin_deck
from repsight.coach.coach import coach
from repsight.coach.facts import ledger_of
from repsight.coach.planner import plan_of
from repsight.coach.template import write
from repsight.coach.writers.choose import WriterChoice, writer_for
from repsight.coach.writers.http_chat import HttpWriter, is_on_this_machine, models_at
from repsight.coach.writers.request import request_of
from repsight.core.report import CoachSummary
from repsight.errors import UserMistake
from repsight.testing.sample_report import sample_report

DEADLINE_S = 2.0


def good_answer() -> str:
    deck = builtin_deck()
    ledger = ledger_of(sample_report())
    lines = write(ledger, plan_of(ledger, deck), deck).lines
    entries = [
        {"slot": line.slot, "text": line.text, "facts": list(line.facts), "cards": list(line.cards)}
        for line in lines
    ]
    return json.dumps({"lines": entries})


def chat(text: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


class Server(ThreadingHTTPServer):
    """Keeps what it was asked; ``play`` answers one request."""

    daemon_threads = True
    play: Callable[[BaseHTTPRequestHandler, dict], None]
    asked: list[dict]
    paths: list[str]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        reply(self, 200, json.dumps({"data": [{"id": "tiny"}]}).encode())

    def do_POST(self) -> None:
        self.server.paths.append(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body["key"] = self.headers.get("Authorization", "")
        self.server.asked.append(body)
        try:
            self.server.play(self, body)
        except OSError:  # whoever asked has left
            self.close_connection = True

    def log_message(self, *_said: object) -> None:
        """Keep quiet."""


def reply(handler: BaseHTTPRequestHandler, status: int, data: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server(("127.0.0.1", 0), Handler)
    running.asked, running.paths = [], []
    running.play = lambda handler, _: reply(handler, 200, chat(good_answer()))
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def address_of(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def said_through(server: Server, deadline_s: float = DEADLINE_S) -> CoachSummary:
    writer = HttpWriter(address_of(server), "tiny", deadline_s=deadline_s)
    return coach(sample_report(), writer=writer)


def test_a_good_answer_words_the_summary(server: Server):
    said = said_through(server)
    assert (said.state, said.reason) == ("passed", "")
    assert said.source.startswith("tiny at 127.0.0.1:")


def test_it_asks_by_schema_with_the_ids_of_this_report(server: Server):
    said_through(server)
    asked = server.asked[0]
    assert server.paths == ["/v1/chat/completions"]
    assert asked["response_format"]["type"] == "json_schema"
    line = asked["response_format"]["json_schema"]["schema"]["properties"]["lines"]["items"]
    facts = line["properties"]["facts"]["items"]["enum"]
    known = {fact.id for fact in ledger_of(sample_report()).facts}
    assert set(facts) <= known
    assert "fix" in line["properties"]["slot"]["enum"]


@pytest.mark.parametrize("known", ["json_object", "plain"])
def test_a_server_that_refuses_a_way_of_asking_is_asked_in_the_next(server: Server, known: str):
    def play(handler: BaseHTTPRequestHandler, body: dict) -> None:
        way = body.get("response_format", {}).get("type", "plain")
        if way == known:
            reply(handler, 200, chat(f"<think>hm</think> ```json\n{good_answer()}\n```"))
        else:
            reply(handler, 400, b'{"error": "unknown response_format"}')

    server.play = play
    assert said_through(server).state == "passed"


def test_numbers_of_the_model_are_not_taken(server: Server):
    answer = good_answer().replace("{F5.done}", "5 squats")
    server.play = lambda handler, _: reply(handler, 200, chat(answer))
    said = said_through(server)
    assert said.source == "template"
    assert "placeholder" in said.reason


def test_one_second_try_with_the_reason(server: Server):
    def play(handler: BaseHTTPRequestHandler, _: dict) -> None:
        text = good_answer() if len(server.asked) > 1 else "I would rather talk about fishing."
        reply(handler, 200, chat(text))

    server.play = play
    assert said_through(server).state == "passed"
    assert "refused" in server.asked[1]["messages"][0]["content"]
    assert len(server.asked) == 2


def slow(handler: BaseHTTPRequestHandler, _: dict) -> None:
    time.sleep(DEADLINE_S + 0.5)
    reply(handler, 200, chat(good_answer()))


def endless(handler: BaseHTTPRequestHandler, _: dict) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _number in range(1000):
        handler.wfile.write(b"x" * 8192)


def dripping(handler: BaseHTTPRequestHandler, _: dict) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _number in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def cut_off(handler: BaseHTTPRequestHandler, _: dict) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(chat(good_answer())[:50])
    handler.close_connection = True


def answering(status: int, data: bytes) -> Callable[[BaseHTTPRequestHandler, dict], None]:
    return lambda handler, _: reply(handler, status, data)


@pytest.mark.parametrize(
    "play",
    [
        slow,
        endless,
        dripping,
        cut_off,
        answering(500, b"oh no"),
        answering(302, b""),
        answering(200, b"<html>proxy</html>"),
        answering(200, chat("{")),
        answering(200, chat('{"lines": [')),
        answering(200, chat('{"lines": 5}')),
        answering(200, chat('{"answer": "5 squats"}')),
        answering(200, chat('{"lines": [' + "[" * 5000)),
        answering(200, chat("x" * 300_000)),
        answering(200, b'{"choices": []}'),
        answering(200, b""),
    ],
    ids=lambda play: getattr(play, "__name__", "answer"),
)
def test_whatever_the_server_does_the_template_speaks_in_time(
    server: Server, play: Callable[[BaseHTTPRequestHandler, dict], None]
):
    server.play = play
    started_s = time.monotonic()
    said = said_through(server)
    assert time.monotonic() - started_s < DEADLINE_S + 2.0
    assert (said.source, said.state) == ("template", "failed_to_template")
    assert said.reason
    assert repr(said.sentences) == repr(
        coach(sample_report()).sentences
    )  # NaN is no equal of itself


def test_a_server_that_is_down_costs_nothing_but_its_words():
    said = coach(sample_report(), writer=HttpWriter("http://127.0.0.1:9", "tiny", deadline_s=1.0))
    assert said.source == "template"
    assert "cannot be asked" in said.reason


def test_the_key_is_sent_and_the_model_is_found(server: Server):
    writer = HttpWriter(address_of(server), key="abc", deadline_s=DEADLINE_S)
    coach(sample_report(), writer=writer)
    assert server.asked[0]["key"] == "Bearer abc"
    assert server.asked[0]["model"] == "tiny"
    assert models_at(address_of(server)) == ("tiny",)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_needs_no_consent(host: str):
    assert is_on_this_machine(host)


@pytest.mark.parametrize("host", ["example.com", "192.168.0.7", "localhost.evil.com", "10.0.0.1"])
def test_another_machine_needs_consent(host: str):
    with pytest.raises(UserMistake, match="no picture"):
        HttpWriter(f"http://{host}:8080")
    assert HttpWriter(f"http://{host}:8080", may_send=True)


@pytest.mark.parametrize(
    "said", ["ftp://127.0.0.1", "http://", "http://a:b@127.0.0.1", "http://x:99999"]
)
def test_an_address_that_cannot_be_meant_is_named(said: str):
    with pytest.raises(UserMistake, match="address"):
        HttpWriter(said)


def test_template_address_and_path_are_told_apart(tmp_path):
    assert writer_for(WriterChoice("template")) is None
    assert isinstance(writer_for(WriterChoice("http://127.0.0.1:1")), HttpWriter)
    with pytest.raises(UserMistake, match="is no coach"):
        writer_for(WriterChoice(str(tmp_path / "nothing.gguf")))
    (tmp_path / "text.gguf").write_text("hello")
    with pytest.raises(UserMistake, match="GGUF"):
        writer_for(WriterChoice(str(tmp_path / "text.gguf")))
    with pytest.raises(UserMistake, match="checkpoint"):
        writer_for(WriterChoice(str(tmp_path)))


def test_nothing_that_the_lifter_wrote_or_that_names_a_file_is_sent():
    from repsight.coach.profile import Profile

    lifter = Profile(notes="call me on my number", limitations=("left knee since the match",))
    ledger = ledger_of(sample_report(), lifter)
    deck = builtin_deck()
    sent = json.dumps(request_of(ledger, plan_of(ledger, deck), deck).messages)
    for private in ("call me", "since the match", sample_report().source.name):
        assert private not in sent
