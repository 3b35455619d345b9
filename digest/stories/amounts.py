"""Sums of money, shares and electrical power that a text states, found and written the way an
editor would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.text.quantities import Quantity

_RAISES = re.compile(r"\brais(?:e|es|ed|ing)\W+(?:\w+\W+){0,2}$")
_ROUND = re.compile(r"\W*(?:(?!valu)\w+\W+){0,2}(?:round|funding|financing|series|seed)\b")
_NAMES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_WATTS = ((1e9, "GW"), (1e6, "MW"), (1e3, "kW"))
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "JPY": "¥", "INR": "₹"}
_WATTS_OF = {"kW": 1e3, "MW": 1e6, "GW": 1e9, "TW": 1e12}


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated quantity: `unit` is a currency's symbol or code, "%" or "W"; `value` is in that
    unit.
    """

    value: float
    unit: str

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit not in {"%", "W"}

    def __str__(self) -> str:
        if self.unit == "%":
            return f"{self.value:g}%"
        names, symbol = (_WATTS, "") if self.unit == "W" else (_NAMES, self.unit)
        factor, name = next(
            (pair for pair in names if self.value >= pair[0]),
            (1.0, "W" if self.unit == "W" else ""),
        )
        return f"{symbol}{self.value / factor:,.6g} {name}".rstrip()


def amounts(text: str) -> tuple[Amount, ...]:
    """What the text states, in its order."""
    return tuple(amount for amount, _ in _found(text))


def raised(text: str) -> frozenset[Amount]:
    """The sums that the text says a company raises ("raises $900m", "a $900 million Series D"), not
    what it is valued at.
    """
    text = text.lower()
    around = (
        (amount, text[: one.start][-30:], text[one.end :][:30]) for amount, one in _found(text)
    )
    return frozenset(
        amount
        for amount, before, after in around
        if amount.is_money and (_RAISES.search(before) or _ROUND.match(after))
    )


def largest(found: tuple[Amount, ...]) -> Amount | None:
    """What an editor would put forward: the largest sum of money, else the most power, else the
    first share.
    """
    for kind in ("money", "W", "%"):
        of_kind = [
            amount
            for amount in found
            if amount.unit == kind or (kind == "money" and amount.is_money)
        ]
        if of_kind:
            return of_kind[0] if kind == "%" else max(of_kind, key=lambda amount: amount.value)
    return None


def is_currency(unit: str) -> bool:
    """Whether a quantity's unit is a currency's code."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def _found(text: str) -> Iterator[tuple[Amount, Quantity]]:
    for one in quantities(text):
        unit = one.unit.partition("/")[0]
        if unit == "%":
            yield Amount(one.value, "%"), one
        elif unit in _WATTS_OF:
            yield Amount(one.value * _WATTS_OF[unit], "W"), one
        elif is_currency(unit):
            yield Amount(one.value, _SYMBOLS.get(unit, f"{unit} ")), one
