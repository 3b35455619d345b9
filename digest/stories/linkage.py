"""Average-link agglomeration (UPGMA): the two closest clusters join for as long as they are alike
on average. Only pairs of clusters that have two near members are ever compared.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Pair = tuple[int, int]


def average_link(
    size: int,
    near: Iterable[Pair],
    certain: Iterable[Pair],
    alike: Callable[[int, int], float],
    *,
    threshold: float,
    floor: float,
) -> list[list[int]]:
    """Clusters of range(size), each sorted: `certain` pairs together, then whatever averages
    `threshold` or more by `alike`, which is asked for i < j.

    `near` holds every pair that is `threshold` alike or more; clusters without one cannot average
    it. No two clusters join while one has a member that is less than `floor` like a member of the
    other: an average alone lets a round-up that tells two stories make them one. Ties go to the
    lower numbers, so that only the caller's order decides.
    """
    return _Linkage(joined(size, certain), near, alike, threshold, floor).clusters()


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
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


class _Linkage:
    """Clusters in the making, by their lowest member, and their neighbours: those with which they
    share a near pair and no pair of strangers, with the summed likeness of all pairs.
    """

    def __init__(
        self,
        members: dict[int, list[int]],
        near: Iterable[Pair],
        alike: Callable[[int, int], float],
        threshold: float,
        floor: float,
    ) -> None:
        self._members, self._alike = members, alike
        self._threshold, self._floor = threshold, floor
        self._links: defaultdict[int, dict[int, float]] = defaultdict(dict)
        home = {item: key for key, items in members.items() for item in items}
        pairs = {(min(home[i], home[j]), max(home[i], home[j])) for i, j in near}
        for a, b in sorted(pair for pair in pairs if pair[0] != pair[1]):
            total = self._total(members[a], members[b])
            if total is not None:
                self._link(a, b, total)

    def clusters(self) -> list[list[int]]:
        """Join the closest first. A heap entry holds the sizes it was made for; one that no longer
        fits is out of date.
        """
        heap = [offer for a in self._members for offer in self._offers(a)]
        heapq.heapify(heap)
        while heap:
            _, a, b, *sizes = heapq.heappop(heap)
            if sizes == [len(self._members.get(a, ())), len(self._members.get(b, ()))]:
                self._join(a, b)
                for offer in self._offers(a):
                    heapq.heappush(heap, offer)
        return [sorted(self._members[key]) for key in sorted(self._members)]

    def _offers(self, a: int) -> Iterable[tuple[float, int, int, int, int]]:
        for b, total in self._links[a].items():
            mean = total / (len(self._members[a]) * len(self._members[b]))
            if mean >= self._threshold:
                x, y = min(a, b), max(a, b)
                yield -round(mean, 12), x, y, len(self._members[x]), len(self._members[y])

    def _join(self, a: int, b: int) -> None:
        """Make `b` part of `a`, which keeps the neighbours of either that suit both."""
        of_a, of_b = self._links.pop(a), self._links.pop(b)
        ours, theirs = self._members[a], self._members.pop(b)
        for other in ({*of_a} | {*of_b}) - {a, b}:
            self._links[other].pop(a, None)
            self._links[other].pop(b, None)
            with_a = of_a[other] if other in of_a else self._total(ours, self._members[other])
            with_b = of_b[other] if other in of_b else self._total(theirs, self._members[other])
            if with_a is not None and with_b is not None:
                self._link(a, other, with_a + with_b)
        self._members[a] = ours + theirs

    def _link(self, a: int, b: int, total: float) -> None:
        self._links[a][b] = self._links[b][a] = total

    def _total(self, ours: list[int], theirs: list[int]) -> float | None:
        """How alike all pairs of two clusters are, summed; None where two are strangers."""
        total = 0.0
        for i in ours:
            for j in theirs:
                value = self._alike(min(i, j), max(i, j))
                if value < self._floor:
                    return None
                total += value
        return total
