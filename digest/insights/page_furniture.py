"""What on a page is not its news: furniture, code, and what is not one whole sentence."""

from __future__ import annotations

import re

from digest.insights.page_phrases import FURNITURE
from digest.text.folding import folded

MIN_WORDS, MAX_WORDS = 6, 60
PROSE_REASONS = frozenset(
    {"too short", "too long", "a quote or bracket is left open"}
)  # unfit, yet part of what the article says

_LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|org|net|io|co\.uk)/|\S+@\S+\.\w|(?<!\w)[@#]\w{3,}"
)
_CODE = re.compile(
    r"</?\w+[^>]*>|\]\(|&\w+;|\{\{|\}\}|[{};]\s*$|\w+\(\)|=>|==|::|^\W*(?:import|def|var|const|function|npm|pip|sudo)\s|\\n|`|\*\*|__"
)

_WHOLE_END = re.compile(r"[.!?\u3002\uff01\uff1f][\"'\u00bb)\]]*$")
_CUT_OFF = re.compile(r"(?:\.{3}|\u2026)[\"'\u00bb)\]]*\s*[.!?]?$|\[(?:\u2026|\.{3})\]")
_WHOLE_START = re.compile(
    r"[\"'\u00ab(\u00bf\u00a1]*(?:[^\W_a-z]|[a-z]{1,2}[A-Z]|[$\u20ac\u00a3\u00a5\u20b9]\d)"
)
_CLOCK = re.compile(r"\W{0,2}(?:\d{1,2}:)?\d{1,3}:\d\d\b")
_LIST = re.compile(r"[|•»\u203a▸►·\t]| [>/] .* [>/] |\s[-—/]\s*$|:\s*\.$")
_GLUED = re.compile(
    r"(?<![\w@#/.-])(?:[a-z]{4,}[A-Z][a-z]{2,}|[a-z]{3,}\.[A-Z][a-z]+"
    r" |\w+[a-z]\)[A-Z]|[A-Za-z]{2,}\"[A-Z][a-z])"
)
_HEADED = re.compile(  # "Popular uses The survey shows …": a lost line break before a sentence
    r"[A-Z][^.:;!?\"']{1,45} [a-z,]+ (?:The|This|These|Those|That|A|An|In|It|There|For|When|After"
    r"|Before|With|But|And|If|While) [a-z]"
)
_HEADLINE = re.compile(  # "Acme in talks to buy Bolt.", "Acme and Bolt to merge."
    r"(?:[A-Z][\w.'&-]*,? (?:and )?){1,5}(?:in (?:\w+ )?talks|(?:set |expected |said |likely |close"
    r" )?to [a-z]+|nearing) "
    r"(?!.*\b(?:is|are|was|were|has|have|had|will|would|said|says)\b)"
)
_VERB = re.compile(
    r"(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|should|let|get|got|make|made|say|said|"
    r"told|put|cut|set|"
    r"hit|rose|fell|grew|lost|won|sold|bought|built|led|paid|spent|went|came|took|gave|saw|found|held|kept|left|met|ran|sent|shut|"
    r"beat|bet|drew|drove|"
    r"knew|spoke|stood|struck|taught|thought|threw|wrote|began|became|broke|chose|want|need|use|show|plan|help|know|see|go|come|take|"
    r"give|run|face|"
    r"\w{2,}ed|\w{2,}[^s\W]s|\w+n't|\w+'(?:s|re|ve|ll|d))"
)


def unfit(text: str) -> str:
    """Why a sentence must never be shown, in a few words; "" when nothing speaks against it. The
    cheap judgements come first.
    """
    return broken(text) or markup(text) or furniture(text)


def markup(text: str) -> str:
    """A reason when the text holds an address or code; else ""."""
    if _LINK.search(text):
        return "holds a link"
    return "holds markup or code" if _CODE.search(text) else ""


def furniture(text: str) -> str:
    """A reason when the text belongs to the page and not to its news; else ""."""
    plain = folded(text)
    return next((reason for reason, pattern in FURNITURE if pattern.search(plain)), "")


def broken(text: str) -> str:
    """A reason when the text is not one whole sentence; else ""."""
    plain = folded(text)
    words = plain.split()
    judgements = (
        ("cut off", not _WHOLE_END.search(plain) or bool(_CUT_OFF.search(plain))),
        ("begins with a time stamp", bool(_CLOCK.match(plain))),
        ("too short", len(words) < MIN_WORDS),
        ("too long", len(words) > MAX_WORDS),
        ("begins in the middle", not _WHOLE_START.match(plain)),
        ("a quote or bracket is left open", not _balanced(text)),
        ("a list of links", bool(_LIST.search(plain))),
        ("words run together", bool(_GLUED.search(plain))),
        ("a heading runs into it", bool(_HEADED.match(plain))),
        (
            "a heading or a list of names",
            not _reads_as_prose(words) or bool(_HEADLINE.match(plain)),
        ),
    )
    return next((reason for reason, applies in judgements if applies), "")


def _balanced(text: str) -> bool:
    pairs = (("\u201c", "\u201d"), ("(", ")"), ("[", "]"), ("\u00ab", "\u00bb"))
    straight = len(re.findall(r"(?<!\d)\"", text))  # 5" is a length
    return straight % 2 == 0 and all(
        text.count(opened) == text.count(closed) for opened, closed in pairs
    )


def _reads_as_prose(words: list[str]) -> bool:
    """A finite verb somewhere, and not mostly Capitalised Words; scripts without capitals are taken
    as prose.
    """
    if not any(character.islower() for word in words for character in word):
        return True
    long = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    if len(long) >= 6 and capitals > 0.8 * len(long):
        return False
    return any(_VERB.fullmatch(word.strip("\"'()[].,;:!?")) for word in words[1:])
