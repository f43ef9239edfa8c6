"""The network: what each sample means, a look both ways through time, and one answer."""

from __future__ import annotations

import torch
from torch import nn

from repsight.recognize.features import FEATURES

__all__ = ["Router", "parameter_count"]

_EMBEDDED = 64
_HIDDEN = 72


class Router(nn.Module):
    """(B, 30, F + 4) -> logits (B, classes): linear, BiLSTM, mean and maximum over time, linear.

    ``middle`` and ``spread`` (F + 4,) bring the features to a common scale first: a pelvis that
    rises by a hand counts as much as an elbow that bends.
    """

    middle: torch.Tensor
    spread: torch.Tensor

    def __init__(self, classes: int, middle: torch.Tensor, spread: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("middle", middle)
        self.register_buffer("spread", spread)
        self.enter = nn.Sequential(nn.Linear(len(FEATURES) + 4, _EMBEDDED), nn.GELU())
        self.through = nn.LSTM(_EMBEDDED, _HIDDEN, batch_first=True, bidirectional=True)
        self.leave = nn.Sequential(nn.Dropout(0.3), nn.Linear(4 * _HIDDEN, classes))

    def forward(self, windows: torch.Tensor) -> torch.Tensor:
        """Logits of a batch of windows."""
        states, _ = self.through(self.enter((windows - self.middle) / self.spread))
        return self.leave(torch.cat([states.mean(dim=1), states.amax(dim=1)], dim=1))


def parameter_count(model: nn.Module) -> int:
    """How many numbers are learnt."""
    return sum(weight.numel() for weight in model.parameters())
