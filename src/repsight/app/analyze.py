"""The main job: a clip, or landmarks made elsewhere, becomes a report in a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import nan
from pathlib import Path
from typing import Final

from repsight import __version__
from repsight.app.assess import assess_track, recognition_notes
from repsight.app.calibrations import told
from repsight.app.inputs import kind_of
from repsight.app.observe import Observation, Watching, observe
from repsight.app.outputs import prepared_folder
from repsight.app.results import ResultFolder
from repsight.coach.cards.deck import Deck
from repsight.coach.coach import Writer, coached
from repsight.coach.past_facts import PastSet
from repsight.coach.profile import Profile
from repsight.coach.proposals import Judge
from repsight.core.calibration import Calibration
from repsight.core.gating import gated
from repsight.core.quality import assess_quality
from repsight.core.report import SCHEMA_VERSION, ClipReport
from repsight.core.types import PoseTrack
from repsight.errors import RepsightError, UnknownName
from repsight.exercises import spec_of

__all__ = [
    "Analysis",
    "AnalyzeRequest",
    "Progress",
    "analyze",
    "analyze_clip",
    "can_be_judged",
]

#: Called with the share of the whole work done (0..1) and what is being done.
Progress = Callable[[float, str], None]

#: What may be asked for that is no exercise of the catalog.
_NO_SINGLE: Final = frozenset({"auto", "unknown"})

#: Share of the time that watching a clip takes when the video is drawn as well, or only stills.
_WATCHING_SHARE: Final = 0.6
_WATCHING_SHARE_WITH_STILLS: Final = 0.9


@dataclass(frozen=True, slots=True)
class AnalyzeRequest:
    """What is asked for one source; ``folder`` None means that no file is written.

    ``shown_name`` replaces the file's name in the report, where files are kept under other names.
    ``lifter`` is what they told of themselves, ``deck`` the coach's cards (None: those built in),
    ``writer`` who words the summary (None: the template), ``judge`` a model whose questions stand
    beside it, ``history`` the lifter's earlier sets, the newest last. ``height_m`` is the lifter's
    height; without it speeds are relative to the own range. ``calibrations`` are what was
    learned of them.
    """

    source: Path
    exercise: str = "auto"
    variation: str = ""
    folder: Path | None = None
    draws_video: bool = True
    watching: Watching = field(default_factory=Watching)
    shown_name: str = ""
    lifter: Profile | None = None
    deck: Deck | None = None
    writer: Writer | None = None
    judge: Judge | None = None
    history: tuple[PastSet, ...] = ()
    height_m: float = nan
    calibrations: tuple[Calibration, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The answer: the report, the landmarks it stands on, and the files that were written.

    ``unwritten`` holds what went wrong while files were written, ``notes`` what could not be
    kept in them; the report is valid all the same.
    """

    report: ClipReport
    track: PoseTrack
    files: tuple[Path, ...] = ()
    unwritten: tuple[RepsightError, ...] = ()
    notes: tuple[str, ...] = ()


def analyze(
    source: str | Path,
    *,
    exercise: str = "auto",
    variation: str = "",
    out: str | Path | None = None,
    backend: str = "blazepose",
    model: str = "full",
    fps_hz: float | None = None,
    person: int | None = None,
    threads: int = 2,
    height_m: float = nan,
) -> ClipReport:
    """Analyse one clip or landmark file and return its report.

    ``out`` is the folder for report.json, report.html, annotated.mp4, stills and landmarks.npz;
    without it nothing is written. ``fps_hz`` is the analysis rate of a clip (None: adaptive) and
    the frame rate of a landmark file without times. With the lifter's ``height_m`` speeds are in
    m/s where view and frame rate allow. Raises UserMistake (unreadable source,
    unknown name, unwritable folder, missing extra); a clip in which nothing can be judged gives
    a report that says so.
    """
    watching = Watching(backend, model, fps_hz, person, threads)
    folder = None if out is None else Path(out)
    request = AnalyzeRequest(
        Path(source), exercise, variation, folder, watching=watching, height_m=height_m
    )
    analysis = analyze_clip(request)
    for problem in analysis.unwritten:
        raise problem
    return analysis.report


