"""A ping: a few lines posted to an address that watches over a job, as healthchecks.io and its like
take them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpcore2

from digest import __version__
from digest.errors import FetchFailed
from digest.net.redirects import target_of
from digest.net.transport import GuardedBackend, Resolver, TransportError, deadline, system_resolver

if TYPE_CHECKING:
    import httpx2

    from digest.net.address_guard import AddressGuard

STEP, WHOLE = 5.0, 10.0  # seconds: nobody waits for a watcher
LONGEST = 10_000  # bytes; more is not kept


def ping(
    url: str,
    signal: str,
    text: str,
    guard: AddressGuard,
    resolver: Resolver = system_resolver,
) -> str:
    """Post `text` to the address with `signal` behind its path ("/start", "/fail", "" for success).
    Follows no redirect. Returns what went wrong, "" when nothing did.
    """
    try:
        target = target_of(url, url)
        with (
            httpcore2.ConnectionPool(network_backend=GuardedBackend(guard, resolver)) as pool,
            deadline(time.monotonic() + WHOLE),
        ):
            status = _post(pool, target, signal, text)
    except FetchFailed as error:
        return error.reason
    except TransportError as error:
        return str(error)
    except httpcore2.ProtocolError as error:
        return f"no valid answer: {' '.join(str(error).split())[:100]}"
    return "" if 200 <= status < 300 else f"HTTP {status}"


def _post(pool: httpcore2.ConnectionPool, target: httpx2.URL, signal: str, text: str) -> int:
    """Returns the answer's status."""
    path = f"{target.path.rstrip('/')}{signal}" or "/"
    there = target.copy_with(path=path)
    return pool.request(
        "POST",
        httpcore2.URL(
            scheme=there.raw_scheme, host=there.raw_host, port=there.port, target=there.raw_path
        ),
        headers={
            "Host": there.netloc.decode("ascii"),
            "User-Agent": f"digest/{__version__}",
            "Content-Type": "text/plain; charset=utf-8",
        },
        content=text.encode()[-LONGEST:],
        extensions={"timeout": dict.fromkeys(("connect", "read", "write"), STEP)},
    ).status
