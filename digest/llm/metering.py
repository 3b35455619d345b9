"""One call with its price: measured before, reserved, made, settled for what it took."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.llm.budget import Call, Cost, cost_of
from digest.llm.call_errors import Broke, PromptTooLong, TimedOut
from digest.llm.endpoint import host_of
from digest.llm.json_schema import form_text, strict_schema
from digest.llm.structured_output import body_of, prompt_of
from digest.llm.token_count import Correction, prompt_tokens, tokens

if TYPE_CHECKING:
    from digest.config.schema import Price
    from digest.llm.budget import Budget
    from digest.llm.chat_completion import Reply
    from digest.llm.endpoint import Caller
    from digest.llm.question import Form, Question
    from digest.llm.structured_output import Attempt, Manner

_READ_AT_LEAST = 0.4  # of what was estimated; a server that counts less has silently cut the prompt
_SMALLEST_CONTEXT = (
    1000  # tokens, below which no server cuts; one that counts less than that does not count at all
)


class Payer:
    """Calls one model at one endpoint, from any thread, and keeps to the budget."""

    def __init__(self, caller: Caller, model: str, budget: Budget, price: Price | None) -> None:
        self.caller, self.model = caller, model
        self._budget, self._price = budget, price
        self._correction = Correction()

    def call(
        self, question: Question[Form], manner: Manner, attempt: Attempt, window: int
    ) -> Reply:
        """The reply, its tokens counted by the endpoint or by us. `window` is in tokens, prompt and
        answer together.

        Raises CallFailed, and Spent when the budget does not allow the call, which then is not
        made.
        """
        estimated, cap = (
            self.around(question, manner) + tokens(question.prompt),
            attempt.tokens(manner),
        )
        corrected = self._correction.apply(estimated)
        if corrected + cap > window:
            raise PromptTooLong(
                f"about {corrected:,} tokens and {cap:,} for the answer are more than the"
                f" {window:,} it takes",
                window,
            )
        longest = (
            window - corrected if manner.limit == "none" else cap
        )  # nothing but the window ends what has no limit
        reply = self._paid(question, manner, attempt, Cost(corrected, longest))
        _check_all_was_read(prompt_tokens(question.system, prompt_of(question)), reply)
        if reply.tokens_in:
            self._correction.learn(estimated, reply.tokens_in)
        tokens_in, tokens_out = _taken(reply, corrected)
        return replace(reply, tokens_in=tokens_in, tokens_out=tokens_out)

    def around(self, question: Question[Form], manner: Manner) -> int:
        """Tokens that go with a question besides its prompt."""
        schema = json.dumps(strict_schema(question.form)) if manner.rung == "schema" else ""
        return prompt_tokens(question.system, form_text(question.form), schema)

    def _paid(
        self, question: Question[Form], manner: Manner, attempt: Attempt, size: Cost
    ) -> Reply:
        call = Call(question.task, self.model, host_of(self.caller.endpoint))
        reservation = self._budget.reserve(
            call, cost_of(self._price, size.tokens_in, size.tokens_out)
        )
        try:
            reply = self.caller.call(body_of(question, self.model, manner, attempt))
        except (Broke, TimedOut):
            self._budget.settle(
                reservation
            )  # something may have been generated, and nobody says how much
            raise
        except Exception:
            self._budget.release(reservation)
            raise
        tokens_in, tokens_out = _taken(reply, size.tokens_in)
        kept = min(reply.tokens_cached, tokens_in)
        self._budget.settle(reservation, cost_of(self._price, tokens_in, tokens_out, kept))
        return reply


def _taken(reply: Reply, estimated: int) -> tuple[int, int]:
    """Tokens in and out as the server counts them, or as we do where it does not."""
    return (
        estimated if reply.tokens_in is None else reply.tokens_in,
        tokens(reply.text) if reply.tokens_out is None else reply.tokens_out,
    )


def _check_all_was_read(estimated: int, reply: Reply) -> None:
    """Raise PromptTooLong when the server counts far fewer tokens than were sent: some cut a long
    prompt and say nothing.
    """
    if reply.tokens_in and _SMALLEST_CONTEXT <= reply.tokens_in < _READ_AT_LEAST * estimated:
        window = reply.tokens_in + (reply.tokens_out or 0)
        raise PromptTooLong(
            f"the server read {reply.tokens_in:,} of about {estimated:,} tokens; give it a larger"
            " context",
            window,
        )
