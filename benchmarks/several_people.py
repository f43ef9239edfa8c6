"""Others in the picture: `python -m benchmarks.several_people [--sets N] [--shared FOLDER]`.

Rendered films of sets with nobody else, and with others who stand, talk, walk past behind or in
front of the lifter, or exercise as well; each is tracked from its pictures and counted with its
exercise given. Prints a Markdown table: sets counted exactly, sets that were exact or whose
report says what it could not see, in how many the one who was followed is the lifter, and whether
the report says that others are there; then every set that was counted wrongly. A film takes about
40 s on an idle machine; its landmarks are kept in ``--films``, so that a second run is quick.
Labelled real clips whose column ``people`` names more than one are counted as well, where they are.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path

import numpy as np

from benchmarks.clips import KEPT as CLIPS_KEPT
from benchmarks.clips import (
    Clip,
    Landmarks,
    keep,
    kept_picture,
    kept_track,
    landmarks_of,
    read_labels,
    shown_name,
)
from benchmarks.counting import NAMES, SHARED
from benchmarks.intervals import Row, share, table
from benchmarks.provenance import provenance
from benchmarks.wording import tell, words
from repsight.app.assess import assess_track
from repsight.athlete.camera import Camera, project
from repsight.athlete.encode import save_video
from repsight.athlete.figure import Look
from repsight.athlete.performance import Performance, perform
from repsight.athlete.render import Actor, Film, render
from repsight.core.quality import assess_quality
from repsight.core.skeleton import middle
from repsight.core.types import PoseTrack
from repsight.exercises import catalog

__all__ = [
    "ALONE",
    "COMPANY",
    "Tried",
    "cameraman",
    "company",
    "main",
    "place_of",
    "real_sets",
    "rows_of",
    "rows_of_real",
    "try_set",
]

KEPT = Path(__file__).resolve().parents[1] / "build" / "several-people"
ALONE = "nobody else"
#: Who else is in the picture; nobody is for comparison.
COMPANY = (
    ALONE,
    "one stands beside",
    "one nearer to the camera talks",
    "one walks past behind",
    "one walks past in front",
    "one squats farther away",
    "one does the same beside",
)
_LIFTS = ("squat", "deadlift", "shoulder_press")
_REPS = 3
_YAW_DEG = 60.0
_SIZE = (480, 480)
_FPS = 15.0
#: The lifter is followed in a picture when the hips are found within this share of its height,
#: and in a film when that is so in this share of its pictures.
_NEAR, _MOSTLY = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Tried:
    """One film: who else was in it, what was counted, and what the report says of the picture.

    ``on_lifter`` is the share of the landmarks that are the lifter's; ``is_said`` tells whether
    the report speaks of several people, ``is_refused`` whether it says that
    it could not see all: the picture is bad, or somebody hid the lifter.
    """

    exercise: str
    company: str
    done: int
    counted: int
    on_lifter: float
    is_said: bool = False
    is_refused: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether as many repetitions were counted as the lifter did."""
        return self.counted == self.done


def company(name: str, made: Performance, seed: int) -> list[Actor]:
    """The others of a film, none for ``ALONE``; KeyError for a name that is not in COMPANY."""
    if name == ALONE:
        return []
    lasts_s = made.truth.duration_s
    # Whoever walks enters and leaves the picture, in the middle of the set.
    past = perform("walking", hold_s=0.2, seed=seed)
    later_s = max(lasts_s - past.truth.duration_s, 0.0) / 2
    stays = {"hold_s": lasts_s, "seed": seed}
    same = made.truth
    what, right_m, away_m, turn_deg, delay_s = {
        "one stands beside": (perform("standing", **stays), -1.1, 0.0, 0.0, 0.0),
        "one nearer to the camera talks": (perform("talking", **stays), 0.7, -1.0, 0.0, 0.0),
        "one walks past behind": (past, 0.0, 1.3, _YAW_DEG + 90.0, later_s),
        "one walks past in front": (past, 0.0, -1.2, _YAW_DEG + 90.0, later_s),
        "one squats farther away": (
            perform("squat", reps=_REPS + 2, seed=seed + 7, variation="bodyweight"),
            0.9, 1.9, 0.0, 0.0,
        ),
        "one does the same beside": (
            perform(same.exercise, reps=_REPS + 2, seed=seed + 7, variation=same.variation),
            1.1, 0.4, 0.0, 0.7,
        ),
    }[name]  # fmt: skip
    look = Look.varied(seed + 1)
    at_m = place_of(right_m, away_m)
    return [Actor(what, look, at_m=at_m, turn_deg=turn_deg, delay_s=delay_s, plates=False)]


def place_of(right_m: float, away_m: float) -> tuple[float, float]:
    """The floor's (x, y) of a place to the right of the lifter and behind them in the picture."""
    yaw = np.radians(_YAW_DEG)
    x_m = -right_m * np.sin(yaw) - away_m * np.cos(yaw)
    y_m = right_m * np.cos(yaw) - away_m * np.sin(yaw)
    return float(x_m), float(y_m)


def cameraman(made: Performance) -> Camera:
    """The camera of every film: farther back than for one alone, so that others are in sight."""
    camera = made.camera(yaw_deg=_YAW_DEG, aspect_ratio=1.0)
    return replace(camera, distance_m=1.35 * camera.distance_m)


