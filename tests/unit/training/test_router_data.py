"""What the router learns from beside exercises: people who do none, and legs that nobody saw."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from repsight.core.skeleton import columns
from training.router.athlete_data import EVERYDAY, athlete_windows
from training.router.everyday import everyday
from training.router.windows import UNKNOWN, gather


@pytest.mark.parametrize("seed", range(6))
def test_people_of_every_day_keep_their_arms_and_their_feet_above_the_floor(seed: int):
    t_s, points = everyday(np.random.default_rng(seed))
    assert len(t_s) == len(points)
    for one, other in pairwise(columns("shoulder", "elbow", "wrist")[::2]):
        length = np.linalg.norm(points[:, one] - points[:, other], axis=1)
        assert np.ptp(length) < 1e-6
    assert points[:, columns("ankle"), 2].min() > 0.0


def test_the_same_seed_gives_the_same_windows_all_of_them_unknown():
    first, again = (gather(athlete_windows(EVERYDAY, sets=3, seed=1)) for _ in range(2))
    assert set(first.label) == {UNKNOWN}
    np.testing.assert_array_equal(first.values, again.values)


def test_somebody_moves_otherwise_with_every_seed():
    first, other = (everyday(np.random.default_rng(seed))[1] for seed in (1, 2))
    count = min(len(first), len(other))
    assert not np.allclose(first[:count], other[:count], atol=0.05)
