"""Sums of money, shares and electrical power that a text states, found and written the way an editor would."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SCALE = r"(?P<{}>trillion|billion|million|thousand|tn|bn|mn|[tbmk])\b"
_AMOUNT = re.compile(
    rf"(?P<symbol>[$€£¥₹])\s?(?P<money>{_NUMBER})(?:[\s-]?{_SCALE.format('scale')})?"
    rf"|(?P<count>{_NUMBER})[\s-]?{_SCALE.format('scale_of_count')}[\s-](?P<currency>dollars?|euros?|pounds?|yuan|yen|rupees?)\b"
    rf"|(?P<share>{_NUMBER})\s?(?:%|percent\b|per cent\b)"
    rf"|(?P<power>{_NUMBER})[\s-]?(?P<watts>gw|mw|gigawatts?|megawatts?)\b"
)
_RAISES = re.compile(r"\brais(?:e|es|ed|ing)\W+(?:\w+\W+){0,2}$")
_ROUND = re.compile(r"\W*(?:(?!valu)\w+\W+){0,2}(?:round|funding|financing|series|seed)\b")
_FACTORS = {"t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3}
_SCALE_LETTERS = {"trillion": "t", "tn": "t", "billion": "b", "bn": "b", "million": "m", "mn": "m", "thousand": "k"}
_NAMES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_WATTS = ((1e9, "GW"), (1e6, "MW"))
_SYMBOLS = {"dollar": "$", "euro": "€", "pound": "£", "yuan": "¥", "yen": "¥", "rupee": "₹"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated quantity: `unit` is a currency symbol, "%" or "W"; `value` is in that unit."""

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
        factor, name = next((pair for pair in names if self.value >= pair[0]), (1.0, "W" if self.unit == "W" else ""))
        return f"{symbol}{self.value / factor:,.6g} {name}".rstrip()


def amounts(text: str) -> tuple[Amount, ...]:
    """What the text states, in its order."""
    return tuple(_amount(match) for match in _AMOUNT.finditer(text.lower()))


def raised(text: str) -> frozenset[Amount]:
    """The sums that the text says a company raises ("raises $900m", "a $900 million Series D"), not what it is valued at."""
    text = text.lower()
    around = ((_amount(match), text[: match.start()][-30:], text[match.end() :][:30]) for match in _AMOUNT.finditer(text))
    return frozenset(amount for amount, before, after in around if amount.is_money and (_RAISES.search(before) or _ROUND.match(after)))


def largest(found: tuple[Amount, ...]) -> Amount | None:
    """What an editor would put forward: the largest sum of money, else the most power, else the first share."""
    for kind in ("money", "W", "%"):
        of_kind = [amount for amount in found if amount.unit == kind or (kind == "money" and amount.is_money)]
        if of_kind:
            return of_kind[0] if kind == "%" else max(of_kind, key=lambda amount: amount.value)
    return None


def _amount(match: re.Match[str]) -> Amount:
    if match["share"]:
        return Amount(_number(match["share"]), "%")
    if match["power"]:
        return Amount(_number(match["power"]) * (1e9 if match["watts"].startswith("g") else 1e6), "W")
    if match["symbol"]:
        return Amount(_number(match["money"]) * _factor(match["scale"]), match["symbol"])
    return Amount(_number(match["count"]) * _factor(match["scale_of_count"]), _SYMBOLS[match["currency"].removesuffix("s")])


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _factor(scale: str | None) -> float:
    return _FACTORS[_SCALE_LETTERS.get(scale, scale)] if scale else 1.0
