"""The program in a folder of its own, with a small press to read."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.press import Digest, Press, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
