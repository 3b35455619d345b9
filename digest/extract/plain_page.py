"""A page of plain text or Markdown as the web page that it stands for. Run in worker processes, like
pages.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.extract.page import read_page
from digest.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.extract.page import Page

_PLAIN = re.compile(r"\s*text/(?:plain|(?:x-)?markdown)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\s*text/(?:x-)?markdown\b", re.IGNORECASE)
_MARKDOWN_FILE = (".md", ".markdown", ".mdown", ".mdx")
# Servers that do not know a page's type call it plain text.
_TAGGED = re.compile(rb"<(?:!doctype|html|head|body|div|p|article|table)\b", re.IGNORECASE)
_SEARCHED = 4000  # bytes
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FACT = re.compile(r"^(title|author|date|description)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_META = {"author": "author", "date": "article:published_time", "description": "og:description"}
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


def is_plain(body: bytes, content_type: str) -> bool:
    """Whether what was found is text without HTML."""
    return bool(_PLAIN.match(content_type)) and not _TAGGED.search(body[:_SEARCHED])


def read_plain(
    body: bytes, content_type: str, url: str, reading: Callable[[bytes, str, str], Page] = read_page
) -> Page:
    """What `reading` makes of a plain text or of Markdown, as Markdown says that it is shown."""
    text = decode(body, content_type)
    is_markdown = _MARKDOWN.match(content_type) or urlsplit(url).path.lower().endswith(
        _MARKDOWN_FILE
    )
    html = _of_markdown(text) if is_markdown else _page("", _paragraphs(text))
    return reading(html.encode("utf-8"), "text/html; charset=utf-8", url)


def _of_markdown(text: str) -> str:
    from markdown import markdown

    front = _FRONT.match(text)
    text = text[front.end() :] if front else text
    facts = {name: value.strip("\"'") for name, value in _FACT.findall(front[1] if front else "")}
    heading = _HEADING.search(text)
    title = facts.pop("title", "") or (heading[1] if heading else "")
    metas = "".join(
        f'<meta property="{_META[name]}" name="{_META[name]}" content="{escape(value)}">'
        for name, value in facts.items()
    )
    head = f"<title>{escape(title)}</title>{metas}" if title or metas else ""
    return _page(head, markdown(text, extensions=["tables", "fenced_code", "toc"]))


def _paragraphs(text: str) -> str:
    """Paragraphs are parted by blank lines; a line's end within one is where the line was full."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return "".join(f"<p>{escape(' '.join(part.split()))}</p>\n" for part in parts if part.strip())


def _page(head: str, body: str) -> str:
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"
