"""What a sentence about its own source tells: "The episode opens with …" is told of the episode,
and is not in it.
"""

from __future__ import annotations

import re

_SOURCE = r"(?:article|document|passage|text|transcript|podcast|episode|interview|conversation|discussion|summary)"
_PART = (
    r"(?:(?:first|second|third|last|latter|final|other|next) (?:half|part|section|segment) of"
    r" (?:the|this) )?"
)
_SUBJECT = rf"(?:the|this) {_PART}(?:provided |given |cited |whole |entire )?{_SOURCE}"
_TELLS = (
    r"(?:discusses|describes|mentions|details|outlines|covers|presents|explains|explores|examines|addresses|showcases|illustrates|demonstrates|"
    r"elaborates on|summari[sz]es|recounts|tells|"
    r"includes|features|comprises|involves|incorporates|contains|highlights|notes|says|states|deals"
    r" with|delves into|talks about|"
    r"focuses on|touches (?:up)?on|(?:begins|starts|starts"
    r" off|commences|opens|concludes|ends|closes) (?:with|by)|is about|looks at|"
    r"provides (?:(?:some )?information|(?:some )?details|an overview)(?= of| on| about)|revolves"
    r" around|cent(?:er|re)s (?:on|around))"
)
_OPENING = re.compile(
    rf"(?:in {_SUBJECT}, |{_SUBJECT} (?:also |then |mainly |first |briefly )?{_TELLS}(?:"
    r" (?:about|on|of|how|that|by))? |"
    rf"(?:it|the (?:speakers|hosts|guests|two)) (?:(?:also |then )?(?:discuss(?:es)?|talks?"
    rf" about|delves? into|touch(?:es)? on) |"
    rf"(?:also |then ){_TELLS} (?=an?"
    r" (?:conversation|discussion|interview|talk|exchange|dialogue)\b)))",
    re.IGNORECASE,
)
# What such a sentence goes on with: "a conversation between two women talking about", "a range of
# topics, including".
_GOES_ON = re.compile(
    r"an? (?:conversation|discussion|interview|talk|exchange|dialogue) (?:between|with|of)"
    r" [^,.;]{1,60}? "
    r"(?:discussing|talking|conversing|chatting|speaking|about|on)(?: about| on| over)? |"
    r"an introduction (?:to|of) |a (?:news )?story (?:about|on|of) |"
    r"(?:an? )?(?:(?:wide )?(?:range|variety|number|series)"
    r" of|numerous|various|different|several|many|diverse) (?:different |various )?"
    r"(?:topics|subjects|things|issues|matters|themes),? (?:including|such as|like|from|among"
    r" them) ",
    re.IGNORECASE,
)
_LEAST = 12  # characters that must be told


def frame(text: str) -> int:
    """How many characters of the sentence only say that its source tells what follows; 0 for nearly
    every sentence.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return 0
    end = opening.end()
    while more := _GOES_ON.match(text, end):
        end = more.end()
    return end if len(text) - end >= _LEAST else 0
