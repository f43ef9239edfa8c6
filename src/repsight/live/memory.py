"""How a server treats what it has loaded, so that no lifter waits for a collection."""

from __future__ import annotations

import gc
from typing import Final

__all__ = ["settle_memory"]

#: New objects between two collections of the youngest, and so on. Frames make no cycles: what they
#: leave behind is freed at once, and looking for it more often only stops everybody.
_THRESHOLDS: Final = (20_000, 20, 20)


def settle_memory() -> None:
    """What is loaded by now stays: later collections look only at what came after.

    For a composition root, once, when everything is imported.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
