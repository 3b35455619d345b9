"""An episode's page: its transcript in order, with what was told of it marked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from typing import TYPE_CHECKING

from digest.model import Document, Draft, Evidence, Item, Mark, Part
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.episode_pages import Transcripts
from digest.render.view import issue_view
from tests.render.conftest import source, url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.source_list import SourceFacts

ENTRY = "0123456789abcdef"
APPROVED = datetime(2026, 2, 5, 7, tzinfo=UTC)
LINES = (
    "Welcome back to the show about leases.",
    "A rack is a promise with fans & <b>lamps</b>, and the promise costs forty million a year.",
    "Who pays when the tenant leaves?",
)
TEXT = "\n".join(LINES)


def episode() -> Document:
    """Three paragraphs of two speakers, a cue within the second."""
    starts = [TEXT.index(line) for line in LINES]
    return Document(
        entry_id=ENTRY,
        url=url("pod-lease"),
        feed_url="https://basis-points.example/feed",
        kind="podcast",
        title="The lease that launched a thousand racks",
        publisher="Basis Points",
        published=APPROVED,
        when=APPROVED,
        basis="transcript",
        text=TEXT,
        audio_url="https://basis-points.example/7.mp3",
        marks=(
            Mark(starts[0], 3, "Ada Moe"),
            Mark(starts[1], 61, "Ben <i>Vik</i>"),
            Mark(TEXT.index("costs"), 70, "Ben <i>Vik</i>"),
            Mark(starts[2], 75, "Ada Moe"),
        ),
    )


def span(words: str) -> Evidence:
    """Where the episode says this."""
    start = TEXT.index(words)
    return Evidence(url("pod-lease"), words, start, start + len(words), 61, entry=ENTRY)


def site_of(
    folder: Path,
    newsletter: Newsletter,
    facts: Mapping[str, SourceFacts],
    env: Environment,
    episodes: Mapping[str, Document],
    *spans: Evidence,
) -> str:
    """The archive of one issue that rests on these spans; returns the episode's page, "" where
    there is none.
    """
    item = Item("i", "Racks are promises", "A promise.", (source("pod-lease"),), ("n1",))
    draft = Draft(
        "2026-02-05-daily", "daily", date(2026, 2, 5), "Leases", (Part("Power", (item,)),)
    )
    view = issue_view(draft, newsletter, facts)
    issue = ApprovedIssue(view, APPROVED, evidence={"n1": spans})
    build(folder, newsletter, [issue], env, transcripts=Transcripts(episodes))
    page = folder / "episodes" / ENTRY / "index.html"
    return page.read_text() if page.is_file() else ""


def test_what_was_told_is_marked_and_leads_to_its_issue(
    tmp_path: Path, newsletter: Newsletter, facts: Mapping[str, SourceFacts], env: Environment
) -> None:
    """Spans that overlap are one mark; a speaker stands once, with the time of the first cue; all
    that the show wrote is text.
    """
    spans = (
        span("A rack is a promise with fans & <b>lamps</b>"),
        span("with fans & <b>lamps</b>, and"),
    )
    page = site_of(tmp_path, newsletter, facts, env, {ENTRY: episode()}, *spans)
    assert re.findall("<mark>(.*?)</mark>", page) == [
        "A rack is a promise with fans &amp; &lt;b&gt;lamps&lt;/b&gt;, and"
    ]
    text = unescape(re.sub("<[^>]+>", "", page))
    places = [
        text.index(words) for words in ("Ada Moe", LINES[0], "Ben <i>Vik</i>", LINES[1], LINES[2])
    ]
    assert places == sorted(places)
    assert 'href="https://basis-points.example/7.mp3#t=61">1:01</a>' in page
    assert "1:10" not in page
    story = re.search(r'href="\.\./\.\./(issues/2026-02-05-daily/)#([^"]+)"', page)
    assert story
    issue = (tmp_path / story[1] / "index.html").read_text()
    assert f'id="{story[2]}"' in issue
    assert f'href="../../episodes/{ENTRY}/"' in issue


def test_an_episode_that_may_not_be_shown_has_no_page(
    tmp_path: Path, newsletter: Newsletter, facts: Mapping[str, SourceFacts], env: Environment
) -> None:
    """Nor does one keep it that may no longer be shown, nor one that no issue rests on; one
    whose text the state has lost stays.
    """
    shown = {ENTRY: episode()}
    assert site_of(tmp_path, newsletter, facts, env, shown, span("Who pays"))
    assert not site_of(tmp_path, newsletter, facts, env, {}, span("Who pays"))
    lost = tmp_path / "lost"
    site_of(lost, newsletter, facts, env, shown, span("Who pays"))
    build(lost, newsletter, [], env, transcripts=Transcripts(unknown=frozenset({ENTRY})))
    other = {ENTRY: episode(), "f" * 16: replace(episode(), entry_id="f" * 16)}
    site_of(tmp_path, newsletter, facts, env, other, span("Who pays"))
    assert (lost / "episodes" / ENTRY / "index.html").is_file()
    assert [path.name for path in (tmp_path / "episodes").iterdir()] == [ENTRY]


def test_a_passage_beyond_the_text_is_none(
    tmp_path: Path, newsletter: Newsletter, facts: Mapping[str, SourceFacts], env: Environment
) -> None:
    """A transcript that was read anew may be shorter than what was told of it."""
    beyond = replace(span("Who pays"), start=9_000, end=9_010)
    assert not site_of(tmp_path, newsletter, facts, env, {ENTRY: episode()}, beyond)
