"""The second reading: what it is asked and shown, what its words count for, and how what was not
read is told.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from digest.grounding.meaning import NO_WORDS, NOT_SHOWN, NOT_THERE
from digest.insights.model.second_reading import NO_ANSWER, NO_BUDGET, NO_WORD
from digest.llm.question import NoAnswer, Spent
from digest.llm.usage import SecondReadingCounts, SecondReadings
from digest.model import Check
from tests.insights.model.test_reader import DOCUMENT, RAISED, TEXT, Scripted, claimed, reader

if TYPE_CHECKING:
    from digest.llm.question import Question
    from digest.model import Insight

MATTERS = "Power prices in the region rose 18% over the last year, Kestrel Research warned."
OWN = "Northwind Compute raised $1.2 billion from Harbor Partners on Tuesday"
BORNE_OUT = {"id": "c1", "words": OWN, "result": "supported"}


def row(result: str, words: str = "", why: str = "", name: str = "c1") -> dict[str, Any]:
    """What a second reading says of a claim."""
    return {"id": name, "words": words, "why": why, "result": result}


def read_twice(
    *rows: dict[str, Any] | NoAnswer, text: str = RAISED, **more: Any
) -> tuple[Insight, Scripted, SecondReadingCounts]:
    """The insight that a claim becomes with such a second reading, the model that was asked, and
    what was counted.
    """
    answers = [one if isinstance(one, NoAnswer) else {"claims": [one]} for one in rows] or [
        {"claims": []}
    ]
    says: dict[str, list[Any]] = {
        "ReadAnswer": [claimed(text, **more)],
        "SecondAnswer": answers,
        "MendedAnswer": [{"claims": []}],
    }
    model, counts = Scripted(says), SecondReadings()
    (insight,) = reader(model, counts).read(DOCUMENT).insights
    return insight, model, counts.counts()


def asked_again(model: Scripted) -> list[Question[Any]]:
    """The questions that were second readings."""
    return [question for question in model.asked if question.task == "judge"]


def meaning(insight: Insight) -> Check:
    """What is said of its meaning."""
    return dict(insight.checks)["meaning"]


# ---------------------------------------------------------------- what is asked


def test_a_second_reading_begins_with_the_words_that_the_first_began_with() -> None:
    """House rules, then the document as it was read: a provider that keeps the beginning of a
    prompt has it, and only the task and the claims are new.
    """
    _, model, _ = read_twice(BORNE_OUT)
    first, second = model.asked
    assert first.system == second.system
    end = first.prompt.index("===== END document") + 40
    assert TEXT.strip() in first.prompt[:end]
    assert first.prompt[:end] == second.prompt[:end]


def test_why_it_matters_is_asked_about_with_the_rest() -> None:
    """It is shown like the claim, so it is read like it, in the same question."""
    _, model, counts = read_twice(BORNE_OUT, why_it_matters=MATTERS)
    (question,) = asked_again(model)
    assert f"m1: {MATTERS}" in question.prompt
    assert counts.read == 1
    assert counts.unread == {NO_WORD: 1}  # why it matters; the headline is the source's own


def test_a_document_that_does_not_fit_is_shown_by_its_passages() -> None:
    """What the claim rests on is among them, what has nothing of it is not, and the question says
    that it is not all.
    """
    filler = "\n".join(f"Bakers in town {n} sold more bread rolls in spring." for n in range(900))
    long = replace(DOCUMENT, text=f"{filler}\n{TEXT}")
    model = Scripted({"ReadAnswer": [claimed(RAISED)], "SecondAnswer": [{"claims": [BORNE_OUT]}]})
    (insight,) = reader(model, SecondReadings()).read(long).insights
    (question,) = asked_again(model)
    assert TEXT.splitlines()[0] in question.prompt
    assert "Bakers in town 17 " not in question.prompt
    assert "passages of that document, not all of it" in question.prompt
    assert insight.verdict == "grounded"


def test_the_source_s_own_words_and_absent_facts_are_not_asked_about() -> None:
    """The ones need no reading, and no reading makes a number stand where it does not."""
    _, model, counts = read_twice(BORNE_OUT, text=TEXT.splitlines()[0])
    assert asked_again(model) == []
    _, model, counts = read_twice(BORNE_OUT, text=RAISED.replace("$1.2", "$2.1"))
    assert asked_again(model) == []
    assert list(counts.lines()) == []


# ---------------------------------------------------------------- what its words count for


def test_a_claim_whose_meaning_is_borne_out_is_grounded() -> None:
    """The words that decide stand beside it as the source has them, however they were copied."""
    insight, _, counts = read_twice(row("Supported", OWN.replace("$1.2 billion", "$1.2 Billion")))
    assert insight.verdict == "grounded"
    assert meaning(insight) == Check("pass", quote=OWN)
    assert counts.json() == {
        "read": 1,
        "borne_out": 1,
        "cleared": 0,
        "doubted": 0,
        "not_read": 0,
        "why": {},
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (row("supported", "Everybody in the valley agrees about that"), NOT_THERE),
        (row("contradicted", "They never raised a cent, says a person"), NOT_THERE),
        (row("supported"), NO_WORDS),
        (row("contradicted", "raised"), NO_WORDS),
        (row("certainly", OWN), NO_WORDS),
        (row("supported", OWN, name="c7"), NO_WORD),
    ],
)
def test_an_answer_without_words_of_the_source_does_not_count(
    said: dict[str, Any], why: str
) -> None:
    """Neither for the claim nor against it: its facts are checked, and nobody has read it."""
    insight, _, counts = read_twice(said)
    assert (insight.text, insight.verdict) == (RAISED, "checked")
    assert meaning(insight) == Check("n/a", why)
    assert counts.unread == {why: 1}


def test_a_contradiction_goes_the_way_of_a_failing_claim() -> None:
    """The writer is told what differs, with the source's words; what it cannot mend gives way to
    the source's own sentence.
    """
    said = row("contradicted", "said the round values it at $9 billion", "of the round, not before")
    insight, model, counts = read_twice(said)
    assert insight.verdict == "extract"
    mend = next(one for one in model.asked if one.form.__name__ == "MendedAnswer")
    assert "of the round, not before “said the round values it at $9 billion”" in mend.prompt
    assert counts.doubted == 1


def test_what_a_whole_document_does_not_say_is_doubted_and_passages_never_say_that() -> None:
    """What is not shown may stand in the rest."""
    insight, _, _ = read_twice(row("not_said", why="says nothing of Ohio"))
    assert insight.verdict == "extract"
    filler = "\n".join(f"Bakers in town {n} sold more bread rolls in spring." for n in range(900))
    model = Scripted(
        {"ReadAnswer": [claimed(RAISED)], "SecondAnswer": [{"claims": [row("not_said")]}]}
    )
    long = replace(DOCUMENT, text=f"{filler}\n{TEXT}")
    (insight,) = reader(model, SecondReadings()).read(long).insights
    assert (insight.verdict, meaning(insight)) == ("checked", Check("n/a", NOT_SHOWN))


def test_a_flag_of_wording_is_cleared_by_words_of_the_source() -> None:
    """The check says so, and the claim is grounded as it was written."""
    turned = "Power prices in the region did not rise 18% over the last year, Kestrel warned."
    words = "power prices in the region rose 18% over the last year"
    insight, model, counts = read_twice(row("supported", words), text=turned)
    assert (insight.text, insight.verdict) == (turned, "grounded")
    assert dict(insight.checks)["direction"].why == f"cleared by the second reading: “{words}”"
    assert counts.cleared == 1
    assert [one.form.__name__ for one in model.asked] == ["ReadAnswer", "SecondAnswer"]
    still, _, _ = read_twice({"id": "c9"}, text=turned)
    assert still.verdict == "extract"


def test_what_is_doubted_of_why_it_matters_costs_that_alone() -> None:
    """The claim stands without it, and nobody is asked to put it right."""
    insight, model, _ = read_twice(
        row("not_said", why="says nothing of costs", name="m1"), why_it_matters=MATTERS
    )
    assert (insight.text, insight.matters) == (RAISED, "")
    assert [question.form.__name__ for question in model.asked] == ["ReadAnswer", "SecondAnswer"]


def test_what_why_it_matters_rests_on_is_evidence_of_the_insight() -> None:
    """Every sentence that a reader sees can be looked up."""
    insight, _, _ = read_twice(BORNE_OUT, why_it_matters=MATTERS, quotes=[TEXT.splitlines()[0]])
    assert insight.matters == MATTERS
    assert [span.quote for span in insight.evidence] == [TEXT.splitlines()[0], TEXT.splitlines()[3]]
    plain, _, _ = read_twice(BORNE_OUT, quotes=[TEXT.splitlines()[0]])
    assert [span.quote for span in plain.evidence] == [TEXT.splitlines()[0]]


def test_an_insight_is_grounded_only_if_all_of_it_was_read() -> None:
    """The text was borne out; of why it matters, which stands beside it, nothing was said."""
    insight, _, _ = read_twice(BORNE_OUT, why_it_matters=MATTERS)
    assert (insight.verdict, meaning(insight)) == ("checked", Check("n/a", NO_WORD))


@pytest.mark.parametrize(
    ("error", "why"),
    [(Spent("the cap of $1.00 would be broken"), NO_BUDGET), (NoAnswer("HTTP 500"), NO_ANSWER)],
)
def test_what_was_not_read_stands_and_says_why(error: NoAnswer, why: str) -> None:
    """No answer is no doubt; the insight and the count tell that there was none."""
    insight, _, counts = read_twice(error)
    assert (insight.text, insight.verdict, meaning(insight)) == (
        RAISED,
        "checked",
        Check("n/a", why),
    )
    assert list(counts.lines()) == [
        f"second reading: 0 texts read, 0 borne out, 0 doubted; 1 not read: {why}"
    ]


def test_without_a_second_reader_nothing_is_said_of_one() -> None:
    """Neither in the report nor in an insight's checks, and the verdict is what code can say."""
    (insight,) = reader(Scripted({"ReadAnswer": [claimed(RAISED)]})).read(DOCUMENT).insights
    assert insight.verdict == "checked"
    assert "meaning" not in dict(insight.checks)
    assert list(SecondReadingCounts().lines()) == []
