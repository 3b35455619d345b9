"""Headlines, made of what publishers called their pieces, and the clauses that stand in them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from digest.text.folding import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_WORDS, MOST_WORDS = 2, 10  # of a phrase that stands for a headline
_RUMOUR = re.compile(r"(?:sources?|reports?|rumou?rs?)\b", re.IGNORECASE)

_SITE_END = re.compile(
    r"\b(?:news|magazine|times|post|journal|blog|daily|weekly|review|podcast|insider|media|online|newsletter)$|\.\w{2,4}$",
    re.IGNORECASE,
)
_DASHES = "-\u2013\u2014"  # the hyphen first: inside a character class it is no range
_QUOTES = "'\"\u2018\u2019\u201c\u201d"
_SEPARATOR = re.compile(rf"\s+(?:[{_DASHES}|»·•]|::)\s+")
_LABEL = re.compile(
    r"\s*[\[(](?:updated?|video|photos?|podcast|watch|live|sponsored|exclusive)[^\])]*[\])]\s*",
    re.IGNORECASE,
)
_NEEDED_STOP = re.compile(
    r"\.\w+\.$|\b(?:Jr|Sr|Inc|Corp|Ltd|Co)\.$|[.!?] .*\.$"
)  # U.S., Acme Inc., two sentences
_PICTURES = re.compile(  # emoji and their selectors before or behind it
    "^[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+\\s+"
    "|\\s+[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+$"
)
_ELLIPSIS = re.compile(r"\s*(?:…|\.{2,})\s*$")
_SMALL = word_list(
    "a an and as at but by for from if in into is its nor of off on or over per so the to up via vs"
    " with yet"
)
_INITIALS = word_list(
    "AI US USA UK EU UN GPU GPUS CPU TPU CEO CFO CTO IPO AGI API AWS IBM AMD TSMC ASML LLM LLMS GPT"
    " HBM DRAM FTC SEC DOJ GDP VC PC PCS UAE Q1 Q2 Q3 Q4"
)
_DANGLING = _SMALL | word_list(
    "are was were be been being will would can could may might must should has have had do does did"
    " not no that which who whose this these those than then when while after before amid about"
    " against between among under without within through during until says said say his her their"
    " our your my more most very new just only also even still both either get gets make makes made"
    " let lets want wants plans need needs how why what where"
)
_UNFINISHED = _DANGLING | word_list(
    "ready able unable eligible ineligible set due likely unlikely expected aware going come comes"
    " led based used made built backed secured valued driven powered fuelled fueled owned run aimed"
    " tied linked bound meant designed"
)
_SUBORDINATE = re.compile(
    r"(?:if|when|as|after|before|while|despite|amid|not|in|with|once|since|although|though|unlike|following|fresh"
    r" off|from|at|on|for|"
    r"to|and|but|or)\b",
    re.IGNORECASE,
)
ASKS_OR_LISTS = re.compile(
    r"(?:how|why|what|who|which|where|when|is|are|do|does|did|can|could|will|would|should|i|we|it|there|here|this|these|the"
    r" best|"
    r"\d+ \w+|everything|all the)\b",
    re.IGNORECASE,
)
_LABEL_WORDS = 2  # "Sources: …", "Irony alert: …"
CLAUSE = re.compile(
    r"\s+(?=(?:as|after|amid|while|because|but|despite|before|until|since|even|though|although|following|so|which|who|when|where|"
    r"ahead of|thanks to|due to)\b)",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"\s+(?=(?:with|for|in|at|over|using|through|under|during|across|(?:backed|led|valued|priced|built|powered|secured)"
    r" \w+)\b)",
    re.IGNORECASE,
)
_UTMOST = re.compile(
    r"\b(?:first|largest|biggest|only|most|record|best|fastest|worst|highest|lowest|\w+iest)\b",
    re.IGNORECASE,
)
_NAMED_PLACE = re.compile(
    r"\s*(?:in|at|over|across|under) (?:the )?(?:[A-Z][\w.]*|\w+ [A-Z][\w.]*)"
)
_PASSIVE_END = re.compile(
    r"\b(?:is|are|was|were|be|being) \S+$"
)  # "… is built", cut before "for India's scale"
_COLON = re.compile(r"[:;?!]\s+")
_DASH = re.compile(rf"\s+[{_DASHES}]+\s+")
_LAST_CLAUSE = re.compile(rf"[,;:?!]\s(?=[^,;:?!]*$)|\s[{_DASHES}]\s(?=[^{_DASHES}]*$)")


def headline(title: str, publisher: str) -> str:
    """A piece's title as a headline: without the site's name, dirt, a cut-off end or shouting.
    Never empty.
    """
    text = " ".join(html.unescape(html.unescape(title)).split())
    text = _LABEL.sub(
        " ", "".join(character for character in text if character.isprintable())
    ).strip()
    text = _without_cut_end(_without_site(_PICTURES.sub("", text), publisher))
    text = _softened(text).strip(f" |·»:,{_DASHES}")
    text = text[:-1] if text.endswith(".") and not _NEEDED_STOP.search(text) else text
    return text or title.strip() or publisher.strip() or "Untitled"


def clauses(text: str) -> Iterator[tuple[float, str]]:
    """What can stand for a sentence in a headline: the whole of it, a clause, or a clause without
    its last adjuncts, each with its cost.
    """
    return _phrases(text)


# ---- headlines


def _without_site(text: str, publisher: str) -> str:
    """The title without the parts that name the site; of parts that remain between bars, the
    longest.
    """
    while True:
        cut = _last_or_first_part(text, publisher)
        if cut == text or not cut:
            break
        text = cut
    bars = [part.strip() for part in re.split(r"\s\|\s", text) if part.strip()]
    return max(bars, key=lambda part: len(part.split())) if bars else text


def _last_or_first_part(text: str, publisher: str) -> str:
    separators = list(_SEPARATOR.finditer(text))
    if not separators:
        return text
    first, last = separators[0], separators[-1]
    if _names_site(text[last.end() :], publisher):
        return text[: last.start()]
    if _resembles(text[: first.start()], publisher) and len(text[first.end() :].split()) > 3:
        return text[first.end() :]
    return text


def _names_site(part: str, publisher: str) -> bool:
    return _resembles(part, publisher) or (
        len(part.split()) <= 4 and part[:1].isupper() and bool(_SITE_END.search(part))
    )


def _resembles(part: str, publisher: str) -> bool:
    a, b = _bare_name(part), _bare_name(publisher)
    return bool(a and b) and (
        a == b
        or (len(a) > 3 and b.startswith(a))
        or (len(b) > 3 and a.startswith(b) and len(a) < 2 * len(b))
    )


def _bare_name(name: str) -> str:
    name = re.sub(r"^(?:www\.)|\.(?:com|org|net|io|co\.uk|ai|news)$", "", name.strip().lower())
    return re.sub(r"\W", "", re.sub(r"^the\s*", "", name))


def _without_cut_end(text: str) -> str:
    """A title that ends in "…" goes back to its last whole clause, or to its last word that can end
    one.
    """
    if not _ELLIPSIS.search(text):
        return text
    text = _ELLIPSIS.sub("", text)
    clause = _LAST_CLAUSE.split(text)[0]
    if clause != text and len(clause.split()) >= 4:
        return clause
    return _without_dangling(text) or text


def _without_dangling(text: str) -> str:
    words = text.split()
    while words and words[-1].lower().strip(_QUOTES) in _DANGLING:
        words.pop()
    return " ".join(words)


def _softened(text: str) -> str:
    letters = [character for character in text if character.isalpha()]
    shouted = sum(character.isupper() for character in letters) > 0.8 * len(letters)
    if not shouted or len(text.split()) < 3:
        return text
    return " ".join(_soft_word(word, first=i == 0) for i, word in enumerate(text.split()))


def _soft_word(word: str, *, first: bool) -> str:
    bare = re.sub(r"\W", "", word)
    if bare in _INITIALS or "." in word[:-1] or any(character.isdigit() for character in word):
        return word
    return word.lower() if bare.lower() in _SMALL and not first else word.capitalize()


# ---- clauses. A phrase comes with what it costs: how far it is from the headline as it was written.

_Phrase = tuple[float, str]


def _phrases(text: str) -> Iterator[_Phrase]:
    """What can stand for the headline: the whole of it, a clause, or a clause without its last
    adjuncts.
    """
    main = main_clause(text)
    half_asked = (
        "?" in text and main in text.partition("?")[0]
    )  # without its mark no question, and nothing else
    aside = 4.0 if half_asked else 2.0 if ASKS_OR_LISTS.match(main) else 0.0
    shorter = CLAUSE.split(main)[0]
    adjuncts = (
        (1.2 + 1.5 * _names_a_place(shorter, cut.start()), shorter[: cut.start()])
        for cut in _ADJUNCT.finditer(shorter)
        if not _needed(shorter[: cut.start()])
    )
    clause = [(0.5, shorter)] if len(shorter.split()) > 2 else []
    ranked = [
        (0.0, main),
        *clause,
        *((cost, phrase) for cost, phrase in adjuncts if len(phrase.split()) >= 4),
    ]
    seen: set[str] = set()
    for cost, phrase in ranked:
        if phrase not in seen and is_whole(phrase):
            seen.add(phrase)
            yield cost + aside + 0.1 * max(0, len(phrase.split()) - 7), phrase


def _needed(phrase: str) -> bool:
    """Whether a phrase would say something else without what follows: "the first deal" is not "the
    first deal in India".
    """
    utmost = _UTMOST.search(phrase)
    return bool(
        (utmost and not _ADJUNCT.search(phrase, utmost.end())) or _PASSIVE_END.search(phrase)
    )


def _names_a_place(text: str, cut: int) -> bool:
    """Whether what a cut takes away says where, by name: what is true of one place need not be of
    all.
    """
    return bool(_NAMED_PLACE.match(text, cut)) and not in_title_case(text)


def in_title_case(text: str) -> bool:
    """Whether the headline begins nearly all its words with capitals, so that they tell no
    names.
    """
    long = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) > 0.8 * len(long)


def main_clause(text: str) -> str:
    """The headline without a label before it and without what follows a colon, a dash or a clause's
    comma.
    """
    if _RUMOUR.match(text):  # a rumour stays one
        lead, colon, told = text.partition(": ")
        return f"{lead}: {main_clause(told)}" if colon else text
    label, *after = _COLON.split(text, maxsplit=1)
    main = after[0] if after and len(label.split()) <= _LABEL_WORDS else label
    main = _DASH.split(_COLON.split(main)[0])[0].strip(" .,?!:;")
    before, comma, rest = main.partition(", ")
    if comma and _SUBORDINATE.match(before):
        return rest
    return before if comma and len(before.split()) >= 4 else main


def is_whole(phrase: str, most: int = MOST_WORDS) -> bool:
    """Whether a phrase can stand by itself: of a fit length, finished, its quotes and brackets closed."""
    words = phrase.split()
    last = words[-1].lower().strip(_QUOTES) if words else ""
    pairs = (("\u201c", "\u201d"), ("(", ")"), ("[", "]"))
    closed = phrase.count('"') % 2 == 0 and all(
        phrase.count(a) == phrase.count(b) for a, b in pairs
    )
    closed = (
        closed
        and phrase.count("\u2018") <= phrase.count("\u2019")
        and len(re.findall(r"(?<!\w)'|'(?!\w)", phrase)) != 1
    )
    finished = last not in _UNFINISHED and not last.endswith("ing") and "to" not in words[-2:]
    return (
        LEAST_WORDS <= len(words) <= most and finished and closed and not _SUBORDINATE.match(phrase)
    )


def read_alike(a: str, b: str) -> bool:
    """Whether two phrases would read as one said twice."""
    words, others = ({word.lower() for word in phrase.split()} - _SMALL for phrase in (a, b))
    return len(words & others) >= 0.5 * min(len(words), len(others))
