"""A finding must not be turned into its opposite: too deep is not too shallow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from repsight.coach.checks.evidence import Problem, Said
from repsight.coach.checks.lexicon import pattern

__all__ = ["opposite_problems", "poles_in"]

#: Pairs of directions; a text can name one side of a pair, or deny the other.
_PAIRS: Final = (
    ("deep", "shallow"), ("up", "down"), ("inwards", "outwards"), ("forward", "backward"),
    ("wide", "narrow"), ("bent", "straight"), ("early", "late"),
)  # fmt: skip
_WORDS: Final = {side: pattern(f"pole_{side}") for pair in _PAIRS for side in pair}
_OTHER: Final = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
#: Words before a direction that say it was not so.
_DENIED: Final = re.compile(
    r"(?:\b(?:no|not|never|nothing|none|nor|neither|hardly|without|before|until|short of|instead of"
    r"|cannot|far from|more|should|(?<!\bi )could|must|miss\w*|needs?|wish\w*|want\w*|lack\w*)|n't)"
    r"(?:\s+\w+){0,4}\s*$"
)
_PRAISING: Final = frozenset({"praise"})
_FINDING: Final = frozenset({"fix", "watch", "close"})


@lru_cache(maxsize=1024)
def poles_in(text: str) -> frozenset[str]:
    """The directions that a text in small letters claims; a denied one counts as its opposite."""
    found: set[str] = set()
    for side, words in _WORDS.items():
        for match in words.finditer(text):
            is_denied = _DENIED.search(text[: match.start()])
            found.add(_OTHER[side] if is_denied else side)
    return frozenset(found)


def opposite_problems(said: Said) -> Iterator[Problem]:
    """Directions that are the opposite of what the cited finding, or praise, says."""
    if said.slot not in _FINDING | _PRAISING:
        return
    meant, own = _meant(said), poles_in(said.bare)
    for side in sorted(own - meant):
        if _OTHER[side] in meant - own:
            yield said.problem("opposite", f"says {side} where the fact says {_OTHER[side]}")


def _meant(said: Said) -> set[str]:
    word = "good" if said.slot in _PRAISING else "title"
    texts = [fact.words.get(word, "") for fact in said.facts]
    for card in said.cards:
        texts += card.good if said.slot in _PRAISING else card.fault
    return {side for text in texts for side in poles_in(text.lower())}
