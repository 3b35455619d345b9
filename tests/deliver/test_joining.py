"""`digest serve-lists`: joining by a form and a link in a mail, and whoever would misuse it."""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from digest.config.loading import load
from digest.deliver.attempts import Attempts, network
from digest.deliver.join_mail import JoinLetter, join_mail
from digest.deliver.join_routes import FROM_A_NETWORK
from digest.deliver.lists_app import application
from digest.deliver.lists_pages import Pages
from digest.run.join import JoinMails, ReadersJoining
from digest.run.serve_lists import ReadersLeaving
from digest.store import joins, readers
from digest.store.readers_file import join_tokens_of, open_readers, tokens_of
from tests.deliver.conftest import ISSUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from tests.mail_sink import MailSink
    from tests.press import Digest

LISTS = "https://lists.ledger.example"
MAIL = f"mail: {{from: 'The Ledger <news@ledger.example>', lists_url: '{LISTS}'}}\n"
ANN = "ann@inbox.example"


@pytest.fixture
def ledger(digest: Digest) -> Digest:
    """The command in a home where people can join."""
    (digest.home / "feeds.yaml").write_text(
        "newsletter: {name: 'The <b>Ledger'}\n" + MAIL + "feeds:\n  - url: https://a.example/\n"
    )
    return digest


