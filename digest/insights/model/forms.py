"""The forms that a model fills in. Every field may be empty: what is demanded gets invented.
Lengths are cut in code, not by schema.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from digest.model import Certainty

MOST_LISTED = 8  # of anything that a form lists


def _line(value: Any) -> str:
    """One line of text, whatever stands there; null is nothing."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _lines(value: Any) -> list[str]:
    """A list of lines; one line alone is a list of one."""
    listed = value if isinstance(value, list) else [value]
    return [line for line in map(_line, listed) if line][:MOST_LISTED]


def _certainty(value: Any) -> str:
    said = _line(value).lower()
    return said if said in {"announced", "reported", "opinion"} else ""


def _says(value: Any) -> str:
    """One of the three things that a second reading may say, however it is written; else ""."""
    said = re.sub(r"[^a-z]+", "_", _line(value).lower()).strip("_")
    return said if said in {"supported", "contradicted", "not_said"} else ""


def _rank(value: Any) -> int:
    """1 to 5, 3 where nothing usable stands."""
    try:
        return min(5, max(1, int(value)))
    except (TypeError, ValueError, OverflowError):
        return 3


def _rows(value: Any) -> Any:
    """Rows that are objects; anything else in the list, or in its place, is no row."""
    return (
        [row for row in value if isinstance(row, dict)][:MOST_LISTED]
        if isinstance(value, list)
        else []
    )


Line = Annotated[str, BeforeValidator(_line)]
Lines = Annotated[list[str], BeforeValidator(_lines)]


class ReadFigure(BaseModel):
    """A figure, what it measures, whose it is and for when."""

    figure: Line = Field("", description="the figure as the document writes it, with its unit")
    measures: Line = Field("", description="what it measures, and of whom")
    owner: Line = Field("", description="whose it is, as the document names them; else empty")
    period: Line = Field("", description="for when, as the document writes it; else empty")


class ReadInsight(BaseModel):
    """One insight of a document."""

    headline: Line = Field("", description="at most 10 words, a statement with a verb, no colon")
    what_happened: Line = Field("", description="what the document states, at the length asked for")
    why_it_matters: Line = Field(
        "",
        description=(
            "one sentence of at most 30 words, only if the document itself says it; else empty"
        ),
    )
    quotes: Lines = Field(
        default_factory=list, description="one to three passages copied word for word that prove it"
    )
    figures: Annotated[list[ReadFigure], BeforeValidator(_rows)] = Field(default_factory=list)
    organisations: Lines = Field(default_factory=list)
    people: Lines = Field(default_factory=list)
    certainty: Annotated[Certainty, BeforeValidator(_certainty)] = Field(
        "", description="announced by those concerned, reported by others, or somebody's opinion"
    )
    importance: Annotated[int, BeforeValidator(_rank)] = Field(
        3, description="for the economics of AI, 1 to 5"
    )


class ReadAnswer(BaseModel):
    """What a document, or a part of one, says; nothing is a good answer."""

    insights: list[ReadInsight]


class MendedClaim(BaseModel):
    """A claim put right."""

    id: Line = Field("", description="the id of the claim")
    text: Line = Field(
        "", description="the claim as the passages support it; empty when they do not"
    )


class MendedAnswer(BaseModel):
    """Claims put right."""

    claims: list[MendedClaim]


class StoryAnswer(BaseModel):
    """A story told from its insights."""

    headline: Line = Field("", description="at most 10 words, a statement with a verb")
    text: Line = Field("", description="the story, in sentences that stand on the insights alone")
    insights: Lines = Field(default_factory=list, description="ids of the insights that it tells")


class HighlightAnswer(BaseModel):
    """One sentence of the highlights."""

    text: Line = ""
    insights: Lines = Field(
        default_factory=list, description="ids of the insights that it rests on"
    )


class FrontAnswer(BaseModel):
    """What an issue's day adds up to, its title and its highlights."""

    thesis: Line = Field("", description="one sentence; empty when the day has none worth saying")
    thesis_stories: Lines = Field(
        default_factory=list, description="ids of the stories that the thesis rests on"
    )
    title: Line = Field("", description="at most 13 words")
    title_insights: Lines = Field(
        default_factory=list, description="ids of the insights that the title rests on"
    )
    highlights: list[HighlightAnswer]


class ReadClaim(BaseModel):
    """What a second reading says of one claim: the words that decide first, then what they decide."""

    id: Line = ""
    words: Line = Field("", description="copied word for word")
    why: Line = ""
    result: Annotated[str, BeforeValidator(_says)] = Field(
        "", description="supported, contradicted or not_said"
    )


class SecondAnswer(BaseModel):
    """A second reading of claims."""

    claims: list[ReadClaim]
