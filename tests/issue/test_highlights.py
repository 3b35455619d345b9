"""What a model writes for the highlights speaks of the first story first."""

from __future__ import annotations

import pytest

from digest.issue.highlights import led_by
from digest.model import Item, SourceLink

BONDS = Item(
    "s1",
    "Halden sells bonds",
    "A text.",
    (SourceLink("Wire", "https://wire.example/1"),),
    ("i1", "i2"),
)
OF_IT = ("Insurers bought Halden's bonds.", ["i2", "i7"])
RENTS, POWER, JOBS = (("Rents fell.", ["i3"]), ("Power is short.", ["i4"]), ("Jobs went.", ["i5"]))
HEADLINE = "[Halden sells bonds](https://wire.example/1)."


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ([OF_IT, RENTS], [OF_IT[0], RENTS[0]]),
        ([RENTS, OF_IT, POWER], [OF_IT[0], RENTS[0], POWER[0]]),
        ([RENTS, POWER, JOBS], [HEADLINE, RENTS[0], POWER[0]]),
        ([], [HEADLINE]),
    ],
)
def test_the_first_story_leads_the_highlights(
    said: list[tuple[str, list[str]]], stands: list[str]
) -> None:
    """Where no sentence speaks of it, it stands there by its headline."""
    assert led_by(BONDS, said) == stands
