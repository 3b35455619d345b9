"""Fixtures for every folder of tests."""

from __future__ import annotations

import signal
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.press import Digest, Press, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """The command in an empty folder."""
    return Digest(tmp_path)


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """Four publishers, serving."""
    with ExitStack() as stack:
        yield publishing(stack)


@pytest.fixture
def newsroom(digest: Digest, press: Press) -> Digest:
    """The command in a folder that subscribes to the press."""
    (digest.home / "feeds.yaml").write_text(press.config)
    return digest


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """A background job of a shell ignores SIGINT, and so would the commands that tests start; a handler of our own they do not inherit."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
