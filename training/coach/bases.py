"""Which small models are fine-tuned, and how: named bases, and a random one that proves the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = ["BASES", "TINY", "Base", "Shape"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A llama-like network that begins with random weights."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    context: int


@dataclass(frozen=True, slots=True)
class Base:
    """A base model: where its weights are (empty: random), and how its adapter is trained.

    ``trains_words`` also trains the tables of words, which a random base needs.
    """

    place: str
    rank: int
    learning_rate: float
    batch: int
    steps_a_batch: int
    trains_words: bool = False
    shape: Shape | None = None


TINY: Final = "tiny"
BASES: Final[Mapping[str, Base]] = MappingProxyType(
    {
        "nemotron-3-nano-4b": Base("nvidia/NVIDIA-Nemotron-3-Nano-4B", 16, 2e-4, 4, 8),
        "qwen3.5-4b": Base("Qwen/Qwen3.5-4B", 16, 2e-4, 4, 8),
        "gemma-4-e4b": Base("google/gemma-4-E4B-it", 16, 2e-4, 4, 8),
        TINY: Base("", 64, 3e-3, 16, 1, trains_words=True,
                   shape=Shape(3072, 128, 3, 4, 384, 1024)),
    }
)  # fmt: skip
