"""What a model costs: the user's own word for it, else the table that comes with genai-prices.
Nothing is fetched; unknown is None.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from digest.config.schema import Endpoint, Price

if TYPE_CHECKING:
    from datetime import date

MILLION = 1_000_000
_BY_TEXT = {"input_mtok", "output_mtok"}  # what a price must have to be known
_BEYOND_TEXT = {
    "requests_kcount",
    "output_reasoning_mtok",
    "output_citation_mtok",
}  # and what two figures cannot tell
_FREE = ":free"  # how OpenRouter and others name models that cost nothing


def price_of(endpoint: Endpoint, model: str, day: date) -> Price | None:
    """What `model` costs at an endpoint on a day, or None where nobody can tell. `endpoint.price`
    wins, for every model there.

    Where a price depends on the length of the prompt, that of the endpoint's longest counts; where
    it depends on the hour, the dearest.
    """
    return endpoint.price or _listed(endpoint.base_url, model, endpoint.context_tokens, day)


@cache
def _listed(base_url: str, model: str, longest: int, day: date) -> Price | None:
    moments = [
        datetime.combine(day, time(0, 15), UTC) + timedelta(minutes=30 * i) for i in range(48)
    ]
    found = [_at(base_url, model, longest, moment) for moment in moments]
    known = [price for price in found if price]
    if len(known) < len(found):
        return None
    return Price(
        input=max(price.input for price in known),
        output=max(price.output for price in known),
        cached=max(price.input if price.cached is None else price.cached for price in known),
    )


def _at(base_url: str, model: str, longest: int, moment: datetime) -> Price | None:
    from genai_prices import Usage, calc_price

    try:
        cost, kept = (
            calc_price(
                Usage(input_tokens=longest, output_tokens=longest, cache_read_tokens=cached),
                model,
                provider_api_url=base_url,
                genai_request_timestamp=moment,
            )
            for cached in (0, longest)
        )
    except (LookupError, ValueError, ArithmeticError):
        return None
    priced = {key for key, value in vars(cost.model_price).items() if value is not None}
    if (not priced >= _BY_TEXT or priced & _BEYOND_TEXT) and not (
        model.endswith(_FREE) and not priced
    ):
        return None
    return Price(
        input=float(cost.input_price) * MILLION / longest,
        output=float(cost.output_price) * MILLION / longest,
        cached=float(kept.input_price) * MILLION / longest,
    )
