"""The report in a few sentences: the verdict first, at most two fixes, what was not judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from repsight.core.acts import act_noun, acts_of, count_words
from repsight.core.report import Quality, Rejected, SetReport, Source, Verdict
from repsight.pages.words import VIEWS, inner, listed

__all__ = [
    "SURE",
    "Finding",
    "exercise_name",
    "findings",
    "spoken_reps",
    "summarise",
]

_MOST_FIXES: Final = 2
_MOST_PRAISE: Final = 3
_DOUBTFUL: Final = frozenset({"issue", "watch", "too_close_to_call"})
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


def summarise(sets: Sequence[SetReport], quality: Quality, source: Source) -> str:
    """Plain sentences; nothing in them that the report does not hold."""
    if source.found_share == 0:
        return _joined("Nobody was found in this clip, so nothing was judged.", quality.reshoot)
    if not any(acts_of(seen) or seen.rejected for seen in sets):
        held = bool(sets) and all(seen.counts == "holds" for seen in sets)
        nothing = "No hold was seen." if held else "No repetitions were seen."
        return _joined(nothing, *_extent(sets), quality.reshoot)
    many = len(sets) > 1
    parts = [
        (f"Set {number}: " if many else "") + _set_text(seen)
        for number, seen in enumerate(sets, start=1)
    ]
    return _joined(*parts, quality.reshoot)


def _extent(sets: Sequence[SetReport]) -> list[str]:
    return [
        f"It looks like {exercise_name(seen)}." for seen in sets if seen.exercise.id != "unknown"
    ]


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())


def exercise_name(seen: SetReport) -> str:
    """The exercise as said inside a sentence."""
    if seen.exercise.id == "unknown":
        return "an exercise Repsight does not know"
    return seen.exercise.name.lower() if seen.exercise.name[1:].islower() else seen.exercise.name


def _set_text(seen: SetReport) -> str:
    return _joined(
        _count_text(seen), _verdict_text(seen), _praise_text(seen), _rejected_text(seen.rejected),
        _not_judged_text(seen),
    )  # fmt: skip


def _count_text(seen: SetReport) -> str:
    text = f"{count_words(seen)} of {exercise_name(seen)}"
    if seen.exercise.id != "unknown" and seen.exercise.method != "given":
        unsure = seen.exercise.confidence < SURE
        text += " (not sure: say it with --exercise)" if unsure else ""
    return text + "."


def _verdict_text(seen: SetReport) -> str:
    issues = findings(seen, "issue")
    if issues:
        return _joined(*(
            f"{word}: {_fix_text(issue, seen)}"
            for word, issue in zip(("Fix first", "Then"), issues[:_MOST_FIXES], strict=False)
        ))  # fmt: skip
    watch = findings(seen, "watch")
    if watch:
        where = spoken_reps(watch[0].reps, seen)
        return f"Nothing to fix; keep an eye on {inner(watch[0].title)}{where}."
    if findings(seen, "ok"):
        return "Nothing to fix in what this clip shows."
    if findings(seen, "too_close_to_call"):
        return "Nothing that is certain enough to fix."
    return "Technique was not judged." if acts_of(seen) else ""


def _praise_text(seen: SetReport) -> str:
    """What was good in every rep that could be judged, the first few."""
    flagged = {verdict.rule for verdict in seen.verdicts if verdict.outcome in _DOUBTFUL}
    good = [one.worst.good for one in findings(seen, "ok") if one.rule not in flagged]
    praise = [inner(words.rstrip(".")) for words in good if words][:_MOST_PRAISE]
    return f"Good: {listed(praise)}." if praise else ""


def _fix_text(issue: Finding, seen: SetReport) -> str:
    cue = f" {issue.cue.rstrip('.')}." if issue.cue else ""
    return f"{inner(issue.title)}{spoken_reps(issue.reps, seen)}.{cue}"


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


def _rejected_text(rejected: Sequence[Rejected]) -> str:
    if not rejected:
        return ""
    reasons = list(dict.fromkeys(one.explanation.rstrip(".") for one in rejected))
    what = "1 movement was" if len(rejected) == 1 else f"{len(rejected)} movements were"
    return f"{what} not counted: {'; '.join(inner(reason) for reason in reasons[:2])}."


def _not_judged_text(seen: SetReport) -> str:
    by_view: dict[str, list[str]] = {}
    for one in seen.not_judged:
        advice = "" if one.shoot_from == seen.view else one.shoot_from
        by_view.setdefault(advice, []).append(inner(one.title))
    parts = [
        f"Not judged: {listed(list(dict.fromkeys(titles)))}"
        + (f" (film {VIEWS.get(view, view)})." if view else ".")
        for view, titles in by_view.items()
    ]
    return _joined(*parts)
