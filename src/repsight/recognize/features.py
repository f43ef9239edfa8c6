"""What the router looks at: two seconds of movement as thirty samples, whoever moves wherever.

Lengths are shares of the body length, angles shares of a half turn, and both sides of the body
enter as their mean and their difference, so neither size, place, mirror image nor frame rate
matters. Heights and the trunk's direction against gravity stay: lying, hanging and standing
differ. What is unseen is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.measure import Scene
from repsight.core.skeleton import BILATERAL, Landmark, middle
from repsight.core.types import FloatArray

__all__ = [
    "FEATURES",
    "RATE_HZ",
    "SAMPLES",
    "Windows",
    "model_input",
    "summary_input",
    "windows_of",
]

_Float32Array = NDArray[np.float32]

RATE_HZ: Final = 15.0
SAMPLES: Final = 30

#: Frames further apart than this are not joined: what happened between them is unknown.
_MAX_GAP_S: Final = 0.3
#: A window shows movement when a pair of joints covers this share of the body length
#: (heuristic: landmarks of a person standing still wander about half as far).
_MOVING: Final = 0.05
#: Share of a window in which the lifter must be seen.
_SEEN: Final = 0.5

#: The trunk as a share of trunk and leg together.
_TRUNK_SHARE: Final = 0.37

_HIGH: Final = ("shoulder", "elbow", "wrist", "knee", "ankle", "toe")
_UNEVEN: Final = ("elbow", "wrist", "knee", "ankle")
_ALONG: Final = ("shoulder", "elbow", "wrist", "knee", "ankle")
_SPREAD: Final = ("shoulder", "elbow", "wrist", "knee", "ankle")
_BENDS: Final = {
    "elbow": ("shoulder", "elbow", "wrist"),
    "shoulder": ("hip", "shoulder", "elbow"),
    "hip": ("shoulder", "hip", "knee"),
    "knee": ("hip", "knee", "ankle"),
}
_LIMBS: Final = {"elbow": "shoulder", "wrist": "shoulder", "knee": "hip", "ankle": "hip"}
_FREE: Final = ("hip", "shoulder", "wrist", "ankle")
_MOVERS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")

#: Name of each feature, in the order of the last axis of ``Windows.values``.
FEATURES: Final[tuple[str, ...]] = (
    "nose height",
    *(f"{name} height" for name in _HIGH),
    *(f"{name} height, uneven" for name in _UNEVEN),
    *(f"{name} spread" for name in _SPREAD),
    *(f"{name} bend" for name in _BENDS),
    *(f"{name} bend, uneven" for name in _BENDS),
    *(f"{name} bend in the picture" for name in _BENDS),
    *(f"{name} {axis}" for name in _LIMBS for axis in ("forward", "up", "out")),
    *(f"{name} {axis}, uneven" for name in _LIMBS for axis in ("forward", "up", "out")),
    "trunk up",
    "chest up",
    "nose along",
    *(f"{name} along" for name in _ALONG),
    *(f"{name} rise" for name in _FREE),
    "hip travel",
)
#: The last features depend on the whole window: a direction to face, a height to start from.
_OWN: Final = len(FEATURES) - 2 - len(_ALONG) - len(_FREE)


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """W windows of two seconds, at ``t_s`` (W,) in the middle of each.

    ``values`` (W, 30, F) follow FEATURES, NaN where unseen. ``is_seen`` (W,): the lifter was in
    sight for at least half of it; ``is_moving`` (W,): something moved.
    """

    t_s: FloatArray
    values: _Float32Array
    is_seen: NDArray[np.bool_]
    is_moving: NDArray[np.bool_]

    def __len__(self) -> int:
        """Count of windows."""
        return len(self.t_s)


def windows_of(scene: Scene, *, step_s: float = 8 / RATE_HZ) -> Windows:
    """Windows stepped over a cleaned scene; a shorter scene gives one, filled up with NaN."""
    t_s = _grid(scene.track.t_s)
    if not len(t_s):
        shape = (0, SAMPLES, len(FEATURES))
        return Windows(np.empty(0), np.empty(shape, np.float32), *(np.empty(0, bool),) * 2)
    points = _at(scene.track.t_s, scene.track.xy, t_s)
    world = None if scene.track.world is None else _at(scene.track.t_s, scene.track.world, t_s)
    body = _at(scene.track.t_s, _size(scene)[:, None], t_s)[:, 0]
    own = _own_features(points, world, body)
    starts = np.arange(0, max(len(t_s) - SAMPLES, 0) + 1, max(1, round(step_s * RATE_HZ)))
    if starts[-1] + SAMPLES < len(t_s):
        starts = np.append(starts, len(t_s) - SAMPLES)
    picked = starts[:, None] + np.arange(SAMPLES)
    inside = picked < len(t_s)
    picked = np.minimum(picked, len(t_s) - 1)
    # one size for a whole window: else a lifter far from the corner moves when it wavers
    whole = _middle(np.where(inside, body[picked], np.nan))[:, None, None, None]
    tracks = np.where(inside[..., None, None], points[picked], np.nan) / whole
    values = np.where(inside[..., None], own[picked], np.nan)
    values = np.concatenate([values, _window_features(tracks)], axis=-1).astype(np.float32)
    is_seen = np.isfinite(tracks[:, :, Landmark.LEFT_HIP, 0]).mean(axis=1) >= _SEEN
    middle = t_s[starts] + (np.minimum(SAMPLES, len(t_s)) - 1) / (2.0 * RATE_HZ)
    return Windows(middle, values, is_seen, is_seen & (_reach(tracks) > _MOVING))


def model_input(values: _Float32Array) -> _Float32Array:
    """(W, 30, F + 4) for the network: zeros for NaN, and what is known: body, arms, legs, depth."""
    known = np.isfinite(values)
    probes = ("nose height", "wrist height", "ankle height", "trunk up")
    flags = np.stack([known[..., FEATURES.index(name)] for name in probes], axis=-1)
    filled = np.clip(np.where(known, values, 0.0), -3.0, 3.0)
    return np.concatenate([filled, flags], axis=-1).astype(np.float32)


def summary_input(values: _Float32Array) -> _Float32Array:
    """(W, 5 F) for the boosted trees: median, low, high, spread and mean step of each feature."""
    low, middle, high = _quantiles(values)
    spread = _mean(np.abs(values - middle[:, None]))
    step = _mean(np.abs(np.diff(values, axis=1)))
    return np.concatenate([middle, low, high, spread, step], axis=1).astype(np.float32)


def _quantiles(values: _Float32Array) -> tuple[_Float32Array, _Float32Array, _Float32Array]:
    """The 10th, 50th and 90th percentile over time (W, F); NaN where nothing is known."""
    ordered = np.sort(values, axis=1)  # NaN goes last
    count = np.isfinite(values).sum(axis=1)
    last = np.maximum(count - 1, 0)
    picks = [
        np.take_along_axis(ordered, np.rint(share * last).astype(np.intp)[:, None], axis=1)[:, 0]
        for share in (0.1, 0.5, 0.9)
    ]
    return picks[0], picks[1], picks[2]


def _mean(values: _Float32Array) -> FloatArray:
    """Mean over the second axis of what is known; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _grid(t_s: FloatArray) -> FloatArray:
    if len(t_s) < 2:
        return np.empty(0)
    return np.arange(t_s[0], t_s[-1] + 1e-9, 1.0 / RATE_HZ)


