"""From a film of the digital athlete to everything a lifter gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from repsight import analyze
from repsight.app.analyze import Analysis, AnalyzeRequest, analyze_clip
from repsight.app.observe import Watching
from repsight.core.report_json import set_from_dict, to_dict
from repsight.errors import UnknownName, UnreadableSource
from tests.integration.clips import athlete_clip

LITE = Watching(model="lite")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("squat")


@pytest.fixture(scope="module")
def clip(folder: Path) -> Path:
    return athlete_clip(folder / "squat.mp4")


@pytest.fixture(scope="module")
def analysis(clip: Path, folder: Path) -> Analysis:
    return analyze_clip(AnalyzeRequest(clip, "squat", folder=folder / "out", watching=LITE))


def test_the_reps_are_counted(analysis: Analysis) -> None:
    assert [seen.rep_count for seen in analysis.report.sets] == [2]
    coach = analysis.report.coach
    assert (coach.state, coach.source) == ("passed", "template")
    assert coach.sentences[0].slot == "overview"
    assert "2" in coach.sentences[0].text
    assert "squat" in coach.sentences[0].text


def test_everything_is_in_the_folder(analysis: Analysis, folder: Path) -> None:
    assert analysis.unwritten == ()
    names = {path.relative_to(folder / "out").as_posix() for path in analysis.files}
    assert {"report.json", "report.html", "annotated.mp4", "landmarks.npz"} <= names
    assert any(name.startswith("stills/set1-rep1-") for name in names)
    there = {p.relative_to(folder / "out").as_posix() for p in (folder / "out").rglob("*.*")}
    assert there == names


def test_the_written_report_is_the_returned_one(analysis: Analysis, folder: Path) -> None:
    written = json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))
    assert written == to_dict(analysis.report)


def test_no_folder_of_this_machine_is_named_in_the_results(
    analysis: Analysis, folder: Path
) -> None:
    for name in ("report.json", "report.html"):
        assert str(folder) not in (folder / "out" / name).read_text(encoding="utf-8")


def test_a_replay_of_the_landmarks_gives_the_same_sets(analysis: Analysis, folder: Path) -> None:
    again = analyze_clip(AnalyzeRequest(folder / "out" / "landmarks.npz", "squat")).report
    assert [to_dict(seen) for seen in again.sets] == [
        to_dict(seen) for seen in analysis.report.sets
    ]
    assert again.quality == analysis.report.quality
    assert again.source.kind == "landmarks"


def test_one_thread_and_two_give_the_same_report(analysis: Analysis, clip: Path) -> None:
    alone = analyze_clip(AnalyzeRequest(clip, "squat", watching=Watching(model="lite", threads=1)))
    assert to_dict(alone.report) == to_dict(analysis.report)


def test_the_python_call_returns_the_report_and_writes_nothing(
    clip: Path, analysis: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = analyze(clip, exercise="squat", model="lite")
    assert to_dict(report) == to_dict(analysis.report)
    assert list(tmp_path.iterdir()) == []


def test_the_python_call_raises_for_the_callers_mistakes(clip: Path) -> None:
    with pytest.raises(UnknownName, match="handstand"):
        analyze(clip, exercise="handstand")
    with pytest.raises(UnreadableSource):
        analyze(clip.with_name("gone.mp4"))


def test_a_set_of_the_report_can_be_read_back(analysis: Analysis) -> None:
    seen = analysis.report.sets[0]
    assert to_dict(set_from_dict(to_dict(seen))) == to_dict(seen)


def test_a_lifter_who_leaves_is_judged_while_there(tmp_path: Path) -> None:
    clip = athlete_clip(tmp_path / "leaves.mp4", leaves=True)
    report = analyze_clip(AnalyzeRequest(clip, "squat", watching=LITE)).report
    assert [seen.rep_count for seen in report.sets] == [2]
    assert report.source.found_share < 0.9


def test_of_two_people_the_one_who_lifts_is_judged(tmp_path: Path) -> None:
    clip = athlete_clip(tmp_path / "two.mp4", neighbour_m=1.4, size=(480, 360))
    report = analyze_clip(AnalyzeRequest(clip, "squat", watching=LITE)).report
    assert len(report.source.people) == 2
    assert [seen.rep_count for seen in report.sets] == [2]
    (other,) = (person.index for person in report.source.people if not person.is_lifter)
    chosen = AnalyzeRequest(clip, "squat", watching=Watching(model="lite", person=other))
    assert sum(seen.rep_count for seen in analyze_clip(chosen).report.sets) == 0
