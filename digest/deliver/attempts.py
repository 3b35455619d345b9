"""Who tries something, and how often, within a while: what a public page needs against those who
try too much.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE, HOUR = 60.0, 3600.0
REMEMBERED = 10_000  # of those who try, at once


@dataclass
class Attempts:
    """At most `most` attempts in `period` seconds by each."""

    most: int
    period: float
    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def too_many(self, who: str) -> bool:
        """Count one, and say whether it was one too many."""
        with self._lock:
            now = self.clock()
            since, count = self._seen.pop(who, (now, 0))
            if now - since > self.period:
                since, count = now, 0
            self._seen[who] = (since, count + 1)
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            return count >= self.most


def network(address: str) -> str:
    """The network that an address is of, as large as one customer has: all of it counts as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    width = 24 if mapped or parsed.version == 4 else 64
    return str(ipaddress.ip_network(f"{mapped or parsed}/{width}", strict=False))
