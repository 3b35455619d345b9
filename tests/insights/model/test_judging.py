"""The second opinion: what it is asked, what its doubts do, and how what was not judged is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from digest.insights.model.second_opinion import NO_ANSWER, NO_BUDGET, NO_WORD
from digest.llm.question import NoAnswer, Spent
from digest.llm.usage import Opinions
from digest.model import Check
from tests.insights.model.test_reader import DOCUMENT, RAISED, TEXT, Scripted, claimed, reader

if TYPE_CHECKING:
    from digest.model import Insight

MATTERS = "Power prices in the region rose 18% over the last year, Kestrel Research warned."
BORNE_OUT = {"id": "c1", "supported": True}


def judged(*rows: dict[str, Any] | NoAnswer, **more: Any) -> tuple[Insight, Scripted, Opinions]:
    """The insight that a true claim becomes with such a judge, the model that was asked, and what
    was counted.
    """
    answers = [row if isinstance(row, NoAnswer) else {"claims": [row]} for row in rows] or [
        {"claims": []}
    ]
    model, opinions = (
        Scripted({"ReadAnswer": [claimed(RAISED, **more)], "JudgedAnswer": answers}),
        Opinions(),
    )
    (insight,) = reader(model, opinions).read(DOCUMENT).insights
    return insight, model, opinions


def test_why_it_matters_is_put_to_the_judge_with_the_rest() -> None:
    """It is shown like the claim, so it is judged like it, in the same question and with the
    passages of its own.
    """
    _, model, opinions = judged(BORNE_OUT, why_it_matters=MATTERS)
    asked = [question for question in model.asked if question.task == "judge"]
    assert len(asked) == 1
    assert "Claim m1" in asked[0].prompt
    assert MATTERS in asked[0].prompt
    assert TEXT.splitlines()[3] in asked[0].prompt
    assert opinions.counts().judged == 1
    assert opinions.counts().unheard == {
        NO_WORD: 1
    }  # why it matters; the headline is the source's own


def test_what_the_judge_doubts_of_why_it_matters_costs_that_alone() -> None:
    """The claim stands without it, and nobody is asked to put it right."""
    insight, model, _ = judged(
        {"id": "m1", "supported": False, "why": "says nothing of costs"}, why_it_matters=MATTERS
    )
    assert (insight.text, insight.matters) == (RAISED, "")
    assert [question.form.__name__ for question in model.asked] == ["ReadAnswer", "JudgedAnswer"]


def test_what_why_it_matters_rests_on_is_evidence_of_the_insight() -> None:
    """Every sentence that a reader sees can be looked up."""
    insight, _, _ = judged(BORNE_OUT, why_it_matters=MATTERS, quotes=[TEXT.splitlines()[0]])
    assert insight.matters == MATTERS
    assert [span.quote for span in insight.evidence] == [TEXT.splitlines()[0], TEXT.splitlines()[3]]
    plain, _, _ = judged(BORNE_OUT, quotes=[TEXT.splitlines()[0]])
    assert [span.quote for span in plain.evidence] == [TEXT.splitlines()[0]]


def test_an_insight_is_judged_only_if_all_of_it_is() -> None:
    """The text passed; of why it matters, which stands beside it, the judge said nothing."""
    insight, _, _ = judged(BORNE_OUT, why_it_matters=MATTERS)
    assert dict(insight.checks)["judge"] == Check("n/a", NO_WORD)
    alone, _, _ = judged(BORNE_OUT)
    assert dict(alone.checks)["judge"] == Check("pass")


@pytest.mark.parametrize(
    ("error", "why"),
    [(Spent("the cap of $1.00 would be broken"), NO_BUDGET), (NoAnswer("HTTP 500"), NO_ANSWER)],
)
def test_what_was_not_judged_stands_and_says_why(error: NoAnswer, why: str) -> None:
    """No opinion is no doubt; the insight and the count tell that there was none."""
    insight, _, opinions = judged(error)
    assert (insight.text, insight.verdict) == (RAISED, "grounded")
    assert dict(insight.checks)["judge"] == Check("n/a", why)
    assert opinions.counts().json() == {"judged": 0, "doubted": 0, "not_judged": 1, "why": {why: 1}}
    assert list(opinions.counts().lines()) == [
        f"second opinion: 0 texts judged, 0 doubted; 1 not judged: {why}"
    ]


def test_doubts_are_counted() -> None:
    """A doubted claim is one of those judged."""
    model, opinions = (
        Scripted(
            {
                "ReadAnswer": [claimed(RAISED)],
                "JudgedAnswer": [{"claims": [{"id": "c1", "supported": False}]}],
            }
        ),
        Opinions(),
    )
    reader(model, opinions).read(DOCUMENT)
    assert (opinions.counts().judged, opinions.counts().doubted) == (1, 1)


def test_without_a_judge_nothing_is_said_of_one() -> None:
    """Neither in the report nor in an insight's checks."""
    (insight,) = reader(Scripted({"ReadAnswer": [claimed(RAISED)]})).read(DOCUMENT).insights
    assert "judge" not in dict(insight.checks)
    assert list(Opinions().counts().lines()) == []
