"""What a verdict says of a text, of many, and of an issue. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.grounding import Grounded
    from digest.grounding.meaning import Opinion
    from digest.model import Verdict

# Strong to weak. A reading is the newsletter's own and stands beside what it rests on.
STRENGTH: tuple[Verdict, ...] = ("extract", "grounded", "checked", "flagged")
VERDICTS: tuple[Verdict, ...] = ("extract", "grounded", "checked", "reading", "flagged")
FEWEST_STORIES = 2  # that a reading rests on
IN_WORDS: Mapping[Verdict, str] = {
    "extract": "in the source's own words",
    "grounded": "grounded",
    "checked": "checked, meaning not read",
    "reading": "the newsletter's own reading",
    "flagged": "flagged",
}


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a text that is made of others: its weakest sentence's. Readings do not count;
    what has no sentence has nothing that is not its source's.
    """
    return max((one for one in verdicts if one != "reading"), key=STRENGTH.index, default="extract")


def counted(verdicts: Iterable[Verdict]) -> dict[Verdict, int]:
    """How many there are of each, strong ones first."""
    counts = Counter(verdicts)
    return {one: counts[one] for one in VERDICTS}


def in_words(counts: Mapping[Verdict, int]) -> str:
    """The counts for a person: "7 grounded, 1 checked, meaning not read"."""
    return ", ".join(f"{counts[one]} {IN_WORDS[one]}" for one in VERDICTS if counts[one])


def clean(counts: Mapping[Verdict, int], *, model: bool) -> bool:
    """Whether an issue may go out unseen: nothing is flagged and, where a `model` is configured,
    nothing is merely checked.
    """
    return not counts.get("flagged") and not (model and counts.get("checked"))


def why_no_reading(facts: Grounded, stories: Iterable[str], opinion: Opinion | None) -> str:
    """Why a sentence may not stand as the newsletter's own reading; "" when it may.

    `facts` is its grounding in the documents of the stories that it rests on, and `opinion` what
    the second reading says of it there, None when it was off or failed. What it concludes is its
    own; what it tells as having happened has to be a source's, and none may say otherwise.
    """
    wrong = [
        check.why
        for name, check in facts.checks
        if check.result == "fail" and name != "support" and not check.clearable
    ]
    if wrong:
        return "; ".join(wrong)
    if facts.verdict == "extract":
        return "it is a source's own sentence"
    if len(set(stories)) < FEWEST_STORIES:
        return f"it rests on fewer than {FEWEST_STORIES} stories"
    if opinion is None:
        return "nobody has read whether a source says otherwise"
    doubts = {"contradicted": "a source says otherwise", "not_said": "no source says what it tells"}
    return f"{doubts[opinion.says]}: {opinion.told}" if opinion.says in doubts else ""
