"""What an episode is not about: sponsor reads, the way in and the way out, housekeeping and the
show about itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.standalone import addresses_the_reader, names
from digest.text.folding import folded, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

READ_WORDS = 450  # a longest sponsor read: about three minutes
OPEN_WORDS = 120  # what goes with an announcement that nothing confirms
GAP_WORDS = 170  # from one mention of the sponsor to the next
INSISTENT = 3  # sentences that name a sponsor before its address
WAY_IN, WAY_OUT = (
    0.12,
    0.1,
)  # shares of an episode in which its beginning and its end are looked for

_ANNOUNCED = re.compile(
    r"\b(?:(?:(?:episode|show|podcast|video|conversation|interview|segment|series|season|edition|livestream|this|today|we)\b(?:'s|'re| is|"
    r" are| was)?(?: also| again)?) (?:brought|made"
    r" possible|presented|powered|sponsored|supported)(?: to you)?(?: today| this week|"
    r" also)?(?: in part)? by|(?:today's|this (?:episode|week|show|podcast)'s|our|long[- ]?time)"
    r" (?:\w+ ){0,2}(?:sponsor|"
    r"partner for)s?\b|sponsors? (?:of|for|on) (?:today's|this (?:week's )?|our)"
    r" ?(?:video|episode|show|podcast)|"
    r"(?:time for|now for) (?:\w+ )?sponsored \w+|"
    r"(?:word|message|break) (?:from|for|to (?:hear|thank)) (?:\w+ ){0,3}sponsors?|support for"
    r" (?:this|the|"
    r"today's) (?:show|podcast|episode)|(?:want|like) to (?:thank|tell you about) (?:\w+"
    r" ){0,4}sponsors?|(?:thanks?|thank you)(?: again|"
    r" so much| also)? to (?:\w+ ){1,4}for (?:sponsoring|supporting)|(?:take|taking) a"
    r" (?:quick|short|brief|moment)(?: \w+)? (?:break|"
    r"pause|to (?:thank|tell you))|i (?:want|wanna) to tell you about a|let me tell you about"
    r" (?-i:[A-Z]))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<!you )\b(?P<site>[\w-]{1,60}) ?(?:\.|\bdot\b) ?(?:com|io|ai|co|dev|org|net|fm|so|app)\b(?:"
    r" ?(?:/|\bslash\b) ?(?P<page>[\w-]+))?",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?:promo|coupon|discount|referral) code\b|\buse (?:the )?code\b|\b\d+% off\b|\bpercent"
    r" off\b|\$[\d,]+ (?:off|"
    r"in (?:free )?credits?)|\bfree (?:trial|month|for \d)|\bfor free (?:at|on)\b",
    re.IGNORECASE,
)
_INVITED = re.compile(
    r"\bcheck out (?:my|our)\b|\b(?:link|details)\b[^.?!]{0,25}\bin the (?:show"
    r" ?notes|description)\b|\b(?:sign up|get started|learn more|"
    r"book a demo|request a demo|try it|check (?:it|them) out|check out (?:my|our)|find out"
    r" more|apply)\b[^.?!]{0,40}\b(?:at|today|now|on|"
    r"over at)\b",
    re.IGNORECASE,
)
_BEFORE_BRAND = re.compile(
    r"(?:by|for|sponsors?,?|partners?,?|about|to|(?:video|episode|show|podcast),)\s+(?:our"
    r" (?:friends|sponsors?|partners?) (?:at|"
    r"over at),?\s+)?(?:the\s+)?(?P<brand>[A-Z][\w'.-]*(?:\s[A-Z][\w'.-]*){0,2})"
)
_NO_BRANDS = word_list("I The This Today's Our My We It And So You In On At Here's Today That")
_WAY_IN = re.compile(
    r"\b(?:welcome (?:back )?(?:to|aboard)|(?:today|this week|joining (?:me|us)"
    r" today)[^.?!]{0,30}\b(?:guest|joined by|with me|"
    r"speaking with|talking (?:to|with)|sitting down with)|my guest (?:today )?is|(?:thanks?|thank"
    r" you)(?: \w+){0,4} for (?:joining|"
    r"coming|being|having (?:me|us))|(?:i'm|i am|my name is|this is) (?:your host|[A-Z]\w+"
    r" [A-Z]\w+(?:,| and)? (?:your|the|host))|"
    r"with that,? (?:i bring|let's)|great to (?:have you|be"
    r" here)|(?:excited|happy|glad|pleasure|thrilled)(?: \w+){0,3} to (?:have|"
    r"be (?:here|joined))|let's (?:dive|jump|get) (?:right )?in(?:to)?)\b",
    re.IGNORECASE,
)
_WAY_OUT = re.compile(
    r"\b(?:thanks?|thank you)(?: \w+){0,5} for (?:listening|watching|tuning|joining|coming|being"
    r" (?:here|with|on)|doing this|your time|"
    r"having)|\bsee you (?:next|in the next)|\buntil next (?:time|week)|\bwhere can"
    r" (?:people|folks|listeners|everyone) (?:find|follow|"
    r"reach)|\bbye,? everyone|\bthat's (?:a wrap|our show|it for (?:today|this))",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"\b(?:subscrib\w+|(?:leave|write|give)(?: \w+){0,3}"
    r" (?:review|rating)|(?:like|share|hit|smash)(?: and \w+)? (?:the|this) (?:button|"
    r"bell|video|episode)|show ?notes|(?:apple podcasts|spotify|youtube"
    r" channel|patreon|substack|discord server)|(?:my|our) (?:newsletter|"
    r"merch|course|new book|mailing list)|(?:this|our|my|the)"
    r" (?:podcast|show|pod|episode|channel|livestream|interview|"
    r"conversation)\b(?! business)|listeners?|viewers?|audience|(?:last|next|previous|earlier)"
    r" (?:episode|show)|question from|"
    r"tweet(?:ed)? (?:at )?(?:me|us)|(?:first|last|next|final|great|good|another) question|before"
    r" we (?:start|go|wrap|get)|"
    r"follow(?:-up)? (?:me|us|him|her|you) on)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of talk: its words, and who speaks ("" when unknown)."""

    text: str
    speaker: str = ""


