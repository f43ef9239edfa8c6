"""Movement signals that need no exercise name: what a class-agnostic counter looks at.

Every feature treats left and right alike (lower and higher hand, distance between the feet), so
that a repetition on the left looks like one on the right and alternating movements count every
side. Angles, reach distances and principal components are added as further candidates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.skeleton import Landmark
from repsight.core.types import FloatArray

__all__ = ["GRID_HZ", "Bank", "bank_of"]

#: All signals lie on one even grid; 15 Hz holds the fastest repetition (0.3 s) five times.
GRID_HZ: Final = 15.0

_SMOOTH_S: Final = 0.1  # one sigma; takes jitter, keeps a 0.3 s repetition
_FAR_S: Final = 0.2  # a grid moment further than this from any seen frame is unseen
_FEWEST: Final = 8  # frames
_COMPONENTS: Final = 3

_PAIRS: Final[dict[str, tuple[int, int]]] = {
    "shoulder": (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    "elbow": (Landmark.LEFT_ELBOW, Landmark.RIGHT_ELBOW),
    "wrist": (Landmark.LEFT_WRIST, Landmark.RIGHT_WRIST),
    "hip": (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    "knee": (Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE),
    "ankle": (Landmark.LEFT_ANKLE, Landmark.RIGHT_ANKLE),
}
_TRUNK: Final = ("shoulder", "hip")
_ANGLES: Final = {
    "elbow": ("shoulder", "elbow", "wrist"),
    "shoulder": ("elbow", "shoulder", "hip"),
    "hip": ("shoulder", "hip", "knee"),
    "knee": ("hip", "knee", "ankle"),
}
_REACHES: Final = (
    ("wrist", "shoulder"), ("wrist", "hip"), ("wrist", "nose"),
    ("shoulder", "ankle"), ("shoulder", "knee"), ("hip", "ankle"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """One movement on an even time grid.

    ``t_s`` (N,) media seconds; ``seen`` (N,) whether a pose was near; ``points`` (N, 33, 2) the
    smoothed landmarks, NaN in the columns that were never seen; ``pose`` (N, F) the left-right
    symmetric pose that repetitions are compared in; ``signals`` (N, S) the candidates, named by
    ``names``.
    """

    t_s: FloatArray
    seen: NDArray[np.bool_]
    points: FloatArray
    pose: FloatArray
    signals: FloatArray
    names: tuple[str, ...]


def bank_of(t_s: FloatArray, xy: FloatArray) -> Bank | None:
    """Candidate signals of ``xy`` (N, 33, 2) at ``t_s`` (N,); None if hardly a pose was seen.

    NaN is unseen: gaps are bridged by straight lines and stay marked in ``seen``.
    """
    known = np.isfinite(xy[:, [pair[0] for pair in _PAIRS.values()], 1]).sum(axis=1) >= 3
    known |= np.isfinite(xy[:, [pair[1] for pair in _PAIRS.values()], 1]).sum(axis=1) >= 3
    if known.sum() < _FEWEST:
        return None
    grid_s = np.arange(t_s[0], t_s[-1] + 1e-9, 1.0 / GRID_HZ)
    if len(grid_s) < _FEWEST:
        return None
    points = _smooth(_steady(_on_grid(grid_s, t_s, xy)))
    named = _features(points)
    pose = np.stack(list(named.values()), axis=1)
    named |= _sums(named) | _angles(points) | _reaches(points) | _across(points)
    named |= _components("pose", pose) | _components("points", _flat(points))
    return Bank(
        grid_s,
        _near(grid_s, t_s[known]),
        points,
        pose,
        np.stack(list(named.values()), axis=1),
        tuple(named),
    )


def _on_grid(grid_s: FloatArray, t_s: FloatArray, xy: FloatArray) -> FloatArray:
    flat = xy.reshape(len(t_s), -1)
    out = np.full((len(grid_s), flat.shape[1]), np.nan)
    for column in range(flat.shape[1]):
        ok = np.isfinite(flat[:, column])
        if ok.sum() >= max(2, 0.1 * len(t_s)):
            out[:, column] = np.interp(grid_s, t_s[ok], flat[ok, column])
    return out.reshape(len(grid_s), *xy.shape[1:])


def _near(grid_s: FloatArray, known_s: FloatArray) -> NDArray[np.bool_]:
    after = np.clip(np.searchsorted(known_s, grid_s), 1, len(known_s) - 1)
    gap_s = np.minimum(np.abs(known_s[after] - grid_s), np.abs(grid_s - known_s[after - 1]))
    return gap_s < _FAR_S


def _steady(x: FloatArray) -> FloatArray:
    """Median of three: single wrong frames vanish."""
    padded = np.concatenate([x[:1], x, x[-1:]])
    return np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)


def _smooth(x: FloatArray) -> FloatArray:
    """Gaussian without lag."""
    sigma = _SMOOTH_S * GRID_HZ
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    padded = np.concatenate([np.repeat(x[:1], reach, 0), x, np.repeat(x[-1:], reach, 0)])
    out = np.zeros_like(x)
    for i, weight in enumerate(kernel):
        out += weight * padded[i : i + len(x)]
    return out


def _features(points: FloatArray) -> dict[str, FloatArray]:
    """Heights and widths that a left-right swap or a mirror image leaves as they are."""
    middle_x = points[:, [*_PAIRS["shoulder"], *_PAIRS["hip"]], 0].mean(axis=1)
    nose = points[:, Landmark.NOSE]
    found = {"height of nose": nose[:, 1], "nose off centre": np.abs(nose[:, 0] - middle_x)}
    for name, (left, right) in _PAIRS.items():
        one, other = points[:, left], points[:, right]
        found[f"{name} width"] = np.abs(one[:, 0] - other[:, 0])
        if name in _TRUNK:
            found[f"height of {name}"] = (one[:, 1] + other[:, 1]) / 2
            continue
        found[f"height of higher {name}"] = np.minimum(one[:, 1], other[:, 1])
        found[f"height of lower {name}"] = np.maximum(one[:, 1], other[:, 1])
        found[f"{name}s off centre"] = np.abs((one[:, 0] + other[:, 0]) / 2 - middle_x)
    return {name: x for name, x in found.items() if np.isfinite(x).all()}


def _sums(features: dict[str, FloatArray]) -> dict[str, FloatArray]:
    return {
        f"height of {name}": (
            features[f"height of higher {name}"] + features[f"height of lower {name}"]
        )
        / 2
        for name in _PAIRS
        if f"height of higher {name}" in features
    }


def _angles(points: FloatArray) -> dict[str, FloatArray]:
    found: dict[str, FloatArray] = {}
    for name, chain in _ANGLES.items():
        first, vertex, last = (_PAIRS[joint] for joint in chain)
        sides = np.stack([
            _angle_deg(points[:, first[i]], points[:, vertex[i]], points[:, last[i]])
            for i in (0, 1)
        ])  # fmt: skip
        if np.isfinite(sides).all():
            found[f"{name} angle"] = sides.mean(axis=0)
            found[f"smaller {name} angle"] = sides.min(axis=0)
            found[f"larger {name} angle"] = sides.max(axis=0)
    return found


def _angle_deg(first: FloatArray, vertex: FloatArray, last: FloatArray) -> FloatArray:
    one, other = first - vertex, last - vertex
    cross = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return np.degrees(np.abs(np.arctan2(cross, (one * other).sum(axis=1))))


def _reaches(points: FloatArray) -> dict[str, FloatArray]:
    nose = (int(Landmark.NOSE), int(Landmark.NOSE))
    found: dict[str, FloatArray] = {}
    for first, second in _REACHES:
        ends = _PAIRS[first], (nose if second == "nose" else _PAIRS[second])
        spans = [
            np.linalg.norm(points[:, ends[0][i]] - points[:, ends[1][i]], axis=1) for i in (0, 1)
        ]
        reach = (spans[0] + spans[1]) / 2
        if np.isfinite(reach).all():
            found[f"{first} to {second}"] = reach
    return found


def _across(points: FloatArray) -> dict[str, FloatArray]:
    """Horizontal travel, kept as candidates only: it is not part of the compared pose."""
    found = {"nose across": points[:, Landmark.NOSE, 0]}
    for name in ("shoulder", "wrist", "hip", "knee"):
        found[f"{name} across"] = points[:, list(_PAIRS[name]), 0].mean(axis=1)
    return {name: x for name, x in found.items() if np.isfinite(x).all()}


def _flat(points: FloatArray) -> FloatArray:
    body = [int(Landmark.NOSE)] + [int(i) for pair in _PAIRS.values() for i in pair]
    flat = points[:, body].reshape(len(points), -1)
    return flat[:, np.isfinite(flat).all(axis=0)]


def _components(name: str, columns: FloatArray) -> dict[str, FloatArray]:
    centred = columns - np.median(columns, axis=0)
    left, scale, _ = np.linalg.svd(centred, full_matrices=False)
    count = min(_COMPONENTS, len(scale))
    return {f"{name} component {i + 1}": left[:, i] * scale[i] for i in range(count)}
