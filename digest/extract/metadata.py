"""What a page says of itself beside its text: title, publisher, author, date and language, from
JSON-LD, meta elements and headings.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from digest.net.urls import host_of
from digest.text.tidy import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types

MAX_JSON = 1_000_000  # characters of one JSON-LD block
MAX_DEPTH = 12
_ARTICLE = re.compile(r"Article|Posting|Report|Review$|^LiveBlog", re.IGNORECASE)
_TITLE_NAMES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
)
_SITE_NAMES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "citation_author",
    "byl",
)
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "article.published", "pubdate",
    "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "citation_publication_date", "sailthru.date",
    "cxenseparse:recs:publishtime", "date", "dc.date", "originalpublicationdate",
)  # fmt: skip
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_SHORT_LINE = 60  # characters; further in, a date belongs to what is told
_DESCRIPTION_NAMES = ("og:description", "twitter:description", "description", "dc.description")
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|subtitle|sub-?head(?:line|ing)?|deck|article-summary)(?:$|[\s_-])",
    re.IGNORECASE,
)
MAX_DESCRIPTION = 1000  # characters; what is longer is no sentence or two
_BY = re.compile(r"^\W*(?:by|written by|posted by|von|par|por)\b[\s:]+", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"www\.|^(?:admin|administrator|editor|staff|unknown|none|null|root|webmaster)$", re.IGNORECASE
)
_E_MAIL = re.compile(r"[<(]?\S+@\S+\.\w+[>)]?")
_PARTS = re.compile(r"\s*(?:;|,|\||/|\s&\s|\band\b|\bund\b|\bet\b)\s*")
_CUT = re.compile(r"\s+[|\u00b7\u2022\u00bb\u2013\u2014-]+\s+|\s*[|\u00bb]\s*|:\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; "" and None where it does not."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: datetime | None = None
    language: str = ""
    canonical_url: str = ""
    body: str = ""  # the article's text where JSON-LD carries it
    free: bool = True  # False when it says that only subscribers may read it whole
    descriptions: tuple[str, ...] = ()  # what it says of its article in a sentence or two


def read_metadata(tree: HtmlElement, url: str) -> Metadata:
    """A page's own word, cross-checked where it says a thing more than once. `url` is where it was
    found.
    """
    meta, article = _meta(tree), _article(tree)
    publisher = _publisher(meta, article)
    return Metadata(
        title=_title(tree, meta, article, publisher),
        publisher=publisher,
        author=_author(meta, article),
        published=_published(tree, meta, article, url),
        language=_language(tree, meta, article),
        canonical_url=_canonical(tree, meta, url),
        body=_text(article.get("articleBody")),
        free=str(article.get("isAccessibleForFree", "true")).lower() != "false",
        descriptions=_descriptions(tree, meta, article),
    )


# ---------------------------------------------------------------- where it is said


def _meta(tree: HtmlElement) -> Mapping[str, str]:
    """The first content of each meta element, by its name in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = one_line(element.get("content"))
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _article(tree: HtmlElement) -> Mapping[str, Any]:
    """The first article in the page's JSON-LD; later ones are those it links to."""
    for element in tree.iter("script"):
        kind, text = element.get("type") or "", element.text or ""
        if kind.strip().lower() != "application/ld+json" or len(text) > MAX_JSON:
            continue
        for node in _nodes(_parsed(text), MAX_DEPTH):
            if any(_ARTICLE.search(str(name)) for name in _listed(node.get("@type"))):
                return node
    return {}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Objects inside out of each other, outermost first."""
    if depth and isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth - 1)
    elif depth and isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth - 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


# ---------------------------------------------------------------- what it says of its article


def _descriptions(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]
) -> tuple[str, ...]:
    """The page's standfirst, then what it tells machines of its article, each once."""
    stated = (
        *(
            one_line(one.text_content())
            for one in tree.iter("p", "h2", "div")
            if _stands_first(one)
        ),
        _plain(_text(article.get("description"))),
        *(_plain(meta[name]) for name in _DESCRIPTION_NAMES if name in meta),
    )
    return tuple(dict.fromkeys(one for one in stated if 0 < len(one) <= MAX_DESCRIPTION))


def _stands_first(element: HtmlElement) -> bool:
    return bool(_STANDFIRST.search(element.get("class") or ""))


# ---------------------------------------------------------------- title and publisher


def _title(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any], publisher: str
) -> str:
    """The title that most of og:title, the only heading, JSON-LD and `<title>` agree on; a site's
    name at its end is no part of it.
    """
    headings = [one_line(heading.text_content()) for heading in tree.iter("h1")]
    stated = [
        next((meta[name] for name in _TITLE_NAMES if name in meta), ""),
        next(iter(headings), "") if len(set(headings)) == 1 else "",
        _plain(_text(article.get("headline"))),
    ]
    tag = one_line(tree.findtext(".//title"))
    candidates = [
        one
        for one in (
            *(without_site(title, publisher) for title in stated),
            without_site(tag, publisher, cut=True),
        )
        if one
    ]
    votes = Counter(_key(one) for one in candidates)
    return max(candidates, key=lambda one: votes[_key(one)], default="")


