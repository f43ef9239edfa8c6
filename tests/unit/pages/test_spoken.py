"""The coach on the page: paragraphs, moments, curves and the facts behind every sentence."""

import re
from dataclasses import replace

from repsight.coach.coach import coached
from repsight.core.report import CoachSentence, CoachSummary
from repsight.pages.page import render_html
from repsight.pages.spoken import paragraphs_of
from repsight.testing.sample_report import empty_report, sample_report


def _summary(*slots: str) -> CoachSummary:
    return CoachSummary(tuple(CoachSentence(slot, slot, ("F1",)) for slot in slots))


def test_a_fix_its_reason_and_its_cue_are_read_together():
    parts = paragraphs_of(_summary("overview", "fix", "why", "cue", "fix", "cue", "next"))
    assert [(part.part, len(part.sentences)) for part in parts] == [
        ("lead", 1), ("fix", 3), ("fix", 2), ("next", 1)
    ]  # fmt: skip


def test_every_sentence_leads_to_a_fact_that_is_on_the_page():
    page = render_html(coached(sample_report()), video_name=None)
    cited = re.findall(r'class="cite" href="#(fact-F\d+)"', page)
    assert cited
    assert all(f'id="{name}"' in page for name in cited)


def test_a_fix_leads_to_its_moment_and_to_a_curve_of_the_page():
    page = render_html(coached(sample_report()), video_name=None)
    plots = re.findall(r'class="said" href="#([\w-]+)" data-t="[\d.]+" data-plot="\1"', page)
    assert plots
    assert all(f'id="{plot}"' in page for plot in plots)


def test_a_reason_why_the_template_spoke_is_shown():
    report = coached(sample_report())
    failed = replace(report.coach, state="failed_to_template", reason="The server did not answer.")
    page = render_html(replace(report, coach=failed), video_name=None)
    assert "The server did not answer." in page


def test_a_clip_without_a_set_has_a_coach_too():
    assert "Your coach" in render_html(coached(empty_report()), video_name=None)


def test_a_report_without_a_coach_has_no_empty_box():
    assert "Your coach" not in render_html(sample_report(), video_name=None)
