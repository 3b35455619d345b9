"""The provider: for each task the models that are asked one after the other, answers from before
first, until one answers.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from digest.llm.chat_completion import Reply
from digest.llm.probe import probed
from digest.llm.question import Answer, Form, Kept, NoAnswer, Question, Spent, Task, TooLong
from digest.llm.responder import GaveUp, Overlong, Responder
from digest.llm.validation import Sound, judged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.llm.budget import Budget, Spending
    from digest.llm.usage import ModelUsage


_EMBEDDED = "embedded"  # does what no model did
_NOBODY = "nobody"  # a judge has no deputy


class Answers(Protocol):
    """Answers from before. For any thread."""

    def get(self, question: Question[Form], model: str) -> Kept | None:
        """What `model` answered to the question, as it gave it; None when it was never asked."""

    def put(self, question: Question[Form], answer: Kept) -> None:
        """Keep an answer."""


class Provider:
    """Answers questions (`digest.llm.question.Answerer`). For any thread.

    `routes` holds for each task the models in the order in which they are asked; the first of
    "read" gives the provider its name.
    """

    def __init__(
        self, routes: Mapping[Task, Sequence[Responder]], answers: Answers, budget: Budget
    ) -> None:
        self._routes, self._answers, self._budget = routes, answers, budget
        self._probing = threading.Lock()

    @property
    def name(self) -> str:
        """The model that reads when all goes well."""
        return self._routes["read"][0].model

    @property
    def responders(self) -> tuple[Responder, ...]:
        """Every model, once."""
        return tuple(dict.fromkeys(one for route in self._routes.values() for one in route))

    def room(self, task: Task) -> int:
        """How many tokens a prompt for this task may have: what the first model takes that is still
        asked; 0 when there is no model.

        Where none is asked any more it is the first's, so that questions stay the same and find
        their answers from before.
        """
        route = self._routes[task]
        return next((one.room for one in (*(one for one in route if not one.out), *route)), 0)

    def used(self) -> Spending:
        """Calls, tokens and money until now."""
        return self._budget.spending

    def usage(self) -> tuple[ModelUsage, ...]:
        """What happened at each model until now."""
        return tuple(responder.usage() for responder in self.responders)

    def probe(self) -> tuple[str, ...]:
        """Ask every model that was never asked something tiny, and say in a line each what is wrong
        with those that cannot be asked.
        """
        for responder in self.responders:
            self.make_ready(responder)
        return tuple(f"{one.name}: {one.out}" for one in self.responders if one.out)

    def make_ready(self, responder: Responder) -> None:
        """Ask a model that was never asked something tiny first, while others wait: what is wrong
        shows before anything is spent.
        """
        if responder.proved is None and not responder.out:
            with self._probing:
                if responder.proved is None and not responder.out:
                    probed(responder)

    def ask(self, question: Question[Form]) -> Answer[Form]:
        """The first sound answer. Raises TooLong or Spent when that kept one from answering,
        NoAnswer with all reasons otherwise.
        """
        failures: list[tuple[str, GaveUp | Spent]] = []
        route = self._routes[question.task]
        last = _NOBODY if question.task == "judge" else _EMBEDDED
        for i, responder in enumerate(route, 1):
            try:
                return self._answer(question, responder)
            except (GaveUp, Spent) as error:
                if isinstance(error, GaveUp):
                    responder.tally.left(route[i].name if i < len(route) else last)
                failures.append((responder.name, error))
        raise _no_answer(failures)

    def _answer(self, question: Question[Form], responder: Responder) -> Answer[Form]:
        kept = self._answers.get(question, responder.model)
        if kept:
            return self._reread(question, kept, responder)
        self.make_ready(responder)
        try:
            given = responder.answer(question)
        except GaveUp as error:
            if error.text.strip():
                self._answers.put(
                    question, Kept(responder.model, error.text, 0, 0, useless=True)
                )  # asked again, it would only be paid for again
            raise
        reply = given.reply
        self._answers.put(
            question, Kept(responder.model, reply.text, reply.tokens_in or 0, reply.tokens_out or 0)
        )
        return Answer(given.form, responder.model)

    def _reread(self, question: Question[Form], kept: Kept, responder: Responder) -> Answer[Form]:
        """An answer from before, judged as if it came now."""
        self._budget.reused()
        responder.tally.reused()
        verdict = judged(Reply(kept.text), question)
        if isinstance(verdict, Sound):
            return Answer(verdict.form, responder.model, cached=True)
        raise GaveUp(f"{verdict.why}, when it was asked before")


def _no_answer(failures: Sequence[tuple[str, GaveUp | Spent]]) -> NoAnswer:
    """What to raise when nobody answered: what the asker can do something about comes first."""
    errors = [error for _, error in failures]
    reasons = (
        "; ".join(f"{name}: {error}" for name, error in failures)
        or "no model is configured for this"
    )
    rooms = [error.room for error in errors if isinstance(error, Overlong)]
    if rooms:
        return TooLong(reasons, max(rooms))
    if any(isinstance(error, Spent) for error in errors):
        return Spent(reasons)
    return NoAnswer(reasons)
