"""The text part of the mail: 72 columns, links as numbers into the list of addresses at its end."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from digest.config.templates import fill_in
from digest.text import markdown
from digest.text.own_words import own_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

    from jinja2 import Environment

    from digest.render.story_views import LinkView, StoryView
    from digest.render.view import IssueView

WIDTH = 72
# Plain text has no direction of its own: each line of a language that is read from the right says
# it, whatever letters it begins with (Unicode's right-to-left mark).
_RIGHT_TO_LEFT = "\u200f"
_UNSEEN = frozenset("\u200c\u200d\u200e\u200f")  # joiners and marks of direction


def email_text(view: IssueView, env: Environment) -> str:
    """The mail as plain text; no line is longer than 72 columns unless it holds a URL."""
    numbers = {source.url: source.number for source in view.sources}
    words = own_words(view.newsletter.language)
    filters = {
        "columns": columns,
        "fill": fill,
        "named_sources": partial(_named_sources, words=words),
        "update_text": partial(_update_text, words=words),
        "numbered": lambda rendered: markdown.number_links(rendered, numbers),
    }
    text_env = env.overlay()
    text_env.filters = {**env.filters, **filters}
    text = fill_in(text_env, "email.txt.j2", issue=view, width=WIDTH)
    text = re.sub(r"\n{4,}", "\n\n\n", text).strip() + "\n"
    return re.sub(r"^(?=.)", _RIGHT_TO_LEFT, text, flags=re.M) if view.direction == "rtl" else text


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining
    mark.
    """
    return sum(
        0
        if unicodedata.combining(c) or c in _UNSEEN
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def fill(text: str, lead: str = "") -> str:
    """The text in lines of at most 72 columns, the first after `lead`, the others indented to
    match. A URL is never broken.
    """
    room = WIDTH - columns(lead)
    lines = [""]
    for piece in (
        piece for word in markdown.one_line(text).split(" ") for piece in _pieces(word, room)
    ):
        if not lines[-1]:
            lines[-1] = piece
        elif columns(lines[-1]) + 1 + columns(piece) <= room:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    indent = " " * columns(lead)
    return lead + f"\n{indent}".join(lines)


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word that fits, or a URL, whole; any other in pieces that fit."""
    if columns(word) <= room or re.match(r"https?://", word):
        yield word
        return
    piece = ""
    for character in word:
        if columns(piece) + columns(character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def _named_sources(story: StoryView, words: NullTranslations) -> str:
    """The line below a story: "[3] Wire, [4] Radio Ledger (transcript, at 12:34)"."""
    named = [f"[{link.number}] {link.name}" if link.url else link.name for link in story.links]
    bases = [f" ({rests})" if (rests := _rests_on(link, words)) else "" for link in story.links]
    marks = [words.gettext("source’s own words")] if story.verbatim else []
    return words.gettext(", ").join([*map("".join, zip(named, bases, strict=True)), *marks])


def _update_text(story: StoryView, words: NullTranslations) -> str:
    """The line of an update: "Update: Halden borrows was told on 3 May. New: $2 bn. https://…"."""
    note = story.update
    told = markdown.strip_tags(note.mail) if note else ""
    return f"{words.gettext('Update:')} {told} {note.url if note else ''}".rstrip()


def _rests_on(link: LinkView, words: NullTranslations) -> str:
    """What the words are taken from: "transcript, at 12:34, at 45:10"."""
    places = (words.gettext("at %(clock)s") % {"clock": one.clock} for one in link.moments)
    return words.gettext(", ").join(filter(None, (link.basis, *places)))
