"""The editions that there are, by name; each is a module of this package and loaded when it is
asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.editions.edition import Edition

NAMES = ("daily", "insights")


def edition_named(name: str) -> Edition:
    """The edition of that name. Raises UsageError, which names those that there are."""
    if name not in NAMES:
        raise UsageError(f"there is no edition '{name}'; there is: {', '.join(NAMES)}")
    found: Edition = import_module(f"digest.editions.{name}").EDITION
    return found
