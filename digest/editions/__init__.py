"""The editions that there are, by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.editions import daily, insights
from digest.editions.edition import Choice, Edition
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EDITIONS", "Choice", "Edition", "edition"]

EDITIONS: Mapping[str, Edition] = MappingProxyType(
    {one.name: one for one in (daily.EDITION, insights.EDITION)}
)


def edition(name: str) -> Edition:
    """The edition of that name. Raises UsageError, which names those that there are."""
    try:
        return EDITIONS[name]
    except KeyError:
        raise UsageError(f"there is no edition '{name}'; there is: {', '.join(EDITIONS)}") from None
