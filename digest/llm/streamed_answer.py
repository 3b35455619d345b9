"""A chat completion that came in pieces, as server-sent events, put together: from servers that
only stream, and from those that stream unasked. Pure.
"""

from __future__ import annotations

import json
from typing import Any

_TEXTS = ("content", "reasoning_content", "reasoning", "refusal")


def whole(body: bytes) -> Any:
    """What the events say together, in the form of an answer in one piece; None for what is no
    stream. An error in the stream is the answer.
    """
    if not body.lstrip()[:6].startswith((b"data:", b"event:", b":")):
        return None
    pieces = [piece for line in body.splitlines() if (piece := _piece(line))]
    error = next((piece for piece in pieces if piece.get("error")), None)
    if error or not pieces:
        return error
    parts: dict[str, list[str]] = {}
    finish = None
    for choice in (_first(piece.get("choices")) for piece in pieces):
        delta = choice.get("delta") or choice.get("message")
        _add(parts, delta if isinstance(delta, dict) else {"content": choice.get("text")})
        finish = choice.get("finish_reason") or finish
    usage = next((piece["usage"] for piece in reversed(pieces) if piece.get("usage")), None)
    # one that breaks off says no reason; its answer is cut
    end = finish or (None if b"[DONE]" in body else "length")
    message = {"role": "assistant", **{name: "".join(texts) for name, texts in parts.items()}}
    return {"choices": [{"message": message, "finish_reason": end}], "usage": usage}


def _piece(line: bytes) -> dict[str, Any]:
    name, _, data = line.partition(b":")
    try:
        value = json.loads(data) if name.strip() == b"data" else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _add(parts: dict[str, list[str]], delta: dict[str, Any]) -> None:
    for name in _TEXTS:
        if isinstance(delta.get(name), str):
            parts.setdefault(name, []).append(delta[name])


def _first(value: Any) -> dict[str, Any]:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}
