"""Whether a story was told in an earlier issue, and if so whether it comes back with something new.
Pure, and explained: each decision names what it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.model import News, Update
from digest.stories.novelty import news
from digest.stories.sketch import doubt, names, sketch
from digest.stories.subject_words import COMMONPLACE
from digest.text.near_pairs import near
from digest.text.stems import stem
from digest.text.vectors import tf_idf, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document, Group
    from digest.stories.sketch import Sketch
    from digest.stories.told_story import ToldStory

# Chosen on half of the pairs over days of the labelled weeks. From SAME on two texts tell of one
# event; from FOLLOWS on of one matter, where their headlines share the name that tells it.
SAME = 0.3
FOLLOWS = 0.2
COVERED = 0.6  # share of a headline's words that who was told of the event must know from it

Kind = Literal["new", "update", "repetition"]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The decision on a story: `why` in words; `earlier` the story that was told, where one was."""

    kind: Kind
    why: str = ""
    earlier: ToldStory | None = None
    news: tuple[News, ...] = ()

    @property
    def update(self) -> Update | None:
        """What the story is an update of; None when it is none."""
        told = self.earlier
        if self.kind != "update" or told is None:
            return None
        return Update(told.issue, told.story, told.date, told.headline, self.news)


NEW = Recurrence("new")
_Likeness = dict[int, float]  # of told stories, by their places


def recurrences(groups: Sequence[Group], told: Sequence[ToldStory]) -> dict[str, Recurrence]:
    """The decision on each story, by its id; talk is an event of its own, and new."""
    if not told:
        return {group.id: NEW for group in groups}
    found = _likenesses(groups, told)
    return {
        group.id: _decision(group, found[i], told) if found[i] else NEW
        for i, group in enumerate(groups)
    }


def _likenesses(groups: Sequence[Group], told: Sequence[ToldStory]) -> list[_Likeness]:
    """For each group how like it is to each told story that it is at all like: to the source of it
    that is nearest, on average of its own documents.
    """
    earlier = [(i, one) for i, story in enumerate(told) for one in story.signature.sketches]
    own = [(i, sketch(one)) for i, group in enumerate(groups) for one in _news(group)]
    best: list[defaultdict[int, _Likeness]] = [defaultdict(dict) for _ in groups]
    for (a, b), value in _pairs([one for _, one in earlier], [one for _, one in own]).items():
        documents, (story, _) = best[own[b][0]], earlier[a]
        documents[story][b] = max(value, documents[story].get(b, 0.0))
    return [
        {story: sum(values.values()) / len(_news(group)) for story, values in found.items()}
        for group, found in zip(groups, best, strict=True)
    ]


def _pairs(earlier: Sequence[Sketch], own: Sequence[Sketch]) -> dict[tuple[int, int], float]:
    """The likeness of told sketches and own ones, by their places, as far as it counts."""
    known, called = [*earlier, *own], names([*earlier, *own])
    vectors = tf_idf([one.terms for one in known], commonplace=COMMONPLACE)
    found = {}
    for (i, j), value in near(vectors, FOLLOWS, known=len(earlier)).items():
        left = value * doubt(known[i], known[j], called[i], called[j])
        if left >= FOLLOWS:
            found[i, j - len(earlier)] = left
    return found


def _news(group: Group) -> list[Document]:
    return [one for one in group.documents if one.kind == "news"]


def _decision(group: Group, likeness: _Likeness, told: Sequence[ToldStory]) -> Recurrence:
    near_ones = [i for i, value in likeness.items() if value >= FOLLOWS]
    if group.documents[0].kind != "news" or not near_ones:
        return NEW
    first = max(near_ones, key=lambda i: (likeness[i], told[i].date))
    earlier = told[first]
    stories = [told[i] for i in near_ones]
    fresh = _fresh(_news(group), stories)
    on = f"told on {earlier.date.isoformat()} as “{earlier.headline}”"
    said = "; ".join(f"{one.kind} {one.text}" for one in fresh)
    if likeness[first] >= SAME:
        if not fresh:
            return Recurrence("repetition", on, earlier)
        return Recurrence("update", f"{on}; new: {said}", earlier, fresh)
    if fresh and fresh[0].kind != "matter" and _share_a_name(group.documents[0].title, earlier):
        return Recurrence("update", f"follows what was {on}; new: {said}", earlier, fresh)
    return NEW


def _fresh(documents: Sequence[Document], told: Sequence[ToldStory]) -> tuple[News, ...]:
    """What the documents tell that nobody knows who was told these stories; where no figure, actor
    or stage is, the matter, if a headline is of something else.
    """
    known = told[0].signature.known
    for story in told[1:]:
        known |= story.signature.known
    fresh = news(documents, known)
    if fresh:
        return fresh
    heard = {stem(term) for story in told for one in story.signature.sketches for term in one.terms}
    titles = [one.title for one in documents if _covered(one.title, heard) < COVERED]
    return tuple(News("matter", title, title) for title in titles[:1])


def _covered(title: str, heard: set[str]) -> float:
    """The share of a headline's words that were heard before."""
    words = {stem(token) for token in tokens(title)}
    return len(words & heard) / len(words) if words else 1.0


def _share_a_name(title: str, earlier: ToldStory) -> bool:
    """Whether two headlines share a name that not all news of the field shares."""
    theirs = frozenset[str]().union(*(one.capitals for one in earlier.signature.sketches))
    shared = {*tokens(title)} & {*tokens(earlier.headline)} & theirs
    return bool(shared - COMMONPLACE)
