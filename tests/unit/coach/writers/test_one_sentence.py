"""A summary that a model words sentence by sentence: what passes is its own, the rest is not."""

from __future__ import annotations

import json

import pytest

from repsight.coach.cards.files import builtin_deck
from repsight.coach.coach import coach
from repsight.coach.draft import BadDraft, Draft
from repsight.coach.facts import ledger_of
from repsight.coach.ledger import Ledger
from repsight.coach.planner import Plan, plan_of
from repsight.coach.template import write
from repsight.coach.writers.ask import NoAnswer, drafted_by_sentence
from repsight.coach.writers.one_sentence import sentence_from_json, sentence_request
from repsight.coach.writers.request import Request
from repsight.testing.sample_report import sample_report

LEDGER: Ledger = ledger_of(sample_report())
PLAN: Plan = plan_of(LEDGER, builtin_deck())
DRAFT: Draft = write(LEDGER, PLAN, builtin_deck())


def echo(request: Request, _left_s: float) -> str:
    """Every sentence as it was planned."""
    asked = json.loads(request.evidence)
    return json.dumps({"facts": list(asked["facts"])[:1], "text": asked["text"]})


def drafted(answer, deadline_s: float = 5.0) -> Draft:
    return drafted_by_sentence(
        answer, LEDGER, PLAN, builtin_deck(), name="m", deadline_s=deadline_s
    )


def test_sentences_that_pass_are_the_models():
    draft = drafted(echo)
    assert draft.source == "m"
    assert draft.note == ""
    assert len(draft.lines) == len(DRAFT.lines)


def test_one_refused_sentence_is_the_templates_and_the_others_stay():
    def answer(request: Request, left_s: float) -> str:
        if json.loads(request.evidence)["slot"] == "fix":
            return json.dumps({"facts": ["F1"], "text": "Your knees hurt, I can see that."})
        return echo(request, left_s)

    draft = drafted(answer)
    assert [one.text for one in draft.lines] == [one.text for one in DRAFT.lines]
    assert draft.note.startswith("1 of ")


def test_a_model_that_never_passes_gives_no_draft():
    with pytest.raises(BadDraft):
        drafted(lambda _request, _left_s: '{"facts": ["F1"], "text": "Perfect form."}')


def test_a_server_that_is_down_is_asked_once():
    asked = []

    def down(request: Request, _left_s: float) -> str:
        asked.append(request)
        raise NoAnswer("nobody there")

    with pytest.raises(NoAnswer):
        drafted(down)
    assert len(asked) == 1


def test_what_there_is_no_time_for_is_the_templates():
    with pytest.raises(BadDraft, match="no time"):
        drafted(echo, deadline_s=0.0)


@pytest.mark.parametrize(
    "text", ["", "fishing", "[]", '{"text": 5, "facts": []}', '{"facts": ["F1"]}', '{"a": 1}']
)
def test_an_answer_of_another_shape_is_refused(text: str):
    with pytest.raises(BadDraft):
        sentence_from_json(text, DRAFT.lines[0])


def test_a_placeholder_may_not_be_lost():
    line = next(one for one in DRAFT.lines if "{F" in one.text)
    with pytest.raises(BadDraft, match="left out"):
        sentence_from_json(json.dumps({"facts": list(line.facts), "text": "Well done."}), line)


def test_the_schema_has_the_ids_of_this_sentence_and_no_others():
    line = DRAFT.lines[0]
    schema = json.loads(json.dumps(sentence_request(line, LEDGER).schema))
    assert schema["properties"]["facts"]["items"]["enum"] == list(line.facts)


def test_the_report_says_how_many_sentences_are_the_models():
    class Writer:
        name = "m"

        def draft(self, ledger: Ledger, plan: Plan, deck) -> Draft:
            def answer(request: Request, left_s: float) -> str:
                if json.loads(request.evidence)["slot"] == "cue":
                    raise BadDraft("not today")
                return echo(request, left_s)

            return drafted_by_sentence(answer, ledger, plan, deck, name="m", deadline_s=5.0)

    said = coach(sample_report(), writer=Writer())
    assert (said.source, said.state) == ("m", "passed")
    assert "are the template's: not today" in said.reason
