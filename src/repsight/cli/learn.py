"""``repsight learn``: a new exercise from one demonstration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from repsight.cli.options import Person, PoseOption

__all__ = ["command"]


def command(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME",
                       help="What the exercise is to be called, such as calf_raise.",
                       show_default=False),
    ],
    clip: Annotated[
        Path,
        typer.Option("--from", metavar="CLIP", show_default=False,
                     help="One set of it: a video or a landmark file."),
    ],
    reps: Annotated[
        int,
        typer.Option(metavar="N", min=1, max=100, help="Repetitions in the clip.",
                     show_default=False),
    ],
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="Its name in reports.", show_default="from NAME")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write here.", show_default="NAME.toml"),
    ] = None,
    person: Person = None,
    pose: PoseOption = None,
) -> int:  # fmt: skip
    """Draft an exercise of your own from one demonstration.

    The clip shows one person doing nothing but the movement, with a moment of rest before and
    after it. The draft is a TOML file that counts it and that you can change.
    """
    from repsight.app.learn import Demonstration, learn
    from repsight.app.observe import Watching
    from repsight.cli.new_file import require_new, write_new
    from repsight.cli.progress import ProgressBar
    from repsight.config import read_settings

    settings = read_settings()
    place = out or Path(f"{name}.toml")
    require_new(place)  # before the clip is watched, which takes a while
    watching = Watching(model=pose or settings.pose, person=person, threads=settings.threads)
    words = title or name.replace("_", " ").capitalize()
    with ProgressBar([clip.name]) as bar:
        learned = learn(
            clip,
            Demonstration(name, words, reps, watching),
            on_progress=lambda share, stage: bar.update(0, share, stage),
        )
    write_new(place, learned.text)
    sys.stdout.write(
        f"{words}: {learned.words}.\nTry it: repsight analyze CLIP --exercises {place}\n"
    )
    return 0
