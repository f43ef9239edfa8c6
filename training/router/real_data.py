"""Windows of real people: the labelled clips' landmarks, and a public set of landmarks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.agnostic import load_clips
from benchmarks.clips import Clip, Landmarks, landmarks_of, read_labels
from benchmarks.retracked import retracked
from repsight.core.filters import running_median
from repsight.core.measure import observe
from repsight.core.skeleton import columns
from repsight.core.types import FloatArray, PoseTrack
from repsight.recognize.features import FEATURES, windows_of
from training.router.windows import UNKNOWN, Labelled

__all__ = ["clip_windows", "countix_windows", "sources_of"]

#: Labels of the real sets that have another name in the catalog.
_NAMES = {
    "row": "bent_over_row", "bench_pressing": "bench_press", "pull_ups": "pull_up",
    "rope_pushdown": "triceps_extension",
}  # fmt: skip
#: Several exercises, or one that is half another: nothing to learn from.
_LEFT_OUT = ("mixed", "sit_to_stand")
#: A window this close to a repetition's turnaround shows the exercise, this far none.
_NEAR_S, _FAR_S = 1.6, 3.5
_LONG_CLIP_WINDOWS = 40

#: Segments and their usual shares of the standing height; they undo the scaling of the set.
_ALONG = {
    ("shoulder", "elbow"): 0.178, ("elbow", "wrist"): 0.148, ("hip", "knee"): 0.245,
    ("knee", "ankle"): 0.246, ("shoulder", "hip"): 0.29,
}  # fmt: skip
_ACROSS = {"shoulder": 0.205, "hip": 0.108}
_SEGMENTS = (
    *((first, last, share) for (one, other), share in _ALONG.items()
      for first, last in zip(columns(one), columns(other), strict=True)),
    *((*columns(point), share) for point, share in _ACROSS.items()),
)  # fmt: skip
_PLACED = [i for i, name in enumerate(FEATURES) if name.endswith((" rise", " travel"))]


def sources_of(folder: Path) -> dict[str, str]:
    """Clip -> group of clips that share a source or a person with each other."""
    with (folder / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    group = {row["source_repo"]: row["source_repo"] for row in rows}
    people: dict[str, str] = {}
    for row in rows:
        person = row["person_id"]
        if person and person in people:
            one, other = group[people[person]], group[row["source_repo"]]
            group = {key: one if value == other else value for key, value in group.items()}
        elif person:
            people[person] = row["source_repo"]
    return {Path(row["file"]).stem: group[row["source_repo"]] for row in rows}


def clip_windows(
    folder: Path, landmarks: Path, *, others: Sequence[Path] = (), copies: int = 0, seed: int
) -> Iterator[Labelled]:
    """Windows of every labelled clip that says what is done in it.

    Each clip is seen as tracked, ``copies`` times as other tracking would have given it, and as
    the trackers did whose landmarks lie in ``others``.
    """
    sources = sources_of(folder)
    rng = np.random.default_rng([seed, 0xC11])
    clips = [clip for clip in read_labels(folder) if clip.exercise not in _LEFT_OUT]
    for clip, track in landmarks_of(clips, Landmarks(landmarks)):
        source = sources[clip.path.stem]
        yield _windows_of(clip, track, source, rng, tracking=0)
        for number in range(1, copies + 1):
            level = float(np.exp(rng.normal(0.4, 0.5)))
            made = retracked(track, seed=int(rng.integers(1 << 30)), level=level)
            yield _windows_of(clip, made, source, rng, tracking=number)
    for number, other in enumerate(others, start=copies + 1):
        known = [clip for clip in clips if (other / f"{clip.path.stem}.npz").is_file()]
        for clip, track in landmarks_of(known, Landmarks(other)):
            yield _windows_of(clip, track, sources[clip.path.stem], rng, tracking=number)


def _windows_of(
    clip: Clip, track: PoseTrack, source: str, rng: np.random.Generator, *, tracking: int
) -> Labelled:
    found = windows_of(observe(track), step_s=0.4)
    label = _labels(clip, found.t_s)
    chosen = np.flatnonzero(found.is_seen & (label != ""))
    if len(chosen) > _LONG_CLIP_WINDOWS:
        chosen = np.sort(rng.choice(chosen, _LONG_CLIP_WINDOWS, replace=False))
    count = len(chosen)
    return Labelled(
        found.values[chosen].astype(np.float16), label[chosen], np.full(count, "clips"),
        np.full(count, source), np.full(count, clip.path.stem), found.is_moving[chosen],
        found.t_s[chosen], np.full(count, tracking, np.int8),
    )  # fmt: skip


def _labels(clip: Clip, t_s: FloatArray) -> np.ndarray:
    """Exercise near its repetitions, unknown far from them, empty in between."""
    name = UNKNOWN if clip.exercise == "none" else _NAMES.get(clip.exercise, clip.exercise)
    if name == UNKNOWN or not clip.turns_s:
        return np.full(len(t_s), name, dtype="U32")
    away = np.abs(t_s[:, None] - np.array(clip.turns_s)).min(axis=1)
    between = (t_s > clip.turns_s[0]) & (t_s < clip.turns_s[-1]) & (away < 2 * _NEAR_S)
    label = np.where(away > _FAR_S, UNKNOWN, "").astype("U32")
    label[(away <= _NEAR_S) | between] = name
    return label


def countix_windows(folder: Path, *, seed: int) -> Iterator[Labelled]:
    """Windows of the public set, its shapes made whole again; where people are is unknown."""
    rng = np.random.default_rng([seed, 0xC0])
    for name, exercise, _, track in load_clips(folder):
        whole = _unscaled(folder, name, track)
        if len(whole) < 45:
            continue
        found = windows_of(observe(whole), step_s=0.5)
        values = found.values.copy()
        values[..., _PLACED] = np.nan
        chosen = np.flatnonzero(found.is_seen & found.is_moving)
        chosen = np.sort(rng.choice(chosen, min(len(chosen), 20), replace=False))
        count = len(chosen)
        yield Labelled(
            values[chosen].astype(np.float16), np.full(count, _NAMES.get(exercise, exercise)),
            np.full(count, "countix"), np.full(count, "countix"), np.full(count, name),
            found.is_moving[chosen], found.t_s[chosen], np.zeros(count, np.int8),
        )  # fmt: skip


def _unscaled(folder: Path, name: str, flat: PoseTrack) -> PoseTrack:
    """Real proportions: per frame, the scale of each axis at which the segments are human.

    The set stretches every frame to a unit cube, and squared lengths are linear in the squared
    scales, so twelve segments determine the three of them.
    """
    points = _depths(folder, name)
    seen = np.isfinite(points).all(axis=(1, 2))
    if seen.sum() < 45:
        return flat.part(slice(0))
    points = points[seen]
    t_s = np.arange(len(seen))[seen] / 30.0
    ends = np.array([segment[:2] for segment in _SEGMENTS])
    lengths = np.array([segment[2] for segment in _SEGMENTS])
    squared = (points[:, ends[:, 0]] - points[:, ends[:, 1]]) ** 2 / lengths[:, None] ** 2
    left = np.einsum("nsi,nsj->nij", squared, squared) + 1e-4 * np.eye(3)
    scale = np.linalg.solve(left, squared.sum(axis=1)[..., None])[..., 0]
    scale = np.sqrt(np.clip(running_median(t_s, scale, window_s=0.5), 0.01, 4.0))
    whole = (points - points[:, columns("hip")].mean(axis=1, keepdims=True)) * scale[:, None]
    return PoseTrack(t_s, whole[..., :2] * 0.5 + 0.5, np.ones(whole.shape[:2]), whole * 1.75, 1.0)


def _depths(folder: Path, name: str) -> FloatArray:
    """(N, 33, 3) of one clip as stored; NaN where nobody was found."""
    names, offsets, landmarks = _stored(folder)
    number = names.index(name)
    points = landmarks[offsets[number] : offsets[number + 1]].astype(float)
    points[~points.any(axis=(1, 2))] = np.nan
    return points


@cache
def _stored(folder: Path) -> tuple[list[str], np.ndarray, np.ndarray]:
    with np.load(folder / "countix_fitness.npz") as data:
        return [str(name) for name in data["names"]], data["offsets"], data["landmarks"]
