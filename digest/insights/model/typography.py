"""Quotation marks and apostrophes as a printer sets them: of our own words alone, for what is
quoted stays as its source has it. Pure.
"""

from __future__ import annotations

import re

_INSIDE = re.compile(r"(?<=\w)'(?=\w)")  # the apostrophe of every language: "it's", "l'IA"
_CLOSED = re.compile(r"^[^'\n]*[^\s']'(?!\w)")


def typeset(text: str, language: str) -> str:
    """The text with typographic marks. Languages other than English have quotation marks of their
    own, which are left as written.
    """
    text = _INSIDE.sub("’", text)
    if language.partition("-")[0] != "en" or not ("'" in text or '"' in text):
        return text
    made: list[str] = []
    quoting = False  # inside of double marks
    for i, sign in enumerate(text):
        before, after = made[-1] if made else "", text[i + 1 :]
        mark = (
            _double(before, after, quoting=quoting)
            if sign == '"'
            else _single(before, after)
            if sign == "'"
            else sign
        )
        quoting = mark == "“" or (quoting and mark != "”")
        made.append(mark)
    return "".join(made)


def _double(before: str, after: str, *, quoting: bool) -> str:
    """A mark that neither opens nor closes a quotation, as of inches, stays."""
    if quoting:
        return "”"
    return "“" if _begins(before) and after[:1].strip() else '"'


def _single(before: str, after: str) -> str:
    """One that opens is closed further on; every other one behind a sign or before a letter or a
    figure ("'90s") is an apostrophe.
    """
    if _begins(before):
        return (
            "‘"
            if after[:1].isalpha() and _CLOSED.match(after)
            else "’"
            if after[:1].isalnum()
            else "'"
        )
    return "'" if before.isdigit() else "’"  # of feet


def _begins(before: str) -> bool:
    return not before or before.isspace() or before in "([—–/“‘"
