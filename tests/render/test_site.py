"""The archive lists the approved issues and no others, and its feed is stable."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from digest.config.schema import Newsletter
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.view import issue_view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

    from digest.model import Draft
    from digest.render.source_list import SourceFacts

APPROVED = datetime(2026, 2, 5, 7, 30, tzinfo=UTC)


@pytest.fixture
def issues(
    draft: Draft, newsletter: Newsletter, facts: Mapping[str, SourceFacts]
) -> list[ApprovedIssue]:
    """Three issues over two months, oldest first."""
    days = (date(2026, 1, 30), date(2026, 2, 4), date(2026, 2, 5))
    drafts = [replace(draft, id=f"{day}-daily", date=day, title=f"Issue of {day}") for day in days]
    return [
        ApprovedIssue(issue_view(one, newsletter, facts), APPROVED.replace(hour=n))
        for n, one in enumerate(drafts)
    ]


def feed_of(site: Path) -> ET.Element:
    """The feed, parsed."""
    return ET.fromstring((site / "feed.xml").read_bytes())  # noqa: S314  our own file


def test_issues_are_listed_newest_first_by_month(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """Each leads to its page, which leads back."""
    build(tmp_path, newsletter, issues, env)
    page = (tmp_path / "index.html").read_text()
    order = [
        "February 2026",
        "Issue of 2026-02-05",
        "Issue of 2026-02-04",
        "January 2026",
        "Issue of 2026-01-30",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert 'href="issues/2026-02-05-daily/"' in page
    assert 'href="../../"' in (tmp_path / "issues/2026-02-05-daily/index.html").read_text()


def test_nothing_is_written_when_nothing_changed(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """A second build leaves every file alone; one approval more touches its page and the one before
    it, and what lists it, and no other month.
    """
    build(tmp_path, newsletter, issues[:2], env)
    assert build(tmp_path, newsletter, issues[:2], env) == ()
    written = {
        path.relative_to(tmp_path).as_posix() for path in build(tmp_path, newsletter, issues, env)
    }
    pages = {
        path for path in written if path.startswith(("issues/", "months/")) and "card" not in path
    }
    assert pages == {
        *(f"issues/2026-02-0{day}-daily/index.html" for day in (4, 5)),
        "months/2026-02/index.html",
    }
    assert {"index.html", "feed.xml", "feed.json", "sitemap.xml", "daily/index.html"} <= written


def test_a_page_of_an_issue_that_is_not_known_stays(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """Readers have its address; the list and the feed tell of what is known."""
    build(tmp_path, newsletter, issues, env)
    build(tmp_path, newsletter, issues[:1], env)
    assert (tmp_path / "issues" / "2026-02-05-daily" / "index.html").is_file()
    assert (
        "2026-02-05-daily"
        not in (tmp_path / "index.html").read_text() + (tmp_path / "feed.xml").read_text()
    )


def test_the_feed_is_atom(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """Every element that RFC 4287 requires is there, with full content and addresses that a reader
    can open.
    """
    build(tmp_path, newsletter, issues, env)
    feed = feed_of(tmp_path)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert all(
        feed.findtext(f"{{*}}{name}") for name in ("id", "title", "updated", "author/{*}name")
    )
    entries = feed.findall("{*}entry")
    assert [entry.findtext("{*}title") for entry in entries] == [
        "Issue of 2026-02-05",
        "Issue of 2026-02-04",
        "Issue of 2026-01-30",
    ]
    for entry, issue in zip(entries, reversed(issues), strict=True):
        link = entry.find("{*}link")
        assert link is not None
        assert (
            entry.findtext("{*}id")
            == link.attrib["href"]
            == f"https://token.example/news/issues/{issue.view.id}/"
        )
        assert datetime.fromisoformat(entry.findtext("{*}updated") or "") == issue.approved_at
        assert ">Northlight borrows to build</a></h3>" in (entry.findtext("{*}content") or "")
    assert feed.findtext("{*}updated") == "2026-02-05T02:30:00Z"


def test_the_json_feed_says_what_the_atom_feed_says(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """The same issues by the same ids, with the same content, for all editions and for each."""
    insights = replace(issues[0], view=replace(issues[0].view, id="x", edition="insights"))
    build(tmp_path, newsletter, [*issues, insights], env)
    for home, count in (("", 4), ("daily/", 3), ("insights/", 1)):
        feed = json.loads((tmp_path / home / "feed.json").read_bytes())
        atom = ET.fromstring((tmp_path / home / "feed.xml").read_bytes())  # noqa: S314  our own
        entries = atom.findall("{*}entry")
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["home_page_url"] == atom.findtext("{*}id") == f"{newsletter.url}/{home}"
        assert feed["title"] == atom.findtext("{*}title")
        assert len(feed["items"]) == count
        for name, tag in (("id", "id"), ("title", "title"), ("content_html", "content")):
            assert [item[name] for item in feed["items"]] == [
                entry.findtext(f"{{*}}{tag}") for entry in entries
            ]


def test_an_issue_leads_to_the_one_before_and_the_one_after(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """Of its own edition; the first has none before it, the last none after."""
    other = replace(
        issues[1], view=replace(issues[1].view, id="2026-02-04-insights", edition="insights")
    )
    build(tmp_path, newsletter, [*issues, other], env)

    def leads(name: str) -> dict[str, str]:
        page = (tmp_path / "issues" / name / "index.html").read_text()
        return {rel: href for href, rel in re.findall(r'<a href="([^"]+)" rel="(prev|next)"', page)}

    assert leads("2026-01-30-daily") == {"next": "../2026-02-04-daily/"}
    assert leads("2026-02-04-daily") == {
        "prev": "../2026-01-30-daily/",
        "next": "../2026-02-05-daily/",
    }
    assert leads("2026-02-04-insights") == {}


def test_the_sitemap_names_every_page_once(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """By the address at which it is read; without an address of the newsletter there is none."""
    build(tmp_path, newsletter, issues, env)
    root = ET.fromstring((tmp_path / "sitemap.xml").read_bytes())  # noqa: S314  our own
    listed = [node.text for node in root.findall("{*}url/{*}loc")]
    pages = {
        f"{newsletter.url}/{page.parent.relative_to(tmp_path).as_posix()}/".replace("/./", "/")
        for page in tmp_path.rglob("index.html")
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == pages
    nameless = Newsletter(name="Tea & Tokens")
    build(tmp_path / "nameless", nameless, issues, env)
    assert "<loc>" not in (tmp_path / "nameless/sitemap.xml").read_text()


def test_the_first_page_stays_short(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """However many issues there are: it shows the newest and leads to every month."""
    days = [date(2025, 1, 1) + timedelta(days=5 * i) for i in range(70)]
    many = [
        replace(issues[0], view=replace(issues[0].view, id=f"{day}-daily", date=day))
        for day in days
    ]
    build(tmp_path, newsletter, many, env)
    page = (tmp_path / "index.html").read_text()
    assert page.count("<article>") == 30
    assert len((tmp_path / "index.html").read_bytes()) < 60_000
    for key in {f"{day:%Y-%m}" for day in days}:
        assert f'href="months/{key}/"' in page
        assert (tmp_path / "months" / key / "index.html").is_file()


def test_an_issue_is_published_when_its_news_was_taken_in(
    tmp_path: Path, newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment
) -> None:
    """Another approval changes when it was updated, and no reader's clock shows last night."""
    cut_off = APPROVED.replace(hour=5)
    build(tmp_path, newsletter, [replace(issues[0], cut_off=cut_off), *issues[1:]], env)
    published = [entry.findtext("{*}published") for entry in feed_of(tmp_path).findall("{*}entry")]
    assert published[-1] == "2026-02-05T05:30:00Z"
    assert published[0] == "2026-02-05T02:30:00Z"  # of one whose cut-off nobody knows


