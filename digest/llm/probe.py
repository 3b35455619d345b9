"""One tiny question that shows whether a model answers and which rung of structured output it really has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import BaseModel

from digest.llm.asking import Attempt
from digest.llm.question import Question
from digest.llm.responder import GaveUp
from digest.llm.tolerant import without_thoughts

if TYPE_CHECKING:
    from digest.llm.reply import Reply
    from digest.llm.responder import Responder


class Sum(BaseModel):
    """What the probe asks for."""

    sum: int


QUESTION = Question(
    task="read", about="probe", system="You add numbers.", prompt="What is the sum of 2 and 3?", form=Sum, words=30,
)  # fmt: skip
_MOST_STEPS = 3


def probed(responder: Responder) -> None:
    """Find the manner in which the model answers, or put it out of the run with the reason. Raises Spent.

    A server may take `response_format` and ignore it: what comes then is no bare JSON, and the next rung is tried. On the last,
    plain text, any answer will do, for nothing enforces one.
    """
    for _ in range(_MOST_STEPS):
        try:
            reply = responder.reply(QUESTION, Attempt(QUESTION.words * 4))
        except GaveUp as error:
            if responder.proved:
                responder.manner = responder.proved  # what came before was an answer, if not a bare one
            else:
                responder.out = responder.out or str(error)
            return
        if responder.manner.rung == "text" or _is_bare(reply):
            return
        responder.manner = responder.manner.without("format") or responder.manner


def _is_bare(reply: Reply) -> bool:
    """Is it an object and nothing else? An answer that was all thought, or cut short, says nothing against the rung."""
    said = without_thoughts(reply.text)
    if not said.text or said.unended or reply.finish == "length":
        return True
    try:
        return isinstance(json.loads(said.text), dict)
    except (ValueError, RecursionError):
        return False
