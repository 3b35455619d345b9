"""How far a sentence of an article is its news, and not the scene, the background or the history of
it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.sentence_scoring import full_names, unintroduced
from digest.insights.standalone import names, speaks_for_us
from digest.text.folding import folded
from digest.text.quantities import quantities
from digest.text.quotation import unquoted
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from digest.model import Document

# What each sign weighs beside the worth of scoring.py; chosen by reading the leads of articles that
# no issue was judged by.
_HEADLINE, _DATED, _SCENE, _PAST, _DAY = 1.6, 0.25, 0.6, 0.35, 0.4
_US, _STRANGER, _NAMELESS = 0.8, 0.5, 0.4
_BRIEF, _WORD = (
    14,
    0.08,
)  # words below which a sentence says little, and what each that is missing costs

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DONE = "announced|unveiled|launched|released|introduced|filed|raised|agreed|acquired|signed"
_JUST_NOW = re.compile(
    rf"\b(?:{_WEEKDAY}|this week|(?:has|have) (?:just |also |now |officially"
    rf" )?(?:{_DONE}|bought|sued|closed|hired|named|struck|reached|"
    rf"begun|started)|(?:{_DONE}) (?:that|a|an|the|its|to|new|plans)|is"
    r" (?:planning|preparing|building|launching|raising|acquiring|"
    r"buying|in talks|considering|cutting|laying off))\b"
)
# "Acme is shutting its plant", "Acme has signed on": but not what is getting or becoming
_GOES_ON = re.compile(
    r"\b(?:is|are) (?:now |also |reportedly )?(?!be|go|get|do|try|hav|see|look|feel|think)[a-z]+ing\b"
    r"|\b(?:has|have) (?:reportedly |also |now |just )?(?!been|had|made|become|always|never|long|grown)"
    r"(?:[a-z]+ed|bought|sold|won|cut|put|set|laid|built|begun|struck|taken|told|given|left)\b"
)
_SCENE_SETTING = re.compile(  # how pieces open that come to their news later
    r"(?:for (?:years|decades|months|most|many|the (?:past|last|better))|(?:over|in|during)"
    r" (?:the|these) (?:past|last|recent|first|early)|"
    r"(?:it|there)(?:'s| is| has| have| was| were)\b|one of the (?:many|most|biggest|first)|(\w+)"
    r" after \1|sometimes|ever since|since|"
    r"as (?!part\b|of\b|expected\b|reported\b)|like |unlike |while|although|though|despite|with"
    r" |whether|when |if |imagine|remember|"
    r"consider|recall|think of|every|most |many |some |people |everyone|nobody|no"
    r" one|history|traditionally|historically|until |once |"
    r"not (?:long|so)|just (?:a|as|like)|(?:\w+|a few|several) (?:years|months|weeks|days) ago"
    r"|(?:\w+|a few|several) (?:years|months) after|a"
    r" refresher|[a-z]+ing [^,]{3,60}, )",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NAMES = _MONTHS.split("|")
_IN_A_MONTH = re.compile(rf"\b(?:[Ii]n|[Ss]ince|[Ll]ast|of) ({_MONTHS})\b")
_PAST_TIMES = re.compile(
    r"\b(?:last (?:year|month|summer|fall|autumn|winter|spring|week)|(?:years|months|weeks|a year|a"
    r" month) (?:ago|earlier)|"
    rf"(?:its|their|the) (?:last|previous|prior) \w+ (?:in|of) (?:{_MONTHS}|(?:19|20)\d\d)|"
    r"lately|until recently|in recent (?:years|months|weeks)|"
    r"earlier this (?:year|month)|had (?:been |already |previously )?\w+ed|previously|was"
    r" founded|founded in|used to)\b"
)
# "up from $6 million a year ago" is no history, but what a number of now is measured against
_AGAINST_THE_PAST = re.compile(
    r"\b(?:from|than|versus|against|compared (?:to|with)|over) [^,.;]{0,60}?"
    r"\b(?:ago|earlier|before|last (?:year|month|quarter|summer|week)|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_EVERYWHERE = frozenset({"ai"})  # in this newsletter
_YEAR = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil) (?:(?:early|late|mid)[ -])?(?:(?:{_MONTHS}),? )?((?:19|20)\d\d)\b"
)
SPOKEN = 0.55  # share of its words outside quotation marks below which a sentence is a quotation
_DAY_OF_THE_SOURCE = re.compile(
    r"\b(?:yesterday|tomorrow|tonight|today|this (?:morning|afternoon|evening)|(?:earlier|later)"
    r" today)\b(?!'s)",
    re.IGNORECASE,
)

_SAID = re.compile(
    r"\b(?:said|says|told|tells|wrote|writes|reports|reported|according"
    r" to|found|finds|shows|showed|warns|warned|argues|argued|testified)\b"
)
# what makes a number or an event worth something: what it is measured against, and who objects
_MEASURED = re.compile(
    r"\b(?:(?:up|down|rose|fell|grew|increase|decrease)\b.{0,40}\bfrom|compared (?:to|with)|than"
    r"|twice|doubl\w+|tripl\w+|quadrupl\w+|year[- ]over[- ]year|year[- ]on[- ]year|fraction of"
    r"|(?:above|below|beat\w*|miss\w*|exceed\w*) \w+ (?:estimates|expectations|forecasts)"
    r"|analysts|rivals?|competitors?|per (?:month|year|hour|token|seat))\b",
    re.IGNORECASE,
)
_OBJECTED = re.compile(
    r"\b(?:critics?|opponents?|object\w*|warn(?:s|ed|ing)|concerns?|den(?:y|ies|ied)|disput\w+"
    r"|skeptic\w*|sceptic\w*|risk\w*|unions?|oppos\w+|lawsuit|declined to)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(  # what a writer adds to any news
    r"(?:this|the|it|that)(?: \w+){0,2}"
    r" (?:underscores?|highlights?|signals?|reflects?|emphasi[sz]es?|marks?|illustrates?|demonstrates?|"
    r"supports?|ties|positions?|comes (?:as|at|amid))\b"
    r"|(?:what|how|why|whether|when) .{3,90} (?:isn't|is not|is|remains?)"
    r" (?:entirely |yet |still |not )?(?:clear|unclear|known|unknown)\b",
    re.IGNORECASE,
)


_PRAISE = re.compile(  # what companies say of themselves, and nobody can check
    r"\b(?:(?:the )?world['\u2019]s (?:first|most|best|foremost|leading|largest|premier)"
    r"|the most (?:advanced|ambitious|powerful|innovative|exciting|important|capable|trusted|complete)"
    r"|(?:industry|world)[- ](?:leading|class)|best[- ]in[- ]class|cutting[- ]edge|state[- ]of[- ]the[- ]art"
    r"|game[- ]chang\w+|ground-?breaking|revolutionary|revolutioni[sz]\w+|unparalleled|unrivall?ed"
    r"|second to none|like never before|(?:proud|thrilled|excited|delighted|honou?red) to)\b",
    re.IGNORECASE,
)
_PRESENTS = re.compile(  # "Acme, based in Ohio, has 400 people"
    r"[A-Z][^,.]{1,40}, (?:which is |a company )?(?:based|headquartered|founded) in\b"
)


def is_comment(text: str) -> bool:
    """Whether a sentence only says that what stands before it matters, or presents somebody."""
    return bool(_COMMENT.match(text) or _PRESENTS.match(text))


@dataclass(frozen=True, slots=True)
class Matter:
    """What an article is about: its headline's words with their weights, who is called by name in
    it, and the year it is of.
    """

    headline: Mapping[str, int]
    known: dict[str, str]
    year: int


def matter_of(document: Document) -> Matter:
    """What the document is about. A name in the headline weighs twice."""
    named = {token for name in names(folded(document.opening)) for token in tokens(name)}
    weights = {word: 2 if word in named else 1 for word in tokens(document.title)}
    return Matter(weights, full_names(document), document.when.year)


def newsworth(text: str, matter: Matter) -> float:
    """What a sentence gains by telling what the headline says and when, and loses by leading up to
    it or looking back.
    """
    plain = unquoted(text)
    return (
        _HEADLINE * _of_the_headline(text, matter.headline)
        + _DATED * bool(_JUST_NOW.search(plain))
        - _SCENE * _sets_the_scene(plain)
        - _PAST * _tells_the_past(plain, matter.year)
        - _DAY * bool(_DAY_OF_THE_SOURCE.search(plain))
        - _US * speaks_for_us(text)
        - _STRANGER * unintroduced(text, matter.known)
        - _NAMELESS * (2 in matter.headline.values() and not _named(text, matter.headline))
        - _WORD * max(0, _BRIEF - len(text.split()))
    )


def deciding(text: str) -> float:
    """How much a sentence says of what its news is worth: a figure, what it is measured against,
    who objects; 0 to 2.5.
    """
    return (
        1.0 * bool(quantities(text))
        + 1.0 * bool(_MEASURED.search(text))
        + 0.5 * bool(_OBJECTED.search(text))
    )


def only_praises(text: str) -> bool:
    """Whether a sentence is somebody's praise of a thing, and no figure that it could rest on."""
    return bool(_PRAISE.search(text)) and not quantities(text)


