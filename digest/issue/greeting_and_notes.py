"""What an editor may write in the newsletter's own voice: words that state nothing that is checked.
Pure.
"""

from __future__ import annotations

import re

from digest.text.markdown import links, to_plain

_DATE = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|June|July|"
    r"August|September|October|November|December)\b|\b(?:yesterday|tomorrow)\b"
)
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|twice|double[ds]?|third|quarter)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('["\u201c\u201d\u00ab\u00bb]')


def states_fact(paragraph: str) -> bool:
    """Whether a paragraph of Markdown has a link, a number, a date, a quotation or the name of a
    company or a person: what the checks look at.
    """
    from digest.text.sentences import sentences  # seldom needed: few issues have notes

    plain = to_plain(paragraph)
    return bool(
        links(paragraph)
        or re.search(r"\d", plain)
        or _QUOTED.search(plain)
        or _DATE.search(plain)
        or any(_names_or_counts(span.text) for span in sentences(plain))
    )


def _names_or_counts(sentence: str) -> bool:
    """What stands first has a capital whatever it is."""
    from digest.insights.standalone import (
        names,
    )  # seldom needed: who looks an issue up has no notes

    first, _, rest = sentence.partition(" ")
    counted = _COUNTED.search(sentence)
    return bool(names(rest) or counted) or any(letter.isupper() for letter in first[1:])
