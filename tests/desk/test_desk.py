"""The desk over HTTP: what its forms do, what it shows, and what it refuses."""

from __future__ import annotations

import re
import shutil
from html import unescape
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from digest.desk.desk_app import desk_application
from digest.desk.workroom import Workroom
from digest.issue.folder import hash_of
from digest.issue.sheet import sheet
from digest.run import pipeline
from tests.desk.drafts import ISSUE, DeskDraft
from tests.mail_sink import mail_sink
from tests.model_server import model_server
from tests.run.test_model_run import good
from tests.run.test_model_run import opened as with_model
from tests.run.test_put_in import PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Response

    from tests.servers import ScriptedServer

HOME = "http://127.0.0.1:8766"
HOSTS = frozenset({"127.0.0.1:8766"})


class Desk(DeskDraft):
    """A browser without scripts, and the folder behind the desk."""

    def __init__(self, home: Path, token: str = "") -> None:
        super().__init__(home)
        app = desk_application(Workroom(home / "feeds.yaml"), HOSTS, token, stopping=lambda: True)
        self.client = TestClient(app, base_url=HOME, follow_redirects=True)

    def get(self, path: str) -> Response:
        """A page."""
        return self.client.get(path)

    def do(self, action: str, **form: str) -> Response:
        """Send a form, made from the draft as it stands unless `seen` says otherwise."""
        form = {"seen": hash_of(self.text), **form}
        return self.client.post(f"/i/{ISSUE}/do/{action}", data=form, headers={"Origin": HOME})


@pytest.fixture
def desk(home: Path) -> Desk:
    """It, on the desk."""
    return Desk(home)


def test_a_draft_is_edited_undone_and_approved(desk: Desk, home: Path) -> None:
    """Each form does what the command does; undo is there after a restart; a number that no source
    has is flagged, and accepted by name with a note; a change after the approval shows.
    """
    first, second = desk.ids[:2]
    before = desk.text
    assert "moved to place 2" in desk.do("move", story=first, place="2").text
    assert desk.ids[:2] == [second, first]
    assert "taken out" in desk.do("drop", story=second).text
    assert second not in desk.ids
    again = Desk(home)
    assert "undone" in again.do("undo").text
    again.do("undo")
    assert again.text == before
    typed = sheet(before).blocks[0].text.replace(". ", " of $987.6 billion. ", 1)
    page = desk.do("write-story", story=first, markdown=re.sub(r"\s*<!--.*-->\s*", "", typed))
    assert f"story:{first}" in desk.text
    assert "flagged" in page.text
    assert "disabled" in desk.get(f"/i/{ISSUE}/approve").text
    page = desk.do("accept", story=first, by="A. Editor", note="she told me <b>so</b>")
    assert "she told me &lt;b&gt;so&lt;/b&gt;" in page.text
    assert "is approved" in desk.do("approve").text
    assert '<span class="chip approved">' in desk.get("/").text
    desk.do("drop", story=desk.ids[-1])
    page = desk.get(f"/i/{ISSUE}")
    assert "has been changed since" in page.text
    assert '<span class="chip draft">' in page.text


def test_a_conflict_shows_both_texts_and_writes_neither(desk: Desk) -> None:
    """Another desk, or another editor, came first."""
    seen = hash_of(desk.text)
    theirs = desk.text.replace("\n## Top Stories", "\nA word of theirs.\n\n## Top Stories")
    desk.draft.write_text(theirs, encoding="utf-8")
    mine = theirs.replace("A word of theirs.", "A word of mine.")
    answer = desk.do("write-text", seen=seen, text=mine)
    assert answer.status_code == 409
    assert "A word of theirs." in answer.text
    assert "A word of mine." in answer.text
    assert desk.text == theirs
    assert desk.do("drop", seen=seen, story=desk.ids[0]).status_code == 409
    assert desk.do("approve", seen=seen).status_code == 409
    assert desk.text == theirs
    assert desk.do("write-text", text=mine).status_code == 200
    assert desk.text == mine


def test_what_cannot_be_saved_is_not_lost(desk: Desk) -> None:
    """A draft that does not parse stays on the page, with the line that is wrong."""
    before = desk.text
    answer = desk.do("write-text", text="---\nid: nothing of ours, but long to type\n")
    assert answer.status_code == 422
    assert "nothing of ours, but long to type" in answer.text
    assert desk.text == before


@pytest.mark.slow
def test_a_story_is_written_from_an_address_and_links_are_asked(
    desk: Desk, server: ScriptedServer
) -> None:
    """It is fetched, told and checked; of all links those that do not answer now are named."""
    server.routes["/fjord"] = PAGE
    url = f"{server.url}/fjord"
    page = desk.do("add", url=url, section="Top Stories", place="1")
    assert "Fjord halves the price of its accelerator" in page.text
    assert url in sheet(desk.text).blocks[0].text
    page = desk.client.post(f"/i/{ISSUE}/links", headers={"Origin": HOME})
    assert "do not answer" in page.text
    assert f"<li>{url}" not in page.text
    assert "<li>http://meridian.example/" in page.text


@pytest.mark.slow
def test_a_model_words_a_story_anew(fetched_day: Path, tmp_path: Path) -> None:
    """Where one is configured the page offers it, and what it writes is checked."""
    home = shutil.copytree(fetched_day, tmp_path / "fresh")
    with model_server(good) as model, with_model(home, model) as (session, job):
        pipeline.make(session, job)
        desk = Desk(home)
        story = desk.ids[0]
        typed = re.sub(r"\*\* [^\n]+", "** Typed by hand.", sheet(desk.text).blocks[0].text)
        desk.do("write-story", story=story, markdown=typed)
        assert "Ask the model" in desk.get(f"/i/{ISSUE}").text
        page = desk.do("reword", story=story, how="shorter")
        assert 'role="alert"' not in page.text
        assert "Typed by hand." not in desk.text


