"""What the tracker saw of the pictures themselves: the raw material of a quality judgement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repsight.core.types import FloatArray

__all__ = ["PictureStats"]


@dataclass(frozen=True, slots=True, eq=False)
class PictureStats:
    """Facts about light, sharpness, camera and people; M coarse moments (about 10 Hz), N frames.

    Lengths are in frame heights, like landmarks; what could not be measured is NaN.

    Coarse moments, ``t_s`` (M,) in media seconds:
    - ``luminance``, ``contrast``: mean, and spread from 5th to 95th percentile, of the picture's
      brightness (0..1);
    - ``person_luminance``, ``person_contrast``: the same around the lifter;
    - ``sharpness``: fine detail over coarse detail of the lifter as the pose model sees them, so
      it does not depend on resolution; 0.1 and more is crisp, below 0.04 details of a hundredth
      of the body are gone;
    - ``background_shift`` (M, 2): how far the background moved (x right, y down) since the moment
      before; NaN at the first one, after a cut, and where the background has no texture;
    - ``people_count``: how many people were tracked.

    Analysed frames, aligned with the track:
    - ``roi`` (N, 4): centre x, y, side length and rotation (radians) of the square handed to the
      pose model;
    - ``presence`` (N,): the model's own probability that a person is there (0..1);
    - ``found`` (N,): whether the frame has landmarks.

    Whole clip: ``cuts_s`` (C,) moments of scene cuts; ``people_seen`` distinct people;
    ``switches`` how often the lifter had to be found again among several people.
    """

    t_s: FloatArray
    luminance: FloatArray
    contrast: FloatArray
    person_luminance: FloatArray
    person_contrast: FloatArray
    sharpness: FloatArray
    background_shift: FloatArray
    people_count: NDArray[np.intp]
    roi: FloatArray
    presence: FloatArray
    found: NDArray[np.bool_]
    cuts_s: FloatArray
    people_seen: int
    switches: int

    @property
    def found_share(self) -> float:
        """Share of the analysed frames in which the lifter was found; 0 for an empty clip."""
        return float(self.found.mean()) if len(self.found) else 0.0
