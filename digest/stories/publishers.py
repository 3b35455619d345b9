"""Who publishes a document: families of outlets, and how many of them tell a story
independently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.stories.publishing_houses import SHARED, home

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Document

# What outlets add to a name without becoming another house ("Meridian News", "Meridian.example",
# "The Meridian"): the second set only where their site is called without it ("Bloomberg Business"),
# for "Startups Daily" and "Startups Magazine" are two.
_ADDED = frozenset({"the", "news", "newsroom", "online", "podcast", "podcasts", "com", "www"})
_SOMETIMES_ADDED = frozenset({"technology", "tech", "business", "daily", "magazine"})
RUN = 5  # words in a row
COPIED = 0.6  # share of the shorter text's runs that stand in the longer one


def family(document: Document) -> str:
    """The outlet's house, the same for "The Verge" and "theverge.com": its name folded, or the
    site's when it has none. Those who write on one host are as many houses.
    """
    place = home(document.url)
    if place.host and _folded(document.publisher, "") == place.host:
        return place.writer or (document.feed_url if place.site in SHARED else place.site)
    return _folded(document.publisher, place.name) or place.name or document.feed_url


def host(url: str) -> str:
    """The host without "www."; "" when there is none, or when a page has given what is no
    address.
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _folded(name: str, site_name: str) -> str:
    """A publisher's name as it is compared, beside what its site is called."""
    domain = re.fullmatch(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})/?", name.strip().lower())
    if domain:
        return _without_the(home(f"http://{domain[1]}").name)
    words = re.findall(r"\w+", name.lower())
    core = [word for word in words if word not in _ADDED]
    least = "".join(word for word in core if word not in _SOMETIMES_ADDED)
    if least and _without_the(least) == site_name:
        return site_name
    return _without_the("".join(core if least else words))


def _without_the(name: str) -> str:
    return name.removeprefix("the") if len(name) > 6 else name


def independent(documents: Iterable[Document]) -> tuple[Document, ...]:
    """One document for each house that tells the story in its own words, in the order given: a
    syndicated copy adds nobody.
    """
    kept: list[Document] = []
    for document in documents:
        if not any(
            family(document) == family(other) or copied(document.text, other.text) for other in kept
        ):
            kept.append(document)
    return tuple(kept)


def copied(a: str, b: str) -> bool:
    """Whether most of the shorter text stands word for word in the longer one."""
    short, long = sorted((_runs(a), _runs(b)), key=len)
    return bool(short) and len(short & long) >= COPIED * len(short)


def _runs(text: str) -> set[tuple[str, ...]]:
    words: Sequence[str] = re.findall(r"\w+", text[:3000].lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
