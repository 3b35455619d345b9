"""`digest correct` and `digest unpublish`: what has gone out is put right where readers see it, and
the approved bytes stay as they were.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.run import pipeline
from digest.run.approval import approve
from digest.run.correct import correct
from digest.run.job import job_for
from digest.run.session import Session
from digest.run.single_stage import STAGES
from digest.store import open_state
from tests.built_once import built_once
from tests.deliver.conftest import MAIL, subscribe
from tests.means import MEANS
from tests.press import DAY, Digest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mail_sink import MailSink


ISSUE = f"{DAY}-daily"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SAYS = "We said <b>twice</b> as much; it was $14 billion."


@pytest.fixture(scope="session")
def out_home(tmp_path_factory: pytest.TempPathFactory, drafted_home: Path) -> Path:
    """A home with an address, whose issue is out. To be copied, never changed."""

    def build(home: Path) -> None:
        shutil.copytree(drafted_home, home, dirs_exist_ok=True)
        settings = home / "feeds.yaml"
        address = "newsletter: {url: 'https://ledger.example/'}\n"
        settings.write_text(address + settings.read_text())
        done = Digest(home)("approve", ISSUE)
        assert done.returncode == 0, done.stderr

    return built_once(tmp_path_factory, "out-home", build)


@pytest.fixture
def out(out_home: Path, digest: Digest) -> Digest:
    """The command in a home whose issue is out."""
    shutil.copytree(out_home, digest.home, dirs_exist_ok=True)
    return digest


def value(digest: Digest) -> dict[str, Any]:
    """issue.json."""
    told: dict[str, Any] = json.loads((digest.home / "output" / ISSUE / "issue.json").read_text())
    return told


def first_story(digest: Digest) -> dict[str, Any]:
    """The first story of the issue."""
    story: dict[str, Any] = value(digest)["sections"][0]["stories"][0]
    return story


def site(digest: Digest, path: str) -> str:
    """A file of the archive."""
    return (digest.home / "output/site" / path).read_text()


def approved_bytes(digest: Digest) -> list[bytes]:
    """What was approved."""
    folder = digest.home / "output" / ISSUE
    return [(folder / name).read_bytes() for name in ("issue.md", "email.html", "email.txt")]


def entry_of(digest: Digest, path: str) -> ET.Element:
    """The issue's entry in an Atom feed."""
    (entry,) = ET.fromstring(site(digest, path)).findall("a:entry", ATOM)  # noqa: S314  our own
    return entry


def updated(digest: Digest) -> datetime:
    """When the feed says that the issue was changed."""
    return datetime.fromisoformat(entry_of(digest, "feed.xml").findtext("a:updated", "", ATOM))


def test_a_correction_stands_on_the_page_and_in_the_feeds(out: Digest) -> None:
    """With its day and story; the issue is the same in feeds, and newly updated; what was approved
    has not changed by a byte.
    """
    story, before, then = first_story(out), approved_bytes(out), updated(out)
    done = out("correct", ISSUE, "--story", story["id"], "--text", SAYS)
    assert done.returncode == 0, done.stderr
    page = site(out, f"issues/{ISSUE}/index.html")
    shown = page[page.index('class="corrections"') :].partition("</section>")[0]
    assert "We said &lt;b&gt;twice&lt;/b&gt; as much; it was $14 billion." in shown
    assert f"{datetime.now(UTC).year}</time>" in shown
    (told,) = value(out)["corrections"]
    assert (told["story"], told["headline"], told["text"]) == (story["id"], story["headline"], SAYS)
    assert value(out)["status"] == "approved"
    assert approved_bytes(out) == before
    assert SAYS.partition("<")[0] in entry_of(out, "feed.xml").findtext("a:content", "", ATOM)
    assert updated(out) >= then
    (item,) = json.loads(site(out, "daily/feed.json"))["items"]
    assert "it was $14 billion" in item["content_html"]
    assert item["date_modified"] >= item["date_published"]


def test_a_correction_is_mailed_to_who_asks_for_it(out: Digest, sink: MailSink) -> None:
    """Each reader gets it once, with a link of the reader's own to leave by; called again with the
    same words nobody gets it twice. Without a mail server nothing is corrected.
    """
    settings = out.home / "feeds.yaml"
    settings.write_text(settings.read_text() + MAIL)
    subscribe(out, 3)
    command = ("correct", ISSUE, "--text", "It was <17>, not 71.", "--mail")
    assert out(*command).returncode == 2
    assert "corrections" not in value(out)
    done = out(*command, **sink.environment)
    assert done.returncode == 0, done.stderr
    assert out(*command, **sink.environment).returncode == 0
    assert set(sink.counts.values()) == {1}
    mails = [message_from_bytes(mail[0], policy=policy.default) for mail in sink.taken.values()]
    assert {mail["Subject"] for mail in mails} == {"Correction to the issue of 22 September 2025"}
    (text, page) = (mails[0].get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert "It was <17>, not 71." in text.get_content()
    assert "It was &lt;17&gt;, not 71." in page.get_content()
    links = {re.findall(r"/u/daily/([\w-]+)", mail.as_string())[-1] for mail in mails}
    assert len(links) == 3
    assert value(out)["status"] == "approved"


def test_a_correction_made_twice_is_one(out: Digest) -> None:
    """And another is another, of the whole issue where no story is named."""
    out("correct", ISSUE, "--text", SAYS)
    out("correct", ISSUE, "--text", f" {SAYS} ")
    out("correct", ISSUE, "--text", "And more.")
    assert [one["text"] for one in value(out)["corrections"]] == [SAYS, "And more."]


def test_without_the_state_the_archive_tells_the_same(out: Digest) -> None:
    """The issue's folder vouches for its corrections, and for having been taken down."""
    out("correct", ISSUE, "--text", SAYS)
    page = site(out, f"issues/{ISSUE}/index.html")
    for path in out.home.glob("digest.sqlite3*"):
        path.unlink()
    shutil.rmtree(out.home / "output/site")
    assert out("site", "rebuild").returncode == 0
    assert site(out, f"issues/{ISSUE}/index.html") == page


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((ISSUE, "--text", "  "), 2, "says nothing"),
        ((ISSUE, "--text", "x" * 1001), 2, "longer than 1000"),
        ((ISSUE, "--story", "nope", "--text", "x"), 1, "no story 'nope'"),
        (("2025-01-01-daily", "--text", "x"), 1, "no issue"),
    ],
    ids=["empty", "long", "story", "issue"],
)
def test_what_corrects_nothing_is_refused(
    out: Digest, arguments: tuple[str, ...], code: int, says: str
) -> None:
    """In one line."""
    done = out("correct", *arguments)
    assert (done.returncode, says in done.stderr) == (code, True)


