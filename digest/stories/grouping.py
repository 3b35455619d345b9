"""Which documents tell of the same event or argument: exact and near duplicates become one
group.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import Basis, Document, Group
from digest.stories.amounts import raised
from digest.stories.linkage import Pair, average_link
from digest.stories.publishers import family, host
from digest.stories.shared_boilerplate import lead_texts
from digest.stories.subject_words import COMMONPLACE
from digest.text.proper_names import proper_names
from digest.text.vectors import cosines, tf_idf, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Chosen on two weeks of labelled AI news, where .14 to .20 do about equally well; a false merge is
# worse than a missed one.
SAME_STORY = 0.17
STRANGERS = 0.05  # below this two documents are never in one story, whatever lies between them
# what two texts at one address must share: round-ups and live pages tell several things there
SAME_ADDRESS = 0.1
LEAD = 1500  # characters of a text that are compared
FADE_PER_DAY = 0.1  # of the similarity: a sequel uses the words of what it follows, only later
FAR_APART = timedelta(days=7)
ROUND_LEAD = 500  # characters in which news of a funding round states its sum
NO_COMMON_NAME = 0.5  # what is left of a similarity when both texts name names and share none
OTHER_ROUND = (
    0.3  # what is left of it when they tell of different sums raised: news of rounds reads alike
)
SHORT_TITLE = 4  # distinct words; a shorter title may come back ("Morning briefing")

_BASES: tuple[Basis, ...] = ("article", "transcript", "show-notes", "feed-text")


def group(
    documents: Sequence[Document], weights: Mapping[str, float] | None = None
) -> tuple[Group, ...]:
    """The documents as groups, earliest group first; each document stands in exactly one, whatever
    order they come in.

    `weights` are the feeds' by URL; they only help to choose which document of a group is the best
    source.
    """
    ordered = sorted(documents, key=_identity)
    similarity = similarities(ordered)
    doubted, certain = _doubted(ordered, similarity), _certain(ordered, similarity)
    clusters = average_link(len(ordered), doubted, certain, threshold=SAME_STORY, floor=STRANGERS)
    return tuple(_group([ordered[i] for i in cluster], weights or {}) for cluster in clusters)


def _identity(document: Document) -> tuple[object, ...]:
    return document.when, document.url, document.entry_id, document.title


def _group(documents: Sequence[Document], weights: Mapping[str, float]) -> Group:
    first = documents[0]  # the earliest, as they come sorted
    name = _digest(first.entry_id)
    return Group(name, tuple(sorted(documents, key=lambda document: _standing(document, weights))))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _standing(document: Document, weights: Mapping[str, float]) -> tuple[object, ...]:
    """Sorts the best source first: by basis, feed weight, length (doubled or not; less is chance)
    and who was earlier.
    """
    return (
        _BASES.index(document.basis),
        -weights.get(document.feed_url, 1.0),
        -len(document.text).bit_length(),
        *_identity(document),
    )


def similarities(documents: Sequence[Document]) -> dict[Pair, float]:
    """How alike two documents are by their titles, counted twice, and leads: from 0 to 1, by their
    places i < j.
    """
    texts = lead_texts(documents, LEAD)
    titles = _telling_titles(documents)
    bags = [
        Counter(tokens(text)) + Counter(title * 2)
        for title, text in zip(titles, texts, strict=True)
    ]
    return cosines(tf_idf(bags, commonplace=COMMONPLACE))


def _telling_titles(documents: Sequence[Document]) -> list[list[str]]:
    """The titles' tokens, none where a house uses a short title again: it names a series ("Morning
    briefing").
    """
    titles = [tokens(document.title) for document in documents]
    uses = Counter(
        (family(document), *title) for document, title in zip(documents, titles, strict=True)
    )
    return [
        [] if len(set(title)) < SHORT_TITLE and uses[(family(document), *title)] > 1 else title
        for document, title in zip(documents, titles, strict=True)
    ]


def _doubted(documents: Sequence[Document], similarity: Mapping[Pair, float]) -> dict[Pair, float]:
    """The similarities, less where time, names or money speak against one story."""
    texts = [f"{document.title}. {document.opening[:LEAD]}" for document in documents]
    names, sums = proper_names(texts), [raised(text[:ROUND_LEAD]) for text in texts]
    doubted = {}
    for (i, j), value in similarity.items():
        apart = abs(documents[i].when - documents[j].when)
        if apart <= FAR_APART:
            fade = 1 - FADE_PER_DAY * (apart / timedelta(days=1))
            doubt = (NO_COMMON_NAME if _apart(names[i], names[j]) else 1) * (
                OTHER_ROUND if _apart(sums[i], sums[j]) else 1
            )
            doubted[i, j] = value * fade * doubt
    return doubted


def _apart(a: frozenset[object], b: frozenset[object]) -> bool:
    """Whether both say something, and nothing in common."""
    return bool(a and b) and a.isdisjoint(b)


def _certain(documents: Sequence[Document], similarity: Mapping[Pair, float]) -> Iterable[Pair]:
    """Pairs at one address or under one title. The texts must not be strangers: some sites call
    every page by the home page's address. Two of one feed at one address are two pieces.
    """
    for same in _sharing(documents):
        for i, j in pairwise(same):
            if (
                similarity.get((i, j), 0.0) >= SAME_ADDRESS
                and not _two_of_one_feed(documents[i], documents[j])
                and abs(documents[i].when - documents[j].when) <= FAR_APART
            ):
                yield i, j


def _two_of_one_feed(one: Document, other: Document) -> bool:
    same_place = one.feed_url == other.feed_url and one.url == other.url
    return same_place and one.title.casefold() != other.title.casefold()


def _sharing(documents: Sequence[Document]) -> Iterable[list[int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for i, document in enumerate(documents):
        for key in {
            _address(document.url),
            _address(document.canonical_url),
            _headline(document.title),
        } - {""}:
            holders[key].append(i)
    return holders.values()


def _address(url: str) -> str:
    site = host(url)
    parts = urlsplit(url) if site else None
    return f"{site}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}" if parts else ""


def _headline(title: str) -> str:
    words = tokens(title)
    return " ".join(words) if len(set(words)) >= SHORT_TITLE else ""
