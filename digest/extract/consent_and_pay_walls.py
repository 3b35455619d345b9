"""Pages that are no article: walls that ask for consent, money or a password, shells, errors,
teasers. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from digest.extract.page import Page

THIN = 25  # words; a page with fewer holds no article
SHORT = 60  # words; a page with fewer must tell what the feed says
# words; a page with more counts unless next to nothing in it, not even its title, is what the feed
# promised
LONG = 300
BEGINNING = 120  # words; what is shown of an article for subscribers is seldom more
TEASER = 15  # words of a feed's text that are worth more than a beginning with an offer below it
_WORD = re.compile(r"[^\W\d_]\w*|\d[\d.,]*")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")


def terms(text: str) -> list[str]:
    """A text's words in lower case; in scripts without spaces, pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        run = _UNSPACED.match(word)
        found += [word[i : i + 2] for i in range(max(1, len(word) - 1))] if run else [word]
    return found


def lacks(page: Page, title: str, feed_text: str) -> str:
    """What a page lacks to count as the entry's article; "" when it counts. `title` and `feed_text`
    are what the feed says of it.

    Walls, shells and errors are told by what is not there, in any language: an article's length,
    and what the feed promised.
    """
    found, promised = terms(page.text), terms(feed_text)
    if len(found) < THIN and (len(found) <= len(promised) or _share(promised, found) < 0.5):
        asked = f" and asks for {page.asks}" if page.asks else ""
        return f"the page holds no article ({len(found)} words){asked}"
    if _is_something_else(page, found, title, promised):
        return f"the page holds something else than the feed promised ({len(found)} words)"
    if len(promised) >= max(SHORT, 1.5 * len(found)) and _share(found, promised) >= 0.6:
        return f"the page shows less than the feed ({len(found)} of {len(promised)} words)"
    if not page.free and len(found) < BEGINNING and len(promised) >= TEASER:
        return (
            f"the page shows only the beginning to those who do not subscribe ({len(found)} words)"
        )
    return ""


def _is_something_else(page: Page, found: list[str], title: str, promised: list[str]) -> bool:
    if len(found) < SHORT:
        return (
            bool(promised or title)
            and max(_share(promised, found), _share(terms(title), [*found, *terms(page.title)]))
            < 0.5
        )
    shared = max(_share(promised, found), _share(terms(title), [*found, *terms(page.title)]))
    if len(_telling(terms(title))) < 3:
        return False  # too little is promised to miss it
    return shared < (0.15 if len(found) >= LONG else 0.25)


def _share(wanted: Collection[str], found: Collection[str]) -> float:
    """How many of the telling terms are there; 0 when there are none."""
    telling = _telling(wanted)
    return len(telling & set(found)) / len(telling) if telling else 0.0


def _telling(words: Collection[str]) -> set[str]:
    return {word for word in words if len(word) > 3 or word.isdigit() or _UNSPACED.match(word)}
