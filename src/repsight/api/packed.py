"""Arrays in JSON: base64 of little-endian 16-bit integers in the order of their axes."""

from __future__ import annotations

import base64
from typing import Final

import numpy as np

from repsight.core.types import FloatArray

__all__ = ["packed", "times"]

_UNKNOWN: Final = -32768


def packed(values: FloatArray, *, steps: float = 1000.0) -> str:
    """The values in ``steps`` to one, cut at what 16 bits hold; NaN is the lowest integer."""
    whole = np.rint(steps * values)
    known = np.where(np.isfinite(values), np.clip(whole, -32767, 32767), _UNKNOWN)
    return base64.b64encode(known.astype("<i2").tobytes()).decode("ascii")


def times(t_s: FloatArray) -> list[float]:
    """Seconds with three decimals."""
    return [round(float(t), 3) for t in t_s]
