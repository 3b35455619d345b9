"""Reading a document with a model: what the checks do with what it claims."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Newsletter
from digest.insights.model.claims import Checks, shortened
from digest.insights.model.prompts import Asking
from digest.insights.model.reader import ModelReader
from digest.insights.model.second_reading import SecondReader
from digest.llm.question import Answer, NoAnswer, TooLong
from digest.model import Document, Mark

if TYPE_CHECKING:
    from digest.llm.question import Form, Question, Task
    from digest.llm.usage import SecondReadings

TEXT = (
    "Northwind Compute raised $1.2 billion from Harbor Partners on Tuesday to build data centres in"
    " Ohio.\nThe company, led by chief executive Ada Brandt, said the round values it at $9"
    " billion, up from $4 billion in March.\nBrandt said the first site would open in 2027 and draw"
    " 300 megawatts.\nAnalysts at Kestrel Research warned that power prices in the region rose 18%"
    " over the last year.\n"
)
DOCUMENT = Document(
    entry_id="e1",
    url="https://news.example/northwind",
    feed_url="https://news.example/feed",
    kind="news",
    title="Northwind Compute raises $1.2 billion",
    publisher="The Example",
    published=datetime(2026, 2, 3, tzinfo=UTC),
    when=datetime(2026, 2, 3, tzinfo=UTC),
    basis="article",
    text=TEXT,
)
RAISED = (
    "Northwind Compute raised $1.2 billion from Harbor Partners to build data centres in Ohio, at a"
    " valuation of $9 billion."
)


@dataclass
class Scripted:
    """A model that says what it is told to say: one value for each question of a kind, the last one
    again and again.
    """

    says: dict[str, list[Any]]
    tokens: int = 8000
    asked: list[Question[Any]] = field(default_factory=list)
    name: str = "scripted"

    def room(self, task: Task) -> int:  # noqa: ARG002  the seam has it
        """As `Answerer`."""
        return self.tokens

    def ask(self, question: Question[Form]) -> Answer[Form]:
        """As `Answerer`."""
        self.asked.append(question)
        script = self.says.get(question.form.__name__, [NoAnswer("nothing scripted")])
        value = script.pop(0) if len(script) > 1 else script[0]
        value = value(question) if callable(value) else value
        if isinstance(value, NoAnswer):
            raise value
        return Answer(question.form.model_validate_json(json.dumps(value)), self.name)


def reader(model: Scripted, counts: SecondReadings | None = None) -> ModelReader:
    """A reader with the real prompts and checks; with a second reader where readings are to be counted."""
    asking = Asking(Newsletter(), "", None)
    return ModelReader(
        model,
        asking,
        Checks(model, asking, SecondReader(model, asking, counts) if counts else None),
    )


def claimed(text: str, **more: Any) -> dict[str, Any]:
    """An answer of one insight."""
    return {
        "insights": [
            {"headline": "Northwind Compute raises $1.2 billion", "what_happened": text, **more}
        ]
    }


def test_a_true_claim_is_grounded_with_the_passages_that_it_quotes() -> None:
    """What the document bears out stands, and its evidence is the document's own text at the right
    place.
    """
    quote = (
        "Northwind Compute raised $1.2 billion from Harbor Partners on Tuesday to build data"
        " centres in Ohio."
    )
    reading = reader(
        Scripted(
            {
                "ReadAnswer": [
                    claimed(RAISED, quotes=[quote], organisations=["Harbor Partners", "Nobody Inc"])
                ]
            }
        )
    ).read(DOCUMENT)
    (insight,) = reading.insights
    assert (insight.text, insight.verdict, insight.organisations) == (
        RAISED,
        "checked",
        ("Harbor Partners",),
    )
    assert all(span.quote == TEXT[span.start : span.end] for span in insight.evidence)
    assert insight.evidence[0].quote.startswith("Northwind Compute raised")
    assert (
        reading.tally.made,
        reading.tally.repaired,
        reading.tally.replaced,
        reading.tally.dropped,
    ) == (1, 0, 0, 0)


def test_a_false_number_is_put_right_once_with_the_reason() -> None:
    """The model is told what is wrong, and its second attempt is checked like the first."""
    model = Scripted(
        {
            "ReadAnswer": [claimed(RAISED.replace("$1.2", "$2.1"))],
            "MendedAnswer": [
                {
                    "claims": [
                        {"id": "c1", "text": RAISED},
                        {"id": "c7", "text": "An id that nobody asked about."},
                    ]
                }
            ],
        }
    )
    reading = reader(model).read(DOCUMENT)
    assert [one.text for one in reading.insights] == [RAISED]
    assert reading.tally.repaired == 1
    assert "$2.1" in model.asked[1].prompt
    assert "not in the cited" in model.asked[1].prompt


@pytest.mark.parametrize(
    "second",
    [
        NoAnswer("gone"),
        {"claims": []},
        {"claims": [{"id": "c1", "text": "Northwind raised $7 billion."}]},
    ],
)
def test_what_stays_wrong_gives_way_to_the_source_s_own_sentence(second: Any) -> None:
    """A claim that fails twice is replaced by what the document says where the claim came closest,
    word for word.
    """
    model = Scripted(
        {"ReadAnswer": [claimed(RAISED.replace("$1.2", "$2.1"))], "MendedAnswer": [second]}
    )
    reading = reader(model).read(DOCUMENT)
    (insight,) = reading.insights
    assert insight.verdict == "extract"
    assert insight.text in TEXT
    assert reading.tally.replaced == 1
    assert "2.1" in reading.tally.why[0]


def test_a_claim_about_something_else_is_dropped() -> None:
    """Where the document says nothing near, there is nothing to replace a claim with."""
    crossed = (
        "Meridian Foods will close four bakeries in Portugal after a fire in its Lisbon warehouse."
    )
    reading = reader(
        Scripted({"ReadAnswer": [claimed(crossed)], "MendedAnswer": [{"claims": []}]})
    ).read(DOCUMENT)
    assert reading.insights == ()
    assert (reading.tally.made, reading.tally.dropped) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        RAISED + " Read more at https://evil.example/offer.",
        RAISED + " Write to boss@evil.example.",
        RAISED + " <b>Buy now</b>.",
        "Subscribe now. " + RAISED,
    ],
)
def test_what_must_not_be_shown_is_not_shown_even_if_the_document_said_it(text: str) -> None:
    """An address, markup or an appeal in a model's text fails whatever its source says."""
    document = replace(DOCUMENT, text=TEXT + text + "\n")
    reading = reader(
        Scripted({"ReadAnswer": [claimed(text)], "MendedAnswer": [{"claims": []}]})
    ).read(document)
    assert all(
        "evil" not in one.text and "<b>" not in one.text and "Subscribe" not in one.text
        for one in reading.insights
    )


