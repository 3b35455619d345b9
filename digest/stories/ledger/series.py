"""Series of figures: the same measure of the same owner, in one unit and for one length of time;
what a new figure is up from, and what it contradicts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digest.stories.ledger.attached import unit_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.stories.ledger.reading import Recorded

Series = tuple[str, str, str]  # measure, unit, length of time: of one owner

# Each is a thing of its own: another one of its owner is not it at another time.
APART = frozenset(["deal", "investment"])
UNCOMPARED = frozenset(["payment"])  # what for, the figure does not say
SAME = 0.02  # relative difference up to which two values are one, rounded otherwise
FAR = 25.0  # times by which no measure moves between two tellings: one of the two is misread
SAME_NEWS = timedelta(days=3)  # in which two sources tell one piece of news


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure as the ledger has it: of an entry that was published on `day`, and told by `issue`
    on `told`.
    """

    id: str
    entry: str
    day: date
    figure: Recorded
    told: date | None = None
    issue: str = ""
    entry_url: str = ""


def entered(entry: str, day: date, figure: Recorded, entry_url: str = "") -> Entered:
    """A figure with its id: its place in its document."""
    place = f"{entry}\x1f{figure.start}\x1f{figure.text}"
    return Entered(
        hashlib.blake2s(place.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        entry,
        day,
        figure,
        entry_url=entry_url,
    )


def series_of(one: Recorded) -> Series | None:
    """The series of its owner that a figure belongs to; None for one that is compared with none:
    what flows, for we do not know how long.
    """
    if (one.nature == "flow" and not one.span) or one.measure in APART:
        return None
    unit, kind = one.unit.partition("/")[0], unit_kind(one.unit)
    return one.measure, unit if kind in {"money", "share"} else kind, one.span


def scaled(one: Recorded) -> float:
    """The value in the base of its unit, so that megawatts and gigawatts are compared."""
    factor = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
    return one.value * (factor[one.unit[0]] if unit_kind(one.unit) in {"power", "energy"} else 1.0)


def previous(new: Entered, told: Iterable[Entered]) -> Entered | None:
    """Of the told figures of its owner the one of its series that was told last, where the new one
    is another value at a later time; None where nothing is surely that.
    """
    series = series_of(new.figure)
    if not _compares(new.figure) or series is None:
        return None
    earlier = [
        one
        for one in told
        if _compares(one.figure)
        and one.figure.standing == new.figure.standing
        and series_of(one.figure) == series
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: (one.told or date.min, one.day, one.id))
    if any(one.told == last.told and not _same(one, last) for one in earlier):
        return None  # several were told at once: which of them is meant is not certain
    if _same(new, last) or not _of_a_size(scaled(new.figure), scaled(last.figure)):
        return None
    # what contradicts it is no change from it
    return last if _later(new, last) and not contradicted(new, [last]) else None


def contradicted(new: Entered, told: Iterable[Entered]) -> tuple[Entered, ...]:
    """The told figures of its owner that cannot hold if the new one does: of the same time, and
    that time was over, or both are of one piece of news.
    """
    series = series_of(new.figure)
    if new.figure.standing != "stated" or series is None or new.figure.nature == "event":
        return ()
    return tuple(
        one
        for one in told
        if series_of(one.figure) == series
        and one.figure.standing == "stated"
        and one.id != new.id
        and not _same(one, new)
        and _of_one_time(new, one)
    )


def planned_for(new: Entered, planned: Iterable[Entered]) -> Entered | None:
    """Of the plans of its owner the last one for the time that a figure is of, now that it is over;
    None where there is none, or nothing is sure.
    """
    if new.figure.standing != "stated" or ends(new.figure.period) >= new.day:
        return None
    series = series_of(new.figure)
    found = [
        one
        for one in planned
        if one.figure.standing == "planned"
        and one.figure.period == new.figure.period
        and series_of(one.figure) == series
        and one.day <= ends(one.figure.period)
        and _of_a_size(scaled(one.figure), scaled(new.figure))
    ]
    last = max(found, key=lambda one: (one.day, one.id), default=None)
    if series is None or last is None:
        return None
    return last if all(_same(one, last) for one in found if one.day == last.day) else None


def _same(a: Entered, b: Entered) -> bool:
    return same_value(scaled(a.figure), scaled(b.figure))


def same_value(a: float, b: float) -> bool:
    """Whether two values may be one, each as its text rounds it."""
    return abs(a - b) <= SAME * max(abs(a), abs(b))


def _of_a_size(a: float, b: float) -> bool:
    low, high = sorted((abs(a), abs(b)))
    return low > 0 and high / low <= FAR


def _compares(one: Recorded) -> bool:
    """Whether a figure can be up or down from another: no event's size, nothing supposed, a plan
    only for a time, and what flows only with its length.
    """
    if one.standing == "hedged" or one.nature == "event" or one.measure in UNCOMPARED:
        return False
    return (
        bool(one.period) if one.standing == "planned" else one.nature == "level" or bool(one.span)
    )


def _later(new: Entered, old: Entered) -> bool:
    """Whether the new figure is of a later time than the told one, or newer news of the same."""
    mine, its = new.figure.period, old.figure.period
    if new.day <= old.day:
        return False
    if mine and its:
        if mine == its:
            return not _over(new, old)
        return mine > its and new.figure.standing == "stated"
    return new.figure.nature == "level" and not mine and not its


def _of_one_time(new: Entered, old: Entered) -> bool:
    near = abs(new.day - old.day) <= SAME_NEWS
    if new.figure.period and new.figure.period == old.figure.period:
        return near or _over(new, old)
    return near and not new.figure.period and not old.figure.period


def _over(new: Entered, old: Entered) -> bool:
    """Whether the time that both are of was over when either was published."""
    return ends(new.figure.period) < min(new.day, old.day)


def ends(period: str) -> date:
    """The last day of a time such as "2026", "2026-q1" or "2026-h2"; far away when it is none."""
    year, _, part = period.partition("-")
    if not year.isdigit():
        return date.max
    if not part:
        return date(int(year), 12, 31)
    months = {"q": 3, "h": 6}.get(part[0], 12) * int(part[1:] or 1)
    following = date(int(year) + (months == 12), months % 12 + 1, 1)
    return following - timedelta(days=1)
