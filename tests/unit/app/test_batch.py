from pathlib import Path

from repsight.app.analyze import AnalyzeRequest, can_be_judged
from repsight.app.batch import Analysed, Failed, analyze_many
from repsight.app.observe import Watching
from repsight.errors import UnknownName, UnreadableSource
from tests.integration.clips import squat_landmarks


def test_each_request_has_its_outcome_in_order(tmp_path: Path) -> None:
    good = squat_landmarks(tmp_path / "good.npz", reps=2)
    requests = [
        AnalyzeRequest(tmp_path / "gone.npz"),
        AnalyzeRequest(good, "handstand"),
        AnalyzeRequest(good, "squat"),
    ]
    missing, unknown, done = analyze_many(requests)
    assert isinstance(missing, Failed)
    assert isinstance(missing.error, UnreadableSource)
    assert isinstance(unknown, Failed)
    assert isinstance(unknown.error, UnknownName)
    assert isinstance(done, Analysed)
    assert can_be_judged(done.analysis.report)
    assert [seen.rep_count for seen in done.analysis.report.sets] == [2]


def test_a_bug_met_in_one_clip_is_an_outcome(tmp_path: Path) -> None:
    good = squat_landmarks(tmp_path / "good.npz", reps=2)
    broken = Watching(size_px=("wide", "high"))  # pyright: ignore[reportArgumentType] - a bug
    first, second = analyze_many([AnalyzeRequest(good, watching=broken), AnalyzeRequest(good)])
    assert isinstance(first, Failed)
    assert isinstance(first.error, TypeError)
    assert isinstance(second, Analysed)


def test_no_request_writes_without_a_folder(tmp_path: Path) -> None:
    good = squat_landmarks(tmp_path / "good.npz", reps=2)
    list(analyze_many([AnalyzeRequest(good, "squat")]))
    assert [path.name for path in tmp_path.iterdir()] == ["good.npz"]
