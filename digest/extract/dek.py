"""The publisher's own sentence or two about an article: which of those that the feed and the page
give is one, and where it stands. Pure.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.extract.consent_and_pay_walls import terms
from digest.text.tidy import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST, MOST = 7, 70  # words; a shorter one names, a longer one is the article
HEAD = 3000  # characters of the text in which an article says what it is about
OF_THE_ARTICLE = 0.4  # share of the dek's telling terms that title and head of the text must have
SAID_ALREADY = 0.85  # share of its pairs of words from which the text begins with it in other dress
TITLE_WORDS = 4  # of a title that is looked for in the text: a shorter one may be any words
LONGEST_DEK = 500  # characters
_BYLINE = re.compile(
    r"\b(?:Written|Reported|Posted|Words|Story) by (?=[A-Z])|(?<=[.!?]\s)By (?=[A-Z][\w.-]+ [A-Z])"
)
_CUT = re.compile(
    r"(?:\.{3}|\u2026|\[(?:\u2026|\.{3})\]|\b(?:continue reading|read more|read on|more)\b\W*)\s*$",
    re.IGNORECASE,
)
_DIRT = re.compile(r"https?:|www\.|<\w|\[&|&#|\|\s|\bappeared first on\b", re.IGNORECASE)


def dek_of(candidates: Iterable[str], title: str, text: str) -> str:
    """The first of the candidates that is whole and speaks of this article, on one line; "" when
    none does.

    A site's slogan, a cut beginning ("…", "Continue reading") and the title once more are no dek.
    """
    tidy = (one_line(one) for one in candidates)
    return next((one for one in tidy if one and _is_dek(one, title, text)), "")


def standfirst(title: str, text: str) -> str:
    """What stands between the title and the byline where a page's head runs into its text; ""
    where it does not.
    """
    head = text[:HEAD]
    at = head.rfind(title) if len(title.split()) >= TITLE_WORDS else -1
    after = head[at + len(title) :] if at >= 0 else ""
    byline = _BYLINE.search(after)
    return after[: byline.start()].strip() if byline and byline.start() <= LONGEST_DEK else ""


def with_dek(text: str, dek: str) -> tuple[str, str]:
    """The text with the dek as its first line, and the dek; as it was, where it stands in the text
    already.

    Where the text begins with it in slightly other characters there is no need of it: ("text", "").
    """
    if not dek or dek in text[:HEAD]:
        return text, dek
    if _share(_pairs(terms(dek)), _pairs(terms(text[:HEAD]))) >= SAID_ALREADY:
        return text, ""
    return f"{dek}\n{text}", dek


def _is_dek(dek: str, title: str, text: str) -> bool:
    own = terms(dek)
    if not FEWEST <= len(dek.split()) <= MOST or _CUT.search(dek) or _DIRT.search(dek):
        return False
    if _share(set(own), set(terms(title))) > SAID_ALREADY or dek.count(": ") > 2:
        return False
    telling = {word for word in own if len(word) > 3 or word.isdigit()}
    known = set(terms(title)) | set(terms(text[:HEAD]))
    return not dek[0].islower() and _share(telling, known) >= OF_THE_ARTICLE


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))


def _share(own: set[str] | set[tuple[str, str]], others: set[str] | set[tuple[str, str]]) -> float:
    """How many of the first are among the second; 0 for none."""
    return len(own & others) / len(own) if own else 0.0
