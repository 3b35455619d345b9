"""The preview over real HTTP: what it shows, what it refuses, and that it reloads."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from digest.desk.preview import application
from digest.desk.rendering import previewed
from digest.desk.server import serve
from digest.desk.shown import Shown
from digest.errors import DigestError
from digest.issue.issue_md import parse
from digest.run.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.press import Digest

DAY = "2025-09-22"
ISSUE = f"{DAY}-daily"
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from digest.desk.server import serve
from digest.desk.shown import Shown
serve(Shown(Path(sys.argv[1])), 0, ready=lambda url: print(url, flush=True))
"""
PAGE = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src'
    " 'none'\"><title>{0}</title></head><body>{0}</body></html>"
)


def fill(output: Path) -> None:
    """Two issues, a site, and things that must not be shown."""
    for name, title in (("2026-02-04-daily", "Old <b>news</b>"), ("2026-02-05-daily", "New")):
        folder = output / name
        folder.mkdir(parents=True)
        for file in ("index.html", "email.html"):
            (folder / file).write_text(PAGE.format(f"{name} {file}"))
        (folder / "email.txt").write_text("text é")
        (folder / "issue.md").write_text("---\n")
        (folder / "issue.json").write_text(
            json.dumps({"title": title, "date": name[:10], "status": "draft"})
        )
    (output / "2026-02-06-daily").mkdir()
    (output / "2026-02-06-daily" / "issue.json").write_text("{ damaged")
    (output / "site").mkdir()
    (output / "site" / "index.html").write_text(PAGE.format("site"))
    (output / ".hidden.html").write_text("secret")
    (output / ".private").mkdir()
    (output / ".private" / "a.html").write_text("secret")
    (output / "digest.sqlite3").write_text("secret")
    (output.parent / "outside.html").write_text("secret")
    (output / "way-out.html").symlink_to(output.parent / "outside.html")


