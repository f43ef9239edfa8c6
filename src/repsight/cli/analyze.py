"""``repsight analyze``: clips in, reports out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING

from repsight.cli import options
from repsight.core.wording import listed
from repsight.errors import UserMistake

if TYPE_CHECKING:
    from repsight.app.analyze import AnalyzeRequest
    from repsight.app.observe import Watching
    from repsight.cli.coach_options import ToldCoach

__all__ = ["command"]


def command(
    clips: options.Clips,
    exercise: options.ExerciseName = "auto",
    variation: options.VariationName = "",
    height: options.HeightCm = None,
    out: options.ResultsFolder = None,
    pose: options.PoseOption = None,
    backend: options.Backend = "blazepose",
    fps: options.Rate = None,
    person: options.Person = None,
    no_video: options.NoVideo = False,
    json_to: options.JsonTo = None,
    threads: options.Threads = None,
    layout: options.PointLayout = "auto",
    units: options.PointUnits = "auto",
    size: options.PictureSize = None,
    exercises: options.ExerciseFiles = None,
    profile: options.ProfileFile = None,
    coach: options.Coach = None,
    coach_may_send: options.CoachMaySend = False,
    coach_asks: options.CoachAsks = False,
    history: options.HistoryFolder = None,
    traceback: options.ShowsBugs = False,
) -> int:
    """Count the reps in each CLIP, judge their technique and write a report.

    Results go to DIR/<name of the clip>/: report.html, report.json, annotated.mp4, stills and
    landmarks.npz.
    """
    from repsight.app.observe import Watching
    from repsight.cli.coach_options import told_coach
    from repsight.cli.own_exercises import use_own_exercises
    from repsight.cli.session import analyze_all
    from repsight.config import read_settings

    settings = read_settings()
    if exercises is not None:
        use_own_exercises(exercises)
    told = told_coach(
        settings,
        profile=profile,
        coach=coach,
        may_send=coach_may_send,
        asks=coach_asks,
        history=history,
    )
    watching = Watching(
        backend, pose or settings.pose, fps, person, threads or settings.threads,
        layout, units, _size(size),
    )  # fmt: skip
    height_m = nan if height is None else height / 100
    asked = _Asked(exercise, variation, no_video, watching, told, height_m)
    folder = None if json_to and out is None else out or settings.out
    requests = _requests(clips, asked, folder)
    of_landmarks = {"--layout": layout != "auto", "--units": units != "auto", "--size": size}
    _refuse_idle([name for name, is_told in of_landmarks.items() if is_told], requests)
    return analyze_all(requests, json_to=json_to, shows_bugs=traceback)


@dataclass(frozen=True, slots=True)
class _Asked:
    exercise: str
    variation: str
    no_video: bool
    watching: Watching
    told: ToldCoach
    height_m: float


def _requests(clips: Sequence[Path], asked: _Asked, out: Path | None) -> list[AnalyzeRequest]:
    from repsight.app.analyze import AnalyzeRequest
    from repsight.app.inputs import find_sources, result_folders

    sources = find_sources(clips)
    folders = [None] * len(sources) if out is None else result_folders(sources, out)
    return [
        AnalyzeRequest(
            source,
            asked.exercise,
            asked.variation,
            folder,
            not asked.no_video,
            asked.watching,
            lifter=asked.told.lifter,
            deck=asked.told.deck,
            writer=asked.told.writer,
            judge=asked.told.judge,
            history=asked.told.past(folder),
            height_m=asked.height_m,
        )
        for source, folder in zip(sources, folders, strict=True)
    ]


def _refuse_idle(told: Sequence[str], requests: Sequence[AnalyzeRequest]) -> None:
    """Options about landmark files where none is among the sources were meant for another file."""
    from repsight.app.inputs import kind_of

    if not told or any(kind_of(request.source) == "landmarks" for request in requests):
        return
    raise UserMistake(
        f"{listed(told)} would change nothing: no CLIP is a landmark file.",
        wanted="A landmark file (npz, npy, csv, json), or a command line without it.",
        next_step="See: repsight analyze --help",
    )


def _size(said: str | None) -> tuple[int, int] | None:
    if said is None:
        return None
    match = re.fullmatch(r"([1-9]\d{0,4})[xX]([1-9]\d{0,4})", said.strip())
    if match is None:
        raise UserMistake(
            f"'{said}' is not a picture size.",
            wanted="Width x height in pixels.",
            next_step="For example --size 1080x1920.",
        )
    return int(match[1]), int(match[2])
