"""`digest subscribers`: the list of readers, and the lists of other services that it takes in."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.deliver.mail_address import reader_address
from digest.deliver.reader import Entrant
from digest.deliver.subscriber_csv import subscriber_file
from digest.errors import UsageError

if TYPE_CHECKING:
    from tests.press import Digest

FEEDS = "feeds:\n  - url: https://press.example/feed\n"


@pytest.fixture
def ledger(digest: Digest) -> Digest:
    """The command in a home without issues."""
    (digest.home / "feeds.yaml").write_text(FEEDS)
    return digest


def states(digest: Digest) -> dict[str, str]:
    """Who is on the list, and in what state."""
    rows = json.loads(digest("subscribers", "list", "--json").stdout)
    return {row["address"].partition("@")[0]: row["state"] for row in rows}


def taken(digest: Digest, text: str | bytes, *options: str) -> dict[str, object]:
    """What importing a file says."""
    file = digest.home / "list.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    done = digest("subscribers", "import", str(file), "--json", *options)
    assert done.returncode == 0, done.stderr
    value: dict[str, object] = json.loads(done.stdout)
    return value


EXPORTS = {
    "Substack": (
        ("email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
        "ann@x.example,true,,,false,2024-05-01T10:00:00Z,\n"
        "bob@x.example,false,,,true,2024-05-02T10:00:00Z,\n"
        "cyd@x.example,false,,,false,2024-05-02T10:00:00Z,\n"),
        {"ann": "confirmed", "bob": "unsubscribed", "cyd": "confirmed"},
    ),
    "Substack ": (
        "Email,Name,Stripe plan,Cancel date,Start date\nann@x.example,Ann,free,,2024-05-01\n",
        {"ann": "confirmed"},
    ),
    "Ghost": (
        ("id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,"
        "deleted_at,labels,tiers\n"
        "1,ann@x.example,Ann,,true,false,,2024-05-01T10:00:00.000Z,,,\n"
        "2,bob@x.example,Bob,,false,false,,2024-05-01T10:00:00.000Z,,,\n"),
        {"ann": "confirmed", "bob": "unsubscribed"},
    ),
    "Buttondown": (
        ("email,notes,metadata,tags,referrer_url,secondary_id,type,source,creation_date\n"
        "ann@x.example,,{},,,1,regular,api,2024-05-01\n"
        "bob@x.example,,{},,,2,unactivated,api,2024-05-01\n"
        "cyd@x.example,,{},,,3,unsubscribed,api,2024-05-01\n"
        "dan@x.example,,{},,,4,undeliverable,api,2024-05-01\n"
        "eve@x.example,,{},,,5,complained,api,2024-05-01\n"),
        {
            "ann": "confirmed", "bob": "pending", "cyd": "unsubscribed", "dan": "bounced",
            "eve": "complained",
        },
    ),
    "Mailchimp": (
        ('"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,'
        "CONFIRM_IP,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,LEID,EUID\n"
        'ann@x.example,Ann,"O, N",2,,,"2024-05-01 10:00:00",1.2.3.4,,,,1,a\n'
        'bob@x.example,Bob,B,2,,,,,"2024-06-01 10:00:00",May,"too many",2,b\n'),
        {"ann": "confirmed", "bob": "unsubscribed"},
    ),
    "listmonk": (
        ("uuid,email,name,attributes,status,created_at,updated_at\n"
        'u1,ann@x.example,Ann,"{""city"": ""Rome""}",enabled,2024-05-01,2024-05-01\n'
        "u2,bob@x.example,Bob,{},blocklisted,2024-05-01,2024-05-01\n"),
        {"ann": "confirmed", "bob": "unsubscribed"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("service", EXPORTS)
def test_the_lists_of_services_are_recognised_by_their_columns(
    ledger: Digest, service: str
) -> None:
    """And who has left there has left here, whatever state is wanted."""
    text, expected = EXPORTS[service]
    value = taken(ledger, text)
    assert value["format"] == service.strip()
    assert states(ledger) == expected
    again = taken(ledger, text, "--state", "confirmed")
    assert again["added"] == 0
    gone = {name for name, state in expected.items() if state not in {"confirmed", "pending"}}
    assert {name for name, state in states(ledger).items() if state != "confirmed"} == gone


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t")],
)
def test_files_are_read_as_spreadsheets_save_them(
    ledger: Digest, encoding: str, delimiter: str
) -> None:
    """With a mark at the beginning, other separators, other encodings."""
    rows = [
        ["E-Mail", "Language", "Name"],
        ["jürgen@x.example", "de", "J, ü"],
        ["ann@x.example", "", ""],
    ]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert taken(ledger, text.encode(encoding), "--state", "confirmed")["added"] == 2
    assert states(ledger) == {"ann": "confirmed", "jürgen": "confirmed"}


def test_refused_lines_are_named_with_their_reasons(ledger: Digest) -> None:
    """By the line on which they begin; the others are taken."""
    ledger("subscribers", "add", "gone@x.example")
    ledger("subscribers", "forget", "gone@x.example")
    ledger("subscribers", "add", "left@x.example")
    ledger("subscribers", "remove", "left@x.example", "--why", "asked by phone")
    text = (
        "email,editions,name\n"
        "ann@x.example,daily,\n"
        'ben@x.example,,"two\nlines"\n'
        "nobody,,\n"
        "cyd@x.example,weekdaily,\n"
        "ANN@x.example,,\n"
        "dan@x.example,,,\n"
        "\n"
        "gone@x.example,,\n"
        "Left@X.example,,\n"
        "evil@x.example\r\nBcc: all@x.example,,\n"
    )
    value = taken(ledger, text, "--state", "confirmed")
    lines = {row["line"]: row["why"] for row in value["lines"]}  # type: ignore[attr-defined]
    assert set(lines) == {5, 6, 7, 8, 10, 11, 12, 13}
    assert "stands already on line 2" in lines[7]
    assert "4 fields" in lines[8]
    assert "forgotten" in lines[10]
    assert "asked by phone" in lines[11]
    assert (value["added"], value["refused"]) == (2, 8)
    assert states(ledger) == {"ann": "confirmed", "ben": "confirmed", "left": "unsubscribed"}


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"name,place\nAnn,Rome\n",
        b'email\nann@x.example\n"bob@x.example\ncyd@x.example\n',
        b"email\nann@x.example\nb\xffb@x.example\n",
        b'email\nann@x.example\n"bob"x@x.example\n',
        b"email\nann@x.example\n" + b"x" * 200_000 + b"@x.example\n",
        b"\x89PNG\r\n\x1a\n\0\0\0",
    ],
)
def test_nothing_of_a_bad_file_is_half_taken(ledger: Digest, bad: bytes) -> None:
    """One line that names the file, exit code 2, and the list as it was."""
    file = ledger.home / "list.csv"
    file.write_bytes(bad)
    done = ledger("subscribers", "import", str(file), "--state", "confirmed")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"{file}:" in done.stderr
    assert states(ledger) == {}


@given(st.binary(max_size=400), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_list_or_a_one_line_error(
    tmp_path: Path, rest: bytes, headed: bool
) -> None:
    """Whatever stands in a file; what is taken is an address."""
    file = tmp_path / "list.csv"
    file.write_bytes((b"email,name\n" if headed else b"") + rest)
    try:
        entries = list(subscriber_file(file).entries(frozenset({"daily"}), "confirmed"))
    except UsageError as error:
        entries, said = [], str(error)
    else:
        said = ""
    assert "\n" not in said
    for entry in entries:
        if isinstance(entry, Entrant):
            assert reader_address(entry.address) == entry.address
        else:
            assert entry.why
            assert (entry.given + entry.why).isprintable()


def test_what_is_exported_can_be_imported(ledger: Digest) -> None:
    """States, editions and languages come back, into a file that only its owner can read."""
    ledger("subscribers", "add", "ann@x.example", "--edition", "daily", "--language", "de")
    ledger("subscribers", "add", "bob@x.example", "--why", "=1+1")
    ledger("subscribers", "remove", "bob@x.example", "--state", "complained")
    assert ledger("subscribers", "export", "out.csv").returncode == 0
    assert stat.S_IMODE((ledger.home / "out.csv").stat().st_mode) == 0o600
    assert ledger("subscribers", "export", "out.csv").returncode == 2
    before = json.loads(ledger("subscribers", "list", "--json").stdout)
    for file in ledger.home.glob("digest.readers*"):
        file.unlink()
    assert ledger("subscribers", "import", "out.csv").returncode == 0
    after = json.loads(ledger("subscribers", "list", "--json").stdout)
    for row in (*before, *after):
        row.pop("since")
    assert after == before


def test_who_left_comes_back_only_on_purpose(ledger: Digest) -> None:
    """`--again` says that they asked."""
    ledger("subscribers", "add", "ann@x.example")
    ledger("subscribers", "remove", "ann@x.example")
    refused = ledger("subscribers", "add", "ann@x.example")
    assert refused.returncode == 2
    assert "--again" in refused.stderr
    assert ledger("subscribers", "add", "ann@x.example", "--again").returncode == 0
    assert states(ledger) == {"ann": "confirmed"}


def test_forgetting_leaves_no_trace_of_the_address(ledger: Digest) -> None:
    """Neither in the file nor beside it; and it is not added again by mistake."""
    for name in ("ann", "unforgettable"):
        ledger("subscribers", "add", f"{name}@x.example")
    assert ledger("subscribers", "forget", "Unforgettable@x.example").returncode == 0
    for file in ledger.home.glob("digest.readers*"):
        assert b"unforgettable" not in file.read_bytes().lower()
    assert ledger("subscribers", "add", "unforgettable@x.example").returncode == 2
    counts = json.loads(ledger("subscribers", "stats", "--json").stdout)
    assert counts == {
        "pending": 0, "confirmed": 1, "unsubscribed": 0, "bounced": 0, "complained": 0,
        "forgotten": 1,
    }  # fmt: skip


def test_the_list_is_a_file_of_its_own_for_its_owner_alone(ledger: Digest) -> None:
    """And every state that a reader was in is kept with when and why."""
    ledger("subscribers", "add", "ann@x.example", "--state", "pending", "--why", "form")
    taken(ledger, "email,why\nann@x.example,\n", "--state", "confirmed")
    ledger("subscribers", "remove", "ann@x.example", "--why", "asked by phone")
    file = ledger.home / "digest.readers.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with sqlite3.connect(file) as db:
        rows = db.execute("SELECT state, why, at FROM changes ORDER BY rowid").fetchall()
    db.close()
    assert [row[:2] for row in rows] == [
        ("pending", "form"), ("confirmed", "imported, plain list"), ("unsubscribed", "asked by phone"),
    ]  # fmt: skip
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "nobody"), ("add", "ann@x.example", "--state", "happy"),
        ("add", "ann@x.example", "--edition", "hourly"), ("remove", "ann@x.example"), ("remove",),
        ("remove", "ann@x.example", "--state", "confirmed"), ("import", "none.csv"),
        ("list", "--state", "gone"), ("export", "--json"), ("forget", "a\nb@x.example"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line(ledger: Digest, arguments: tuple[str, ...]) -> None:
    """Exit code 2."""
    done = ledger("subscribers", *arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("lines", [20_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_a_long_file_takes_no_more_memory(ledger: Digest, lines: int) -> None:
    """A million lines, a third of them refused, in less than 200 MB."""
    file = ledger.home / "list.csv"
    with file.open("w") as written:
        written.write("email,name\n")
        for number in range(lines):
            written.write(f"reader{number}{'@' if number % 3 else ' '}inbox.example,{'x' * 40}\n")
    code = (
        "import re, sys; from digest.cli.main import exit_code;"
        f"sys.argv = ['digest', 'subscribers', 'import', {str(file)!r}, '--json'];"
        "code = exit_code(); status = open('/proc/self/status').read();"
        "print(re.search(r'VmHWM:\\s+(\\d+)', status)[1], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ledger.home, capture_output=True, text=True, check=True
    )
    value = json.loads(done.stdout)
    assert value["refused"] == (lines + 2) // 3
    assert value["added"] == lines - value["refused"]
    assert len(value["lines"]) == 1000
    assert int(done.stderr) * 1024 < 200e6
