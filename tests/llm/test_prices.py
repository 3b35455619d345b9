"""Prices: the user's word, else the kept table, else unknown; never asked of anybody."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from digest.config.schema import Endpoint, Price
from digest.llm.prices import price_of

DAY = date(2026, 11, 22)
OPENAI, OPENROUTER, OWN = (
    "https://api.openai.com/v1",
    "https://openrouter.ai/api/v1",
    "http://127.0.0.1:11434/v1",
)


def endpoint(base_url: str, price: Price | None = None, context_tokens: int = 16_000) -> Endpoint:
    """An endpoint with a model of its own, which is not the one asked about."""
    return Endpoint(base_url=base_url, model="another", price=price, context_tokens=context_tokens)


@pytest.mark.parametrize(
    ("base_url", "model", "price"),
    [
        (OPENAI, "gpt-4.1-mini", Price(input=0.4, output=1.6, cached=0.1)),
        (f"{OPENAI}/", "gpt-4.1-mini", Price(input=0.4, output=1.6, cached=0.1)),
        (OPENROUTER, "openai/gpt-4.1-mini", Price(input=0.4, output=1.6, cached=0.1)),
        (OPENROUTER, "google/gemma-3-27b-it:free", Price(input=0, output=0, cached=0)),
        (OPENAI, "text-embedding-3-small", None),  # a price for half of what we use is no price
        (OPENAI, "no-such-model", None),
        (OWN, "gpt-4.1-mini", None),  # the same name at an endpoint of one's own
        ("https://models.example/v1", "gpt-4.1-mini", None),
        ("https://api.cerebras.ai/v1", "qwen-3-coder-480b", None),  # in the table, without a price
    ],
)
def test_a_price_is_looked_up_by_address_and_model(
    base_url: str, model: str, price: Price | None
) -> None:
    """Known is what the table knows of that very endpoint; all else is unknown, never zero."""
    assert price_of(endpoint(base_url), model, DAY) == price


def test_the_users_own_price_wins() -> None:
    """A discount, a proxy or a machine of one's own: `price` says what it costs."""
    mine = Price(input=0.01, output=0.02)
    assert price_of(endpoint(OPENAI, mine), "gpt-4.1-mini", DAY) == mine
    assert price_of(endpoint(OWN, mine), "anything", DAY) == mine


def test_long_prompts_count_at_the_price_of_long_prompts() -> None:
    """Where a price rises with the prompt's length, the longest prompt that the endpoint may be
    sent decides.
    """
    at = "https://generativelanguage.googleapis.com/v1beta/openai/"
    short, long = (
        price_of(endpoint(at, context_tokens=size), "gemini-2.5-pro", DAY)
        for size in (16_000, 900_000)
    )
    assert short
    assert long
    assert long.input > short.input


def test_the_dearest_hour_counts() -> None:
    """A price that falls at night is no promise for a call that is made at noon."""
    price = price_of(endpoint("https://api.deepseek.com"), "deepseek-chat", DAY)
    assert price
    assert price.input >= 0.27


def test_no_price_is_ever_fetched() -> None:
    """Looking prices up opens no connection and asks for no name."""
    code = """
import sys
from datetime import date
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "urllib.Request"}:
        sys.exit(f"asked the network: {event} {arguments}")
sys.addaudithook(refuse)
from digest.config.schema import Endpoint
from digest.llm.prices import price_of
assert price_of(Endpoint(model="gpt-4.1-mini"), "gpt-4.1-mini", date(2026, 11, 22))
assert price_of(Endpoint(model="none-such"), "none-such", date(2026, 11, 22)) is None
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
