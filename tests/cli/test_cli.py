"""The command line: what goes to stdout, what to stderr, and which exit code says what."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from digest.config.template_copies import write_templates
from digest.issue.issue_md import parse
from tests.press import DAY, Digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from tests.press import Press

ISSUE = f"{DAY}-daily"


def one_line(text: str) -> bool:
    """Is it one line, and no traceback?"""
    return text.count("\n") == 1 and "Traceback" not in text


# ---------------------------------------------------------------- running


def test_a_run_makes_the_issue_and_reports(newsroom: Digest) -> None:
    """The report in words on stdout, the stages on stderr, exit code 0."""
    done = newsroom.process("run", "--date", DAY)
    assert done.returncode == 0, done.stderr
    assert "feeds: 4 ok, 0 unchanged, 0 failed" in done.stdout
    assert "stories:" in done.stdout
    assert f"{ISSUE}: the draft is made" in done.stdout
    first = done.stderr.splitlines()[0]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d fetch: 4 feeds", first)
    assert (newsroom.home / "output" / ISSUE / "email.html").exists()


def test_json_is_alone_on_stdout(newsroom: Digest) -> None:
    """And says where the files are and what was left out."""
    done = newsroom("run", "--date", DAY, "--json", "-v")
    value = json.loads(done.stdout)
    assert value["issue"] == ISSUE
    assert value["state"] == "made"
    assert value["feeds"]["ok"] == 4
    assert set(value["files"]) == {
        "issue.md",
        "index.html",
        "email.html",
        "email.txt",
        "issue.json",
    }
    again = json.loads(newsroom("run", "--date", DAY, "--json").stdout)
    assert again["state"] == "unchanged"
    assert again["feeds"]["unchanged"] == 4
    assert again["pages_read"] == 0


def test_the_stages_one_by_one_make_the_same_issue(newsroom: Digest) -> None:
    """fetch, extract, summarise, compose, render: byte for byte what `run` makes."""
    for stage in ("fetch", "extract", "summarise", "compose", "render"):
        done = newsroom(stage, "--date", DAY, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["stage"] == stage
    draft = newsroom.home / "output" / ISSUE / "issue.md"
    by_stages = draft.read_bytes()
    draft.unlink()
    newsroom("run", "--date", DAY)
    assert draft.read_bytes() == by_stages


def test_a_dry_run_lists_the_plan(newsroom: Digest) -> None:
    """Sections and why each story is in; no file is written."""
    done = newsroom("run", "--date", DAY, "--dry-run")
    assert "Top Stories" in done.stdout
    assert not (newsroom.home / "output" / ISSUE).exists()


def test_a_quiet_day_is_exit_code_3(newsroom: Digest) -> None:
    """One line says so."""
    done = newsroom("run", "--date", "2025-08-01")
    assert done.returncode == 3
    assert "a quiet day: 0 stories of the 3" in done.stderr.splitlines()[-1]
    assert "feeds: 4 ok" in done.stdout
    assert json.loads(newsroom("run", "--date", "2025-08-01", "--json").stdout)["state"] == "quiet"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            "",
            (
                "refused: 127.0.0.1 is a loopback address; only what network.allow names is asked"
                " for there"
            ),
        ),
        ("network: {allow: [127.0.0.0/8]}\n", "connection refused; is the network up?"),
    ],
)
def test_all_feeds_failing_is_exit_code_1(digest: Digest, more: str, says: str) -> None:
    """With the first reason and what to do about it."""
    (digest.home / "feeds.yaml").write_text("feeds:\n  - url: http://127.0.0.1:9/feed\n" + more)
    done = digest("run")
    assert done.returncode == 1
    assert "all 1 feeds failed" in done.stderr
    assert says in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "--date", "someday"), "not a day"),
        (("run", "--date", ""), "--date: '' is not a day"),
        (("render", "--date", ""), "--date: '' is not a day"),
        (("run", "--replay", "x", "--date", ""), "--replay and --date do not go together"),
        (("run", "--date", "2999-01-01"), "still to come"),
        (("run", "--edition", "hourly"), "there is: daily"),
        (("run", "--config", "none.yaml"), "digest init"),
        (("run", "--nonsense"), "No such option"),
        (("walk",), "No such command"),
        (("feeds",), "Missing command"),
        (("feeds", "export", "nowhere/list.opml"), "no such folder"),
        (("send", ISSUE), "feeds.yaml has no 'mail'"),
        (("send", ISSUE, "--to", "me@reader.example", "--dry-run"), "no other option"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_line(
    newsroom: Digest, arguments: tuple[str, ...], says: str
) -> None:
    """What is wrong, where, and what to do."""
    done = newsroom(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert one_line(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [("show", "1999-01-01-daily"), ("approve", "nonsense"), ("show", "https://nowhere.example/")],
)
def test_an_unknown_issue_or_address_is_exit_code_1(
    newsroom: Digest, arguments: tuple[str, ...]
) -> None:
    """One line."""
    done = newsroom(*arguments)
    assert done.returncode == 1
    assert one_line(done.stderr)


def test_a_run_that_is_under_way_is_exit_code_4(newsroom: Digest) -> None:
    """The second one says who holds the lock and does nothing."""
    hold = (
        "import time, pathlib, digest.run.lock\nwith"
        " digest.run.lock.locked(pathlib.Path('digest.sqlite3')): print(1, flush=True);"
        " time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=newsroom.home, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        done = newsroom.process("run", "--date", DAY)
        other.kill()
    assert done.returncode == 4
    assert f"process {other.pid}" in done.stderr


# ---------------------------------------------------------------- looking and deciding


@pytest.fixture(scope="session")
def first(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue; it is copied, never changed."""
    home = tmp_path_factory.mktemp("first")
    (home / "feeds.yaml").write_text(press.config)
    assert Digest(home)("run", "--date", DAY).returncode == 0
    return home


