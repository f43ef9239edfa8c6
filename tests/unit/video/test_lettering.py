from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repsight.video.lettering import Line, Paragraph, card, label, text_width, wrap
from repsight.video.palette import INK, ISSUE

texts = st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), max_size=80)


@given(texts, st.integers(12, 40), st.integers(60, 500))
def test_wrapped_lines_fit_and_nothing_is_lost(text: str, size_px: int, width_px: int) -> None:
    lines = wrap(text, size_px, width_px, is_bold=True)
    assert all(text_width(one, size_px, is_bold=True) <= width_px for one in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_a_word_that_is_too_long_is_broken() -> None:
    assert len(wrap("hyperextendedlockoutposition", 20, 100)) > 1


@pytest.mark.parametrize("width_px", [120, 240, 700])
def test_a_card_is_never_wider_than_allowed_and_has_even_sides(width_px: int) -> None:
    parts = [
        Paragraph("Rep 12: Hips rise before the bar", 19, INK, is_bold=True),
        Paragraph("Push the floor away and let the bar lead.", 16),
    ]
    tile = card(parts, width_px=width_px, padding_px=7, accent=ISSUE)
    assert tile.width <= width_px
    assert (tile.width % 2, tile.height % 2) == (0, 0)


def test_text_stays_off_the_edge_of_its_card() -> None:
    tile = card([Paragraph("gjpqy ABC", 24)], width_px=400, padding_px=8)
    bright = tile.rgba[..., :3].min(axis=2) > 120
    rows, columns = bright.any(axis=1).nonzero()[0], bright.any(axis=0).nonzero()[0]
    assert rows.min() >= 4
    assert rows.max() < tile.height - 4
    assert columns.min() >= 6
    assert columns.max() < tile.width - 6


def test_the_corners_are_round_and_the_card_is_see_through() -> None:
    tile = label("Hip below this line", 18, INK)
    assert tile.rgba[0, 0, 3] < 60
    assert 150 < tile.rgba[2, tile.width // 2, 3] < 250


def test_pieces_of_a_line_stand_beside_each_other() -> None:
    big, small = Paragraph("12", 60, INK, is_bold=True), Paragraph(" reps", 18)
    both = card([Line((big, small))], width_px=500, padding_px=6)
    alone = card([Line((big,))], width_px=500, padding_px=6)
    assert both.width > alone.width
    assert both.height == alone.height
