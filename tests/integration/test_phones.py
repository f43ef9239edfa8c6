"""Phones on the same network: encrypted, with the key, and nothing else."""

from __future__ import annotations

import re
import ssl
import stat
import subprocess
import sys

import httpx2
import pytest
from cryptography import x509

from repsight.api.certificate import local_certificate
from repsight.cli.phones import Phones, shown_code
from repsight.errors import UserMistake

PHONES = ("--phones", "--phone-host", "127.0.0.1", "--phone-port", "0")


def test_the_certificate_is_kept_and_made_anew_for_another_address(tmp_path):
    first = local_certificate(tmp_path, ["192.0.2.7"])
    assert local_certificate(tmp_path, ["192.0.2.7"]) == first
    other = local_certificate(tmp_path, ["192.0.2.8"])
    assert other.fingerprint != first.fingerprint
    assert stat.S_IMODE(other.key.stat().st_mode) == 0o600
    found = x509.load_pem_x509_certificate(other.certificate.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "192.0.2.8" in map(str, names.get_values_for_type(x509.IPAddress))
    assert (found.not_valid_after_utc - found.not_valid_before_utc).days <= 397


def test_a_broken_certificate_is_replaced(tmp_path):
    local_certificate(tmp_path, ["192.0.2.7"])
    (tmp_path / "phones.crt").write_text("torn")
    assert local_certificate(tmp_path, ["192.0.2.7"]).certificate.read_bytes().startswith(b"-----")


def test_the_code_fits_a_terminal():
    code = shown_code("https://192.168.178.20:8766/?key=" + "k" * 32)
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", code).splitlines())) <= 80


def test_a_phone_is_served_encrypted_and_only_with_the_key(tmp_path):
    command = [sys.executable, "-m", "repsight", "serve", "--no-browser", "--port", "0"]
    server = subprocess.Popen(
        [
            *command,
            "--phones",
            "--phone-host",
            "127.0.0.1",
            "--phone-port",
            "0",
            "--data",
            str(tmp_path),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    said = ""
    while "show it only" not in said:
        line = server.stdout.readline()
        assert line, said
        said += line
    address = re.search(r"https://\S+", said)[0]
    base, key = address.split("/?")
    trusted = ssl.create_default_context(cafile=str(tmp_path / "phones.crt"))
    with httpx2.Client(base_url=base, verify=trusted) as phone:
        assert phone.get("/").status_code == 403
        welcome = phone.get(f"/?{key}")
        assert welcome.status_code == 303
        assert "secure" in welcome.headers["set-cookie"].lower()
        assert phone.get("/api/clips").json() == []
        assert phone.get("/api/clips", headers={"Host": "elsewhere.example"}).status_code == 403
    server.terminate()
    server.wait(20)
    server.stdout.close()


def test_an_address_that_is_not_ours_is_said_in_one_sentence(tmp_path):
    with pytest.raises(UserMistake, match="Phones cannot be served at 192"):
        Phones.open(tmp_path, "key", port=0, host="192.0.2.7")
