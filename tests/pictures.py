"""Facts of pictures that never were, for tracks that were computed."""

from __future__ import annotations

import numpy as np

from repsight.core.quality_input import PictureStats
from repsight.core.types import PoseTrack


def pictures_of(track: PoseTrack, *, light: float = 0.5) -> PictureStats:
    """A still camera and one person, everything as light, rich in contrast and sharp as said."""
    t_s = track.t_s[::3]
    same, m = np.full(len(t_s), light), len(t_s)
    return PictureStats(
        t_s=t_s, luminance=same, contrast=same, person_luminance=same, person_contrast=same,
        sharpness=same, background_shift=np.zeros((m, 2)),
        people_count=np.ones(m, dtype=np.intp), roi=np.zeros((len(track), 4)),
        presence=np.ones(len(track)), found=np.ones(len(track), dtype=bool),
        cuts_s=np.empty(0), people_seen=1, switches=0,
    )  # fmt: skip
