"""The page as text: complete, self-contained, escaped."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from repsight.coach.coach import coached
from repsight.core.report import ClipReport, NotJudged, SetReport
from repsight.pages import render_html, write_html
from repsight.testing.sample_report import (
    deadlift_report,
    empty_report,
    sample_report,
    squat_set,
    unknown_report,
)

REPORTS = [sample_report, deadlift_report, unknown_report, empty_report]
VOID = {"meta", "link", "img", "br", "input", "hr"}


class _Reader(HTMLParser):
    """Collects addresses and visible text, and checks that every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.addresses += [values[name] for name in ("src", "href", "action") if name in values]
        self.ids += [values["id"]] if "id" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def _with_set(**changes: object) -> ClipReport:
    seen = replace(squat_set(), **changes)  # type: ignore[arg-type] - fields of the test's choice
    return replace(sample_report(), sets=(seen,))


@pytest.mark.parametrize("make", REPORTS)
def test_every_kind_of_report_makes_a_whole_page(make: Callable[[], ClipReport]) -> None:
    reader = _Reader(render_html(make()))
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))


@pytest.mark.parametrize("make", REPORTS)
def test_the_page_points_to_nothing_but_itself_and_its_neighbours(
    make: Callable[[], ClipReport],
) -> None:
    for address in _Reader(render_html(make())).addresses:
        assert address.startswith(("#", "data:")) or "/" not in address, address


@pytest.mark.parametrize("make", REPORTS)
def test_no_unknown_number_reaches_the_page(make: Callable[[], ClipReport]) -> None:
    html = render_html(make())
    assert not re.search(r"\b(nan|inf|None(?! of)|undefined)\b", html.partition("<script>")[0])


def test_the_verdict_comes_before_everything_else() -> None:
    html = render_html(sample_report())
    order = ["Work on this", "What was good", "<video", "Rep by rep", "Through the set",
             "What was found", "Key moments", "Not counted</h2>", "Your way of doing it",
             "What could not be judged", "How far to trust", "How it was measured"]  # fmt: skip
    places = [html.index(word) for word in order]
    assert places == sorted(places)


def test_what_the_coach_has_said_is_not_said_again() -> None:
    led = coached(sample_report())
    page = _Reader(render_html(led)).text
    assert page.count("Sit until your hip is below") <= 1
    assert "Measured for it" in page
    assert "Work on this" not in page
    assert page.count("eet stayed flat") <= 1


def test_count_cue_evidence_and_source_are_on_the_page() -> None:
    text = _Reader(render_html(sample_report())).text
    for words in ("5 of 6 attempted reps counted", "Sit until your hip is below", "IPF rules",
                  "reps 4 and 5", "Partial range", "None of these is a fault",
                  "Film from the front", "Film one more set from the front"):  # fmt: skip
        assert words in text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_unknown_exercise_is_counted_without_any_verdict_on_form() -> None:
    text = _Reader(render_html(unknown_report())).text
    assert "Counted only" in text
    assert "To fix" not in text
    assert "lowering" not in text


def test_nothing_counted_is_said_plainly_and_with_advice() -> None:
    text = _Reader(render_html(empty_report())).text
    assert "Nothing to count" in text
    assert "Film the whole set" in text


def test_a_set_in_which_no_rep_counted_says_why() -> None:
    text = _Reader(render_html(_with_set(reps=(), rep_count=0, verdicts=()))).text
    assert "No movement counted as a repetition" in text
    assert "Partial range" in text


def test_a_set_of_which_nothing_could_be_judged_is_not_called_good() -> None:
    for outcome in ("cannot_judge", None):
        verdicts = tuple(replace(v, outcome=outcome) for v in squat_set().verdicts if outcome)
        text = _Reader(render_html(_with_set(verdicts=verdicts))).text
        assert "Nothing about form could be judged" in text
        assert "Nothing to fix" not in text


def test_several_sets_each_have_their_verdict_and_their_details() -> None:
    reader = _Reader(render_html(deadlift_report()))
    assert "2 sets, 6" in reader.text
    assert {"verdict-1", "verdict-2", "set-1", "set-2"} <= set(reader.ids)


EVIL = "<img src=x onerror=alert(1)>\"'&{{7*7}}</script><script>alert(1)</script>.mp4"


def test_names_with_markup_stay_text() -> None:
    report = sample_report(EVIL)
    seen = report.sets[0]
    verdict = replace(seen.verdicts[3], title=EVIL, cue=EVIL, source=EVIL, rule=EVIL)
    curve = replace(seen.curves[0], name=EVIL)
    rejected = replace(seen.rejected[0], explanation=EVIL)
    gap = NotJudged(EVIL, EVIL, EVIL, EVIL)
    seen = replace(seen, verdicts=(verdict,), curves=(curve,), rejected=(rejected,),
                   not_judged=(gap,))  # fmt: skip
    html = render_html(replace(report, sets=(seen,), summary=EVIL), video_name=EVIL)
    assert html.count("<script>") == 1
    assert "<img src=x" not in html
    assert "49</script>" not in html
    assert EVIL in _Reader(html).text


def test_the_script_of_the_page_is_the_one_that_its_policy_allows() -> None:
    html = render_html(sample_report())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1] or "default-src 'none'" in policy[1]
    assert "script-src 'sha256-" in policy[1]


def test_stills_become_part_of_the_page_with_a_text_for_those_who_cannot_see_them() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (64, 96), "navy").save(picture, "JPEG")
    html = render_html(sample_report(), stills={"set1-rep4-depth.jpg": picture.getvalue()})
    assert html.count("data:image/jpeg;base64,") == 1
    assert re.search(r'alt="Not deep enough, rep\s4: [^"]+thigh', html)


def test_the_page_stays_small_with_many_large_stills() -> None:
    seen = squat_set()
    reps = tuple(replace(seen.reps[0], number=k) for k in range(1, 60))
    picture = io.BytesIO()
    Image.effect_noise((315, 560), 90).convert("RGB").save(picture, "JPEG", quality=92)
    assert len(picture.getvalue()) * len(reps) > 5_000_000
    names = [f"set1-rep{rep.number}-at-bottom.jpg" for rep in reps]
    stills = dict.fromkeys(names, picture.getvalue())
    html = render_html(_with_set(reps=reps), stills=stills)
    assert 3_000_000 < len(html) < 5_000_000


def test_what_lies_beside_the_page_is_linked_and_what_does_not_is_not(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("{}")
    page = write_html(sample_report(), tmp_path / "report.html")
    html = page.read_text(encoding="utf-8")
    assert 'href="report.json"' in html
    assert "landmarks.npz" not in html
    assert "<video" not in html


def test_the_video_beside_the_page_is_played(tmp_path: Path) -> None:
    (tmp_path / "my set.mp4").write_bytes(b"")
    page = write_html(sample_report(), tmp_path / "report.html", video_name="my set.mp4")
    assert 'src="my%20set.mp4#t=2.40"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("make", REPORTS)
def test_the_page_never_claims_what_it_must_not(make: Callable[[], ClipReport]) -> None:
    text = _Reader(render_html(make())).text.lower()
    for word in ("perfect", "dangerous", "unsafe", "injur", "pain", "diagnos", "healthy"):
        assert word not in text


def test_a_set_without_times_or_metrics_still_makes_a_page() -> None:
    seen: SetReport = replace(squat_set(), curves=(), metrics={}, variations=(), corrections=())
    bare = tuple(replace(rep, metrics={}, moments=()) for rep in seen.reps)
    assert "Rep by rep" in render_html(replace(sample_report(), sets=(replace(seen, reps=bare),)))