def analyze_clip(request: AnalyzeRequest, *, on_progress: Progress | None = None) -> Analysis:
    """Do what was asked; see ``analyze`` for what is raised.

    Trouble with one output file does not lose the others nor the report: it is listed in
    ``unwritten``.
    """
    _check_names(request)
    if request.folder is None:
        seen = _observe(request, on_progress)
        return Analysis(_report(seen, request), seen.track)
    with prepared_folder(request.folder):
        return _analyze_into(request, request.folder, on_progress)


def _observe(request: AnalyzeRequest, on_progress: Progress | None) -> Observation:
    watching = request.watching
    if request.exercise not in _NO_SINGLE and spec_of(request.exercise).bar == "none":
        watching = replace(watching, seeks_plate=False)
    seen = observe(request.source, watching, on_progress=on_progress)
    if not request.shown_name:
        return seen
    return replace(seen, source=replace(seen.source, name=request.shown_name))


def _analyze_into(request: AnalyzeRequest, folder: Path, on_progress: Progress | None) -> Analysis:
    draws = kind_of(request.source) == "video"
    drawing = _WATCHING_SHARE if request.draws_video else _WATCHING_SHARE_WITH_STILLS
    watch_share = drawing if draws else 1.0
    seen = _observe(request, _part(on_progress, 0.0, watch_share))
    report = _report(seen, request)
    results = ResultFolder(folder, report, seen, calibrations=request.calibrations)
    results.write(
        request.source if draws else None,
        draws_video=request.draws_video,
        threads=request.watching.threads,
        on_progress=_part(on_progress, watch_share, 1.0),
    )
    return Analysis(
        report, seen.track, tuple(results.written), tuple(results.problems), tuple(results.notes)
    )


def can_be_judged(report: ClipReport) -> bool:
    """Whether the clip holds anything to judge: somebody was seen, and well enough."""
    if report.source.found_share == 0:
        return False
    counted = any(seen.rep_count or seen.holds or seen.rejected for seen in report.sets)
    return counted or report.quality.level != "bad"


def _check_names(request: AnalyzeRequest) -> None:
    """Before minutes are spent: an exercise or variation that does not exist."""
    if request.exercise in _NO_SINGLE:
        if request.variation:
            raise UnknownName(
                f"The variation '{request.variation}' belongs to an exercise.",
                wanted="The exercise together with its variation.",
                next_step="Say the exercise as well, for example --exercise squat.",
            )
        return
    spec = spec_of(request.exercise)
    known = {variation.id for variation in spec.book.variations}
    if request.variation and request.variation not in known:
        raise UnknownName(
            f"{spec.name} has no variation '{request.variation}'.",
            wanted=f"Known: {', '.join(sorted(known)) or 'none'}.",
            next_step=f"See: repsight exercises show {spec.id}",
        )


def _report(seen: Observation, request: AnalyzeRequest) -> ClipReport:
    sets = assess_track(
        seen.track,
        exercise=request.exercise,
        variation=request.variation,
        height_m=request.height_m,
        calibrations=request.calibrations,
    )
    exercises = {one.exercise.id for one in sets}
    notes = (
        *seen.source.notes,
        *recognition_notes(request.exercise),
        *(told(one) for one in request.calibrations if one.exercise in exercises),
    )
    quality = assess_quality(seen.track, seen.picture)
    sets = tuple(gated(one, quality) for one in sets)
    report = ClipReport(
        schema=SCHEMA_VERSION,
        repsight=__version__,
        source=replace(seen.source, notes=notes),
        quality=quality,
        sets=sets,
        summary="",
    )
    return coached(
        report,
        request.lifter,
        history=request.history,
        deck=request.deck,
        writer=request.writer,
        judge=request.judge,
    )


def _part(on_progress: Progress | None, first: float, last: float) -> Progress | None:
    """A stretch of the whole progress for one stage of the work."""
    if on_progress is None:
        return None
    return lambda share, stage: on_progress(first + (last - first) * share, stage)
