"""Options that the commands take, each told once: its type, its name and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

__all__ = [
    "Backend",
    "Clips",
    "Coach",
    "CoachAsks",
    "CoachMaySend",
    "ExerciseFiles",
    "ExerciseName",
    "HeightCm",
    "HistoryFolder",
    "JsonTo",
    "LayoutName",
    "NoVideo",
    "Person",
    "PictureSize",
    "PointLayout",
    "PointUnits",
    "PoseModel",
    "PoseOption",
    "ProfileFile",
    "Rate",
    "ResultsFolder",
    "ShowsBugs",
    "Threads",
    "UnitsName",
    "VariationName",
]

PoseModel = Literal["lite", "full", "heavy"]
LayoutName = Literal["auto", "blazepose33", "coco17", "halpe26", "mhr70"]
UnitsName = Literal["auto", "pixels", "normalised", "heights"]

Clips = Annotated[
    list[Path],
    typer.Argument(
        metavar="CLIP",
        help="Videos, landmark files (npz, npy, csv, json), or folders of them.",
        show_default=False,
    ),
]
ExerciseName = Annotated[
    str, typer.Option("--exercise", "-e", metavar="NAME|auto", help="What was done.")
]
VariationName = Annotated[
    str, typer.Option(metavar="NAME", help="A variation of it, such as low_bar.")
]
HeightCm = Annotated[
    float | None,
    typer.Option(
        metavar="CM",
        min=100.0,
        max=250.0,
        show_default="unknown",
        help="How tall the lifter is: speeds are in m/s then, filmed from the side with 45 or "
        "more frames a second.",
    ),
]
ResultsFolder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="DIR",
        help="Folder for results: one inside per clip.",
        show_default="repsight-out",
    ),
]
PoseOption = Annotated[PoseModel | None, typer.Option(help="Pose model.", show_default="full")]
Backend = Annotated[str, typer.Option(metavar="NAME", help="Pose backend.")]
Rate = Annotated[
    float | None,
    typer.Option(
        metavar="N",
        min=1.0,
        max=240.0,
        show_default="adaptive",
        help="Analysis rate; for landmark files without times, their frame rate.",
    ),
]
Person = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        help="Whom to follow, counted from 0 at the left.",
        show_default="the lifter",
    ),
]
NoVideo = Annotated[bool, typer.Option("--no-video", help="Do not draw annotated.mp4.")]
JsonTo = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="-|FILE",
        show_default=False,
        help="Write reports as JSON, one a line; - is stdout. Without --out nothing else is "
        "written.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=64,
        help="For the pose model.",
        show_default="processors, at most 4",
    ),
]
PointLayout = Annotated[LayoutName, typer.Option(help="Points of a landmark file.")]
PointUnits = Annotated[UnitsName, typer.Option(help="Units of a landmark file.")]
PictureSize = Annotated[
    str | None,
    typer.Option(
        metavar="WxH",
        help="Picture size of a landmark file, such as 1080x1920.",
        show_default=False,
    ),
]
ExerciseFiles = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR|FILE",
        show_default="REPSIGHT_EXERCISES",
        help="Exercises of your own, as TOML.",
    ),
]
ProfileFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default="REPSIGHT_PROFILE",
        help="The lifter's goal, experience, limitations, equipment, load, as TOML.",
    ),
]
Coach = Annotated[
    str | None,
    typer.Option(
        metavar="template|URL|PATH",
        show_default="template",
        help="Who words the summary: the template, a server of a language model, a GGUF file or "
        "the folder of a checkpoint.",
    ),
]
CoachMaySend = Annotated[
    bool,
    typer.Option(
        "--coach-may-send",
        help="Let the facts of the report go to a server on another machine.",
    ),
]
CoachAsks = Annotated[
    bool,
    typer.Option(
        "--coach-asks",
        help="Let the language model see the measurements: what it finds and no rule does stands "
        "in the report as a question.",
    ),
]
HistoryFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        show_default="the profile's",
        help="Folder of the lifter's earlier results: the coach says what changed since.",
    ),
]
ShowsBugs = Annotated[bool, typer.Option(hidden=True, help="Show where a bug is.")]
