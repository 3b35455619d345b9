"""Checks of a claim against the documents it cites, and no others: `index` a document once, then
`ground` claims against it. Pure.

claim → sentences → aligned with their evidence → checked by the rows of one table → verdict.
All pass: `checked`; the source's own words: `extract`; one fails: `flagged`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.grounding.check_names import CHECKS
    from digest.grounding.grounded import Grounded, ground
    from digest.grounding.indexed import Indexed, index
    from digest.grounding.located import locate

__all__ = ["CHECKS", "Grounded", "Indexed", "ground", "index", "locate"]

_HOMES = {
    "CHECKS": "check_names",
    "Grounded": "grounded",
    "Indexed": "indexed",
    "ground": "grounded",
    "index": "indexed",
    "locate": "located",
}


def __getattr__(name: str) -> Any:
    """What the room offers, loaded when it is first asked for: who counts verdicts needs no
    checks.
    """
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
