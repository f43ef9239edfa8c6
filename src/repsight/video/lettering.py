"""Text as small pictures: wrapped, on a dark card, in Pillow's own scalable typeface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from repsight.video.canvas import Tile
from repsight.video.palette import CARD, INK, Rgb

__all__ = ["Line", "Paragraph", "card", "label", "line_height", "text_width", "wrap"]

_CARD_OPACITY: Final = 0.8
_LEADING: Final = 1.28
#: Cards are drawn this much larger and reduced: smooth edges, and weights between whole pixels.
_FINE: Final = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text to be wrapped in one size, colour and weight; ``gap`` is space above, in lines."""

    text: str
    size_px: int
    colour: Rgb = INK
    is_bold: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces that stand on one base line, left to right."""

    pieces: tuple[Paragraph, ...]
    gap: float = 0.0


_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=64)
def _font(size_px: int) -> _Font:
    return ImageFont.load_default(size_px)


@lru_cache(maxsize=4096)
def text_width(text: str, size_px: int, *, is_bold: bool = False) -> int:
    """Width of ``text`` in pixels."""
    large = size_px * _FINE
    extra = 2 * _stroke(size_px) if is_bold else 0
    return int(np.ceil((_font(large).getlength(text) + extra) / _FINE))


def line_height(size_px: int) -> int:
    """Distance from one base line to the next in pixels."""
    return round(size_px * _LEADING)


def wrap(text: str, size_px: int, width_px: int, *, is_bold: bool = False) -> list[str]:
    """Break ``text`` into lines of at most ``width_px``; a word that is too long is broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_px, is_bold=is_bold) <= width_px:
            lines[-1] = longer
            continue
        pieces = _broken(word, size_px, width_px, is_bold=is_bold)
        lines += pieces
    return lines


def _broken(word: str, size_px: int, width_px: int, *, is_bold: bool) -> list[str]:
    if text_width(word, size_px, is_bold=is_bold) <= width_px:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size_px, is_bold=is_bold) > width_px:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def card(
    parts: Sequence[Paragraph | Line],
    *,
    width_px: int,
    padding_px: int,
    accent: Rgb | None = None,
    least_width_px: int = 0,
) -> Tile:
    """A dark card with text, never wider than ``width_px``; ``accent`` colours its left edge."""
    bar = max(2, padding_px // 2) if accent else 0
    room = max(width_px - 2 * padding_px - bar, 8)
    lines = [line for part in parts for line in _lines(part, room)]
    text_px = max((_line_width(line) for line in lines), default=0)
    width = _even(min(max(text_px + 2 * padding_px + bar, least_width_px), width_px))
    height = _even(sum(_advance(line) for line in lines) + 2 * padding_px)
    picture = Image.new("RGBA", (width * _FINE, height * _FINE), (*CARD, 0))
    draw = ImageDraw.Draw(picture)
    fill = (*CARD, round(255 * _CARD_OPACITY))
    box = (0, 0, picture.width - 1, picture.height - 1)
    draw.rounded_rectangle(box, padding_px * _FINE, fill=fill)
    if accent:
        draw.rounded_rectangle(
            (0, 0, 2 * padding_px * _FINE, picture.height - 1), padding_px * _FINE,
            fill=(*accent, 255), corners=(True, False, False, True),
        )  # fmt: skip
        draw.rectangle((bar * _FINE, 0, 2 * padding_px * _FINE, picture.height), fill=fill)
    _write(draw, lines, padding_px + bar, padding_px)
    return Tile(np.asarray(picture.reduce(_FINE)).copy())


def label(text: str, size_px: int, colour: Rgb) -> Tile:
    """A short text on a small card."""
    pad = max(2, size_px // 3)
    return card([Paragraph(text, size_px, colour)], width_px=100_000, padding_px=pad)


def _lines(part: Paragraph | Line, room: int) -> list[Line]:
    if isinstance(part, Line):
        return [part]
    texts = wrap(part.text, part.size_px, room, is_bold=part.is_bold)
    return [
        Line((Paragraph(text, part.size_px, part.colour, part.is_bold),), part.gap if not i else 0)
        for i, text in enumerate(texts)
    ]


def _line_width(line: Line) -> int:
    return sum(text_width(p.text, p.size_px, is_bold=p.is_bold) for p in line.pieces)


def _advance(line: Line) -> int:
    height = max(line_height(piece.size_px) for piece in line.pieces)
    return height + round(line.gap * height)


def _write(draw: ImageDraw.ImageDraw, lines: Sequence[Line], left: int, top: int) -> None:
    for line in lines:
        height = max(line_height(piece.size_px) for piece in line.pieces)
        top += _advance(line)
        base, x = top - round(height * 0.27), left
        for piece in line.pieces:
            stroke = _stroke(piece.size_px) if piece.is_bold else 0
            draw.text(
                (x * _FINE + stroke, base * _FINE), piece.text, fill=(*piece.colour, 255),
                font=_font(piece.size_px * _FINE), anchor="ls", stroke_width=stroke,
            )  # fmt: skip
            x += text_width(piece.text, piece.size_px, is_bold=piece.is_bold)


def _stroke(size_px: int) -> int:
    """The typeface has one weight: bold has a thin line around the letters, in fine pixels."""
    return max(1, round(size_px * _FINE / 40))


def _even(size: int) -> int:
    return size + size % 2
