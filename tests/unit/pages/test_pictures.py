"""Stills that become part of the page."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from repsight.pages.pictures import EVIDENCE_PX, MOMENT_PX, album_of


def _jpeg(width_px: int, height_px: int) -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (height_px, width_px, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "JPEG")
    return out.getvalue()


def test_evidence_is_kept_larger_than_key_moments() -> None:
    source = {"a.jpg": _jpeg(1080, 1920), "b.jpg": _jpeg(1080, 1920)}
    album = album_of(source, evidence=["a.jpg"], moments=["b.jpg"])
    assert album.stills["a.jpg"].height_px == EVIDENCE_PX
    assert album.stills["b.jpg"].height_px == MOMENT_PX


def test_a_small_still_is_taken_as_it_is() -> None:
    data = _jpeg(120, 90)
    still = album_of({"a.jpg": data}, evidence=["a.jpg"], moments=[]).stills["a.jpg"]
    assert base64.b64decode(still.uri.partition(",")[2]) == data
    assert (still.width_px, still.height_px) == (120, 90)


def test_stills_over_the_budget_are_left_out_by_name() -> None:
    source = {f"{k}.jpg": _jpeg(200, 200) for k in range(4)}
    budget = 2 * len(source["0.jpg"]) + 100
    album = album_of(source, evidence=["0.jpg"], moments=list(source), budget_bytes=budget)
    assert len(album.stills) == 2
    assert "0.jpg" in album.stills
    assert set(album.left_out) == set(source) - set(album.stills)


def test_a_folder_serves_as_well_and_a_missing_still_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(_jpeg(60, 60))
    album = album_of(tmp_path, evidence=["a.jpg", "gone.jpg"], moments=[])
    assert list(album.stills) == ["a.jpg"]
    assert album.get("gone.jpg") is None


@pytest.mark.parametrize("data", [b"", b"not a picture", _jpeg(60, 60)[:80]])
def test_a_broken_still_is_left_out(data: bytes) -> None:
    assert album_of({"a.jpg": data}, evidence=["a.jpg"], moments=[]).stills == {}


def test_without_stills_the_album_is_empty() -> None:
    assert album_of(None, evidence=["a.jpg"], moments=[]).stills == {}
