"""Documents that are no piece of news or argument, known by their form: live pages, lists of links,
events, offers, partners' pieces, tests and how-tos. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.text.folding import folded

if TYPE_CHECKING:
    from digest.model import Document

HEAD = 400  # characters of a text in which it says what it is


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_LIVE = _any(
    r"\blive (?:updates?|blog|coverage|feed)\b|\bas it happen(?:s|ed)\b|^live\b\s*[:|-]"
    r"|[:|-]\s*live$",
    r"\bminute[- ]by[- ]minute\b|\b(?:latest|breaking) updates\b",
)
_LINKS = _any(
    r"^(?:(?:your|the|our) )?(?:morning|evening|midday|daily|weekly|monday|friday|weekend)"
    r" (?:brief(?:ing)?|round-?up|digest|recap|update|news|links?|reads?|rundown)\b",
    r"\bround-?up\b|\bweek in review\b|^this week in\b|^(?:the )?week(?:ly)? (?:in|ahead)\b"
    r"|\bnews for the week\b|\bnewsletter\s*(?:#|no\.?|issue)\s*\d|\blinks? (?:for|of) \w+",
    r"^\d+ (?:things|stories|charts|links|headlines)\b|^here(?:'s| are) (?:the )?(?:\d+"
    r"|all|a list)\b"
    r"|\btop \d+ (?:stories|news|headlines)\b|\bwhat we're (?:reading|watching)\b|^open thread\b",
    r"\bnews\b\s*[:|-][^:]*,[^:]*&|^all the \w+ (?:unveiled|revealed|announced|so far)\b"
    r"|\ball (?:of )?the (?:latest |biggest )?(?:updates|news|announcements)\b"
    r"|\b(?:everything|all) (?:announced|we know|you need to know|revealed)\b",
)
_LINKS_TEXT = _any(
    r"^(?:a |our |the |your )?(?:daily|weekly) (?:update|round-?up|digest|recap|summary)\b",
    r"^(?:in|on) (?:this|today's) (?:edition|issue|newsletter|round-?up)\b",
)
_EVENT = _any(
    r"\b(?:tickets?|passes|seats?) (?:are )?(?:on sale|available|left|now|today|selling)\b"
    r"|\bearly[- ]bird\b|\bregister (?:now|today|by|here|for)\b|\bsave your (?:seat|spot)\b",
    r"\bcall for (?:speakers|papers|startups)\b|\b(?:last|final) (?:chance|day|hours|call) to\b"
    r"|\b(?:days|hours) left to (?:save|register|apply|join)\b|\bjoin us (?:at|for|on|in)\b",
    r"\b(?:webinar|meet ?up|fireside chat|agenda|exhibitors?|side events?)\b\s*(?::|$|at\b|for\b)"
    r"|\b(?:disrupt|summit|conference|expo) 20\d\d\b.*\b(?:save|tickets?|pass|apply"
    r"|register|speak)",
)
_OFFER = _any(
    r"\bbest\b.{0,40}\bdeals?\b|\bdeal alert\b|\b\d+% off\b"
    r"|[$€£]\d+ off\b|\bsave (?:up to )?[$€£]\d+\b|\b(?:coupon|promo|discount) codes?\b",
    r"\b(?:prime day|black friday|cyber monday)\b|\bgift guide\b|\bdeals? of the day\b"
    r"|\bgiveaway\b",
)
_PARTNER = _any(
    r"^\W*(?:sponsored|advertorial|advertisement|paid (?:post|content|program)|partner content|"
    r"promoted|presented by|brought to you by|in partnership with)\b",
    r"[\[(](?:sponsored|sponsor|ad|advertorial|partner content|paid)[\])]"
    r"|\bsponsored (?:by|content|post|feature|article)\b|\bthis (?:article|post"
    r"|content) is sponsored\b",
)
_PARTNER_PATH = _any(
    r"/(?:sponsored|partner-content|partners|brandvoice|advertorial|paid-post)(?:/|$)"
)
_TEST = _any(
    r"^how to (?:use|get|strip|turn|set|install|enable|disable|remove|delete|download|try"
    r"|watch|make|"
    r"find|fix|change|stop|create|choose|buy|spot|protect|avoid|clean|write|cancel|block|hide|add|"
    r"switch|opt|see|save|share|upgrade)\b|\bhere's how(?: to\b.*)?$|[:-] how to (?:use"
    r"|get|find)\b",
    r"^i(?:'ve)? (?:tested|tried|used|compared|asked|replaced|let|spent|switched|built|wore|put)\b"
    r"|\b(?:and|but|:|-) i(?:'ve)? (?:tested|tried|compared|used)\b",
    r"\b\d+ (?:ways|tips|steps|tricks|mistakes|habits|prompts|skills)\b|\bhere are the biggest\b"
    r"|\bwhat to (?:watch for|expect|know)$|\bhere's (?:what to|everything)\b",
    r"\btested and ranked\b|\bhands[- ]on\b|\breview(?:ed)?$|\breview:|^review\b|\bwe tested\b"
    r"|^the (?:\d+ )?best\b.*\b(?:apps?|tools?|phones?|laptops?|courses?|gadgets?|for|of)\b",
)
# what a programme says of itself: "Harbour Radio discusses rents", "We talk to the founder"
_TALKED_OF = re.compile(
    r"(?P<who>(?:[A-Z][\w&'.-]*\s){1,4}|[Tt]he hosts? |[Oo]ur (?:hosts?|panel|guests?) )"
    r"(?:discuss(?:es)?|talks? (?:about|to|with|through)|breaks? down|looks? at|recaps?|unpacks?"
    r"|covers?|explores?|examines?|speaks? (?:to|with)|sits? down with)\b",
)
_OWN = ("we", "host", "hosts", "panel", "guest", "guests")
_KINDS = (
    ("a live page", _LIVE),
    ("a list of links", _LINKS),
    ("an event's page", _EVENT),
    ("an offer", _OFFER),
    ("a partner's piece", _PARTNER),
    ("a how-to or a test", _TEST),
)


def no_piece(document: Document) -> str:
    """What a document is in place of news or argument, in a few words; "" when it is a piece.

    Its title says it, the beginning of its text, or its address; a podcast's episode is always one.
    """
    if document.kind != "news":
        return ""
    title, head = folded(document.title).strip(), folded(document.text[:HEAD]).strip()
    found = next((kind for kind, shape in _KINDS if shape.search(title)), "")
    if found:
        return found
    if _PARTNER.match(head) or _PARTNER_PATH.search(_path(document.url)):
        return "a partner's piece"
    if _programme(document):
        return "a programme's contents"
    if _LINKS_TEXT.match(head):
        return "a list of links"
    return "a live page" if "/live/" in _path(document.url) else ""


def _programme(document: Document) -> bool:
    """Whether a text begins with what its own publisher talks of."""
    found = _TALKED_OF.match(document.text.strip()[:HEAD])
    if not found:
        return False
    who = found["who"].strip().casefold()
    return who.endswith(_OWN) or who in document.publisher.casefold()


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""