def only_speaks(text: str) -> bool:
    """Whether a sentence is what somebody had to say, and no figure: a statement for the press."""
    return len(unquoted(text).split()) < SPOKEN * len(text.split()) and not quantities(text)


def is_of_now(text: str) -> bool:
    """Whether a sentence says that something has just been done, or is being done."""
    plain = unquoted(text)
    return bool(_JUST_NOW.search(plain) or _GOES_ON.search(plain))


def adds_news(text: str) -> bool:
    """Whether a sentence has a figure, says when, or says who says so: what a story can go on
    with.
    """
    return bool(quantities(text) or _JUST_NOW.search(text) or _SAID.search(folded(text)))


def looks_back(text: str, year: int) -> bool:
    """Whether a sentence sets the scene or tells what was before `year`, or long before."""
    plain = unquoted(text)
    return _sets_the_scene(plain) or _tells_the_past(plain, year)


def of_an_earlier_month(text: str, when: date) -> bool:
    """Whether a sentence tells what was done in a month that is over; `when` is the news."""
    named = [_MONTH_NAMES.index(one) + 1 for one in _IN_A_MONTH.findall(unquoted(text))]
    return bool(named) and all(month != when.month for month in named)


def on_another_matter(text: str, other: str) -> bool:
    """Whether a sentence names somebody and shares no word that says something with another of its
    page: a page can tell several things.
    """
    return bool(names(text.partition(" ")[2])) and set(tokens(text)).isdisjoint(tokens(other))


