"""The text of a PDF: company filings, papers, letters to shareholders. Run in worker processes,
like pages.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any

from digest.errors import ExtractFailed
from digest.extract.metadata import clean_authors
from digest.extract.page import MAX_TEXT, Page
from digest.text.tidy import one_line, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MAX_PAGES = 80
_EDGE = 2  # lines at the top and bottom of a page where running heads, feet and numbers stand
_SENTENCE_END = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*$")
_FULL_LINE = 0.75  # of the longest common line; a shorter line ends its paragraph
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|tex|indd|qxp|pptx?)$|^(?:microsoft word|untitled|powerpoint)", re.IGNORECASE
)


def read_pdf(body: bytes, _content_type: str, url: str) -> Page:
    """A PDF's text, title, author and date. Raises ExtractFailed when it is encrypted, damaged or
    holds no text (a scan).
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(body))
        pages = [page.extract_text() for page in reader.pages[:MAX_PAGES]]
        facts: Any = reader.metadata
    except PyPdfError as error:
        raise ExtractFailed(url, f"the PDF cannot be read ({type(error).__name__})") from None
    text = running_text(pages)[:MAX_TEXT]
    if not text:
        raise ExtractFailed(url, "the PDF holds no text; it may be a scan")
    title = one_line(facts.title if facts else "")
    return Page(
        text=text,
        title="" if _NO_TITLE.search(title) else title,
        author=clean_authors([facts.author or ""]) if facts else "",
        published=_created(facts),
        url=url,
    )


def _created(facts: Any) -> datetime | None:
    try:
        made: datetime | None = facts.creation_date if facts else None
    except ValueError:
        return None
    return (
        made.astimezone(UTC) if made and made.tzinfo else made.replace(tzinfo=UTC) if made else None
    )


def running_text(pages: Sequence[str]) -> str:
    """Pages' lines as paragraphs: running heads, feet and page numbers left out, words broken at a
    line's end joined.
    """
    layouts = [tidy(page).split("\n") for page in pages]
    running = _running(layouts)
    lines = [
        line
        for layout in layouts
        for i, line in enumerate(layout)
        if line and not (_at_edge(i, layout) and _key(line) in running)
    ]
    return "\n".join(_paragraphs(lines))


def _running(layouts: Sequence[Sequence[str]]) -> set[str]:
    """Lines that stand at the edge of a third of the pages, whatever their numbers; and lines that
    are a number.
    """
    edges = Counter(
        key
        for layout in layouts
        for key in {_key(line) for i, line in enumerate(layout) if _at_edge(i, layout)}
    )
    often = {key for key, count in edges.items() if count >= max(2, len(layouts) / 3)}
    return often | {"0", "page 0", "page 0 of 0", "- 0 -", "0 / 0"}


def _at_edge(i: int, layout: Sequence[str]) -> bool:
    return i < _EDGE or i >= len(layout) - _EDGE


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line.casefold())


def _paragraphs(lines: Sequence[str]) -> list[str]:
    lengths = sorted(map(len, lines))
    full = _FULL_LINE * lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    found: list[str] = []
    open_ = False
    for line in lines:
        if open_ and re.search(r"[^\W\d_]-$", found[-1]) and line[0].islower():
            found[-1] = found[-1][:-1] + line
        elif open_:
            found[-1] += f" {line}"
        else:
            found.append(line)
        open_ = len(line) >= full or (line.endswith("-") and not _SENTENCE_END.search(line))
    return found
