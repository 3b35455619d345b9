"""What a person types to search, as a query in FTS5's language: every word must be there,
"a phrase" as it is, and with a star whatever a word begins.
"""

from __future__ import annotations

import re

_TERM = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
_WORD = re.compile(r"\w+")
MOST_TERMS = 16


def search_query(typed: str, *, prefix: bool = False) -> str:
    """The query; "" where nothing that was typed is a word. With `prefix` each word may go on."""
    terms = []
    for found in _TERM.finditer(typed):
        words = _WORD.findall(found[1] or found[3] or "")
        star = "*" if prefix or found[2] or (found[3] or "").endswith("*") else ""
        if words:
            terms.append(f'"{" ".join(words)}"{star}')
    return " ".join(terms[:MOST_TERMS])


def any_of(phrases: list[str]) -> str:
    """A query for whatever holds one of these phrases; "" where none has a word."""
    found = [f'"{" ".join(words)}"' for phrase in phrases if (words := _WORD.findall(phrase))]
    return " OR ".join(dict.fromkeys(found))
