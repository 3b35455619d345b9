"""Names in a sentence that can own a figure, and the part that each has in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.folding import word_list

if TYPE_CHECKING:
    from digest.stories.ledger.owners import Owners

_WORD = r"(?:[A-Z][\w&-]*(?:\.(?:com|ai|io))?|[a-z]{1,2}[A-Z]\w+)"
_NAME = re.compile(
    rf"(?<![\w'$-]){_WORD}(?:(?: (?:of|for|&) (?:the )?| )?(?<= ){_WORD}|(?<=[A-Z])\.(?=[A-Z])\w|"
    r" (?:AI|\d{1,2}(?![\w,.%])))*"
)
# What has a capital and owns nothing: what begins sentences, times, offices, kinds of things.
NOBODY = word_list(
    "The A An In On At By It Its This That These Those He She They We I You His Her Their Our But"
    " And So Or For From With As When While After Before Since If Although Though There Here What"
    " Why How Who According To Both Some Many Most More All Such Each One Two Three Four Five Now"
    " Last Not No Even Also Still Then Yet Despite During Because Among Until Unlike Other Another"
    " Only About Over Nearly Almost Roughly Around Up Under More Less Today Yesterday Monday"
    " Tuesday"
    " Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Q1 Q2 Q3"
    " Q4 H1 H2 AI CEO CFO CTO COO GPU GPUs TPU TPUs IPO API ARR Net Gross Total Revenue Revenues"
    " Sales Profit Profits Shares Software Developer Data Generative Agentic Series Capex Capital"
    " Research Researchers Analysts Investors Users Companies Businesses Startups Startup Chipmaker"
    " Annual Quarterly Global World Worldwide Wall Street Reportedly Meanwhile However Overall"
    " Earlier Later Following Per Once Every Through Across Between Within Without Instead Rather"
    " Like Just Much Few Several Recently Currently Experts Officials Executives Engineers Report"
    " Reports News Exclusive Update Breaking Photo Image Credit Getty VR AR FY EPS GAAP R&D ETF"
    " US UK EU U.S U.K American British Canadian Chinese European French German Indian Israeli"
    " Japanese Korean Dutch Swiss Judge President Congress Senate Proceeds LLM LLMs IT Alongside"
    " Amid Deal Valuation Funding Spending"
    " Investment Market Stock Stocks Bond Bonds Debt"
)
_LAST = word_list("AI Data Research Capital Software")  # what names end with
# Who tells of others' figures, and counts them.
_TELLERS = word_list(
    "Bloomberg Reuters CNBC Axios TechCrunch Gartner IDC Forrester PitchBook Crunchbase FactSet"
    " LSEG"
    " Barron's Fortune Forbes Verge Information FT WSJ BBC CNN Engadget ZDNET Wired Statista"
    " Dealroom"
    " CBInsights Morningstar Visible McKinsey"
)
_TELLING = re.compile(
    r"\b(?:Financial Times|Wall Street|New York Times|Business Insider|The Information"
    r"|Goldman Sachs"
    r"|Morgan Stanley|CB Insights|S&P Global|Bank of America|Counterpoint Research|Nikkei Asia)\b"
)
_OFFICE = re.compile(
    r"(?:'s)? (?:co-?founder(?: and)? ?|founder(?: and)? ?|chief(?: \w+)? officer|CEO|CFO|COO|CTO"
    r"|chair(?:man|woman)?"
    r"|president|boss|chief executive|chief|executive|spokes\w+|investor relations)\b"
)
_DESCRIBED = re.compile(
    r"(?:-\w+)?(?: [a-z-]+){0,2} (?:startup|start-up|company|firm|lab|laboratory|giant|maker"
    r"|chipmaker|developer"
    r"|platform|provider|unit|subsidiary|operator|landlord|group|carmaker|rival|entrepreneur)"
    r" (?=[A-Z]|[a-z]{1,2}[A-Z])"
)
# A plural, or a thing of its, behind a name: the name only says which.
_ATTRIBUTED = re.compile(
    r" (?:compan(?:y|ies)|firms?|start-?ups?|businesses|users?|investors?|officials?|shares?"
    r"|stocks?|"
    r"customers?|consumers?|workers?|employees|executives?|analysts?|researchers?|models?|chips?"
    r"|phones?|apps?|"
    r"tools?|services?|technology|engineers?|developers?|subscriptions?|subscribers?"
    r"|partner|"
    r"backed|led|owned|based|powered|rivals?|competitors?|giants?|government|tariffs?|listing"
    r"|stake)\b"
)
_JOINED = re.compile(r"[A-Z][\w&-]* (?:and|or) $")  # two who did it together are none of them
_LISTED = re.compile(
    r"(?:,| and) (?:[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*, )*[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*"
    r",? and [A-Z]"
)
_MADE_BY = re.compile(r"\bby (?:[\w'-]+ ){0,4}$")
_HYPHENED = re.compile(r"^[\w.]+-(?:based|backed|owned|born|listed|led|headquartered) ")
_KIND_BEFORE = re.compile(
    r"^.*\b(?:Startup|Start-up|Unicorn|Company|Giant|Chipmaker|Maker|Firm|Lab) (?=[A-Z])"
)
_HOLDS = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|co-?founder|founder|chief|president|executive|analyst|professor"
    r"|chair(?:man|woman)?) $"
)
_ASIDE = re.compile(r", (?:where|which|who|whose|when)\b[^,]{0,80},")
_OFFICE_INSIDE = re.compile(r" (?:CEO|CFO|COO|CTO|Chief|President|Chairman|Founder)\b.*$")
# What follows whoever does something.
_ACTS = re.compile(
    r"(?: \([^()]{1,30}\))?"
    r"(?: (?:chatbot|assistant|app|platform|service|unit|browser|bot|division))?"
    r"(?: (?:on \w+day|late on \w+day|today|this week|last week))?"
    r"(?:,| \u2014 | - |\s(?:also |now |only |just |recently |alone |still |again "
    r"|first |then |later |soon |already |once "
    r"|[a-z]+ly )*"
    r"(?:is|was|are|were|has|had|have|will|would|could|can|may|might|must|plans to|hit|spent|spend"
    r"|lost|said|says|told|began|built|bought|brought|left|lent|kept|met|ran|sees|chose"
    r"|made|sold|paid|saw|put|set|grew|rose|fell|took|won|cut|held|burn|did"
    r"|(?!compan|firm|sale|share|earning|revenue|profit|result|business)[a-z]+(?:ed|es|s)|losing"
    r"|to [a-z]+"
    r"|raising)\b)"
)
_HEADED = (
    r"(?:Raises|Secures|Hits|Lands|Bags|Nabs|Closes|Announces|Launches|Unveils|Reports|Posts|Plans"
    r"|Says|Acquires|Buys|Signs|Backs|Leads|Invests|Eyes|Gets|Sees|Cuts|Adds|Expects|Loses|Spends"
    r"|Tops|Reaches|Targets|Files|Sells|Borrows)"
)
_VERB_INSIDE = re.compile(rf" {_HEADED}\b.*$")  # headlines give verbs a capital
_ACTS_HEADED = re.compile(rf" {_HEADED}\b")
_FIRST_ACTS = re.compile(
    r" (?:rais|secur|launch|announc|report|post|land|nabb?|unveil|reveal|clos|acquir|sign"
    r"|projects|forecasts|expects|claims|spen[dt]|hits|tops)"
)
_PLACED = re.compile(
    r"\b(?:alongside|at|in|near|from|on|to|for|of|with|by|than|via|under|into|across|through"
    r"|against|like|including|per|"
    r"between|toward|towards|over|versus|using|behind|called)"
    r" (?:both |the |its |his |their |an? |[a-z-]+ (?:giant|maker|firm|startup|company|lab|rival"
    r"|partner) )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name and where it stands. `subject`: nothing makes it a place, an object or a word beside
    another.
    """

    name: str
    start: int
    end: int
    subject: bool
    possessive: bool


