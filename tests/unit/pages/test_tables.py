"""Tables of a set."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from repsight.core.report import Measure, NotJudged
from repsight.pages.tables import (
    columns_of,
    judgements_of,
    measure_rows,
    moments_of,
    not_judged_of,
    phase_names,
    reels_of,
    rep_rows,
    set_facts,
)
from repsight.pages.words import UNKNOWN
from repsight.testing.sample_report import deadlift_set, squat_set, unknown_report


def test_a_row_tells_tempo_range_and_marks() -> None:
    seen = squat_set()
    row = rep_rows(seen, columns_of(seen))[4]
    assert row.tempo.split() == ["1.2", UNKNOWN, "0.2", UNKNOWN, "1.7"]
    assert [outcome for outcome, _, _ in row.notes] == ["issue", "watch"]
    assert row.cells[0] == "97° ± 6°"


def test_a_metric_that_was_never_measured_has_no_column() -> None:
    seen = squat_set()
    blind = {"knee_angle": Measure(nan, "deg", nan), "depth": Measure(0.1, "thigh", 0.04)}
    seen = replace(seen, reps=tuple(replace(rep, metrics=blind) for rep in seen.reps))
    assert [column.id for column in columns_of(seen)] == ["depth"]


def test_a_metric_missing_in_one_rep_is_a_dash_there() -> None:
    seen = squat_set()
    seen = replace(seen, reps=(replace(seen.reps[0], metrics={}), *seen.reps[1:]))
    rows = rep_rows(seen, columns_of(seen))
    assert set(rows[0].cells) == {UNKNOWN}
    assert UNKNOWN not in rows[1].cells


def test_the_tempo_is_named_in_the_order_of_the_movement() -> None:
    assert phase_names(squat_set()) == ("Lower", "pause", "lift")
    assert phase_names(deadlift_set()) == ("Lift", "pause", "lower")


def test_of_a_movement_without_a_name_only_the_time_is_told() -> None:
    seen = unknown_report().sets[0]
    assert rep_rows(seen, ())[0].tempo == "2.8"


def test_the_full_list_has_the_sets_value_and_its_trend() -> None:
    seen = squat_set()
    metrics = {
        "knee_angle": Measure(78.0, "deg", 6.0),
        "knee_angle_trend": Measure(5.0, "deg/rep", 1.0),
    }
    seen = replace(seen, metrics=metrics)
    row = measure_rows(seen, columns_of(seen))[0]
    assert (row.column.name, row.whole, row.change) == ("Knee angle", "78° ± 6°", "5° ± 1°")
    assert set_facts(seen) == ()


def test_every_judgement_keeps_its_number_and_its_reason() -> None:
    depth, _, heels = judgements_of(squat_set())
    assert depth.expected.startswith("at least")
    assert depth.cells[3] is not None
    assert depth.cells[3].outcome == "issue"
    assert heels.cells[4] is not None
    assert heels.cells[4].reason == "the ankle is hidden by a plate"


def test_gaps_with_one_reason_share_a_line() -> None:
    named = {"a": "Depth", "b": "Heels"}
    gaps = [NotJudged(*rule, "seen from the front", "side") for rule in named.items()]
    gaps.append(NotJudged("c", "Knees", "too dark", "side"))
    assert [gap.titles for gap in not_judged_of(gaps)] == [("Depth", "Heels"), ("Knees",)]


def test_moments_follow_the_movement() -> None:
    moments = moments_of(deadlift_set(), 1)
    assert [moment.name for moment in moments] == ["Setup", "First pull", "Knee pass", "Lockout"]
    assert moments[0].rows[0].cells == ("112° ± 6°",) * 3


def test_the_film_of_the_telling_rep_comes_first() -> None:
    reels = reels_of(moments_of(deadlift_set(), 1), telling=2)
    assert [reel.title for reel in reels] == ["Rep 2", "Rep 1", "Rep 3"]
    assert len(reels[0].shots) == 4


def test_a_single_moment_is_one_film_over_the_set() -> None:
    (reel,) = reels_of(moments_of(squat_set(), 1), telling=4)
    assert [shot.rep for shot in reel.shots] == [1, 2, 3, 4, 5]


def test_a_cut_repetition_is_marked() -> None:
    seen = deadlift_set()
    assert rep_rows(seen, columns_of(seen))[0].cut == "start not in the clip"
