"""A provider on servers that misbehave, with a clock that only sleeping moves."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from digest.config.schema import Endpoint, Price
from digest.llm.budget import Budget, Call, Caps, Cost
from digest.llm.concurrency import Gate
from digest.llm.endpoint import Caller
from digest.llm.metering import Payer
from digest.llm.provider import Provider
from digest.llm.question import Question
from digest.llm.responder import Responder
from digest.run.llm_answer_cache import key_of
from tests.fake_time import FakeTime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.llm.question import Kept
    from digest.llm.structured_output import Manner
    from tests.model_server import ModelServer


class Told(BaseModel):
    """The form of most tests."""

    text: str


class Item(BaseModel):
    """One of several."""

    id: str
    quotes: list[str] = Field(default_factory=list)


class Listed(BaseModel):
    """A form that has one list."""

    items: list[Item]


def question(
    prompt: str = "What does the page say?",
    *,
    form: type[Any] = Told,
    words: int = 60,
    language: str = "en",
) -> Question[Any]:
    """A question that any test may ask."""
    return Question(
        task="read",
        about="a page",
        system="You are dry.",
        prompt=prompt,
        form=form,
        words=words,
        language=language,
    )


class Ledger:
    """A ledger in memory: what is open, and what was paid."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self.open_calls: dict[str, Cost] = {}
        self.paid: list[Cost] = []

    def open(self, call: Call, worst: Cost) -> str:  # noqa: ARG002  # a Ledger's
        """Note the worst."""
        number = str(next(self._numbers))
        self.open_calls[number] = worst
        return number

    def close(self, identity: str, really: Cost | None) -> None:
        """Note what was paid."""
        del self.open_calls[identity]
        if really:
            self.paid.append(really)

    def today(self) -> Cost:
        """Nothing before."""
        return Cost()


class Answers:
    """Answers from before, in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def get(self, question: Question[Any], model: str) -> Kept | None:
        """What was put."""
        return self.kept.get(key_of(question, model))

    def put(self, question: Question[Any], answer: Kept) -> None:
        """Keep it."""
        self.kept[key_of(question, answer.model)] = answer


class Desk:
    """A provider whose models are `servers`, asked in this order, and what it stands on."""

    def __init__(
        self,
        *base_urls: str,
        manner: Manner | None = None,
        caps: Caps | None = None,
        **endpoint: Any,
    ) -> None:
        self.time, self.ledger, self.answers = FakeTime(), Ledger(), Answers()
        self.budget = Budget(caps or Caps(100.0, 100.0, 10**9, 10**9), self.ledger)
        self.callers: list[Caller] = []
        self.responders = [
            self._responder(f"m{i}", url, manner, endpoint) for i, url in enumerate(base_urls, 1)
        ]
        self.provider = Provider(
            {"read": self.responders, "write": self.responders, "judge": []},
            self.answers,
            self.budget,
        )

    def add(self, base_url: str, *, first: bool = False) -> Responder:
        """One more model, asked before or after the others, with time enough to answer."""
        added = self._responder("m9", base_url, None, {})
        self.responders.insert(0 if first else len(self.responders), added)
        return added

    def _responder(
        self, model: str, url: str, manner: Manner | None, settings: dict[str, Any]
    ) -> Responder:
        endpoint = Endpoint(
            **{
                "base_url": url,
                "model": model,
                "timeout": 5.0,
                "api_key_env": "OPENAI_API_KEY",
                **settings,
            }
        )
        self.callers.append(Caller(endpoint, "sk-test-1234"))
        payer = Payer(self.callers[-1], model, self.budget, Price(input=1.0, output=2.0))
        return Responder(payer, Gate(8, self.time.clock, self.time.sleep), manner)


@contextmanager
def desk(*servers: ModelServer, **settings: Any) -> Iterator[Desk]:
    """A desk on running servers."""
    made = Desk(*(server.base_url for server in servers), **settings)
    try:
        yield made
    finally:
        for caller in made.callers:
            caller.close()
