"""Old phones: `python -m benchmarks.low_rates [--shared FOLDER] [--landmarks FOLDER]`.

A slow device looks at fewer pictures. The body points of every labelled clip with repetitions are
thinned to 15, 10 and 8 pictures a second, and the set is counted and measured again with its
exercise given: as a live counter does, and as the report does. Counts are compared with those of
the whole file; range, lowering and lifting of the set with what the file says, against the errors
that both state. It is the loss by time alone: the model of a slow device may be less precise too.
Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, isfinite
from pathlib import Path

import numpy as np

from benchmarks.clips import KEPT, Clip, Landmarks, landmarks_of, read_labels
from benchmarks.counting import NAMES, SHARED
from benchmarks.intervals import Row, median_interval, share, table
from benchmarks.provenance import provenance
from repsight.app.assess import assess_track
from repsight.core.report import Measure, SetReport
from repsight.core.types import FloatArray, PoseTrack
from repsight.exercises import catalog

__all__ = ["RATES_HZ", "Compared", "compared", "main", "rows_of", "thinned"]

RATES_HZ = (15.0, 10.0, 8.0)
#: What is compared of a set, and what it is called.
MEASURES = {"range": "range", "eccentric": "lowering", "concentric": "lifting"}
#: Two values differ where they are further apart than by twice their error.
_SIGMAS = 2.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One clip at one rate beside all of it.

    ``report`` and ``live`` are the counts at the rate, ``whole`` that of the file and ``truth`` by
    hand. ``apart`` are relative differences by measure, ``within`` whether the errors explain them.
    """

    rate_hz: float
    truth: int
    whole: int
    report: int
    live: int
    apart: dict[str, float]
    within: dict[str, bool]


def thinned(t_s: FloatArray, rate_hz: float) -> np.ndarray:
    """Places of the pictures that a camera of ``rate_hz`` would have shown: each once, in order."""
    wanted_s = np.arange(t_s[0], t_s[-1], 1.0 / rate_hz)
    after = np.searchsorted(t_s, wanted_s - 1e-9)
    return np.unique(np.minimum(after, len(t_s) - 1))


def compared(clip: Clip, track: PoseTrack) -> list[Compared]:
    """One clip at every rate that it has pictures for; nothing for clips without a known count."""
    exercise = NAMES.get(clip.exercise, clip.exercise)
    if not clip.is_counted or not clip.reps or exercise not in catalog():
        return []
    whole = assess_track(track, exercise=exercise)
    own_hz = (len(track) - 1) / float(track.t_s[-1] - track.t_s[0])
    return [
        _beside(clip.reps, whole, assess_track(_part(track, rate_hz), exercise=exercise), rate_hz)
        for rate_hz in RATES_HZ
        if rate_hz < own_hz
    ]


def _part(track: PoseTrack, rate_hz: float) -> PoseTrack:
    return track.part(thinned(track.t_s, rate_hz))


def _beside(
    truth: int, whole: Sequence[SetReport], less: Sequence[SetReport], rate_hz: float
) -> Compared:
    apart: dict[str, float] = {}
    within: dict[str, bool] = {}
    for name, before, after in _measures(whole, less):
        difference = abs(after.value - before.value)
        apart[name] = difference / abs(before.value)
        within[name] = difference <= _SIGMAS * hypot(before.error, after.error)
    return Compared(
        rate_hz, truth, sum(one.rep_count for one in whole), sum(one.rep_count for one in less),
        sum(one.running_count for one in less), apart, within,
    )  # fmt: skip


def _measures(
    whole: Sequence[SetReport], less: Sequence[SetReport]
) -> Iterator[tuple[str, Measure, Measure]]:
    """Measures of clips with one set at both rates, which is most of them."""
    if len(whole) != 1 or len(less) != 1:
        return
    for name in MEASURES:
        before, after = (one[0].metrics.get(name) for one in (whole, less))
        if before is None or after is None or not before.value:
            continue
        if isfinite(before.value) and isfinite(after.value):
            yield name, before, after


def rows_of(done: Sequence[Compared]) -> list[Row]:
    """The table, rate by rate."""
    return [row for rate_hz in RATES_HZ for row in _rows_at(rate_hz, done)]


def _rows_at(rate_hz: float, done: Sequence[Compared]) -> Iterator[Row]:
    at = [one for one in done if one.rate_hz == rate_hz]
    name = f"{rate_hz:.0f} pictures a second"
    yield share(f"{name}, report: counted as the whole file", "", [o.report == o.whole for o in at])
    yield share(f"{name}, report: exact", "", [o.report == o.truth for o in at])
    yield share(f"whole file beside {name}: exact", "", [o.whole == o.truth for o in at])
    yield share(f"{name}, live: counted as the whole file", "", [o.live == o.whole for o in at])
    yield share(f"{name}, live: within one of it", "", [abs(o.live - o.whole) <= 1 for o in at])
    for measure, called in MEASURES.items():
        apart = [one.apart[measure] for one in at if measure in one.apart]
        middle = float(np.median(apart)) if apart else float("nan")
        yield Row(
            f"{name}: {called} is off by (median)", "", middle, len(apart),
            *median_interval(apart), percent=True,
        )  # fmt: skip
        within = [one.within[measure] for one in at if measure in one.within]
        yield share(f"{name}: {called} within the stated errors", "", within)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 if the clips are absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder that holds clips/")
    parser.add_argument(
        "--landmarks", type=Path, default=KEPT,
        help="folder of <clip>.npz; missing ones are made there (minutes) and kept",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    folder = options.shared / "clips"
    if not (folder / "labels.csv").is_file():
        print("No labelled clips here: give their folder with --shared.", file=sys.stderr)
        return 2
    source, clips = Landmarks(options.landmarks), read_labels(folder)
    done = [one for clip, track in landmarks_of(clips, source) for one in compared(clip, track)]
    print(table(rows_of(done)))
    print(f"\n{provenance(map(source.file_of, clips))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