def _size(scene: Scene) -> FloatArray:
    """(N,) body length in frame heights; from the trunk alone where the legs are unseen."""
    size = scene.body.in_picture("trunk") + scene.body.in_picture("leg")
    xy = scene.track.xy
    trunk = np.linalg.norm(middle(xy, "shoulder") - middle(xy, "hip"), axis=1)
    known = trunk[trunk > 0]  # neither NaN nor a body without size
    usual = float(np.percentile(known, 90)) / _TRUNK_SHARE if known.size else np.nan
    return np.where(np.isfinite(size), size, usual)


def _at(t_s: FloatArray, values: FloatArray, wanted_s: FloatArray) -> FloatArray:
    """Values (N, ...) at other times, linearly; NaN in holes longer than _MAX_GAP_S."""
    flat = values.reshape(len(values), -1)
    out = np.full((len(wanted_s), flat.shape[1]), np.nan)
    known = np.isfinite(flat)
    patterns, group = np.unique(known, axis=1, return_inverse=True)
    for number in range(patterns.shape[1]):  # landmarks seen in the same frames go together
        seen = np.flatnonzero(patterns[:, number])
        if not len(seen):
            continue
        times = t_s[seen]
        after = np.clip(np.searchsorted(times, wanted_s), 0, len(seen) - 1)
        before = np.maximum(after - (times[after] > wanted_s), 0)
        gap = times[after] - times[before]
        share = np.where(gap > 0, (wanted_s - times[before]) / np.where(gap > 0, gap, 1.0), 0.0)
        near = np.minimum(np.abs(times[after] - wanted_s), np.abs(times[before] - wanted_s))
        usable = (gap <= _MAX_GAP_S) & (near <= _MAX_GAP_S / 2)
        columns = np.flatnonzero(group.reshape(-1) == number)
        low, high = flat[seen[before]][:, columns], flat[seen[after]][:, columns]
        joined = low + np.clip(share, 0.0, 1.0)[:, None] * (high - low)
        out[:, columns] = np.where(usable[:, None], joined, np.nan)
    return out.reshape(len(wanted_s), *values.shape[1:])


def _own_features(points: FloatArray, world: FloatArray | None, body: FloatArray) -> FloatArray:
    """(G, _OWN) features that one moment has by itself."""
    local = (points - middle(points, "hip")[:, None]) / body[:, None, None]
    height, across = -local[..., 1], local[..., 0]
    found = [height[:, Landmark.NOSE]]
    found += [_both(height, name)[0] for name in _HIGH]
    found += [_both(height, name)[1] for name in _UNEVEN]
    found += [_both(across, name)[1] for name in _SPREAD]
    solid = points if world is None else world
    bends = [_bend(solid, joints) for joints in _BENDS.values()]
    found += [(left + right) / 2 for left, right in bends]
    found += [np.abs(left - right) for left, right in bends]
    found += [sum(_bend(points, joints)) / 2 for joints in _BENDS.values()]
    return np.stack([*found, *_in_body(world, len(points))], axis=-1)


