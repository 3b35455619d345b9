"""Dates as feeds write them, to UTC: ISO 8601, RFC 822 and what publishers take these for, in
twenty languages.
"""

# ruff: noqa: RUF001  # months have names in other alphabets

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

# Month names by how they begin, accents removed: English, German, French, Spanish, Portuguese,
# Italian, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Turkish, Russian, Ukrainian.
# The longest beginning that fits wins ("juil" before "jui").
_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        (
            "jan ene gen sty led oca tam янв січ",
            "feb fev lut uno sub hel фев лют",
            "mar mrz maa marz bre мар бер",
            "apr avr abr kwi dub nis huh апр кві",
            "may mai maj mei mag kve tou маи мая тра",
            "jun juin giu cze cerv haz kes июн черв",
            "jul juil lug lip cervenc cervene tem hei июл лип",
            "aug aou ago sie srp elo авг сер",
            "sep set wrz zar eyl syy сен вер",
            "oct okt out ott paz rij eki lok окт жов",
            "nov lis kas marr ноя лис",
            "dec dez dic des gru pro ara jou дек гру",
        ),
        start=1,
    )
    for beginning in beginnings.split()
}  # fmt: skip
_BEGINNINGS = (7, 4, 3)

# Hours east of UTC. Where two countries share an abbreviation, the one with more English-language
# publishers has it.
_ZONES = {
    "ut": 0.0, "gmt": 0.0, "z": 0.0, "wet": 0.0, "west": 1.0, "bst": 1.0, "cet": 1.0, "met": 1.0,
    "mez": 1.0, "cest": 2.0, "mest": 2.0, "mesz": 2.0, "eet": 2.0, "sast": 2.0, "eest": 3.0,
    "msk": 3.0, "ist": 5.5, "sgt": 8.0, "hkt": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0,
    "acst": 9.5, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "brt": -3.0, "adt": -3.0,
    "ast": -4.0, "edt": -4.0, "est": -5.0, "et": -5.0, "cdt": -5.0, "cst": -6.0, "ct": -6.0,
    "mdt": -6.0, "mst": -7.0, "mt": -7.0, "pdt": -7.0, "pst": -8.0, "pt": -8.0, "akdt": -8.0,
    "akst": -9.0, "hst": -10.0,
}  # fmt: skip


def _decomposed(text: str) -> str:
    """The text as `read_date` sees it, accents and all else taken apart."""
    return unicodedata.normalize("NFKD", text)


# Seconds or milliseconds since 1970, of this century.
_EPOCH = re.compile(r"\s*(1\d{9})(\d{3})?\s*")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:[:h.]|(?=\d{4}(?!\d)))(\d{2})(?:[:.]?(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\b)?\s*(.*)"
)
_OFFSET = re.compile(r"(?:etc/)?(?:gmt|utc)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)")
_FORMS = (
    re.compile(
        r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=t?\d{2}:?\d{2})"),
    re.compile(
        _decomposed(
            r"(?<!\d)(?P<year>\d{4})\s?(?:年|년)\s?(?P<month>\d{1,2})\s?(?:月|월)\s?(?P<day>\d{1,2})\s?(?:日|일)"
        )
    ),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s,-]+(?:de\s+)?(?P<name>[^\W\d_]{3,})\.?,?[\s,-]+(?:de\s+)?(?P<year>\d{4}|\d{2})(?!\d|:)"
    ),
    re.compile(
        r"(?P<name>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)"
    ),
    # asctime: the year stands behind the time, or behind the time's zone
    re.compile(
        r"(?P<name>[^\W\d_]{3,})\s+(?P<day>\d{1,2})\s+(?=\d{1,2}:\d{2}:\d{2}\s(?:[a-z]{3,4}\s)?(?P<year>\d{4})(?!\d))"
    ),
    # 2/13/2026 and 13/2/2026, but not 2/3/2026, which is two days
    re.compile(r"(?<!\d)(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"),
)
_LONGEST = 200
EARLIEST = 1990  # there were no feeds before; what says so is a generator's zero
_Stated = tuple[datetime, date | None]


def read_date(text: str) -> datetime | None:
    """The moment in UTC, or None for what is no date, or one before EARLIEST. Without a time zone
    it is read as UTC, without a time as midnight.
    """
    stated = _stated(text)
    return stated[0] if stated else None


def read_day(text: str) -> date | None:
    """The day of a date without a time, None for all else. Midnight sharp is no time: generators
    put it where there is none.
    """
    stated = _stated(text)
    return stated[1] if stated else None


@lru_cache(4096)
def _stated(text: str) -> _Stated | None:
    """The moment in UTC, and the day where that is all."""
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC), None
    plain = text[:_LONGEST].lower()
    if not plain.isascii():
        plain = "".join(c for c in _decomposed(plain) if not unicodedata.combining(c))
    plain = re.sub(r"\([^()]*\)", " ", plain)  # RFC 822 comments
    for form in _FORMS:
        match = form.search(plain)
        month = _month(match.groupdict()) if match else None
        if match and month:
            return _moment(_year(match["year"]), month, int(match["day"]), plain[match.end() :])
    return None


def _month(parts: dict[str, str | None]) -> int | None:
    if parts.get("month"):
        return int(parts["month"] or 0)
    name = parts.get("name") or ""
    return next(
        (_MONTHS[name[:length]] for length in _BEGINNINGS if name[:length] in _MONTHS), None
    )


def _year(digits: str) -> int:
    """Two digits are divided between the centuries as POSIX does."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 69 else 1900)


def _moment(year: int, month: int, day: int, rest: str) -> _Stated | None:
    if year < EARLIEST:
        return None
    time = _TIME.search(rest)
    hour, minute, second, zone = 0, 0, 0, ""
    if time:
        hour, minute, second, zone = int(time[1]), int(time[2]), min(int(time[3] or 0), 59), time[5]
        if time[4]:
            hour = hour % 12 + (12 if time[4].startswith("p") else 0)
    try:
        day_after = timedelta(days=1) if hour == 24 else timedelta(0)
        local = datetime(
            year, month, day, 0 if hour == 24 else hour, minute, second, tzinfo=_zone(zone)
        )
        sharp = (hour, minute, second) == (0, 0, 0)
        return (local + day_after).astimezone(UTC), local.date() if sharp else None
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    offset = _OFFSET.match(text)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    name = re.match(r"[a-z]+", text)
    return timezone(timedelta(hours=_ZONES.get(name[0], 0.0) if name else 0.0))
