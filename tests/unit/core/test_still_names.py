"""Stills are found again by their names."""

from __future__ import annotations

from dataclasses import replace

from repsight.core.still_names import issue_still, moment_still
from repsight.testing.sample_report import squat_set


def test_an_issue_is_named_by_set_rep_and_rule() -> None:
    verdict = squat_set().verdicts[3]
    assert issue_still(1, verdict) == "set1-rep4-depth.jpg"
    assert issue_still(2, replace(verdict, side="left")) == "set2-rep4-depth-left.jpg"


def test_a_moment_is_named_by_set_rep_and_moment() -> None:
    rep = squat_set().reps[1]
    assert moment_still(1, rep, rep.moments[0]) == "set1-rep2-at-bottom.jpg"


def test_a_name_can_never_leave_its_folder() -> None:
    verdict = replace(squat_set().verdicts[0], rule="../../Böse Regel")
    assert issue_still(1, verdict) == "set1-rep1-b-se-regel.jpg"
    assert issue_still(1, replace(verdict, rule="…")) == "set1-rep1-unnamed.jpg"
