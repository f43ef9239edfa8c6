"""Which tracker made the landmarks that a figure stands on.

Landmarks are kept, because tracking takes minutes a clip; when the tracker changes, figures from
kept landmarks would go stale in silence. So each file says by which version it was made, and each
table of real pictures says how many of its clips are of another one.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

__all__ = ["MADE_BY", "maker_of", "provenance", "tracker_version"]

#: The name, inside a file of landmarks, of the version that made it.
MADE_BY = "made_by"
_PACKAGE = Path(__file__).resolve().parents[1] / "src" / "repsight"
_TRACKER = ("pose/*.py", "pose/models.toml", "video/read.py", "app/track_clip.py")
#: These make no landmarks from the pictures of a clip with the default backend.
_OTHERS = {"live.py", "mediapipe_tasks.py", "replay.py", "rtmpose.py", "single_pass.py"}


@cache
def tracker_version() -> str:
    """Twelve hexadecimal digits that change with the tracker's code or weights.

    Comments, docstrings and layout do not count.
    """
    files = sorted(file for pattern in _TRACKER for file in _PACKAGE.glob(pattern))
    parts = (_meaning(file) for file in files if file.name not in _OTHERS)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _meaning(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        can_be_documented = isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        )
        if can_be_documented and ast.get_docstring(node, clean=False):
            node.body = node.body[1:]
    return f"{file.name}\n{ast.dump(tree)}"


def maker_of(file: Path) -> str:
    """The version that made a file of landmarks; empty where the file does not say."""
    with np.load(file) as data:
        return str(data[MADE_BY]) if MADE_BY in data else ""


def provenance(files: Iterable[Path]) -> str:
    """One sentence on how many of these landmark files the present tracker made.

    Files that are absent do not count.
    """
    makers = [maker_of(file) for file in files if file.is_file()]
    other = sum(maker != tracker_version() for maker in makers)
    if not other:
        return f"Landmarks of {len(makers)} clips, all made by the present tracker."
    return f"Landmarks of {len(makers)} clips; {other} of them were made by another tracker."