def test_ids_without_an_address_are_tags_that_stay(
    tmp_path: Path, draft: Draft, env: Environment
) -> None:
    """The id is made of the name and the issue, not of when or where the feed was built."""
    newsletter = Newsletter(name="Tea & Tokens")
    first = ApprovedIssue(issue_view(draft, newsletter, {}), APPROVED)
    later = ApprovedIssue(
        issue_view(replace(draft, title="Mended"), newsletter, {}), APPROVED.replace(day=6)
    )
    seen = []
    for name, issue in (("a", first), ("b", later)):
        build(tmp_path / name, newsletter, [issue], env)
        feed = feed_of(tmp_path / name)
        seen.append((feed.findtext("{*}id"), feed.findtext("{*}entry/{*}id")))
    assert (
        seen
        == [
            (
                "tag:tea-tokens.invalid,2026-01-01:feed",
                "tag:tea-tokens.invalid,2026-02-05:2026-02-05-daily",
            )
        ]
        * 2
    )


def test_an_archive_without_issues_is_still_one(
    tmp_path: Path, newsletter: Newsletter, env: Environment
) -> None:
    """Before the first approval the list says so and the feed is valid and empty."""
    build(tmp_path, newsletter, [], env)
    assert "No issue has been published yet." in (tmp_path / "index.html").read_text()
    assert feed_of(tmp_path).findtext("{*}updated") == "1970-01-01T00:00:00Z"
