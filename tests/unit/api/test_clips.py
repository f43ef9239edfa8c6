"""Clips over HTTP, without a worker: results are put where it would write them."""

from __future__ import annotations

import pytest


@pytest.fixture
def clip_id(begin, send) -> str:
    address = begin("bench <b>.mp4", 3)
    send(address, b"012")
    return address.rsplit("/", 1)[1]


@pytest.fixture
def result(settings, clip_id):
    folder = settings.data / "clips" / clip_id / "result"
    (folder / "stills").mkdir(parents=True)
    (folder / "report.json").write_text("{}")
    (folder / "report.html").write_text("<p>fine</p>")
    (folder / "annotated.mp4").write_bytes(bytes(range(100)))
    (folder / "stills" / "set1-rep1-depth.jpg").write_bytes(b"jpg")
    (folder / "secret.txt").write_text("no")
    return folder


def test_exercises_can_be_chosen(client):
    squat = next(one for one in client.get("/api/exercises").json() if one["id"] == "squat")
    assert ["low_bar", "Low bar"] in squat["variations"]


def test_a_clip_that_is_not_there_is_404(client):
    for address in ("/api/clips/0", "/api/clips/0/files/report.html"):
        assert client.get(address).status_code == 404
    assert client.delete("/api/clips/0").status_code == 404
    assert client.post("/api/clips/0/cancel").status_code == 404


def test_results_are_served(client, clip_id, result):
    for name in ("report.json", "report.html", "annotated.mp4", "stills/set1-rep1-depth.jpg"):
        assert client.get(f"/api/clips/{clip_id}/files/{name}").status_code == 200


@pytest.mark.parametrize(
    "name", ["secret.txt", "../source.mp4", "%2e%2e/source.mp4", "stills/../secret.txt", "key"]
)
def test_nothing_else_is_served(client, clip_id, result, name):
    assert client.get(f"/api/clips/{clip_id}/files/{name}").status_code == 404


def test_a_video_is_made_on_request_and_can_be_stopped(client, clip_id, result):
    def drawings(clip: dict) -> list[tuple[str, str]]:
        return [(one["kind"], one["state"]) for one in clip["drawings"]]

    (result / "annotated.mp4").unlink()
    address = f"/api/clips/{clip_id}/drawing"
    assert client.post(address, json={}).status_code == 404  # no landmarks
    (result / "landmarks.npz").write_bytes(b"points")
    for _ in range(2):
        answer = client.post(address, json={"kind": "annotated"})
        assert answer.status_code == 202
        assert drawings(answer.json()) == [("annotated", "queued")]
    stopped = client.post(f"{address}/cancel", json={"kind": "annotated"}).json()
    assert drawings(stopped) == [("annotated", "cancelled")]
    assert stopped["state"] == "queued"  # the analysis has not begun
    assert client.post(address, json={"kind": "reviewed"}).status_code == 404
    assert client.post(address, json={"kind": "../secret"}).status_code == 422


def test_videos_can_be_sought(client, clip_id, result):
    address = f"/api/clips/{clip_id}/files/annotated.mp4"
    answer = client.get(address, headers={"Range": "bytes=10-19"})
    assert answer.status_code == 206
    assert answer.content == bytes(range(10, 20))


def test_a_clip_has_a_picture_and_its_video(client, clip_id, result):
    assert client.get(f"/api/clips/{clip_id}/picture").content == b"jpg"
    answer = client.get(f"/api/clips/{clip_id}/video", headers={"Range": "bytes=1-1"})
    assert (answer.status_code, answer.content) == (206, b"1")
    assert answer.headers["content-type"] == "video/mp4"


def test_without_a_picture_or_a_video_there_is_none(client, begin, send):
    address = begin("set.npz", 3)
    send(address, b"012")
    clip_id = address.rsplit("/", 1)[1]
    for name in ("picture", "video"):
        assert client.get(f"/api/clips/{clip_id}/{name}").status_code == 404
        assert client.get(f"/api/clips/0/{name}").status_code == 404


def test_a_download_is_named_for_the_clip(client, clip_id, result):
    answer = client.get(f"/api/clips/{clip_id}/files/report.json?download=true")
    assert "bench" in answer.headers["content-disposition"]


def test_a_report_may_load_nothing_from_elsewhere(client, clip_id, result):
    answer = client.get(f"/api/clips/{clip_id}/files/report.html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_another_analysis_replaces_the_one_that_waits(client, clip_id):
    wish = {"exercise": "deadlift", "variation": "sumo"}
    answer = client.post(f"/api/clips/{clip_id}/analyse", json=wish)
    assert answer.status_code == 202
    assert answer.json()["exercise"] == "deadlift"
    assert answer.json()["state"] == "queued"


@pytest.mark.parametrize("wish", [{"exercise": "fly"}, {"nonsense": 1}, {"exercise": "x" * 65}])
def test_a_senseless_wish_is_refused(client, clip_id, wish):
    assert client.post(f"/api/clips/{clip_id}/analyse", json=wish).status_code in {400, 422}


def test_a_cancelled_clip_says_so(client, clip_id):
    assert client.post(f"/api/clips/{clip_id}/cancel").json()["state"] == "cancelled"


def test_a_deleted_clip_leaves_nothing(client, clip_id, result, settings):
    assert client.delete(f"/api/clips/{clip_id}").status_code == 204
    assert client.get("/api/clips").json() == []
    assert list((settings.data / "clips").iterdir()) == []


def test_the_page_and_its_parts_are_served(client):
    assert "<title>Repsight</title>" in client.get("/").text
    for part in ("app.js", "app.css", "vendor/preact.js", "vendor/tus.js", "icon.svg"):
        assert client.get(f"/{part}").status_code == 200


def test_every_asset_that_is_listed_is_served(client):
    listed = client.get("/api/assets").json()
    assert {"/app.js", "/sw.js", "/app.css", "/vendor/preact.js"} <= set(listed)
    assert all(client.head(path).status_code == 200 for path in listed)
    assert not [path for path in listed if path.endswith((".toml", ".html"))]
