"""Who runs the newsletter is told by mail and by ping what went wrong, once, and silence never
looks like success.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.run import notices, pipeline
from digest.run.job import job_for
from digest.run.notices import Trouble
from digest.run.session import Session
from digest.run.watch import watch
from digest.store import issues, open_state
from tests.deliver.conftest import MAIL, subscribe
from tests.model_server import model_server
from tests.press import DAY
from tests.run.test_model_run import good, opened
from tests.servers import Reply, ScriptedServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.mail_sink import MailSink
    from tests.press import Digest

EDITOR = "editor@ledger.example"


@pytest.fixture
def watcher() -> Iterator[ScriptedServer]:
    """A server that takes pings."""
    routes = dict.fromkeys(("/job", "/job/start", "/job/fail", "/job/log"), b"OK")
    with serving(routes, "127.0.31.90") as running:
        yield running


@pytest.fixture
def house(newsroom: Digest, watcher: ScriptedServer) -> Digest:
    """A newsroom whose runs are watched over; the deadline is early, so that it has passed."""
    settings = newsroom.home / "feeds.yaml"
    notify = f'notify: {{mail: {EDITOR}, ping: "{watcher.url}/job/", deadline: "00:00"}}\n'
    settings.write_text(settings.read_text() + MAIL + notify)
    return newsroom


def pings(watcher: ScriptedServer) -> list[str]:
    """The paths that were pinged, in order."""
    return [one.path.removeprefix("/job") for one in watcher.seen]


def subjects(sink: MailSink) -> list[str]:
    """Of the notices by mail, in order."""
    mails = [message_from_bytes(mail, policy=policy.default) for mail in sink.taken.get(EDITOR, ())]
    return [str(mail["Subject"]) for mail in mails]


def today_id(digest: Digest) -> str:
    """The id of today's daily."""
    with open_state(digest.home / "digest.sqlite3") as db:
        session = Session(load(digest.home / "feeds.yaml"), db)
        return job_for(session, "daily", None).id


