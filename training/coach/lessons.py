"""Lessons as conversations: the request that the product makes, and the teacher's answer."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from repsight.coach.draft import Line
from repsight.coach.ledger import Ledger
from repsight.coach.writers.one_sentence import sentence_request
from training.coach.evidence import (
    Evidence,
    athlete_evidence,
    clip_evidence,
    fuzzed,
    hostile,
    report_evidence,
)
from training.coach.teacher import lessons_of

__all__ = ["SPLITS", "Order", "answer_of", "build", "read_lessons"]

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Order:
    """How much evidence of which kind, where real clips are, and where lessons go.

    ``reports`` has reports of real clips that are there already: the clips are not analysed then.
    """

    build: Path
    shared: Path
    landmarks: Path
    fuzz: int
    hostile: int
    athlete: int
    seed: int
    reports: Path | None = None


def build(order: Order) -> None:
    """Write ``train.jsonl``, ``validation.jsonl``, ``test.jsonl`` and ``counts.json``."""
    order.build.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(order.seed)
    seen, said = set[str](), set[tuple[str, str]]()
    counts: Counter[str] = Counter()
    files = {name: (order.build / f"{name}.jsonl").open("w", encoding="utf-8") for name in SPLITS}
    for evidence in _all(order):
        counts[f"evidence {evidence.source}"] += 1
        if evidence.key in seen:
            counts["evidence said twice"] += 1
            continue
        seen.add(evidence.key)
        counts[f"evidence in {evidence.split}"] += 1
        for planned, taught in lessons_of(evidence, rng):
            lesson = _conversation(planned, taught, evidence.ledger)
            pair = (lesson["messages"][1]["content"], lesson["messages"][2]["content"])
            if pair in said:
                continue
            said.add(pair)
            counts[f"sentences in {evidence.split}"] += 1
            counts["sentences in other words"] += planned.text != taught.text
            files[evidence.split].write(json.dumps(lesson, ensure_ascii=False) + "\n")
    for file in files.values():
        file.close()
    text = json.dumps(dict(sorted(counts.items())), indent=2)
    (order.build / "counts.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


def _all(order: Order) -> Iterator[Evidence]:
    first = 1_000_000 * (order.seed + 1)
    if order.reports is not None:
        yield from report_evidence(order.reports)
    yield from chain(
        fuzzed(order.fuzz, first=first),
        hostile(order.hostile, first=first + order.fuzz),
        athlete_evidence(order.athlete, seed=order.seed),
    )
    if order.reports is None and (order.shared / "clips" / "labels.csv").is_file():
        yield from clip_evidence(order.shared, order.landmarks)


def _conversation(planned: Line, taught: Line, ledger: Ledger) -> dict[str, list[dict[str, str]]]:
    asked = sentence_request(planned, ledger).messages
    return {"messages": [*asked, {"role": "assistant", "content": answer_of(taught)}]}


def answer_of(line: Line) -> str:
    """The JSON that the product expects for a sentence."""
    return json.dumps({"facts": list(line.facts), "text": line.text}, ensure_ascii=False)


def read_lessons(path: Path) -> Iterable[dict[str, list[dict[str, str]]]]:
    """The conversations of a split."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
