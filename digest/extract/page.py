"""One web page into text and metadata. Pure, and run in worker processes: pages are hostile, and nothing else is as heavy."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

MAX_TEXT = 400_000  # characters; a longer "article" is a dump of something else
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)
_HTML_LANG = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2,3})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. Strings are "" when it does not say; `text` has one newline between paragraphs."""

    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: datetime | None = None  # a day at midnight UTC: pages seldom give more that can be trusted
    language: str = ""
    canonical_url: str = ""


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """The article on a page, `text` "" when there is none. `content_type` is the header as it came, `url` where the page was found."""
    from trafilatura import bare_extraction

    html = decode(body, content_type)
    found: Any = bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False, include_formatting=False, deduplicate=False
    )
    language = _HTML_LANG.search(html[:5000])
    if found is None:
        return Page(text="", language=language[1].lower() if language else "")
    return Page(
        text=_without_title(tidy(found.text or "")[:MAX_TEXT], _line(found.title)),
        title=_line(found.title),
        publisher=_line(found.sitename),
        author=_line(found.author),
        published=_day(found.date),
        language=language[1].lower() if language else "",
        canonical_url=_line(found.url),
    )


def decode(body: bytes, content_type: str) -> str:
    """Bytes as text: a BOM decides, then UTF-8 if it fits, then what the header or the page declares, then windows-1252 (WHATWG's default).

    UTF-8 goes first because bytes that happen to be valid UTF-8 almost always are, and labels are often wrong.
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    header = re.search(r"charset\s*=\s*\"?([\w-]+)", content_type, re.IGNORECASE)
    meta = _META_CHARSET.search(body[:4096])
    declared = [header[1] if header else "", meta[1].decode("ascii") if meta else ""]
    for name in ("utf-8", *declared):
        try:
            return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("windows-1252", "replace")


_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def tidy(text: str) -> str:
    """Text as it is stored: single spaces, one newline between paragraphs, no control, zero-width or direction-changing characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    text = _INVISIBLE.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _without_title(text: str, title: str) -> str:
    """The heading that repeats the title is no part of what the article says."""
    first, _, rest = text.partition("\n")
    return rest if title and first.casefold() == title.casefold() else text


def _line(value: Any) -> str:
    return " ".join(tidy(str(value)).split()) if value else ""


def _day(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    except ValueError:
        return None
