"""Pages read in worker processes: one that kills its worker costs that page."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from digest.errors import ExtractFailed
from digest.extract.page_workers import Extractor
from digest.net.workers import processes
from tests.extract.pages import TITLE, page

if TYPE_CHECKING:
    from digest.extract.page import Page

URL = "https://meridian.example/acme"


def dies(_body: bytes, _content_type: str, _url: str) -> Page:
    """A page on which the parser crashes."""
    os._exit(11)


def fails(_body: bytes, _content_type: str, _url: str) -> Page:
    """A page that the parser gives up on."""
    raise RecursionError


def test_a_page_that_kills_its_worker_costs_that_page() -> None:
    """The one after it is read, in a fresh process."""
    with Extractor(lambda: processes(1)) as extractor:
        with pytest.raises(ExtractFailed, match="crashed"):
            extractor.call(dies, b"", "", URL)
        assert extractor.read(page(), "text/html", URL).title == TITLE


def test_a_page_that_cannot_be_parsed_says_so() -> None:
    """Whatever the parser raised is about that page alone."""
    with (
        Extractor(lambda: processes(1)) as extractor,
        pytest.raises(ExtractFailed, match=r"could not be parsed \(RecursionError\)"),
    ):
        extractor.call(fails, b"", "", URL)


def test_many_threads_share_the_workers() -> None:
    """Each gets its own page."""
    titles = [f"Acme raises its capital spending for the {i}th time" for i in range(12)]
    with Extractor(lambda: processes(2)) as extractor, ThreadPoolExecutor(6) as threads:
        found = threads.map(
            lambda title: extractor.read(page(title=title), "text/html", URL).title, titles
        )
        assert list(found) == titles