class Preview:
    """A running preview and how to ask it."""

    def __init__(self, process: subprocess.Popen[str], output: Path, port: int) -> None:
        self.process = process
        self.output = output
        self.port = port

    @contextmanager
    def open(self, path: str, host: str | None = None) -> Iterator[http.client.HTTPResponse]:
        """The response to GET `path`, sent as it stands."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.putrequest("GET", path, skip_host=True)
            if host != "":
                connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            connection.endheaders()
            with connection.getresponse() as response:
                yield response

    def get(self, path: str, host: str | None = None) -> tuple[int, str, http.client.HTTPMessage]:
        """Status, body and headers."""
        with self.open(path, host) as response:
            return response.status, response.read().decode(), response.headers


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """`serve` in a process of its own, as a user runs it."""
    output = tmp_path_factory.mktemp("desk") / "output"
    fill(output)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(output)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
        yield Preview(process, output, port)
        process.kill()


def test_the_front_page_lists_issues_newest_first(preview: Preview) -> None:
    """Title, date and status come from issue.json, escaped; a damaged one is listed by its folder's
    name.
    """
    status, page, _ = preview.get("/")
    assert status == 200
    places = [
        page.index(words)
        for words in ("2026-02-06-daily</a>", ">New</a>", "Old &lt;b&gt;news&lt;/b&gt;</a>")
    ]
    assert places == sorted(places)
    links = [
        f'href="/2026-02-05-daily/{file}"'
        for file in ("index.html", "email.html", "email.txt", "issue.json", "issue.md")
    ]
    assert all(link in page for link in links)
    assert 'href="/site/"' in page


def test_the_mail_is_shown_at_two_widths_in_a_sandbox(preview: Preview) -> None:
    """The issue that was asked for, in frames that may run nothing."""
    page = preview.get("/?issue=2026-02-04-daily")[1]
    frames = re.findall(r'<iframe sandbox width="(\d+)" src="([^"]+)"', page)
    assert frames == [
        ("600", "/2026-02-04-daily/email.html"),
        ("360", "/2026-02-04-daily/email.html"),
    ]


def test_pages_reload_themselves_and_files_stay_as_they_are(preview: Preview) -> None:
    """The script is added on the way, under a policy that allows it and nothing else; the file on
    disk is untouched.
    """
    before = (preview.output / "2026-02-05-daily" / "index.html").read_bytes()
    status, page, headers = preview.get("/2026-02-05-daily/index.html")
    nonce = re.search(r'<script nonce="([^"]+)">new EventSource', page)
    assert status == 200
    assert nonce is not None
    assert f"script-src 'nonce-{nonce[1]}'" in headers["Content-Security-Policy"]
    assert "http-equiv" not in page
    assert (preview.output / "2026-02-05-daily" / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    ("path", "media_type", "content"),
    [
        ("/2026-02-05-daily/email.txt", "text/plain; charset=utf-8", "text é"),
        ("/2026-02-05-daily/issue.md", "text/plain; charset=utf-8", "---\n"),
        ("/2026-02-04-daily/issue.json", "application/json; charset=utf-8", '"status": "draft"'),
        ("/site/", "text/html; charset=utf-8", "site"),
    ],
)
def test_files_are_served_as_what_they_are(
    preview: Preview, path: str, media_type: str, content: str
) -> None:
    """Text is shown, not saved; no type is guessed by the browser; nothing is cached."""
    status, body, headers = preview.get(path)
    assert (status, headers["Content-Type"]) == (200, media_type)
    assert content in body
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


def test_a_folder_without_its_slash_is_redirected(preview: Preview) -> None:
    """So that the links inside its page work."""
    status, _, headers = preview.get("/2026-02-05-daily")
    assert (status, headers["Location"]) == (307, "/2026-02-05-daily/")


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.html",
        "/%2e%2e/outside.html",
        "/2026-02-05-daily/../../outside.html",
        "/2026-02-05-daily/..%2f..%2foutside.html",
        "/..%5coutside.html",
        "//etc/passwd",
        "/%00",
        "/2026-02-05-daily/%00.html",
        "/.hidden.html",
        "/.private/a.html",
        "/digest.sqlite3",
        "/way-out.html",
        "/nothing.html",
        "/" + "a" * 5000 + ".html",
    ],
)
def test_nothing_outside_or_hidden_is_served(preview: Preview, path: str) -> None:
    """Not by dots, encodings, links, hidden names or kinds of file that we do not write."""
    status, body, _ = preview.get(path)
    assert status == 404
    assert "secret" not in body


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example", ""],
)
def test_only_this_machines_names_are_answered(preview: Preview, host: str) -> None:
    """A page whose name was rebound to this machine sends its own name, and learns nothing."""
    status, body, _ = preview.get("/", host)
    assert status in {400, 421}
    assert "daily" not in body
    assert preview.get("/", f"localhost:{preview.port}")[0] == 200


def event(stream: http.client.HTTPResponse) -> str:
    """The next line that is a server-sent event's or a comment."""
    return next(line for line in iter(lambda: stream.readline().decode().strip(), None) if line)


def test_a_change_is_told_to_open_pages(preview: Preview) -> None:
    """A page that is open hears of a new draft within seconds, and not of a database or a
    half-written file.
    """
    with preview.open("/-/events") as stream:
        assert event(stream) == ": watching"
        (preview.output / "digest.sqlite3").write_text("changed")
        (preview.output / ".email.html.tmp").write_text("half")
        assert [event(stream) for _ in range(3)] == [": watching"] * 3
        (preview.output / "2026-02-05-daily" / "email.txt").write_text("changed")
        assert "event: change" in [event(stream) for _ in range(10)]


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    """The message says which port and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(
            DigestError, match=r"127\.0\.0\.1:\d+ is in use; choose another with --port"
        ):
            serve(Shown(tmp_path), taken.getsockname()[1], ready=print)


def test_ctrl_c_ends_it_quietly_with_a_page_open(tmp_path: Path) -> None:
    """Exit code 0 and nothing on stderr, also when there was no output folder yet and a page is
    waiting for changes.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "output")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    running = Preview(
        process, tmp_path, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2])
    )
    assert "No issue has been drafted yet" in running.get("/")[1]
    with running.open("/-/events") as stream:
        assert event(stream) == ": watching"
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")


