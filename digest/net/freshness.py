"""How long an answer stays good and how to ask whether it still is (RFC 9110 section 13, RFC
9111).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FLOOR = timedelta(0)
# An hour short of a day: a daily run must not skip a feed because yesterday's run reached it a
# minute later.
CEILING = timedelta(hours=23)

_LONGEST_VALIDATOR = 1000
_MAX_SECONDS = 10**9


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise an answer by; None where it gave nothing usable."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Validators:
        """The validators in an answer's headers."""
        return cls(_validator(headers.get("etag")), _validator(headers.get("last-modified")))

    def updated(self, newer: Validators) -> Validators:
        """These after a 304 answer: what it names anew replaces what was kept (RFC 9111, section
        3.2).
        """
        return Validators(newer.etag or self.etag, newer.last_modified or self.last_modified)

    def request_headers(self) -> dict[str, str]:
        """The headers that make a request conditional."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


def lifetime(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """For how long the headers call their answer fresh from `now` on; None when they do not say.

    max-age goes before Expires, and of either Age is taken, the time that the answer has lain in a
    cache (sections 4.2 and 5.3); no-store and no-cache are a lifetime of nothing.
    """
    directives = _directives(headers.get("cache-control", ""))
    if directives.keys() & {"no-store", "no-cache"}:
        return timedelta(0)
    max_age = _seconds(directives.get("max-age"))
    if max_age is not None:
        return _left(timedelta(seconds=max_age), headers)
    if "expires" not in headers:
        return None
    expires, date = http_date(headers["expires"]), http_date(headers.get("date", ""))
    return _left(expires - (date or now), headers) if expires else timedelta(0)


def _left(stated: timedelta, headers: Mapping[str, str]) -> timedelta:
    """What is left of a lifetime after the answer's Age."""
    return max(timedelta(0), stated - timedelta(seconds=_seconds(headers.get("age")) or 0))


def fresh_until(
    headers: Mapping[str, str],
    ttl_minutes: int | None,
    now: datetime,
    floor: timedelta = FLOOR,
    ceiling: timedelta = CEILING,
) -> datetime:
    """When to ask again: the latest of the feed's ttl and the headers' lifetime, no sooner than
    `floor` and no later than `ceiling`.
    """
    stated = lifetime(headers, now) or timedelta(0)
    ttl = timedelta(minutes=min(max(ttl_minutes or 0, 0), 10**6))
    return now + min(max(stated, ttl, floor), ceiling)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After asks for (RFC 9110, section 10.2.3), a date being read against
    the answer's own Date; None without.
    """
    value = headers.get("retry-after", "").strip()
    seconds = _seconds(value)
    if seconds is not None:
        return float(seconds)
    moment, sent = http_date(value), http_date(headers.get("date", ""))
    return max(0.0, (moment - sent).total_seconds()) if moment and sent else None


def http_date(value: str) -> datetime | None:
    """An HTTP date in UTC, or None for anything else."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _validator(value: str | None) -> str | None:
    """The value if it can be sent back as a header: short, printable, Latin-1."""
    value = (value or "").strip()
    if (
        not value
        or len(value) > _LONGEST_VALIDATOR
        or not value.isprintable()
        or max(value) > "\xff"
    ):
        return None
    return value


def _directives(value: str) -> dict[str, str]:
    pairs = re.findall(r"([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*(\"[^\"]*\"|[^,\s]*))?", value)
    return {
        name.lower(): argument.strip('"') for name, argument in reversed(pairs)
    }  # the first of two counts


def _seconds(value: str | None) -> int | None:
    text = (value or "").strip()
    return min(int(text[:12]), _MAX_SECONDS) if text.isascii() and text.isdigit() else None
