"""How many tokens a text has at most, told without a vocabulary, by script and kind of sign.
Pure.
"""

from __future__ import annotations

import re
from collections import deque
from math import ceil
from threading import Lock

# What one sign, or one word, costs at most in common vocabularies of 100,000 tokens and more;
# docs/benchmarks.md has the errors.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|for|it|with|as|are|by|this|from|you|we|not|but|has|have|said|their|they)\b"
)
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{25,}")  # an address, a hash, base64
_COSTS = (
    (re.compile(r"[0-9]"), 1.0),
    (re.compile(r"[!-/:-@\[-`{-~]"), 0.8),
    (re.compile(r"[\x00-\x1f]| {2,}"), 1.0),
    (re.compile(r"[\u0080-\u00bf\u2000-\u2e7f]"), 1.3),  # typography
    (re.compile(r"[\u0250-\u1fff]"), 1.05),  # Greek to Georgian, Arabic, Indic
    (re.compile(r"[\u2e80-\uffff]"), 1.7),  # Chinese, Japanese, Korean
    (re.compile(r"[\U00010000-\U0010ffff]"), 4.0),
)
_IN_A_RUN = 0.8  # tokens a character
_ENGLISH_SHARE = 0.10  # of an English text's words are among the commonest, at least

ENVELOPE = 24  # tokens that a chat template puts around a system and a user message
PER_WORD = 2.0  # tokens of an answer's word, in any language that is written in words
SHAPE = 200  # tokens of an answer's braces, keys and ids


def tokens(text: str) -> int:
    """At most how many tokens a text has: too few for one text in a hundred, usually a fifth too
    many (docs/benchmarks.md).
    """
    runs = sum(map(len, _RUN.findall(text)))
    rest = _RUN.sub("", text) if runs else text
    signs = sum(len(pattern.findall(rest)) * cost for pattern, cost in _COSTS)
    return ceil(runs * _IN_A_RUN + _words(rest) + signs)


def _words(text: str) -> float:
    """English words are mostly one token; in another language a vocabulary that was made for
    English cuts them to pieces.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    english = 1.05 * len(words) + 0.4 * sum((len(word) - 2) // 3 for word in words if len(word) > 6)
    foreign = 0.25 * len(words) + sum(map(len, words)) / 2.4
    share = min(1.0, len(_ENGLISH.findall(text)) / (_ENGLISH_SHARE * len(words)))
    return english + (1 - share) * max(0.0, foreign - english)


def prompt_tokens(system: str, prompt: str, schema: str = "") -> int:
    """At most how many tokens a call sends. `schema` is the JSON schema that goes with it, which
    endpoints count as well.
    """
    return ENVELOPE + tokens(system) + tokens(prompt) + tokens(schema)


def answer_tokens(words: int) -> int:
    """How many tokens an answer of at most so many words may have, with the JSON around it."""
    return ceil(words * PER_WORD) + SHAPE


class Correction:
    """What an endpoint's own counts have shown of our estimates for one model. For any thread."""

    KEPT = 20  # counts; the largest ratio among them is what is believed
    ENOUGH = 5  # counts before an estimate is lowered
    MARGIN = 1.05

    def __init__(self) -> None:
        self._ratios: deque[float] = deque(maxlen=self.KEPT)
        self._lock = Lock()

    def learn(self, estimated: int, counted: int) -> None:
        """Take note of what the endpoint counted (`usage.prompt_tokens`) where so much was
        estimated. Nonsense is ignored.
        """
        if estimated > 0 and 0 < counted < 100 * estimated:
            with self._lock:
                self._ratios.append(counted / estimated)

    def apply(self, estimated: int) -> int:
        """The estimate as experience has it: raised by one count, lowered only by several."""
        with self._lock:
            worst = max(self._ratios, default=1.0) * self.MARGIN
            known = len(self._ratios) >= self.ENOUGH
        return ceil(
            estimated * (worst if known else max(1.0, worst) if worst > self.MARGIN else 1.0)
        )
