"""One self-contained page per report: no network, no build, playable beside its video."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import cast
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from repsight.core.acts import act_noun, acts_of, count_words, side_words
from repsight.core.report import ClipReport, CoachSummary, ExerciseSeen, QualityNote, SetReport
from repsight.core.topics import as_topic
from repsight.core.wording import listed
from repsight.exercises import catalog
from repsight.pages import words
from repsight.pages.curves import CurveView, curves_of
from repsight.pages.findings import Evidence, Headline, attempts, evidence_of, headline_of
from repsight.pages.parsed import template_environment
from repsight.pages.pictures import Album, album_of
from repsight.pages.spoken import paragraphs_of, told_rules
from repsight.pages.tables import (
    MAX_COLUMNS,
    Column,
    Fact,
    Gap,
    JudgementRow,
    MeasureRow,
    MomentView,
    Reel,
    RepRow,
    columns_of,
    judgements_of,
    measure_rows,
    moments_of,
    not_judged_of,
    phase_names,
    reels_of,
    rep_rows,
    set_facts,
)
from repsight.pages.timeline import Timeline, timeline_of

__all__ = ["DOWNLOADS", "SetView", "render_html", "worst_first", "write_html"]

#: What usually lies beside the page, with what it is good for.
DOWNLOADS: dict[str, str] = {
    "annotated.mp4": "the clip with skeleton, count and cues",
    "report.json": "every number of this page, for other programs",
    "landmarks.npz": "the tracked body points over time",
}

_ALWAYS = (
    "Keep head and feet in the picture for the whole set.",
    "Start the clip just before the first rep and end it just after the last.",
    "Do at least two reps of the same movement, or name the exercise.",
)

_HOW_DECIDED = {
    "given": "you named it",
    "spec_fit": "it explains the movement best",
    "router": "recognised from the movement",
    "periodicity": "counted as a repeating movement, without a name",
    "none": "not decided",
}


@dataclass(frozen=True, slots=True)
class SetView:
    """A set with everything the page shows of it."""

    number: int
    title_id: str
    of_set: str
    seen: SetReport
    is_known: bool
    is_held: bool
    noun: str
    counted: str
    sides: str
    attempted: int
    judged_rules: int
    headline: Headline
    has_range: bool
    timeline: Timeline
    phase_names: tuple[str, str, str]
    columns: tuple[Column, ...]
    rows: tuple[RepRow, ...]
    all_rows: tuple[MeasureRow, ...]
    not_judged: tuple[Gap, ...]
    facts: tuple[Fact, ...]
    judgements: tuple[JudgementRow, ...]
    curves: tuple[CurveView, ...]
    evidence: tuple[Evidence, ...]
    moments: tuple[MomentView, ...]
    reels: tuple[Reel, ...]
    decided: str
    cued: frozenset[str] = frozenset()
    is_praised: bool = False


def render_html(
    report: ClipReport,
    *,
    stills: Mapping[str, bytes] | Path | None = None,
    video_name: str | None = "annotated.mp4",
    downloads: Sequence[str] = ("report.json",),
    figures: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """The report as one HTML page.

    ``stills`` are JPEG bytes by file name (see ``core.still_names``) or the folder that holds
    them; they become part of the page. ``video_name`` is the file beside the page that it
    plays, None for none. ``downloads`` are names of further files beside it.
    ``figures`` are drawings (SVG, trusted) of how it is done, by exercise and rule.
    """
    many = len(report.sets) > 1
    sets = tuple(
        _set_view(seen, number, is_one_of_many=many, said=report.coach)
        for number, seen in enumerate(report.sets, start=1)
    )
    script, style = _asset("script.js"), _asset("style.css")
    template = _environment().get_template("report.html.j2")
    return template.render(
        report=report,
        sets=sets,
        advised=paragraphs_of(report.coach),
        album=_album(sets, stills),
        video=quote(video_name) if video_name else "",
        downloads=[(name, quote(name), DOWNLOADS.get(name, "")) for name in downloads],
        figures={name: Markup(svg) for name, svg in (figures or {}).items()},  # noqa: S704 - drawn by us
        ratio=_ratio(report),
        first_s=_first_picture_s(report),
        advice=_advice(report),
        script=Markup(script),  # noqa: S704 - our own file
        style=Markup(style),  # noqa: S704 - our own file
        script_hash=_csp_hash(script),
        outcomes=words.OUTCOMES,
        rejections=words.REJECTIONS,
        view_words=words.VIEWS,
    )


def write_html(
    report: ClipReport,
    path: Path,
    *,
    stills: Mapping[str, bytes] | Path | None = None,
    video_name: str | None = "annotated.mp4",
    figures: Mapping[tuple[str, str], str] | None = None,
) -> Path:
    """Write the page to ``path`` and link whatever of DOWNLOADS lies beside it by now.

    A video that is not there is not mentioned: call this when everything else is written.
    An OSError of writing is left to the caller, who knows what else was to be kept.
    """
    beside = [name for name in DOWNLOADS if (path.parent / name).is_file()]
    is_there = video_name is not None and (path.parent / video_name).is_file()
    text = render_html(
        report, stills=stills, video_name=video_name if is_there else None, downloads=beside,
        figures=figures,
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")
    return path


def _set_view(seen: SetReport, number: int, *, is_one_of_many: bool, said: CoachSummary) -> SetView:
    timeline = timeline_of(seen)
    spec = catalog().get(seen.exercise.id)
    columns = columns_of(seen)
    rows = rep_rows(seen, columns)
    praised = told_rules(said, "praise", set_number=number)
    headline = headline_of(seen, number, spec, praised=praised)
    moments = moments_of(seen, number)
    telling = headline.things[0].worst.rep if headline.things else 1
    return SetView(
        number=number,
        cued=told_rules(said, "cue", set_number=number),
        is_praised=bool(praised),
        title_id=f"set-title-{number} " if is_one_of_many else "",
        of_set=f", set {number}" if is_one_of_many else "",
        seen=seen,
        is_known=seen.exercise.is_known,
        is_held=seen.counts == "holds",
        noun=act_noun(seen),
        counted=count_words(seen),
        sides=side_words(seen),
        attempted=attempts(seen),
        judged_rules=len({v.rule for v in seen.verdicts if v.outcome != "cannot_judge"}),
        headline=headline,
        has_range=any(isfinite(rep.range_share) for rep in seen.reps),
        timeline=timeline,
        phase_names=phase_names(seen),
        columns=columns[:MAX_COLUMNS],
        rows=rows,
        all_rows=measure_rows(seen, columns),
        not_judged=not_judged_of(seen.not_judged),
        facts=set_facts(seen),
        judgements=judgements_of(seen, spec),
        curves=curves_of(seen, timeline),
        evidence=evidence_of(seen, number, spec),
        moments=moments,
        reels=reels_of(moments, telling, noun=act_noun(seen)),
        decided=_decided(seen.exercise),
    )


def _decided(exercise: ExerciseSeen) -> str:
    how = _HOW_DECIDED[exercise.method]
    if exercise.method in {"given", "none"} or not exercise.confidence > 0:
        return how
    sure = words.share(exercise.confidence)
    return f"{how} (fit {sure})" if exercise.method == "spec_fit" else f"{how}, {sure} sure"


def _album(sets: Iterable[SetView], stills: Mapping[str, bytes] | Path | None) -> Album:
    views = tuple(sets)
    return album_of(
        stills,
        evidence=[name for view in views for name in _evidence(view)],
        moments=[name for view in views for name in _moments(view)],
    )


def _evidence(view: SetView) -> list[str]:
    return [shot.still for evidence in view.evidence for shot in evidence.shots]


def _moments(view: SetView) -> list[str]:
    return [shot.still for moment in view.moments for shot in moment.shots]


def _advice(report: ClipReport) -> tuple[str, ...]:
    """What to do for a count next time: what this clip lacked, then what every clip needs."""
    lacked = (note.advice for note in report.quality.notes if note.level != "good")
    return tuple(dict.fromkeys((*(words.sentence(text) for text in lacked if text), *_ALWAYS)))


def _first_picture_s(report: ClipReport) -> float:
    """Where the video stands before it is played: phones show black without a place to show."""
    starts = [rep.start_s for seen in report.sets for rep in acts_of(seen)]
    return max(0.05, min(starts, default=0.05))


def _ratio(report: ClipReport) -> float:
    """Width to height of the picture; 1 where there is none."""
    width, height = report.source.width_px, report.source.height_px
    return round(width / height, 4) if width > 0 and height > 0 else 1.0


def worst_first(notes: Sequence[QualityNote]) -> list[QualityNote]:
    """Notes in the order bad, limited, good."""
    order = ("bad", "limited", "good")
    return sorted(notes, key=lambda note: order.index(note.level))


_FILTERS = (
    as_topic, words.amount, words.clock, words.human, words.inner, listed, words.measured,
    words.plural, words.seconds, words.sentence, words.share, words.span,
    words.variation_method, worst_first,
)  # fmt: skip


@cache
def _environment() -> Environment:
    environment = template_environment()
    filters = cast("dict[str, object]", environment.filters)  # pyright: ignore[reportUnknownMemberType] - jinja2 says only dict
    filters.update((word.__name__, word) for word in _FILTERS)
    return environment


@cache
def _asset(name: str) -> str:
    return (files("repsight.pages") / "templates" / name).read_text(encoding="utf-8").strip()


def _csp_hash(text: str) -> str:
    """The page runs this script and no other, even if an escape were ever forgotten."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")
