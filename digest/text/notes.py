"""Numbered notes in inline Markdown: links whose text is a number, behind the end of the sentence
that they bear out.
"""

from __future__ import annotations

import re

_END = r"(?<=[.!?…\"'”’)])"
_NOTES = re.compile(rf"{_END}(?: \[\d{{1,3}}\]\((?:<[^<>\s]+>|[^()<>\s]+)\))+")
_LINK = re.compile(r' <a href="([^"]*)"([^>]*)>\d{1,3}</a>')
_LINKS = re.compile(rf"{_END}(?:{_LINK.pattern})+")


def note(number: int, url: str) -> str:
    """A note as Markdown."""
    return f"[{number}](<{url}>)" if "(" in url or ")" in url else f"[{number}]({url})"


def without_notes(markdown: str) -> str:
    """The text without its notes."""
    return _NOTES.sub("", markdown)


def has_notes(markdown: str) -> bool:
    """Whether there is a note in it."""
    return _NOTES.search(markdown) is not None


def raised_notes(rendered: str, numbers: dict[str, int]) -> str:
    """HTML of such Markdown with its notes raised, each with the number that its address has."""
    from html import unescape

    def raised(match: re.Match[str]) -> str:
        number = numbers.get(unescape(match[1]))
        if number is None:
            return ""
        return f'<sup class="note"><a href="{match[1]}"{match[2]}>{number}</a></sup>'

    return _LINKS.sub(lambda match: _LINK.sub(raised, match[0]), rendered)
