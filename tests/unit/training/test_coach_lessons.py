"""Lessons for the coach's model: distinct evidence, splits apart, words that passed."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import PLACEHOLDER, Draft
from repsight.coach.template import write
from repsight.coach.verifier import verify
from repsight.coach.writers.one_sentence import sentence_from_json
from repsight.core.report_json import to_dict
from repsight.testing.sample_report import deadlift_report, sample_report
from training.coach.evidence import Evidence, athlete_evidence, fuzzed, hostile, report_evidence
from training.coach.lessons import SPLITS, Order, answer_of, build, read_lessons
from training.coach.teacher import lessons_of


def order_in(folder: Path) -> Order:
    return Order(folder, folder / "no clips", folder, fuzz=24, hostile=6, athlete=0, seed=3)


def test_the_teacher_says_it_in_other_words_that_pass() -> None:
    rng = np.random.default_rng(0)
    changed = 0
    for evidence in fuzzed(12, first=3_000_000):
        draft = write(evidence.ledger, evidence.plan, builtin_deck())
        lessons = lessons_of(evidence, rng)
        taught = {plan.text: own for plan, own in lessons}
        lines = tuple(taught.get(line.text, line) for line in draft.lines)
        found = verify(Draft(lines), evidence.ledger, evidence.plan, deck=builtin_deck())
        assert found.problems == ()
        changed += sum(plan.text != own.text for plan, own in lessons)
    assert changed > 40


def test_the_teacher_keeps_every_placeholder_and_the_product_can_read_it() -> None:
    rng = np.random.default_rng(0)
    for evidence in fuzzed(6, first=4_000_000):
        for plan, own in lessons_of(evidence, rng):
            assert sorted(PLACEHOLDER.findall(plan.text)) == sorted(PLACEHOLDER.findall(own.text))
            assert sentence_from_json(answer_of(own), plan).text == own.text


def test_real_reports_are_told_to_several_lifters_without_their_names(tmp_path: Path) -> None:
    rows = [json.dumps(to_dict(report)) for report in (sample_report(), deadlift_report())]
    (tmp_path / "reports.jsonl").write_text("\n".join(rows), encoding="utf-8")
    told = list(report_evidence(tmp_path / "reports.jsonl", lifters=3))
    assert len(told) == 6
    assert len({evidence.key for evidence in told}) > 3
    texts = [text for evidence in told for text in evidence.ledger.untrusted]
    assert not any("garage" in text for text in texts)


def test_evidence_of_one_pattern_lies_in_one_split() -> None:
    where: dict[str, set[str]] = {}
    for evidence in fuzzed(40, first=5_000_000):
        where.setdefault(evidence.pattern, set()).add(evidence.split)
    assert all(len(splits) == 1 for splits in where.values())


def test_lessons_are_written_once_and_for_every_split(tmp_path: Path) -> None:
    build(order_in(tmp_path))
    counts = json.loads((tmp_path / "counts.json").read_text(encoding="utf-8"))
    rows = {name: list(read_lessons(tmp_path / f"{name}.jsonl")) for name in SPLITS}
    said = [json.dumps(row) for split in rows.values() for row in split]
    assert len(said) == len(set(said)) == sum(counts[f"sentences in {name}"] for name in SPLITS
                                              if f"sentences in {name}" in counts)  # fmt: skip
    assert counts["evidence hostile"] == 6


def test_orders_in_notes_reach_no_lesson() -> None:
    rng = np.random.default_rng(0)
    for evidence in hostile(8, first=6_000_000):
        for plan, own in lessons_of(evidence, rng):
            for word in ("SYSTEM", "Ignore", "INST", "German", "Champion"):
                assert word not in plan.text + own.text


@pytest.mark.slow
def test_a_set_of_the_athlete_is_evidence() -> None:
    found: list[Evidence] = list(islice(athlete_evidence(1, seed=0), 1))
    assert found[0].ledger.of("count")
