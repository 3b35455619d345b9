"""What a sentence is worth: its place, what it shares with the article, figures, names and themes,
less its blemishes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.insights.candidates import Candidate, candidates
from digest.insights.standalone import addresses_the_reader, names
from digest.text.folding import folded, word_list
from digest.text.quantities import quantities
from digest.text.quotation import unquoted
from digest.text.stems import stem
from digest.text.thesaurus import known

if TYPE_CHECKING:
    from digest.model import Document

# Chosen on the even rows of the summary sets (see bench/summaries.py), then by reading.
_POSITION, _CENTRAL, _TITLE, _FIGURES, _NAMES, _THEME = 1.4, 1.0, 0.2, 0.2, 0.35, 0.2
_FADING = 0.3  # how fast a later sentence counts for less

_TERM = re.compile(r"[^\W_][\w'-]*[^\W_]|\w")
_STALE = re.compile(
    r"^now,|\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening))\b(?!'s)",
    re.IGNORECASE,
)
_WINDING = re.compile(
    r"(?:while|although|though|despite|even|should|alongside|beyond|besides|unlike)\b",
    re.IGNORECASE,
)
# a full name where a text presents somebody: "Jane Roe said", "Jane Roe, who", "Jane Roe's"
_PERSON = re.compile(
    r"(?<!\w)([A-Z][a-z]{2,}) (?:[A-Z]\. )?([A-Z][a-z]{2,})(?!\w)"
    r"(?= (?:said|says|told|wrote|testified|noted|argued|joined|is|was|has)\b|,|'s)"
)
# the same behind what somebody is: "analyst Jane Roe", "Acme CEO Jane Roe"
_CALLED = re.compile(
    r"\b(?:C[EFTO]O|(?:[Cc]o-)?[Ff]ounders?|[Pp]resident|[Cc]hair(?:man|woman)?|[Pp]artner|[Aa]nalyst"
    r"|[Pp]rofessor|[Rr]esearcher|[Ee]conomist|[Ee]ngineer|[Ll]awyer|[Aa]ttorney|[Jj]udge|[Ss]enator"
    r"|[Mm]inister|[Ss]ecretary|[Dd]irector|[Mm]anager|[Ss]pokes(?:man|woman|person)|[Aa]uthor"
    r"|[Rr]eporter|[Ee]xecutive|[Ii]nvestor|[Vv]eteran|[Pp]laintiff),? "
    r"([A-Z][a-z]{2,}) (?:[A-Z]\. )?([A-Z][a-z]{2,})(?!\w)"
)
# any name of two words the second of which the language does not know: "Jane McRoe"
_PAIR = re.compile(r"(?=(?<![\w.])([A-Z][a-z]+(?:-[A-Z][a-z]+)?) ([A-Z][a-zA-Z']*[a-z])(?![\w'-]))")
_NO_FIRST_NAMES = word_list(
    "The A An In On At By It This That These Those But And So Or For From With As When While After"
    " Before Since If According To Startup President Chief Judge Senator Google Microsoft Amazon"
    " Meta Apple Nvidia Anthropic Oracle Samsung Intel Alibaba Tesla"
)
_KNOWN_TO_ALL = word_list(
    "Musk Altman Trump Biden Zuckerberg Nadella Pichai Huang Bezos Cook Gates Amodei Xi Putin"
    " Starmer Macron Modi Jassy Hassabis"
)
_STOPWORDS = word_list(
    "a about after all also an and any are as at be because been before being between both but by"
    " can could did do does during each even for from get had has have he her here him his how i if"
    " in into is it its just like made make many may me might more most much must my new no not now"
    " of off on one only or other our out over own per said same say says she should so some such"
    " than that the their them then there these they this those through to too under up us use used"
    " very was we were what when where which while who why will with would you your"
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what it is worth by itself and the terms it is compared by."""

    candidate: Candidate
    score: float
    terms: frozenset[str]


