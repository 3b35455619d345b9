"""Earlier stories that belong to a story."""

from __future__ import annotations

from datetime import date

from digest.stories.related import Text, related


def text(name: str, headline: str, body: str, day: int = 1) -> Text:
    """An earlier story."""
    return Text(name, f"2026-02-0{day}-daily", date(2026, 2, day), headline, body)


NEW = text(
    "new",
    "Halden sells its Chester campus to Corvane",
    "The landlord Halden sold the campus in Chester to Corvane, which rents it to Larkfield.",
    9,
)


def test_a_story_is_related_by_the_names_of_its_headline() -> None:
    """Two in both headlines, or one and two more in the texts; the nearest first."""
    bond = text("bond", "Halden builds in Chester", "Halden builds a campus near Chester.")
    rent = text(
        "rent", "Corvane's rents fall", "At Corvane rents fall, Larkfield and Halden say.", 2
    )
    other = text("other", "Corvane hires", "Corvane hires a hundred engineers.", 3)
    assert related(NEW, [bond, rent, other]) == (rent, bond)


def test_words_that_only_begin_sentences_relate_nothing() -> None:
    """Nor do months, nations and kinds of things."""
    february = text(
        "f", "The AI bill of February", "In February the American Software AI bill rose."
    )
    story = text(
        "s", "The AI fund of February", "In February an American Software AI fund rose.", 9
    )
    assert related(story, [february]) == ()


def test_what_is_named_already_is_not_named_again() -> None:
    """Neither what the story updates nor one headline twice."""
    bond = text("bond", "Halden builds in Chester", "Halden builds a campus near Chester.")
    again = text("again", "Halden builds in Chester", "Halden builds a campus near Chester.", 2)
    assert related(NEW, [bond], ["bond"]) == ()
    assert len(related(NEW, [bond, again])) == 1
