"""What commands print of the archive's memory: as JSON, as CSV, and as lines for a person."""

from __future__ import annotations

import csv
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from digest.store import forecasts, ledger
from digest.stories.ledger.owners import owners

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from digest.run.recall import Event
    from digest.run.session import Session
    from digest.store.passages import Passage
    from digest.stories.ledger.owners import Owners
    from digest.stories.ledger.series import Entered

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate
RECENT = 120  # days for which a forecast counts as just come due
COLUMNS = (
    "owner", "measure", "value", "unit", "text", "period", "date", "told", "issue", "entry",
    "entry_url", "start", "end",
)  # fmt: skip


def figure_rows(
    session: Session, owner: str | None, measure: str | None, *, told: bool
) -> list[dict[str, Any]]:
    """The ledger's figures by owner and measure, in the order of time."""
    known = owners(session.config.aliases)
    wanted = ledger.Listing(sorted(known.keys(owner)) if owner else (), measure or "", told)
    found = ledger.listed(session.db, wanted)
    rows = [_row(one, known) for one in found]
    return sorted(rows, key=lambda row: (row["owner"].casefold(), row["measure"], row["date"]))


def _row(one: Entered, known: Owners) -> dict[str, Any]:
    figure = one.figure
    return {
        "owner": known.name(figure.owner),
        "measure": figure.measure,
        "value": figure.value,
        "unit": figure.unit,
        "text": figure.text,
        "period": figure.period or figure.period_text or figure.span,
        "date": one.day.isoformat(),
        "told": one.told is not None,
        "issue": one.issue or None,
        "entry": one.entry,
        "entry_url": one.entry_url,
        "start": figure.start,
        "end": figure.end,
        "standing": figure.standing,
        "what": figure.what,
    }


def figure_lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The figures for a person, one series a paragraph; what was told has its issue."""
    if not rows:
        yield "no figures yet, or none of that owner or measure"
    last = None
    for row in rows:
        head = (row["owner"], row["measure"])
        if head != last:
            yield f"{'' if last is None else chr(10)}{row['owner']}: {row['measure']}"
            last = head
        period = f" ({row['period']})" if row["period"] else ""
        told = f"  told in {row['issue']}" if row["told"] else ""
        unsure = "" if row["standing"] == "stated" else f", {row['standing']}"
        yield f"  {row['date']}  {row['text']}{period}{unsure}{told}"


def forecast_rows(
    session: Session, who: str | None, until: date | None, *, due: bool
) -> list[dict[str, Any]]:
    """Who said what will happen by when, the first due first."""
    known = owners(session.config.aliases)
    today = session.now.astimezone(session.config.newsletter.zone).date()
    last = min(until or today, today) if due else until
    first = today - timedelta(days=RECENT) if due else None
    keys = sorted(known.keys(who)) if who else ()
    return [
        {
            "who": known.name(one.forecast.who),
            "what": one.forecast.what,
            "due": one.forecast.due.isoformat(),
            "due_text": one.forecast.due_text,
            "entry_url": one.entry_url,
            "entry": one.entry,
            "publisher": one.publisher,
            "said": one.said.isoformat(),
            "second": one.second,
            "start": one.forecast.start,
            "end": one.forecast.end,
        }
        for one in forecasts.listed(session.db, keys, last, first)
    ]


def forecast_lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The forecasts for a person."""
    if not rows:
        yield "no forecasts, or none that come due then"
    for row in rows:
        yield f"{row['due']}  {row['who']}, said on {row['said']} ({row['publisher']})"
        yield f"  {row['what']}"
        yield f"  {row['entry_url']}"


def hit_rows(found: Sequence[Passage]) -> list[dict[str, Any]]:
    """What was found, best first."""
    return [
        {
            "issue": one.issue or None,
            "insight": one.insight or None,
            "headline": one.headline,
            "text": one.text,
            "url": one.url,
            "entry": one.entry,
            "date": one.day.isoformat(),
            "theme": one.theme,
            "publishers": one.publisher.split("\n") if one.publisher else [],
            "shows": one.show.split("\n") if one.show else [],
        }
        for one in found
    ]


def hit_lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What was found, for a person."""
    if not rows:
        yield "nothing found"
    for i, row in enumerate(rows):
        where = row["issue"] or "not told"
        yield f"{chr(10) if i else ''}{row['date']}  {where}  {', '.join(row['publishers'])}"
        yield f"  {row['headline']}"
        yield f"  {row['text']}"
        yield f"  {row['url']}"


def event_rows(session: Session, events: Sequence[Event]) -> list[dict[str, Any]]:
    """What was told of somebody, oldest first."""
    known = owners(session.config.aliases)
    return [
        {
            "date": one.story.day.isoformat(),
            "text": f"{one.story.headline}: {one.story.text}",
            "issue": one.story.issue,
            "url": one.story.url,
            "story": one.story.item,
            "figures": [_row(each, known) for each in one.figures],
        }
        for one in events
    ]


def event_lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What was told of somebody, for a person."""
    if not rows:
        yield "nothing was told of that name yet"
    for row in rows:
        yield f"{row['date']}  {row['text']}"
        for one in row["figures"]:
            period = f" ({one['period']})" if one["period"] else ""
            yield f"    {one['owner']}, {one['measure']}: {one['text']}{period}"
        yield f"    {row['issue']}  {row['url']}"


def print_csv(rows: Sequence[dict[str, Any]]) -> None:
    """The figures as CSV; words that a spreadsheet would take for a formula are made plain."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_plain(row[column]) for column in COLUMNS])


def _plain(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
