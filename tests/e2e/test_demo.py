from pathlib import Path

import pytest

from repsight.cli.run import run


@pytest.mark.slow
def test_the_demo_prints_truth_beside_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPSIGHT_POSE", "lite")
    assert run(["demo", "--reps", "2", "--out", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "Truth beside findings" in captured.out
    assert "Reps: 2 done" in captured.out
    assert (tmp_path / "demo-squat" / "film.mp4").is_file()
    assert (tmp_path / "demo-squat" / "report.html").is_file()


def test_a_fault_the_athlete_does_not_know_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", "--fault", "yawning", "--out", str(tmp_path)]) == 2
    assert "shallow" in capsys.readouterr().err
    assert run(["demo", "-e", "chess", "--out", str(tmp_path)]) == 2
    assert "squat" in capsys.readouterr().err
