"""The browser counts what the file counts: one rendered and one real film in front of its camera.

``python -m benchmarks.browser`` does the same with more of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.browser import Shot, filmed, real_films, taken

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: With fewer pictures a second the machine is busy with something else, and nothing is shown.
LEAST_HZ = 8.0


def check(shot: Shot, chromium: str, address: str) -> None:
    try:
        take = taken(shot, chromium, address)
    except RuntimeError as late:
        pytest.skip(f"this machine is too busy for a camera: {late}")
    if take.rate_hz < LEAST_HZ:
        pytest.skip(f"this machine is too busy: {take.rate_hz:.1f} pictures a second")
    assert (take.running, take.live) == (take.file, take.file)


def test_a_rendered_set_has_the_count_of_its_file(chromium, address, tmp_path):
    check(filmed("push_up", tmp_path), chromium, address)


def test_a_real_clip_has_the_count_of_its_file(chromium, address, tmp_path: Path, shared_dir: Path):
    check(next(real_films(shared_dir, tmp_path, most=1)), chromium, address)