@pytest.fixture
def made(first: Path, digest: Digest) -> Digest:
    """A folder with an issue, to be changed."""
    shutil.copytree(first, digest.home, dirs_exist_ok=True)
    return digest


def test_issues_and_show_tell_what_there_is(made: Digest) -> None:
    """A list, an issue with its checks, a document with its text."""
    (row,) = json.loads(made("issues", "--json").stdout)
    assert (row["id"], row["status"]) == (ISSUE, "draft")
    issue = json.loads(made("show", ISSUE, "--json").stdout)
    assert issue == json.loads((made.home / "output" / ISSUE / "issue.json").read_text())
    source = issue["sections"][0]["stories"][0]["sources"][0]
    document = json.loads(made("show", source["url"] + "?utm_source=x", "--json").stdout)
    assert (document["url"], document["basis"]) == (source["url"], "article")
    assert (
        issue["sections"][0]["stories"][0]["insights"][0]["evidence"][0]["quote"]
        in document["text"]
    )
    assert "extract:" in made("show", ISSUE).stdout


def test_an_edit_is_rendered_flagged_and_approved_by_name(made: Digest) -> None:
    """The editor's way from draft to archive."""
    draft = made.home / "output" / ISSUE / "issue.md"
    first = parse(draft.read_text()).parts[0].items[0]
    draft.write_text(draft.read_text().replace(first.text, "My own words."))
    assert made("render", "--date", DAY).returncode == 0
    assert "My own words." in (draft.parent / "index.html").read_text()
    shown = made("show", ISSUE).stdout.splitlines()
    assert [line for line in shown if line.startswith("    flagged: ")] == [
        "    flagged: My own words."
    ]
    assert sum(line.startswith("    reason for the flag: ") for line in shown) == 1
    refused = made("approve", ISSUE)
    assert refused.returncode == 1
    assert one_line(refused.stderr)
    assert f"--accept {first.id}" in refused.stderr
    assert made("approve", ISSUE, "--accept", first.id).returncode == 0
    assert json.loads(made("issues", "--json").stdout)[0]["status"] == "approved"
    assert "already approved" in made("run", "--date", DAY).stdout


