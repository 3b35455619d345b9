"""Probing every model that a run may ask: for `digest doctor`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.fetch.transport import Resolver, system_resolver
from digest.llm.opening import open_provider
from digest.llm.question import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from digest.config import Config, Llm
    from digest.llm.provider import Provider
    from digest.llm.responder import Responder


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of probing one model: `works`, and in what manner, or why not."""

    name: str
    works: bool
    detail: str


def probe_all(config: Config, llm: Llm, now: datetime, resolver: Resolver = system_resolver) -> Iterator[Probed]:
    """Probe every model that a run may ask, whatever is remembered of it. open_state must have the state open."""
    with open_provider(config, llm, now, resolver) as provider:
        for one in provider.responders:
            yield _probe(provider, one)


def _probe(provider: Provider, one: Responder) -> Probed:
    one.forget()
    began = time.monotonic()
    try:
        provider.make_ready(one)
    except Spent as error:
        return Probed(one.name, False, str(error))
    if one.out:
        return Probed(one.name, False, one.out)
    return Probed(one.name, True, f"{one.manner.line()}; answered in {time.monotonic() - began:.1f} s; a window of {one.window:,} tokens")