def test_a_byline_that_a_model_copied_is_no_news() -> None:
    """A copied sentence is shown as it stands, so it must be one that an extract may be."""
    byline = "Written by Ada Brandt, Contributing Writer, Feb. 3, 2026 at 9:01 p.m."
    document = replace(DOCUMENT, text=f"{byline}\n{TEXT}")
    reading = reader(
        Scripted({"ReadAnswer": [claimed(byline)], "MendedAnswer": [{"claims": []}]})
    ).read(document)
    assert all("Written by" not in one.text for one in reading.insights)


def test_a_menu_that_a_model_copied_with_its_sentence_is_no_news() -> None:
    """What a page glues before its first sentence is no part of it."""
    title = "Northwind Compute raises $1.2 billion for its data centres in Ohio"
    copied = (
        f"Home News Chips {title} Harbor Partners gave the money to a firm that builds in Ohio."
    )
    document = replace(DOCUMENT, title=title, text=f"{copied}\n{TEXT}")
    reading = reader(
        Scripted({"ReadAnswer": [claimed(copied)], "MendedAnswer": [{"claims": []}]})
    ).read(document)
    assert all("Home News" not in one.text for one in reading.insights)


def test_a_headline_that_does_not_hold_is_none() -> None:
    """The headline is checked apart from the text; the story is then headed by its source's
    title.
    """
    answer = {
        "insights": [
            {
                "headline": "Harbor Partners buys Northwind Compute for $90 billion",
                "what_happened": RAISED,
            }
        ]
    }
    (insight,) = reader(Scripted({"ReadAnswer": [answer]})).read(DOCUMENT).insights
    assert insight.headline == ""


