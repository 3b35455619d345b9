"""Documents for tests, told by what matters to the test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from digest.model import Document, Window

if TYPE_CHECKING:
    from digest.model import Basis, Kind

MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


class Make(Protocol):
    """What the fixture `make` can be asked for."""

    def __call__(
        self,
        title: str,
        text: str = "",
        *,
        publisher: str = "Ledger Wire",
        hours: float = 6,
        url: str = "",
        canonical: str = "",
        kind: Kind = "news",
        basis: Basis = "article",
    ) -> Document:
        """A document with defaults for all that the test does not name; `hours` counts from the
        window's start.
        """
        ...


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes documents, each at an address of its own."""
    count = 0

    def made(
        title: str,
        text: str = "",
        *,
        publisher: str = "Ledger Wire",
        hours: float = 6,
        url: str = "",
        canonical: str = "",
        kind: Kind = "news",
        basis: Basis = "article",
    ) -> Document:
        nonlocal count
        count += 1
        when = MORNING + timedelta(hours=hours)
        host = f"{publisher.lower().replace(' ', '')}.example"
        address = url or f"https://{host}/{count}"
        return Document(
            f"e{count}",
            address,
            f"https://{host}/feed",
            kind,
            title,
            publisher,
            when,
            when,
            basis,
            text,
            canonical_url=canonical,
        )

    return made


@pytest.fixture
def window() -> Window:
    """The day of the documents."""
    return Window(MORNING, MORNING + timedelta(days=1))
