"""A run's provider, made from the configuration: which models are asked for which task, and what is
remembered of them.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from digest.errors import ConfigError
from digest.llm.concurrency import Gate
from digest.llm.endpoint import Caller, host_of, key_of
from digest.llm.metering import Payer
from digest.llm.prices import price_of
from digest.llm.provider import Provider
from digest.llm.responder import UNRECORDED, Responder
from digest.net.transport import system_resolver
from digest.run.model_account import open_account
from digest.store import endpoints
from digest.store.thread_connection import open_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from digest.config.schema import Config, Endpoint, Llm
    from digest.llm.budget import Budget
    from digest.llm.provider import Answers
    from digest.llm.question import Task
    from digest.llm.structured_output import Manner
    from digest.net.transport import Resolver


@contextmanager
def open_provider(
    config: Config,
    llm: Llm,
    now: datetime,
    resolver: Resolver | None,
    issue: str = "",
    *,
    gate: Callable[[int], Gate] = Gate,
) -> Iterator[Provider]:
    """The provider of a run that makes `issue`; open_state must have the state open.

    Without a resolver no model is asked and no key needed: there are only the answers from before.
    What was learned of an endpoint is kept at the end, however the run ends.
    """
    with (
        open_shared(config.state) as shared,
        open_account(config, llm, now, issue) as account,
        ExitStack() as stack,
    ):
        known = endpoints.load(shared, now)
        cast = Cast(llm, account.budget, known, now, resolver, gate)
        stack.callback(cast.close)
        provider = cast.provider(config.second_reader, account.answers)
        try:
            yield provider
        finally:
            for one in provider.responders:
                if one.proved:
                    endpoints.save(shared, one.endpoint.base_url, one.model, one.proved, now)


class Cast:
    """Everybody who may be asked in a run: one caller and one gate for an endpoint, one responder
    for a model there.

    Without a resolver nobody is asked.
    """

    def __init__(
        self,
        llm: Llm,
        budget: Budget,
        known: Mapping[tuple[str, str], Manner],
        now: datetime,
        resolver: Resolver | None,
        gate: Callable[[int], Gate],
    ) -> None:
        self._llm, self._budget, self._known, self._now = llm, budget, known, now
        self._resolver, self._gate = resolver, gate
        self._callers: dict[str, tuple[Caller, Gate, str]] = {}
        self._responders: dict[tuple[str, str], Responder] = {}

    def provider(self, judge: str, answers: Answers) -> Provider:
        """The provider. Whoever reads gives second readings too; a judge of its own has no deputy:
        another model's opinion would be another opinion.
        """
        llm = self._llm
        deputies = [self._responder(endpoint, endpoint.model) for endpoint in _before_embedded(llm)]
        reader = self._responder(llm, llm.models.read or llm.model)
        routes: dict[Task, list[Responder]] = {
            "read": [reader, *deputies],
            "write": [self._responder(llm, llm.models.write or llm.model), *deputies],
            "judge": (
                [reader, *deputies]
                if judge == reader.model
                else [self._responder(llm, judge)]
                if judge
                else []
            ),
        }
        return Provider(routes, answers, self._budget)

    def close(self) -> None:
        """Close every connection."""
        for caller, *_ in self._callers.values():
            caller.close()

    def _responder(self, endpoint: Endpoint, model: str) -> Responder:
        identity = (endpoint.base_url, model)
        if identity not in self._responders:
            caller, gate, trouble = self._caller(endpoint)
            payer = Payer(caller, model, self._budget, price_of(endpoint, model, self._now.date()))
            self._responders[identity] = Responder(
                payer, gate, self._known.get(identity), out=trouble
            )
        return self._responders[identity]

    def _caller(self, endpoint: Endpoint) -> tuple[Caller, Gate, str]:
        """How to reach an endpoint, and why it cannot be asked at all. A missing key does not cost
        the issue, no more than a wrong one.
        """
        if endpoint.base_url not in self._callers:
            key, trouble = _key(endpoint) if self._resolver else ("", UNRECORDED)
            caller = Caller(endpoint, key, self._resolver or system_resolver)
            self._callers[endpoint.base_url] = (caller, self._gate(self._llm.concurrency), trouble)
        return self._callers[endpoint.base_url]


def _key(endpoint: Endpoint) -> tuple[str, str]:
    """The endpoint's key, and what is wrong with it."""
    try:
        return key_of(endpoint), ""
    except ConfigError as error:
        return "", str(error)


def missing_keys(llm: Llm) -> tuple[str, ...]:
    """A line for each endpoint that a run would not ask because of its key: where it is, and what
    is wrong.
    """
    endpoints = {one.base_url: one for one in (*_before_embedded(llm), llm)}
    return tuple(
        f"{host_of(one)} would not be asked: {trouble}"
        for one in endpoints.values()
        if (trouble := _key(one)[1])
    )


def _before_embedded(llm: Llm) -> Iterator[Endpoint]:
    """The fallback endpoints in their order; "embedded" ends the list, for it never fails."""
    for one in llm.fallback:
        if one == "embedded":
            return
        yield one
