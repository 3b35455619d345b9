"""What a server's error answer means, told from its status, its code and the words that servers
use. Pure.

The phrases are those of OpenAI, Azure, OpenRouter, Groq, Gemini, Mistral, vLLM, Ollama, llama.cpp
and LM Studio in 2024 to 2026; tests/llm/test_complaints.py holds one row for each.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.llm.call_errors import Busy, CallFailed, Declined, Hopeless, PromptTooLong, Rejected
from digest.net.freshness import retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping

# What validators repeat of the request, which says nothing of what they mind.
_ECHO = re.compile(r"""(['"])input\1\s*:.*?(?=['"](?:loc|type|msg)['"]\s*:|\Z)""", re.DOTALL)
_MOST_READ = 5000  # characters of an error answer
_LONGEST = 160  # characters of a server's own words in a report
_SMALLEST_WINDOW = 512  # tokens; what is called a window and is smaller is another number
_LONGEST_WAIT = 86_400.0

_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|maximum context|too many"
    r" tokens|(?:prompt|input|request|messages?) (?:is |are )?too (?:long|large)"
    r"|exceeds? the (?:maximum number of tokens|available context|model'?s?"
    r" (?:maximum|context))|context_length_exceeded|exceed_context"
    r"|reduce the length of the (?:messages|prompt|input)|tokens to keep from the initial prompt"
    r"|inputs?`?(?: tokens)? ?\+ ?`?max_(?:new_)?tokens",
    re.IGNORECASE,
)
_WINDOWS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r'"n_ctx"\s*:\s*(\d+)',
        r"(?:maximum )?context (?:length|size|window)(?: is| of| \()*(?: only)?\s*(\d+)",
        r">\s*(\d+) maximum",
        r"maximum number of tokens allowed \((\d+)\)",
        r"\blimit:? (\d+)",
        r"<= ?(\d+)",
    )
)
_NO_MODEL = re.compile(
    r"model_not_found|model\b[^.]{0,120}(?:not found|does not exist|doesn't exist|no longer|is not"
    r" available|not exist)"
    r"|not a valid model|invalid model|unknown model|no such model|no endpoints found"
    r" for|deployment[^.]{0,60}does not exist",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_filter|content_policy|content management policy|flagged|moderation|responsibleai",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(
    r"insufficient_quota|insufficient"
    r" (?:credits?|balance|funds)|billing_not_active|billing_hard_limit",
    re.IGNORECASE,
)
# What servers say to an address that they do not have; some with status 200.
_NO_ADDRESS = re.compile(
    r"(?:unexpected|unknown|invalid|unrecognized|unsupported|no such|no)"
    r" (?:api |request )?(?:endpoint|url|uri|path|route|method)\b(?! found)"
    r"|unknown_url|cannot (?:post|get) /"
    r"|(?:endpoint|route|path|url|resource|page) (?:was )?not found"
    r"|^(?:404:? )?(?:page |file )?not found\.?$|^method not allowed\.?$",
    re.IGNORECASE,
)
# How LiteLLM says that it does not know a key, when it has no list of keys to look into.
_NO_SUCH_KEY = re.compile(
    r"no connected db|no_db_connection|(?:invalid|incorrect|malformed|missing|no|wrong)"
    r" (?:proxy )?(?:server )?api[ _-]?key|virtual key expected|no api key passed"
    r"|expected to start with 'sk-'|invalid_api_key|invalid_key",
    re.IGNORECASE,
)
_STREAMS_ONLY = re.compile(
    r"only supports? stream|stream\w*['\"`]? (?:must|should|needs to) be (?:set to )?true"
    r"|enable the stream|requires? stream|stream(?:ing)? (?:mode )?is required"
    r"|non-?stream\w* (?:\w+ ){0,3}(?:is |are )?not (?:supported|allowed)|set stream ?= ?true",
    re.IGNORECASE,
)
_UNSUPPORTED = re.compile(
    r"no endpoints found that|unsupported|not support|not"
    r" permitted|extra_forbidden|unrecognized|unknown (?:field|param)",
    re.IGNORECASE,
)
# In this order: a message about one may name another ("'max_tokens' is not supported … with
# response_format" is about the first).
_PARTS = (
    ("limit", re.compile(r"max_(?:completion_)?tokens", re.IGNORECASE)),
    ("temperature", re.compile(r"temperature", re.IGNORECASE)),
    (
        "format",
        re.compile(
            r"response_?format|json_?\s?schema|json_object|json mode|structured"
            r" output|guided|grammar|json_validate_failed|the word 'json'",
            re.IGNORECASE,
        ),
    ),
    (
        "system",
        re.compile(
            r"messages?\[0\]\.role|system"
            r" (?:role|message|prompt|instruction)|role[^.]{0,20}system|roles must alternate"
            r"|developer instruction",
            re.IGNORECASE,
        ),
    ),
)
_AGAIN_IN = re.compile(
    r"(?:try again in|retry(?:delay\"?:)? (?:in"
    r" )?)\s*\"?(?:(\d+)m(?!s))?\s*(?:(\d+(?:\.\d+)?)(ms|s)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error answer: `code` and `param` as the server gives them, `text` all of it that may tell
    something, `message` for people.
    """

    status: int
    code: str
    param: str
    message: str
    text: str
    embedded: bool = False  # it came in an answer of status 200

    def __str__(self) -> str:
        status = "HTTP 200, but an error" if self.embedded else f"HTTP {self.status}"
        return f"{status}: {self.message}" if self.message else status


