"""The source of the package, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.source import Module, read_module


@pytest.fixture(scope="session")
def modules(repository: Path) -> list[Module]:
    """Every module of the package in the checkout."""
    root = repository / "src"
    return [read_module(path, root) for path in sorted((root / "repsight").rglob("*.py"))]