def _plain(text: str) -> str:
    """A headline in JSON-LD is often escaped once too often."""
    from html import unescape

    return one_line(re.sub(r"<[^>]{1,200}>", "", unescape(text)))


def _key(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def without_site(title: str, publisher: str, *, cut: bool = False) -> str:
    """A title less the site's name at its end ("… | Meridian"). With `cut`, whatever follows the
    last bar or dash is taken for one.
    """
    parts = list(_CUT.finditer(title))
    for part in reversed(parts):
        tail = _key(title[part.end() :])
        if (
            tail
            and publisher
            and tail in {_key(publisher), _key(publisher.split(".", maxsplit=1)[0])}
        ):
            return title[: part.start()].strip()
    last = parts[-1] if parts else None
    if (
        cut
        and last
        and ":" not in last[0]
        and 0 < len(title) - last.end() <= 40
        and last.start() >= 15
    ):
        return title[: last.start()].strip()
    return title


def _publisher(meta: Mapping[str, str], article: Mapping[str, Any]) -> str:
    named = next(
        (meta[name] for name in _SITE_NAMES if name in meta and not meta[name].startswith("http")),
        "",
    )
    if not named:
        owner = next(iter(_listed(article.get("publisher"))), None)
        named = one_line(owner.get("name")) if isinstance(owner, dict) else one_line(_text(owner))
    return named.lstrip("@ ").strip()


# ---------------------------------------------------------------- author


def _author(meta: Mapping[str, str], article: Mapping[str, Any]) -> str:
    """Names joined by "; ", each once."""
    stated = [
        one.get("name") if isinstance(one, dict) else one for one in _listed(article.get("author"))
    ]
    flat = [name for one in stated for name in _listed(one) if isinstance(name, str)]
    for source in (flat, *([meta[name]] for name in _AUTHOR_NAMES if name in meta)):
        names = clean_authors(source)
        if names:
            return names
    return ""


def clean_authors(stated: Iterable[str]) -> str:
    """People's names out of "By Ann Roe and Bo Li <bo@example.org>" and the like, joined by "; ";
    "" when there are none.
    """
    names: dict[str, str] = {}
    for text in (one for one in stated if "://" not in one):
        for part in _PARTS.split(_BY.sub("", _E_MAIL.sub("", one_line(text)))):
            name = part.strip(" .,:-")
            if 2 < len(name) <= 60 and not _NO_PERSON.search(name):
                names.setdefault(name.casefold(), name)
    return "; ".join(list(names.values())[:6])


# ---------------------------------------------------------------- date, language, address


def _published(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any], url: str
) -> datetime | None:
    stated = (
        article.get("datePublished"),
        *(meta.get(name) for name in _DATE_NAMES),
        article.get("dateCreated"),
    )
    exact = next((moment for moment in map(moment_of, stated) if moment), None)
    return exact or _in_the_text(tree, url) or _spelled_out(tree)


def moment_of(value: Any) -> datetime | None:
    """An ISO 8601 date or time in UTC; a day is its midnight. None for anything else: guessed dates
    are worse than none.
    """
    if not isinstance(value, str) or not re.match(r"\s*(?:19|20)\d\d-?[01]\d-?[0-3]\d", value):
        return None
    text = re.sub(r"\s+(?=[+-]\d)", "", value.strip()).replace(" UTC", "Z")
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _in_the_text(tree: HtmlElement, url: str) -> datetime | None:
    """The day that htmldate finds in what a page shows or in its address."""
    from htmldate import find_date

    try:
        found = find_date(tree, url=url or None, original_date=True, extensive_search=False)
    except AssertionError:  # a document whose root it would drop, such as a bare <svg>
        return None
    return moment_of(found) if found else None


def _spelled_out(tree: HtmlElement) -> datetime | None:
    """The day in a short line of a page in Chinese, Japanese or Korean: "2026年3月5日". Its signs
    leave nothing to guess.
    """
    for line in tree.itertext("*"):
        found = _DAY.search(line) if len(line) <= _SHORT_LINE else None
        if found:
            year, month, day = map(int, found.groups())
            try:
                return datetime(year, month, day, tzinfo=UTC)
            except ValueError:
                continue
    return None


def _language(tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]) -> str:
    stated = (
        tree.get("lang"),
        article.get("inLanguage"),
        meta.get("og:locale"),
        meta.get("content-language"),
        meta.get("language"),
    )
    codes = (re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", one) for one in stated if isinstance(one, str))
    return next((code[0].lower() for code in codes if code), "")


def _canonical(tree: HtmlElement, meta: Mapping[str, str], url: str) -> str:
    """What the page calls itself, if that is on the host where it was found: a page could name any
    address.
    """
    links = (
        link.get("href")
        for link in tree.iter("link")
        if (link.get("rel") or "").lower() == "canonical"
    )
    for stated in (*links, meta.get("og:url")):
        if stated:
            try:
                address = urljoin(url, stated.strip())
            except ValueError:
                continue
            if host_of(address) and _bare(address) == _bare(url):
                return one_line(address)
    return ""


def _bare(url: str) -> str:
    return host_of(url).removeprefix("www.").removeprefix("amp.").removeprefix("m.")
