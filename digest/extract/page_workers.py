"""Pages read in worker processes: one that kills or delays its worker costs that page, not the
run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self, TypeVar

from digest.errors import ExtractFailed
from digest.extract.hostile import disarmed
from digest.extract.page import Page, read_page
from digest.net.workers import WorkerError, Workers

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from types import TracebackType

    from digest.model import Document

T = TypeVar("T")
PAGE_SECONDS = 20  # trafilatura takes 5–50 ms on a page; what takes this long was made to


class Extractor:
    """Reads pages in a pool that `start` makes, from any thread."""

    def __init__(self, start: Callable[[], Executor]) -> None:
        self._workers = Workers(start, PAGE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._workers.__exit__(kind, error, trace)

    def read(self, body: bytes, content_type: str, url: str) -> Page:
        """The page's article. Raises ExtractFailed when it crashed its worker, took too long, or
        could not be parsed.
        """
        return self.call(read_page, body, content_type, url)

    def call(
        self, reading: Callable[[bytes, str, str], T], body: bytes, content_type: str, url: str
    ) -> T:
        """What `reading`, a module's function, makes of what was found at `url`. Raises
        ExtractFailed like `read`, or as `reading` does.
        """
        try:
            found = self._workers.call(_guarded, reading, body, content_type, url)
        except WorkerError as error:
            raise ExtractFailed(url, f"the page cannot be read: {error}") from None
        if isinstance(found, _Unreadable):
            raise ExtractFailed(url, found.reason)
        read: T = found
        return read

    def disarmed(self, document: Document) -> Document:
        """The document without what speaks to a machine; without any of its texts when looking
        through them came to nothing.
        """
        try:
            safe: Document = self._workers.call(disarmed, document)
        except WorkerError as error:
            return replace(
                document,
                title="",
                publisher="",
                author="",
                text="",
                notes="",
                marks=(),
                chapters=(),
                note=f"its text cannot be looked through: {error}",
            )
        return safe


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """Why a page cannot be read, on its way out of a worker: exceptions of ours do not survive
    pickling.
    """

    reason: str


def _guarded(
    reading: Callable[[bytes, str, str], T], body: bytes, content_type: str, url: str
) -> T | _Unreadable:
    """The reading, or in words why there is none. Runs in a worker."""
    try:
        return reading(body, content_type, url)
    except ExtractFailed as error:
        return _Unreadable(error.reason)
    except (
        Exception
    ) as error:  # whatever a hostile page provokes in the parser is about that page alone
        return _Unreadable(f"the page could not be parsed ({type(error).__name__})")
