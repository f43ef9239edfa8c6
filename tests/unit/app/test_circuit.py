"""A clip of several exercises gives a report for each; one exercise is never shredded."""

import numpy as np
import pytest

from repsight.app.assess import assess_track
from repsight.athlete.performance import perform
from repsight.core.types import PoseTrack
from repsight.recognize import Router
from repsight.recognize.features import FEATURES

CLASSES = ("shoulder_press", "squat", "unknown")


def joined(*tracks: PoseTrack) -> PoseTrack:
    """One film after the other."""
    starts = np.cumsum([0.0, *(float(t.t_s[-1] + 1 / 30) for t in tracks)])
    return PoseTrack(
        np.concatenate([t.t_s + start for t, start in zip(tracks, starts, strict=False)]),
        np.concatenate([t.xy for t in tracks]),
        np.concatenate([t.visibility for t in tracks]),
        np.concatenate([t.world for t in tracks if t.world is not None]),
        tracks[0].aspect_ratio,
    )


def by_posture(values: np.ndarray) -> np.ndarray:
    """Stands in for a trained router: bent knees are squats, high wrists are presses."""
    knees = np.nanmin(values[..., FEATURES.index("knee bend")], axis=1)
    wrists = np.nanmax(values[..., FEATURES.index("wrist height")], axis=1)
    press, squat = wrists > 0.45, knees < 0.75
    return np.stack([8.0 * press, 8.0 * (squat & ~press), 4.0 + 0.0 * knees], axis=1)


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(CLASSES, 1.0, by_posture, "network")


@pytest.fixture(scope="module")
def sets() -> dict[str, PoseTrack]:
    made = {name: perform(name, reps=4, seed=3) for name in ("squat", "shoulder_press")}
    return {name: one.track(one.camera(yaw_deg=90.0)) for name, one in made.items()}


def test_each_exercise_of_a_circuit_gives_its_own_report(router, sets):
    film = joined(sets["squat"], sets["shoulder_press"])
    found = assess_track(film, router=router)
    assert [one.exercise.id for one in found] == ["squat", "shoulder_press"]
    assert [one.rep_count for one in found] == [4, 4]
    assert all(one.exercise.method == "router" for one in found)
    assert found[0].end_s < found[1].start_s


def test_one_exercise_stays_one_set(router, sets):
    found = assess_track(sets["squat"], router=router)
    assert [(one.exercise.id, one.rep_count) for one in found] == [("squat", 4)]


def test_what_the_specification_does_not_find_is_not_believed(sets):
    def sure(values: np.ndarray) -> np.ndarray:
        return np.tile([9.0, 0.0, 0.0], (len(values), 1))

    found = assess_track(sets["squat"], router=Router(CLASSES, 1.0, sure, "network"))
    assert all(one.exercise.id != "shoulder_press" for one in found)
