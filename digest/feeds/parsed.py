"""What a feed says, in one shape for every format, and what all formats need to get there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from digest.net.urls import clean_url, host_of
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from datetime import date, datetime

    from digest.model import Kind, Link

_LONGEST_TITLE = 500
_ROOM = 160  # characters of a sentence that stands for a title
_FEWEST_WORDS = 4  # of its clauses that do
_WORDS_FOR_A_TITLE = 12  # where there is no clause to end with
_PAUSE = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)")
# What a generator writes where it has nothing, or did not fill in: no title and no address.
_UNFILLED = re.compile(
    r"undefined|null|nan|none|n/?a|\[object \w+\]|<no value>|#(?:n/a|ref!|value!|name\?)"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[^{}]*\}|<%=?[^<>]*%>|%[sd]",
    re.IGNORECASE,
)
_PLAIN_URL = re.compile(
    r"https?://[\w.-]+/[\w./-]*\Z", re.ASCII
)  # already absolute, as nearly all are; joining takes ten times as long


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One item as the feed has it. Texts are plain; `published` is UTC, None when the feed does not
    say.
    """

    guid: str  # "" when there is none, until all items are there
    # http or https, without tracking parameters; an episode's recording where there is no link
    url: str
    title: str
    published: datetime | None
    author: str = ""
    language: str = ""
    text: str = ""  # the longest of content and summary; paragraphs parted by a newline
    enclosure: Link | None = None
    transcripts: tuple[Link, ...] = ()
    chapters_url: str = ""
    seconds: int | None = None
    day: date | None = None  # where it says a day and no time
    publisher: str = ""  # whose item it is, where the feed has it from somebody else


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's own facts and its items in document order; `problems` are in words."""

    title: str
    home_url: str
    ttl_minutes: int | None
    language: str
    entries: tuple[ParsedEntry, ...]
    problems: tuple[str, ...] = ()
    rest_days: frozenset[int] = frozenset()  # on which it says to bring nothing; Monday is 0
    new_url: str = ""  # where the feed says that it has gone (itunes:new-feed-url)

    @property
    def kind(self) -> Kind:
        """A podcast when most of its items have a recording."""
        spoken = sum(
            entry.enclosure is not None and entry.enclosure.type.startswith("audio/")
            for entry in self.entries
        )
        return "podcast" if spoken * 2 > len(self.entries) else "news"


def web_url(link: str, base: str) -> str:
    """`link` made absolute, or "" when it is none, as "N/A" is, or does not lead to the web. White
    space in it is mended as browsers do.
    """
    tidy = "".join(link.strip().splitlines()).replace("\t", "").replace(" ", "%20")
    tidy = "" if _UNFILLED.fullmatch(unquote(tidy)) else tidy
    try:
        absolute = tidy if _PLAIN_URL.match(tidy) else urljoin(base, tidy) if tidy else ""
    except ValueError:
        return ""
    return absolute if host_of(absolute) and absolute.isprintable() else ""


def page_url(link: str, base: str) -> str:
    """Like web_url, without tracking parameters."""
    return clean_url(web_url(link, base))


def entry_url(link: str, base: str) -> str:
    """Like page_url, with the anchor: whether that tells entries apart shows when all are there."""
    absolute = web_url(link, base)
    anchor = absolute.partition("#")[2]
    return f"{clean_url(absolute)}#{anchor}" if anchor else clean_url(absolute)


def title_of(title: str, text: str, address: str) -> str:
    """The title; for an untitled item the first sentence of the text, or as many of its clauses as
    a title has room for; else what its file or page is called.
    """
    if title and not _UNFILLED.fullmatch(title):
        return title[:_LONGEST_TITLE]
    line = text.partition("\n")[0][:_LONGEST_TITLE]
    first = next(iter(sentences(line)), None)
    return _shortened(first.text) if first else " ".join(_file_name(address))[:_LONGEST_TITLE]


def _shortened(sentence: str) -> str:
    """A sentence, or where that is long what comes before the last pause that leaves it short."""
    if len(sentence) <= _ROOM:
        return sentence
    pauses = [found.start() for found in _PAUSE.finditer(sentence, 0, _ROOM)]
    words = sentence.split()
    whole = [sentence[:at] for at in pauses if len(sentence[:at].split()) >= _FEWEST_WORDS]
    return f"{whole[-1] if whole else ' '.join(words[:_WORDS_FOR_A_TITLE])[:_ROOM]}…"


def _file_name(address: str) -> list[str]:
    """The words of an address's last part: "https://a.example/2026/rates-rise.html" gives rates and
    rise.
    """
    name = PurePosixPath(unquote(urlsplit(address).path)).stem
    return re.findall(r"[^\W_]+", name)
