"""A report on the terminal, as a lifter would want to read it after a set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from repsight.app.analyze import Analysis
from repsight.app.summary import SURE, findings, spoken_reps
from repsight.core.acts import acts_of, count_words
from repsight.core.report import ClipReport, CoachSummary, Rep, SetReport, Verdict
from repsight.core.subjects import as_read, subject_of
from repsight.core.topics import as_topic
from repsight.core.wording import listed
from repsight.exercises import catalog
from repsight.pages.spoken import paragraphs_of, told_rules
from repsight.pages.words import VIEWS, band, clock, inner, seconds, share, with_error

__all__ = ["show_analysis", "show_report"]

_LABEL_WIDTH: Final = 13
_MOST_FINE: Final = 4


def show_analysis(console: Console, analysis: Analysis, folder: Path | None) -> None:
    """The report and where its files are."""
    show_report(console, analysis.report)
    for note in analysis.notes:
        _row(console, "Note", note)
    written = {path.name for path in analysis.files}
    if folder is None or not written:
        return
    first = next((name for name in ("report.html", "report.json") if name in written), "")
    # Never folded, so that it can be copied or clicked.
    path = Text.assemble(("Open".ljust(_LABEL_WIDTH + 2), "dim"), (str(folder / first), "bold"))
    console.print(path, soft_wrap=True)
    console.print()


def show_report(console: Console, report: ClipReport) -> None:
    """The coach first, then what stands behind it: verdicts, what was not judged, the reps."""
    console.print()
    console.print(Text(report.source.name, style="bold"))
    if report.coach.sentences:
        _show_coach(console, report.coach)
    elif report.summary:
        _row(console, "Result", report.summary)
    for number, seen in enumerate(report.sets, start=1):
        cued = told_rules(report.coach, "cue", set_number=number)
        _show_set(console, seen, number if len(report.sets) > 1 else 0, cued=cued)
    _show_quality(console, report)


def _show_coach(console: Console, said: CoachSummary) -> None:
    """The sentences in their paragraphs."""
    for place, paragraph in enumerate(paragraphs_of(said)):
        text = " ".join(one.said.text for one in paragraph.sentences)
        style = "bold" if paragraph.part in {"fix", "next", "referral"} else ""
        label = "" if place else "Coach"
        if paragraph.part == "question":
            label, text = "Questions", f"{text} (asked by {said.asked_by}; no rule supports them)"
        _row(console, label, text, style=style)
    if said.reason:
        who = "from the template" if said.source == "template" else f"by {said.source}"
        _row(console, "", f"(Worded {who}. {said.reason})", style="dim")


def _show_set(console: Console, seen: SetReport, number: int, *, cued: frozenset[str]) -> None:
    head = [seen.exercise.name, count_words(seen)]
    if seen.view != "unknown":
        head.append(f"seen {VIEWS[seen.view]}")
    if seen.exercise.method not in {"given", "none"} and seen.exercise.is_known:
        is_sure = seen.exercise.confidence >= SURE
        head.append("recognised" if is_sure else "recognised, not surely: name it with --exercise")
    _row(console, f"Set {number}" if number else "Set", " · ".join(head), style="bold")
    if acts_of(seen):
        _show_verdicts(console, seen, cued=cued)
    for rejected in seen.rejected:
        text = f"at {clock(rejected.start_s)}: {rejected.explanation}"
        _row(console, "Not counted", text, style="yellow")
    for correction in seen.corrections:
        _row(console, "Count", correction)
    if acts_of(seen):
        for variation in seen.variations:
            _row(console, "Variation", f"{variation.name} ({variation.method})")
        _show_not_judged(console, seen)
        console.print(Padding(_rep_table(seen), (1, 0, 1, _LABEL_WIDTH + 2)))


def _show_verdicts(console: Console, seen: SetReport, *, cued: frozenset[str]) -> None:
    labels, name = ("Fix first", "Then fix"), seen.exercise.id
    issues = findings(seen, "issue")
    for index, issue in enumerate(issues):
        label = labels[index] if index < len(labels) else "Also seen"
        text = f"{issue.title}{spoken_reps(issue.reps, seen)}: {_measured(issue.worst, name)}"
        _row(console, label, text, style="red")
        if issue.cue and index < len(labels) and issue.rule not in cued:
            _row(console, "  Cue", issue.cue, style="bold")
    for watch in findings(seen, "watch"):
        text = f"{watch.title}{spoken_reps(watch.reps, seen)}: {_measured(watch.worst, name)}"
        _row(console, "Watch", text, style="yellow")
    unsure = findings(seen, "too_close_to_call")
    for close in unsure:
        text = f"{close.title}{spoken_reps(close.reps, seen)}: {_measured(close.worst, name)}"
        _row(console, "Borderline", text)
    flagged = {one.rule for one in (*issues, *findings(seen, "watch"), *unsure)}
    _show_fine(console, [one.worst for one in findings(seen, "ok") if one.rule not in flagged])


def _show_fine(console: Console, fine: Sequence[Verdict]) -> None:
    """Praise where a rule has words for it; of the others, that their fault was not seen."""
    praise = [inner(one.good.rstrip(".")) for one in fine if one.good]
    silent = [inner(one.title) for one in fine if not one.good]
    for label, words in (("Good", praise), ("No sign of", silent)):
        if words:
            shown, more = words[:_MOST_FINE], len(words) - _MOST_FINE
            text = ", ".join(shown) + f" and {more} more" if more > 0 else listed(shown)
            _row(console, label, text, style="green")


def _measured(verdict: Verdict, exercise: str) -> str:
    """``hip above knee 0.13 ± 0.04 thigh lengths, wanted at most 0``, the worst of the set."""
    verdict, subject = as_read(verdict, subject_of(verdict.rule, catalog().get(exercise)))
    text = with_error(verdict.value, verdict.error, verdict.unit)
    wanted = band(verdict)
    told = f"{subject} {text}" if subject else text
    return f"{told}, wanted {wanted}" if wanted else told


def _show_not_judged(console: Console, seen: SetReport) -> None:
    """What could not be judged, once per reason."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for missed in seen.not_judged:
        advice = "" if missed.shoot_from == seen.view else missed.shoot_from
        key = advice, "" if advice else missed.reason
        by_reason.setdefault(key, []).append(as_topic(missed.title))
    for (advice, reason), titles in by_reason.items():
        why = f"film {VIEWS.get(advice, advice)} for that" if advice else reason.rstrip(".")
        _row(console, "Not judged", f"{listed(list(dict.fromkeys(titles)))}: {why}.")


