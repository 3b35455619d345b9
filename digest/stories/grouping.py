"""Which documents tell of the same event or argument: exact and near duplicates become one
group.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import Basis, Document, Group
from digest.stories.amounts import raised
from digest.stories.linkage import Pair, average_link
from digest.stories.publishers import family, host
from digest.stories.shared_boilerplate import lead_texts
from digest.stories.sketch import LEAD, OTHER_ROUND, ROUND_LEAD, apart, by_name
from digest.stories.subject_words import COMMONPLACE
from digest.text.near_pairs import near
from digest.text.proper_names import capitals, small
from digest.text.vectors import cosine, tf_idf, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.stories.amounts import Amount
    from digest.text.vectors import Vector

# Chosen on two weeks of labelled AI news, where .14 to .20 do about equally well; a false merge is
# worse than a missed one.
SAME_STORY = 0.17
STRANGERS = 0.05  # below this two documents are never in one story, whatever lies between them
# what two texts at one address must share: round-ups and live pages tell several things there
SAME_ADDRESS = 0.1
FADE_PER_DAY = 0.1  # of the similarity: a sequel uses the words of what it follows, only later
FAR_APART = timedelta(days=7)
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
    vectors = _vectors(ordered)
    alike = _doubted(ordered, vectors)
    close = [pair for pair in near(vectors, SAME_STORY) if alike(*pair) >= SAME_STORY]
    certain = _certain(ordered, vectors)
    clusters = average_link(
        len(ordered), close, certain, alike, threshold=SAME_STORY, floor=STRANGERS
    )
    return tuple(_group([ordered[i] for i in cluster], weights or {}) for cluster in clusters)


def together(documents: Sequence[Document], weights: Mapping[str, float] | None = None) -> Group:
    """These documents as one group."""
    return _group(sorted(documents, key=_identity), weights or {})


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


def similarities(documents: Sequence[Document], floor: float) -> dict[Pair, float]:
    """How alike two documents are by their titles, counted twice, and leads: from `floor` to 1, by
    their places i < j.
    """
    return near(_vectors(documents), floor)


def _vectors(documents: Sequence[Document]) -> list[Vector]:
    texts = lead_texts(documents, LEAD)
    titles = _telling_titles(documents)
    bags = [
        Counter(tokens(text)) + Counter(title * 2)
        for title, text in zip(titles, texts, strict=True)
    ]
    return tf_idf(bags, commonplace=COMMONPLACE)


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


def _doubted(
    documents: Sequence[Document], vectors: Sequence[Vector]
) -> Callable[[int, int], float]:
    """How alike two documents are, by their places: less where time, names or money speak against
    one story.
    """
    texts = [f"{document.title}. {document.opening[:LEAD]}" for document in documents]
    common = small(texts)

    @cache
    def called(i: int) -> frozenset[str]:
        return capitals(texts[i]) - common

    @cache
    def sums(i: int) -> frozenset[Amount]:
        return raised(texts[i][:ROUND_LEAD])

    @cache
    def alike(i: int, j: int) -> float:
        away = abs(documents[i].when - documents[j].when)
        if away > FAR_APART:
            return 0.0
        fade = 1 - FADE_PER_DAY * (away / timedelta(days=1))
        doubt = OTHER_ROUND if apart(sums(i), sums(j)) else 1
        return cosine(vectors[i], vectors[j]) * fade * doubt * by_name(called(i), called(j), away)

    return alike


def _certain(documents: Sequence[Document], vectors: Sequence[Vector]) -> Iterable[Pair]:
    """Pairs at one address or under one title. The texts must not be strangers: some sites call
    every page by the home page's address. Two of one feed at one address are two pieces.
    """
    for same in _sharing(documents):
        for i, j in pairwise(same):
            if (
                cosine(vectors[i], vectors[j]) >= SAME_ADDRESS
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
