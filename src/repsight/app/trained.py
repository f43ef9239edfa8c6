"""What the lifter trained: the sets of all reports, kept in step with the files they come from.

The reports on disk are the truth. The rows in the database are read from them and are read again
whenever the file is another one, so that an analysis, an objection or a deletion needs no
bookkeeping of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from repsight.app.library import Library
from repsight.app.past import read_report
from repsight.core.report import ClipReport, SetReport
from repsight.errors import UnknownName, UnreadableSource
from repsight.store.database import Database
from repsight.store.records import Clip, IssueSeen, SetSeen
from repsight.store.sets import list_sets, replace_sets, stamps

__all__ = ["Trained", "sets_in"]

#: Verdicts that say something of a repetition.
_JUDGED = frozenset({"ok", "issue", "watch", "too_close_to_call"})


class Trained:
    """The sets of a library."""

    def __init__(self, library: Library, database: Database) -> None:
        self._library = library
        self._database = database

    def sets(self) -> list[tuple[Clip, SetSeen]]:
        """Every set with its clip, the oldest first."""
        self._follow()
        with self._database.session() as session:
            return list_sets(session)

    def report_of(self, clip_id: str, number: int) -> tuple[Clip, SetReport]:
        """One set as its report has it, with the objections that hold; UnknownName if none."""
        listed = self._library.find(clip_id)
        if listed is not None and (path := self._shown(listed.clip)) is not None:
            sets = read_report(path).sets
            if 1 <= number <= len(sets):
                return listed.clip, sets[number - 1]
        raise UnknownName(
            "There is no such set.",
            wanted="A set of a clip that has a report.",
            next_step="Choose one from the history.",
        )

    def _follow(self) -> None:
        with self._database.session() as session:
            known = stamps(session)
        for clip, stamp in known:
            path = self._shown(clip)
            now = None if path is None else path.stat().st_mtime_ns
            if now != stamp:
                self._read(clip, path, now)

    def _read(self, clip: Clip, path: Path | None, stamp: int | None) -> None:
        try:
            sets = [] if path is None else list(sets_in(read_report(path), clip.id))
        except UnreadableSource:  # made by another version: it has to be analysed again
            sets = []
        with self._database.session() as session:
            replace_sets(session, clip.id, sets, stamp=stamp)

    def _shown(self, clip: Clip) -> Path | None:
        folder = self._library.result_folder(clip)
        paths = (folder / name for name in ("reviewed.json", "report.json"))
        return next((path for path in paths if path.is_file()), None)


def sets_in(report: ClipReport, clip_id: str) -> Iterator[SetSeen]:
    """The sets of a report as the history lists them."""
    for number, seen in enumerate(report.sets, start=1):
        yield SetSeen(
            clip_id=clip_id,
            number=number,
            exercise=seen.exercise.id,
            name=seen.exercise.name,
            view=seen.view,
            variation=",".join(one.id for one in seen.variations),
            counts=seen.counts,
            rep_count=seen.rep_count,
            rejected=len(seen.rejected),
            held_s=seen.held_s,
            start_s=seen.start_s,
            end_s=seen.end_s,
            measures={name: m for name, m in seen.metrics.items() if isfinite(m.value)},
            issues=tuple(_issues(seen)),
        )


def _issues(seen: SetReport) -> Iterator[IssueSeen]:
    """Of each rule that was judged, how many repetitions showed the fault; the most first."""
    judged = [one for one in seen.verdicts if one.rep and one.outcome in _JUDGED]
    found = Counter(one.rule for one in judged if one.outcome == "issue")
    totals = Counter(one.rule for one in judged)
    titles = {one.rule: one.title for one in judged}
    for rule in sorted(totals, key=lambda rule: -found[rule]):
        yield IssueSeen(rule, titles[rule], found[rule], totals[rule])
