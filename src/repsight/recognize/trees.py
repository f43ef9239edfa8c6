"""Boosted trees as plain arrays: nothing is unpickled, numpy is enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """T trees of at most K nodes; the root of each is node 0.

    ``feature`` (T, K) is -1 in a leaf; a value of at most ``threshold`` (T, K) goes to ``left``,
    else to ``right``; an unknown one goes left where ``nan_left``. ``value`` (T, K) is what a
    leaf adds to the class ``owner`` (T,); ``start`` (C,) is where classes begin.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    nan_left: NDArray[np.bool_]
    value: NDArray[np.float32]
    owner: NDArray[np.int16]
    start: NDArray[np.float32]

    def logits(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """(W, C) sums of the leaves that rows (W, F) fall into."""
        tree = np.arange(len(self.feature))[None, :]
        at = np.zeros((len(rows), len(self.feature)), np.intp)
        window = np.arange(len(rows))[:, None]
        while True:
            feature = self.feature[tree, at]
            if (feature < 0).all():
                break
            value = rows[window, np.maximum(feature, 0)]
            goes_left = np.where(
                np.isnan(value), self.nan_left[tree, at], value <= self.threshold[tree, at]
            )
            below = np.where(goes_left, self.left[tree, at], self.right[tree, at])
            at = np.where(feature < 0, at, below)
        added = self.value[tree, at]
        out = np.tile(self.start, (len(rows), 1))
        for number in range(len(self.start)):
            out[:, number] += added[:, self.owner == number].sum(axis=1)
        return out.astype(np.float32)