@pytest.fixture
def made(made_day: Path, digest: Digest) -> Digest:
    """A folder with an issue, to be changed."""
    shutil.copytree(made_day, digest.home, dirs_exist_ok=True)
    return digest


def rows(page: str) -> dict[str, str]:
    """The words of each issue's row."""
    found = re.findall(r"<tr[^>]*>\n(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
    words = (" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found)
    return {row.split()[0]: row for row in words}


def front(shown: Shown, wanted: str = "") -> str:
    """The front page."""
    client = TestClient(
        application(shown, 8765, stopping=lambda: True), base_url="http://127.0.0.1:8765"
    )
    return client.get("/", params={"issue": wanted}).text


def test_the_list_says_how_the_very_bytes_stand(made: Digest) -> None:
    """An approved issue that was changed is a draft again, whatever issue.json says; what is
    flagged and what cannot be read stand beside it.
    """
    folder, shown = made.home / ISSUE, Shown(made.home, "The Ledger")
    assert f"daily {title(folder)} draft web mail" in rows(front(shown))[DAY]
    assert made("approve", ISSUE).returncode == 0
    assert f"{title(folder)} approved web mail" in rows(front(shown))[DAY]
    draft = (folder / "issue.md").read_text()
    (folder / "issue.md").write_text(f"{draft}\n")
    assert "draft, changed since it was approved web mail" in rows(front(shown))[DAY]
    (folder / "issue.md").write_text(draft.replace("## Top Stories", "# Top Stories"))
    page = front(shown)
    assert re.search(r"issue\.md:\d+: a heading here is", rows(page)[DAY])
    assert "the last draft that could be read" in page
    first = parse(draft).parts[0].items[0]
    (folder / "issue.md").write_text(draft.replace(first.text, "Sales were $99 billion."))
    assert made("render", ISSUE).returncode == 0
    assert "draft 1 flagged web" in rows(front(shown))[DAY]


def title(folder: Path) -> str:
    """The title of an issue's draft."""
    return parse((folder / "issue.md").read_text()).title


def test_an_inbox_shows_sender_subject_and_first_words(made: Digest) -> None:
    """As the mail has them, at two widths."""
    page = front(Shown(made.home, "The Ledger"), ISSUE)
    line = re.search(
        r'<p class="inbox phone"><b>The Ledger</b> <cite>(.*)</cite> <span>(.*)</span>', page
    )
    assert line is not None
    folder = made.home / ISSUE
    assert unescape(line[1]) == f"{title(folder)} — {DAY}"
    mail = (folder / "email.html").read_text()
    hidden = re.search(r'<div class="preheader"[^>]*>(.*?)</div>', mail)
    assert hidden is not None
    assert unescape(line[2]).startswith(unescape(hidden[1]))


def test_a_draft_that_changes_is_rendered_when_it_is_looked_at(made: Digest) -> None:
    """So that nobody looks at what is no longer there; an approved issue stays as it was
    approved, and what keeps it from being rendered is said.
    """
    folder, shown = made.home / ISSUE, previewed(made.home / "feeds.yaml")
    client = TestClient(
        application(shown, 8765, stopping=lambda: True), base_url="http://127.0.0.1:8765"
    )

    def retitled(new: str) -> None:
        draft = folder / "issue.md"
        draft.write_text(re.sub(r"^title: .*", f"title: {new}", draft.read_text(), flags=re.M))

    retitled("Sooner")
    assert "Sooner" in client.get(f"/{ISSUE}/").text
    retitled("Later")
    assert "Later" in client.get(f"/{ISSUE}/email.txt").text
    retitled("Last")
    page = client.get("/").text
    assert f"Last — {DAY}" in page
    assert "newer than what you see" not in page
    with locked(made.home / "digest.sqlite3"):
        retitled("Under way")
        assert "newer than what you see" in client.get("/").text
    assert "newer than what you see" not in client.get("/").text
    assert made("approve", ISSUE).returncode == 0
    approved = (folder / "email.html").read_bytes()
    retitled("After")
    page = client.get("/").text
    assert "it was approved before this change" in page
    assert (folder / "email.html").read_bytes() == approved
