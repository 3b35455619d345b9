"""What two issues say differently, story by story. Pure: two drafts in, values and lines out."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from digest.model import Draft, Item

_WORDS = re.compile(r"\s+|[^\s]+")
_STRUCK, _ADDED, _PLAIN = "\x1b[31;9m", "\x1b[32;4m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and where it stands: its section, and its place there from 1."""

    section: str
    place: int
    item: Item


@dataclass(frozen=True, slots=True)
class TextPair:
    """A text in the one issue and in the other."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Change:
    """An item that both issues have, and what differs in it; None or nothing where it does not."""

    a: Placed
    b: Placed
    headline: TextPair | None
    text: TextPair | None
    links_only_a: tuple[str, ...] = ()
    links_only_b: tuple[str, ...] = ()
    moved: bool = False

    @property
    def reworded(self) -> bool:
        """Does it say something else, or link elsewhere?"""
        return bool(self.headline or self.text or self.links_only_a or self.links_only_b)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two issues compared. `front` holds, by name, what stands before the sections and differs."""

    front: dict[str, TextPair]
    only_a: tuple[Placed, ...]
    only_b: tuple[Placed, ...]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.front or self.only_a or self.only_b or self.changes)

    def json(self) -> dict[str, Any]:
        """Everything, for `--json`."""
        return {
            "same": not self,
            **{name: asdict(self.front[name]) if name in self.front else None for name in _FRONT},
            "only_a": [_placed_json(one) for one in self.only_a],
            "only_b": [_placed_json(one) for one in self.only_b],
            "changed": [_change_json(one) for one in self.changes if one.reworded],
            "moved": [_moved_json(one) for one in self.changes if one.moved],
        }

    def lines(self, *, marked: bool) -> Iterator[str]:
        """For a person; `marked` strikes out and underlines words for a terminal, else there are
        lines of - and +.
        """
        if not self:
            yield "no difference"
        for name, pair in self.front.items():
            yield name
            yield from _told(pair, marked=marked)
        yield from (f"only in A: {_where(one)}: {_name(one.item)}" for one in self.only_a)
        yield from (f"only in B: {_where(one)}: {_name(one.item)}" for one in self.only_b)
        for change in self.changes:
            yield from _change_lines(change, marked=marked)


_FRONT: dict[str, Callable[[Draft], str]] = {
    "title": lambda draft: draft.title,
    "byline": lambda draft: draft.byline,
    "description": lambda draft: draft.description,
    "summary": lambda draft: draft.summary,
    "tags": lambda draft: ", ".join(draft.tags),
    "thesis": lambda draft: draft.thesis,
    "greeting": lambda draft: draft.greeting,
    "highlights": lambda draft: draft.highlights,
    "categories": lambda draft: ", ".join(draft.categories),
    "summariser": lambda draft: draft.summariser,
}


def difference(a: Draft, b: Draft) -> Difference:
    """What the drafts say differently. A story is the same one by its id, else by a source that
    both link to first.
    """
    placed_a, placed_b = _placed(a), _placed(b)
    pairs = _paired(placed_a, placed_b)
    stayed = _stayed(pairs)
    changes = [_change(one, other, moved=i not in stayed) for i, (one, other) in enumerate(pairs)]
    both_a, both_b = [one for one, _ in pairs], [other for _, other in pairs]
    return Difference(
        front={name: TextPair(of(a), of(b)) for name, of in _FRONT.items() if of(a) != of(b)},
        only_a=tuple(one for one in placed_a if one not in both_a),
        only_b=tuple(one for one in placed_b if one not in both_b),
        changes=tuple(change for change in changes if change.reworded or change.moved),
    )


def _placed(draft: Draft) -> list[Placed]:
    return [
        Placed(part.name, i, item) for part in draft.parts for i, item in enumerate(part.items, 1)
    ]


