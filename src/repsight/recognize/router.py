"""The router: for each two seconds of movement, how likely each exercise is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repsight.core.measure import Scene
from repsight.core.types import FloatArray
from repsight.errors import MissingExtra
from repsight.recognize.artifacts import (
    NETWORK,
    TREES,
    WEIGHTS,
    Manifest,
    OpenSession,
    read_checked,
    read_manifest,
    read_trees,
)
from repsight.recognize.features import model_input, summary_input, windows_of

__all__ = ["UNKNOWN", "Routed", "Router", "load_network", "load_router"]

UNKNOWN: Final = "unknown"

_Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Routed:
    """What the router says of W windows.

    ``probability`` (W, C) is calibrated, one column for each of ``classes``, the last of which
    is ``unknown``; ``t_s`` (W,) is the middle of each window. Windows without a person are left
    out; ``is_moving`` (W,) is False where hardly anything moved.
    """

    classes: tuple[str, ...]
    t_s: FloatArray
    probability: FloatArray
    is_moving: NDArray[np.bool_]

    def between(self, start_s: float, end_s: float) -> Routed:
        """The windows whose middle lies in a stretch of time."""
        inside = (self.t_s >= start_s) & (self.t_s <= end_s)
        return Routed(
            self.classes, self.t_s[inside], self.probability[inside], self.is_moving[inside]
        )

    def among(self, names: Collection[str]) -> Routed:
        """The same for ``names`` alone: what the router knows beside them is unknown here."""
        kept = [i for i, name in enumerate(self.classes) if name in names]
        known = self.probability[:, kept]
        rest = np.clip(1.0 - known.sum(axis=1, keepdims=True), 0.0, 1.0)
        return Routed(
            (*(self.classes[i] for i in kept), UNKNOWN) if self.classes else (),
            self.t_s, np.concatenate([known, rest], axis=1) if self.classes else self.probability,
            self.is_moving,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Router:
    """A loaded model; ``logits`` maps windows (W, 30, F) to (W, C).

    ``kind`` is ``network``, ``trees`` or ``none``, which knows nothing; ``notes`` say why it is
    not the best one. ``thin`` classes were seen too seldom to be believed: they are unknown.
    """

    classes: tuple[str, ...]
    temperature: float
    logits: Callable[[_Values], _Values]
    kind: str
    notes: tuple[str, ...] = ()
    thin: tuple[str, ...] = ()

    def route(self, scene: Scene) -> Routed:
        """Probabilities for every window of a cleaned scene in which somebody is seen."""
        windows = windows_of(scene)
        seen = windows.is_seen
        if not seen.any() or not self.classes:
            none = np.empty((0, len(self.classes)))
            return Routed(self.classes, np.empty(0), none, np.empty(0, bool))
        probability = _softmax(self.logits(windows.values[seen]) / self.temperature)
        routed = Routed(self.classes, windows.t_s[seen], probability, windows.is_moving[seen])
        believed = set(self.classes) - {UNKNOWN, *self.thin}
        return routed.among(believed) if self.thin else routed


def load_router(folder: Path = WEIGHTS, *, open_session: OpenSession | None = None) -> Router:
    """The best model that can be had: the network, else the trees, else one that knows nothing.

    ``open_session`` opens ONNX models; without it, or where the runtime is not installed, the
    trees are used. A damaged file is left out, and the notes of the router say so.
    """
    notes: list[str] = []
    try:
        manifest = read_manifest(folder)
    except MissingExtra as error:
        return _nothing((f"{error} The exercise was recognised without it.",))
    if open_session is not None:
        try:
            return load_network(folder, NETWORK, open_session=open_session)
        except MissingExtra as error:
            notes.append(f"{error} The exercise was recognised with a simpler model.")
    try:
        return _trees(folder, manifest, tuple(notes))
    except MissingExtra as error:
        return _nothing((*notes, f"{error} The exercise was recognised without it."))


def _nothing(notes: tuple[str, ...]) -> Router:
    return Router((), 1.0, lambda values: np.empty((len(values), 0), np.float32), "none", notes)


def load_network(folder: Path, name: str, *, open_session: OpenSession) -> Router:
    """One ONNX file of a folder; MissingExtra if it is absent, damaged, or cannot be run."""
    manifest = read_manifest(folder)
    session = open_session(read_checked(folder, name, manifest))

    def logits(values: _Values) -> _Values:
        return session.run(None, {"windows": model_input(values)})[0]

    heat = manifest.temperature[name]
    return Router(manifest.classes, heat, logits, "network", thin=manifest.thin)


def _trees(folder: Path, manifest: Manifest, notes: tuple[str, ...]) -> Router:
    trees = read_trees(read_checked(folder, TREES, manifest))

    def logits(values: _Values) -> _Values:
        return trees.logits(summary_input(values))

    heat = manifest.temperature[TREES]
    return Router(manifest.classes, heat, logits, "trees", notes, manifest.thin)


def _softmax(logits: _Values) -> FloatArray:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True), dtype=np.float64)
    return raised / raised.sum(axis=1, keepdims=True)
