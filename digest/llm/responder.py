"""One model at one endpoint in one run: asked in the manner it takes, waited for, asked again
within bounds, given up when it is no use.

The bounds stand in docs/operations.md as a table; tests/llm has a test for each row.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic

from digest.llm.call_errors import (
    Broke,
    Busy,
    CallFailed,
    Declined,
    Hopeless,
    PromptTooLong,
    Rejected,
    TimedOut,
    Unreachable,
)
from digest.llm.endpoint import host_of
from digest.llm.lenient_json import without_thoughts
from digest.llm.question import Form, Question
from digest.llm.retry_policy import AGAIN, MOST_ANSWERS, after
from digest.llm.structured_output import PARTS, Attempt, Manner
from digest.llm.token_count import answer_tokens
from digest.llm.usage import Counts, ModelUsage
from digest.llm.validation import Fault, Sound, judged

if TYPE_CHECKING:
    from digest.config.schema import Endpoint
    from digest.llm.chat_completion import Reply
    from digest.llm.concurrency import Gate
    from digest.llm.metering import Payer

MOST_FAULTS = 4  # failed calls for one answer; those that teach how to ask are left out
# of those that a rate limit turned away, which cost nothing but time; the gate has its own limit on
# that
MOST_LIMITED = 12
FAILED_IN_A_ROW = 3  # questions given up because calls failed: then the endpoint is taken for down
USELESS_IN_A_ROW = (
    8  # questions given up because of what was answered: then the model is taken for unfit
)
SMALLEST_WINDOW = 1024  # tokens; with less there is no room for a page and an answer
UNRECORDED = (  # why nobody is asked where only answers from before count
    "it has no recorded answer to this"
)
USUAL_ANSWER, USUAL_FORM = 2000, 1200  # tokens
# tokens, but no more than a quarter of the window: servers count what a model thinks as part of the
# answer
FOR_THINKING = 4000
_EVENTS: dict[type[CallFailed], str] = {
    Busy: "busy", Broke: "broke", TimedOut: "timed out", Unreachable: "unreachable",
    Declined: "refused", Rejected: "rejected", PromptTooLong: "too long",
}  # fmt: skip


class GaveUp(Exception):
    """This model has no answer to the question; `str()` is why. `text` is the last thing that it
    said, "" when nothing came.
    """

    def __init__(self, why: str, text: str = "") -> None:
        super().__init__(why)
        self.text = text


class Overlong(GaveUp):
    """The prompt does not fit; one of `room` tokens would."""

    def __init__(self, why: str, room: int) -> None:
        super().__init__(why)
        self.room = room


@dataclass(frozen=True, slots=True)
class Given(Generic[Form]):
    """A sound answer: its form, and the reply that holds it."""

    form: Form
    reply: Reply


class Responder:
    """For any thread. `manner` is what was learned of the model before, None when it was never
    asked; `out` why it cannot be asked.
    """

    def __init__(
        self, payer: Payer, gate: Gate, manner: Manner | None = None, *, out: str = ""
    ) -> None:
        self.model = payer.model
        self.tally = Counts()
        self.proved = manner  # the manner in which an answer came
        self.manner = manner or Manner()
        self.out = out  # why it is not asked any more in this run
        self._payer, self._gate = payer, gate
        self._failed = self._answered = 0
        # a model that cannot judge may well read: its useless judgements put out no other work
        self._useless: Counter[bool] = Counter()
        self._no_judge = ""  # why it is not asked for second readings any more
        self._turned_away = False  # was there a question that it was not asked?
        self._lock = threading.Lock()

    @property
    def endpoint(self) -> Endpoint:
        """Where it is."""
        return self._payer.caller.endpoint

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self.model} at {host_of(self.endpoint)}"

    @property
    def window(self) -> int:
        """Tokens of prompt and answer together: what is configured, or less where the server said
        so.
        """
        return min(self.endpoint.context_tokens, self.manner.window or self.endpoint.context_tokens)

    @property
    def room(self) -> int:
        """Tokens of a prompt, with its form and an answer of usual length left out."""
        taken = USUAL_ANSWER + USUAL_FORM + self.manner.thinking
        return max(self.window - taken, self.window // 3)

    def forget(self) -> None:
        """Take nothing for known: how it wants to be asked is found out anew."""
        self.manner, self.proved = Manner(), None

    def usage(self) -> ModelUsage:
        """What happened until now."""
        out = self.out if self.out != UNRECORDED or self._turned_away else ""
        return self.tally.usage(self.model, host_of(self.endpoint), self._gate.waited, out)

    def answer(self, question: Question[Form]) -> Given[Form]:
        """A sound answer. Raises GaveUp, Overlong, and Spent when the budget does not allow a
        call.
        """
        attempt, tried = Attempt(answer_tokens(question.words)), Counter[Fault]()
        judging = question.task == "judge"
        if judging and self._no_judge:
            raise GaveUp(self._no_judge)
        while True:
            reply = self.reply(question, attempt)
            verdict = judged(reply, question)
            if isinstance(verdict, Sound):
                self._useless[judging], self._answered = 0, self._answered + 1
                return Given(verdict.form, reply)
            fault = verdict.fault
            tried[fault] += 1
            self.tally.happened(fault)
            if tried.total() == MOST_ANSWERS or tried[fault] > AGAIN[fault]:
                raise self._unfit(verdict.why, reply.text or reply.refusal, judging=judging)
            attempt = after(attempt, verdict, question)

    def reply(self, question: Question[Form], attempt: Attempt) -> Reply:
        """Whatever the model says. Raises as `answer` does."""
        faults = 0
        while not self.out:
            manner = self.manner
            try:
                with self._gate.passed():
                    reply = self._payer.call(question, manner, attempt, self.window)
            except CallFailed as error:
                self.tally.happened(_event(error))
                faults += not isinstance(error, Rejected)
                self._after(error, manner, faults, question, attempt)
            else:
                self._worked(manner, reply)
                return reply
        self._turned_away = True
        raise GaveUp(self.out)

    # ---------------------------------------------------------------- after a call

    def _after(
        self,
        error: CallFailed,
        manner: Manner,
        faults: int,
        question: Question[Form],
        attempt: Attempt,
    ) -> None:
        """Come back when the call is worth another try; raise GaveUp or Overlong when it is not."""
        match error:
            case Rejected():
                self._adapt(manner, error)
            case PromptTooLong():
                raise self._overlong(error, question, attempt)
            case Busy(seconds=seconds, limited=limited) if faults < (
                MOST_LIMITED if limited else MOST_FAULTS
            ):
                if not self._gate.postpone(seconds):
                    raise self._failing(
                        Hopeless(
                            f"{error}, and"
                            f" {f'a wait of {seconds:.0f} s' if seconds else 'no end of it'}"
                        )
                    )
            case Broke() | Unreachable() if faults < MOST_FAULTS and self._gate.postpone(None):
                pass
            case Declined():
                raise GaveUp(str(error))
            case _:
                raise self._failing(error)

    def _worked(self, manner: Manner, reply: Reply) -> None:
        thinks = reply.reasoned or without_thoughts(reply.text).thought
        self._gate.succeeded()
        self.tally.answered(reply.tokens_in or 0, reply.tokens_out or 0)
        with self._lock:
            self._failed = 0
            if thinks and not self.manner.thinking:
                self.manner = replace(self.manner, thinking=min(FOR_THINKING, self.window // 4))
            if manner.rung == self.manner.rung:
                self.proved = self.manner

    def _adapt(self, used: Manner, error: Rejected) -> None:
        """Give up what the server does not take; another thread may have done so already. Raises
        GaveUp when nothing is left.
        """
        with self._lock:
            if self.manner != used:
                return
            lower = next((one for part in self._minded(error) if (one := used.without(part))), None)
            if lower:
                self.manner = lower
                return
        raise self._failing(
            error if self.proved else Hopeless(f"it takes none of our requests: {error}")
        )

    def _minded(self, error: Rejected) -> tuple[str, ...]:
        """What the server may mind, likeliest first; of one that has answered, what it names, or
        the form until it has filled one in.
        """
        if self.proved is None:
            return (error.part, *PARTS) if error.part else PARTS
        if error.part:
            return (error.part,)
        return () if self._answered else ("format",)

    def _overlong(self, error: PromptTooLong, question: Question[Form], attempt: Attempt) -> GaveUp:
        """What to raise for a prompt that does not fit, the window being noted where the server
        named it.
        """
        with self._lock:
            if error.window and SMALLEST_WINDOW <= error.window < self.window:
                self.manner = replace(self.manner, window=error.window)
                self.proved = (
                    replace(self.proved, window=error.window) if self.proved else self.manner
                )
        room = self.window - attempt.tokens(self.manner) - self._payer.around(question, self.manner)
        return Overlong(str(error), room) if room >= SMALLEST_WINDOW // 2 else GaveUp(str(error))

    def _failing(self, error: CallFailed) -> GaveUp:
        """What to raise for a question whose calls failed; the endpoint is out when that says
        something of all questions.
        """
        with self._lock:
            self._failed += 1
            if isinstance(error, (Hopeless, Unreachable)) or self._failed >= FAILED_IN_A_ROW:
                self.out = self.out or str(error)
        return GaveUp(str(error))

    def _unfit(self, why: str, text: str, *, judging: bool) -> GaveUp:
        with self._lock:
            self._useless[judging] += 1
            if self._useless[judging] >= USELESS_IN_A_ROW:
                reason = (
                    f"{USELESS_IN_A_ROW} questions in a row without an answer of use, the last"
                    f" because {why}"
                )
                if judging:
                    self._no_judge = reason
                else:
                    self.out = self.out or reason
        return GaveUp(why, text)


def _event(error: CallFailed) -> str:
    if isinstance(error, Busy) and error.limited:
        return "limited"
    return _EVENTS.get(type(error), "hopeless")
