"""Labelled windows: what every source of training data yields, and one file that keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repsight.recognize.features import FEATURES, SAMPLES

__all__ = ["UNKNOWN", "Labelled", "class_numbers", "gather", "load", "save"]

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """M windows (M, 30, F) with the name of what is done in each.

    ``origin`` is ``athlete``, ``clips`` or ``countix``; ``source`` is never split between
    training and test; ``clip`` tells the windows of one recording, ``tracking`` which of several
    trackings of it (0: this tracker's own).
    """

    values: NDArray[np.float16]
    label: NDArray[np.str_]
    origin: NDArray[np.str_]
    source: NDArray[np.str_]
    clip: NDArray[np.str_]
    is_moving: NDArray[np.bool_]
    t_s: NDArray[np.float64]
    tracking: NDArray[np.int8]

    def __len__(self) -> int:
        """Count of windows."""
        return len(self.label)

    def part(self, where: NDArray[np.bool_] | NDArray[np.intp]) -> Labelled:
        """The windows that a mask or index array selects."""
        return Labelled(*(getattr(self, name)[where] for name in Labelled.__slots__))


def gather(parts: Iterable[Labelled]) -> Labelled:
    """All windows in one."""
    kept = [part for part in parts if len(part)]
    if not kept:
        shape = (0, SAMPLES, len(FEATURES))
        none = np.empty(0, "U1")
        return Labelled(
            np.empty(shape, np.float16),
            none,
            none,
            none,
            none,
            np.empty(0, bool),
            np.empty(0),
            np.empty(0, np.int8),
        )
    return Labelled(
        *(np.concatenate([getattr(part, name) for part in kept]) for name in Labelled.__slots__)
    )


def save(windows: Labelled, path: Path) -> None:
    """Keep the windows in one compressed file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{name: getattr(windows, name) for name in Labelled.__slots__})


def load(path: Path) -> Labelled:
    """Windows kept by ``save``."""
    with np.load(path) as data:
        return Labelled(*(data[name] for name in Labelled.__slots__))


def class_numbers(label: NDArray[np.str_], classes: tuple[str, ...]) -> NDArray[np.intp]:
    """Number of each window's class; what is not among them is unknown."""
    numbers = {name: number for number, name in enumerate(classes)}
    return np.array([numbers.get(str(name), numbers[UNKNOWN]) for name in label], dtype=np.intp)
