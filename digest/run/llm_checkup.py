"""Probing every model that a run may ask: for `digest doctor`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from digest.llm.concurrency import Gate
from digest.llm.probe import OFF_THE_POINT, asked_in_full, probed
from digest.llm.question import Spent
from digest.net.transport import Resolver, system_resolver
from digest.run.llm_factory import open_provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from digest.config.schema import Config, Llm
    from digest.llm.responder import Responder

# seconds of waiting: whoever looks what is wrong does not wait as long as a run would
_PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of probing one model: `works`, and in what manner, or why not."""

    name: str
    works: bool
    detail: str


def probe_all(
    config: Config, llm: Llm, now: datetime, resolver: Resolver = system_resolver
) -> Iterator[Probed]:
    """Probe every model that a run may ask, whatever is remembered of it. open_state must have the
    state open.
    """
    gate = partial(Gate, in_vain=_PATIENCE)
    with open_provider(config, llm, now, resolver, gate=gate) as provider:
        yield from map(_probe, provider.responders)


def _probe(one: Responder) -> Probed:
    one.forget()
    began = time.monotonic()
    try:
        wrong = "" if one.out else probed(one)
        if wrong and not one.out:
            wrong = asked_in_full(one)
    except Spent as error:
        return Probed(one.name, False, str(error))
    if one.out or wrong:
        return Probed(one.name, False, one.out or f"{OFF_THE_POINT} ({wrong})")
    return Probed(
        one.name,
        True,
        f"{one.manner.line()}; answered in {time.monotonic() - began:.1f} s; a window of"
        f" {one.window:,} tokens",
    )
