"""A server without its worker, and a caller who knows the key."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from repsight.api.server import create_app
from repsight.api.settings import ServeSettings

KEY = "a-key-for-tests"
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def settings(tmp_path) -> ServeSettings:
    return ServeSettings(tmp_path / "data", KEY, most_bytes=1000)


@pytest.fixture
def stranger(settings) -> Iterator[TestClient]:
    app = create_app(settings, with_worker=False)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(stranger) -> TestClient:
    assert stranger.get(f"/?key={KEY}").status_code == 303
    return stranger


def encoded(**said: str) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())


@pytest.fixture
def begin(client):
    def begin(name: str = "set.mp4", size_bytes: int = 10, **said: str) -> str:
        headers = {
            **TUS,
            "Upload-Length": str(size_bytes),
            "Upload-Metadata": encoded(filename=name, **said),
        }
        answer = client.post("/api/uploads", headers=headers)
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    return begin


@pytest.fixture
def send(client):
    def send(address: str, data: bytes, offset: int = 0):
        headers = {
            **TUS,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        return client.patch(address, content=data, headers=headers)

    return send
