"""A report on the terminal, as a lifter would want to read it after a set."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from repsight.app.analyze import Analysis
from repsight.app.summary import findings, lower_first, spoken_list, spoken_reps
from repsight.core.report import ClipReport, Rep, SetReport, Verdict

__all__ = ["show_analysis", "show_report"]

_LABEL_WIDTH: Final = 13
_MOST_FINE: Final = 4
_UNKNOWN: Final = "-"


def show_analysis(console: Console, analysis: Analysis, folder: Path | None) -> None:
    """The report and where its files are."""
    show_report(console, analysis.report)
    for note in analysis.notes:
        _row(console, "Note", note)
    written = {path.name for path in analysis.files}
    if folder is None or not written:
        return
    first = next((name for name in ("report.html", "report.json") if name in written), "")
    _row(console, "Open", str(folder / first), style="bold")
    console.print()


def show_report(console: Console, report: ClipReport) -> None:
    """Verdict first; at most two fixes; then what was fine, what was not judged, the reps."""
    console.print()
    console.print(Text(report.source.name, style="bold"))
    if not report.sets:
        _row(console, "Result", report.summary)
    for number, seen in enumerate(report.sets, start=1):
        _show_set(console, seen, number if len(report.sets) > 1 else 0)
    _show_quality(console, report)


def _show_set(console: Console, seen: SetReport, number: int) -> None:
    reps = "1 rep" if seen.rep_count == 1 else f"{seen.rep_count} reps"
    head = [seen.exercise.name, reps]
    if seen.view != "unknown":
        head.append(f"seen from {_view_words(seen.view)}")
    if seen.exercise.method not in {"given", "none"} and seen.exercise.id != "unknown":
        head.append(f"recognised, {seen.exercise.confidence:.0%} sure")
    _row(console, f"Set {number}" if number else "Set", " · ".join(head), style="bold")
    _show_verdicts(console, seen)
    for rejected in seen.rejected:
        text = f"at {_clock(rejected.turn_s)}: {rejected.explanation}"
        _row(console, "Not counted", text, style="yellow")
    for variation in seen.variations:
        _row(console, "Variation", f"{variation.name} ({variation.method})")
    for missed in seen.not_judged:
        where = f" Film from {_view_words(missed.shoot_from)}." if missed.shoot_from else ""
        _row(console, "Not judged", f"{missed.title}: {missed.reason.rstrip('.')}.{where}")
    for correction in seen.corrections:
        _row(console, "Count", correction)
    _show_reps(console, seen)


def _show_verdicts(console: Console, seen: SetReport) -> None:
    labels = ("Fix first", "Then fix")
    issues = findings(seen, "issue")
    for index, issue in enumerate(issues):
        label = labels[index] if index < len(labels) else "Also seen"
        text = f"{issue.title}{spoken_reps(issue.reps, seen.rep_count)}: {_measured(issue.worst)}"
        _row(console, label, text, style="red")
        if issue.cue and index < len(labels):
            _row(console, "  Cue", issue.cue, style="bold")
    for watch in findings(seen, "watch"):
        text = f"{watch.title}{spoken_reps(watch.reps, seen.rep_count)}: {_measured(watch.worst)}"
        _row(console, "Watch", text, style="yellow")
    unsure = findings(seen, "too_close_to_call")
    for close in unsure:
        text = f"{close.title}{spoken_reps(close.reps, seen.rep_count)}: {_measured(close.worst)}"
        _row(console, "Borderline", text)
    flagged = {one.rule for one in (*issues, *findings(seen, "watch"), *unsure)}
    fine = [lower_first(one.title) for one in findings(seen, "ok") if one.rule not in flagged]
    if fine:
        more = f" and {len(fine) - _MOST_FINE} more" if len(fine) > _MOST_FINE else ""
        words = spoken_list(fine[:_MOST_FINE]) if not more else ", ".join(fine[:_MOST_FINE])
        _row(console, "No sign of", words + more, style="green")


def _measured(verdict: Verdict) -> str:
    """``-0.02 thigh lengths (wanted at least 0.05)``, the worst of the set."""
    text = _quantity(verdict.value, verdict.unit)
    low, high = verdict.expected_low, verdict.expected_high
    if isfinite(low) and isfinite(high):
        wanted = f"{_number(low, verdict.unit)} to {_number(high, verdict.unit)}"
    elif isfinite(low):
        wanted = f"at least {_number(low, verdict.unit)}"
    elif isfinite(high):
        wanted = f"at most {_number(high, verdict.unit)}"
    else:
        return text
    error = f" ± {_number(verdict.error, verdict.unit)}" if isfinite(verdict.error) else ""
    return f"{text}{error}, wanted {wanted}"


def _number(value: float, unit: str) -> str:
    if not isfinite(value):
        return _UNKNOWN
    if unit in {"deg", "°"}:
        return f"{value:.0f}"
    if unit == "%":
        return f"{value:.0f}"
    return f"{value:.2f}"


def _quantity(value: float, unit: str) -> str:
    words = {"deg": "°", "°": "°", "ratio": "", "share": "", "": ""}
    shown = words.get(unit, f" {unit}")
    return f"{_number(value, unit)}{shown}"


def _show_reps(console: Console, seen: SetReport) -> None:
    if not seen.reps:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Rep", "At", "Lower", "Pause", "Lift", "Range"):
        table.add_column(name, justify="right")
    for rep in seen.reps:
        table.add_row(*_rep_cells(rep))
    console.print(Padding(table, (1, 0, 1, _LABEL_WIDTH + 2)))


def _rep_cells(rep: Rep) -> tuple[str, ...]:
    return (
        str(rep.number), _clock(rep.turn_s), _seconds(rep.eccentric_s), _seconds(rep.pause_s),
        _seconds(rep.concentric_s),
        f"{rep.range_share:.0%}" if isfinite(rep.range_share) else _UNKNOWN,
    )  # fmt: skip


def _seconds(value: float) -> str:
    return f"{value:.1f} s" if isfinite(value) else _UNKNOWN


def _clock(seconds: float) -> str:
    if not isfinite(seconds):
        return _UNKNOWN
    minutes, rest = divmod(max(seconds, 0.0), 60)
    return f"{minutes:.0f}:{rest:04.1f}"


def _show_quality(console: Console, report: ClipReport) -> None:
    for note in report.quality.notes:
        if note.level != "good":
            _row(console, "Picture", f"{note.message} {note.advice}".strip())
    for line in report.source.notes:
        _row(console, "Note", line)
    if report.quality.reshoot:
        _row(console, "Next time", report.quality.reshoot, style="bold")


def _view_words(view: str) -> str:
    return {"side": "the side", "front": "the front", "back": "behind",
            "oblique": "an oblique angle"}.get(view, view)  # fmt: skip


def _row(console: Console, label: str, text: str, *, style: str = "") -> None:
    row = Table.grid(padding=(0, 2, 0, 0))
    row.add_column(width=_LABEL_WIDTH, no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(label, style="dim"), Text(text, style=style))
    console.print(row)
