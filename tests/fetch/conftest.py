"""A scripted server and a client that may reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from digest.config.schema import Limits
from digest.net.address_guard import AddressGuard
from digest.net.http import Client
from tests.servers import ScriptedServer, serving

MakeClient = Callable[..., Client]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server without routes; a test adds its own."""
    with serving({}) as running:
        yield running


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Make clients that may reach loopback, with quick limits unless told otherwise."""
    made: list[Client] = []

    def make(
        *,
        allow: tuple[str, ...] = ("127.0.0.0/8",),
        gap: float = 0,
        timeout: float = 1,
        deadline: float = 3,
        run_deadline: float = 60,
        **options: object,
    ) -> Client:
        limits = Limits(host_gap=gap, timeout=timeout, deadline=deadline, run_deadline=run_deadline)
        # passed on as given
        made.append(Client(guard=AddressGuard(allow), limits=limits, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    """A client that may reach loopback."""
    return make_client()
