"""The archive is searched in the browser, without a server that knows of searching."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from digest.errors import IssueError
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.view import issue_view
from digest.run.site_search import index_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from jinja2 import Environment
    from playwright.sync_api import Browser, Page

    from digest.config.schema import Newsletter
    from digest.model import Draft
    from digest.render.source_list import SourceFacts

NOW = datetime(2026, 2, 5, 7, 30, tzinfo=UTC)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The folder's address on a server for plain files."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def host(
    tmp_path: Path,
    draft: Draft,
    newsletter: Newsletter,
    facts: Mapping[str, SourceFacts],
    env: Environment,
) -> Path:
    """A host on which the archive lies below a folder; its two issues differ in theme, the older
    one's language has changed since.
    """
    kept = draft.parts[0].items[0]
    odd = replace(
        kept,
        id="odd",
        headline="Quillmere *sells* <b>a</b> mill",
        text="Quillmere asks $77 million for it.",
    )
    other = replace(
        draft,
        id="2026-01-30-daily",
        date=date(2026, 1, 30),
        title="The mill",
        parts=(replace(draft.parts[0], items=(odd,)),),
        categories=("Mills",),
    )
    old = replace(newsletter, language="en-GB")
    views = (issue_view(draft, newsletter, facts), issue_view(other, old, facts))
    site = tmp_path / "deep" / "archive"
    build(site, newsletter, [ApprovedIssue(view, NOW) for view in views], env, searchable=True)
    index_site(site, newsletter.language)
    return tmp_path


def found(page: Page) -> list[str]:
    """The titles of the issues that are shown."""
    return [title.inner_text() for title in page.query_selector_all("#results h2")]


def test_words_find_an_issue_and_its_story(browser: Browser, host: Path) -> None:
    """Also a sum with its sign, in an archive below a subpath, with nothing asked of other hosts
    and nothing to complain of; the result leads to the story.
    """
    complaints: list[str] = []
    with hosted(host) as address:
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/deep/archive/search/")
        page.wait_for_selector("form:not([hidden])")
        page.fill("#words", "quillmere $77")
        page.wait_for_selector("#results article")
        assert found(page) == ["The mill"]
        assert page.inner_text("#status") == "Issues found: 1"
        assert page.inner_text("#results h3") == "Quillmere sells a mill"
        page.click("#results h3 a")
        assert page.url == f"{address}/deep/archive/issues/2026-01-30-daily/#story-odd"
        page.close()
    assert complaints == []
    assert {url for url in asked if not url.startswith(address)} == set()


def test_filters_need_no_words(browser: Browser, host: Path) -> None:
    """They stand in the address too, so that a search can be kept."""
    with hosted(host) as address:
        page = browser.new_page()
        page.goto(f"{address}/deep/archive/search/?theme=Mills")
        page.wait_for_selector("#results article")
        assert found(page) == ["The mill"]
        page.select_option("#theme", "")
        page.select_option("#month", "2026-02")
        page.wait_for_selector("#results h2:not(:has-text('The mill'))")
        assert len(found(page)) == 1
        page.close()


def test_what_did_not_change_is_not_written_again(host: Path, newsletter: Newsletter) -> None:
    """And what no search asks for any more is removed."""
    index = host / "deep" / "archive" / "search" / "pagefind"
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    languages = json.loads((index / "pagefind-entry.json").read_bytes())["languages"]
    assert {name: one["page_count"] for name, one in languages.items()} == {"en": 2}
    (index / "fragment" / "en_old.pf_fragment").write_bytes(b"old")
    index_site(index.parents[1], newsletter.language)
    fragments = {path for path in before if path.parent.name == "fragment"}
    assert {path: path.stat().st_mtime_ns for path in fragments} == {
        path: before[path] for path in fragments
    }
    assert not (index / "fragment" / "en_old.pf_fragment").exists()


def test_a_failure_leaves_the_index_as_it_was(host: Path) -> None:
    """And says so in one line."""
    site = host / "deep" / "archive"
    before = {path: path.read_bytes() for path in (site / "search").rglob("*") if path.is_file()}
    shutil.rmtree(site / "issues")
    with pytest.raises(IssueError, match=r"search index could not be made: [^\n]+$"):
        index_site(site, "en")
    assert {path: path.read_bytes() for path in before} == before