def _both(values: FloatArray, name: str) -> tuple[FloatArray, FloatArray]:
    """Mean and distance of the two sides."""
    left, right = BILATERAL[name]
    return (values[..., left] + values[..., right]) / 2, np.abs(
        values[..., left] - values[..., right]
    )


def _bend(points: FloatArray, joints: tuple[str, str, str]) -> tuple[FloatArray, FloatArray]:
    """Angle at the middle joint of both sides, in half turns."""
    found: list[FloatArray] = []
    for side in (0, 1):
        first, vertex, last = (points[:, BILATERAL[name][side]] for name in joints)
        one, other = first - vertex, last - vertex
        size = np.linalg.norm(one, axis=-1) * np.linalg.norm(other, axis=-1)
        cosine = (one * other).sum(axis=-1) / np.where(size > 1e-9, size, np.nan)
        found.append(np.arccos(np.clip(cosine, -1.0, 1.0)) / np.pi)
    return found[0], found[1]


def _in_body(world: FloatArray | None, count: int) -> list[FloatArray]:
    """Limbs along the lifter's own axes, and how trunk and chest lie against gravity."""
    width = 6 * len(_LIMBS) + 2
    if world is None:
        return [np.full(count, np.nan)] * width
    shoulders, hips = middle(world, "shoulder"), middle(world, "hip")
    up = _unit(shoulders - hips)
    aside = world[:, Landmark.LEFT_SHOULDER] - world[:, Landmark.RIGHT_SHOULDER]
    ahead = _unit(np.cross(aside, up))
    left = np.cross(up, ahead)
    size = np.linalg.norm(shoulders - hips, axis=-1) / _TRUNK_SHARE
    means: list[FloatArray] = []
    uneven: list[FloatArray] = []
    for name, root in _LIMBS.items():
        sides: list[list[FloatArray]] = []
        for side, sign in ((0, 1.0), (1, -1.0)):
            limb = (world[:, BILATERAL[name][side]] - world[:, BILATERAL[root][side]]) / size[
                :, None
            ]
            sides.append([(limb * axis).sum(axis=-1) for axis in (ahead, up, sign * left)])
        means += [(one + other) / 2 for one, other in zip(*sides, strict=True)]
        uneven += [np.abs(one - other) for one, other in zip(*sides, strict=True)]
    return [*means, *uneven, -up[:, 1], -ahead[:, 1]]


def _unit(vectors: FloatArray) -> FloatArray:
    size = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(size > 1e-9, size, np.nan)


def _window_features(tracks: FloatArray) -> FloatArray:
    """(W, 30, rest) features that need the whole window; ``tracks`` in body lengths."""
    hips = middle(tracks, "hip")
    across = (tracks[..., 0] - hips[..., None, 0]) * _facing(tracks)[:, None, None]
    found = [across[..., Landmark.NOSE], *(_both(across, name)[0] for name in _ALONG)]
    for name in _FREE:
        height = -_both(tracks[..., 1], name)[0]
        found.append(height - _middle(height)[:, None])
    travel = hips[..., 0] - _middle(hips[..., 0])[:, None]
    found.append(travel * _facing(tracks)[:, None])
    return np.stack(found, axis=-1)


def _facing(tracks: FloatArray) -> FloatArray:
    """(W,) +1 where toes, nose and the upper end of the trunk point to the right, else -1."""
    across = tracks[..., :1]
    toes = (middle(across, "toe") - middle(across, "heel"))[..., 0]
    nose = (across[..., Landmark.NOSE, :] - middle(across, "ear"))[..., 0]
    trunk = (middle(across, "shoulder") - middle(across, "hip"))[..., 0]
    total = np.nan_to_num(toes) + np.nan_to_num(nose) + np.nan_to_num(trunk)
    return np.where(total.sum(axis=1) >= 0, 1.0, -1.0)


def _middle(values: FloatArray) -> FloatArray:
    """(W,) median over time of what is known; NaN where nothing is."""
    ordered = np.sort(values, axis=1)  # NaN goes last
    last = np.maximum(np.isfinite(values).sum(axis=1) - 1, 0)
    pair = np.stack([last // 2, (last + 1) // 2], axis=1)
    return np.take_along_axis(ordered, pair, axis=1).mean(axis=1)


def _reach(tracks: FloatArray) -> FloatArray:
    """(W,) the longest way of the middle of any pair of joints, in body lengths.

    The middle of a pair errs less than either joint: the hidden side of a profile is a guess.
    """
    joints = [middle(tracks, name) for name in _MOVERS]
    moving = np.concatenate(joints, axis=-1)
    low, _, high = _quantiles(np.asarray(moving, np.float32))
    return np.nan_to_num(high - low).max(axis=1)