def test_a_test_mail_goes_out_and_its_headers_are_shown(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the address that is typed, marked, while the issue is a draft."""
    settings = home / "feeds.yaml"
    settings.write_text(f"{settings.read_text()}\nmail: {{from: 'L <l@ledger.example>'}}\n")
    with mail_sink() as sink:
        monkeypatch.setenv("DIGEST_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("DIGEST_SMTP_PORT", str(sink.port))
        page = desk.do("test", to="me@example.org")
    assert "was handed to the mail server for me@example.org" in page.text
    ((message,),) = sink.taken.values()
    assert b"[TEST]" in message
    assert "<dt>Message-ID</dt>" in desk.get(f"/i/{ISSUE}?look=headers").text


def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    """In the words of the command line, on the page that it was asked from."""
    story, before = desk.ids[0], desk.text
    for action, form, said in (
        ("add", {"url": "ftp://example.com/"}, "is no address of a page"),
        ("take", {"out": "nothing"}, "nothing that was left out is called"),
        ("reword", {"story": story, "how": "shorter"}, "needs a model"),
        ("theme", {"story": story, "theme": "Gardening"}, "there is no theme"),
        ("move", {"story": story, "place": "first"}, "is no place"),
        ("test", {"to": "me@example.org"}, "no 'mail'"),
        ("merge", {"story": story, "second": "gone"}, "gone"),
    ):
        page = desk.do(action, **form)
        assert 'role="alert"' in page.text, action
        assert said in unescape(page.text), action
    assert desk.do("send").status_code == 404
    assert desk.text == before


def test_evidence_marks_each_fact_and_typed_numbers_are_checked(desk: Desk) -> None:
    """In the source's passage; of what is typed the place of the number that no source has, in
    code points, and of no other.
    """
    block = sheet(desk.text).blocks[0]
    page = desk.get(f"/i/{ISSUE}/evidence?story={block.item.id}").text
    number = next(iter(re.findall(r"<b>([^<]*\d[^<]*)</b>", page)))
    assert f"<mark>{number}</mark>" in page
    assert "The source&#39;s own words" in page
    typed = f"🙂 {block.text.strip()} It cost $987.6 billion."
    form = {"story": block.item.id, "text": typed}
    answer = desk.client.post(f"/i/{ISSUE}/typed", data=form, headers={"Origin": HOME})
    marks = [typed[start:end] for start, end in answer.json()["absent"]]
    assert marks == ["$987.6 billion"]


def test_every_page_and_form_of_an_issue_is_shown(desk: Desk) -> None:
    """With a policy that lets nothing foreign run, and the mail in a frame without scripts."""
    for path in (
        "/",
        "/health",
        *(f"/i/{ISSUE}{one}" for one in ("", "/pile", "/approve", "?whole")),
    ):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
    for look in ("web", "mail", "phone", "dark", "inverted", "no-images"):
        answer = desk.get(f"/i/{ISSUE}/see/{look}")
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "prefers-color-scheme" not in desk.get(f"/i/{ISSUE}/see/dark").text
    assert "sandbox" in desk.get(f"/i/{ISSUE}").text
    assert "Highlights" in unescape(desk.get(f"/i/{ISSUE}?look=text").text)
    taken = desk.get(f"/i/{ISSUE}/pile").text
    assert re.search(r'name="out" value="\w+"', taken)


def test_script_in_a_story_is_text(desk: Desk) -> None:
    """Whatever a feed's title or an editor's paste holds."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    desk.draft.write_text(desk.text.replace("- **", f"- **{evil} ", 1), encoding="utf-8")
    for path in (
        f"/i/{ISSUE}",
        f"/i/{ISSUE}?whole",
        f"/i/{ISSUE}/approve",
        f"/i/{ISSUE}/pile",
        "/",
    ):
        page = desk.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": HOME, "Content-Length": "104857600"}, 413),
    ],
)
def test_strangers_change_nothing(desk: Desk, headers: dict[str, str], status: int) -> None:
    """Another site's form, a name that was made to point here, a body of 100 MB."""
    before = desk.text
    form = {"story": desk.ids[0], "seen": hash_of(before)}
    answer = desk.client.post(f"/i/{ISSUE}/do/drop", data=form, headers=headers)
    assert answer.status_code == status
    assert desk.text == before


def test_a_body_that_hides_its_length_is_cut_off(desk: Desk) -> None:
    """It is counted as it comes."""
    pieces = (b"x" * 65536 for _ in range(64))
    answer = desk.client.post(f"/i/{ISSUE}/typed", content=pieces, headers={"Origin": HOME})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["/i/..%2F..%2Fetc", "/i/../../feeds.yaml", "/-/static/..%2fviews.py", "/i/x/see/web"]
)
def test_no_path_climbs_out(desk: Desk, path: str) -> None:
    """Only issues by their ids, and the desk's own files by their names."""
    assert desk.get(path).status_code == 404


def test_elsewhere_only_the_token_opens_it(home: Path) -> None:
    """It is in the address once, and then in a cookie that no other site sends."""
    desk = Desk(home, token="s3cret")
    assert desk.get("/").status_code == 403
    assert desk.do("drop", story=desk.ids[0]).status_code == 403
    assert desk.get("/?token=wrong").status_code == 403
    assert desk.get("/?token=s3cret").status_code == 200
    assert desk.get("/health").status_code == 200