def names(sentence: str, known: frozenset[str], owners: Owners) -> tuple[Named, ...]:
    """The names of a plain sentence in order; `known` are the document's own, in lower case."""
    found = []
    for match in _NAME.finditer(sentence):
        one = _named(match, sentence, known, owners)
        if one:
            found.append(one)
    return tuple(found)


def _named(
    match: re.Match[str], sentence: str, known: frozenset[str], owners: Owners
) -> Named | None:
    words = match[0].split()
    start = match.start()
    while words and (words[0] in NOBODY or words[0] in {"of", "for", "the"}):
        start += len(words[0]) + 1
        words = words[1:]
    while words and words[-1] in NOBODY - _LAST | {"of", "for"}:
        words = words[:-1]
    name = " ".join(words)
    if not name or set(words) <= NOBODY or not any(map(str.isalpha, name)) or len(name) < 2:
        return None
    if name.endswith(("-based", "-backed")):
        return None
    if set(words) & _TELLERS or _TELLING.search(name):
        return None
    bare = _KIND_BEFORE.sub("", _HYPHENED.sub("", _VERB_INSIDE.sub("", name)))
    start, name = sentence.index(bare, start), _OFFICE_INSIDE.sub("", bare)
    end = start + len(name)
    holds_office = len(name) < len(bare)  # "Halden CEO Ada Quill" is Halden
    first = not sentence[:start].strip("\"'“( ")
    if first and " " not in name and not _is_known(name, sentence, end, known, owners):
        return None
    behind = sentence[end:]
    possessive = behind.startswith("'s ") or (name.endswith("s") and behind.startswith("' "))
    beside = _OFFICE.match(behind) or _ATTRIBUTED.match(behind) or _DESCRIBED.match(behind)
    placed = _PLACED.search(sentence, 0, start) or _MADE_BY.search(sentence, 0, start)
    placed = placed or _JOINED.search(sentence, max(0, start - 40), start)
    if holds_office or (_OFFICE.match(behind) and not placed):
        return Named(name, start, end, subject=not placed, possessive=False)
    aside = any(each.start() < start < each.end() for each in _ASIDE.finditer(sentence))
    held = _HOLDS.search(sentence, 0, start)
    acts = bool(_ACTS.match(behind) or _ACTS_HEADED.match(behind)) and not _LISTED.match(behind)
    subject = acts and not (placed or beside or possessive or aside or held)
    return Named(name, start, end, subject, possessive)


def _is_known(name: str, sentence: str, end: int, known: frozenset[str], owners: Owners) -> bool:
    """Whether the one word that begins a sentence, and has a capital anyhow, is a name."""
    return (
        name.lower() in known
        or name in owners
        or any(letter.isupper() for letter in name[1:])
        or sentence[end:].startswith("'s ")
        or bool(_FIRST_ACTS.match(sentence[end:]) or _ACTS_HEADED.match(sentence[end:]))
    )