def test_a_headline_is_put_right_like_a_claim() -> None:
    """Both go into one question, and what becomes of the headline counts as no claim."""
    answer = {
        "insights": [{"headline": "Northwind Compute raises $7 billion", "what_happened": RAISED}]
    }
    mended = {
        "claims": [{"id": "h1", "text": "Northwind Compute is worth $9 billion after a new round"}]
    }
    reading = reader(Scripted({"ReadAnswer": [answer], "MendedAnswer": [mended]})).read(DOCUMENT)
    assert reading.insights[0].headline == "Northwind Compute is worth $9 billion after a new round"
    assert (reading.tally.made, reading.tally.repaired) == (1, 0)


def test_why_it_matters_is_kept_only_where_the_document_says_so() -> None:
    """A consequence that the model thought of is left out; the rest of the insight stands."""
    invented = claimed(
        RAISED,
        why_it_matters="This will push Microsoft to cut its capital spending by half in 2028.",
    )
    (insight,) = reader(Scripted({"ReadAnswer": [invented]})).read(DOCUMENT).insights
    assert (insight.text, insight.matters) == (RAISED, "")


@pytest.mark.parametrize("text", ["1.", "“”.", "— —"])
def test_a_claim_without_words_is_none(text: str) -> None:
    """What says nothing is not word for word in the document; it is dropped."""
    answer = {"insights": [{"headline": text, "what_happened": text}]}
    reading = reader(Scripted({"ReadAnswer": [answer], "MendedAnswer": [{"claims": []}]})).read(
        DOCUMENT
    )
    assert (reading.insights, reading.tally.made, reading.tally.dropped) == ((), 1, 1)


def test_a_claim_that_only_the_title_makes_rests_on_nothing() -> None:
    """Evidence is a passage of the text; an insight without any is dropped with that reason."""
    document = replace(
        DOCUMENT,
        title="Vantage Rail signs a $40 billion deal with Meridian Foods",
        text="Neither of the two would comment.\n",
    )
    reading = reader(
        Scripted(
            {"ReadAnswer": [claimed("Vantage Rail signed a $40 billion deal with Meridian Foods.")]}
        )
    ).read(document)
    assert (reading.insights, reading.tally.dropped) == ((), 1)
    assert reading.tally.why == ("no passage of the document bears it out",)


def test_a_copied_claim_is_an_extract_and_nothing_of_the_model_stands_with_it() -> None:
    """Sentences that were copied follow each other as they are; why it matters would be the model's
    word under that label.
    """
    first, _, third, fourth = TEXT.splitlines()
    answer = claimed(f"{first} {third}", why_it_matters=fourth)
    (insight,) = reader(Scripted({"ReadAnswer": [answer]})).read(DOCUMENT).insights
    assert (insight.verdict, insight.text, insight.matters) == ("extract", f"{first} {third}", "")


def test_what_a_figure_measures_is_checked_like_the_figure() -> None:
    """A true figure does not carry an invention into issue.json."""
    rows = [
        {"figure": "$1.2 billion", "measures": what}
        for what in ("money raised", "fine that Zbigniew Quillfeather paid")
    ]
    (insight,) = (
        reader(Scripted({"ReadAnswer": [claimed(RAISED, figures=rows)]})).read(DOCUMENT).insights
    )
    assert [(one.text, one.what) for one in insight.figures] == [
        ("$1.2 billion", "money raised"),
        ("$1.2 billion", ""),
    ]


def test_whose_a_figure_is_and_for_when_stands_in_the_document() -> None:
    """What the model adds of its own is left out."""
    rows = [
        {"figure": "18%", "measures": "power prices", "owner": owner, "period": period}
        for owner, period in (("Kestrel Research", "the last year"), ("Quillfeather", "June 1931"))
    ]
    (insight,) = (
        reader(Scripted({"ReadAnswer": [claimed(RAISED, figures=rows)]})).read(DOCUMENT).insights
    )
    assert [(one.owner, one.period) for one in insight.figures] == [
        ("Kestrel Research", "the last year"),
        ("", ""),
    ]


def test_a_name_is_not_found_in_the_middle_of_a_word() -> None:
    """Harbor Partners does not make "art" somebody."""
    (insight,) = (
        reader(Scripted({"ReadAnswer": [claimed(RAISED, people=["art", "Ada Brandt"])]}))
        .read(DOCUMENT)
        .insights
    )
    assert insight.people == ("Ada Brandt",)


