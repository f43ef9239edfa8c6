"""tus 1.0 as the browser's client speaks it."""

from __future__ import annotations

import pytest

from tests.unit.api.conftest import TUS, encoded


def source(settings, address: str):
    (found,) = (settings.data / "clips" / address.rsplit("/", 1)[1]).glob("source*")
    return found


def test_pieces_make_the_file_byte_for_byte(begin, send, settings):
    address = begin(size_bytes=10)
    assert send(address, b"01234").headers["upload-offset"] == "5"
    assert send(address, b"56789", 5).headers["upload-offset"] == "10"
    assert source(settings, address).read_bytes() == b"0123456789"


def test_the_offset_is_what_is_on_disk(begin, send, client):
    address = begin(size_bytes=10)
    send(address, b"012")
    answer = client.head(address, headers=TUS)
    assert (answer.headers["upload-offset"], answer.headers["upload-length"]) == ("3", "10")
    assert answer.headers["cache-control"] == "no-store"


def test_a_piece_at_the_wrong_place_is_refused(begin, send, settings):
    address = begin(size_bytes=10)
    send(address, b"012")
    assert send(address, b"xyz", 0).status_code == 409
    assert source(settings, address).read_bytes() == b"012"


def test_more_bytes_than_announced_are_refused(begin, send):
    assert send(begin(size_bytes=3), b"0123").status_code == 413


def test_a_finished_upload_queues_one_analysis(begin, send, client):
    address = begin(size_bytes=3, exercise="squat")
    send(address, b"012")
    (clip,) = client.get("/api/clips").json()
    assert (clip["state"], clip["exercise"]) == ("queued", "squat")
    assert send(address, b"", 3).status_code == 409


def test_a_clip_too_large_is_refused_before_it_is_sent(client):
    headers = {**TUS, "Upload-Length": "1001", "Upload-Metadata": encoded(filename="a.mp4")}
    assert client.post("/api/uploads", headers=headers).status_code == 413


@pytest.mark.parametrize("name", ["notes.txt", "archive.zip", "", "mp4"])
def test_other_files_are_refused_in_words(client, name):
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": encoded(filename=name)}
    answer = client.post("/api/uploads", headers=headers)
    assert answer.status_code == 400
    assert "neither a clip nor a landmark file" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["../../etc/passwd.mp4", "..\\..\\x.mp4", "/etc/ssh/y.mp4"])
def test_a_name_cannot_choose_a_place_on_disk(begin, settings, client, name):
    address = begin(name)
    assert source(settings, address).parent.parent == settings.data / "clips"
    (clip,) = client.get("/api/clips").json()
    assert "/" not in clip["name"]
    assert "\\" not in clip["name"]


def test_an_unknown_exercise_is_refused(client):
    headers = {
        **TUS, "Upload-Length": "5", "Upload-Metadata": encoded(filename="a.mp4", exercise="fly"),
    }  # fmt: skip
    assert client.post("/api/uploads", headers=headers).status_code == 400


def test_metadata_that_is_no_base64_is_refused(client):
    headers = {**TUS, "Upload-Length": "5", "Upload-Metadata": "filename ***"}
    assert client.post("/api/uploads", headers=headers).status_code == 400


def test_another_protocol_version_is_refused(client):
    answer = client.post("/api/uploads", headers={"Upload-Length": "5"})
    assert answer.status_code == 412


def test_a_piece_of_another_kind_is_refused(begin, client):
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": "text/plain"}
    assert client.patch(begin(), content=b"0", headers=headers).status_code == 415


def test_an_upload_can_be_given_up(begin, client, settings):
    address = begin()
    assert client.delete(address, headers=TUS).status_code == 204
    assert client.head(address, headers=TUS).status_code == 404
    assert list((settings.data / "clips").iterdir()) == []


def test_the_server_says_what_it_can(client):
    answer = client.options("/api/uploads")
    assert answer.headers["tus-extension"] == "creation,termination"
    assert answer.headers["tus-max-size"] == "1000"
