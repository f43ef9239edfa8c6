"""How it is done, as a drawing small enough for a report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from repsight.app.analyze import AnalyzeRequest, analyze_clip
from repsight.app.past import read_report
from repsight.app.still_figure import figures_of, still_figure
from repsight.app.technique import has_loop
from repsight.athlete.faults import Fault
from repsight.athlete.performance import perform
from repsight.core.report import ClipReport
from repsight.exercises import catalog
from repsight.landmarks_io import save_landmarks


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("heels")
    done = perform("squat", reps=2, seed=4, faults=[Fault("heel_rise")])
    save_landmarks(folder / "heels.npz", done.track(fps=15))
    analyze_clip(AnalyzeRequest(folder / "heels.npz", "squat", folder=folder))
    return folder


@pytest.fixture(scope="module")
def report(folder) -> ClipReport:
    return read_report(folder)


@pytest.mark.parametrize("exercise", [name for name in catalog() if has_loop(name)])
def test_every_figure_lies_in_its_picture(exercise):
    drawing = ET.fromstring(still_figure(exercise))  # noqa: S314 - our own drawing
    x, y, wide, tall = map(float, drawing.attrib["viewBox"].split())
    assert 0.2 < wide / tall < 5.0
    for path in drawing.iter("{http://www.w3.org/2000/svg}path"):
        left, top = map(float, re.match(r"M(-?\d+) (-?\d+)", path.attrib["d"]).groups())
        assert x <= left <= x + wide
        assert y <= top <= y + tall


def test_a_report_shows_how_it_is_done_beside_each_issue(folder, report):
    figures = figures_of(report)
    assert set(figures) == {("squat", "heel_rise")}
    page = (folder / "report.html").read_text()
    assert figures["squat", "heel_rise"] in page
    assert "How it is done" in page


def test_without_an_issue_or_a_loop_there_is_none(report):
    (seen,) = report.sets
    fine = replace(seen, verdicts=())
    own = replace(seen, exercise=replace(seen.exercise, id="own_invention"))
    assert figures_of(replace(report, sets=(fine, own))) == {}
