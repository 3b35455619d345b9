"""What stands between quotation marks, told from the words around it."""

from __future__ import annotations

import re

from digest.text.folding import folded

_QUOTED = re.compile(r"\"[^\"]*\"|«[^»]*»|(?<!\w)'(?:[^'\"]|'(?=\w)){8,}'(?!\w)")


def unquoted(text: str) -> str:
    """The folded text with what others are quoted as saying taken out."""
    return _QUOTED.sub(" ", folded(text))