def test_a_headline_or_a_reason_that_runs_on_is_left_out() -> None:
    """Both are cut in code: true or not, they would break the page."""
    long = TEXT.splitlines()[1].rstrip(".") + ", and " + TEXT.splitlines()[3]
    answer = {
        "insights": [
            {
                "headline": long,
                "what_happened": RAISED,
                "why_it_matters": f"{long[:-1]}, and {long}",
            }
        ]
    }
    model = Scripted({"ReadAnswer": [answer]})
    (insight,) = reader(model).read(DOCUMENT).insights
    assert (insight.headline, insight.matters) == ("", "")
    assert len(model.asked) == 1


def test_a_repair_that_is_longer_than_its_claim_may_be_is_none() -> None:
    """A headline that comes back as a paragraph is left out."""
    answer = {
        "insights": [{"headline": "Northwind Compute raises $7 billion", "what_happened": RAISED}]
    }
    mended = {"claims": [{"id": "h1", "text": TEXT.splitlines()[1]}]}
    (insight,) = (
        reader(Scripted({"ReadAnswer": [answer], "MendedAnswer": [mended]})).read(DOCUMENT).insights
    )
    assert insight.headline == ""


def test_padding_that_nothing_contradicts_is_not_told() -> None:
    """A sentence of the source's own words that the source never says is too far from it."""
    padding = (
        "The round is significant for data centres as it gives the company power and money to open"
        " sites, which is crucial for Ohio."
    )
    reading = reader(
        Scripted({"ReadAnswer": [claimed(f"{RAISED} {padding}")], "MendedAnswer": [{"claims": []}]})
    ).read(DOCUMENT)
    assert all("crucial" not in one.text for one in reading.insights)


def test_what_is_said_twice_is_told_once() -> None:
    """Small models repeat themselves; a sentence with another figure is another sentence."""
    again = (
        "Northwind Compute, it says, raised $1.2 billion from Harbor Partners to build data centres"
        " in Ohio."
    )
    (insight,) = (
        reader(Scripted({"ReadAnswer": [claimed(f"{RAISED} {again}")]})).read(DOCUMENT).insights
    )
    assert insight.text == RAISED
    assert (
        shortened("Revenue rose 5% to $3 billion. Revenue fell 5% to $1 billion.", 40).count(
            "Revenue"
        )
        == 2
    )


def test_a_talk_is_told_by_what_is_said_in_it() -> None:
    """That something is discussed is no insight; of an article's news it may be one."""
    talk = replace(
        DOCUMENT,
        kind="podcast",
        basis="transcript",
        text=f"{TEXT}\nThe company discusses data centres in Ohio with officials.",
    )
    empty = {
        "ReadAnswer": [claimed("Northwind Compute discusses data centres in Ohio.")],
        "MendedAnswer": [{"claims": []}],
    }
    assert all(
        "discusses data centres in Ohio." not in one.text
        for one in reader(Scripted(dict(empty))).read(talk).insights
    )
    article = replace(talk, kind="news", basis="article")
    assert [one.text for one in reader(Scripted(dict(empty))).read(article).insights] == [
        "Northwind Compute discusses data centres in Ohio."
    ]


def test_no_insight_is_an_answer() -> None:
    """A document off the subject yields none, and that is no failure."""
    reading = reader(Scripted({"ReadAnswer": [{"insights": []}]})).read(DOCUMENT)
    assert (reading.insights, reading.tally.made, reading.model) == ((), 0, "scripted")


def test_claims_that_are_too_long_for_one_question_are_put_right_in_several() -> None:
    """A small window costs more questions, not the repair."""
    wrong = [
        "Northwind Compute raised $7 billion from Harbor Partners.",
        "Brandt said the first site would open in 2031.",
    ]
    right = {
        "c1": "Northwind Compute raised $1.2 billion from Harbor Partners.",
        "c2": "Brandt said the first site would open in 2027.",
    }

    def narrow(question: Question[Any]) -> Any:
        named = [name for name in right if f"Claim {name}" in question.prompt]
        return (
            TooLong("too long")
            if len(named) > 1
            else {"claims": [{"id": name, "text": right[name]} for name in named]}
        )

    model = Scripted(
        {
            "ReadAnswer": [{"insights": [{"what_happened": text} for text in wrong]}],
            "MendedAnswer": [narrow],
        }
    )
    reading = reader(model).read(DOCUMENT)
    assert reading.tally.repaired == 2
    assert [question.form.__name__ for question in model.asked] == [
        "ReadAnswer",
        *["MendedAnswer"] * 3,
    ]