def _rep_table(seen: SetReport) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    names, cells_of = _columns(seen)
    sides = any(rep.side != "both" for rep in seen.reps)
    for name in (*names, "Side") if sides else names:
        table.add_column(name, justify="right")
    for rep in acts_of(seen):
        table.add_row(*cells_of(rep), *([rep.side] if sides else []))
    return table


def _columns(seen: SetReport) -> tuple[tuple[str, ...], Callable[[Rep], tuple[str, ...]]]:
    """Heads of the table, and the cells of one line under them."""
    if seen.counts == "holds":
        return ("Hold", "At", "Held s"), _hold_cells
    if not seen.exercise.is_known:
        return ("Rep", "From", "To"), _plain_cells
    return ("Rep", "At", "Lower s", "Pause s", "Lift s", "Range"), _rep_cells


def _hold_cells(held: Rep) -> tuple[str, ...]:
    return str(held.number), clock(held.start_s), seconds(held.end_s - held.start_s)


def _plain_cells(rep: Rep) -> tuple[str, ...]:
    return str(rep.number), clock(rep.start_s), clock(rep.end_s)


def _rep_cells(rep: Rep) -> tuple[str, ...]:
    return (
        str(rep.number), clock(rep.start_s), seconds(rep.eccentric_s), seconds(rep.pause_s),
        seconds(rep.concentric_s),
        share(rep.range_share),
    )  # fmt: skip


def _show_quality(console: Console, report: ClipReport) -> None:
    reshoot = report.quality.reshoot
    for note in report.quality.notes:
        if note.level != "good":
            advice = "" if note.advice == reshoot else note.advice
            _row(console, "Picture", f"{note.message} {advice}".strip())
    for line in report.source.notes:
        _row(console, "Note", line)
    if reshoot and reshoot.rstrip(".").lower() not in report.summary.lower():
        _row(console, "Next time", reshoot, style="bold")


def _row(console: Console, label: str, text: str, *, style: str = "") -> None:
    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=_LABEL_WIDTH, no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(label, style="dim"), Text(text, style=style))
    console.print(row)
