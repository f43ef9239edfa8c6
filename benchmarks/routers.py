"""Routers that never saw a clip's source: what is measured on real clips is measured with them."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from repsight.pose.runtime import open_session
from repsight.recognize import Router, load_network

__all__ = ["FOLDS", "unseen_router"]

FOLDS = Path(__file__).resolve().parents[1] / "training" / "router" / "folds"


def unseen_router(clip: str, folder: Path = FOLDS) -> Router | None:
    """The router whose training held no clip of this one's source; None for an unlisted clip."""
    mark = hashlib.sha256(clip.encode()).hexdigest()[:12]  # no name of a clip is kept here
    fold = _listed(folder).get(mark)
    return None if fold is None else _router(folder, fold)


@cache
def _listed(folder: Path) -> dict[str, int]:
    path = folder / "clips.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def _router(folder: Path, fold: int) -> Router:
    return load_network(folder, f"fold{fold}.onnx", open_session=open_session)
