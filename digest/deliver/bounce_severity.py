"""Whether a mailbox that a server could not deliver to is gone, or may take mail another day
(RFC 3463). In doubt it may: whoever cannot be reached time after time is taken off all the same.
"""

from __future__ import annotations

import re
from typing import Literal

from digest.deliver.transaction import NOBODY_THERE

Severity = Literal["hard", "soft"]

ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
# Besides: no such domain, a malformed address, no way there in the DNS (the last is Microsoft's).
_NO_WAY_THERE = re.compile(r"5\.(1\.2|1\.3|4\.4|4\.310)")
# Codes that say no more than that something went wrong; then the words count.
_GENERIC = re.compile(r"5\.(0\.0|1\.0|2\.0|3\.0|5\.0)")
_FULL = re.compile(
    r"\bfull\b|quota|out of (storage|space)|insufficient (disk|system|storage)|storage limit"
    r"|not enough (disk |storage )?space|size limit",
    re.IGNORECASE,
)
# What a server has against the message or its sender, not against the mailbox.
_OF_THE_MESSAGE = re.compile(
    r"spam|junk|\bblock|black ?list|deny ?list|banned|reputation|polic(y|ies)|dmarc|dkim|\bspf\b"
    r"|\brbl\b|(?<!not )listed (at|by|in|on)\b|content|virus|malware|too large|relay"
    r"|authenticat|authori[sz]"
    r"|rate limit|too many|gr[ea]ylist|temporar|try again|timed? ?out|connection refused|\bloop",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"no such (user|mailbox|recipient|address|person|account|local)|unknown (user|recipient"
    r"|address|mailbox|local)|(user|recipient|mailbox|address|account|local part)\b.{0,60}?("
    r"\bunknown|\bnot found|\bnot exist|n.t exist|n.t have an? |\bno longer|\binvalid"
    r"|\bdisabled|\binactive|\bnot listed)|invalid (recipient|mailbox|user|address)|unrouteable"
    r"|no mailbox here"
    r"|not (our|a valid|an active) (customer|user|mailbox|recipient|address|account)|(domain|host)"
    r"\b.{0,30}(not found|not exist|n.t exist)|not listed in|address rejected",
    re.IGNORECASE | re.DOTALL,
)


def severity(status: str, words: str) -> Severity:
    """What a failure says of the mailbox: by the enhanced code in the server's own words, else by
    that of the report, which some make up from a bare 550; and by the words where neither tells.
    """
    own = ENHANCED.search(words)
    code = own[0] if own else status
    if code[:1] in {"2", "4"} or code.endswith(".2.2") or _FULL.search(words):
        return "soft"
    if own and not _GENERIC.fullmatch(code):
        return "hard" if _names_nobody(code) else "soft"
    if _OF_THE_MESSAGE.search(words):
        return "soft"
    return "hard" if _names_nobody(code) or _NOBODY.search(words) else "soft"


def _names_nobody(code: str) -> bool:
    return bool(NOBODY_THERE.fullmatch(code) or _NO_WAY_THERE.fullmatch(code))
