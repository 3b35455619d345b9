"""What a verdict says of many texts, when an issue is clean, and when a sentence may be a
reading.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.grounding import ground, index
from digest.grounding.meaning import Opinion, read_again, worth_reading
from digest.grounding.verdicts import clean, counted, in_words, weakest, why_no_reading
from digest.model import Document, Verdict

WHEN = datetime(2026, 2, 3, tzinfo=UTC)


def source(text: str, name: str = "a") -> Document:
    """An article."""
    url = f"https://{name}.example/1"
    return Document(name, url, "", "news", "", "", WHEN, WHEN, "article", text)


CHIPS = index(source("Halden Compute bought 40,000 chips for $900 million in March."))
POWER = index(source("Larkfield Power will sell 300 megawatts to Halden Compute from 2028.", "b"))
THESIS = "Halden Compute is buying ahead of its power: 40,000 chips now, 300 megawatts from 2028."


@pytest.mark.parametrize(
    ("verdicts", "weak"),
    [
        (("grounded", "extract"), "grounded"),
        (("grounded", "checked", "extract"), "checked"),
        (("checked", "flagged"), "flagged"),
        (("reading", "grounded"), "grounded"),
        ((), "extract"),
    ],
)
def test_a_story_is_as_weak_as_its_weakest_sentence(
    verdicts: tuple[Verdict, ...], weak: Verdict
) -> None:
    """A reading stands beside it and never lowers it."""
    assert weakest(verdicts) == weak


def test_clean_is_nothing_flagged_and_with_a_model_nothing_merely_checked() -> None:
    """Without a model nobody can read meanings, and what code says has to do."""
    assert clean(counted(["grounded", "extract", "reading"]), model=True)
    assert not clean(counted(["grounded", "checked"]), model=True)
    assert clean(counted(["extract", "checked"]), model=False)
    assert not clean(counted(["extract", "flagged"]), model=False)


def test_counts_in_words_say_that_a_meaning_was_not_read() -> None:
    """As plainly as that something is flagged."""
    assert in_words(counted(["checked", "grounded", "flagged", "grounded"])) == (
        "2 grounded, 1 checked, meaning not read, 1 flagged"
    )


def test_a_reading_rests_on_two_stories_contradicts_none_and_was_read() -> None:
    """What it concludes is its own; what it tells as having happened a source has to say."""
    facts = ground([THESIS], [CHIPS, POWER])
    borne_out = Opinion("supported", "will sell 300 megawatts")
    assert why_no_reading(facts, ["s1", "s2"], borne_out) == ""
    assert "fewer than 2 stories" in why_no_reading(facts, ["s1", "s1"], borne_out)
    not_said = Opinion("not_said", why="no source says that it sold its chips")
    assert "sold its chips" in why_no_reading(facts, ["s1", "s2"], not_said)
    assert "nobody has read" in why_no_reading(facts, ["s1", "s2"], None)
    against = Opinion("contradicted", "will sell 300 megawatts", "it has power")
    assert "will sell 300 megawatts" in why_no_reading(facts, ["s1", "s2"], against)
    wrong = ground([THESIS.replace("40,000", "60,000")], [CHIPS, POWER])
    assert "60,000" in why_no_reading(wrong, ["s1", "s2"], borne_out)


def test_no_reading_makes_a_number_stand_where_it_does_not() -> None:
    """An absent fact is not even asked about, and stays flagged whatever is said."""
    wrong = ground(["Halden Compute bought 70,000 chips for $900 million."], [CHIPS])
    assert not worth_reading(wrong.checks, wrong.verdict)
    said = Opinion("supported", "Halden Compute bought 40,000 chips")
    assert read_again(wrong, said).verdict == "flagged"


@pytest.mark.parametrize(
    ("told", "clearable"),
    [
        ("Acme cut half of its jobs.", True),
        ("Seven rivals of Acme did so.", True),
        ("Acme cut 35 % of its jobs.", False),
        ("Acme cut 480 jobs.", False),
    ],
)
def test_a_number_in_words_may_be_cleared_by_a_second_reading(told: str, clearable: bool) -> None:
    """It may be reckoned from others, as a reader sees; one in digits that no source has may not."""
    text = "Acme cut a fifth of its jobs on Monday, 240 of the 1,150 it had, as five rivals of Acme did."
    checks = dict(ground([told], [index(source(text))]).checks)
    assert checks["numbers"].result == "fail"
    assert checks["numbers"].clearable is clearable
