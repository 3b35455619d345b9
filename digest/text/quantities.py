"""The quantities that a text states: money, shares, multiples, power and counts, each with its
value and unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as it stands in a text; `text == source[start:end]`."""

    value: float
    unit: str
    start: int
    end: int
    text: str


_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
    "tr": 1e12, "t": 1e12,
}  # fmt: skip
_SYMBOLS = {
    "$": "USD", "US$": "USD", "USD": "USD", "A$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "NT$": "TWD", "S$": "SGD", "R$": "BRL", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP",
    "¥": "JPY", "₹": "INR", "₩": "KRW", "CHF": "CHF", "RMB": "CNY",
}  # fmt: skip
_CURRENCIES = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yuan": "CNY", "renminbi": "CNY", "yen": "JPY",
    "rupee": "INR", "won": "KRW", "franc": "CHF",
}  # fmt: skip
_POWER = {
    "gigawatt": "GW", "gw": "GW", "megawatt": "MW", "mw": "MW", "kilowatt": "kW", "kw": "kW",
    "terawatt": "TW", "tw": "TW", "kilowatt-hour": "kWh", "kwh": "kWh", "megawatt-hour": "MWh",
    "mwh": "MWh", "gigawatt-hour": "GWh", "gwh": "GWh", "terawatt-hour": "TWh", "twh": "TWh",
}  # fmt: skip
_COUNTED = (
    "jobs|job cuts|layoffs|positions|roles|employees|staff|workers|people|users|customers|"
    "subscribers|subscriptions|seats|developers|engineers|researchers|businesses|companies|"
    "startups|firms|organi[sz]ations|patients|students|artists|authors|creators|countries|homes|"
    "households|stores|chips|GPUs|TPUs|accelerators|servers|processors|data cent(?:er|re)s|"
    "satellites|robots|robotaxis|vehicles|cars|devices|units|phones|acres|barrels|tokens|"
    "parameters|models|agents|apps|downloads|queries|requests|prompts|messages|images|videos|"
    "books|songs|patents|papers|citations|vulnerabilities|lawsuits|deals|contracts|shares"
)

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = (
    r"(?:(?:\s|-)?(?P<scale>hundred|thousand|million|billion|trillion|mln|bln|trn|tr|mn|bn|tn|k|m|b|t)"
    r"(?!\w))?"
)
_PER = (
    r"(?P<per>[\s-](?:a|an|per|each|every)[\s-](?:second|minute|hour|day|week|month|quarter|year|token|user|share|seat)\b|"
    r"\s(?:annually|yearly|monthly|daily|weekly)\b|/(?:month|mo|year|yr|hour|day|seat)\b)?"
)
_START = r"(?<![\w.,$€£¥₹-])"
# "5 million *business* users"
_BETWEEN = r"(?:\s(?!(?:of|to|and|in|or|for|a|per|the|by|at|as|on)\b)[a-z][\w-]*){0,2}?"


def _quantity_pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_MONEY = _quantity_pattern(
    r"(?<![\w$])(?P<symbol>(?:US|CA|A|C|HK|NT|S|R)?\$|USD|EUR|GBP|CHF|RMB|[€£¥₹₩])\s?",
    _NUMBER, _SCALE, r"\+?(?:\s(?:U\.?S\.?\s)?dollars?)?", _PER,
)  # fmt: skip
_NAMED_MONEY = _quantity_pattern(
    _START, _NUMBER, _SCALE,
    r"\s(?:US\s|U\.S\.\s|Chinese\s|Canadian\s)?"
    r"(?P<currency>dollar|euro|pound|yuan|renminbi|yen|rupee|won|franc)s?\b",
    _PER,
)  # fmt: skip
_PERCENT = _quantity_pattern(
    _START, _NUMBER, r"(?:\s?%|[\s-]per\s?cent\b|\s(?P<points>percentage\spoints?)\b)"
)
_MULTIPLE = _quantity_pattern(
    _START,
    _NUMBER,
    r"(?:x\b(?!\d)|[\s-]?fold\b|\stimes\s(?=more|faster|as|the|higher|larger|cheaper|better|greater|bigger))",
)
_WATTS = _quantity_pattern(
    _START,
    _NUMBER,
    _SCALE,
    r"[\s-]?(?P<power>(?:kilo|mega|giga|tera)watt(?:[\s-]hour)?s?|[kMGT]Wh?)\b",
)
_COUNT = _quantity_pattern(
    _START, _NUMBER, _SCALE, r"\+?", _BETWEEN, rf"\s(?P<noun>{_COUNTED})\b", _PER
)

_PERIODS = {
    "annually": "year",
    "yearly": "year",
    "yr": "year",
    "monthly": "month",
    "mo": "month",
    "daily": "day",
    "weekly": "week",
}


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in `text`, in order and without overlap. Dates, years and bare numbers are
    none.
    """
    found: list[Quantity] = []
    readers = (_money(text), _shares(text), _powers(text), _counts(text))
    for quantity in (quantity for reader in readers for quantity in reader):
        if all(quantity.end <= other.start or quantity.start >= other.end for other in found):
            found.append(quantity)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _money(text: str) -> Iterator[Quantity]:
    for found in _MONEY.finditer(text):
        symbol = found["symbol"].strip().upper()
        yield _quantity(found, _SYMBOLS.get(symbol, "USD"))
    for found in _NAMED_MONEY.finditer(text):
        yield _quantity(found, _CURRENCIES[found["currency"].lower()])


def _shares(text: str) -> Iterator[Quantity]:
    for found in _PERCENT.finditer(text):
        yield _quantity(found, "percentage points" if found["points"] else "%")
    for found in _MULTIPLE.finditer(text):
        yield _quantity(found, "x")


def _powers(text: str) -> Iterator[Quantity]:
    for found in _WATTS.finditer(text):
        yield _quantity(found, _POWER[found["power"].lower().rstrip("s").replace(" ", "-")])


def _counts(text: str) -> Iterator[Quantity]:
    for found in _COUNT.finditer(text):
        quantity = _quantity(found, found["noun"].replace("centre", "center"))
        year = re.fullmatch(r"(?:19|20)\d\d", found["number"]) is not None
        if quantity.value >= 10 and not year:
            yield quantity


def _quantity(found: re.Match[str], unit: str) -> Quantity:
    groups = found.groupdict()
    scale = _SCALES.get((groups.get("scale") or "").lower(), 1.0)
    value = round(float(found["number"].replace(",", "")) * scale, 6)
    period = re.sub(r"^/|^[\s-](?:(?:a|an|per|each|every)[\s-])?", "", groups.get("per") or "")
    rate = f"/{_PERIODS.get(period, period)}" if period else ""
    text = found[0].rstrip()
    return Quantity(value, unit + rate, found.start(), found.start() + len(text), text)
