"""Whether a story was told in an earlier issue, and if so whether it comes back with something new.
Pure, and explained: each decision names what it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from digest.model import News, Update
from digest.stories.novelty import news, same_happening
from digest.stories.sketch import doubt, names, sketch
from digest.stories.subject_words import COMMONPLACE
from digest.text.near_pairs import near
from digest.text.stems import stem
from digest.text.vectors import tf_idf, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.model import Document, Group
    from digest.stories.sketch import Sketch
    from digest.stories.told_story import ToldStory

# Chosen on the labelled weeks, and on half of other news that has no repetitions. From SAME on two
# texts tell of one event; from FOLLOWS on of one matter, where their headlines share the name that
# tells it.
SAME = 0.28
FOLLOWS = 0.2
# Share of a headline's words that who was told of the event must know from it for the headline to
# bring nothing: nearly all; less where the texts are so much ALIKE, or the headlines name one
# happening, that it says the same in other words.
ALIKE = 0.5
COVERED = 0.6
ALL_BUT_A_SLIP = 0.95

Kind = Literal["new", "update", "repetition"]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The decision on a story: `why` in words; `earlier` the story that was told, where one was;
    `repeated` the entries of its documents that are like that and bring nothing new: what is not
    like it tells of something else beside.
    """

    kind: Kind
    why: str = ""
    earlier: ToldStory | None = None
    news: tuple[News, ...] = ()
    repeated: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """When it was told, and as what; "" for what was not."""
        told = self.earlier
        return f"told on {told.date.isoformat()} as “{told.headline}”" if told else ""

    @property
    def update(self) -> Update | None:
        """What the story is an update of; None when it is none."""
        told = self.earlier
        if self.kind != "update" or told is None:
            return None
        return Update(told.issue, told.story, told.date, told.headline, self.news)


NEW = Recurrence("new")
# Of told stories, by their places: how like each of a group's documents is that is at all like it.
_Likenesses = defaultdict[int, dict[int, float]]


def recurrences(groups: Sequence[Group], told: Sequence[ToldStory]) -> dict[str, Recurrence]:
    """The decision on each story, by its id; talk is an event of its own, and new."""
    if not told:
        return {group.id: NEW for group in groups}
    found = _likenesses(groups, told)
    return {
        group.id: _decision(group, found[i], told) if found[i] else NEW
        for i, group in enumerate(groups)
    }


def without_repetitions(
    groups: Sequence[Group], decided: Mapping[str, Recurrence]
) -> tuple[Group, ...]:
    """The stories without the documents that bring nothing new to what was told."""
    kept = ((group, held_back(group, decided)) for group in groups)
    left = (
        replace(group, documents=tuple(one for one in group.documents if one not in out))
        for group, out in kept
    )
    return tuple(group for group in left if group.documents)


def held_back(group: Group, decided: Mapping[str, Recurrence]) -> tuple[Document, ...]:
    """The documents of a story that are told no more."""
    repeated = decided.get(group.id, NEW).repeated
    return tuple(one for one in group.documents if one.entry_id in repeated)


def _likenesses(groups: Sequence[Group], told: Sequence[ToldStory]) -> list[_Likenesses]:
    """For each group how like its documents are to each told story: to the source that is
    nearest.
    """
    earlier = [(i, one) for i, story in enumerate(told) for one in story.signature.sketches]
    own = [(i, n, one) for i, group in enumerate(groups) for n, one in enumerate(_news(group))]
    nearest: list[_Likenesses] = [defaultdict(dict) for _ in groups]
    sketches = [sketch(one) for _, _, one in own]
    for (a, b), value in _pairs([one for _, one in earlier], sketches).items():
        (group, n, _), (story, _) = own[b], earlier[a]
        values = nearest[group][story]
        values[n] = max(value, values.get(n, 0.0))
    return nearest


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


def _decision(group: Group, likenesses: _Likenesses, told: Sequence[ToldStory]) -> Recurrence:
    documents = _news(group)
    likeness = {i: _likeness(values, len(documents)) for i, values in likenesses.items()}
    near_ones = [i for i, value in likeness.items() if value >= FOLLOWS]
    if group.documents[0].kind != "news" or not near_ones:
        return NEW
    first = max(near_ones, key=lambda i: (likeness[i], told[i].date))
    title, headline = group.documents[0].title, told[first].headline
    retold = likeness[first] >= ALIKE or same_happening(title, headline)
    needed = COVERED if retold else ALL_BUT_A_SLIP
    stories = [told[i] for i in near_ones]
    # how like each document is, of those that are at all like what was told
    own = {n: max(likenesses[i].get(n, 0.0) for i in near_ones) for n in range(len(documents))}
    fresh = {n: _fresh(documents[n], stories, needed) for n, value in own.items() if value}
    found = _recurrence(title, likeness[first], told[first], _all(fresh.values()))
    if found.kind == "new":
        return found
    old = (n for n, news in fresh.items() if not news and own[n] >= SAME)
    return replace(found, repeated=frozenset(documents[n].entry_id for n in old))


def _likeness(values: Mapping[int, float], count: int) -> float:
    """Of a story to one that was told: its best source's, or that of all its sources."""
    return max(values.get(0, 0.0), sum(values.values()) / count)


def _all(fresh: Iterable[tuple[News, ...]]) -> tuple[News, ...]:
    """All that is new, each once; the matter only where it is all."""
    once = {(one.kind, one.text.casefold()): one for found in fresh for one in found}
    stated = tuple(one for one in once.values() if one.kind != "matter")
    return stated or tuple(once.values())[:1]


def _recurrence(
    title: str, likeness: float, earlier: ToldStory, fresh: tuple[News, ...]
) -> Recurrence:
    """The decision on a story that is so much like one that was told, and has this that is new."""
    found = Recurrence("repetition", earlier=earlier, news=fresh)
    said = "; ".join(f"{one.kind} {one.text}" for one in fresh)
    if likeness >= SAME:
        if not fresh:
            return replace(found, why=found.told)
        return replace(found, kind="update", why=f"{found.told}; new: {said}")
    if fresh and fresh[0].kind != "matter" and _share_a_name(title, earlier):
        return replace(found, kind="update", why=f"follows what was {found.told}; new: {said}")
    return NEW


def _fresh(document: Document, told: Sequence[ToldStory], needed: float) -> tuple[News, ...]:
    """What a document tells that nobody knows who was told these stories; where no figure, actor or
    stage is, the matter, if less than the needed share of its headline was heard before.
    """
    known = told[0].signature.known
    for story in told[1:]:
        known |= story.signature.known
    fresh = news(document, known)
    if fresh:
        return fresh
    heard = {stem(term) for story in told for one in story.signature.sketches for term in one.terms}
    matter = News("matter", document.title, document.title)
    return (matter,) if _covered(document.title, heard) < needed else ()


def _covered(title: str, heard: set[str]) -> float:
    """The share of a headline's words that were heard before."""
    words = {stem(token) for token in tokens(title)}
    return len(words & heard) / len(words) if words else 1.0


def _share_a_name(title: str, earlier: ToldStory) -> bool:
    """Whether two headlines share a name that not all news of the field shares."""
    theirs = frozenset[str]().union(*(one.capitals for one in earlier.signature.sketches))
    shared = {*tokens(title)} & {*tokens(earlier.headline)} & theirs
    return bool(shared - COMMONPLACE)
