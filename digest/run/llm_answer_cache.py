"""Answers from before: a question that was answered once is not paid for again, for as long as
nothing in it has changed.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from digest.store import model_answers

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import BaseModel

    from digest.llm.question import Kept, Question
    from digest.store.thread_connection import Shared

KEPT = timedelta(days=60)  # since an answer was last used


@cache
def schema_of(form: type[BaseModel]) -> str:
    """A form's JSON schema, always written alike."""
    return json.dumps(form.model_json_schema(), sort_keys=True, separators=(",", ":"))


def key_of(question: Question[Any], model: str) -> str:
    """What makes a question the same one: who is asked, every word that is sent, the form, and how
    long the answer may be.
    """
    form: type[BaseModel] = question.form
    parts = (model, question.system, question.prompt, schema_of(form), str(question.words))
    digest = hashlib.blake2s()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8) + data)
    return digest.hexdigest()


class AnswerCache:
    """The answers kept in the state. For any thread; an answer is on the disk as soon as `put`
    returns.
    """

    def __init__(self, db: Shared, now: datetime) -> None:
        self._db = db
        self._now = now
        model_answers.forget(db, now - KEPT)

    def get(self, question: Question[Any], model: str) -> Kept | None:
        """What `model` answered before, or None. Its text is as the model gave it, to be read and
        checked again.
        """
        return model_answers.get(self._db, key_of(question, model), self._now)

    def put(self, question: Question[Any], answer: Kept) -> None:
        """Keep what `answer.model` answered."""
        model_answers.put(self._db, key_of(question, answer.model), answer, self._now)

    def has(self, question: Question[Any], model: str) -> bool:
        """Whether `get` would find an answer; asking this is no use of it."""
        return model_answers.has(self._db, key_of(question, model))
