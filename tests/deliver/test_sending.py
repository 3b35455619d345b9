"""`digest send ISSUE`: the approved bytes, to every reader, once, whatever the mail server does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from digest.deliver.pace import Pace
from digest.deliver.reader_messages import reader_messages
from digest.deliver.smtp import Server
from digest.run.sending_loop import SendingLoop
from digest.store import deliveries
from digest.store.readers_file import open_readers, tokens_of
from tests.deliver.conftest import ISSUE, LISTS, letter, subscribe
from tests.mail_sink import mail_sink

if TYPE_CHECKING:
    from tests.mail_sink import MailSink
    from tests.press import Digest


def status(digest: Digest) -> str:
    """What `digest issues` says of the issue."""
    state: str = json.loads(digest("issues", "--json").stdout)[0]["status"]
    return state


def test_every_reader_gets_the_issue_once(ledger: Digest, sink: MailSink) -> None:
    """Called again, nothing is sent; every place that tells of the issue says submitted."""
    subscribe(ledger, 40)
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"{ISSUE}: submitted: 40 readers: 40 submitted"
    again = ledger("send", ISSUE, **sink.environment)
    assert again.returncode == 0
    assert "already submitted" in again.stdout
    assert set(sink.counts.values()) == {1}
    assert len(sink.counts) == 40
    assert sink.connections == 1
    assert status(ledger) == "submitted"
    assert json.loads((ledger.home / "output" / ISSUE / "issue.json").read_text())["status"] == (
        "submitted"
    )


def test_two_readers_messages_differ_in_tokens_to_and_message_id_only(
    ledger: Digest, sink: MailSink
) -> None:
    """And each holds its own token wherever there is one."""
    subscribe(ledger, 2)
    ledger("send", ISSUE, **sink.environment)
    (one,), (other,) = sink.taken.values()
    url = re.escape(f"{LISTS}/u/daily/")
    tokens = []
    for mail in (one, other):
        flat = mail.replace(b"=\r\n", b"").decode()
        (token,) = set(re.findall(rf"{url}([\w-]{{20}})", flat))
        tokens.append(token)
        assert flat.count(token) == 4  # twice in List-Unsubscribe, in the text, in the HTML
    assert tokens[0] != tokens[1]
    leveled = []
    for mail, token in zip((one, other), tokens, strict=True):
        soft = "(?:=\r\n)?".join(map(re.escape, token))
        text = re.sub(soft, lambda found: re.sub(r"[^=\r\n]", "T", found[0]), mail.decode())
        text = re.sub(r"(?m)^(To|Message-ID): .*$", r"\1", text)
        leveled.append(text)
    assert leveled[0] == leveled[1]


def test_the_message_is_valid_and_its_list_headers_are_whole(
    ledger: Digest, sink: MailSink
) -> None:
    """No defect by the standard library's strict parser, no 8-bit byte, no long body line, and the
    approved bytes inside.
    """
    subscribe(ledger, 1)
    ledger("send", ISSUE, **sink.environment)
    ((raw,),) = sink.taken.values()
    mail = message_from_bytes(raw, policy=policy.default.clone(raise_on_defect=True))
    assert raw.isascii()
    body = raw.split(b"\r\n\r\n", 1)[1]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    header = raw.split(b"\r\n\r\n", 1)[0].decode()
    (leave,) = re.findall(r"(?m)^List-Unsubscribe: <(\S+)>, <(\S+)>\r?$", header)
    assert leave[0].startswith(f"{LISTS}/u/daily/")
    assert len(leave[0].removeprefix(LISTS)) <= 55
    assert leave[1].startswith("mailto:leave@ledger.example?subject=leave%20daily%20")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw.decode()
    assert mail["List-Id"].endswith("<daily.ledger.example>")
    assert mail["To"] == "reader0@inbox.example"
    text, html = mail.iter_parts()
    token = leave[0].rpartition("/")[2]
    folder = ledger.home / "output" / ISSUE
    for part, name in ((text, "email.txt"), (html, "email.html")):
        approved = (folder / name).read_text().replace("THIS-READERS-OWN-KEY", token)
        assert part.get_content().replace("\r\n", "\n").strip() == approved.strip()
        assert part["Content-Transfer-Encoding"] == "quoted-printable"


@pytest.mark.parametrize("changed", ["issue.md", "email.html"])
def test_only_what_was_approved_goes_out(ledger: Digest, sink: MailSink, changed: str) -> None:
    """A byte more, and nothing is sent."""
    subscribe(ledger, 3)
    with (ledger.home / "output" / ISSUE / changed).open("a") as file:
        file.write("\n")
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 1
    assert "approve it first" in done.stderr
    assert not sink.counts


def test_an_issue_that_went_out_never_goes_out_again_with_other_words(
    ledger: Digest, sink: MailSink
) -> None:
    """Changed, approved anew and sent, it is refused."""
    subscribe(ledger, 3)
    ledger("send", ISSUE, **sink.environment)
    draft = ledger.home / "output" / ISSUE / "issue.md"
    draft.write_text(draft.read_text().replace("title: ", "title: Once more, ", 1))
    approve_whatever_is_flagged(ledger)
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 1
    assert "goes out once" in done.stderr
    assert sum(sink.counts.values()) == 3


def test_the_audience_is_who_was_there_when_sending_began(ledger: Digest) -> None:
    """Who joins later waits for the next issue, who left meanwhile gets none."""
    subscribe(ledger, 6)
    with mail_sink(mail=lambda number: "250 OK" if number < 2 else "550 not you") as first:
        done = ledger("send", ISSUE, **first.environment)
    assert done.returncode == 1
    assert "takes no mail from news@ledger.example: 550 not you" in done.stderr
    assert status(ledger) == "sending"
    subscribe(ledger, 1, first=100)
    ledger("subscribers", "remove", "reader4@inbox.example")
    ledger("subscribers", "forget", "reader5@inbox.example")
    with mail_sink() as second:
        done = ledger("send", ISSUE, **second.environment)
    assert done.returncode == 0, done.stdout
    assert set(second.counts) == {"reader2@inbox.example", "reader3@inbox.example"}
    assert done.stdout.splitlines()[-1].endswith("6 readers: 4 submitted, 2 withdrawn")


def test_the_counts_add_up_whatever_the_server_answers(ledger: Digest) -> None:
    """Refused for good is recorded, an address that nobody has is written to no more, what is put
    off at any stage is tried again.
    """
    answers = {
        "reader1@inbox.example": "550 5.1.1 no such user",
        "reader2@inbox.example": "550 5.7.1 not today",
    }

    def rcpt(address: str, attempt: int) -> str:
        if address == "reader3@inbox.example" and attempt == 1:
            return "451 4.7.1 greylisted"
        return answers.get(address, "250 OK")

    def data(address: str, attempt: int) -> str:
        return "452 4.3.1 full" if address == "reader4@inbox.example" and attempt == 1 else "250 ok"

    subscribe(ledger, 6)
    with mail_sink(rcpt=rcpt, data=data) as sink:
        done = ledger("send", ISSUE, "--json", **sink.environment)
    value = json.loads(done.stdout)
    assert done.returncode == 0
    assert value["status"] == "submitted"
    assert (value["audience"], value["counts"]["submitted"], value["counts"]["refused"]) == (
        6,
        4,
        2,
    )
    assert sum(value["counts"].values()) == 6
    assert {row["address"] for row in value["refused"]} == set(answers)
    assert set(sink.counts.values()) == {1}
    states = {
        row["address"]: row["state"]
        for row in json.loads(ledger("subscribers", "list", "--json").stdout)
    }
    assert states["reader1@inbox.example"] == "bounced"
    assert states["reader2@inbox.example"] == "confirmed"


def test_what_is_put_off_at_any_stage_is_tried_again(ledger: Digest) -> None:
    """Sender, recipient, the wish to send, the message: 4xx at each, once."""
    first = {stage: {f"reader{number}@inbox.example"} for number, stage in enumerate("RDM")}
    senders = iter(["451 4.3.0 a moment", "421 4.3.2 closing"])

    def put_off(stage: str, address: str, attempt: int, usual: str) -> str:
        return "450 4.2.0 later" if address in first[stage] and attempt == 1 else usual

    subscribe(ledger, 4)
    with mail_sink(
        mail=lambda _number: next(senders, "250 OK"),
        rcpt=lambda address, attempt: put_off("R", address, attempt, "250 OK"),
        begin=lambda address, attempt: put_off("D", address, attempt, "354 go on"),
        data=lambda address, attempt: put_off("M", address, attempt, "250 OK"),
    ) as sink:
        done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1].endswith("4 readers: 4 submitted")
    assert set(sink.counts.values()) == {1}


def test_forgetting_reaches_what_servers_answered(ledger: Digest) -> None:
    """An answer that holds the address goes with it; the count stays."""
    subscribe(ledger, 2)
    with mail_sink(
        rcpt=lambda to, _n: f"550 5.1.1 <{to}> unknown" if "r1@" in to else "250 ok"
    ) as sink:
        done = ledger("send", ISSUE, **sink.environment)
    assert "<reader1@inbox.example> unknown" in done.stdout
    assert ledger("subscribers", "forget", "reader1@inbox.example").returncode == 0
    for file in ledger.home.glob("digest.readers*"):
        assert b"reader1@" not in file.read_bytes()
    again = ledger("send", ISSUE, **sink.environment)
    assert again.stdout.splitlines()[-1].endswith("2 readers: 1 submitted, 1 refused")


def test_what_is_put_off_for_long_is_left_to_the_next_run(ledger: Digest) -> None:
    """Which says when; after two days it is given up."""
    subscribe(ledger, 2)
    with (
        mail_sink(
            rcpt=lambda to, _n: "450 4.2.2 full" if to[:7] == "reader1" else "250 ok"
        ) as sink,
        open_readers(ledger.home / "digest.sqlite3", threads=True) as db,
        ThreadPoolExecutor(1) as committer,
        ThreadPoolExecutor(1) as pool,
    ):
        sending = deliveries.begin(db, ISSUE, "daily", "hash", datetime.now(UTC))
        loop = SendingLoop(
            Server("127.0.0.1", sink.port),
            lambda _: "news@ledger.example",
            reader_messages(letter()),
            "daily",
            tokens_of(db),
            deliveries.Deliveries(db, sending.number, committer),
            Pace(),
            lambda _told: None,
            longest_wait=1.5,
        )
        assert loop.run(pool, 1, lambda: None) == ""
        assert deliveries.counts(db, sending.number) == {"submitted": 1, "put-off": 1}
        assert sink.asked["reader1@inbox.example"] == 2
        assert deliveries.end(db, sending.number, datetime.now(UTC)) == "sending"
        assert deliveries.give_up(db, sending.number, "given up: ") == 1
        assert deliveries.replies(db, sending.number, "refused") == [
            ("reader1@inbox.example", "given up: 450 4.2.2 full")
        ]
        assert deliveries.end(db, sending.number, datetime.now(UTC)) == "submitted"


def test_a_server_that_speaks_tls_gets_it(ledger: Digest) -> None:
    """STARTTLS with a certificate that the system trusts."""
    certificate = ledger.home / "mail.pem"
    made = subprocess.run(
        [
            shutil.which("openssl") or "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
            "-keyout", "-", "-out", "-", "-subj", "/CN=127.0.0.1", "-days", "2",
            "-addext", "subjectAltName=IP:127.0.0.1",
        ],
        capture_output=True,
        check=True,
    )  # fmt: skip
    certificate.write_bytes(made.stdout)
    subscribe(ledger, 3)
    with mail_sink(certificate=certificate) as sink:
        done = ledger.process("send", ISSUE, SSL_CERT_FILE=str(certificate), **sink.environment)
    assert done.returncode == 0, done.stderr
    assert len(sink.counts) == 3
    assert sink.encrypted == 1


def test_a_server_elsewhere_that_offers_no_encryption_gets_nothing(
    ledger: Digest, sink: MailSink
) -> None:
    """Neither a message nor the password. (This machine under a name that says nothing of it.)"""
    subscribe(ledger, 1)
    elsewhere = {
        "DIGEST_SMTP_HOST": "2130706433",
        "DIGEST_SMTP_USER": "u",
        "DIGEST_SMTP_PASSWORD": "p",
    }
    done = ledger("send", ISSUE, **(sink.environment | elsewhere))
    assert (done.returncode, len(sink.counts)) == (1, 0)
    assert "offers no encryption" in done.stderr
    assert status(ledger) != "submitted"


def test_a_server_that_ends_connections_loses_nobody(ledger: Digest) -> None:
    """421 after some messages, and hanging up in the middle of a message, which is then sent
    again.
    """
    subscribe(ledger, 20)
    with mail_sink(
        messages_a_connection=6,
        drop_in_data=lambda address, attempt: address == "reader9@inbox.example" and attempt == 1,
    ) as sink:
        done = ledger("send", ISSUE, **sink.environment)
    tally = done.stdout.splitlines()[-1]
    assert sink.connections >= 4
    # what was hung up on just after its end would be uncertain; here it was seen before
    if done.returncode == 0:
        assert tally.endswith("20 readers: 20 submitted")
        assert len(sink.counts) == 20
    else:
        assert tally.endswith("20 readers: 19 submitted, 1 uncertain")
    assert set(sink.counts.values()) == {1}


def test_a_server_that_hangs_up_instead_of_answering_leaves_the_message_uncertain(
    ledger: Digest,
) -> None:
    """It is reported, not sent again by itself, and sent again on purpose with the same
    Message-ID.
    """
    subscribe(ledger, 4)
    with mail_sink(
        data=lambda address, attempt: (
            "" if address == "reader2@inbox.example" and attempt == 1 else "250 ok"
        )
    ) as sink:
        done = ledger("send", ISSUE, **sink.environment)
        assert done.returncode == 1
        assert done.stdout.splitlines()[-1].endswith("3 submitted, 1 uncertain")
        assert "--resend-uncertain" in done.stdout
        again = ledger("send", ISSUE, **sink.environment)
        assert again.returncode == 1
        assert sink.counts["reader2@inbox.example"] == 1
        assert status(ledger) == "sending"
        on_purpose = ledger("send", ISSUE, "--resend-uncertain", **sink.environment)
        assert on_purpose.returncode == 0
        first, second = sink.taken["reader2@inbox.example"]
    assert first == second
    assert status(ledger) == "submitted"


@pytest.mark.parametrize(
    ("extensions", "counts"),
    [(("SMTPUTF8",), "2 submitted"), ((), "1 submitted, 1 refused")],
)
def test_an_internationalised_address_needs_a_server_that_takes_it(
    ledger: Digest, extensions: tuple[str, ...], counts: str
) -> None:
    """SMTPUTF8 where it is there; refused with the reason where it is not. A domain in other
    letters needs none.
    """
    for address in ("jürgen@inbox.example", "anna@bücher.example"):
        assert ledger("subscribers", "add", address).returncode == 0
    with mail_sink(extensions=extensions) as sink:
        done = ledger("send", ISSUE, **sink.environment)
    assert done.stdout.splitlines()[-1].endswith(f"2 readers: {counts}"), done.stdout
    assert "anna@xn--bcher-kva.example" in sink.counts
    if extensions:
        assert sink.taken["jürgen@inbox.example"]
    else:
        assert "SMTPUTF8" in done.stdout


def test_a_certificate_that_is_not_to_be_trusted_ends_it(ledger: Digest) -> None:
    """One line that says so, and nothing is sent."""
    from pathlib import Path

    subscribe(ledger, 2)
    with mail_sink(certificate=Path(__file__).parents[1] / "net" / "expired.pem") as sink:
        done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 1
    assert "its certificate is not to be trusted" in done.stderr
    assert not sink.counts


def test_many_readers_need_a_way_to_leave(ledger: Digest, sink: MailSink) -> None:
    """26 are refused with one line that says how to set it up; 25 are not."""
    settings = ledger.home / "feeds.yaml"
    settings.write_text(re.sub(r"\n  lists_\w+: \S+", "", settings.read_text()))
    subscribe(ledger, 26)
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 2
    assert "serve-lists" in done.stderr
    assert done.stderr.count("\n") == 1
    ledger("subscribers", "remove", "reader7@inbox.example")
    assert ledger("send", ISSUE, **sink.environment).returncode == 0
    assert len(sink.counts) == 25


def test_nobody_to_send_to_is_said(ledger: Digest, sink: MailSink) -> None:
    """Exit code 1, and the issue stays approved."""
    ledger("subscribers", "add", "maybe@inbox.example", "--state", "pending")
    ledger("subscribers", "add", "other@inbox.example", "--edition", "insights")
    done = ledger("send", ISSUE, **sink.environment)
    assert done.returncode == 1
    assert "no confirmed readers" in done.stderr
    assert status(ledger) == "approved"


def test_a_dry_run_writes_the_messages_and_sends_none(ledger: Digest, sink: MailSink) -> None:
    """One .eml file for each reader; nothing else changes."""
    subscribe(ledger, 3)
    done = ledger("send", ISSUE, "--dry-run", **sink.environment)
    assert done.returncode == 0, done.stderr
    files = sorted((ledger.home / "output" / "mail" / ISSUE).glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [mail["To"] for mail in mails] == [f"reader{i}@inbox.example" for i in range(3)]
    assert not sink.connections
    assert status(ledger) == "approved"


def test_a_readers_token_is_given_to_nobody_else(ledger: Digest, sink: MailSink) -> None:
    """A story's link that holds the place where a token goes, or the whole of the reader's link,
    carries none.
    """
    subscribe(ledger, 1)
    own = f"{LISTS}/u/daily/THIS-READERS-OWN-KEY"
    evil = (
        f" [more](https://evil.example/?to={own}) [and](https://evil.example/THIS-READERS-OWN-KEY)"
    )
    draft = ledger.home / "output" / ISSUE / "issue.md"
    before, bullet, after = draft.read_text().partition("\n- **")
    line, _, rest = after.partition("\n")
    draft.write_text(f"{before}{bullet}{line}{evil}\n{rest}")
    approve_whatever_is_flagged(ledger)
    ledger("send", ISSUE, **sink.environment)
    ((raw,),) = sink.taken.values()
    flat = raw.replace(b"=\r\n", b"").replace(b"=3D", b"=").decode()
    (token,) = set(re.findall(rf"<{LISTS}/u/daily/([\w-]{{20}})>", flat))
    urls = re.findall(r"https://evil\.example[^\s\"<]*", flat)
    assert len(urls) >= 4
    assert not [url for url in urls if token in url]


def approve_whatever_is_flagged(digest: Digest) -> None:
    """Accept by name until the issue is approved."""
    accepted: list[str] = []
    for _ in range(9):
        done = digest("approve", ISSUE, *accepted)
        if done.returncode == 0:
            return
        accepted += ["--accept", done.stderr.rpartition("--accept ")[2].strip()]
    raise AssertionError(done.stderr)