# ---------------------------------------------------------------- mail


class Sink:
    """A mail server that keeps what it is sent, or refuses it."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refuse = ""

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Accept a recipient, or refuse it."""
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    # aiosmtpd's name
    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message."""
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def sink(free_port: int) -> Iterator[tuple[Sink, dict[str, str]]]:
    """A running mail server and the environment that names it."""
    kept = Sink()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield kept, {"DIGEST_SMTP_HOST": "127.0.0.1", "DIGEST_SMTP_PORT": str(free_port)}
    controller.stop()


def with_mail(made: Digest) -> None:
    """Add a sender to the configuration."""
    settings = made.home / "feeds.yaml"
    settings.write_text(
        settings.read_text()
        + "mail: {from: The Ledger <news@ledger.example>, reply_to: ed@ledger.example}\n"
    )


def test_a_test_copy_is_a_multipart_message(
    made: Digest, sink: tuple[Sink, dict[str, str]]
) -> None:
    """Marked [TEST], text first and HTML last, both quoted-printable; approval is not needed and
    the state does not change.
    """
    with_mail(made)
    done = made("send", ISSUE, "--to", "me@reader.example", **sink[1])
    assert done.returncode == 0, done.stderr
    (mail,) = sink[0].received
    folder = made.home / "output" / ISSUE
    assert mail["Subject"].startswith("[TEST] ")
    assert DAY in mail["Subject"]
    assert (mail["From"], mail["To"], mail["Reply-To"]) == (
        "The Ledger <news@ledger.example>",
        "me@reader.example",
        "ed@ledger.example",
    )
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert (
        text["Content-Transfer-Encoding"] == html["Content-Transfer-Encoding"] == "quoted-printable"
    )
    assert text.get_content().replace("\r\n", "\n") == (folder / "email.txt").read_text()
    assert (
        html.get_content().replace("\r\n", "\n").strip()
        == (folder / "email.html").read_text().strip()
    )
    assert json.loads(made("issues", "--json").stdout)[0]["status"] == "draft"


@pytest.mark.parametrize(
    "to",
    [
        "nobody",
        "a@b@c",
        "x\r\nBcc: all@list.example",
        "<script>@x.example",
        "a@-x.example",
        "",
        "a@b.example, c@d.example",
        "me@example",
    ],
)
def test_a_hostile_address_is_refused(
    made: Digest, sink: tuple[Sink, dict[str, str]], to: str
) -> None:
    """Before anything is sent, as wrong usage."""
    with_mail(made)
    done = made("send", ISSUE, "--to", to, **sink[1])
    assert done.returncode == 2
    assert one_line(done.stderr)
    assert sink[0].received == []


def test_copies_go_to_each_address_that_is_named(
    made: Digest, sink: tuple[Sink, dict[str, str]]
) -> None:
    """Each once; a mistake in one keeps all back, and a refusal none of the others."""
    with_mail(made)
    to = ("--to", "me@reader.example", "--to", "you@reader.example", "--to", "me@reader.example")
    done = made("send", ISSUE, *to, **sink[1])
    assert done.returncode == 0, done.stderr
    assert [mail["To"] for mail in sink[0].received] == ["me@reader.example", "you@reader.example"]
    assert made("send", ISSUE, *to, "--to", "nobody", **sink[1]).returncode == 2
    assert len(sink[0].received) == 2
    sink[0].refuse = "550 5.1.1 no such user here"
    done = made("send", ISSUE, *to, "--json", **sink[1])
    assert done.returncode == 1
    assert ["no such user" in row["error"] for row in json.loads(done.stdout)] == [True, True]


def test_a_servers_refusal_is_said_in_its_words(
    made: Digest, sink: tuple[Sink, dict[str, str]]
) -> None:
    """One line, exit code 1."""
    with_mail(made)
    sink[0].refuse = "550 5.1.1 no such user here"
    done = made("send", ISSUE, "--to", "me@reader.example", **sink[1])
    assert done.returncode == 1
    assert "no such user here" in done.stderr
    assert one_line(done.stderr)


@pytest.mark.parametrize(
    ("environment", "code", "says"),
    [
        ({}, 2, "DIGEST_SMTP_HOST"),
        ({"DIGEST_SMTP_HOST": "127.0.0.1", "DIGEST_SMTP_PORT": "many"}, 2, "not a port"),
        ({"DIGEST_SMTP_HOST": "127.0.0.1", "DIGEST_SMTP_PORT": "1"}, 1, "127.0.0.1:1"),
    ],
)
def test_mail_that_is_not_set_up_says_what_is_missing(
    made: Digest, environment: dict[str, str], code: int, says: str
) -> None:
    """One line."""
    with_mail(made)
    done = made("send", ISSUE, "--to", "me@reader.example", **environment)
    assert done.returncode == code
    assert says in done.stderr
    assert one_line(done.stderr)


# ---------------------------------------------------------------- beginning, feeds, doctor


def test_init_writes_what_a_run_needs_and_overwrites_nothing(digest: Digest) -> None:
    """feeds.yaml with the subscriptions that come along, and templates where they are asked for."""
    made = digest("init", "mine", "--templates")
    assert made.returncode == 0
    assert "wrote mine/templates/email.html.j2" in made.stdout.splitlines()
    assert (
        len(json.loads(digest("feeds", "list", "--config", "mine/feeds.yaml", "--json").stdout))
        >= 40
    )
    assert (digest.home / "mine" / "templates" / "email.html.j2").exists()
    again = digest("init", "mine")
    assert again.returncode == 2
    assert "nothing is overwritten" in again.stderr


def test_init_can_begin_with_nothing(digest: Digest) -> None:
    """An empty list, no templates, and a next step that a shell takes as it is printed."""
    made = digest("init", "my list", "--empty")
    assert made.stdout.splitlines()[0] == "wrote 'my list/feeds.yaml'"
    assert made.stdout.splitlines()[1].startswith("next: cd 'my list' && ")
    assert [path.name for path in (digest.home / "my list").iterdir()] == ["feeds.yaml"]
    listed = digest("feeds", "list", "--config", "my list/feeds.yaml", "--json")
    assert json.loads(listed.stdout) == []


@pytest.mark.parametrize("empty", [True, False])
def test_what_the_starter_shows_in_comments_is_taken(digest: Digest, *, empty: bool) -> None:
    """Whoever takes the number signs away has a configuration that holds."""
    digest("init", "mine", *(["--empty"] if empty else []))
    path = digest.home / "mine" / "feeds.yaml"
    text = path.read_text()
    for name in ("llm", "editions", "mail", "network"):
        assert f"\n# {name}:" in text
    begin, end = text.index("# llm:"), text.index("\nfeeds:")
    shown = text[begin:end].replace("# ", "", 1).replace("\n# ", "\n")
    path.write_text(text[:begin] + shown + text[end:])
    assert digest("feeds", "list", "--config", "mine/feeds.yaml").returncode == 0


@pytest.mark.parametrize("asked", [(), ("-h",), ("help",), ("--help",)])
def test_help_is_shown_however_it_is_asked_for(digest: Digest, asked: tuple[str, ...]) -> None:
    """And by the name alone, which is no mistake."""
    done = digest(*asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: ")
    assert "doctor" in done.stdout


def test_help_of_a_command_and_of_none(digest: Digest) -> None:
    """`help` goes as deep as commands do."""
    assert "--kind" in digest("help", "feeds", "add").stdout
    assert (
        digest("help", "fetsch").stderr == "digest: there is no command 'fetsch' (digest --help)\n"
    )


def test_an_issues_id_is_taken_wherever_an_issue_is_meant(made: Digest) -> None:
    """In place of its edition and its date, which are refused beside it."""
    done = made("render", ISSUE, "--json")
    assert json.loads(done.stdout)["issue"] == ISSUE
    both = made("compose", ISSUE, "--date", "2025-09-22")
    assert (both.returncode, "leave out" in both.stderr) == (2, True)
    assert "is not an issue's id" in made("render", "2025-09-22-yearly").stderr
    assert "there is no such issue" in made("preview", "2025-09-21-daily").stderr


def test_a_story_that_lost_its_marker_is_known_by_its_headline(made: Digest) -> None:
    """It keeps its theme, its sources and what was checked of it; under another headline, with other
    words, it is the editor's own.
    """
    draft = made.home / "output" / ISSUE / "issue.md"
    text = draft.read_text()
    before = json.loads(made("show", ISSUE, "--json").stdout)["sections"][0]["stories"][0]
    marker = next(line for line in text.splitlines() if before["id"] in line)
    draft.write_text(text.replace(f"{marker}\n", ""))
    after = json.loads(made("show", ISSUE, "--json").stdout)["sections"][0]["stories"][0]
    assert after == before
    renamed = re.sub(
        rf"\*\*{re.escape(before['headline'])}:\*\* .*", "**Mine:** All of it.", text, count=1
    )
    draft.write_text(renamed.replace(f"{marker}\n", ""))
    mine = json.loads(made("show", ISSUE, "--json").stdout)["sections"][0]["stories"][0]
    assert mine["id"].startswith("new-")


def test_a_quiet_day_says_which_stories_there_were(newsroom: Digest) -> None:
    """And why documents were left out: whoever reads a log need not look anything up."""
    settings = newsroom.home / "feeds.yaml"
    settings.write_text(settings.read_text().replace("min_stories: 3", "min_stories: 90"))
    done = newsroom("run", "--date", DAY)
    assert done.returncode == 3
    said = done.stderr.splitlines()[-1]
    assert re.search(
        r"a quiet day: \d+ stories of the 90 that a daily issue needs \(\w.*; .*\)", said
    )
    settings.write_text(
        settings.read_text().replace("feeds:", "newsletter: {language: de}\nfeeds:")
    )
    said = newsroom("run", "--date", DAY).stderr.splitlines()[-1]
    assert re.search(r"needs; \d+ documents left out \(other language \d+.*\)$", said)


def test_yesterday_is_a_day(made: Digest) -> None:
    """Of the newsletter's calendar."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    done = made("render", "--date", "yesterday")
    assert f"'{yesterday}-daily'" in done.stderr


