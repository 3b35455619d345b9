"""Whether a document is a piece that argues, explains or reports at length, or a note of news: told
by its form. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.folding import folded, word_list
from digest.text.quantities import quantities
from digest.text.quotation import unquoted
from digest.text.sentences import sentences
from digest.text.stems import stem
from digest.text.thesaurus import known
from digest.text.words import FUNCTION

if TYPE_CHECKING:
    from digest.model import Document

_COUNTING = word_list(
    "two three four five six seven eight nine ten eleven twelve hundred thousand million billion"
)
LONG_ENOUGH = 1000  # characters, about 170 words: a shorter text is news in brief
LONG = 6000  # characters, about 1,000 words: a piece that takes its time
READ = 6000  # characters that show a text's form
A_PIECE = 0.38  # form from which a document is a piece

_ARGUES = re.compile(
    r"(?:^|[-:,] )(?:why|what|inside|when|who|whose|is|are|can|will|does|do|should"
    r"|where)\b(?! to\b)"
    r"|\?|^how (?!to\b)"
    r"|\bthe (?:case|economics|math|real|hidden|trouble|problem|myth|limits|truth|cost|price|future"
    r"|age|era|end|rise|return|race|battle|war|paradox|gap|prize)\b"
    r"|\b(?:explained|explainer|analysis|lessons?|essay|opinion|column|deep dive"
    r"|myth|question|reality check|profile|long read|guest post|op-ed|commentary|perspective)\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(
    r"\b(?:interview|q&a|q and a|in conversation|talks? (?:about|to)|speaks? (?:to|about)|sits down"
    r"|on (?:why|how|what)|tells? us|ceo on|chief on|founder on)\b"
    r"|^\w[\w .'-]{2,40}: (?:why|how|what)\b",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(?:study|survey|research(?:ers)?|report|index|benchmark|paper|poll|data|analysis|findings?"
    r"|economists?)\b.*\b(?:finds?|found|shows?|says?|suggests?|reveals?|raises?|warns?|says)\b"
    r"|\b(?:new (?:study|research|survey|paper|benchmark))\b|\b\d+% of\b",
    re.IGNORECASE,
)
_HAPPENING = re.compile(
    r"\b(?:raises|raised|launches|announces|unveils|acquires|buys|signs|releases|debuts|introduces"
    r"|hits|posts|files|names|appoints|hires|cuts|lays off|joins|sues|wins|secures|closes|opens"
    r"|expands|partners|invests|delays|approves|bans|fines|rises|falls|jumps|drops|surges|slides|adds"
    r"|gains|gets|plans|confirms|agrees|bought|sold|beats|begins|starts|testifies|appeals|backs"
    r"|reveals?|brings|rolls out|tests|inks|says it|acquired|steps down|leaves|departs|merges)\b",
    re.IGNORECASE,
)
_NEWS_LEAD = re.compile(
    r"\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this week|today|announced"
    r"|reportedly|said in a"
    r" (?:statement|blog post|filing)|according to (?:a|the) (?:report|filing|statement))\b",
    re.IGNORECASE,
)
_NAMES_OR_SUMS = re.compile(r"\d|[$€£]|(?<!^)(?<![:.?!] )\b(?!AI\b|I\b|CEOs?\b|GPUs?\b)[A-Z]")
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us)\b")
_OWN_VOICE = re.compile(r"(?<![\w'\"])(?:I|my|me|us|our)(?!\w)(?!\.)")
_ARGUING = re.compile(
    r"\b(?:because|therefore|which means|that means|the reason|in other words|the question|suppose|"
    r"rather than|on the other hand|but the|yet the|in theory|in practice|if the|argue"
    r"|the point)\b",
    re.IGNORECASE,
)
# What each sign adds or takes away.
ARGUES, INTERVIEW, STUDY, HAPPENING, NEWS_LEAD = 0.4, 0.4, 0.35, -0.45, -0.15
OWN = 0.3  # of a title in the writer's own voice
SAYING = 0.35  # of a title that names nobody and no sum: news always does
LENGTH, PERSON, ARGUMENT, QUOTES, FIGURES = 0.3, 0.2, 0.15, 0.1, 0.1
LEAD = 300  # characters in which news says when


def form(document: Document) -> float:
    """How much a document reads as a piece that argues, explains or reports, about 0 to 1."""
    title, text = folded(document.title), folded(document.text[:READ])
    own = unquoted(text)
    count = max(len(sentences(text)), 1)
    said = (
        ARGUES * bool(_ARGUES.search(title))
        + INTERVIEW * bool(_INTERVIEW.search(title))
        + STUDY * bool(_STUDY.search(title))
        + HAPPENING * bool(_HAPPENING.search(title))
        + SAYING * _is_saying(title)
        + OWN * bool(_OWN_VOICE.search(title))
        + NEWS_LEAD * bool(_NEWS_LEAD.search(text[:LEAD]))
    )
    shown = (
        LENGTH * min(1.0, len(document.text) / LONG)
        + PERSON * min(1.0, 4 * len(_FIRST_PERSON.findall(own)) / count)
        + ARGUMENT * min(1.0, 4 * len(_ARGUING.findall(own)) / count)
        + QUOTES * min(1.0, 2 * text.count('"') / count / 2)
        + FIGURES * min(1.0, 2 * len(quantities(text)) / count)
    )
    return said + shown


def _is_saying(title: str) -> bool:
    """Whether a title names nobody and no sum. What stands first has a capital whatever it is; it
    is a name where the language does not know it.
    """
    first = re.match(r"[A-Za-z]+", title)
    unknown = first is not None and not _everyday(first[0].lower())
    return not unknown and not _NAMES_OR_SUMS.search(title)


def _everyday(word: str) -> bool:
    """Whether the language knows a word, so that it is no name for its capital at a head."""
    return word in FUNCTION or word in _COUNTING or known(stem(word))


def is_piece(document: Document) -> bool:
    """Whether it is long enough and of the form."""
    return len(document.text) >= LONG_ENOUGH and form(document) >= A_PIECE
