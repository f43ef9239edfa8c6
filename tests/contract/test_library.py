"""The library over every database: uploads, jobs, history, calibrations, and all of it deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from repsight.app.calibrations import kept_calibrations, learn_calibration
from repsight.app.library import Library
from repsight.app.trained import Trained
from repsight.app.trends import trends_of
from tests.trained import add_set

BEGIN = datetime(2026, 5, 4, 18, tzinfo=UTC)


@pytest.fixture
def library(tmp_path, database_url):
    opened = Library.open(tmp_path / "data", url=database_url)
    yield opened
    opened.close()


def test_what_is_trained_is_kept_and_deleted_for_good(library, tmp_path):
    ids = [add_set(library, recorded_at=BEGIN + timedelta(weeks=week)) for week in (1, 0)]
    trained = Trained(library, library.database)
    assert [clip.id for clip, _ in trained.sets()] == [ids[1], ids[0]]
    assert {one.id for one in trends_of(trained.sets(), "squat")} >= {"range", "concentric"}
    turn_s = trained.report_of(ids[0], 1)[1].reps[0].turn_s
    library.contest(ids[0], "does_not_count", set_number=1, t_s=turn_s, note="just walking")
    assert [one.rep_count for _, one in trained.sets()] == [3, 2]
    made = learn_calibration(library, ids[1], exercise="squat")
    assert kept_calibrations(library) == (made,)
    assert library.delete(ids[0])
    assert [clip.id for clip, _ in trained.sets()] == [ids[1]]
    assert library.delete_all() == 1
    assert trained.sets() == []
    assert library.all() == []
    assert kept_calibrations(library) == ()
    assert list((tmp_path / "data" / "clips").iterdir()) == []