def test_subscriptions_on_stdout_are_no_json(newsroom: Digest) -> None:
    """Whoever asks for JSON gets JSON or a refusal."""
    done = newsroom("feeds", "export", "--json")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_configuration_that_is_a_link_stays_one(newsroom: Digest) -> None:
    """Those who keep their files in a repository find the change there."""
    link, file = newsroom.home / "feeds.yaml", newsroom.home / "repository.yaml"
    link.rename(file)
    link.symlink_to(file.name)
    done = newsroom("feeds", "add", "https://new.example/feed", "--title", "N", "--kind", "news")
    assert (done.returncode, link.is_symlink()) == (0, True)
    assert "https://new.example/feed" in file.read_text()


def test_feeds_are_added_imported_exported_and_removed(newsroom: Digest, press: Press) -> None:
    """A round trip through OPML, from a file and from a URL."""
    assert (
        newsroom(
            "feeds", "add", "https://new.example/feed", "--title", "New", "--kind", "podcast"
        ).returncode
        == 0
    )
    assert "is there already" in newsroom("feeds", "add", "https://new.example/feed").stdout
    assert newsroom("feeds", "export", "list.opml").returncode == 0
    press.servers[0].routes["/list.opml"] = (newsroom.home / "list.opml").read_bytes()
    assert newsroom("feeds", "remove", "https://new.example/feed").returncode == 0
    from_url = json.loads(
        newsroom("feeds", "import", f"{press.servers[0].url}/list.opml", "--json").stdout
    )
    assert from_url == {
        "added": ["https://new.example/feed"],
        "podcasts": ["https://new.example/feed"],
        "known": 4,
        "skipped": 0,
    }
    assert "podcast New" in newsroom("feeds", "list").stdout
    assert newsroom("feeds", "import", "list.opml").returncode == 0
    assert newsroom("feeds", "import", "http://169.254.169.254/list.opml").returncode == 1


