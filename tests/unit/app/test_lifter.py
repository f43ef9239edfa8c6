from pathlib import Path

import pytest

from repsight.app.lifter import read_deck, read_profile
from repsight.coach.cards.files import builtin_deck
from repsight.errors import UserMistake

PROFILE = """
goal = "strength"
experience = "new"
limitations = ["left knee"]
equipment = ["barbell"]
units = "lb"
load = 135
"""


def test_a_profile_is_read_from_toml(tmp_path: Path):
    path = tmp_path / "me.toml"
    path.write_text(PROFILE)
    lifter = read_profile(path)
    assert (lifter.goal, lifter.experience, lifter.units) == ("strength", "new", "lb")
    assert lifter.load == pytest.approx(135)
    assert lifter.known_limitations == ("knee",)


@pytest.mark.parametrize(
    ("text", "named"),
    [("goal = ", "not TOML"), ("age = 5", "age"), ('goal = "fame"', "goal"), ("load = -1", "load")],
)
def test_a_profile_that_cannot_be_meant_says_why(tmp_path: Path, text: str, named: str):
    path = tmp_path / "me.toml"
    path.write_text(text)
    with pytest.raises(UserMistake, match=named):
        read_profile(path)


def test_a_profile_that_is_not_there_is_the_users_mistake(tmp_path: Path):
    with pytest.raises(UserMistake, match=r"me\.toml"):
        read_profile(tmp_path / "me.toml")


def test_without_a_folder_the_cards_are_those_of_the_package():
    assert read_deck(None) is builtin_deck()


def test_cards_that_make_a_claim_are_refused(tmp_path: Path):
    (tmp_path / "mine.toml").write_text(
        '[[goal]]\nabout = "strength"\npoints = ["This heals your back."]\nsources = ["me"]\n'
    )
    with pytest.raises(UserMistake, match=r"mine\.toml"):
        read_deck(tmp_path)
