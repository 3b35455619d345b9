"""A sentence without the words that only hand it on from the one before ("However, Acme said …"), as
scissors would take it. Pure.
"""

from __future__ import annotations

import re

from digest.insights.standalone import names
from digest.text.folding import folded
from digest.text.sentences import Span

# What joins sentences and says nothing; never what makes one uncertain ("perhaps"), conditional
# ("if so", "without that") or of another time ("then", "at first").
_JOINS = re.compile(
    r"(?:(?:but|and|so|yet),? |(?:however|meanwhile|still|also|moreover|furthermore|additionally|indeed"
    r"|notably|importantly|elsewhere|besides|instead|nevertheless|nonetheless|in fact|in addition"
    r"|in response|in turn|in other words|in short|in particular|by contrast|in contrast"
    r"|at the same time|for (?:its|his|her|their) part|on top of that|that said|more importantly"
    r"|most importantly|for example|for instance|as a result|of course|to be sure), )",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"(?:amid|amidst|with|after|following|alongside|as part of|in|at|on|given|despite|beyond|through)"
    r" (?:all (?:of )?)?(?:that|this|these|those|the same)(?! [^,]*\b(?:times?|years?|months?|quarters?"
    r"|weeks?|days?|periods?|points?|moments?|stages?|scenarios?|cases?|events?|instances?)\b)"
    r" [^,.;:]{2,50}, ",
    re.IGNORECASE,
)
_OPENS_QUOTE = "\"\u201c\u2018'"


def clipped(span: Span) -> Span:
    """The span from where it names who acts, when only joining words stand before; else the whole.

    What is left is word for word the source's, and begins with a name, so it needs no new capital.
    """
    plain = folded(span.text)
    end = 0
    for lead_in in (_JOINS, _JOINS, _POINTS_BACK):
        found = lead_in.match(plain, end)
        end = found.end() if found else end
    rest = span.text[end:]
    if not end or rest[:1] in _OPENS_QUOTE or not _begins_with_a_name(rest):
        return span
    return Span(span.start + end, span.end, rest)


def _begins_with_a_name(text: str) -> bool:
    named = names(text)
    return bool(named) and folded(text).startswith(named[0])
