"""What went on from one day to the next: events of different days about one matter, as one story.
Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.stories.grouping import similarities, together
from digest.stories.subject_words import COMMONPLACE
from digest.text.proper_names import capitals
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.model import Document, Group

# Read off the pairs over days of four weeks of AI news: from here on headlines that share the name
# that tells them are about one matter; below it they share a company.
GOES_ON = 0.15
BESIDE = 3  # words beside names that their texts share: a name makes short texts look alike
LEAD = 600  # characters that show how a name is written


def developments(
    stories: Sequence[Group], weights: Mapping[str, float] | None = None
) -> tuple[Group, ...]:
    """The stories with those of later days that go on from them, earliest first; each keeps the id
    of its earliest document.

    All parts of one share a name that stands in a headline of each, so that what grows together
    stays about one matter. `weights` are as in `group`.
    """
    clusters = {i: ({i}, _names(story)) for i, story in enumerate(stories)}
    of = {i: i for i in clusters}
    for a, b in _going_on(stories):
        one, other = of[a], of[b]
        common = clusters[one][1] & clusters[other][1]
        if one == other or not common:
            continue
        members = clusters[one][0] | clusters.pop(other)[0]
        clusters[one] = (members, common)
        of.update(dict.fromkeys(members, one))
    return tuple(
        stories[i]
        if len(members) == 1
        else together([one for j in members for one in stories[j].documents], weights)
        for i, (members, _) in sorted(clusters.items(), key=lambda row: min(row[1][0]))
    )


def _going_on(stories: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """The pairs of stories of different days that are near enough, the nearest first."""
    news = [(i, one) for i, story in enumerate(stories) for one in story.documents if _is_news(one)]
    near: dict[tuple[int, int], float] = {}
    for (a, b), value in similarities([one for _, one in news], GOES_ON).items():
        (i, first), (j, second) = news[a], news[b]
        later = i != j and first.when.date() != second.when.date()
        if later and _of_one_matter(first, second):
            pair = (min(i, j), max(i, j))
            near[pair] = max(value, near.get(pair, 0.0))
    yield from sorted(near, key=lambda pair: (-near[pair], pair))


def _of_one_matter(one: Document, other: Document) -> bool:
    """Whether two texts have words in common beside the names of their headlines."""
    own, theirs = (frozenset(tokens(f"{it.title} {it.opening[:LEAD]}")) for it in (one, other))
    named = capitals(f"{one.title} {other.title}")
    return len((own & theirs) - named) >= BESIDE


def _names(story: Group) -> frozenset[str]:
    """The names in its headlines that not all news of the field shares."""
    found = frozenset[str]()
    for one in story.documents:
        if _is_news(one):
            written = capitals(f"{one.title}. {one.opening[:LEAD]}")
            found |= frozenset(tokens(one.title)) & written
    return found - COMMONPLACE


def _is_news(document: Document) -> bool:
    return document.kind == "news"
