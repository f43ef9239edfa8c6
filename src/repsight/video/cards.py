"""The cards of the video: the counter and the messages, made once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from repsight.video.canvas import Tile
from repsight.video.layout import Scale
from repsight.video.lettering import Line, Paragraph, card, label, text_width
from repsight.video.palette import INK, ISSUE, QUIET, REJECTED, TARGET, Rgb
from repsight.video.timeline import Message, Shown

__all__ = ["Cards"]

_ACCENTS: Final[dict[str, Rgb]] = {"issue": ISSUE, "rejected": REJECTED}


class Cards:
    """Makes the cards of one video in one scale; equal contents give the same tile."""

    def __init__(self, scale: Scale, phases: Sequence[str]) -> None:
        self._scale = scale
        words = [*phases, "00 not counted"]
        self._counter_width = max(text_width(word, scale.text) for word in words)
        self.counter = lru_cache(maxsize=64)(self._make_counter)
        self.message = lru_cache(maxsize=32)(self._make_message)
        self.target = lru_cache(maxsize=32)(self._make_target)

    def _make_counter(self, shown: Shown) -> Tile:
        """Count, phase and what was not counted; messages are no part of it."""
        scale = self._scale
        noun = "s in position" if shown.is_held else "rep" if shown.count == 1 else "reps"
        which = f"set {shown.set_number} · " if shown.set_count > 1 else ""
        number = Paragraph(str(shown.count), scale.number, INK, is_bold=True)
        parts: list[Paragraph | Line] = [
            Line((number, Paragraph(f" {which}{noun}", scale.small, QUIET)))
        ]
        if shown.phase:
            parts.append(Paragraph(shown.phase, scale.text, INK))
        if shown.rejected:
            text = f"{shown.rejected} not counted"
            parts.append(Paragraph(text, scale.small, REJECTED))
        return card(
            parts,
            width_px=scale.card_width,
            padding_px=scale.padding,
            least_width_px=self._counter_width + 2 * scale.padding,
        )

    def _make_message(self, message: Message) -> Tile:
        scale = self._scale
        accent = _ACCENTS[message.kind]
        parts: list[Paragraph | Line] = [Paragraph(message.title, scale.text, INK, is_bold=True)]
        if message.detail:
            parts.append(Paragraph(message.detail, scale.small, QUIET, gap=0.1))
        if message.cue:
            parts.append(Paragraph(message.cue, scale.text, INK, gap=0.15))
        return card(parts, width_px=scale.card_width, padding_px=scale.padding, accent=accent)

    def _make_target(self, text: str) -> Tile:
        return label(text, self._scale.small, TARGET)
