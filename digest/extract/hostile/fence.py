"""The fence around a stranger's text in a prompt, which that text can neither close nor imitate."""

from __future__ import annotations

import hashlib
import re

from digest.extract.hostile.invisible import seen

_RULER = re.compile(
    r"([=`~<>#])\1{2,}"
)  # what fences are made of: ours, and those that models have been taught
_TAG = re.compile(
    r"<(?=[|\uff5c/!?A-Za-z])([^<>\n]{1,200})>"
)  # a model's token (<|im_start|>, </s>, <think>), a tag, a comment
_SWITCH = re.compile(
    r"\[(?=/?(?:INST|SYS|SYSTEM|ASSISTANT|USER|TOOL\w*|AVAILABLE_TOOLS)\])([^\[\]\n]{1,20})\]",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\w .,:-]+")


def fenced(name: str, text: str) -> str:
    """The text inside a fence that bears `name` and a mark; the same text has the same fence, so
    that answers can be kept by question.

    The mark is a hash of the text, which nobody can write into the text that it is a hash of.
    Inside, invisible characters are left out, and what would pass for a fence, a tag or a model's
    token is made of other characters; all else is as it was.
    """
    inside = harmless(text)
    label = " ".join(_NAME.sub(" ", name).split())
    mark = hashlib.sha256(f"{label}\x00{inside}".encode("utf-8", "replace")).hexdigest()[:16]
    return f"===== BEGIN {label} {mark} =====\n{inside}\n===== END {label} {mark} ====="


def harmless(text: str) -> str:
    """The text as a reader sees it, without anything that a program might take for a fence, a tag
    or a model's token.
    """
    plain = _TAG.sub("\u2039\\1\u203a", seen(text))
    plain = _SWITCH.sub(r"(\1)", plain)
    return _RULER.sub(lambda run: run[1] * 2, plain)
