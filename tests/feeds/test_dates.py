"""Dates as feeds write them."""

# ruff: noqa: RUF001  # months have names in other alphabets

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.feeds.dates import read_date, read_day

EXPECTED = {
    "Thu, 05 Feb 2026 10:30:15 GMT": "2026-02-05T10:30:15",
    "Thu, 05 Feb 2026 10:30:15 +0000": "2026-02-05T10:30:15",
    "Thu, 05 Feb 2026 10:30 -0500": "2026-02-05T15:30:00",
    "Thu, 5 Feb 2026 10:30:15 EST": "2026-02-05T15:30:15",
    "Thu, 05 Feb 2026 10:30:15 CET": "2026-02-05T09:30:15",
    "Thu, 05 Feb 2026 10:30:15 IST": "2026-02-05T05:00:15",
    "Thu, 05 Feb 2026 10:30:15 GMT+2": "2026-02-05T08:30:15",
    "Thu, 05 Feb 2026 10:30:15 XYZ": "2026-02-05T10:30:15",
    "Thu, 05 Feb 26 10:30:15 Z": "2026-02-05T10:30:15",
    "05 Feb 2026": "2026-02-05T00:00:00",
    "Thursday, 5 February 2026 10:30": "2026-02-05T10:30:00",
    "Thu , \t 05  Feb\t2026  10:30:15\t +0000": "2026-02-05T10:30:15",
    "Thu(comment), 05 Feb(ruary) 2026 10:30:15 +0000(GMT)": "2026-02-05T10:30:15",
    "2026-02-05T10:30:15Z": "2026-02-05T10:30:15",
    "2026-02-05T10:30:15.123456+01:00": "2026-02-05T09:30:15",
    "2026-02-05 10:30:15 -0800": "2026-02-05T18:30:15",
    "2026-02-05 10:30": "2026-02-05T10:30:00",
    "2026-2-5": "2026-02-05T00:00:00",
    "20260205T10:30:15": "2026-02-05T10:30:15",
    "2026-02-05T24:00:00Z": "2026-02-06T00:00:00",
    "2026-02-05T23:59:60Z": "2026-02-05T23:59:59",
    "Friday, January 29, 2021 04:42 PM": "2021-01-29T16:42:00",
    "Feb 5, 2026 12:05 am": "2026-02-05T00:05:00",
    "February 5th, 2026": "2026-02-05T00:00:00",
    "22.11.2022 12:16:00": "2022-11-22T12:16:00",
    "Do, 05 Mär 2026 10:30:15 +0100": "2026-03-05T09:30:15",
    "5. Dezember 2026": "2026-12-05T00:00:00",
    "mar., 05 févr. 2026 10:30:15 +0100": "2026-02-05T09:30:15",
    "15 août 2026": "2026-08-15T00:00:00",
    "14 juillet 2026 08h30": "2026-07-14T08:30:00",
    "5 de febrero de 2026": "2026-02-05T00:00:00",
    "Чт, 05 Фев 2026 17:30:00 +0300": "2026-02-05T14:30:00",
    "12 мая 2026 г., 10:00": "2026-05-12T10:00:00",
    "7 червня 2026": "2026-06-07T00:00:00",
    "2026年2月5日 17:30": "2026-02-05T17:30:00",
    "2026년 2월 5일": "2026-02-05T00:00:00",
    "5 Şub 2026 17:30": "2026-02-05T17:30:00",
    "5 června 2026": "2026-06-05T00:00:00",
    "5 července 2026": "2026-07-05T00:00:00",
    "3 marraskuuta 2026": "2026-11-03T00:00:00",
    "2026/02/05 17:30:00": "2026-02-05T17:30:00",
    "02/13/2026 5:30 PM": "2026-02-13T17:30:00",
    "13/02/2026": "2026-02-13T00:00:00",
    "20260205T173000Z": "2026-02-05T17:30:00",
    "20260205173000": "2026-02-05T17:30:00",
    "1770312600": "2026-02-05T17:30:00",
    "1770312600000": "2026-02-05T17:30:00",
    "Thu Feb  5 17:30:00 2026": "2026-02-05T17:30:00",
    "Thu Feb  5 17:30:00 EST 2026": "2026-02-05T22:30:00",
    "Seg, 24 Set 2018 19:22:00 -0300": "2018-09-24T22:22:00",
    "gio, 05 giu 2026 10:30:15 +0200": "2026-06-05T08:30:15",
    "do 05 maart 2026": "2026-03-05T00:00:00",
}


@pytest.mark.parametrize(("text", "moment"), EXPECTED.items())
def test_a_date_is_read_to_utc(text: str, moment: str) -> None:
    """RFC 822, ISO 8601, their dialects and the languages of the publishers we know."""
    assert read_date(text) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "{{ post.date }}",
        "31 Feb 2026",
        "2026-13-40",
        "99 Foo 2026",
        "12345",
        "2026-02-05T99:99:99Z",
        "0000-01-01",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1989-12-31T23:59:59Z",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Nothing is guessed; before there were feeds is a generator's zero."""
    assert read_date(text) is None
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-05", date(2026, 2, 5)),
        ("5 de febrero de 2026", date(2026, 2, 5)),
        ("Thu, 05 Feb 2026 00:00:00 +0900", date(2026, 2, 5)),
        ("2026-02-05T00:00:00.000Z", date(2026, 2, 5)),
        ("2026-02-05T00:00:01Z", None),
        ("2026-02-05T24:00:00Z", None),
        ("Thu, 05 Feb 2026 12:00 AM", date(2026, 2, 5)),
        ("Thu, 05 Feb 2026 12:00 PM", None),
        ("1770249600", None),
    ],
)
def test_a_day_without_a_time_is_known_as_one(text: str, day: date | None) -> None:
    """As it is written, in whatever zone; midnight sharp is what generators put for no time."""
    assert read_day(text) == day


@given(
    st.one_of(
        st.text(),
        st.from_regex(
            r"\d{1,4}[-. ]?(\d\d|feb)[-. ]?\d{1,4}[T ]?\d{0,3}:\d\d(:\d\d)?"
            r" ?([+-]\d{2,5}|[A-Z]{0,4})",
            fullmatch=True,
        ),
    )
)
def test_no_text_is_too_odd(text: str) -> None:
    """Any text gives a moment in UTC or None."""
    moment = read_date(text)
    assert moment is None or moment.tzinfo is UTC
