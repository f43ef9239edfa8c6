"""Windows become claims about a clip, and sets of a circuit."""

import numpy as np

from repsight.recognize.router import Routed
from repsight.recognize.segments import claims_of, segments_of

CLASSES = ("lunge", "squat", "unknown")


def routed(*likely: tuple[str, int], sure: float = 0.9) -> Routed:
    """So many windows of each label in turn, half a second apart."""
    labels = [label for label, count in likely for _ in range(count)]
    rest = (1 - sure) / (len(CLASSES) - 1)
    rows = [[sure if name == label else rest for name in CLASSES] for label in labels]
    t_s = 1.0 + 0.5 * np.arange(len(labels))
    return Routed(CLASSES, t_s, np.array(rows), np.ones(len(labels), bool))


def test_rest_around_a_set_takes_nothing_from_it():
    (first, *_), (alone, *_) = (
        claims_of(routed(("unknown", 20), ("squat", 12), ("unknown", 20))),
        claims_of(routed(("squat", 12))),
    )
    assert first.label == alone.label == "squat"
    assert first.probability > 0.8 * alone.probability > 0.6
    assert first.agreement > 0.7


def test_nothing_but_the_unknown_makes_weak_claims():
    assert max(claim.probability for claim in claims_of(routed(("unknown", 20)))) < 0.1
    assert claims_of(routed()) == []
    assert segments_of(routed()) == []


def test_a_circuit_is_cut_where_the_exercise_changes():
    found = segments_of(routed(("squat", 20), ("unknown", 6), ("lunge", 20)))
    assert [segment.label for segment in found] == ["squat", "lunge"]
    assert found[0].end_s < found[1].start_s + 2.5
    assert abs(found[0].end_s - 11.5) <= 1.0


def test_a_few_odd_windows_do_not_split_a_set():
    found = segments_of(routed(("squat", 12), ("lunge", 3), ("squat", 12)))
    assert [segment.label for segment in found] == ["squat"]


def test_sets_of_the_same_exercise_are_one_segment():
    found = segments_of(routed(("squat", 15), ("unknown", 20), ("squat", 15)))
    assert len(found) == 1
    assert found[0].end_s - found[0].start_s > 20
