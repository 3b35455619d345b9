"""What a worker says of itself, and why one is not used: its results would not be ours."""

from __future__ import annotations

import time
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from digest import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

METRIC = "digest"  # under which a Dask worker says it
# what decides how a feed or a page is read
_READERS = ("trafilatura", "lxml", "feedparser", "htmldate", "py3langid", "pypdf")
_EXTRAS = {"speech": "faster_whisper"}  # that some work needs, and how one is known
# seconds; a lease on a host ends by the worker's own clock, of which we hear some seconds later
AHEAD, BEHIND = 5.0, 10.0


def identity() -> dict[str, Any]:
    """This process's versions and its clock."""
    versions = {name: _version(name) for name in _READERS}
    extras = [extra for extra, module in _EXTRAS.items() if find_spec(module)]
    return {"digest": __version__, "readers": versions, "extras": extras, "clock": time.time()}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def refusal(said: object, ours: Mapping[str, Any]) -> str:
    """Why a worker that says this is not used, in words; "" for one that is."""
    if not isinstance(said, dict) or "digest" not in said:
        return "it is no digest worker; start it with 'digest worker'"
    if said["digest"] != ours["digest"]:
        return f"it has digest {said['digest']}, and this is {ours['digest']}"
    theirs = said.get("readers", {})
    for name, here in ours["readers"].items():
        if theirs.get(name) != here:
            return f"it has {name} {theirs.get(name, 'none')}, and here is {here}"
    apart = float(said.get("clock", 0.0)) - float(ours["clock"])
    return "" if -BEHIND <= apart <= AHEAD else f"its clock is {abs(apart):.0f} s off ours"