@pytest.fixture
def pages(ledger: Digest, sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The application, asked in process, its mails sent to the sink."""
    for name, value in sink.environment.items():
        monkeypatch.setenv(name, value)
    with TestClient(serving(ledger), client=("127.0.0.1", 50_000)) as client:
        yield client


def serving(ledger: Digest) -> Starlette:
    """As `lists_application` builds it, with a mail that failed tried again at once."""
    config = load(ledger.home / "feeds.yaml")
    assert config.mail is not None
    with open_readers(config.state) as db:
        leave, join = tokens_of(db), join_tokens_of(db)
    mails = JoinMails(config.state, join, config.newsletter.name, config.mail, again=0.05)
    joining = ReadersJoining(config.state, ("daily", "insights"), join, mails)
    return application(config.newsletter.name, "en", ReadersLeaving(config.state, leave), joining)


@contextmanager
def listed(ledger: Digest) -> Iterator[dict[str, dict[str, object]]]:
    """All readers by address."""
    rows = json.loads(ledger("subscribers", "list", "--json").stdout)
    yield {row["address"]: row for row in rows}


def state_of(ledger: Digest, address: str = ANN) -> str:
    """What the list says of an address, "" when it is not on it."""
    with listed(ledger) as rows:
        return str(rows.get(address, {}).get("state", ""))


def link_sent(sink: MailSink, address: str = ANN, mail: int = 0) -> str:
    """The path of the link in a mail that has come, or comes in a moment."""
    for _ in range(200):
        if len(sink.taken.get(address, ())) > mail:
            break
        time.sleep(0.02)
    text = message_from_bytes(sink.taken[address][mail], policy=policy.default)
    body = text.get_body(("plain",))
    assert body is not None
    (link,) = re.findall(rf"{LISTS}(/join/\S+)", body.get_content())
    return str(link)


def test_who_asks_and_presses_the_button_is_a_reader(
    ledger: Digest, sink: MailSink, pages: TestClient
) -> None:
    """Looking at the link, as link scanners do, confirms nothing; pressing twice is the same."""
    assert "<form method=post action=/join>" in pages.get("/join").text
    asked = pages.post("/join", data={"email": ANN})
    assert asked.status_code == 202
    link = link_sent(sink)
    assert state_of(ledger) == "pending"
    for method in ("GET", "HEAD"):
        assert pages.request(method, link).status_code == 200
    assert "The &lt;b&gt;Ledger" in pages.get(link).text
    assert state_of(ledger) == "pending"
    for _ in range(2):
        done = pages.post(link, follow_redirects=False)
        assert (done.status_code, "You are subscribed" in done.text) == (200, True)
        assert "set-cookie" not in done.headers
    assert state_of(ledger) == "confirmed"
    with listed(ledger) as rows:
        assert "confirmed by the link" in str(rows[ANN]["why"])


def test_the_mail_is_one_that_asks_and_no_more(sink: MailSink, pages: TestClient) -> None:
    """No list headers, nothing of the form but the address, and no holiday answer wanted."""
    pages.post("/join", data={"email": ANN, "name": "Buy pills at https://evil.example"})
    link_sent(sink)
    (raw,) = sink.taken[ANN]
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["To"], mail["Subject"]) == (ANN, "Please confirm: The <b>Ledger")
    assert mail["Auto-Submitted"] == "auto-replied"
    assert b"evil.example" not in raw
    assert "List-Unsubscribe" not in mail
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def test_known_and_unknown_addresses_are_answered_the_same(
    ledger: Digest, sink: MailSink, pages: TestClient
) -> None:
    """Whoever is on the list, has left, complained, was forgotten or was written to a moment ago:
    word for word, and the list says of them what it said.
    """
    states = {f"{state}@inbox.example": state for state in ("confirmed", "pending")}
    for address, state in states.items():
        ledger("subscribers", "add", address, "--state", state)
    for state in ("unsubscribed", "complained", "bounced"):
        states[f"{state}@inbox.example"] = state
        ledger("subscribers", "add", f"{state}@inbox.example")
        ledger("subscribers", "remove", f"{state}@inbox.example", "--state", state)
    ledger("subscribers", "forget", "gone@inbox.example")
    answers = {
        (answer.status_code, answer.text, tuple(sorted(answer.headers.items())))
        for address in [*states, "gone@inbox.example", ANN, ANN]
        for answer in [pages.post("/join", data={"email": address})]
    }
    assert len(answers) == 1
    link_sent(sink)
    with listed(ledger) as rows:
        assert {address: rows[address]["state"] for address in states} == states
        assert "gone@inbox.example" not in rows


def test_who_had_left_or_was_forgotten_comes_back_by_confirming(
    ledger: Digest, sink: MailSink, pages: TestClient
) -> None:
    """And an old link, used before, brings nobody back who has left since."""
    ledger("subscribers", "add", ANN)
    ledger("subscribers", "remove", ANN)
    ledger("subscribers", "forget", "bob@inbox.example")
    for address in (ANN, "bob@inbox.example"):
        pages.post("/join", data={"email": address})
        link = link_sent(sink, address)
        assert pages.post(link).status_code == 200
        assert state_of(ledger, address) == "confirmed"
    ledger("subscribers", "remove", ANN)
    used = pages.post(link_sent(sink, ANN))
    assert (used.status_code, "no longer good" in used.text) == (410, True)
    assert state_of(ledger) == "unsubscribed"


def test_a_reader_of_one_edition_asks_for_another(
    ledger: Digest, sink: MailSink, pages: TestClient
) -> None:
    """Both come then; who gets all still gets all, and an edition that there is not is said."""
    ledger("subscribers", "add", ANN, "--edition", "daily", "--language", "de")
    ledger("subscribers", "add", "all@inbox.example")
    assert 'name=edition value="insights"' in pages.get("/join?edition=insights").text
    for address in (ANN, "all@inbox.example"):
        pages.post("/join", data={"email": address, "edition": "insights"})
        pages.post(link_sent(sink, address))
    with listed(ledger) as rows:
        assert (rows[ANN]["editions"], rows[ANN]["language"]) == (["daily", "insights"], "de")
        assert rows["all@inbox.example"]["editions"] == []
    refused = pages.post("/join", data={"email": ANN, "edition": "hourly"})
    assert (refused.status_code, "no edition" in refused.text) == (400, True)


@pytest.mark.parametrize(
    "given",
    ["", "ann", "ann@", "a b@inbox.example", "=cmd@inbox.example", "ann@inbox.example\r\nBcc: x@y.z",
     '"><script>@x.example', "ann@inbox.example,bob@inbox.example", "x" * 300 + "@a.example"],
)  # fmt: skip
def test_what_is_no_address_is_said_and_nothing_is_sent(
    sink: MailSink, pages: TestClient, given: str
) -> None:
    """With the form again, and what was typed never as markup."""
    answer = pages.post("/join", data={"email": given})
    assert answer.status_code == 400
    assert "<script" not in answer.text
    assert "<form" in answer.text
    assert not sink.taken


def test_forged_old_and_foreign_links_confirm_nothing(
    ledger: Digest, sink: MailSink, pages: TestClient
) -> None:
    """A link to leave is none to join, nor the other way round; a week later none is any good."""
    pages.post("/join", data={"email": ANN})
    link = link_sent(sink)
    token = link.rpartition("/")[2]
    with open_readers(ledger.home / "digest.sqlite3") as db:
        leaves = tokens_of(db).token(1, "daily")
    for wrong in (link[:-1], f"{link}A", f"/join/{leaves}", "/join/" + "A" * 20, f"/u//{token}",
                  f"/u/join/{token}", f"/u/daily/{token}"):  # fmt: skip
        assert pages.post(wrong).status_code == 404
    assert state_of(ledger) == "pending"
    with open_readers(ledger.home / "digest.sqlite3") as db:
        later = datetime.now(UTC) + joins.LIFE + timedelta(seconds=1)
        assert not joins.confirm(db, 1, later)
        assert joins.confirm(db, 1, later - timedelta(minutes=1))


def test_nobody_is_written_to_often(ledger: Digest) -> None:
    """Once in an hour, three times in a week, whoever asks and however it is spelled; who never
    confirms leaves no trace after that, and whom a file brought stays.
    """
    now = datetime(2026, 2, 5, 7, tzinfo=UTC)
    ledger("subscribers", "add", "old@inbox.example", "--state", "pending")
    with open_readers(ledger.home / "digest.sqlite3") as db:

        def asked(hours: float, address: str = ANN) -> bool:
            with db:
                return joins.ask(db, address, (), now + timedelta(hours=hours)) is not None

        assert [asked(h) for h in (0, 0.5, 1, 2.5, 4, 100)] == [True, False, True, True] + [
            False
        ] * 2
        assert not asked(5, "ANN@Inbox.example")
        assert asked(5, "old@inbox.example")
        assert readers.by_address(db, ANN) is not None
        assert asked(24 * 8, "bob@inbox.example")
        assert readers.by_address(db, ANN) is None
        assert readers.by_address(db, "old@inbox.example") is not None
        assert db.execute("SELECT count(*) FROM joins").fetchone()[0] == 1


def test_a_network_that_asks_too_much_is_slowed_down(pages: TestClient) -> None:
    """All of a customer's addresses are one; others are answered."""

    def ask(number: int, client: str) -> int:
        sent = {"email": f"r{number}@inbox.example"}
        return pages.post("/join", data=sent, headers={"X-Forwarded-For": client}).status_code

    codes = [ask(n, f"2001:db8:1:2::{n:x}") for n in range(FROM_A_NETWORK + 2)]
    assert codes == [202] * FROM_A_NETWORK + [429] * 2
    assert ask(99, "2001:db8:1:3::1") == 202
    assert network("198.51.100.7") == network("::ffff:198.51.100.9") == "198.51.100.0/24"
    assert network("no address") == "no address"
    limit = Attempts(1, 60, clock=iter([0.0, 1.0, 62.0]).__next__)
    assert [limit.too_many("x") for _ in range(3)] == [False, True, False]


def test_a_mail_server_that_is_away_is_tried_again(
    ledger: Digest, sink: MailSink, pages: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The mail comes once the server takes it, once."""
    sink.rcpt = lambda _address, attempt: "250 OK" if attempt > 2 else "451 4.3.0 later"
    pages.post("/join", data={"email": ANN})
    link_sent(sink)
    time.sleep(0.1)
    assert sink.counts[ANN] == 1
    assert "451 4.3.0 later" in caplog.text
    assert ANN not in caplog.text


def test_where_no_mail_can_be_sent_nobody_can_join(ledger: Digest) -> None:
    """The page says so, and leaving is as it was."""
    config = load(ledger.home / "feeds.yaml")
    with open_readers(config.state) as db:
        leaving = ReadersLeaving(config.state, tokens_of(db))
    pages = TestClient(application("The Ledger", "en", leaving, None))
    for path in ("/join", "/join/" + "A" * 20):
        assert pages.get(path).status_code == 404
        assert pages.post(path).status_code == 404


def test_a_form_that_is_too_large_is_not_read(pages: TestClient) -> None:
    """Four kilobytes are enough for any address."""
    assert pages.post("/join", content=b"email=" + b"x" * 100_000).status_code == 413


def test_the_archive_leads_to_the_form(approved_home: Path) -> None:
    """From its front page, an edition's list and an issue's page."""
    site = approved_home / "output" / "site"
    form = "https://127.0.0.1:9/join"
    assert f'href="{form}"' in (site / "index.html").read_text()
    for page in (site / "daily", site / "issues" / ISSUE):
        assert f'href="{form}?edition=daily"' in (page / "index.html").read_text()


def test_pages_and_mail_are_in_the_newsletter_s_language() -> None:
    """From the right where it is read so; in English, and marked so, where it has no catalogue; a
    percent sign in a name is one.
    """
    german, arabic, dutch = (Pages("50% Ledger", language) for language in ("de-CH", "ar", "nl"))
    for pages, mark, words in (
        (german, '<html lang="de-CH" dir=ltr>', "50% Ledger per E-Mail erhalten?"),
        (arabic, '<html lang="ar" dir=rtl>', "50% Ledger"),
        (dutch, '<html lang="en" dir=ltr>', "Get 50% Ledger by mail?"),
    ):
        page = bytes(pages.confirmation().body).decode()
        assert mark in page
        assert words in page
    when = datetime(2026, 2, 5, 7, tzinfo=UTC)
    letter = JoinLetter("50% Ledger", "news@ledger.example", "", 7, "de")
    mail = message_from_bytes(
        join_mail(letter, ANN, f"{LISTS}/join/x", when), policy=policy.default
    )
    assert mail["Subject"] == "Bitte bestätigen: 50% Ledger"
    text = mail.get_body(("plain",))
    assert text is not None
    assert "Der Link gilt 7 Tage." in text.get_content()
