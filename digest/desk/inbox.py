"""What an inbox shows of a mail: who it is from, its subject, and the first words in it."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from digest.text.markdown import one_line

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = 140  # characters of its text, more than any inbox shows
_UNSEEN = {"style", "script", "title", "head"}


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One mail in a list of mails."""

    sender: str
    subject: str
    preheader: str


def inbox_line(mail: Path, sender: str) -> InboxLine | None:
    """The line for a rendered mail; None when it cannot be read."""
    try:
        page = mail.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    reader = _FirstWords()
    reader.feed(page)
    return InboxLine(sender, one_line(reader.title), one_line(" ".join(reader.words))[:SHOWN])


class _FirstWords(HTMLParser):
    """The title of a page and the text in it, hidden text included: inboxes show that, too."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.words: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Note where the text that follows stands."""
        if tag in _UNSEEN:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """And where it ends."""
        if tag in self._within:
            self._within.remove(tag)

    def handle_data(self, data: str) -> None:
        """Text of the title, or that a reader sees."""
        if "title" in self._within:
            self.title += data
        elif not self._within and data.strip():
            self.words.append(data.strip())