def asides(said: Sequence[Said]) -> tuple[str, ...]:
    """For each sentence of an episode why it is none of its subject, in a few words; "" for what
    is.
    """
    reasons = [""] * len(said)
    _mark(reasons, range(_way_in(said)), "before the talk begins")
    _mark(reasons, range(_way_out(said), len(said)), "after the talk ends")
    for start, end in sponsor_reads(said):
        _mark(reasons, range(start, end), "a sponsor read")
    for i, one in enumerate(said):
        if not reasons[i] and is_housekeeping(one.text):
            reasons[i] = "the show about itself"
    return tuple(reasons)


def is_housekeeping(text: str) -> bool:
    """Whether a sentence speaks of the show, to its listeners or for a sponsor."""
    plain = folded(text)
    return bool(_HOUSEKEEPING.search(plain) or _WAY_IN.search(plain) or _invites(plain))


def sponsor_reads(said: Sequence[Said]) -> tuple[tuple[int, int], ...]:
    """The sponsor reads as ranges of sentences (start, end), in order."""
    reads: list[tuple[int, int]] = []
    for i, one in enumerate(said):
        earliest = reads[-1][1] if reads else 0
        if i < earliest:
            continue
        if _ANNOUNCED.search(folded(one.text)):
            reads.append((i, _read_end(said, i)))
        elif _ADDRESS.search(one.text) and (begins := _unannounced(said, i, earliest)) <= i:
            reads.append((begins, i + 1))
    return tuple(reads)


def _read_end(said: Sequence[Said], start: int) -> int:
    """Behind the last sentence that names the sponsor or sends listeners to it, as long as such
    sentences follow each other closely.
    """
    brands = _brands(said[start].text)
    end, words, quiet, confirmed = start + 1, len(said[start].text.split()), 0, False
    for i in range(start + 1, len(said)):
        text = folded(said[i].text)
        count = len(text.split())
        words, quiet = words + count, quiet + count
        if words > READ_WORDS or quiet > GAP_WORDS + count:
            break
        if _ANNOUNCED.search(text):
            brands |= _brands(text)
        if _invites(text) or _ANNOUNCED.search(text) or any(brand in text for brand in brands):
            end, quiet, confirmed = i + 1, 0, True
    return end if confirmed else _unconfirmed(said, start)


def _unconfirmed(said: Sequence[Said], start: int) -> int:
    """An announcement alone takes along what the same speaker says right after it."""
    words, end = 0, start
    while end < len(said) and words < OPEN_WORDS and said[end].speaker == said[start].speaker:
        words += len(said[end].text.split())
        end += 1
    return max(end, start + 1)


def _brands(text: str) -> set[str]:
    """The names behind the words of an announcement; where there are none ("…, one of our
    sponsors"), those before them.
    """
    plain = folded(text)
    announced = _ANNOUNCED.search(plain)
    if announced is None:
        return set()
    behind = {
        brand["brand"].rstrip(".'") for brand in _BEFORE_BRAND.finditer(plain, announced.start())
    }
    return {
        name
        for name in behind or set(names(plain[: announced.start()]))
        if name.split()[0] not in _NO_BRANDS and len(name) > 2
    }


def _invites(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_ADDRESS, _OFFERED, _INVITED))


def _is_offer(text: str) -> bool:
    """Whether a sentence gives an address with a page of its own, or anything to be had there."""
    address = _ADDRESS.search(text)
    return address is not None and bool(address["page"] or _OFFERED.search(text))


def _unannounced(said: Sequence[Said], at: int, earliest: int) -> int:
    """Where a read begins that nobody announced: at the first sentence before an address that names
    the sponsor.

    `at` + 1 when it is no read. An address alone makes one when it is given to "you" and its name
    was spoken of again and again just before.
    """
    words = {
        part.lower()
        for address in _ADDRESS.finditer(said[at].text)
        for part in address.group("site", "page")
        if part and len(part) > 3
    }
    mentions, count = [at], 0
    for i in range(at - 1, earliest - 1, -1):
        count += len(said[i].text.split())
        if count > GAP_WORDS or said[i].speaker != said[at].speaker:
            break
        if any(word in said[i].text.lower().replace(" ", "") for word in words):
            mentions.append(i)
    insistent = len(mentions) > INSISTENT and addresses_the_reader(said[at].text)
    return mentions[-1] if _is_offer(said[at].text) or insistent else at + 1


def _way_in(said: Sequence[Said]) -> int:
    """Where the talk begins: behind the last greeting near the beginning. Before it stand teasers,
    which come again in their place.
    """
    near = range(int(len(said) * WAY_IN))
    return next((i + 1 for i in reversed(near) if _WAY_IN.search(folded(said[i].text))), 0)


def _way_out(said: Sequence[Said]) -> int:
    """Where the talk ends: at the first farewell near the end."""
    near = range(int(len(said) * (1 - WAY_OUT)), len(said))
    return next((i for i in near if _WAY_OUT.search(folded(said[i].text))), len(said))


def _mark(reasons: list[str], places: range, why: str) -> None:
    for i in places:
        reasons[i] = why
