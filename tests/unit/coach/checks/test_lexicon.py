"""Groups of words: what is passed over quickly is never what would have been found."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from repsight.coach.checks.lexicon import Words, names_of, pattern
from repsight.coach.phrase_bank import phrases

DATA = Path(__file__).parents[3] / "data" / "coach"


def texts() -> list[str]:
    found = [text for bank in phrases().values() for job in bank.values() for text in job]
    for name in ("bad.toml", "honest.toml"):
        data = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
        found += re.findall(r"[A-Z][^'\"]+[.]", repr(data))
    return [text.lower() for text in found]


def test_no_group_passes_over_what_its_expression_finds():
    told = texts()
    assert len(told) > 600
    groups = ("claim_", "topic_", "change_", "pole_")
    for name in (one for group in groups for one in names_of(group)):
        words = pattern(name)
        plain = re.compile(words.source)
        missed = [text for text in told if plain.search(text) and not words.search(text)]
        assert missed == [], name


def test_a_group_without_known_beginnings_is_always_tried():
    assert Words(r"x\b").search("six")


def test_every_match_is_found_from_left_to_right():
    words = Words(r"\b(?:knees?|hips?)\b", ["knee", "hip"])
    assert [found[0] for found in words.finditer("hips and knees")] == ["hips", "knees"]
    assert words.fullmatch("hip")
    assert not words.search("shoulders")
