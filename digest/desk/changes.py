"""Tells pages when a file of an issue has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import awatch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from watchfiles import Change

_SHOWN = {".html", ".json", ".md", ".txt", ".xml"}


async def changes(
    output: Path, request: Request, stopping: Callable[[], bool]
) -> AsyncIterator[str]:
    """A server-sent event for each burst of changes, until the page is closed or the server
    stops.
    """
    async for found in awatch(
        output, watch_filter=is_shown, rust_timeout=400, yield_on_timeout=True
    ):
        if stopping() or await request.is_disconnected():
            return
        yield "event: change\ndata: \n\n" if found else ": watching\n\n"


def is_shown(_change: Change, path: str) -> bool:
    """Whether a changed file is one that a page shows; databases and half-written files are not."""
    file = Path(path)
    return file.suffix in _SHOWN and not file.name.startswith(".")