def of_others(text: str, headline: str) -> bool:
    """Whether a sentence names somebody, and nobody whom its headline names. First words have a
    capital whatever they are.
    """
    named, headed = (
        {token for name in names(one.partition(" ")[2]) for token in tokens(name)} - _EVERYWHERE
        for one in (text, headline)
    )
    return bool(named and headed) and named.isdisjoint(tokens(headline))


def takes_up(text: str, headline: str) -> bool:
    """Whether a text speaks of what a headline names: two of its words, or one that is a name in
    both.
    """
    shared = (set(tokens(text)) & set(tokens(headline))) - _EVERYWHERE
    named = {token for name in names(text) for token in tokens(name)}
    return len(shared) > 1 or bool(shared & named)


def takes_up_a_name(text: str, other: str) -> bool:
    """Whether a text speaks of somebody whom another names."""
    named, said = (
        {token for name in names(one) for token in tokens(name)} for one in (text, other)
    )
    return bool((named & said) - _EVERYWHERE)


def _sets_the_scene(plain: str) -> bool:
    return bool(_SCENE_SETTING.match(plain.lstrip("\"'( ")))


def _tells_the_past(plain: str, year: int) -> bool:
    plain = _AGAINST_THE_PAST.sub("", plain)
    return bool(_PAST_TIMES.search(plain)) or any(
        int(named) < year for named in _YEAR.findall(plain)
    )


def _named(text: str, weights: Mapping[str, int]) -> bool:
    """Whether the sentence names anybody; what stands first has a capital anyhow, and counts if the
    headline names it.
    """
    first, _, rest = text.partition(" ")
    return bool(names(rest)) or any(weights.get(token) == 2 for token in tokens(first))


def _of_the_headline(text: str, weights: Mapping[str, int]) -> float:
    """The share of the headline's words that the sentence has, by weight."""
    said = set(tokens(text))
    return sum(weight for word, weight in weights.items() if word in said) / max(
        sum(weights.values()), 1
    )
