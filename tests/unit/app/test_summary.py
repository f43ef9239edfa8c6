from dataclasses import replace

import pytest

from repsight.app.summary import findings, spoken_reps
from repsight.testing.sample_report import squat_set


def test_findings_are_ordered_by_severity_and_spread() -> None:
    seen = squat_set()
    one = replace(seen.verdicts[0], outcome="issue", severity=1.0, rep=1)
    rare = replace(one, rule="rare", severity=2.0)
    common = [replace(one, rule="common", rep=rep) for rep in range(1, 6)]
    found = findings(replace(seen, verdicts=(rare, *common)), "issue")
    assert [finding.rule for finding in found] == ["common", "rare"]
    assert found[0].reps == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("reps", "text"),
    [
        ((), ""),
        ((2,), " in rep 2"),
        ((2, 4), " in reps 2 and 4"),
        ((1, 2, 4), " in reps 1, 2 and 4"),
        ((1, 2, 3, 4, 5), " in every rep"),
    ],
)
def test_reps_are_spoken_as_a_coach_would(reps: tuple[int, ...], text: str) -> None:
    assert spoken_reps(reps, squat_set()) == text
