"""Whose a figure is, what it measures and for when, as its sentence says. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.folding import folded, word_list

if TYPE_CHECKING:
    from digest.text.quantities import Quantity

_NAME = re.compile(
    r"(?<![\w'])(?:[A-Z][\w&.-]*[\w&]|[a-z]{1,2}[A-Z]\w+)(?:(?: (?:of|and|for) (?:the )?(?=[A-Z]))?"
    r" ?(?:[A-Z][\w&.-]*[\w&]|\d{1,3}(?=\b(?![.,%]))))*"
)
_NO_OWNERS = word_list(
    "The A An In On At By It Its This That These Those He She They We I You His Her Their Our But"
    " And So Or For From With As When While After Before Since If Although Though There Here What"
    " Why How Who According To Both Some Many Most More All Such Each One Two Three Four Five Now"
    " Last Not No Even Also Still Then Yet Despite During Because Among Until Unlike Other Another"
    " Only About Over Nearly Almost Roughly Around Up Under More Less Today Yesterday Monday Tuesday"
    " Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December Q1 Q2 Q3 Q4 H1 H2 AI CEO CFO CTO COO GPU GPUs US U.S UK EU"
    " Net Gross Total Revenue Revenues Sales Profit Profits Shares Software Developer Only Its Data"
    " Generative Agentic Research Researchers Analysts Investors Users Companies Businesses"
)
_PLACED = re.compile(
    r"\b(?:at|in|near|from|on|to|for|of|with|by|than|via|under|into|across|through|against)"
    r" (?:the |its |[a-z]+ )?$",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(r"\s*(?:[a-z-]+\s){0,2}(?:of|by|from|for|with|at)\s(?:the\s)?$")
_MEASURES = (
    "annual revenue run rate|run rate|annual recurring revenue|net income|net loss|net sales|revenues?|"
    "sales|profits?|losses|loss|earnings|operating income|gross margin|margins?|valuation|valued|"
    "market (?:value|cap(?:itali[sz]ation)?|share)|capital (?:expenditures?|spending)|capex|spending|"
    "budget|funding round|funding|round|raised?|raises|raising|investment|invest|stake|bonds?|notes|"
    "debt|loans?|contract|agreement|deal|orders|backlog|price|cost|fee|yield|rent|salary|subscribers?|"
    "users|customers|seats|jobs|employees|workers|capacity|power|demand|growth|share|shares|fine|tax"
)
_MEASURE = re.compile(rf"\b(?:{_MEASURES})\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:(?:the )?(?:first|second|third|fourth|last|this|next|same|current|previous) (?:fiscal )?"
    r"(?:quarter|half|year|month|week)|Q[1-4](?: 20\d\d)?|(?:in|for|by|during|through|since|until) (?:fiscal"
    r" |early |late |the end of )?20\d\d|(?:a|per|each|every) (?:year|month|quarter|week|day|hour)|"
    r"annually|year[- ]over[- ]year|quarter[- ]over[- ]quarter|over (?:the next )?\w+ years)\b",
    re.IGNORECASE,
)
NEAR = 60  # characters around a figure in which its measure stands


def owner_of(sentence: str, quantity: Quantity, known: frozenset[str]) -> str:
    """The name that the figure belongs to; "" when nobody is named for it.

    Whoever is named first in the sentence before the figure, else whoever it is said to be of.
    What stands first has a capital anyhow and is a name only if it is among the `known`.
    """
    plain = folded(sentence)
    before = [
        one
        for one in _NAME.finditer(plain, 0, quantity.start)
        if _names(one, known) and not _PLACED.search(plain, 0, _begins(one))
    ]
    if before:
        return _bare(before[0][0])
    for one in _NAME.finditer(plain, quantity.end):
        if _names(one, known) and _OF_WHOM.match(plain[quantity.end : one.start()]):
            return _bare(one[0])
    return ""


def measure_of(sentence: str, quantity: Quantity) -> str:
    """The word nearest to the figure that says what it measures; "" for none that we know."""
    lo, hi = max(0, quantity.start - NEAR), quantity.end + NEAR
    found = [
        (min(abs(quantity.start - one.end()), abs(one.start() - quantity.end)), one[0].lower())
        for one in _MEASURE.finditer(sentence, lo, hi)
    ]
    return min(found)[1] if found else ""


def period_of(sentence: str, quantity: Quantity) -> str:
    """The time that the sentence gives nearest to the figure; "" for none."""
    found = [
        (abs(one.start() - quantity.end), one[0]) for one in _PERIOD.finditer(folded(sentence))
    ]
    return min(found)[1] if found else ""


def _names(one: re.Match[str], known: frozenset[str]) -> bool:
    words = one[0].removesuffix("'s").split()
    telling = [word for word in words if word.removesuffix("'s") not in _NO_OWNERS]
    if not telling:
        return False
    first = one.start() == 0 and len(words) == 1
    return (
        not first
        or bool({words[0].lower(), _bare(words[0]).lower()} & known)
        or any(letter.isupper() for letter in words[0][1:])
    )


def _begins(one: re.Match[str]) -> int:
    """Where the name itself begins: "In Virginia" is Virginia."""
    return one.start() + one[0].index(_bare(one[0]).split()[0])


def _bare(name: str) -> str:
    words = name.removesuffix("'s").split()
    while len(words) > 1 and words[0] in _NO_OWNERS:
        words = words[1:]
    return " ".join(words)
