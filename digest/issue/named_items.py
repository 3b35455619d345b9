"""The item of an issue that an editor means by an id, the beginning of one, or words of its
headline. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.errors import IssueError
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.join import JoinedItem

FEWEST = 3  # letters that name an item


def named(told: Sequence[JoinedItem], name: str) -> int:
    """Where the item that is meant stands among all, from 0. Raises IssueError when none or several
    could be meant.
    """
    wanted = " ".join(name.split()).casefold()
    for found in _ways(told, wanted):
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            which = "; ".join(f"{told[at].id}: {_shown(told[at])}" for at in found[:4])
            raise IssueError(f"'{name}' may be any of {len(found)}: {which}")
    there = ", ".join(one.id for one in told if one.item.kind != "note")
    raise IssueError(f"there is no story '{name}'; there are: {there or 'none'}")


def _ways(told: Sequence[JoinedItem], wanted: str) -> list[list[int]]:
    """The items that are meant, by the surest way of naming first."""
    every = range(len(told))
    ways = [[at for at in every if told[at].id.casefold() == wanted]]
    if len(wanted) >= FEWEST:
        heads = [_shown(one).casefold() for one in told]
        ways += [
            [at for at in every if heads[at] == wanted],
            [at for at in every if told[at].id.casefold().startswith(wanted)],
            [at for at in every if heads[at].startswith(wanted)],
            [at for at in every if wanted in heads[at]],
        ]
    return ways


def _shown(one: JoinedItem) -> str:
    return " ".join((to_plain(one.item.headline) or to_plain(one.item.text)[:60]).split())
