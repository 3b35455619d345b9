"""Who publishes a document: families of outlets, and how many of them tell a story
independently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Document

# What outlets add to a name without becoming another house ("Meridian News", "Meridian.example",
# "The Meridian").
_FILLERS = frozenset(
    {
        "the",
        "news",
        "newsroom",
        "online",
        "technology",
        "tech",
        "business",
        "daily",
        "podcast",
        "podcasts",
        "magazine",
        "com",
        "www",
    }
)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "ne", "or"})
RUN = 5  # words in a row
COPIED = 0.6  # share of the shorter text's runs that stand in the longer one


def family(document: Document) -> str:
    """The outlet's house, the same for "The Verge" and "theverge.com": its name folded, or the
    site's when it has none.
    """
    return _folded(document.publisher) or _folded(site(document.url)) or document.feed_url


def site(url: str) -> str:
    """The part of a host that one registers, as far as that can be told without a list:
    "news.bbc.co.uk" -> "bbc.co.uk".
    """
    labels = host(url).split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def host(url: str) -> str:
    """The host without "www."; "" when there is none, or when a page has given what is no
    address.
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _folded(name: str) -> str:
    domain = re.fullmatch(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})/?", name.strip().lower())
    if domain:
        name = site(f"http://{domain[1]}").split(".")[0]
    words = re.findall(r"\w+", name.lower())
    plain = "".join(word for word in words if word not in _FILLERS) or "".join(words)
    return plain.removeprefix("the") if len(plain) > 6 else plain


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
