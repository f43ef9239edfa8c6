"""Running the demo and printing truth beside findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from repsight.app.demo import NO_FAULT, Demo, DemoRequest, run_demo
from repsight.cli.interrupts import Interrupts
from repsight.cli.progress import ProgressBar
from repsight.cli.session import tell_unwritten
from repsight.cli.words import show_analysis
from repsight.core.report import Rep, SetReport

__all__ = ["show_demo"]

#: A counted rep this close to a true one is the same (seconds at the turnaround).
_SAME_S: Final = 0.5


def show_demo(request: DemoRequest) -> int:
    """Film, analyse, print; the exit code is 0 whatever was found, if it could be written."""
    with ProgressBar(["demo"]) as bar, Interrupts():
        demo = run_demo(request, on_progress=lambda share, stage: bar.update(0, share, stage))
    console = Console(highlight=False)
    show_analysis(console, demo.analysis, demo.folder)
    _show_truth(console, demo)
    return tell_unwritten(demo.analysis)


def _show_truth(console: Console, demo: Demo) -> None:
    seen = demo.analysis.report.sets[0] if demo.analysis.report.sets else None
    console.print(Text("Truth beside findings", style="bold"))
    console.print(_rep_table(demo, seen))
    counted = seen.rep_count if seen else 0
    console.print(f"Reps: {demo.truth.counted} done, {counted} counted.")
    if seen is not None:
        console.print(_other_text(seen, demo.fault))
    console.print()


def _rep_table(demo: Demo, seen: SetReport | None) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Rep", "Turn, true", "found", f"{demo.fault}, true", "found"):
        table.add_column(name, justify="right")
    found = {} if seen is None else _outcomes(seen, demo.fault)
    for truth in demo.truth.reps:
        rep = _same(truth.turn_s, seen.reps if seen else ())
        table.add_row(
            str(truth.number),
            f"{truth.turn_s:.2f} s",
            "not counted" if rep is None else f"{rep.turn_s:.2f} s",
            "-" if demo.fault == NO_FAULT else "yes" if demo.fault in truth.faults else "no",
            "-" if rep is None else found.get(rep.number, "not judged"),
        )
    return table


def _same(turn_s: float, reps: Sequence[Rep]) -> Rep | None:
    gaps = [abs(rep.turn_s - turn_s) for rep in reps]
    if not gaps or min(gaps) > _SAME_S:
        return None
    return reps[int(np.argmin(gaps))]


def _outcomes(seen: SetReport, fault: str) -> dict[int, str]:
    words = {"issue": "yes", "ok": "no", "watch": "to watch", "too_close_to_call": "too close",
             "cannot_judge": "not judged"}  # fmt: skip
    return {
        verdict.rep: words[verdict.outcome] for verdict in seen.verdicts if verdict.rule == fault
    }


def _other_text(seen: SetReport, fault: str) -> str:
    others = sorted({
        verdict.title
        for verdict in seen.verdicts
        if verdict.outcome == "issue" and verdict.rule != fault
    })  # fmt: skip
    return f"Other findings: {', '.join(others) or 'none'}."
