"""Others in the picture: `python -m benchmarks.several_people [--sets N]`.

Rendered films of sets with nobody else, with somebody who stands beside the lifter, who walks
through the picture behind them, and who does another exercise farther away; each tracked from its
pictures. Prints a Markdown table: sets counted exactly with their exercise given, and in how many
the one who was followed is the lifter. A film takes about twice as long as it lasts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.intervals import Row, share, table
from benchmarks.wording import tell, words
from repsight.app.assess import assess_track
from repsight.athlete.camera import project
from repsight.athlete.encode import save_video
from repsight.athlete.figure import Look
from repsight.athlete.performance import Performance, perform
from repsight.athlete.render import Actor, Film, render
from repsight.core.skeleton import middle
from repsight.core.types import PoseTrack

__all__ = ["COMPANY", "Tried", "company", "main", "rows_of", "try_set"]

#: Who else is in the picture; nobody is for comparison.
COMPANY = ("nobody else", "one stands beside", "one walks behind", "one squats farther away")
_LIFTS = ("squat", "deadlift", "shoulder_press")
_REPS = 3
_SIZE = (480, 480)
_FPS = 15.0
#: The lifter is followed in a picture when the hips are found within this share of its height.
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Tried:
    """One film: who else was in it, how far off the count was, the share of it on the lifter."""

    exercise: str
    company: str
    off: int
    on_lifter: float


def company(name: str, made: Performance, seed: int) -> list[Actor]:
    """The others of a film; the floor's x is ahead of the lifter, y to the left."""
    lasts_s = made.truth.duration_s
    look = Look.varied(seed + 1)
    match name:
        case "one stands beside":
            return [Actor(perform("standing", hold_s=lasts_s, seed=seed), look, at_m=(-1.1, 0.3))]
        case "one walks behind":
            walk = perform("walking", hold_s=lasts_s, seed=seed)
            return [Actor(walk, look, at_m=(0.0, -1.6), delay_s=1.0)]
        case "one squats farther away":
            other = perform("squat", reps=_REPS + 2, seed=seed + 7, variation="bodyweight")
            return [Actor(other, look, at_m=(0.3, -2.2))]
        case _:
            return []


def try_set(exercise: str, name: str, seed: int) -> Tried:
    """Film a set in company and count it from the pictures."""
    # only here: everything else needs neither video nor pose models
    from repsight.app.track_clip import track_clip

    made = perform(exercise, reps=_REPS, seed=seed, lead_s=0.5, tail_s=0.5)
    camera = made.camera(yaw_deg=60.0, aspect_ratio=1.0)
    camera = replace(camera, distance_m=1.35 * camera.distance_m)
    film = Film(size=_SIZE, fps=_FPS, noise=2.5, seed=seed)
    frames = render(
        made, camera, film=film, look=Look.varied(seed), plates=False,
        others=company(name, made, seed),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        clip = save_video(Path(folder) / "film.mp4", frames, fps=_FPS)
        track = track_clip(clip).track
    counted = sum(one.rep_count for one in assess_track(track, exercise=exercise))
    true = project(made.points_at(track.t_s), camera).xy
    on_lifter = _share_near(track, true)
    tell(f"{exercise}, {name}: {counted} of {made.truth.counted}, {on_lifter:.0%} on the lifter")
    return Tried(exercise, name, abs(counted - made.truth.counted), on_lifter)


def _share_near(track: PoseTrack, true: np.ndarray) -> float:
    off = np.linalg.norm(middle(track.xy, "hip") - middle(true, "hip"), axis=-1)
    seen = np.isfinite(off)
    return float(np.mean(off[seen] < _NEAR)) if seen.any() else 0.0


def rows_of(done: Sequence[Tried]) -> list[Row]:
    """Two rows for each company."""
    rows: list[Row] = []
    for name in COMPANY:
        same = [one for one in done if one.company == name]
        rows.append(share(f"{name}: counted exactly", "", [one.off == 0 for one in same]))
        rows.append(
            share(f"{name}: the lifter is followed", "", [one.on_lifter > 0.9 for one in same])
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; each film is told on stderr."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=1, help="sets of each exercise and company")
    options = parser.parse_args(arguments)
    done = [
        try_set(exercise, name, 40 + seed)
        for seed in range(options.sets)
        for exercise in _LIFTS
        for name in COMPANY
    ]
    print(table(rows_of(done)))
    wrong = [f"{words(one.exercise)} while {one.company}" for one in done if one.off]
    print(f"\nCounted wrongly: {', '.join(wrong) or 'none'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
