"""How well a model keeps the contract: JSON, ids, placeholders, the verifier, words of its own."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.intervals import wilson
from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import PLACEHOLDER, BadDraft, Draft, Line
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.coach.writers.checkpoint import CheckpointWriter
from repsight.coach.writers.llama_cpp import LlamaCppWriter
from repsight.coach.writers.one_sentence import sentence_from_json, sentence_request
from repsight.coach.writers.request import Request
from repsight.errors import RepsightError
from training.coach.evidence import Evidence, fuzzed

__all__ = ["Score", "evaluate", "scored"]

_FIRST: Final = 70_000_000  # no lesson was made from these seeds
_LEFT_S: Final = 120.0
_MOST_OF_ONE: Final = 4
_DIGIT: Final = re.compile(r"\d")

#: A request and the seconds that are left, and the model's words.
Answer = Callable[[Request, float], str]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one planned sentence; each step needs the one before it."""

    slot: str
    is_json: bool = False
    has_shape: bool = False
    is_passed: bool = False
    is_own: bool = False
    lasted_s: float = 0.0
    text: str = ""
    planned: str = ""


def evaluate(build: Path, sentences: int, *, model: Path | None = None) -> None:
    """Print a table of every model under ``build``, or of one elsewhere; keep the answers there."""
    build.mkdir(parents=True, exist_ok=True)
    wanted = list(_planned(sentences))
    found: dict[str, list[Score]] = {}
    for name, answer in _models(build) if model is None else [_one(model)]:
        found[name] = [scored(answer, *one) for one in wanted]
        rows = [asdict(score) for score in found[name]]
        path = build / f"answers {name}.json"
        path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    table = "\n".join(_table(found))
    if model is None:
        (build / "evaluation.md").write_text(table + "\n", encoding="utf-8")
    sys.stdout.write(table + "\n")


def _models(build: Path) -> Iterator[tuple[str, Answer]]:
    """The untrained and the trained model: without a grammar, then through llama.cpp with one."""
    for name, folder in (("untrained", build / "base"), ("trained", build / "merged")):
        if (folder / "config.json").is_file():
            yield f"{name}, free", CheckpointWriter(folder).answer
    for name, file in (("untrained", "untrained.gguf"), ("trained", "coach.gguf")):
        if (build / file).is_file():
            yield f"{name}, llama.cpp with schema", LlamaCppWriter(build / file, threads=1).answer


def _one(model: Path) -> tuple[str, Answer]:
    if model.is_dir():
        return f"{model.name}, free", CheckpointWriter(model).answer
    return f"{model.stem}, llama.cpp with schema", LlamaCppWriter(model, threads=1).answer


def _planned(count: int) -> Iterator[tuple[Evidence, Draft, int]]:
    """Sentences of evidence whose pattern is in no lesson, a few of each set."""
    number = 0
    for evidence in fuzzed(count * 100, first=_FIRST):
        if evidence.split != "test":
            continue
        draft = write(evidence.ledger, evidence.plan, builtin_deck())
        places = [at for at, line in enumerate(draft.lines) if line.slot != "referral"]
        start = evidence.ledger.seed % max(1, len(places))
        for at in [*places[start:], *places[:start]][:_MOST_OF_ONE]:
            yield evidence, draft, at
            number += 1
            if number == count:
                return


def scored(answer: Answer, evidence: Evidence, draft: Draft, at: int) -> Score:
    """The model's answer for one sentence, held against the contract."""
    line = draft.lines[at]
    started_s = time.process_time()  # models run in this process
    try:
        text = answer(sentence_request(line, evidence.ledger), _LEFT_S)
    except RepsightError as error:
        return Score(line.slot, text=str(error), planned=line.text)
    score = Score(line.slot, _is_json(text), lasted_s=time.process_time() - started_s, text=text,
                  planned=line.text)  # fmt: skip
    own = _line(text, line)
    if own is None:
        return score
    lines = (*draft.lines[:at], own, *draft.lines[at + 1 :])
    found = verify(replace(draft, lines=lines), evidence.ledger, evidence.plan, deck=builtin_deck())
    is_passed = found.state == "passed"
    return replace(
        score, has_shape=True, is_passed=is_passed, is_own=is_passed and own.text != line.text
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _line(text: str, line: Line) -> Line | None:
    try:
        own = sentence_from_json(text, line)
    except BadDraft:
        return None
    return None if _DIGIT.search(PLACEHOLDER.sub("", own.text)) else own


def _table(found: dict[str, list[Score]]) -> Iterator[str]:
    heads = ("model", "n", "JSON", "ids and placeholders", "verifier passed",
             "and in words of its own", "median processor s")  # fmt: skip
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for name, scores in found.items():
        shares = [
            _share([getattr(score, kind) for score in scores])
            for kind in ("is_json", "has_shape", "is_passed", "is_own")
        ]
        lasted = median(score.lasted_s for score in scores)
        yield f"| {name} | {len(scores)} | {' | '.join(shares)} | {lasted:.2f} |"


def _share(hits: Sequence[bool]) -> str:
    low, high = wilson(sum(hits), len(hits))
    return f"{sum(hits) / len(hits):.0%} ({low:.0%} to {high:.0%})"
