"""Whether a sentence can stand directly under its headline."""

from __future__ import annotations

import pytest

from digest.insights.standalone import addresses_the_reader, leans, names, refusal
from digest.text.quotation import unquoted

ALONE = [
    "Acme raised $40 million from Bolt Capital.",
    "The U.S. Senate voted to delay the chip rules.",
    "The company behind Bolt has raised $40 million.",
    "The deal between Acme and Bolt is worth $2 billion.",
    "The new Acme model halves the price of a token.",
    "The lawsuit against Acme was filed in Ohio on Monday.",
    "The global market for memory chips doubled to $300 billion.",
    "In his lawsuit, Roe is asking for $40 million.",
    "According to Acme chief Ann Roe, demand has doubled.",
    "Ann Roe said she would leave Acme in May.",
    "A worker who lost her job to software has sued Acme.",
    "“We are sold out,” Ann Roe told investors.",
    "'I do not know where prices will go,' Ann Roe told investors.",
    "Those who bought Acme shares in March lost half of their money.",
    "This year, Acme will spend $9 billion on servers.",
    "While it waits for the permit, Acme has begun to build in Norway.",
    "Despite the ban, Acme sold 9,000 chips to Bolt.",
]

REFUSED = [
    ("But Acme says that the price is right.", "hands on from the sentence before"),
    ("However, Acme says that the price is right.", "hands on from the sentence before"),
    ("For example, Acme sells its chips in Chad.", "hands on from the sentence before"),
    ("As a result, Acme sells its chips in Chad.", "hands on from the sentence before"),
    ("“And that is why we came to Chad,” said Ann Roe.", "hands on from the sentence before"),
    ("If that is the game, Acme is winning it.", "hands on from the sentence before"),
    ("All its other models are for sale in Norway.", "hands on from the sentence before"),
    ("Even Ann Roe, who runs Acme, has doubts.", "hands on from the sentence before"),
    ("Is Acme the next Bolt?", "asks and does not tell"),
    ("“Is Acme the next Bolt?”", "asks and does not tell"),
    ("“We will build it in Norway and nowhere else.”", "a quote without its speaker"),
    ("(Acme is owned by Bolt, which is in Norway.)", "an aside in brackets"),
    ("I asked Acme how it sets its prices.", "the author speaks of himself"),
    ("Acme told us that the price is right.", "the author speaks of himself"),
    (
        "When Acme reported on Tuesday, a colleague pointed out that it had lost $4 billion.",
        "the author speaks of himself",
    ),
    ("Our tests show that Acme is the fastest.", "the author speaks of himself"),
    ("As the chart below shows, Acme is ahead.", "points elsewhere on the page"),
    ("At $8 a month, here's how Acme compares with Bolt.", "points elsewhere on the page"),
    ("A report from Acme explains why.", "points elsewhere on the page"),
    ("The prices mentioned above do not hold in Chad.", "points elsewhere on the page"),
]

LEANING = [
    ("It will spend $9 billion on servers.", "begins with a pronoun"),
    ("They will spend $9 billion on servers.", "begins with a pronoun"),
    ("This means that Acme will spend more.", "begins with a pronoun"),
    ("His company makes nozzles for fire fighters.", "begins with a pronoun"),
    ("One of them will run on gas.", "begins with a pronoun"),
    (
        "Corvane will build three of them: in Texas, in Ohio and in Utah.",
        "counts or places what was named before",
    ),
    (
        "The bank has paid for a new design there, and the partners say it is on schedule.",
        "counts or places what was named before",
    ),
    (
        "Bolt, a firm from Norway, thinks closing that gap is the next frontier.",
        "counts or places what was named before",
    ),
    ("Bolt said in May that prices would fall.", ""),
    ("Corvane named five sites, and will build three of them itself.", ""),
    ("Corvane bought land in Ohio because power is cheap there.", ""),
    ("“We are sold out,” he told investors.", "begins with a pronoun"),
    ("On Monday he told investors that Acme is sold out.", "a person without a name"),
    ("Models need power, which is dear, he said.", "a person without a name"),
    ("Although it is legal, nobody does it in Chad.", "points back at something"),
    ("Acme Ventures, its fund for start-ups, has backed Bolt.", "points back at something"),
    ("Sometimes, it seems that nobody will pay.", "points back at something"),
    ("Experts suggest these skills can help.", "points back at something"),
    ("In the first quarter, it sold 9,000 chips.", "points back at something"),
    ("At the Summit in Rome, it teamed up with Bolt.", "points back at something"),
    ("At the Summit in Rome, the exec spoke of AI.", "a company without a name"),
    ("Most of the time, the model came back with a wrong answer.", "a company without a name"),
    ("The company will spend $9 billion on servers.", "begins with something already known"),
    ("The company appointed Ann Roe to lead sales.", "begins with something already known"),
    ("The deal values the firm at $2 billion.", "begins with something already known"),
    ("The company on Thursday launched Acme Care.", "begins with something already known"),
    (
        "The round, which Chip Daily reported on Monday, has closed.",
        "begins with something already known",
    ),
    ("The two had met in Norway.", "begins with something already known"),
    ("According to the report, demand has doubled.", "begins with something already known"),
    ("“We are sold out,” the company said.", "begins with something already known"),
    ("Last year the company sold 9,000 chips.", "a company without a name"),
]


@pytest.mark.parametrize("text", ALONE)
def test_a_sentence_that_says_who_and_what_stands_alone(text: str) -> None:
    """Names, named things and quotes with their speaker need no neighbour."""
    assert (refusal(text), leans(text)) == ("", "")


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_no_neighbour_can_mend_is_refused(text: str, reason: str) -> None:
    """Connectives, questions, bare quotes and the author's own voice are left out."""
    assert refusal(text) == reason


@pytest.mark.parametrize(("text", "reason"), LEANING)
def test_what_needs_the_sentence_before_leans(text: str, reason: str) -> None:
    """Pronouns and "the company" are fine after the sentence that names them, and only there."""
    assert (refusal(text), leans(text)) == ("", reason)


def test_the_first_sentence_of_an_article_cannot_refer_back() -> None:
    """A beginning such as "The trial of …" introduces its subject when it opens the article."""
    text = "The trial of six men who ran a chip factory has opened in Rome."
    assert leans(text)
    assert not leans(text, opens=True)


def test_the_first_person_is_the_speakers_in_a_transcript() -> None:
    """What is said in an episode is said by somebody, so "we" stays."""
    text = "We spent $9 billion on servers at Acme last year."
    assert refusal(text)
    assert not refusal(text, speech=True)


def test_names_are_found_but_not_first_words() -> None:
    """Days, months and the usual first words are capitalised and name nobody."""
    assert names("On Monday The Acme founder Ann Roe met xAI’s staff in May") == (
        "Acme",
        "Ann",
        "Roe",
        "xAI",
    )


def test_quoted_words_are_not_the_authors() -> None:
    """Curly and straight quotes are taken out; apostrophes are not quotes."""
    assert unquoted("“I won” and 'I don’t lose often' are Acme’s words").split() == [
        "and",
        "are",
        "Acme's",
        "words",
    ]


def test_you_in_a_quote_does_not_address_the_reader() -> None:
    """Only the author's own "you" speaks to the reader."""
    assert addresses_the_reader("You can buy it in May.")
    assert not addresses_the_reader("“You can buy it in May,” said Ann Roe.")
