"""How benchmarks name things and say what they are at."""

from __future__ import annotations

import sys

__all__ = ["tell", "words"]


def words(name: str) -> str:
    """An id such as ``push_up`` as it stands in a table."""
    return name.replace("_", " ")


def tell(text: str) -> None:
    """One line on stderr: what was missed, or how far the work is; stdout holds the table."""
    print(text, file=sys.stderr)