def test_doctor_says_what_works_and_what_does_not(newsroom: Digest) -> None:
    """Every part is named; a broken one is exit code 1."""
    healthy = newsroom("doctor", "--json")
    found = {row["what"].split(" ")[0]: row["state"] for row in json.loads(healthy.stdout)}
    assert healthy.returncode == 0, healthy.stdout
    assert found == {
        "configuration": "ok",
        "clock": "ok",
        "state": "ok",
        "output": "ok",
        "templates": "ok",
        "mail": "off",
        "leaving": "off",
        "joining": "off",
        "notify": "off",
        "schedule": "off",
        "speech": "off",
        "model": "off",
        "feed": "ok",
        "feeds": "ok",
    }
    healthy = newsroom("doctor")
    assert healthy.stdout.splitlines()[-2:] == [
        "ok     feeds: 4 of 4 answer",
        "exit code 0: what is set up works",
    ]
    newsroom("feeds", "add", "http://127.0.31.2:9/feed")
    ill = newsroom("doctor")
    assert ill.returncode == 1
    assert "broken feed http://127.0.31.2:9/feed: connection refused" in ill.stdout
    assert ill.stdout.splitlines()[-2:] == [
        "ok     feeds: 4 of 5 answer",
        "exit code 1; what does not work: feed http://127.0.31.2:9/feed",
    ]


