"""How far a matter has come, by the verbs that a text uses of it: announced, agreed, closed,
launched, resolved, blocked, reversed. Knowledge of the language of business news, nothing learned.
"""

from __future__ import annotations

import re
from functools import cache

from digest.text.folding import folded, word_list
from digest.text.stems import stem

# One with a hyphen is a noun or an adjective as well, and counts in its other forms alone: "opens"
# is done, "open models" are not.
_VERBS = {
    "announced": "announce unveil propose reveal introduce file- declare confirm apply",
    "agreed": "agree sign ink secure award- approve clear- pass- authorize endorse",
    "closed": "close- complete- finalize finish conclude acquire buy",
    "launched": "launch- release- ship- open- begin start- deliver",
    "resolved": "fix- resolve patch- repair- settle",
    "blocked": (
        "block- reject halt- ban- sue pause- suspend delay- postpone freeze- deny refuse- stop-"
        " fine- oppose restrict veto-"
    ),
    "reversed": (
        "reverse- withdraw cancel scrap- abandon drop- ditch- backtrack restore lift- resume"
        " reinstate shelve terminate revoke overturn rescind"
    ),
}

# What says that the verb behind it is not done: meant, possible, or denied.
_NOT_DONE = word_list(
    "to will would may might could can should must not never plan plans planning considering mulls"
    " weighs eyes seeks wants hopes expects expected likely if before without"
)
# What says that the word behind it is no verb: "working on a fix", "the launch".
_NOUN = word_list("a an the its their his her this that another of on for no any")
_BEFORE = 2  # words before a verb among which such a word counts
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def stages(text: str) -> frozenset[str]:
    """The stages that a text says something has reached, not those that are only meant."""
    words = _WORD.findall(folded(text).lower())
    found = ((i, _stage_of(word)) for i, word in enumerate(words) if i)
    return frozenset(
        stage
        for i, stage in found
        if stage
        and words[i - 1] not in _NOUN
        and _NOT_DONE.isdisjoint(words[max(0, i - _BEFORE) : i])
    )


def _stage_of(word: str) -> str:
    stage, only_inflected = _stems().get(stem(word), ("", ""))
    return "" if word == only_inflected else stage


@cache
def _stems() -> dict[str, tuple[str, str]]:
    """By the stem of each verb its stage, and the form in which it does not count."""
    return {
        stem(verb.rstrip("-")): (stage, verb.removesuffix("-") if verb.endswith("-") else "")
        for stage, verbs in _VERBS.items()
        for verb in verbs.split()
    }