def test_a_draft_is_changed_and_not_corrected(drafted: Digest) -> None:
    """Nobody has read it yet."""
    done = drafted("correct", ISSUE, "--text", "x")
    assert done.returncode == 1
    assert "never approved" in done.stderr


def test_an_issue_that_is_taken_down_leaves_a_notice(out: Digest) -> None:
    """At its address and in the feeds, under the id that feed readers know; nothing of what it
    said is left in the archive, neither in lists nor in sitemap and search.
    """
    headline, identity = (
        first_story(out)["headline"],
        entry_of(out, "feed.xml").findtext("a:id", "", ATOM),
    )
    done = out("unpublish", ISSUE, "--reason", "Its source was <forged>.")
    assert done.returncode == 0, done.stderr
    page = site(out, f"issues/{ISSUE}/index.html")
    assert "Its source was &lt;forged&gt;." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "data-pagefind-body" not in page
    entry = entry_of(out, "daily/feed.xml")
    assert entry.findtext("a:id", "", ATOM) == identity
    assert entry.findtext("a:title", "", ATOM) == "Withdrawn: Daily, 22 September 2025"
    assert "forged" in entry.findtext("a:content", "", ATOM)
    (item,) = json.loads(site(out, "feed.json"))["items"]
    assert (item["id"], item["title"]) == (identity, "Withdrawn: Daily, 22 September 2025")
    assert ISSUE not in site(out, "sitemap.xml")
    assert ISSUE not in site(out, "index.html")
    assert not (out.home / "output/site/search/pagefind").exists()
    assert site(out, "gone.map") == f"/issues/{ISSUE}/ 410;\n"
    files = [
        path
        for path in (out.home / "output/site").rglob("*")
        if path.suffix in {".html", ".xml", ".json"}
    ]
    assert [path for path in files if headline in path.read_text()] == []
    assert value(out)["unpublished"]["reason"] == "Its source was <forged>."
    for path in out.home.glob("digest.sqlite3*"):
        path.unlink()
    out("site", "rebuild")
    assert site(out, f"issues/{ISSUE}/index.html") == page


def test_what_was_taken_down_can_be_put_back(out: Digest) -> None:
    """Byte for byte; and taken down it is not sent."""
    page = site(out, f"issues/{ISSUE}/index.html")
    out("unpublish", ISSUE, "--reason", "A mistake")
    done = out("send", ISSUE, DIGEST_SMTP_HOST="127.0.0.1")
    assert done.returncode in {1, 2}
    assert out("unpublish", ISSUE, "--undo").returncode == 0
    assert site(out, f"issues/{ISSUE}/index.html") == page
    assert not (out.home / "output/site/gone.map").exists()
    assert out("unpublish", ISSUE, "--undo").returncode == 1
    assert out("unpublish", ISSUE).returncode == 2


@pytest.fixture
def home(made_day: Path, tmp_path: Path) -> Path:
    """A copy of a home with a draft of Monday."""
    return shutil.copytree(made_day, tmp_path / "home")


@pytest.mark.slow
def test_the_next_issue_carries_the_correction_once(home: Path) -> None:
    """In a section of its own, with the story's sources; it may go out, for whoever made it has
    accepted it; the issue after that does not tell it again.
    """
    settings = home / "feeds.yaml"
    settings.write_text(f"{settings.read_text()}\neditions: {{daily: {{min_stories: 1}}}}\n")
    drafts, config = list[str](), load(settings)
    with open_state(config.state) as db, Newsroom() as newsroom:

        def session_of(day: int) -> Session:
            now = datetime(2025, 9, day, 20, tzinfo=UTC)
            return Session(config, db, now=now, resolver=newsroom.resolve, **MEANS)

        session = session_of(22)
        approve(session, ISSUE)
        told = json.loads((session.folder(ISSUE).path / "issue.json").read_text())
        story = told["sections"][0]["stories"][0]
        correct(session, ISSUE, story["id"], "It was 17 billion, not 71.")
        for day in (23, 24):
            session = session_of(day)
            job = job_for(session, "daily", None)
            STAGES["extract"](session, job)
            pipeline.make(session, job)
            drafts.append(session.folder(job.id).text() or "")
            assert approve(session, job.id).status == "approved"
    first, second = drafts
    section = first[first.index("## Corrections") :]
    assert re.match(r"## Corrections\n\n- \*\*.* \(22 September 2025\):\*\* It was 17", section)
    assert story["sources"][0]["url"] in section
    assert "## Corrections" not in second
