"""What users are told of their feeds: by a run's report, by `digest feeds list` and by `digest
feeds check`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from digest.feeds.health import FeedCheck
from digest.store import feed_checks, open_state
from tests.servers import Reply, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.press import Digest
    from tests.servers import ScriptedServer

ITEMS = "".join(
    f"<item><title>{i}</title><link>https://x.example/{i}</link><pubDate>{i:02d} Jan 2020 10:00:00"
    " GMT</pubDate></item>"
    for i in range(1, 21)
)
QUIET = f'<rss version="2.0"><channel><title>Quiet Weekly</title>{ITEMS}</channel></rss>'.encode()
EMPTY = b'<rss version="2.0"><channel><title>Fresh</title></channel></rss>'


def fresh(headers: Mapping[str, str]) -> Reply:
    """A feed that need not be asked again for an hour, and says 304 to whoever does."""
    kept = {"ETag": '"1"', "Cache-Control": "max-age=3600"}
    return (
        Reply(304, kept)
        if headers.get("If-None-Match") == '"1"'
        else Reply(headers=kept, body=EMPTY)
    )


@pytest.fixture
def host(digest: Digest) -> Iterator[ScriptedServer]:
    """A silent feed, a fresh one and one that fails, and a configuration that subscribes to
    them.
    """
    with serving({"/quiet": QUIET, "/fresh": fresh, "/broken": Reply(500)}, "127.0.33.1") as server:
        feeds = "".join(f"  - url: {server.url}/{name}\n" for name in ("quiet", "fresh", "broken"))
        (digest.home / "feeds.yaml").write_text(
            f"feeds:\n{feeds}network: {{allow: [127.0.33.0/24]}}\nlimits: {{host_gap: 0, workers:"
            " 1}\n"
        )
        yield server


def rows(digest: Digest, command: str) -> dict[str, dict[str, Any]]:
    """What `digest feeds COMMAND --json` says, by the last part of the address."""
    return {
        row["url"].rpartition("/")[2]: row
        for row in json.loads(digest("feeds", command, "--json").stdout)
    }


def states(found: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The state of each feed."""
    return {name: row["health"]["state"] for name, row in found.items()}


def test_a_list_tells_how_each_feed_fares(digest: Digest, host: ScriptedServer) -> None:
    """Before the first run nothing is known; after it, in words and as JSON."""
    assert set(states(rows(digest, "list")).values()) == {"new"}
    assert digest("fetch").returncode == 0
    assert states(rows(digest, "list")) == {"quiet": "silent", "fresh": "ok", "broken": "failing"}
    quiet, _, broken = digest("feeds", "list").stdout.splitlines()
    assert quiet.startswith("silent   news    Quiet Weekly")
    assert "silent since 2020-01-20" in quiet
    assert "about daily" in quiet
    assert "HTTP 500" in broken


def test_the_third_failed_run_in_a_row_is_news(digest: Digest, host: ScriptedServer) -> None:
    """Not the first, not the second; and a feed that answers again is none."""
    for run in (1, 2, 3):
        notices = json.loads(digest("fetch", "--json").stdout)["notices"]
        assert ("failing" in [notice["state"] for notice in notices]) is (run == 3)
    assert "feeds to look at:" in digest("fetch").stdout
    host.routes["/broken"] = EMPTY
    assert "failing" not in digest("fetch").stdout


def test_a_check_asks_what_a_run_would_not(digest: Digest, host: ScriptedServer) -> None:
    """Fresh feeds too, conditionally; and what is learned is kept."""
    digest("fetch")
    digest("fetch")
    asked = [seen for seen in host.seen if seen.path == "/fresh"]
    assert len(asked) == 1
    host.routes["/broken"] = EMPTY
    assert states(rows(digest, "check"))["broken"] == "ok"
    asked = [seen for seen in host.seen if seen.path == "/fresh"]
    assert len(asked) == 2
    assert asked[1].headers["If-None-Match"] == '"1"'
    assert states(rows(digest, "list"))["broken"] == "ok"


def test_a_feed_that_is_gone_is_asked_by_a_check_alone(
    digest: Digest, host: ScriptedServer
) -> None:
    """HTTP 410 retires it, with a notice; a check finds it when it is back."""
    host.routes["/broken"] = Reply(410)
    digest("fetch")
    assert "gone for good" in digest("fetch").stdout
    assert len([seen for seen in host.seen if seen.path == "/broken"]) == 1
    host.routes["/broken"] = EMPTY
    assert states(rows(digest, "check"))["broken"] == "ok"
    assert "gone" not in digest("fetch").stdout


def test_a_check_in_which_every_feed_fails_is_exit_code_1(
    digest: Digest, host: ScriptedServer
) -> None:
    """The list is printed all the same."""
    for path in ("/quiet", "/fresh", "/broken"):
        host.routes[path] = Reply(500)
    done = digest("feeds", "check")
    assert done.returncode == 1
    assert done.stdout.count("HTTP 500") == 3


def test_a_doctor_sees_that_the_clock_went_back(digest: Digest, host: ScriptedServer) -> None:
    """The state knows of a time that is still to come."""
    assert "ok     clock" in digest("doctor").stdout
    with open_state(digest.home / "digest.sqlite3") as db, db:
        feed_checks.save(
            db,
            f"{host.url}/fresh",
            FeedCheck(datetime.now(UTC) + timedelta(days=400), "ok", "", 0.1, 3),
        )
    assert "broken clock: it says" in digest("doctor").stdout
