"""Sets as the history lists them: read from reports, replaced whenever a report changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import isfinite
from typing import Literal, TypedDict, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from repsight.core.report import Measure
from repsight.store.records import Clip, IssueSeen, SetSeen
from repsight.store.rows import clip_of
from repsight.store.tables import ClipRow, SetRow

__all__ = ["list_sets", "replace_sets", "stamps"]


class _Amount(TypedDict):
    value: float
    unit: str
    error: float | None


class _Issue(TypedDict):
    rule: str
    title: str
    found: int
    judged: int


def stamps(session: Session) -> list[tuple[Clip, int | None]]:
    """Every clip, and which version of its report its sets were read from (None: of none)."""
    return [(clip_of(row), row.report_stamp) for row in session.scalars(select(ClipRow))]


def replace_sets(
    session: Session, clip_id: str, sets: Sequence[SetSeen], *, stamp: int | None
) -> bool:
    """The sets of a clip are these now, read from version ``stamp``; False if it is gone."""
    row = session.get(ClipRow, clip_id, with_for_update=True)
    if row is None:
        return False
    session.execute(delete(SetRow).where(SetRow.clip_id == clip_id))
    session.add_all(_row_of(one) for one in sets)
    row.report_stamp = stamp
    return True


def list_sets(session: Session) -> list[tuple[Clip, SetSeen]]:
    """Every set with its clip, in the order in which they were trained."""
    wanted = select(ClipRow, SetRow).join(SetRow, SetRow.clip_id == ClipRow.id)
    found = [(clip_of(clip), _set_of(row)) for clip, row in session.execute(wanted)]
    return sorted(found, key=lambda one: (one[0].when, one[0].id, one[1].number))


def _row_of(seen: SetSeen) -> SetRow:
    measures: dict[str, _Amount] = {
        name: {"value": m.value, "unit": m.unit, "error": m.error if isfinite(m.error) else None}
        for name, m in seen.measures.items()
        if isfinite(m.value)
    }
    issues: list[_Issue] = [
        {"rule": i.rule, "title": i.title, "found": i.found, "judged": i.judged}
        for i in seen.issues
    ]
    return SetRow(
        clip_id=seen.clip_id,
        number=seen.number,
        exercise=seen.exercise,
        name=seen.name,
        view=seen.view,
        variation=seen.variation,
        counts=seen.counts,
        rep_count=seen.rep_count,
        rejected=seen.rejected,
        held_s=seen.held_s,
        start_s=seen.start_s,
        end_s=seen.end_s,
        measures=json.dumps(measures, allow_nan=False),
        issues=json.dumps(issues, allow_nan=False),
    )


def _set_of(row: SetRow) -> SetSeen:
    measures = cast("dict[str, _Amount]", json.loads(row.measures))
    issues = cast("list[_Issue]", json.loads(row.issues))
    return SetSeen(
        clip_id=row.clip_id,
        number=row.number,
        exercise=row.exercise,
        name=row.name,
        view=row.view,
        variation=row.variation,
        counts=cast("Literal['reps', 'holds']", row.counts),
        rep_count=row.rep_count,
        rejected=row.rejected,
        held_s=row.held_s,
        start_s=row.start_s,
        end_s=row.end_s,
        measures={
            name: Measure(m["value"], m["unit"], float("nan") if m["error"] is None else m["error"])
            for name, m in measures.items()
        },
        issues=tuple(IssueSeen(i["rule"], i["title"], i["found"], i["judged"]) for i in issues),
    )
