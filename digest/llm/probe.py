"""One tiny question that shows whether a model answers and which rung of structured output it
really has.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import BaseModel

from digest.llm.lenient_json import without_thoughts
from digest.llm.question import Question
from digest.llm.responder import GaveUp
from digest.llm.structured_output import RUNGS, Attempt
from digest.llm.validation import Sound, judged

if TYPE_CHECKING:
    from digest.llm.chat_completion import Reply
    from digest.llm.responder import Responder
    from digest.llm.structured_output import Manner


class Sum(BaseModel):
    """What the probe asks for."""

    sum: int

    @property
    def wrong(self) -> str:
        """What is wrong with it, "" for nothing."""
        return "" if self.sum == _RIGHT else f"it says that 2 and 3 make {self.sum}"


_RIGHT = 5
QUESTION = Question(
    task="read", about="probe", system="You add numbers.", prompt="What is the sum of 2 and"
                                                                  " 3?", form=Sum, words=30,
)  # fmt: skip
OFF_THE_POINT = "answers, but not what it is asked"
_UNTOLD = {"cut", "thought"}  # faults that say nothing against a rung: the probe's limit is tiny


def probed(responder: Responder) -> str:
    """Find the manner in which the model answers, or put it out of the run with the reason. Raises
    Spent.

    Returns what is wrong with the answer that the manner brought, "" when it is right. A server may
    take `response_format` and ignore it: what comes then is no bare JSON, and the next rung is
    tried. A model whose answer has the form on no rung is put out; one that only adds wrongly is
    not, for it may read.
    """
    formed: tuple[Manner, str] | None = (
        None  # the manner that brought the form, and what was wrong with what it held
    )
    why = ""
    for rung in RUNGS:
        if RUNGS.index(responder.manner.rung) > RUNGS.index(rung):
            continue  # the server has refused it
        try:
            reply = responder.reply(QUESTION, Attempt(QUESTION.words * 4))
        except GaveUp as error:
            why = why or str(error)
            break
        verdict = judged(reply, QUESTION)
        if isinstance(verdict, Sound):
            formed = responder.manner, verdict.form.wrong
            if _is_bare(reply):
                break
        elif verdict.fault in _UNTOLD:
            return verdict.why
        else:
            why = verdict.why
        responder.manner = responder.manner.without("format") or responder.manner
    return _settled(responder, formed, why)


def _settled(responder: Responder, formed: tuple[Manner, str] | None, why: str) -> str:
    """Keep to the manner that brought the form, or put the model out, of which nothing is then
    remembered.
    """
    if formed:
        responder.manner = responder.proved = formed[0]
        return formed[1]
    responder.out = responder.out or (f"{OFF_THE_POINT} ({why})" if responder.proved else why)
    responder.proved = None
    return why


def asked_in_full(responder: Responder) -> str:
    """What is wrong with the answer when the model has all the room and all the tries that a run
    gives it. Raises Spent.
    """
    try:
        return responder.answer(QUESTION).form.wrong
    except GaveUp as error:
        return str(error)


def _is_bare(reply: Reply) -> bool:
    """Is it an object and nothing else?"""
    try:
        return isinstance(json.loads(without_thoughts(reply.text).text), dict)
    except (ValueError, RecursionError):
        return False
