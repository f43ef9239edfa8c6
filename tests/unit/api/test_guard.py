"""Who may call, and what a page may load."""

from __future__ import annotations

import numpy as np
import pytest

from repsight.api.refusals import Refusals
from tests.unit.api.conftest import KEY


@pytest.mark.parametrize("path", ["/", "/api/clips", "/app.js", "/?key=wrong", f"/x?key={KEY}"])
def test_without_the_key_nothing_is_shown(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "repsight serve" in answer.text


def test_the_key_moves_from_the_address_into_a_cookie(stranger):
    answer = stranger.get(f"/?key={KEY}")
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:80", "192.0.2.7"])
def test_a_foreign_host_name_is_refused(client, host):
    assert client.get("/api/clips", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765"])
def test_loopback_names_are_served(client, host):
    cookie = {"Host": host, "Cookie": f"repsight={KEY}"}
    assert client.get("/api/clips", headers=cookie).status_code == 200


def test_a_write_from_another_site_is_refused(client):
    for origin in ("https://evil.example", "null", "http://localhost:1"):
        answer = client.post("/api/clips/0/cancel", headers={"Origin": origin})
        assert answer.status_code == 403


def test_a_write_from_the_own_page_passes(client):
    answer = client.post("/api/clips/0/cancel", headers={"Origin": "http://localhost"})
    assert answer.status_code == 404


def test_a_broken_cookie_is_no_key(stranger):
    for cookie in ("repsight", "repsight=", "repsight=\x01", "=;;=", "repsight=" + "x" * 5000):
        assert stranger.get("/", headers={"Cookie": cookie}).status_code == 403


def test_refusals_are_logged_without_saying_who_or_what(stranger, client, caplog):
    stranger.cookies.clear()
    secret = {"Host": "anna.example", "Cookie": f"repsight={KEY}"}
    for path in ("/api/clips/anna.mp4", "/api/clips/anna.mp4"):
        stranger.get(path, headers=secret)
    stranger.post("/api/uploads", headers={"Origin": "https://anna.example"})
    stranger.get("/?key=wrong-anna")
    assert [one.getMessage() for one in caplog.records if one.name == "repsight"] == [
        "refused: another host name (1 so far)",
        "refused: another site (1 so far)",
        "refused: no key (1 so far)",
    ]
    assert "anna" not in "".join(one.getMessage() for one in caplog.records if one.name != "httpx")


def test_who_tries_again_and_again_fills_no_log(caplog):
    now_s = [0.0]
    refusals = Refusals(lambda: now_s[0])
    for now_s[0] in np.arange(0.0, 120.5, 0.5):
        refusals.add("no key")
    assert [one.getMessage() for one in caplog.records] == [
        f"refused: no key ({count} so far)" for count in (1, 121, 241)
    ]


def test_pages_carry_a_strict_policy(client):
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert headers["x-content-type-options"] == "nosniff"
