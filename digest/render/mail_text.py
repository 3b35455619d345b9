"""The text part of the mail: 72 columns, links as numbers into the list of addresses at its end."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from digest.config.templates import fill_in
from digest.text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from digest.render.story_views import LinkView, StoryView
    from digest.render.view import IssueView

WIDTH = 72


def email_text(view: IssueView, env: Environment) -> str:
    """The mail as plain text; no line is longer than 72 columns unless it holds a URL."""
    numbers = {source.url: source.number for source in view.sources}
    filters = {
        "columns": columns,
        "fill": fill,
        "named_sources": _named_sources,
        "update_text": _update_text,
        "numbered": lambda rendered: markdown.number_links(rendered, numbers),
    }
    text_env = env.overlay()
    text_env.filters = {**env.filters, **filters}
    text = fill_in(text_env, "email.txt.j2", issue=view, width=WIDTH)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip() + "\n"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining
    mark.
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
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


def _named_sources(story: StoryView) -> str:
    """The line below a story: "[3] Wire, [4] Radio Ledger (transcript, at 12:34)"."""
    named = [f"[{link.number}] {link.name}" if link.url else link.name for link in story.links]
    bases = [f" ({rests})" if (rests := _rests_on(link)) else "" for link in story.links]
    marks = ["source's own words"] if story.verbatim else []
    return ", ".join([*map("".join, zip(named, bases, strict=True)), *marks])


def _update_text(story: StoryView) -> str:
    """The line of an update: "Update: Halden borrows was told on 3 May. New: $2 bn. https://…"."""
    note = story.update
    told = markdown.strip_tags(note.mail) if note else ""
    return f"Update: {told} {note.url if note else ''}".rstrip()


def _rests_on(link: LinkView) -> str:
    """What the words are taken from: "transcript, at 12:34, at 45:10"."""
    return ", ".join(filter(None, (link.basis, *(f"at {moment.clock}" for moment in link.moments))))
