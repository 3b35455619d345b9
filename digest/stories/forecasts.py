"""What somebody says will happen by a time: forecasts, plans and promises, in their own sentences.
Pure.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.stories.due_times import due_times
from digest.stories.ledger.owners import bare
from digest.stories.ledger.ownership import article
from digest.stories.subject_words import COMMONPLACE
from digest.text.sentences import sentences
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from digest.stories.due_times import Due
    from digest.stories.ledger.owners import Owners
    from digest.stories.ledger.ownership import Sentence

LONGEST = 45  # words of a sentence that can be shown
MOST = 12  # of one text, the first ones
BEFORE = 12  # sentences in which "the company" may be named
NEAR = 40  # characters between a time and what is to happen then
FAR = 110  # characters between what is to happen and when

_COMING = re.compile(
    r"(?:\b|(?<=[a-z]))(?:'ll|\bwill(?! be (?:held|speaking|available to stream))|won't"
    r"|plans? (?:to|for)|planning to|plans|expects?"
    r"|(?:is|are|'s|'re|am|'m) (?:expected|set|scheduled|slated|due|going) (?:to|for)|aims? to"
    r"|intends? to|targets?|targeting|pledge[sd]? to|promises? to|commit(?:s|ted) to"
    r"|vow(?:s|ed) to|predict(?:s|ed)|forecasts?|project(?:s|ed)|(?:is|are) on track|hopes to"
    r"|gonna|wants? to)\b"
)
_NO_FORECAST = re.compile(
    r"\?|\bif\b|\bunless\b|\bwould have\b|\bwebinar\b|\bregister\b|\bticket|\bsubscribe"
    r"|\bnewsletter\b|\bsign up\b|\bthis (?:episode|article|week's)\b|\bjoin us\b"
    r"|\bspeak(?:ing)? at\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^\W*|[,;:\u2014]\s(?:and |but |so |that )?)$")  # a clause begins
_REPORTED = re.compile(r"\b(?:reported|announced|said|revealed|wrote|published|filed)\b")
_SUBJECT = COMMONPLACE - {"going"}  # public
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|I'm|we're|We're|I'd)\b")
_SAID = re.compile(r"\b(?:said|says|told|predicted|predicts|expects|wrote)\b")


@dataclass(frozen=True, slots=True)
class Forecast:
    """One of them. `who` says it or is to do it, `due` is the last day of its time, `start` and
    `end` are the sentence's in the text.
    """

    who: str
    what: str
    due: date
    due_text: str
    start: int
    end: int


def forecast_id(entry: str, one: Forecast) -> str:
    """The id of a forecast: its place in its document."""
    place = f"{entry}\x1f{one.start}\x1f{one.due_text}"
    return hashlib.blake2s(place.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def forecasts(
    text: str,
    said: date,
    owners: Owners,
    title: str = "",
    speaker: Callable[[int], str] | None = None,
) -> tuple[Forecast, ...]:
    """The forecasts of a text, in order. `speaker` gives who speaks at an offset of talk, "" where
    nobody is named.
    """
    about = article(title, text, owners)
    spans = sentences(text)
    found: list[Forecast] = []
    for number, span in enumerate(spans):
        if len(found) == MOST:
            break
        verb = _COMING.search(span.text) if span.words <= LONGEST else None
        if verb is None or _NO_FORECAST.search(span.text):
            continue
        due = _due_of(verb, due_times(span.text, said))
        if due is None:
            continue
        before = [one.text for one in spans[max(0, number - BEFORE) : number]]
        sentence = about.sentence(span.text, (), before)
        if speaker and not _SUBJECT & {*tokens(span.text)}:
            continue  # talk is full of plans for the weekend
        who = _who(sentence, verb.start(), speaker(span.start) if speaker else "")
        if who:
            found.append(Forecast(bare(who), span.text, due.day, due.text, span.start, span.end))
    return tuple(found)


def _due_of(verb: re.Match[str], times: Iterable[Due]) -> Due | None:
    """The first time behind what is to happen, and not of a report of it; else one right before it:
    "by 2030 prices will".
    """
    known = tuple(times)
    behind = [one for one in known if verb.end() <= one.start <= verb.end() + FAR]
    if behind:
        said = _REPORTED.search(verb.string, verb.end(), behind[0].start)
        return None if said else behind[0]
    first = [
        one
        for one in known
        if one.end <= verb.start() <= one.end + NEAR and _OPENS.search(verb.string, 0, one.start)
    ]
    return first[-1] if first else None


def _who(sentence: Sentence, at: int, speaker: str) -> str:
    """Who is to do it, or says that it will be; in talk the speaker, of himself."""
    if speaker and _FIRST_PERSON.search(sentence.plain[: at + 1]):
        return speaker
    doer = sentence.subject(at)
    if doer or speaker:
        return doer or speaker
    sayers = [one for one in sentence.names if one.end <= at and one.subject]
    if sayers and _SAID.search(sentence.plain[sayers[0].end : at]):
        return sayers[0].name
    return ""