def scored(document: Document, theme_words: frozenset[str]) -> list[Scored]:
    """Every candidate of the document with its worth, in order."""
    found = candidates(document)
    title = terms_of(document.title)
    terms = [terms_of(candidate.span.text) for candidate in found]
    whole = title + title
    for own in terms:
        whole.update(own)
    theme = phrases(theme_words)
    known = full_names(document)
    result = []
    for i, (candidate, own) in enumerate(zip(found, terms, strict=True)):
        text = candidate.span.text
        place = _POSITION / (1 + _FADING * i)
        result.append(
            Scored(
                candidate,
                place + _content(text, own, whole, title, theme) - _blemishes(text, known),
                frozenset(own),
            )
        )
    return result


def _content(
    text: str, terms: Counter[str], whole: Counter[str], title: Counter[str], theme: re.Pattern[str]
) -> float:
    shared = sum(1 for term in terms if term in title) / max(len(title), 1)
    return (
        _CENTRAL * _cosine(terms, whole)
        + _TITLE * shared
        + _FIGURES * min(len(quantities(text)), 2) / 2
        + _NAMES * min(len(names(text)), 4) / 4
        + _THEME * min(len(theme.findall(text)), 3) / 3
    )


def _blemishes(text: str, known: dict[str, str]) -> float:
    """What an editor would rather not print, as a penalty."""
    words = len(text.split())
    plain = unquoted(text)
    length = max(0, 8 - words) * 0.1 + max(0, words - 38) * 0.04
    quoted = 1 - len(plain.split()) / words
    untidy = 0.1 if re.search(r"\s[.,;:]", text) else 0.0
    stale = 0.25 if _STALE.search(plain) else 0.0
    winding = 0.15 if _WINDING.match(text) or text.count("—") > 1 else 0.0
    stranger = unintroduced(text, known)
    return (
        length
        + 0.4 * quoted
        + untidy
        + stale
        + winding
        + 0.5 * addresses_the_reader(text)
        + 0.3 * ("!" in text)
        + 0.5 * stranger
    )


def thin(text: str) -> bool:
    """Short, and without a name or a figure after its first word: true perhaps, but no news."""
    return len(text.split()) < 12 and not names(text.partition(" ")[2]) and not quantities(text)


def unintroduced(text: str, known: dict[str, str]) -> bool:
    """Whether a sentence calls somebody by a part of the full name that the text has elsewhere;
    `known` as of `full_names`.
    """
    return any(part in known and known[part] not in folded(text) for part in names(text))


@lru_cache(maxsize=1024)
def full_names(document: Document) -> dict[str, str]:
    """Who is called by a full name first and by a part of it later: the parts of each name, and the
    name.

    Names in the headline and those that every reader knows need no introduction.
    """
    full: dict[str, str] = {}
    text = folded(document.text)
    for first, last in _PAIR.findall(text):
        unheard = last not in document.title and last not in _KNOWN_TO_ALL
        if unheard and first not in _NO_FIRST_NAMES and not known(stem(last.lower())):
            full.setdefault(last, f"{first} {last}")
    for name in (*_PERSON.finditer(text), *_CALLED.finditer(text)):
        for part in name.groups():
            if part not in document.title and part not in _KNOWN_TO_ALL:
                full.setdefault(part, text[name.start(1) : name.end(2)])
    return full


@lru_cache(maxsize=64)
def phrases(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words or phrases, whole, in any letter case, in singular and
    plural.
    """
    listed = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, listed)) or '(?!)'})s?(?!\w)", re.IGNORECASE
    )


def terms_of(text: str) -> Counter[str]:
    """The words that texts are compared by, counted."""
    words = (word.removesuffix("'s") for word in _TERM.findall(folded(text).lower()))
    return Counter(word for word in words if word not in _STOPWORDS)


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    dot = sum(count * b[term] for term, count in a.items())
    norm = math.sqrt(
        sum(count * count for count in a.values()) * sum(count * count for count in b.values())
    )
    return dot / norm if norm else 0.0