def test_doctor_sums_up_that_no_feed_answers(digest: Digest) -> None:
    """Then it is seldom the feeds."""
    settings = digest.home / "feeds.yaml"
    urls = "".join(f"  - url: http://127.0.31.{n}:9/feed\n" for n in range(2, 7))
    settings.write_text(f"network: {{allow: [127.0.0.0/8]}}\nfeeds:\n{urls}")
    ill = digest("doctor")
    assert ill.stdout.splitlines()[-2] == ("broken feeds: 5 of 5 do not answer; is the network up?")
    assert ill.stdout.splitlines()[-1].endswith(" and 3 more")


def test_doctor_compiles_templates_and_tells_of_outgrown_ones(newsroom: Digest) -> None:
    """What does not compile is broken, with its line; a copy of an older template is worth a look
    and breaks nothing.
    """
    own, settings = newsroom.home / "templates", newsroom.home / "feeds.yaml"
    write_templates(own)
    settings.write_text(f"{settings.read_text()}templates: templates\n")
    record = own / ".copied.json"
    record.write_text(record.read_text().replace('"palette.j2": "', '"palette.j2": "0'))
    done = newsroom("doctor")
    assert done.returncode == 0
    assert "stale  template palette.j2: the program's has changed since the copy" in done.stdout
    (own / "web.html.j2").write_text("one\n{% if %}\n")
    done = newsroom("doctor")
    assert done.returncode == 1
    assert re.search(r"^broken template: .*/web\.html\.j2:2: ", done.stdout, re.MULTILINE)