def test_a_day_without_an_issue_gives_one_notice_and_one_ping(
    house: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """However often is looked; the command says so with its exit code each time."""
    for _ in range(3):
        done = house("watch", **sink.environment)
        assert done.returncode == 1, done.stderr
        assert f"{today_id(house)}: no issue by 00:00" in done.stdout
    assert pings(watcher) == ["/fail"]
    assert b"no run of it has come to an end" in watcher.seen[0].body
    (subject,) = subjects(sink)
    assert subject.startswith(f"AI Economics Digest: {today_id(house)}: no issue by 00:00: no run")


def test_a_run_that_fails_has_pinged_already(
    house: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """The deadline adds the mail, with the run's own words, and no second ping."""
    settings = house.home / "feeds.yaml"
    settings.write_text(settings.read_text().replace("/feed\n", "/nowhere\n"))
    done = house("run", **sink.environment)
    assert done.returncode == 1
    assert pings(watcher) == ["/start", "/fail"]
    assert b"HTTP 404" in watcher.seen[-1].body
    assert house("watch", **sink.environment).returncode == 1
    assert pings(watcher) == ["/start", "/fail"]
    assert "ended with exit code 1" in sink.taken[EDITOR][-1].decode()


def test_a_quiet_day_is_told_and_is_no_failure(
    house: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """Nothing is published today, for the first time in long: the run pings success, and what it
    found of the feeds; the deadline says that there is no issue.
    """
    assert house("run", **sink.environment).returncode == 3
    assert pings(watcher) == ["/start", "", "/log"]
    assert house("watch", **sink.environment).returncode == 3
    assert pings(watcher) == ["/start", "", "/log"]
    feeds, quiet = subjects(sink)
    assert "4 of 4 feeds seem to be silent" in feeds
    assert "a quiet day at" in quiet


def test_an_issue_that_is_there_is_no_news(
    house: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """Nobody is told anything."""
    identity = today_id(house)
    with open_state(house.home / "digest.sqlite3") as db:
        session = Session(load(house.home / "feeds.yaml"), db)
        job = job_for(session, "daily", None)
        with db:
            issues.save_draft(db, "daily", job.day, job.window, (), {})
        folder = session.folder(identity).path
    folder.mkdir(parents=True)
    (folder / "issue.md").write_text("a draft")
    done = house("watch", **sink.environment)
    assert done.returncode == 0
    assert done.stdout == f"{identity}: is there\n"
    assert (pings(watcher), subjects(sink)) == ([], [])


def test_before_the_deadline_nothing_is_missing(house: Digest) -> None:
    """In the newsletter's own zone, on the day of a change of clocks too: 07:00 in Berlin on 29
    March 2026 is 05:00 UTC, the day before it was 06:00.
    """
    settings = house.home / "feeds.yaml"
    zone = "newsletter: {timezone: Europe/Berlin}\n"
    settings.write_text(zone + settings.read_text().replace("00:00", "07:00"))
    found = {}
    with open_state(house.home / "digest.sqlite3") as db:
        for day, hour, minute in ((28, 5, 59), (28, 6, 0), (29, 4, 59), (29, 5, 0)):
            now = datetime(2026, 3, day, hour, minute, tzinfo=UTC)
            found[day, hour] = watch(Session(load(settings), db, now=now), "daily").state
    assert found == {
        (28, 5): "not yet", (28, 6): "missing", (29, 4): "not yet", (29, 5): "missing",
    }  # fmt: skip


def test_without_a_deadline_there_is_nothing_to_watch(newsroom: Digest) -> None:
    """It says which key is missing."""
    done = newsroom("watch")
    assert done.returncode == 2
    assert "deadline" in done.stderr


def test_what_comes_back_is_news_again(
    house: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """A feed that dies is told once; when it lives again and dies again, once more."""
    dead = (Trouble("feed https://a.example/ gone", "feed to look at: A: gone"),)
    with open_state(house.home / "digest.sqlite3") as db, pytest.MonkeyPatch.context() as patch:
        for name, value in sink.environment.items():
            patch.setenv(name, value)
        session = Session(load(house.home / "feeds.yaml"), db)
        told = []
        for troubles in (dead, dead, (), dead):
            assert notices.tell(session, troubles, kind="feed") == ()
            told.append(len(subjects(sink)))
    assert told == [1, 1, 1, 2]
    assert pings(watcher) == ["/log", "/log"]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(500), "HTTP 500"),
        (Reply(302, {"Location": "http://127.0.0.1/"}), "HTTP 302"),
        (None, "connection refused"),
    ],
    ids=["error", "redirect", "away"],
)
def test_a_ping_that_fails_fails_no_run(
    house: Digest, watcher: ScriptedServer, reply: Reply | None, says: str
) -> None:
    """One line says so, and no redirect is followed; the exit code is the run's own."""
    settings = house.home / "feeds.yaml"
    if reply:
        watcher.routes = dict.fromkeys(watcher.routes, reply)
    else:
        settings.write_text(settings.read_text().replace(str(watcher.port), "9"))
    done = house("run")
    assert done.returncode == 3
    lines = [line for line in done.stderr.splitlines() if "notify.ping: " in line]
    assert len(lines) == 1
    assert says in lines[0].lower() or says in lines[0]


def test_a_ping_goes_nowhere_that_feeds_may_not_lead(newsroom: Digest) -> None:
    """A private address is refused unless `network.allow` has it."""
    settings = newsroom.home / "feeds.yaml"
    settings.write_text(settings.read_text() + "notify: {ping: 'http://169.254.169.254/latest'}\n")
    done = newsroom("run")
    assert "notify.ping: refused" in done.stderr


def test_a_budget_that_is_hit_is_told(fetched_day: Path, tmp_path: Path) -> None:
    """The report says which cap kept a model from being asked, and the notice repeats it."""
    home = shutil.copytree(fetched_day, tmp_path / "home")
    with (
        model_server(good) as server,
        opened(home, server, ", max_tokens_per_run: 100") as (session, job),
    ):
        report = pipeline.make(session, job).report
    (trouble,) = notices.of_budget(report, job.id)
    assert "the budget was hit: the cap of 100 tokens (llm.max_tokens_per_run)" in trouble.text


def test_the_doctor_says_whether_notices_arrive(
    house: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """It has a line logged, which says nothing of a run."""
    (line,) = [
        one for one in house("doctor", **sink.environment).stdout.splitlines() if " notify: " in one
    ]
    assert line == f"ok     notify: mail to {EDITOR}, a ping arrives; deadline 00:00"
    assert pings(watcher) == ["/log"]
    watcher.routes = {}
    done = house("doctor", **sink.environment)
    assert "broken notify: notify.ping: HTTP 404" in done.stdout
    assert done.returncode == 1


def test_an_incomplete_delivery_is_told_at_once_and_once(
    drafted: Digest, sink: MailSink, watcher: ScriptedServer
) -> None:
    """By whoever sends; when it is through, nothing more."""
    settings = drafted.home / "feeds.yaml"
    settings.write_text(f'{settings.read_text()}{MAIL}notify: {{ping: "{watcher.url}/job"}}\n')
    drafted("approve", f"{DAY}-daily")
    subscribe(drafted, 2)
    sink.mail = lambda _number: "550 not from you"
    for _ in range(2):
        assert drafted("send", f"{DAY}-daily", **sink.environment).returncode == 1
    assert pings(watcher) == ["/fail"]
    sink.mail = lambda _number: "250 OK"
    assert drafted("send", f"{DAY}-daily", **sink.environment).returncode == 0
    assert pings(watcher) == ["/fail"]


def test_a_sending_that_stands_still_is_found(house: Digest, sink: MailSink) -> None:
    """Whoever sent was killed: the next run, or the deadline, says so."""
    from digest.store import deliveries
    from digest.store.readers_file import open_readers

    began = datetime.now(UTC) - timedelta(hours=2)
    subscribe(house, 2)
    with open_readers(house.home / "digest.sqlite3") as db:
        deliveries.begin(db, "2026-02-05-daily", "daily", "hash", began)
    done = house("watch", **sink.environment)
    assert "2026-02-05-daily: delivery is incomplete: 2 waiting" in done.stdout
    house("watch", **sink.environment)
    assert len([one for one in subjects(sink) if "delivery is incomplete" in one]) == 1
