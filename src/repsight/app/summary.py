"""What the verdicts of a set come down to, rule by rule, and where they were seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from repsight.core.acts import act_noun, acts_of
from repsight.core.report import SetReport, Verdict
from repsight.core.wording import listed

__all__ = [
    "SURE",
    "Finding",
    "findings",
    "spoken_reps",
]

#: Confidence from which a recognised exercise is taken for granted.
SURE: Final = 0.75


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's outcome over a set: which reps showed it."""

    rule: str
    title: str
    cue: str
    reps: tuple[int, ...]
    weight: float
    worst: Verdict


def findings(seen: SetReport, outcome: str) -> tuple[Finding, ...]:
    """The rules that had this outcome in any rep, the weightiest first.

    Weight is the worst severity times the share of reps that showed it.
    """
    by_rule: dict[str, list[Verdict]] = {}
    for verdict in seen.verdicts:
        if verdict.outcome == outcome:
            by_rule.setdefault(verdict.rule, []).append(verdict)
    found = [_finding(verdicts, len(acts_of(seen))) for verdicts in by_rule.values()]
    return tuple(sorted(found, key=lambda finding: (-finding.weight, finding.rule)))


def _finding(verdicts: Sequence[Verdict], count: int) -> Finding:
    worst = max(verdicts, key=lambda verdict: verdict.severity)
    reps = tuple(sorted({verdict.rep for verdict in verdicts if verdict.rep}))
    share = (len(reps) or 1) / max(count, 1)
    return Finding(worst.rule, worst.title, worst.cue, reps, worst.severity * share, worst)


def spoken_reps(reps: Sequence[int], seen: SetReport) -> str:
    """`` in reps 2, 3 and 5``; `` in every hold``; nothing for the set as a whole."""
    noun, count = act_noun(seen), len(acts_of(seen))
    if not reps:
        return ""
    if len(reps) == count > 1:
        return f" in every {noun}"
    if noun == "hold" and count == 1:
        return ""
    which = noun if len(reps) == 1 else f"{noun}s"
    return f" in {which} {listed([str(rep) for rep in reps])}"
