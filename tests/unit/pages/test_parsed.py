"""Templates are parsed once per installation, under the rules of Python's own cache."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from repsight.pages.parsed import template_environment

PAGE = "report.html.j2"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for everything compiled."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def kept(cache: Path) -> list[Path]:
    return sorted(cache.rglob("*.j2c"))


def test_a_parsed_template_is_kept_and_read_again(cache: Path) -> None:
    template_environment().get_template(PAGE)
    before = {path: path.stat().st_mtime_ns for path in kept(cache)}
    template_environment().get_template(PAGE)
    assert before
    assert {path: path.stat().st_mtime_ns for path in kept(cache)} == before


@pytest.mark.parametrize("damage", [b"", b"j2", b"not a template at all"])
def test_a_damaged_file_is_replaced(cache: Path, damage: bytes) -> None:
    template_environment().get_template(PAGE)
    whole = {path: path.read_bytes() for path in kept(cache)}
    for path, data in whole.items():
        path.write_bytes(data[:40] + damage if damage else b"")
    template_environment().get_template(PAGE)
    assert {path: path.read_bytes() for path in kept(cache)} == whole


def test_nothing_is_kept_where_python_keeps_nothing(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    template_environment().get_template(PAGE)
    assert not kept(cache)


def test_a_place_that_cannot_be_written_does_no_harm(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    monkeypatch.setattr(sys, "pycache_prefix", str(in_the_way))
    assert template_environment().get_template(PAGE)
    assert not kept(cache)
