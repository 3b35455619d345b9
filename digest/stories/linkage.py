"""Average-link agglomeration (UPGMA): the two closest clusters join for as long as they are alike
on average.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Pair = tuple[int, int]
Links = dict[int, dict[int, float]]  # summed similarity of the clusters that may join


def average_link(
    size: int,
    similarity: Mapping[Pair, float],
    certain: Iterable[Pair],
    *,
    threshold: float,
    floor: float,
) -> list[list[int]]:
    """Clusters of range(size), each sorted: `certain` pairs together, then whatever averages
    `threshold` or more.

    No two clusters join while one has a member that is less than `floor` like a member of the
    other: an average alone lets a round-up that tells two stories make them one. Ties go to the
    lower numbers, so that only the caller's order decides.
    """
    members = joined(size, certain)
    home = {item: key for key, items in members.items() for item in items}
    values: defaultdict[Pair, list[float]] = defaultdict(list)
    for (i, j), value in similarity.items():
        if home[i] != home[j] and value >= floor:
            values[min(home[i], home[j]), max(home[i], home[j])].append(value)
    links: Links = {key: {} for key in members}
    for (a, b), found in values.items():
        if len(found) == len(members[a]) * len(members[b]):  # else a pair is below the floor
            links[a][b] = links[b][a] = sum(found)
    _agglomerate(members, links, threshold)
    return [sorted(members[key]) for key in sorted(members)]


def joined(size: int, pairs: Iterable[Pair]) -> dict[int, list[int]]:
    """The members of range(size) that `pairs` join, directly or through others, by their lowest."""
    parent = list(range(size))
    for i, j in pairs:
        a, b = sorted((_root(parent, i), _root(parent, j)))
        parent[b] = a
    members: defaultdict[int, list[int]] = defaultdict(list)
    for item in range(size):
        members[_root(parent, item)].append(item)
    return dict(members)


def _root(parent: list[int], item: int) -> int:
    while parent[item] != item:
        item = parent[item]
    return item


def _agglomerate(members: dict[int, list[int]], links: Links, threshold: float) -> None:
    """Join in place, the closest first. A heap entry holds the sizes it was made for; one that no
    longer fits is out of date.
    """

    def offers(a: int) -> Iterable[tuple[float, int, int, int, int]]:
        for b, total in links[a].items():
            mean = total / (len(members[a]) * len(members[b]))
            if mean >= threshold:
                x, y = min(a, b), max(a, b)
                yield -round(mean, 12), x, y, len(members[x]), len(members[y])

    heap = [offer for a in members for offer in offers(a)]
    heapq.heapify(heap)
    while heap:
        _, a, b, *sizes = heapq.heappop(heap)
        if a in members and b in members and sizes == [len(members[a]), len(members[b])]:
            members[a] += members.pop(b)
            _merge(links, a, b)
            for offer in offers(a):
                heapq.heappush(heap, offer)


def _merge(links: Links, a: int, b: int) -> None:
    """Give `a` the links of `b`, as far as both have them."""
    of_a, of_b = links.pop(a), links.pop(b)
    links[a] = {other: value + of_b[other] for other, value in of_a.items() if other in of_b}
    for other in {*of_a, *of_b} - {a, b}:
        links[other].pop(a, None)
        links[other].pop(b, None)
        if other in links[a]:
            links[other][a] = links[a][other]
