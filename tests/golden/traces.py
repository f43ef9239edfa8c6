"""Golden traces: recorded skeletons and the events and repetitions they must give.

``python tests/golden/traces.py`` records them anew; look at the difference before committing it.
Tests only ever compare.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from repsight.athlete.performance import perform
from repsight.core.engine import SetEngine
from repsight.core.report import Rep
from repsight.core.types import PoseTrack
from repsight.exercises import spec_of

FOLDER = Path(__file__).parent
#: name -> exercise, camera yaw and the range of each repetition
SETS: dict[str, tuple[str, float, list[float]]] = {
    "squat_side": ("squat", 90.0, [1.0, 0.45, 1.0]),
    "squat_front": ("squat", 0.0, [1.0, 1.0]),
    "deadlift_side": ("deadlift", 90.0, [1.0, 1.0]),
    "push_up_oblique": ("push_up", 45.0, [1.0, 1.0, 0.45]),
    "shoulder_press_front": ("shoulder_press", 0.0, [1.0, 1.0]),
}


def load_track(name: str) -> PoseTrack:
    """The recorded skeleton of one golden set."""
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as stored:
        return PoseTrack(
            stored["t_s"].astype(float),
            stored["xy"].astype(float),
            stored["visibility"].astype(float),
            stored["world"].astype(float),
            float(stored["aspect_ratio"]),
        )


def trace_of(name: str) -> dict[str, object]:
    """What the engine says of one golden set now, rounded to a tenth of a millisecond."""
    engine = SetEngine(spec_of(SETS[name][0]))
    events = [event for frame in load_track(name).frames() for event in engine.push(frame)]
    report = engine.report()
    told = [{"event": type(e).__name__, **asdict(e)} for e in [*events, *engine.finish()]]
    plain = {
        "events": told,
        "reps": [_times(rep) for rep in report.reps],
        "rejected": [[one.reason, one.start_s, one.turn_s] for one in report.rejected],
        "verdicts": [[v.rule, v.rep, v.outcome, v.t_s, v.value] for v in report.verdicts],
    }
    return json.loads(
        json.dumps(plain),
        parse_float=lambda text: round(float(text), 4),
        parse_constant=lambda _: None,  # an unknown number
    )


def _times(rep: Rep) -> list[float]:
    return [rep.start_s, rep.turn_start_s, rep.turn_s, rep.turn_end_s, rep.end_s]


def _record(name: str) -> None:
    exercise, yaw_deg, ranges = SETS[name]
    performance = perform(exercise, reps=len(ranges), seed=11, range_ratio=ranges)
    track = performance.track(performance.camera(yaw_deg=yaw_deg), fps=15, seed=11)
    track = track.part(track.t_s <= performance.truth.end_s + 0.5)
    half = {"xy": track.xy, "visibility": track.visibility, "world": track.world}
    np.savez_compressed(
        FOLDER / f"{name}.npz",
        t_s=track.t_s,
        aspect_ratio=track.aspect_ratio,
        **{key: np.asarray(values, dtype=np.float16) for key, values in half.items()},
    )
    text = json.dumps(trace_of(name), indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    for one in sys.argv[1:] or SETS:
        _record(one)
