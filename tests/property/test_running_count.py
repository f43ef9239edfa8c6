"""The running count ends where the second look and the truth are, at any tempo and frame rate."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest

from repsight.athlete.course import Tempo
from repsight.athlete.performance import perform
from repsight.core.engine import SetEngine
from repsight.core.measure import observe
from repsight.core.refine import refine
from repsight.core.spec import Cycle
from repsight.exercises import catalog, spec_of
from tests.live_sets import run_live

#: Done at their own pace: nobody pauses in the air.
_AT_OWN_PACE = {"jumping_jack", "mountain_climber", "burpee"}
REPEATED = [name for name in catalog() if isinstance(spec_of(name).movement, Cycle)]


def _drawn_tempo(rng: np.random.Generator) -> Tempo:
    return Tempo(
        out_s=rng.uniform(0.6, 2.5),
        hold_s=rng.choice([0.0, 0.1, 0.6, 1.2]),
        back_s=rng.uniform(0.6, 2.2),
        rest_s=rng.choice([0.1, 0.4, 1.0, 2.0]),
    )


@pytest.mark.parametrize("exercise", REPEATED)
def test_the_running_count_is_the_second_looks_and_the_truth(exercise: str):
    rng = np.random.default_rng(crc32(exercise.encode()))
    seed = int(rng.integers(1000))
    done = perform(
        exercise,
        reps=3,
        seed=seed,
        tempo=None if exercise in _AT_OWN_PACE else _drawn_tempo(rng),
        range_ratio=float(rng.uniform(0.85, 1.0)),
    )
    camera = done.camera(yaw_deg=float(rng.choice([90.0, 60.0, 0.0, -90.0])))
    rate_hz = float(rng.choice([10, 15, 24, 30, 60, 120]))
    track = done.track(camera, fps=rate_hz, noise=0.5, seed=seed)
    track = track.part(track.t_s <= done.truth.end_s + 0.5)
    engine, _ = run_live(track, spec_of(exercise), coaches=False)
    assert engine.count == len(refine(observe(track), spec_of(exercise)).reps) == 3


def test_a_stop_at_the_bottom_loses_no_repetition_to_a_wild_frame():
    done = perform("squat", reps=3, seed=4, tempo=Tempo(2.2, 0.6, 2.0, 1.6))
    engine = SetEngine(spec_of("squat"), coaches=False)
    for frame in done.track(fps=30).frames():
        engine.push(frame)
    assert engine.count == 3
