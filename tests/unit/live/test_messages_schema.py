"""The published schema of live messages is the one of the code, and what is said obeys it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.exercises import spec_of
from repsight.live.messages import Spent, said_refused, said_saved, said_step, said_welcome
from repsight.live.messages_schema import messages_schema
from repsight.live.session import LiveSession, LiveStart
from repsight.live.wire import encode_frame

PUBLISHED = Path(__file__).parents[3] / "docs" / "live.schema.json"


@pytest.mark.skipif(not PUBLISHED.exists(), reason="docs/ is not beside these tests")
def test_the_published_schema_is_the_generated_one():
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert published == messages_schema(), "run: python docs/make_live_schema.py"


def test_all_that_is_said_of_a_set_obeys_it():
    obeys = jsonschema.Draft202012Validator(messages_schema())
    session = LiveSession.begin(LiveStart("0", "squat"), spec_of("squat"))
    texts = [said_welcome(session), said_refused("no")]
    done = perform("squat", reps=4, seed=4, faults=[Fault("shallow")], range_ratio=[1, 1, 1, 0.4])
    seen: set[str] = set()
    for seq, frame in enumerate(done.track(fps=15).frames()):
        step = session.take(encode_frame(seq, frame))
        seen |= {type(event).__name__ for event in step.events}
        if step.events:
            texts.append(said_step(session, step.events, Spent(0.1, 0.1)))
    texts.append(said_saved(None, session.finish()))
    assert {"RepStarted", "RepTurned", "RepEnded", "FaultSeen", "CueGiven"} <= seen
    for text in texts:
        obeys.validate(json.loads(text))


def test_an_unknown_event_is_refused():
    text = {"kind": "saved", "clip": None, "events": [{"type": "mood", "t_s": 1.0}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(text, messages_schema())
