"""Small pieces of sentences that several pages, messages and questions are made of."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["listed", "one_of"]


def listed(parts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``; empty for nothing."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def one_of(known: Iterable[str], given: str) -> str:
    """What ``given`` may have been meant for: the known name nearest to it, else all of them."""
    names = sorted(known)
    near = get_close_matches(given, names, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Wanted one of: {', '.join(names)}."