def _paired(placed_a: Sequence[Placed], placed_b: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Items that are the same, in the order of the first issue: by the surest key that both have,
    each item once.
    """
    left = list(placed_b)
    found: dict[int, Placed] = {}
    for rank in range(3):
        for i, one in enumerate(placed_a):
            key = _keys(one.item)[rank]
            if key is None or i in found:
                continue
            other = next((other for other in left if _keys(other.item)[rank] == key), None)
            if other:
                found[i] = other
                left.remove(other)
    return [(placed_a[i], found[i]) for i in sorted(found)]


def _keys(item: Item) -> tuple[tuple[str, ...] | None, ...]:
    """What an item is known by, the surest first; None where it has no such thing."""
    headline = to_plain(item.headline).casefold()
    return (
        (item.kind, item.id) if item.id else None,
        (item.kind, item.links[0].url) if item.links and item.kind == "story" else None,
        (item.kind, headline) if headline else None,
    )


def _stayed(pairs: Sequence[tuple[Placed, Placed]]) -> set[int]:
    """The indices of the items that stand in the same section of both, in the same order."""
    stayed = set()
    for section in {one.section for one, other in pairs if one.section == other.section}:
        here = [
            i for i, (one, other) in enumerate(pairs) if one.section == other.section == section
        ]
        stayed |= {here[i] for i in in_order([pairs[i][1].place for i in here])}
    return stayed


def in_order(places: Sequence[int]) -> set[int]:
    """The indices of a longest increasing run of `places`: what kept its order while the rest moved
    (patience sorting).
    """
    tops: list[int] = []  # by length, the index that ends the best run of that length
    before: dict[int, int | None] = {}
    for i, place in enumerate(places):
        at = bisect_left([places[top] for top in tops], place)
        before[i] = tops[at - 1] if at else None
        tops[at : at + 1] = [i]
    kept = set()
    i_or_end: int | None = tops[-1] if tops else None
    while i_or_end is not None:
        kept.add(i_or_end)
        i_or_end = before[i_or_end]
    return kept


def _change(one: Placed, other: Placed, *, moved: bool) -> Change:
    a, b = one.item, other.item
    urls_a, urls_b = ([link.url for link in item.links] for item in (a, b))
    return Change(
        one,
        other,
        headline=_pair(_headed(a), _headed(b)),
        text=_pair(a.text, b.text),
        links_only_a=tuple(url for url in urls_a if url not in urls_b),
        links_only_b=tuple(url for url in urls_b if url not in urls_a),
        moved=moved,
    )


def _pair(a: str, b: str) -> TextPair | None:
    return TextPair(a, b) if a != b else None


# ---------------------------------------------------------------- told


def _headed(item: Item) -> str:
    """The headline, behind its tag where it has one."""
    return f"{item.tag}: {item.headline}" if item.tag else item.headline


def _name(item: Item) -> str:
    return _shown(to_plain(item.headline) or to_plain(item.text)[:80])


def _where(placed: Placed) -> str:
    return _shown(f"{placed.section} {placed.place}")


def _shown(text: str) -> str:
    """Without what would act on a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _change_lines(change: Change, *, marked: bool) -> Iterator[str]:
    if change.moved:
        yield f"moved: {_name(change.b.item)}: {_where(change.a)} -> {_where(change.b)}"
    if not change.reworded:
        return
    yield f"changed: {_where(change.b)}: {_name(change.b.item)}"
    for pair in (change.headline, change.text):
        if pair:
            yield from _told(pair, marked=marked)
    yield from (f"  - {_shown(url)}" for url in change.links_only_a)
    yield from (f"  + {_shown(url)}" for url in change.links_only_b)


def _told(pair: TextPair, *, marked: bool) -> Iterator[str]:
    if marked:
        yield f"  {marked_words(pair)}"
        return
    yield from (f"  {sign} {_shown(text)}" for sign, text in (("-", pair.a), ("+", pair.b)) if text)


def marked_words(pair: TextPair) -> str:
    """Both texts in one: words that only the first has are struck out, words that only the second
    has underlined.
    """
    a, b = (_WORDS.findall(_shown(text)) for text in (pair.a, pair.b))
    told = []
    for kind, a_from, a_to, b_from, b_to in difflib.SequenceMatcher(
        None, a, b, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            told.append("".join(a[a_from:a_to]))
            continue
        if a_from < a_to:
            told.append(f"{_STRUCK}{''.join(a[a_from:a_to])}{_PLAIN}")
        if b_from < b_to:
            told.append(f"{_ADDED}{''.join(b[b_from:b_to])}{_PLAIN}")
    return "".join(told)


# ---------------------------------------------------------------- as JSON


def _placed_json(one: Placed) -> dict[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "kind": item.kind,
        "section": one.section,
        "place": one.place,
        "headline": item.headline,
        "text": item.text,
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "id": change.b.item.id,
        "kind": change.b.item.kind,
        "section": change.b.section,
        "headline": asdict(change.headline) if change.headline else None,
        "text": asdict(change.text) if change.text else None,
        "links": {"only_a": list(change.links_only_a), "only_b": list(change.links_only_b)},
    }


def _moved_json(change: Change) -> dict[str, Any]:
    a, b = change.a, change.b
    return {
        "id": b.item.id,
        "headline": b.item.headline,
        "a": {"section": a.section, "place": a.place},
        "b": {"section": b.section, "place": b.place},
    }
