"""A story's bold line in issue.md: its tag and its headline as one, and apart again. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Item

READ_MORE = "Read more: "  # before the sources of a story below a bold line

_BOLD = re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*:?")
_TAG = r"[^\W_][\w'’&-]*(?: [\w'’&-]+)?"  # one word or two
_TAGGED = re.compile(rf"({_TAG}): (?=\S)")
_UNTAGGED = re.compile(rf"({_TAG})\\: (?=\S)")  # what would be a tag, and is of the headline


def bold_line(item: Item) -> str:
    """The line above a story's text; "" where it has neither tag nor headline."""
    headline = item.headline
    if item.tag:
        return f"**{item.tag}: {headline}**"
    return f"**{_TAGGED.sub(_escaped, headline, count=1)}**" if headline else ""


def _escaped(match: re.Match[str]) -> str:
    return f"{match[1]}\\: " if match.start() == 0 else match[0]


def bold_words(line: str) -> str | None:
    """What stands in bold where that is all of the line, else None."""
    found = _BOLD.fullmatch(line)
    return found[1].strip() if found else None


def tag_and_headline(words: str) -> tuple[str, str]:
    """The tag before a headline, "" where there is none, and the headline."""
    tagged = _TAGGED.match(words)
    if tagged:
        return tagged[1], words[tagged.end() :]
    untagged = _UNTAGGED.match(words)
    return "", f"{untagged[1]}: {words[untagged.end() :]}" if untagged else words


def refilled(lines: Sequence[str], number: int) -> int:
    """How many lines from `number` on a bold line was broken into by a formatter; 1 for one that
    stands whole, 0 for what is none.
    """
    if not lines[number].startswith("**"):
        return 0
    whole = ""
    for count, line in enumerate(lines[number:], 1):
        if not line.strip():
            break
        whole = f"{whole} {line.strip()}".strip()
        if bold_words(whole) is not None:
            return count
    return 0