def test_a_damaged_state_is_one_line_and_left_as_it_is(newsroom: Digest) -> None:
    """Exit code 1; the file is not replaced."""
    state = newsroom.home / "digest.sqlite3"
    state.write_bytes(b"junk" * 5000)
    done = newsroom("run", "--date", DAY)
    assert done.returncode == 1
    assert one_line(done.stderr)
    assert state.read_bytes() == b"junk" * 5000


def test_the_demo_needs_nothing_and_shows_the_issue(digest: Digest) -> None:
    """No network, no key; its state and output are its own."""
    done = digest("demo")
    assert done.returncode == 0, done.stderr
    assert "output/demo/2025-09-23-daily/index.html" in done.stdout
    assert "## Highlights" in done.stdout
    assert {path.name for path in digest.home.iterdir()} == {"output"}
    assert "connection" not in done.stderr.casefold()
    # what a filing says of a round that was told otherwise is the editor's to look at
    assert "contradiction: Larkfield AI, valuation: $540m" in done.stdout
    _third_day(digest.home / "output/demo/2025-09-24-daily")
    _transcripts_are_shown_where_allowed(digest)


def _transcripts_are_shown_where_allowed(digest: Digest) -> None:
    """The archive shows an episode's transcript as long as its feed is marked."""
    feeds = digest.home / "output/demo/feeds.yaml"
    closed, title = feeds.read_text("utf-8"), "title: The Interconnect Queue"
    feeds.write_text(closed.replace(title, f"{title}\n    show_transcripts: true"), "utf-8")
    assert digest("approve", "2025-09-23-daily", "--config", str(feeds)).returncode == 0
    (page,) = (feeds.parent / "site/episodes").glob("*/index.html")
    words = "<mark>A company with one campus and two customers carries all the timing risk"
    assert words in page.read_text("utf-8")
    feeds.write_text(closed, "utf-8")
    assert digest("site", "rebuild", "--config", str(feeds)).returncode == 0
    assert not page.exists()


def _third_day(folder: Path) -> None:
    """What the day before told comes back: with something new from one house, with nothing from
    another.
    """
    issue = json.loads((folder / "issue.json").read_text("utf-8"))
    stories = [story for part in issue["sections"] for story in part["stories"]]
    (update,) = (story["update_of"] for story in stories if story["update_of"])
    assert (update["issue"], update["date"]) == ("2025-09-23-daily", "2025-09-23")
    assert [one["text"] for one in update["news"]] == ["$180 million", "Corrin Mutual"]
    told = f"told on 2025-09-23 as “{update['headline']}”"
    assert {row["entry_url"]: row["why"] for row in issue["left_out"]} == {
        "http://courier.example/2025/09/24/chip-landlord-bonds": told
    }
    assert [one["previous"] for one in issue["figures"] if one["owner"] == "Larkfield AI"] == [None]
    link = f"../2025-09-23-daily/index.html#story-{update['story']}"
    assert f'href="{link}"' in (folder / "index.html").read_text("utf-8")
    earlier = (folder.parent / "2025-09-23-daily/index.html").read_text("utf-8")
    assert f'id="story-{update["story"]}"' in earlier


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_cannot_show_a_letter_shows_another(
    newsroom: Digest, encoding: str
) -> None:
    """No traceback, and JSON stays JSON."""
    settings = newsroom.home / "feeds.yaml"
    named = settings.read_text(encoding="utf-8").replace("name: ", "name: Señor Ł’s ", 1)
    settings.write_text(named, encoding="utf-8")
    newsroom("feeds", "add", "http://127.0.31.2:9/feed", "--title", "Ańna’s 🚀")
    for arguments in (("feeds", "list"), ("feeds", "list", "--json"), ("feeds", "export")):
        done = newsroom.process(*arguments, PYTHONIOENCODING=encoding)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    shown = newsroom.process("feeds", "list", "--json", PYTHONIOENCODING=encoding).stdout
    assert "Ańna’s 🚀" in {row["title"] for row in json.loads(shown)}
