"""A chat completion as servers send it, read without trusting its shape (OpenAI API reference,
"chat completion object").
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from digest.llm.call_errors import Broke
from digest.llm.streamed_answer import whole
from digest.text.tidy import composed

# What keeps a connection awake until the answer comes, as in a stream.
_COMMENTS = re.compile(rb"\A(?:\s*:[^\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said. Token counts are the server's, None where it gives none."""

    text: str
    finish: str = ""  # "stop", "length", "content_filter" …; "" when the server does not say
    refusal: str = ""
    reasoned: bool = False  # the server set apart what the model thought before it answered
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int = 0  # of those in, what the server says it had kept from a prompt before


def json_of(body: bytes) -> Any:
    """The JSON value of a body. Raises Broke, in words that say what came instead."""
    try:
        return json.loads(_COMMENTS.sub(b"", body))
    except (ValueError, RecursionError):
        pass
    if (value := whole(body)) is not None:
        return value
    head = body[:200].lstrip().lower()
    if not head:
        raise Broke("the answer is empty")
    raise Broke(
        "a web page came instead of an answer"
        if head.startswith((b"<!doctype", b"<html"))
        else "the answer is no JSON"
    )


def reply_of(value: Any) -> Reply:
    """The reply in a chat completion. Raises Broke when there is none."""
    choice = _first(_dict(value).get("choices"))
    message = _dict(choice.get("message")) or _legacy(choice)
    if not message:
        raise Broke("the answer holds no message")
    usage = _dict(_dict(value).get("usage"))
    details = _dict(usage.get("completion_tokens_details"))
    kept = _dict(usage.get("prompt_tokens_details"))
    return Reply(
        text=_text(message.get("content")) or _arguments(message) or _thoughts(message),
        finish=_string(choice.get("finish_reason")),
        refusal=_string(message.get("refusal")),
        reasoned=bool(
            message.get("reasoning_content")
            or message.get("reasoning")
            or _count(details.get("reasoning_tokens"))
        ),
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        tokens_cached=_count(kept.get("cached_tokens")) or 0,
    )


def _text(content: Any) -> str:
    """A message's content, which some servers send as a list of parts, or as the JSON it holds."""
    if isinstance(content, dict):
        return json.dumps(content, ensure_ascii=False)
    if isinstance(content, list):
        return "".join(_string(part.get("text")) for part in content if isinstance(part, dict))
    return _string(content)


def _arguments(message: dict[str, Any]) -> str:
    """What was put into a call of a tool that nobody offered: some models take the form for one."""
    called = _first(message.get("tool_calls")).get("function") or message.get("function_call")
    return _text(_dict(called).get("arguments"))


def _thoughts(message: dict[str, Any]) -> str:
    """What was set apart as thoughts where nothing else came: a server that expects an end of
    thoughts puts an answer without any there. It is marked as what may be thoughts only.
    """
    apart = _text(message.get("reasoning_content")) or _text(message.get("reasoning"))
    return f"<think>{apart}" if apart.strip() else ""


def _legacy(choice: dict[str, Any]) -> dict[str, Any]:
    """The message of an answer in the form of completions before chats, or of one whose message
    stands beside its end and not by itself.
    """
    if choice.get("content"):
        return choice
    return {"content": choice["text"]} if isinstance(choice.get("text"), str) else {}


def _first(value: Any) -> dict[str, Any]:
    return _dict(value[0]) if isinstance(value, list) and value else {}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _string(value: Any) -> str:
    """The text, halves of surrogate pairs taken out: JSON can hold them, and nothing else can."""
    whole = value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
    return composed(whole)


def _count(value: Any) -> int | None:
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
        else None
    )
