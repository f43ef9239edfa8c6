"""``repsight analyze``: clips in, reports out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from repsight.errors import UserMistake

if TYPE_CHECKING:
    from repsight.app.analyze import AnalyzeRequest
    from repsight.app.observe import Watching
    from repsight.cli.coach_options import ToldCoach

__all__ = ["LayoutName", "PoseModel", "UnitsName", "command"]

PoseModel = Literal["lite", "full", "heavy"]
LayoutName = Literal["auto", "blazepose33", "coco17", "halpe26", "mhr70"]
UnitsName = Literal["auto", "pixels", "normalised", "heights"]


def command(
    clips: Annotated[
        list[Path],
        typer.Argument(
            metavar="CLIP",
            help="Videos, landmark files (npz, npy, csv, json), or folders of them.",
            show_default=False,
        ),
    ],
    exercise: Annotated[
        str, typer.Option("--exercise", "-e", metavar="NAME|auto", help="What was done.")
    ] = "auto",
    variation: Annotated[
        str, typer.Option(metavar="NAME", help="A variation of it, such as low_bar.")
    ] = "",
    height: Annotated[
        float | None,
        typer.Option(metavar="CM", min=100.0, max=250.0, show_default="unknown",
                     help="How tall the lifter is: speeds are in m/s then, filmed from the side "
                     "with 45 or more frames a second."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder for results: one inside per clip.",
                     show_default="repsight-out"),
    ] = None,
    pose: Annotated[
        PoseModel | None, typer.Option(help="Pose model.", show_default="full")
    ] = None,
    backend: Annotated[str, typer.Option(metavar="NAME", help="Pose backend.")] = "blazepose",
    fps: Annotated[
        float | None,
        typer.Option(
            metavar="N", min=1.0, max=240.0, show_default="adaptive",
            help="Analysis rate; for landmark files without times, their frame rate.",
        ),
    ] = None,
    person: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Whom to follow, counted from 0 at the left.",
                     show_default="the lifter"),
    ] = None,
    no_video: Annotated[
        bool, typer.Option("--no-video", help="Do not draw annotated.mp4.")
    ] = False,
    json_to: Annotated[
        str | None,
        typer.Option("--json", metavar="-|FILE", show_default=False,
                     help="Write reports as JSON, one a line; - is stdout. Without --out nothing "
                     "else is written."),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=64, help="For the pose model.",
                                 show_default="processors, at most 4")
    ] = None,
    layout: Annotated[LayoutName, typer.Option(help="Points of a landmark file.")] = "auto",
    units: Annotated[UnitsName, typer.Option(help="Units of a landmark file.")] = "auto",
    size: Annotated[
        str | None,
        typer.Option(metavar="WxH", help="Picture size of a landmark file, such as 1080x1920.",
                     show_default=False),
    ] = None,
    exercises: Annotated[
        Path | None,
        typer.Option(metavar="DIR|FILE", show_default="REPSIGHT_EXERCISES",
                     help="Exercises of your own, as TOML."),
    ] = None,
    profile: Annotated[
        Path | None,
        typer.Option(metavar="FILE", show_default="REPSIGHT_PROFILE",
                     help="The lifter's goal, experience, limitations, equipment, load, as TOML."),
    ] = None,
    coach: Annotated[
        str | None,
        typer.Option(metavar="template|URL|PATH", show_default="template",
                     help="Who words the summary: the template, a server of a language model, a "
                     "GGUF file or the folder of a checkpoint."),
    ] = None,
    coach_may_send: Annotated[
        bool,
        typer.Option("--coach-may-send",
                     help="Let the facts of the report go to a server on another machine."),
    ] = False,
    traceback: Annotated[bool, typer.Option(hidden=True, help="Show where a bug is.")] = False,
) -> int:  # fmt: skip
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
    told = told_coach(settings, profile=profile, coach=coach, may_send=coach_may_send)
    watching = Watching(
        backend, pose or settings.pose, fps, person, threads or settings.threads,
        layout, units, _size(size),
    )  # fmt: skip
    height_m = nan if height is None else height / 100
    asked = _Asked(exercise, variation, no_video, watching, told, height_m)
    folder = None if json_to and out is None else out or settings.out
    return analyze_all(_requests(clips, asked, folder), json_to=json_to, shows_bugs=traceback)


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
            height_m=asked.height_m,
        )
        for source, folder in zip(sources, folders, strict=True)
    ]


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
