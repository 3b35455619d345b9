# ruff: noqa: E501 - a pattern a line reads better than one cut into pieces
"""Marks that only a program acts on: the tokens and roles of chats, fences, our own grammar, and
text in disguise.
"""

from __future__ import annotations

import base64
import binascii
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from digest.extract.hostile.rules import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS = (
    "headline|evidence|insights?|verdict|entry_url|title_insights|highlights?|checks|tool_calls?|stories|role|instructions?|system|sources|why_it_matters|"
    "grounded|recipients?|relevance|basis|quotes?|left_out|function|arguments"
)

MARKUP = (
    rule(
        "the tokens of a chat",
        "< [/ [inst [sys",
        r"<\|[^<>\n]{1,60}\|>?|</?(?:s|bos|eos|pad|unk|system|assistant|user|human|developer|instructions?|prompt|think|thinking|reasoning|tool_\w+|start_of_turn|end_of_turn|"
        r"function_\w+|invoke|documents?|sources?|context|data|untrusted|input|output|answer|response|admin|important|secret|query|task|rules?)\b[^<>\n]{0,60}>",
        r"\[/?(?:inst|sys|system|/?assistant)\]|<</?sys>>|<\|(?:im_|start|end|system|user|assistant)",
    ),
    rule(
        "a role in a chat",
        "system: assistant: user: human: developer: admin: system_: assistant_: user_: human_:"
        " system** assistant** # role",
        r"^[\W_]{0,6}(?:system|assistant|user|human|developer|admin)(?:"
        r" (?:message|prompt|override|note|turn))?[*_]{0,2}\s*:",
        r"^\W{0,4}#{1,6}\s*(?:new |system |your |main |important |updated? ){0,3}(?:from"
        r" )?(?:instructions?|system|response|input|assistant|user|prompt|task|override|role)\b",
        r"[.!?)\"'`]\s{0,3}(?:system|assistant|human|admin)\s*:\s",
    ),
    rule(
        "the grammar of the draft or of an answer",
        '<!-- --> [//] story: insights: " verdict: status: approved recipient bcc: summariser:'
        " _insights:",
        r"<!-{2,9}[^\n]{0,400}?(?:-->|$)|-->|\[//\]:\s*#|\b(?:story|insights):[0-9a-z]{4,40}\b",
        rf"[\"'](?:{_KEYS})[\"']\s*:",
        r"^(?:status\s*:\s*(?:draft|approved|sending|submitted)|approved\w*|recipients?|bcc|summariser|(?:title|highlights)_insights)\s*:\s*\S",
    ),
    rule(
        "a fence",
        '=== --- ``` ~~~ <<< >>> ### """ ***',
        r"(?:={3,20}|-{3,20}|`{3,20}|~{3,20}|<{3,20}|>{3,20}|\*{3,20}|\"{3,20})["
        r" /\[(]{0,6}(?:begin|end|start|stop|system|documents?|source|untrusted|trusted|instructions?|context|new|user|assistant|"
        r"article|prompt|data)\b",
    ),
    rule(
        "a command written backwards or in rot13",
        "snoitcurtsni tpmorp erongi vafgehpgvba vtaber cebzcg",
        r"snoitcurtsni|tpmorp metsys|\berongi\b|vafgehpgvba|\bvtaber\b|flfgrz cebzcg",
    ),
)

_SPELLED_OUT = re.compile(
    r"ignore(?:all|any|the|every|your|previous|prior|above|earlier)|(?:previous|prior|above|earlier|your|new|all)(?:instructions?|prompts?|directives?)|systemprompt|"
    r"youarenow|disregard|respondonly|replyonly|languagemodel"
)
_BASE64 = re.compile(r"(?<![\w+/%=.&?-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w+/%])")
_ESCAPED = re.compile(
    r"(?:%[0-9A-Fa-f]{2}|&#x?[0-9A-Fa-f]{2,5};|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\b[0-9A-Fa-f]{2}\b["
    r" :]?){8,}"
)
_ESCAPE = re.compile(r"&#(x?)([0-9A-Fa-f]{2,5});|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})")
_WORDS = re.compile(r"(?:[A-Za-z]{2,}[ ,.:'\n-]+){2,}[A-Za-z]{2,}")


def is_command_spelled_out(letters: str) -> bool:
    """Whether words that were written letter by letter are those of a command."""
    return bool(_SPELLED_OUT.search(letters))


def encoded(text: str) -> Iterator[tuple[int, int]]:
    """Where words are hidden in base64, hexadecimal digits or escapes; a page's own hashes and
    tokens hold no words.
    """
    for found in _BASE64.finditer(text):
        if _WORDS.search(_from_base64(found[0][:4000])) or _WORDS.search(
            _from_hex(found[0][:4000])
        ):
            yield found.span()
    for found in _ESCAPED.finditer(text):
        if _WORDS.search(_unescaped(found[0][:4000])):
            yield found.span()


def _from_base64(blob: str) -> str:
    body = blob.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body[: len(body) // 4 * 4]).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _from_hex(digits: str) -> str:
    try:
        return bytes.fromhex(re.sub(r"[ :]", "", digits)).decode("utf-8", "replace")
    except ValueError:
        return ""


def _unescaped(text: str) -> str:
    if text[0] == "%":
        return unquote(text)
    if text[0] in "&\\":
        return (
            _ESCAPE.sub(lambda one: chr(int(next(filter(None, one.groups()[1:])), 16)), text)
            if text[0] == "\\"
            else unescape(text)
        )
    return _from_hex(text)
