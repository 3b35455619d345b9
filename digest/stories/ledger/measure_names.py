"""What figures of record measure: the names of each measure as texts write it, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# A flow is of a period, a level of a moment; an event's size is compared with no other event's.
Nature = Literal["flow", "level", "event"]
UnitKind = Literal["money", "share", "power", "energy", "count", "other"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its names: `nouns` beside a figure, `verbs` right before it."""

    name: str
    nature: Nature
    units: tuple[UnitKind, ...]
    nouns: str
    verbs: str = ""


_BY = (
    r"(?:(?: as| an?| some| about| around| roughly| nearly| almost| over| another| more than| up to"
    r"| at least| an additional| a total of| a further| close to| approximately| much as| just"
    r"| only| record| whopping| massive)*)"
)

# The more telling name stands before the one that it holds.
MEASURES: tuple[Measure, ...] = (
    Measure(
        "annual recurring revenue", "level", ("money",),
        r"annual(?:i[sz]ed)? recurring revenues?|ARR",
    ),
    Measure(
        "revenue run rate", "level", ("money",),
        r"(?:annual(?:i[sz]ed)? )?(?:revenue |sales )?run[- ]rate(?: revenues?)?"
        r"|annuali[sz]ed (?:revenues?|sales)",
    ),
    Measure("net income", "flow", ("money",), r"net (?:income|profits?|earnings)"),
    Measure("net loss", "flow", ("money",), r"net loss(?:es)?"),
    Measure("operating income", "flow", ("money",), r"operating (?:income|profits?)"),
    Measure("operating loss", "flow", ("money",), r"operating loss(?:es)?"),
    Measure("gross profit", "flow", ("money",), r"gross profits?"),
    Measure("free cash flow", "flow", ("money",), r"free cash flows?"),
    Measure("cash flow", "flow", ("money",), r"(?:operating )?cash flows?"),
    Measure(
        "cash burn", "flow", ("money",), r"cash burn|burn rate",
        rf"burn(?:s|ed|t|ing)?(?: through)?{_BY}",
    ),
    Measure(
        "capital expenditure", "flow", ("money",),
        r"capital (?:expenditures?|spending|outlays?|expenses?)|capex(?: spending)?",
    ),
    Measure("operating margin", "flow", ("share",), r"operating (?:profit )?margins?"),
    Measure("gross margin", "flow", ("share",), r"gross (?:profit )?margins?"),
    Measure("margin", "flow", ("share",), r"(?:net |profit )?margins?"),
    Measure("market share", "level", ("share",), r"market share|share of the [a-z -]{0,24}market"),
    Measure(
        "market value", "level", ("money",), r"market (?:value|valuation|cap(?:itali[sz]ation)?)"
    ),
    Measure(
        "valuation", "level", ("money",), r"(?:post-money |private )?valuation",
        rf"valu(?:e|ed|es|ing)(?: (?:[\w'-]+ ){{0,4}}| )at{_BY}",
    ),
    Measure("net worth", "level", ("money",), r"net worth"),
    Measure(
        "backlog", "level", ("money",), r"(?:order )?backlog|remaining performance obligations?"
    ),
    Measure("bookings", "flow", ("money",), r"bookings"),
    Measure("cash", "level", ("money",), r"cash (?:pile|reserves?|balance|and equivalents)"),
    Measure(
        "research spending", "flow", ("money",),
        r"(?:research(?: and development)?|R&D) (?:spending|expenses?|costs?|budget)",
    ),
    Measure("revenue", "flow", ("money",), r"revenues?|net sales|sales|turnover"),
    Measure("profit", "flow", ("money",), r"profits?"),
    Measure("loss", "flow", ("money",), r"loss(?:es)?", rf"(?:lost|loses|losing){_BY}"),
    Measure(
        "bond sale", "event", ("money",), r"(?:\w+-year )?(?:bonds?|notes)(?: sale| offering)?"
    ),
    Measure("debt", "level", ("money",), r"(?:long-term |net |total )?debts?"),
    Measure(
        "loan", "event", ("money",), r"(?:term )?loans?|credit (?:line|facility)",
        rf"borrow(?:s|ed|ing)?{_BY}",
    ),
    Measure(
        "share sale", "event", ("money",),
        r"(?:employee )?tender offer|(?:employee |secondary )?share (?:sale|buyback)|buyback",
    ),
    Measure("payment", "flow", ("money",), r"payments?", rf"pay(?:s|ing)?{_BY}|paid{_BY}"),
    Measure(
        "funding round", "event", ("money",),
        r"(?:pre-)?seed(?: funding| financing)?(?: rounds?)?|Series [A-K]\d?(?: funding| financing"
        r"| extension)?(?: rounds?)?"
        r"|(?:funding|financing|venture|growth|equity|investment|fundraising) rounds?|rounds?"
        r"|(?:new |fresh |late-stage |venture |growth )?(?:funding|fundraise|raise|venture capital)"
        r"|(?:new|fresh) (?:capital|financing)",
        rf"(?:raised?|raises|raising|secured?|secures|bags|bagged|nabs|nabbed){_BY}",
    ),
    Measure(
        "initial public offering", "event", ("money",), r"IPO|initial public offering|flotation"
    ),
    Measure(
        "investment", "event", ("money",), r"(?:equity )?(?:investments?|stake)",
        rf"(?:invest(?:s|ed|ing)?|pour(?:s|ed|ing)?|commit(?:s|ted|ting)?){_BY}",
    ),
    Measure("fine", "event", ("money",), r"fines?|penalt(?:y|ies)|settlement"),
    Measure(
        "deal", "event", ("money",),
        r"deals?|contracts?|agreements?|acquisition|takeover|buyout|merger",
    ),
    Measure(
        "spending", "flow", ("money",), r"spending|expenditures?|expenses|outlays?|budget",
        rf"spen[dt]s?(?:ing)?{_BY}",
    ),
    Measure(
        "price", "level", ("money",), r"(?:price|fee)",
        rf"(?:costs?|priced at|(?:charg|pric)(?:e|es|ed|ing)|starts? at){_BY}",
    ),
    Measure("capacity", "level", ("power", "energy"), r"capacity|compute"),
)  # fmt: skip

