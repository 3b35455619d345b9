"""Characters that no reader sees and that a model reads all the same: tags, bidi controls, zero
width, smuggled bytes.
"""

from __future__ import annotations

import re

# Cc but tab and newline, soft hyphen, zero width, bidi, invisible operators, annotation, tags,
# byte-order mark, Hangul fillers,
# lone surrogates, the variation selectors that bytes are smuggled in (one of the common ones after
# an emoji is left alone)
UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(
    f"[{UNSEEN}]+|[\ufe00-\ufe0d]+|(?<=[\ufe0e\ufe0f])[\ufe0e\ufe0f]+|(?<![^\x00-\u02ff])[\u200c\u200d]+|[\u200c\u200d]{{2,}}"
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def seen(text: str) -> str:
    """The text without what cannot be seen. Joiners stay where a script or an emoji needs them."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def veiled(text: str) -> str:
    """The text with a space for each character that cannot be seen: as long as before."""
    return _UNSEEN.sub(lambda run: " " * len(run[0]), text)
