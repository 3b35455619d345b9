"""How long an answer is good for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.net.freshness import CEILING, Validators, fresh_until, lifetime, retry_after

NOW = datetime(2026, 2, 5, 6, 30, tzinfo=UTC)
IN_AN_HOUR = "Thu, 05 Feb 2026 07:30:00 GMT"

FRESH: dict[
    str, tuple[dict[str, str], int | None, float]
] = {  # headers, ttl in minutes, minutes of freshness
    "nothing said": ({}, None, 0),
    "ttl": ({}, 30, 30),
    "max-age": ({"cache-control": "public, max-age=600"}, None, 10),
    "max-age in another case and quotes": (
        {"cache-control": 'Public, Max-Age="600"'},
        None,
        10,
    ),
    "the first of two": ({"cache-control": "max-age=600, max-age=60"}, None, 10),
    "max-age less Age": ({"cache-control": "max-age=600", "age": "540"}, None, 1),
    "Expires less Age": (
        {"expires": IN_AN_HOUR, "date": "Thu, 05 Feb 2026 06:30:00 GMT", "age": "1200"},
        None,
        40,
    ),
    "Expires that an Age has used up": ({"expires": IN_AN_HOUR, "age": "86400"}, None, 0),
    "already too old": ({"cache-control": "max-age=600", "age": "700"}, None, 0),
    "the later of ttl and max-age": ({"cache-control": "max-age=600"}, 60, 60),
    "max-age before Expires": (
        {"cache-control": "max-age=600", "expires": IN_AN_HOUR},
        None,
        10,
    ),
    "Expires": ({"expires": IN_AN_HOUR}, None, 60),
    "Expires against Date": (
        {"expires": IN_AN_HOUR, "date": "Thu, 05 Feb 2026 07:00:00 GMT"},
        None,
        30,
    ),
    "Expires 0": ({"expires": "0"}, None, 0),
    "Expires in the past": ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None, 0),
    "no-store": ({"cache-control": "no-store, max-age=600"}, None, 0),
    "no-cache": ({"cache-control": "no-cache", "expires": IN_AN_HOUR}, None, 0),
    "no-cache and a ttl": ({"cache-control": "no-cache"}, 30, 30),
    "a year": ({"cache-control": "max-age=31536000"}, None, CEILING / timedelta(minutes=1)),
    "more than a number holds": (
        {"cache-control": "max-age=" + "9" * 400},
        10**30,
        CEILING / timedelta(minutes=1),
    ),
    "a negative ttl": ({}, -5, 0),
    "garbage": (
        {"cache-control": "max-age=soon;;,=,", "age": "-", "expires": "tomorrow", "date": "x"},
        None,
        0,
    ),
}


@pytest.mark.parametrize("name", FRESH)
def test_the_next_check_is_the_latest_that_feed_and_server_name(name: str) -> None:
    """ttl, Cache-Control, Age and Expires as RFC 9111 has them, up to a ceiling short of a day."""
    headers, ttl, minutes = FRESH[name]
    assert fresh_until(headers, ttl, NOW) == NOW + timedelta(minutes=minutes)


def test_a_floor_holds_where_nothing_else_does() -> None:
    """A floor is the least freshness; the ceiling goes before it."""
    assert fresh_until(
        {"cache-control": "no-store"}, None, NOW, floor=timedelta(minutes=5)
    ) == NOW + timedelta(minutes=5)
    assert fresh_until({}, 600, NOW, ceiling=timedelta(hours=1)) == NOW + timedelta(hours=1)


def test_silence_is_not_a_lifetime_of_nothing() -> None:
    """Headers that say nothing differ from headers that forbid reuse: a 304 keeps what was said
    before.
    """
    assert lifetime({}, NOW) is None
    assert lifetime({"cache-control": "public"}, NOW) is None
    assert lifetime({"cache-control": "no-cache"}, NOW) == timedelta(0)


@given(
    st.dictionaries(
        st.sampled_from(
            ["cache-control", "age", "expires", "date", "retry-after", "etag", "last-modified"]
        ),
        st.text(max_size=40),
    )
)
def test_no_header_is_too_odd(headers: dict[str, str]) -> None:
    """Whatever a server sends, the answer lies between now and the ceiling."""
    assert NOW <= fresh_until(headers, None, NOW) <= NOW + CEILING
    assert (retry_after(headers) or 0) >= 0
    for value in Validators.of(headers).request_headers().values():
        value.encode("latin-1")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Thu, 05 Feb 2026 06:31:00 GMT", 60),
        ("Thu, 05 Feb 2026 06:00:00 GMT", 0),
        ("soon", None),
        ("-1", None),
        ("", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    """A date counts from the answer's own Date, whatever the clock here says."""
    assert retry_after({"retry-after": value, "date": "Thu, 05 Feb 2026 06:30:00 GMT"}) == seconds


def test_a_304_replaces_the_validators_that_it_names() -> None:
    """RFC 9111, section 3.2: what the answer gives is newer, what it leaves out stays."""
    kept = Validators('"1"', "Mon, 02 Feb 2026 00:00:00 GMT")
    assert kept.updated(Validators('"2"', None)) == Validators(
        '"2"', "Mon, 02 Feb 2026 00:00:00 GMT"
    )
    assert Validators.of({"etag": "", "last-modified": "x\r\ny"}) == Validators(None, None)
    assert Validators.of({"etag": '"' + "x" * 2000 + '"'}).etag is None
