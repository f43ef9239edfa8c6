"""Live sets whose exercise nobody named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from repsight.app.auto_live import AutoEngine, Look
from repsight.app.auto_look import look_at
from repsight.athlete.performance import perform
from repsight.core.engine import SetEngine
from repsight.core.events import RepEnded, SetEnded, SetStarted
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of


class AtOnce(Executor):
    """Runs what it is given before it returns."""

    def submit(self, work, /, *args, **kwargs):
        done: Future = Future()
        done.set_result(work(*args, **kwargs))
        return done


@dataclass
class Later(Executor):
    """Runs what it is given when it is told to."""

    waiting: list[tuple[Future, Callable[[], object]]] = field(default_factory=list)

    def submit(self, work, /, *args, **kwargs):
        done: Future = Future()
        self.waiting.append((done, lambda: work(*args, **kwargs)))
        return done

    def catch_up(self) -> None:
        while self.waiting:
            done, work = self.waiting.pop()
            done.set_result(work())


def film(exercise: str, reps: int = 3, **asked) -> PoseTrack:
    done = perform(exercise, reps=reps, seed=4, **asked)
    return done.track(done.camera(), fps=15)


def given(engine: AutoEngine, track: PoseTrack) -> list[tuple[float, int, str]]:
    """Count and name after every frame."""
    told = []
    for frame in track.frames():
        engine.push(frame)
        told.append((frame.t_s, engine.count, engine.exercise))
    return told


def free_look(track: PoseTrack) -> Look:
    """A look that costs nothing: how often is looked does not depend on the machine."""
    return replace(look_at(track), cost_s=0.0)


@pytest.mark.parametrize("exercise", ["squat", "biceps_curl", "push_up"])
def test_the_exercise_is_named_and_no_repetition_before_that_is_lost(exercise):
    engine = AutoEngine(free_look, AtOnce())
    told = given(engine, film(exercise))
    engine.finish()
    assert engine.exercise == exercise
    assert engine.count == 3
    counts = [count for _, count, _ in told]
    assert counts == sorted(counts)
    named_s = next(t_s for t_s, _, name in told if name)
    assert named_s < told[-1][0] - 2.0


def test_a_movement_outside_the_catalog_counts_from_its_first_repetition():
    def nothing(track: PoseTrack) -> Look:
        return Look("", 0.1, float(track.t_s[-1]), ends_s=tuple(np.arange(3.0, track.t_s[-1], 2)))

    engine = AutoEngine(nothing, AtOnce())
    told = given(engine, film("squat"))
    assert [name for *_, name in told if name] == []
    assert sorted({count for _, count, _ in told}) == list(range(engine.count + 1))
    events = engine.finish()
    assert events == [SetEnded(told[-1][0], engine.count)]


def squat_look(confidence: float, *, exercise: str = "squat"):
    def look(track: PoseTrack) -> Look:
        engine = SetEngine(spec_of(exercise))
        for frame in track.frames():
            engine.push(frame)
        return Look(exercise, confidence, float(track.t_s[-1]), is_set=True, engine=engine)

    return look


def test_it_counts_before_it_is_sure_and_says_no_name():
    engine = AutoEngine(squat_look(0.35), AtOnce())
    given(engine, film("squat"))
    engine.finish()
    assert (engine.count, engine.exercise) == (3, "")


def test_two_looks_must_agree_before_a_name_is_told():
    track, names = film("squat"), iter(["lunge", "squat", "lunge", "squat"])

    def wavering(track: PoseTrack) -> Look:
        return squat_look(0.9, exercise=next(names, "squat"))(track)

    engine = AutoEngine(wavering, AtOnce())
    told = given(engine, track)
    assert {name for *_, name in told} == {"", "squat"}
    assert [name for t_s, _, name in told if t_s < 3.5 and name] == []


def test_frames_never_wait_for_a_look_and_are_all_taken_up_later():
    later = Later()
    engine, track = AutoEngine(squat_look(0.9), later), film("squat")
    seen: list[object] = []
    for number, frame in enumerate(track.frames()):
        seen += engine.push(frame)
        if number % 40 == 39:
            assert len(later.waiting) <= 1
            later.catch_up()
    later.catch_up()
    seen += engine.finish()
    assert isinstance(seen[0], SetStarted)
    assert (engine.count, engine.exercise) == (3, "squat")
    # the engine has seen what it was late for, without telling it twice
    assert len([event for event in seen if isinstance(event, RepEnded)]) <= 3


def test_something_moves_before_there_is_an_engine_and_rests_when_nothing_does():
    engine = AutoEngine(lambda track: Look("", 0.0, float(track.t_s[-1])), AtOnce())
    phases = []
    for frame in film("squat").frames():
        engine.push(frame)
        phases.append((frame.t_s, engine.phase))
    assert dict(phases)[phases[8][0]] == "rest"
    assert "out" in {phase for t_s, phase in phases if 4 < t_s < 8}
    still = [frame for frame in film("still", 0).frames() if frame.t_s < 8]
    engine = AutoEngine(lambda track: Look("", 0.0, float(track.t_s[-1])), AtOnce())
    assert {(engine.push(frame), engine.phase)[1] for frame in still} == {"rest"}


def test_nothing_at_all_is_an_empty_set():
    engine = AutoEngine(look_at, AtOnce())
    assert engine.finish() == []
    assert engine.count == 0


def test_a_long_set_of_something_unknown_keeps_its_count():
    """Ends of repetitions every two seconds, for five minutes."""

    def nothing(track: PoseTrack) -> Look:
        first, last = float(track.t_s[0]), float(track.t_s[-1])
        ends_s = [end_s for end_s in np.arange(2.0, 400.0, 2.0) if first < end_s <= last]
        return Look("", 0.1, last, ends_s=tuple(ends_s))

    engine, pose = AutoEngine(nothing, AtOnce()), next(film("still", 0).frames())
    for second in np.arange(0.0, 300.0, 0.5):
        xy = pose.xy + np.array([0.0, 0.3 * np.sin(np.pi * second)])
        engine.push(replace(pose, t_s=float(second), xy=xy))
    engine.finish()
    assert engine.count == 149


def test_noise_around_somebody_who_stands_still_is_no_repetition():
    engine = AutoEngine(look_at, AtOnce())
    told = given(
        engine,
        PoseTrack.from_frames([frame for frame in film("still", 0).frames() if frame.t_s < 6]),
    )
    assert {count for _, count, _ in told} == {0}
