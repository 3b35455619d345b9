"""Who says what will happen by when."""

from __future__ import annotations

from datetime import date

import pytest

from digest.stories.due_times import due_times
from digest.stories.forecasts import forecasts
from digest.stories.ledger.owners import owners

SAID = date(2026, 2, 10)

DUE = [
    ("five gigawatts by 2028", date(2028, 12, 31)),
    ("by early 2027", date(2027, 4, 30)),
    ("in mid-2027", date(2027, 6, 30)),
    ("by the end of the decade", date(2029, 12, 31)),
    ("will close in the second quarter", date(2026, 6, 30)),
    ("in the first quarter of 2027", date(2027, 3, 31)),
    ("in the fourth quarter of next year", date(2027, 12, 31)),
    ("in Q1", date(2026, 3, 31)),
    ("in the second half of the year", date(2026, 12, 31)),
    ("prices will halve this year", date(2026, 12, 31)),
    ("later this month", date(2026, 2, 28)),
    ("next month", date(2026, 3, 31)),
    ("next quarter", date(2026, 6, 30)),
    ("before the end of the year", date(2026, 12, 31)),
    ("over the next year", date(2027, 2, 10)),
    ("within three years", date(2029, 2, 10)),
    ("by June", date(2026, 6, 30)),
    ("in January", date(2027, 1, 31)),
    ("on March 15th, 2027", date(2027, 3, 31)),
    ("this summer", date(2026, 9, 30)),
    ("will vote on Wednesday", date(2026, 2, 11)),  # it is a Tuesday
    ("by Tuesday", date(2026, 2, 17)),
    ("by 2025", None),  # is over
    ("in 2,026 cases", None),
    ("by 2090", None),  # a vision
    ("in the second half of February's game", None),
    ("five years ago", None),
]


@pytest.mark.parametrize(("text", "day"), DUE)
def test_a_time_to_come_ends_on_a_day(text: str, day: date | None) -> None:
    """Completed by the date on which it was said."""
    assert [one.day for one in due_times(text, SAID)][:1] == ([day] if day else [])


FORECASTS = [
    ("Halden will build five gigawatts by 2028.", "Halden"),
    ("Ada Quill told staff that Halden plans to open the hall this year.", "Halden"),
    ("The sale of Corvane to Halden is expected to close in the second quarter.", ""),
    ("Halden expects to close the purchase in the second quarter.", "Halden"),
    ("Halden opened the hall in 2026.", ""),
    ("Will Halden open the hall in 2027?", ""),
    ("If rents fall, Halden will sell in 2027.", ""),
    ("Halden wants to win back firms, the Meridian reported in June.", ""),
    ("Halden will be held to it.", ""),
    ("Halden will rent out the hall, it said on Monday.", ""),
]


@pytest.mark.parametrize(("text", "who"), FORECASTS)
def test_a_forecast_has_somebody_and_a_time(text: str, who: str) -> None:
    """What nobody says, asks or makes depend on something is none."""
    found = forecasts(f"Pay at Halden is good. {text}", SAID, owners())
    assert [one.who for one in found] == ([who] if who else [])
    assert [one.what for one in found] == ([text] if who else [])


def test_in_talk_the_speaker_speaks_of_himself() -> None:
    """What he says of others is theirs."""
    text = (
        "I think we will need twice the power by 2028. But Halden will be late with its chips in"
        " 2027. We'll go to Porto next week."
    )
    found = forecasts(text, SAID, owners(), "A talk", lambda _: "Ada Quill")
    assert [(one.who, one.due.year) for one in found] == [("Ada Quill", 2028), ("Halden", 2027)]
    assert forecasts(text, SAID, owners(), "A talk")[0].who == "Halden"
