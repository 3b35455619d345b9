"""Days as readers of a language write them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.text.reader_dates import (
    day_of_year,
    full_day,
    month,
    plain_day,
    short_day,
    span_of_days,
    weekday,
)

DAY = date(2026, 2, 5)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en-US", "Thursday, 5 February 2026"),
        ("de-CH", "Donnerstag, 5. Februar 2026"),
        ("fr", "jeudi 5 février 2026"),
        ("es", "jueves, 5 de febrero de 2026"),
        ("ar", "الخميس، 5 فبراير 2026"),
        ("tlh", "2026-02-05"),
    ],
)
def test_a_whole_day_is_in_the_language_s_order(language: str, shown: str) -> None:
    """Unicode's order and words; a language that it does not know has ISO 8601."""
    assert full_day(DAY, language) == shown


def test_parts_of_a_day_keep_to_the_language() -> None:
    """With and without a year, as a month, a weekday and a span."""
    assert (month(DAY, "fr"), plain_day(DAY, "de")) == ("février 2026", "5. Februar 2026")
    assert (day_of_year(DAY, "es"), weekday(DAY, "de")) == ("5 de febrero", "Donnerstag")
    assert (short_day(DAY, "en"), short_day(DAY, "en", year=False)) == (
        "5\u00a0Feb 2026",
        "5\u00a0Feb",
    )
    assert "2026" not in short_day(DAY, "de", year=False)
    assert span_of_days(date(2025, 12, 30), DAY, "en") == "30 December 2025 to 5 February 2026"
    assert span_of_days(date(2026, 1, 30), DAY, "en") == "30 January to 5 February 2026"
    assert span_of_days(date(2026, 2, 1), DAY, "es").startswith("1")
    assert span_of_days(date(2026, 2, 1), DAY, "tlh") == "2026-02-01/2026-02-05"