def try_set(exercise: str, name: str, seed: int, *, folder: Path = KEPT) -> Tried:
    """Film a set in company and count it from the pictures; ``folder`` keeps the landmarks."""
    made = perform(exercise, reps=_REPS, seed=seed, lead_s=0.5, tail_s=0.5)
    camera = cameraman(made)
    file = film_of(exercise, name, seed, folder)
    if not file.is_file():
        _film(made, camera, company(name, made, seed), seed=seed, to=file)
    track, picture = kept_track(file), kept_picture(file)
    counted = sum(one.rep_count for one in assess_track(track, exercise=exercise))
    quality = assess_quality(track, picture)
    on_lifter = _share_near(track, project(made.points_at(track.t_s), camera).xy)
    tell(f"{exercise}, {name}: {counted} of {made.truth.counted}, {on_lifter:.0%} on the lifter")
    return Tried(
        exercise, name, made.truth.counted, counted, on_lifter,
        any(note.id in {"several_people", "hidden"} for note in quality.notes),
        quality.level == "bad" or any(note.id == "hidden" for note in quality.notes),
    )  # fmt: skip


def film_of(exercise: str, name: str, seed: int, folder: Path) -> Path:
    """The file that keeps the landmarks of one film."""
    return folder / f"{exercise}, {name}, {seed}.npz"


def _film(
    made: Performance, camera: Camera, others: Sequence[Actor], *, seed: int, to: Path
) -> None:
    # only here: everything else needs neither video nor pose models
    from repsight.app.track_clip import track_clip

    film = Film(size=_SIZE, fps=_FPS, noise=2.5, seed=seed)
    frames = render(
        made, camera, film=film, look=Look.varied(seed), plates=False, others=others
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        tracked = track_clip(save_video(Path(folder) / "film.mp4", frames, fps=_FPS))
    keep(to, tracked.track, tracked.picture)


def _share_near(track: PoseTrack, true: np.ndarray) -> float:
    off = np.linalg.norm(middle(track.xy, "hip") - middle(true, "hip"), axis=-1)
    seen = np.isfinite(off)
    return float(np.mean(off[seen] < _NEAR)) if seen.any() else 0.0


def rows_of(done: Sequence[Tried]) -> list[Row]:
    """What holds with any company, then two rows for each."""
    others = [one for one in done if one.company != ALONE]
    rows = [
        share("others in the picture: counted exactly", "", [one.is_exact for one in others]),
        share("others in the picture: exactly, or the report says what it could not see", ">= 90 %",
              [one.is_exact or one.is_refused for one in others]),
        share("others in the picture: the report says so", "",
              [one.is_said for one in others]),
    ]  # fmt: skip
    for name in COMPANY:
        same = [one for one in done if one.company == name]
        rows += [
            share(f"{name}: counted exactly", "", [one.is_exact for one in same]),
            share(f"{name}: the lifter is followed", "",
                  [one.on_lifter > _MOSTLY for one in same]),
        ]  # fmt: skip
    return rows


def clips_in_company(clips: Sequence[Clip]) -> list[Clip]:
    """Those with others in the picture whose count is known."""
    return [one for one in clips if one.is_in_company and (one.is_counted or one.is_negative)]


def real_sets(clips: list[Clip], landmarks: Landmarks) -> list[Tried]:
    """Labelled clips, counted with their exercise given.

    Where there is nothing to count, any movement is asked for.
    """
    return [
        Tried(
            shown_name(clip.path.stem), f"{clip.people} people", clip.reps or 0,
            sum(one.rep_count for one in assess_track(track, exercise=_asked(clip))), nan,
        )
        for clip, track in landmarks_of(clips, landmarks)
    ]  # fmt: skip


def _asked(clip: Clip) -> str:
    name = NAMES.get(clip.exercise, clip.exercise)
    return name if name in catalog() else "unknown"


def rows_of_real(done: Sequence[Tried]) -> list[Row]:
    """Sets of real clips, and clips in which nothing may be counted."""
    sets, quiet = [one for one in done if one.done], [one for one in done if not one.done]
    return [
        share("real clips with others in them: counted exactly", "", [o.is_exact for o in sets]),
        share("real clips with others in them, none done: none counted", "",
              [one.is_exact for one in quiet]),
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; each film is told on stderr."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=1, help="sets of each exercise and company")
    parser.add_argument("--seed", type=int, default=40, help="other lifters, others beside them")
    parser.add_argument("--films", type=Path, default=KEPT, help="where films' landmarks are kept")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument("--landmarks", type=Path, default=CLIPS_KEPT, help="those of the clips")
    options = parser.parse_args(arguments)
    takes = [
        (exercise, name, options.seed + number)
        for number in range(options.sets)
        for exercise in _LIFTS
        for name in COMPANY
    ]
    done = [try_set(*take, folder=options.films) for take in takes]
    labels = options.shared / "clips"
    known = (labels / "labels.csv").is_file()
    clips = clips_in_company(read_labels(labels)) if known else []
    source = Landmarks(options.landmarks)
    real = real_sets(clips, source)
    print(table([*rows_of(done), *(rows_of_real(real) if real else [])]))
    print(f"\nCounted wrongly: {'; '.join(_wrong([*done, *real])) or 'none'}.")
    films = (film_of(*take, options.films) for take in takes)
    print(f"\n{provenance([*films, *map(source.file_of, clips)])}")
    return 0


def _wrong(done: Sequence[Tried]) -> list[str]:
    return [
        f"{words(one.exercise)}, {one.company} ({one.counted} of {one.done}"
        f"{', refused' * one.is_refused})"
        for one in done
        if not one.is_exact
    ]


if __name__ == "__main__":
    sys.exit(main())
