"""PDF files: filings and papers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.errors import ExtractFailed
from digest.extract.pdf import read_pdf, running_text
from tests.extract.pages import pdf

URL = "https://acme.example/q4.pdf"
FIRST = (
    "Acme quarterly letter",
    "Capital spending rose to $41 billion in the year, of which most went to ad-",
    "vanced packaging and to the power lines that the three sites need.",
    "Page 1 of 3",
)
SECOND = (
    "Acme quarterly letter",
    "Revenue grew by a fifth.",
    "Costs of power grew faster than that.",
    "Page 2 of 3",
)
THIRD = ("Acme quarterly letter", "The board proposes no dividend.", "Page 3 of 3")


def test_a_pdf_is_read_with_its_facts() -> None:
    """Text, title, author and date; words joined, running heads and page numbers left out."""
    found = read_pdf(
        pdf(FIRST, SECOND, THIRD, title="Letter to shareholders"), "application/pdf", URL
    )
    assert (
        "went to advanced packaging and to the power lines that the three sites need." in found.text
    )
    assert "quarterly letter" not in found.text
    assert "Page" not in found.text
    assert (found.title, found.author, found.published) == (
        "Letter to shareholders", "Ann Roe", datetime(2026, 2, 5, 9, 30, tzinfo=UTC),
    )  # fmt: skip


def test_a_file_name_is_no_title() -> None:
    """Word processors write theirs there."""
    assert (
        read_pdf(pdf(FIRST, title="Microsoft Word - q4 final.docx"), "application/pdf", URL).title
        == ""
    )


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.4", b"%PDF-1.4\n" + b"\x00" * 500, pdf(FIRST)[:300], pdf(())],
    ids=["bare", "zeros", "cut", "empty"],
)
def test_a_pdf_without_text_says_so(body: bytes) -> None:
    """Damaged, cut or scanned: the feed's text is used, with the reason."""
    with pytest.raises(ExtractFailed, match="PDF"):
        read_pdf(body, "application/pdf", URL)


def test_a_short_line_ends_its_paragraph() -> None:
    """Lines are the paper's, paragraphs the author's."""
    full = "This line is as long as the paper is wide, and so the sentence goes on"
    assert (
        running_text([f"Outlook\n{full}\nin the next line.\n{full}\nhere."]).split("\n")[-1]
        == f"{full} here."
    )
