"""The forms of a column: what it could argue, and the essay, sentence by sentence."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from digest.insights.model.forms import Line, Lines

MOST_ROWS = 12  # sections, paragraphs or sentences of one answer's list
Role = Literal["thesis", "evidence", "against", "test"]
_ROLES: dict[str, Role] = {
    "thesis": "thesis",
    "against": "against",
    "counter": "against",
    "test": "test",
    "wrong": "test",
}


def _rows(value: Any) -> Any:
    """Rows that are objects; anything else in the list, or in its place, is no row."""
    return (
        [one for one in value if isinstance(one, dict)][:MOST_ROWS]
        if isinstance(value, list)
        else []
    )


def _role(value: Any) -> Role:
    """What a section is for, however it is written; evidence where nothing usable stands."""
    said = re.sub(r"[^a-z]", "", str(value).lower())
    return next((role for word, role in _ROLES.items() if word in said), "evidence")


class ProposedThesis(BaseModel):
    """What a column could argue."""

    text: Line = Field("", description="one sentence of at most 30 words")
    stories: Lines = Field(default_factory=list, description="ids of the stories it rests on")
    against: Line = Field("", description="the best argument against it, one sentence")


class ThesesAnswer(BaseModel):
    """Up to three theses."""

    theses: Annotated[list[ProposedThesis], BeforeValidator(_rows)]


class ColumnSentence(BaseModel):
    """A fact with the insights that it rests on, or an argument with none."""

    text: Line = ""
    insights: Lines = Field(default_factory=list, description="ids; empty for an argument")


class ColumnParagraph(BaseModel):
    """Sentences that stand together."""

    sentences: Annotated[list[ColumnSentence], BeforeValidator(_rows)]


class ColumnSection(BaseModel):
    """A part of the essay under its heading."""

    part: Annotated[Role, BeforeValidator(_role)] = Field(
        "evidence", description="thesis, evidence, against or test"
    )
    heading: Line = Field("", description="at most 8 words, a claim")
    paragraphs: Annotated[list[ColumnParagraph], BeforeValidator(_rows)]


class ColumnAnswer(BaseModel):
    """A column."""

    title: Line = Field("", description="at most 10 words")
    sections: Annotated[list[ColumnSection], BeforeValidator(_rows)]