def complaint_of(status: int, value: Any, *, embedded: bool = False) -> Complaint:
    """The complaint in a decoded body: OpenAI's `error` object, a bare string, FastAPI's `detail`,
    one of these in a list, or whatever else it is.
    """
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    inner = (value.get("error") or value) if isinstance(value, dict) else value
    fields = inner if isinstance(inner, dict) else {}
    said = (
        fields.get("message") or fields.get("detail") or (inner if isinstance(inner, str) else "")
    )
    try:
        text = _ECHO.sub("", json.dumps(inner, ensure_ascii=False))[:_MOST_READ]
    except RecursionError:  # what nests that deep is no complaint
        text = ""
    message = said if isinstance(said, str) else text
    return Complaint(
        status,
        _word(fields.get("code")),
        _word(fields.get("param")),
        _line("" if message in {"{}", "[]", "null"} else message),
        text,
        embedded,
    )


def embedded_status(value: Any) -> int | None:
    """The status of an error that came in the body of a 200 answer, as routers send what their
    upstream said; None without one. One that names none has that of what it says.
    """
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(value, dict) or value.get("choices"):
        return None
    error = value.get("error") or (value if _is_error(value) else None)
    if not error:
        return None
    code = _word(error.get("code")) if isinstance(error, dict) else ""
    if re.fullmatch("[45][0-9][0-9]", code):
        return int(code)
    return 404 if _NO_ADDRESS.search(complaint_of(500, value).message) else 500


def _is_error(value: Any) -> bool:
    """Is it an error without the envelope?"""
    said = value.get("detail") or value.get("message")
    return value.get("object") == "error" or isinstance(said, str)


def failure_of(
    said: Complaint, headers: Mapping[str, str], *, model: str, key_name: str
) -> CallFailed:
    """The failure that an error answer stands for. `key_name` is the variable that holds the key,
    "" when none is sent.
    """
    return (
        _of_the_account(said, key_name)
        or _of_the_request(said, model)
        or _of_the_moment(said, headers)
        or _of_the_address(said)
    )


