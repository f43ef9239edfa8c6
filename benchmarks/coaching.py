"""How well the coach keeps to its facts: fuzzed evidence, corpora of drafts, wording, time.

``python -m benchmarks.coaching`` prints all figures; with ``--show 50`` it prints summaries, to
be read aloud.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from benchmarks.drafts import (
    HELD_OUT,
    Trial,
    first_pass,
    held_out,
    made_bad,
    made_honest,
    written_bad,
    written_honest,
)
from benchmarks.intervals import wilson
from repsight.coach.cards.files import builtin_deck
from repsight.coach.draft import Draft, rendered
from repsight.coach.facts import ledger_of
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, plan_of
from repsight.coach.template import write
from repsight.coach.verifier import Verified, verify
from repsight.testing.made_up import made_up

_CASES = 2000
_WORDINGS = 200
_DRAFTS = 600
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def worded(seed: int) -> tuple[Ledger, Plan, Draft, Verified, float]:
    """One case from facts to verified sentences, with the seconds that words and checks took."""
    case = made_up(seed)
    deck = builtin_deck()
    ledger = ledger_of(case.report, case.profile, history=case.history)
    started_s = time.process_time()
    plan = plan_of(ledger, deck)
    draft = write(ledger, plan, deck)
    verified = verify(draft, ledger, plan, deck=deck)
    return ledger, plan, draft, verified, time.process_time() - started_s


def fuzz(count: int) -> list[str]:
    """Lines of the table on fuzzed evidence."""
    passed = shaped = exact = lines = literal = uncited = 0
    spans_s: list[float] = []
    reasons: Counter[str] = Counter()
    for seed in range(count):
        ledger, plan, draft, verified, lasted_s = worded(seed)
        spans_s.append(lasted_s)
        passed += verified.state == "passed"
        reasons.update(f"{one.code}: {one.what}" for one in verified.problems)
        shaped += len(draft.lines) == len([s for s in plan.steps if s.required]) + sum(
            not step.required for step in plan.steps if _is_told(step.slot, step.facts, draft)
        )
        for line in draft.lines:
            lines += 1
            uncited += not line.facts
            said = _NUMBER.findall(rendered(line.text, ledger))
            facts = " ".join(" ".join(fact.words.values()) for fact in ledger.cited(line.facts))
            known = set(_NUMBER.findall(facts))
            exact += all(number in known for number in said)
            literal += bool(_NUMBER.search(re.sub(r"\{[^}]*\}", "", line.text)))
    spans_s.sort()
    for reason, times in reasons.most_common(14):
        print(f"refused {times} times: {reason}", file=sys.stderr)
    return [
        f"| evidence sets through the template | {count} |",
        f"| every planned sentence there, schema valid | {shaped / count:.1%} |",
        f"| verifier passed | {passed / count:.1%} |",
        f"| sentences whose numbers all stand in a cited fact | {exact / lines:.1%} of {lines} |",
        f"| sentences with a number that is no placeholder | {literal} |",
        f"| sentences without a fact | {uncited} |",
        f"| plan, words and verification, median and 99th percentile | {_times(spans_s)} |",
    ]


def _times(spans_s: list[float]) -> str:
    late_s = spans_s[int(0.99 * len(spans_s))]
    return f"{statistics.median(spans_s) * 1e3:.1f} ms, {late_s * 1e3:.1f} ms"


def _is_told(slot: str, facts: Sequence[str], draft: Draft) -> bool:
    return any(line.slot == slot and facts[0] in line.facts for line in draft.lines)


def wording(count: int) -> list[str]:
    """Lines of the table on how different summaries of different evidence are."""
    texts: list[str] = []
    seed = 10_000
    while len(texts) < count:
        _, plan, _, verified, _ = worded(seed)
        seed += 1
        if len(plan.steps) > 3:
            texts.append(" ".join(sentence.text for sentence in verified.sentences))
    grams = [_four_grams(text) for text in texts]
    shares = [
        len(one & other) / min(len(one), len(other))
        for one, other in combinations(grams, 2)
        if one and other
    ]
    return [
        f"| summaries compared | {count} |",
        f"| summaries that are alike | {count - len(set(texts))} |",
        f"| four words in a row that two share, median | {statistics.median(shares):.1%} |",
    ]


def _four_grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def corpora(count: int) -> list[str]:
    """Lines of the table on drafts that must be blocked and drafts that must pass."""
    return [
        _rate("bad drafts by hand, blocked", list(written_bad()), "failed"),
        _rate("bad drafts made from other evidence, blocked", made_bad(count), "failed"),
        _rate("honest drafts by hand, passed", list(written_honest()), "passed"),
        _rate("honest drafts made from other evidence, passed", made_honest(count), "passed"),
        *_unseen(),
    ]


def _unseen() -> list[str]:
    """What is known of drafts that no rule was made for."""
    rows: list[str] = []
    for part in HELD_OUT:
        bad, honest = held_out(part)
        rows += [
            _rate(f"bad drafts held out, {part} round, blocked", bad, "failed", tells=False),
            _rate(f"honest drafts held out, {part} round, passed", honest, "passed", tells=False),
        ]
    for name, seen in first_pass().items():
        for what, hits, count in (
            (f"bad drafts of the {name} round, blocked at first sight", "blocked", "bad"),
            (f"honest drafts of the {name} round, passed at first sight", "passed", "honest"),
        ):
            if count in seen:
                rows.append(_share(what, seen[hits], seen[count]))
    return rows


def _rate(what: str, trials: Sequence[Trial], wanted: str, *, tells: bool = True) -> str:
    """A row; drafts that were not as ``wanted`` are told where they may be learnt from."""
    hits = sum(trial.verified.state == wanted for trial in trials)
    for trial in trials:
        if tells and trial.verified.state != wanted:
            print(f"{what}, but not: {trial.text} {trial.verified.problems}", file=sys.stderr)
    return _share(what, hits, len(trials))


def _share(what: str, hits: int, count: int) -> str:
    low, high = wilson(hits, count)
    return f"| {what} | {hits / count:.1%} of {count} ({low:.1%} to {high:.1%}) |"


def show(count: int, first: int) -> None:
    """Print summaries, one paragraph each, to be read aloud."""
    for seed in range(first, first + count):
        ledger, _, draft, verified, _ = worded(seed)
        texts = [rendered(line.text, ledger) for line in draft.lines]
        print(f"[{seed}, {verified.state}] {' '.join(texts)}\n")
        for problem in verified.problems:
            print(f"    ! {problem}")


def main() -> None:
    """Print the tables, or the summaries that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=_CASES)
    parser.add_argument("--drafts", type=int, default=_DRAFTS, help="of each made kind")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    if asked.show:
        show(asked.show, asked.first)
        return
    print("| what | figure |\n| --- | --- |")
    for line in (*fuzz(asked.cases), *corpora(asked.drafts), *wording(_WORDINGS)):
        print(line)


if __name__ == "__main__":
    main()
