"""What several tests of the app begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from repsight.app.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty data folder."""
    opened = Library.open(tmp_path / "data")
    yield opened
    opened.close()
