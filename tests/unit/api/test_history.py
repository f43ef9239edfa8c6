"""The history over HTTP: listed, compared, taken away, deleted, and refused where it must be."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from tests.trained import add_set

HOSTILE = '<img src=x onerror="alert(1)">.npz'
BEGIN = datetime(2026, 5, 4, 18, tzinfo=UTC)


@pytest.fixture
def library(client):
    return client.app.state.services.library


@pytest.fixture
def two(library) -> tuple[str, str]:
    """Two sets of squats, a week apart."""
    return (
        add_set(library, recorded_at=BEGIN, name=HOSTILE),
        add_set(library, recorded_at=BEGIN + timedelta(weeks=1), seed=9, reps=2),
    )


def test_sets_are_listed_in_sessions_newest_first(client, library, two):
    add_set(library, recorded_at=BEGIN + timedelta(minutes=10))
    told = client.get("/api/history").json()
    assert [len(one["sets"]) for one in told["sessions"]] == [1, 2]
    assert told["exercises"] == [{"id": "squat", "name": "Squat", "sets": 3}]
    first = told["sessions"][1]["sets"][0]
    assert (first["clip"], first["clip_name"], first["rep_count"]) == (two[0], HOSTILE, 3)


def test_trends_and_bests_of_an_exercise(client, two):
    told = client.get("/api/history/squat").json()
    trends = {one["id"]: one for one in told["trends"]}
    assert len(trends["range"]["points"]) == 2
    assert trends["range"]["change"]["direction"] == "unknown"
    assert {one["kind"] for one in told["bests"]} >= {"reps", "range"}
    assert client.get("/api/history/deadlift").json()["trends"] == []


def test_two_sets_are_compared(client, two):
    told = client.get(f"/api/compare?first={two[0]}.1&second={two[1]}.1").json()
    assert [len(told[one]["turns"]) for one in ("first", "second")] == [3, 2]
    first = told["first"]
    assert len(first["points"]) == len(first["t_s"])
    assert max(max(pair) for pair in first["bones"]) < len(first["points"][0]) / 2
    assert {one["id"] for one in told["numbers"]} >= {"range", "concentric"}


def test_a_set_can_be_taken_away(client, two):
    for form in ("json", "csv", "trc", "npz"):
        answer = client.get(f"/api/clips/{two[0]}/sets/1/export.{form}")
        assert answer.status_code == 200, form
        assert f"squat-set1.{form}" in answer.headers["content-disposition"]
        assert "img" not in answer.headers["content-disposition"]


def test_everything_can_be_taken_away(client, two):
    with zipfile.ZipFile(io.BytesIO(client.get("/api/export").content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert sum(name.endswith("landmarks.npz") for name in names) == 2
    assert not [name for name in names if name.startswith("/") or ".." in name]


def test_the_day_of_a_clip_can_be_corrected(client, two):
    told = {"recorded_at": "2026-04-01T10:00:00Z"}
    assert client.put(f"/api/clips/{two[0]}/recorded", json=told).status_code == 204
    when = client.get("/api/history").json()["sessions"][-1]["when"]
    assert when == "2026-04-01T10:00:00Z"
    for wrong in ("2999-01-01T00:00:00Z", "2026-04-01T10:00:00", "yesterday"):
        answer = client.put(f"/api/clips/{two[0]}/recorded", json={"recorded_at": wrong})
        assert answer.status_code in {400, 422}, wrong
    assert client.put(f"/api/clips/{'0' * 32}/recorded", json=told).status_code == 404


def test_an_upload_tells_when_its_file_was_made(client, begin, library):
    address = begin(recorded=str(int(BEGIN.timestamp() * 1000)))
    assert library.find(address.rsplit("/", 1)[1]).clip.recorded_at == BEGIN
    for nonsense in ("never", "9" * 40, "-9" * 9):
        address = begin(recorded=nonsense)
        assert library.find(address.rsplit("/", 1)[1]).clip.recorded_at is None


def test_everything_is_deleted_only_when_that_is_said(client, library, two):
    for told in ("", "?sure=no", "?sure="):
        assert client.delete(f"/api/everything{told}").status_code == 422
    assert len(library.all()) == 2
    assert client.delete("/api/everything?sure=yes").status_code == 204
    assert client.get("/api/history").json() == {"sessions": [], "exercises": []}


@pytest.mark.parametrize(
    "path",
    [
        "/api/clips/../../sets/1/replay",
        "/api/clips/%2e%2e%2f%2e%2e/sets/1/replay",
        f"/api/clips/{'0' * 32}/sets/1/replay",
        f"/api/clips/{'0' * 32}/sets/0/replay",
        f"/api/clips/{'0' * 32}/sets/1/export.json",
        f"/api/clips/{'0' * 32}/sets/1/export.exe",
        "/api/clips/..%2Fx/sets/1/export.csv",
        f"/api/compare?first={'0' * 32}.1&second={'0' * 32}.1",
        "/api/compare?first=../../etc/passwd.1&second=x.1",
        "/api/compare",
        "/api/history/..%2f..%2fetc",
        "/api/history/<script>",
    ],
)
def test_what_is_not_there_or_makes_no_sense_is_refused(client, path):
    answer = client.get(path)
    assert answer.status_code in {404, 422}
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/history"),
        ("GET", "/api/history/squat"),
        ("GET", f"/api/compare?first={'0' * 32}.1&second={'0' * 32}.1"),
        ("GET", f"/api/clips/{'0' * 32}/sets/1/replay"),
        ("GET", f"/api/clips/{'0' * 32}/sets/1/export.csv"),
        ("GET", "/api/export"),
        ("GET", "/api/calibrations"),
        ("POST", "/api/calibrations"),
        ("DELETE", "/api/calibrations"),
        ("DELETE", "/api/calibrations/squat"),
        ("PUT", f"/api/clips/{'0' * 32}/recorded"),
        ("DELETE", "/api/everything?sure=yes"),
    ],
)
def test_who_does_not_know_the_key_gets_nothing(stranger, method, path):
    assert stranger.request(method, path).status_code == 403


def test_a_set_is_deleted_and_its_clip_with_the_last(client, two):
    clips = {one["id"] for one in client.get("/api/clips").json()}
    gone = min(clips)
    assert client.delete(f"/api/clips/{gone}/sets/2").status_code == 404
    assert client.delete(f"/api/clips/{gone}/sets/1").status_code == 204
    assert {one["id"] for one in client.get("/api/clips").json()} == clips - {gone}
    assert client.delete(f"/api/clips/{gone}/sets/1").status_code == 404


def test_other_sites_cannot_delete(client, library, two):
    headers = {"Origin": "https://elsewhere.example"}
    assert client.delete("/api/everything?sure=yes", headers=headers).status_code == 403
    assert len(library.all()) == 2


def test_the_interface_is_described(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/history", "/api/compare", "/api/export", "/api/everything"} <= set(paths)
    told = [method for path in paths.values() for method in path.values()]
    assert all(one.get("summary") and one.get("description") for one in told)