BY_NAME = {measure.name: measure for measure in MEASURES}

# What is counted, by the noun that a count ends in; a word before it says which of them.
COUNTED: dict[str, tuple[str, Nature]] = {
    **dict.fromkeys(["user", "users"], ("users", "level")),
    **dict.fromkeys(["customer", "customers"], ("customers", "level")),
    **dict.fromkeys(["subscriber", "subscribers"], ("subscribers", "level")),
    **dict.fromkeys(["subscription", "subscriptions"], ("subscribers", "level")),
    **dict.fromkeys(["seats"], ("seats", "level")),
    **dict.fromkeys(["developers"], ("developers", "level")),
    **dict.fromkeys(["employees", "staff", "workers"], ("employees", "level")),
    **dict.fromkeys(["jobs", "job cuts", "layoffs", "positions", "roles"], ("job cuts", "event")),
    **dict.fromkeys(["stores"], ("stores", "level")),
    **dict.fromkeys(["downloads"], ("downloads", "level")),
}

NOUNS = re.compile(
    r"(?<![\w'-])(?:"
    + "|".join(f"(?P<m{i}>{one.nouns})" for i, one in enumerate(MEASURES))
    + r")(?![\w-])",
    re.IGNORECASE,
)
VERBS = re.compile(
    r"(?<![\w'-])(?:"
    + "|".join(f"(?P<v{i}>{one.verbs})" for i, one in enumerate(MEASURES) if one.verbs)
    + r")\s$",
    re.IGNORECASE,
)


def measure_named(found: re.Match[str]) -> Measure:
    """The measure that a match of NOUNS or VERBS names."""
    return MEASURES[int((found.lastgroup or "m0")[1:])]
