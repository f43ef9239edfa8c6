"""The knowledge base: complete, checked, found."""

from pathlib import Path

import pytest

from repsight.coach.cards.check import check_cards, missing_cards
from repsight.coach.cards.deck import Deck
from repsight.coach.cards.files import builtin_deck, read_pack, read_texts
from repsight.coach.cards.model import Card
from repsight.errors import UnreadableSource

GOOD = """
sources = ["heuristic"]
[[camera]]
about = "dark"
points = ["Open the curtain."]
"""


def cards_of(text: str) -> list[Card]:
    return list(read_texts({"pack.toml": text}))


def test_the_built_in_cards_pass_their_own_check() -> None:
    assert [str(problem) for problem in check_cards(builtin_deck().cards)] == []


def test_every_exercise_rule_and_variation_has_a_card() -> None:
    assert missing_cards(builtin_deck().cards) == []


def test_safety_and_limitation_cards_always_come_along() -> None:
    topics = {card.topic for card in builtin_deck().always(["knee"])}
    assert topics == {"safety", "limitation"}
    assert all("knee" in c.about for c in builtin_deck().always(["knee"]) if c.topic != "safety")


def test_a_question_finds_the_card_that_answers_it() -> None:
    found = builtin_deck().search("my heels come up at the bottom", exercise="squat", limit=3)
    assert "issue.squat.heel_rise" in {card.id for card in found}


def test_a_question_about_one_exercise_finds_no_card_of_another() -> None:
    found = builtin_deck().search("hips heels depth lockout", exercise="squat", limit=50)
    assert all(not card.exercises or "squat" in card.exercises for card in found)


def test_nothing_asked_finds_nothing() -> None:
    assert builtin_deck().search("?!", exercise="squat") == ()


def test_a_pack_of_the_users_comes_first(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")
    deck = builtin_deck().with_packs(read_pack(tmp_path))
    best = deck.best("camera", "dark")
    assert best is not None
    assert best.points == ("Open the curtain.",)


def test_a_card_with_the_id_of_another_replaces_it() -> None:
    first, second = (Card("same", "camera", ("dark",), points=(text,)) for text in ("A.", "B."))
    assert Deck((first,)).with_packs([second]).cards == (second,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[camera]]\nabout = 3", "neither a text nor a list"),
        ("[[weather]]\nabout = 'rain'", "unknown part 'weather'"),
        ("[[camera]]\nabout = 'dark'\ncolour = 'red'", "unknown entry 'colour'"),
        ("[[camera]\n", "is not TOML"),
        ("camera = [1]", "not a table"),
    ],
)
def test_a_broken_pack_is_named_with_its_card(text: str, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words) as caught:
        cards_of(text)
    assert "pack.toml" in str(caught.value)


def test_a_folder_without_cards_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no"):
        read_pack(tmp_path)
    with pytest.raises(UnreadableSource, match="not a folder"):
        read_pack(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("This prevents injury.", "injury claim"),
        ("Do three sets of this.", "holds a number"),
        ("no capital letter.", "is no sentence"),
        ("Say {name} aloud.", "asks for something other"),
        ("A" * 220 + ".", "longer than"),
    ],
)
def test_a_card_that_must_not_be_said_is_refused(points: str, words: str) -> None:
    cards = cards_of(f"sources = ['heuristic']\n[[camera]]\nabout = 'dark'\npoints = ['{points}']")
    assert any(words in problem.what for problem in check_cards(cards))


def test_a_card_needs_texts_a_source_and_something_to_be_about() -> None:
    found = {problem.what for problem in check_cards(cards_of("[[issue]]\nexercises = 'squat'"))}
    assert "says not what it is about" in found
    assert "has no fault" in found
    assert any("names no source" in what for what in found)


def test_a_card_about_a_rule_that_does_not_exist_is_refused() -> None:
    cards = cards_of("exercises = ['squat']\n[[issue]]\nabout = 'wobble'\nnot_with = ['mood']")
    found = {problem.what for problem in check_cards([*cards, *cards])}
    assert "is about something that does not exist: wobble" in found
    assert "knows no limitation 'mood'" in found
    assert "the id is used more than once" in found