def test_a_long_document_is_read_in_parts_and_each_claim_told_once() -> None:
    """Parts overlap, so a model may find a claim twice; the best come first wherever they stood."""
    filler = " ".join(
        f"Paragraph {i} recalls how the market for servers looked in the years before."
        for i in range(900)
    )
    document = replace(DOCUMENT, text=f"{TEXT}{filler}\n{TEXT}")
    model = Scripted({"ReadAnswer": [claimed(RAISED, importance=5)]}, tokens=4000)
    reading = reader(model).read(document)
    assert len(model.asked) > 3
    assert len(reading.insights) == 1
    assert all(
        f"part {i} of {len(model.asked)}" in question.prompt
        for i, question in enumerate(model.asked, 1)
    )


def test_a_prompt_that_proves_too_long_is_cut_shorter() -> None:
    """The model's window is what its server says, not what was configured."""

    def narrow(question: Question[Any]) -> Any:
        return TooLong("too long", 1500) if len(question.prompt) > 6000 else claimed(RAISED)

    document = replace(
        DOCUMENT,
        text=TEXT + " ".join(f"Line {i} is about the weather in the valley." for i in range(600)),
    )
    assert len(reader(Scripted({"ReadAnswer": [narrow]})).read(document).insights) == 1


def test_a_part_that_cannot_be_read_costs_that_part_alone() -> None:
    """One failure among several parts is no failure of the document."""
    document = replace(
        DOCUMENT,
        text=TEXT + " ".join(f"Line {i} is about the weather in the valley." for i in range(900)),
    )
    model = Scripted({"ReadAnswer": [NoAnswer("HTTP 500"), claimed(RAISED)]}, tokens=4000)
    assert len(reader(model).read(document).insights) == 1


def test_a_document_that_no_model_can_read_raises() -> None:
    """Whoever asked goes on without a model."""
    with pytest.raises(NoAnswer, match="HTTP 500"):
        reader(Scripted({"ReadAnswer": [NoAnswer("HTTP 500")]})).read(DOCUMENT)


def test_talk_is_read_with_its_speakers_and_gives_the_second() -> None:
    """The prompt names who speaks; the evidence says when, and whose claim it is."""
    text = (
        "Welcome back to the programme.\nI think inference prices fall ninety percent by 2028"
        " because every lab now has spare capacity."
    )
    at = text.index("I think")
    document = replace(
        DOCUMENT,
        kind="podcast",
        basis="transcript",
        text=text,
        title="Prices of inference",
        audio_url="https://news.example/1.mp3",
        marks=(Mark(0, 0.0, "Host"), Mark(at, 65.0, "Ada Brandt")),
    )
    claim = (
        "Ada Brandt thinks inference prices fall ninety percent by 2028 because every lab now has"
        " spare capacity."
    )
    model = Scripted(
        {"ReadAnswer": [claimed(claim, quotes=["inference prices fall ninety percent by 2028"])]}
    )
    (insight,) = reader(model).read(document).insights
    prompt = model.asked[0].prompt
    assert "Ada Brandt: I think inference" in prompt
    assert prompt.index("END document") < prompt.index("two to four sentences")
    assert insight.speaker == "Ada Brandt"
    assert insight.evidence[0].second is not None
    assert insight.evidence[0].second >= 65


@pytest.mark.parametrize(
    ("words", "basis", "most"), [(80, "article", 3), (900, "article", 5), (80, "transcript", 6)]
)
def test_a_long_document_may_have_more_insights(words: int, basis: Any, most: int) -> None:
    """What a story is decided by may stand further down than its third fact."""
    document = replace(DOCUMENT, text="word " * words, basis=basis)
    asked = reader(Scripted({})).questions(document)
    assert f"its insights, at most {most}," in asked[0].prompt
