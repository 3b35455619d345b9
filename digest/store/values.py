"""Values as SQLite keeps them: times as ISO 8601 in UTC, which sort as they are; the rest as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from digest.model import Check, Evidence, Insight, Link


def stamp(moment: datetime) -> str:
    """A time as text, to the microsecond, always in the same width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def maybe_stamp(moment: datetime | None) -> str | None:
    """`stamp`, or None for None."""
    return stamp(moment) if moment else None


def moment(text: str) -> datetime:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text)


def maybe_moment(text: str | None) -> datetime | None:
    """`moment`, or None for None."""
    return moment(text) if text else None


def links_json(links: tuple[Link, ...]) -> str:
    """Links as JSON."""
    return json.dumps([[link.url, link.type, link.language] for link in links])


def links(text: str | None) -> tuple[Link, ...]:
    """The links that `links_json` wrote."""
    return tuple(Link(*row) for row in json.loads(text or "[]"))


def insight_from(value: dict[str, object]) -> Insight:
    """The insight that `dataclasses.asdict` took apart, read back from JSON."""
    fields = dict(value)
    evidence = tuple(Evidence(**row) for row in fields.pop("evidence"))  # type: ignore[attr-defined]  # JSON we wrote
    checks = tuple((name, Check(**check)) for name, check in fields.pop("checks"))  # type: ignore[attr-defined]
    return Insight(evidence=evidence, checks=checks, **fields)  # type: ignore[arg-type]