def _of_the_account(said: Complaint, key_name: str) -> CallFailed | None:
    """What is wrong with key or credit. A server's words are not repeated here: some hold the
    key.
    """
    if said.status == 401 or (said.status in {400, 500} and _NO_SUCH_KEY.search(said.text)):
        return Hopeless(
            f"the key in {key_name} is refused (HTTP {said.status})"
            if key_name
            else f"a key is asked for (HTTP {said.status}); set api_key_env"
        )
    if said.status in {400, 403, 451} and _FILTERED.search(said.text):
        return Declined("the server's filter turned the prompt down")
    if said.status == 402 or _NO_CREDIT.search(said.text):
        return Hopeless(f"no credit left (HTTP {said.status})")
    if said.status == 403:
        return Hopeless(
            f"access is refused (HTTP 403){f': {said.message}' if said.message else ''}"
        )
    return None


def _of_the_request(said: Complaint, model: str) -> CallFailed | None:
    """What is wrong with what was asked. A 5xx says so too, from servers that let an exception
    through.
    """
    if said.status < 400:
        return None
    if said.status != 503 and _TOO_LONG.search(said.text):
        return PromptTooLong(f"the prompt is too long: {said.message}", _window(said.text))
    if said.status == 429:
        return None
    return _of_a_part(said) or _of_the_model(said, model)


def _of_a_part(said: Complaint) -> CallFailed | None:
    if _STREAMS_ONLY.search(said.text):
        return Rejected(said.message, "whole")
    part = _part(said)
    if part and (said.status < 500 or _UNSUPPORTED.search(said.text) or part == "format"):
        return Rejected(said.message, part)
    return None


def _of_the_model(said: Complaint, model: str) -> CallFailed | None:
    if said.status in {400, 404, 422} and _NO_MODEL.search(said.text):
        return Hopeless(f"the server has no model '{model}' (HTTP {said.status})")
    if said.status in {400, 422, 501} or (said.status == 404 and _UNSUPPORTED.search(said.text)):
        return Rejected(said.message or f"HTTP {said.status}")
    return None


def _of_the_moment(said: Complaint, headers: Mapping[str, str]) -> CallFailed | None:
    if said.status == 429:
        return Busy("HTTP 429", _wait(said, headers), limited=True)
    if said.status >= 500 or said.status in {408, 409, 423, 425}:
        return Busy(str(said), retry_after(headers))
    return None


def _of_the_address(said: Complaint) -> CallFailed:
    if 300 <= said.status < 400:
        return Hopeless(
            f"it redirects (HTTP {said.status}), and a key is not sent after a redirect; write the"
            " address it leads to into base_url"
        )
    if said.status in {404, 405} and (not said.message or _NO_ADDRESS.search(said.message)):
        status = "an error in HTTP 200" if said.embedded else f"HTTP {said.status}"
        return Hopeless(
            f"there is no chat API at this address ({status}); base_url usually ends in /v1"
        )
    return Hopeless(str(said))


def _part(said: Complaint) -> str:
    named = next((part for part, pattern in _PARTS if pattern.search(said.param)), "")
    return named or next((part for part, pattern in _PARTS if pattern.search(said.text)), "")


def _window(text: str) -> int | None:
    found = (match for pattern in _WINDOWS if (match := pattern.search(text)))
    sizes = (int(match.group(1)[:9]) for match in found)
    return next((size for size in sizes if size >= _SMALLEST_WINDOW), None)


def _wait(said: Complaint, headers: Mapping[str, str]) -> float | None:
    """The seconds to wait: Retry-After, its form in milliseconds that Azure and OpenAI send, or
    what the message says.
    """
    milliseconds = headers.get("retry-after-ms", "")
    if re.fullmatch(r"\d{1,9}(\.\d+)?", milliseconds):
        return float(milliseconds) / 1000
    asked = retry_after(headers)
    if asked is not None:
        return asked
    match = _AGAIN_IN.search(said.text)
    if not match or not (match[1] or match[2]):
        return None
    seconds = float(match[2] or 0) / (1000 if match[3] == "ms" else 1)
    return min(_LONGEST_WAIT, int((match[1] or "0")[:6]) * 60 + seconds)


def _word(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) else ""


def _line(text: str) -> str:
    """A server's words on one printable line, cut at a length fit for a report."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text[:2000]).split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
