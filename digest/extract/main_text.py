"""The main text of a parsed page: trafilatura, with what people do not see taken out before and the
page's labels taken off after.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from digest.extract.figures_that_speak import keep_what_figures_say
from digest.extract.machine_summaries import drop_machine_summaries
from digest.extract.running_text import keep_lines_whole
from digest.text.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types

    from digest.extract.metadata import Metadata

# Chosen on the even rows of each set of bench.extraction; a fast and strict reading that keeps this
# much of the page's
# paragraphs is the better one, and anything that keeps less is read again with all of trafilatura's
# fallbacks.
KEPT = 0.7  # of the characters in the page's own paragraphs
SHORT = 600  # characters
MAX_PARAGRAPHS = 5000
_PARAGRAPH = 40  # characters; what is shorter is more likely a label
_ASIDE = frozenset({"nav", "footer", "aside", "form", "header", "figure", "noscript", "template"})
_PERHAPS_UNSEEN = "//*[@hidden or @style or @aria-modal or @role]"
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def main_text(
    tree: HtmlElement, again: Callable[[], HtmlElement], metadata: Metadata, url: str
) -> str:
    """The article's paragraphs, one a line; "" when there are none. Uses `tree` up; `again` makes a
    fresh one when a second try is due.
    """
    _prepare(tree)
    held = _amount(tree)
    text = _extract(tree, url, fast=True, favor_precision=True)
    if len(text) < max(SHORT, KEPT * held):
        tree = again()
        _prepare(tree)
        own = paragraphs(tree, shortest=1)
        text = _parted(max(text, _extract(tree, url), key=len), own)
    return _stated(text, metadata)


def _prepare(tree: HtmlElement) -> None:
    """Take out what people do not see and what is not the article's own words, and keep what is."""
    drop_unseen(tree)
    drop_machine_summaries(tree, _amount)
    keep_what_figures_say(tree)


def _amount(element: HtmlElement) -> int:
    return sum(len(text) for text in paragraphs(element))


def _extract(tree: HtmlElement, url: str, **options: Any) -> str:
    from trafilatura import bare_extraction

    keep_lines_whole(tree)
    found: Any = bare_extraction(tree, url=url or None, include_comments=False, **options)
    return tidy(found.text or "") if found is not None else ""


def _parted(text: str, own: Sequence[str]) -> str:
    """The page's own paragraphs where a short text came out as one line, with title and byline run
    into it.
    """
    parts = [tidy(part).replace("\n", " ") for part in own]
    held = [part for part in parts if part in text]
    return "\n".join(held) if "\n" not in text and sum(map(len, held)) >= len(text) / 2 else text


def _stated(text: str, metadata: Metadata) -> str:
    """The text in JSON-LD where that has much more of the same article, or its paragraphs apart:
    some pages show theirs by script.
    """
    body = tidy(re.sub(r"<[^>]{1,500}>", "\n", metadata.body))
    more = len(body) >= 2 * max(len(text), SHORT)
    apart = "\n" in body and "\n" not in text and len(body) >= len(text)
    words = set(re.findall(r"\w+", text.casefold()))
    same = len(words & set(re.findall(r"\w+", body.casefold()))) >= 0.5 * len(words)
    return body if same and (more or apart) else text


def drop_unseen(tree: HtmlElement) -> None:
    """Take out what people do not see or are to click away, unless most of the page's text is in it
    and only a script shows it.
    """
    elements = [one for one in _perhaps_unseen()(tree) if _is_unseen(one)]
    held = _amount(tree) if elements else 0
    for element in elements:
        if _amount(element) <= held / 2:
            element.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    if element.getparent() is None or element.tag in {"html", "body", "script", "style"}:
        return False
    asked_away = element.get("aria-modal") == "true" or element.get("role") in {
        "dialog",
        "alertdialog",
    }
    return (
        asked_away
        or element.get("hidden") is not None
        or bool(_UNSEEN_STYLE.search(element.get("style") or ""))
    )


@cache
def _perhaps_unseen() -> Any:
    from lxml.etree import XPath  # type: ignore[import-untyped]  # it ships no types

    return XPath(_PERHAPS_UNSEEN)


def paragraphs(tree: HtmlElement, shortest: int = _PARAGRAPH) -> Sequence[str]:
    """What stands in paragraphs that are long enough, mostly no links, and no part of navigation,
    asides or forms.
    """
    found = []
    for i, element in enumerate(tree.iter("p")):
        text = "".join(element.itertext()).strip()
        linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
        if (
            len(text) >= shortest
            and linked <= len(text) / 2
            and not any(above.tag in _ASIDE for above in element.iterancestors())
        ):
            found.append(text)
        if i == MAX_PARAGRAPHS:
            break
    return found
