"""A real llama.cpp server with a tiny random model: it is asked by schema and cannot mislead.

Where ``python -m training.coach all`` has left a trained one, that is served as well.
"""

from __future__ import annotations

import json
import string
import time
from pathlib import Path

import numpy as np
import pytest

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.athlete.performance import perform
from repsight.coach.cards.files import builtin_deck
from repsight.coach.coach import coach
from repsight.coach.facts import ledger_of
from repsight.coach.planner import plan_of
from repsight.coach.template import write
from repsight.coach.writers.ask import NoAnswer
from repsight.coach.writers.choose import WriterChoice, writer_for
from repsight.coach.writers.http_chat import HttpWriter
from repsight.coach.writers.llama_cpp import LlamaCppWriter
from repsight.coach.writers.one_sentence import sentence_request
from repsight.landmarks_io import save_landmarks
from repsight.testing.sample_report import sample_report

pytest.importorskip("gguf", reason="needs gguf, to write a model file")
pytest.importorskip("xllamacpp", reason="needs xllamacpp: the extra 'llama'")

TRAINED = Path(__file__).parents[2] / "build" / "coach" / "coach.gguf"
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n'"
    " + message['content'] + '<|im_end|>\n' }}{% endfor %}<|im_start|>assistant\n"
)
SPECIAL = ("<|unknown|>", "<|pad|>", "<|im_start|>", "<|im_end|>")
SPACE, NEW_LINE = (
    "\N{LATIN CAPITAL LETTER G WITH DOT ABOVE}",
    "\N{LATIN CAPITAL LETTER C WITH DOT ABOVE}",
)
CONFIG = {
    "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
    "num_key_value_heads": 2, "max_position_embeddings": 2048, "rms_norm_eps": 1e-6,
    "rope_theta": 10_000.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that knows letters and nothing of language."""
    from training.coach.export import Checkpoint, tensor_shapes, write_gguf

    letters = [one for one in string.printable if one > " " and one.isprintable()]
    words = [*SPECIAL, *letters, SPACE, NEW_LINE, "th"]
    config = {**CONFIG, "vocab_size": len(words)}
    rng = np.random.default_rng(0)
    weights = {
        name: np.ones(shape) if len(shape) == 1 else rng.normal(0.0, 0.3, shape)
        for name, shape in tensor_shapes(config).items()
    }
    tokenizer = {
        "added_tokens": [{"content": one, "id": at} for at, one in enumerate(SPECIAL)],
        "model": {"vocab": {one: at for at, one in enumerate(words)}, "merges": ["t h"]},
    }
    path = tmp_path_factory.mktemp("model") / "random.gguf"
    write_gguf(Checkpoint(config, tokenizer, TEMPLATE, weights), path)
    return path


@pytest.fixture(scope="module")
def writer(model: Path) -> LlamaCppWriter:
    return LlamaCppWriter(model, deadline_s=3.0, threads=1)


def test_a_file_is_a_coach(model: Path):
    assert isinstance(writer_for(WriterChoice(str(model))), LlamaCppWriter)


def test_the_server_keeps_to_the_schema(writer: LlamaCppWriter):
    ledger = ledger_of(sample_report())
    line = write(ledger, plan_of(ledger, builtin_deck()), builtin_deck()).lines[0]
    request = sentence_request(line, ledger)
    answer = writer.answer(request, 20.0)
    assert answer.lstrip().startswith("{")
    head, _, _ = answer.partition('"text"')
    cited = [part for part in head.split('"') if part.startswith("F")]
    assert cited
    assert set(cited) <= set(line.facts)


def test_what_a_model_without_sense_says_is_not_said(writer: LlamaCppWriter):
    started_s = time.monotonic()
    said = coach(sample_report(), writer=writer)
    assert time.monotonic() - started_s < writer.deadline_s + 5.0
    assert (said.source, said.state) == ("template", "failed_to_template")
    assert said.reason
    assert repr(said.sentences) == repr(
        coach(sample_report()).sentences
    )  # NaN is no equal of itself


def test_its_server_listens_on_this_machine_and_asks_for_a_key(writer: LlamaCppWriter):
    writer.answer(_request(), 20.0)
    address = writer.address
    assert address.startswith("http://127.0.0.1:")
    stranger = HttpWriter(address, "random", "wrong key")
    with pytest.raises(NoAnswer, match="401"):
        stranger.answer(_request(), 5.0)


def _request():
    ledger = ledger_of(sample_report())
    line = write(ledger, plan_of(ledger, builtin_deck()), builtin_deck()).lines[0]
    return sentence_request(line, ledger)


def test_a_report_is_whole_whatever_the_model_does(writer: LlamaCppWriter, tmp_path: Path):
    done = perform("squat", reps=2, seed=3)
    landmarks = tmp_path / "set.npz"
    save_landmarks(landmarks, done.track(done.camera(yaw_deg=90.0), seed=1))
    analyze_clip(AnalyzeRequest(landmarks, "squat", folder=tmp_path / "out", writer=writer))
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["coach"]["source"] == "template"
    assert report["coach"]["sentences"]


@pytest.mark.skipif(
    not TRAINED.is_file(), reason="needs a trained model: python -m training.coach all"
)
def test_a_trained_model_words_some_of_the_sentences():
    said = coach(sample_report(), writer=LlamaCppWriter(TRAINED, deadline_s=60.0, threads=1))
    template = {one.text for one in coach(sample_report()).sentences}
    assert said.state == "passed"
    assert said.source != "template"
    assert any(one.text not in template for one in said.sentences)
