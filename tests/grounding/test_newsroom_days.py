"""Newsroom days that a model wrote, counted again by the answers of their second reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.newsroom_days import TRUE, Statement, statements, verdicts
from digest.grounding import index
from digest.model import Document

NOW = datetime(2026, 2, 3, tzinfo=UTC)
TEXT = (
    "Halden Compute is in talks with two insurers to borrow $900 million against its chips. Rents of"
    " such chips fell by a quarter last year, according to Corvid Research."
)
SOURCE = index(
    Document("e", "https://a.example/1", "https://a.example", "news", "Halden in talks to borrow",
             "Wire", NOW, NOW, "article", TEXT)
)  # fmt: skip
TALKS = Statement(
    "w", "insight", TRUE, "Halden Compute is in talks to borrow $900 million from two insurers.",
    ("e",), "supported", (0, 0, 40), True,
)  # fmt: skip
CAUSE = replace(
    TALKS, kind="cause", text="Halden Compute is in talks to borrow $900 million as rents fell."
)


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        (TALKS, "grounded"),
        (replace(CAUSE, says="contradicted"), "flagged"),
        (replace(CAUSE, says="not_said", words=()), "flagged"),
        (replace(CAUSE, says="not_said", words=(), whole=False), "checked"),
        (replace(CAUSE, says="", words=()), "checked"),
        (replace(CAUSE, part="thesis", says="not_said", words=(), whole=False), "flagged"),
        (replace(CAUSE, part="thesis"), "reading"),
    ],
)
def test_a_statement_stands_as_its_reader_said(statement: Statement, read: str) -> None:
    """What nobody answered is merely checked; a thesis that tells what no source tells is none."""
    assert verdicts(statement, [SOURCE]) == (
        "reading" if statement.part == "thesis" else "checked",
        read,
    )


def test_every_statement_names_its_sources_and_its_answer() -> None:
    """No untruth was borne out, and no true sentence doubted."""
    for one in statements():
        assert one.text
        assert one.documents
        assert (one.says == "supported") == (one.kind == TRUE), one.text
