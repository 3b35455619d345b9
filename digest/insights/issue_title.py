"""The issue's title, joined of the headlines of its first stories."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from digest.insights.headlines import (
    ASKS_OR_LISTS,
    CLAUSE,
    MOST_WORDS,
    in_title_case,
    is_whole,
    main_clause,
    read_alike,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_ISSUE_TITLE = 90
MOST = 14  # words of a main clause that is a phrase of the title
_PHRASES = 3
_HEADLINES = 3  # from which they are taken
_CLAIMS = 3  # words of a phrase that says something
MAX_ALONE = 140  # of a headline that is the title by itself: a half one is worse than a long one


def issue_title(headlines: Sequence[str]) -> str:
    """The first headline's main clause, with those of the next two as far as they are whole, in its
    style of capitals, and fit into 90 characters; where none joins, the first headline alone.
    """
    if not headlines:
        return ""
    first = _whole_phrase(headlines[0])
    joined = [first] if first else []
    for text in headlines[1:_HEADLINES] if first else ():
        phrase = _whole_phrase(text)
        if (
            phrase
            and _joins(phrase, joined)
            and len("; ".join([*joined, phrase])) <= MAX_ISSUE_TITLE
        ):
            joined.append(phrase)
    return "; ".join(joined[:_PHRASES]) if len(joined) > 1 else _alone(headlines[0], first)


def _alone(text: str, phrase: str) -> str:
    """A headline that stands for the issue by itself: whole, or as its main clause when long."""
    whole = phrase if phrase and len(text) > MAX_ISSUE_TITLE else text
    return textwrap.shorten(whole, MAX_ALONE, placeholder="…")


def _whole_phrase(text: str) -> str:
    """A headline's main clause as a phrase of the title; "" where it is half of something.

    Nothing is cut off but what follows a colon, a dash or a subordinating word: a headline less
    its last words may say something else.
    """
    main = main_clause(text)
    if main in text.partition("?")[0] and "?" in text:
        return ""
    cut = CLAUSE.split(main)[0]
    found = main if _stands_as_title(main, MOST) else cut if _stands_as_title(cut) else ""
    brand = re.match(r"[a-z]{1,2}[A-Z]", found)  # xAI, iPhone
    return found if brand else found[:1].upper() + found[1:]


def _stands_as_title(phrase: str, most: int = MOST_WORDS) -> bool:
    asks = ASKS_OR_LISTS.match(phrase) is not None
    speaks = bool(re.match(r"[\"'\u2018\u201c]", phrase))
    cut_and = bool(re.search(r" and (?:its|his|her|their|a|the) \w+$", phrase))
    return (
        is_whole(phrase, most)
        and len(phrase.split()) >= _CLAIMS
        and not (asks or speaks or cut_and)
    )


def _joins(phrase: str, joined: Sequence[str]) -> bool:
    """Whether it says something else, and begins its words as those before it do."""
    return not any(read_alike(phrase, one) for one in joined) and in_title_case(
        phrase
    ) == in_title_case(joined[0])
