"""Feeds that move for good, and feeds that are gone for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Feed
from digest.feeds.fetch import Fetched, fetch_feed
from digest.feeds.gone_or_failing import FeedState
from digest.feeds.permanent_redirects import Move, seen
from digest.store import feeds, open_state
from tests.servers import Reply

if TYPE_CHECKING:
    from pathlib import Path

    from digest.net.http import Client
    from tests.servers import ScriptedServer

NOW = datetime(2026, 2, 5, 6, 30, tzinfo=UTC)
DAY = timedelta(days=1)
NEWS = (
    b"<rss"
    b" version='2.0'><channel><title>News</title><item><guid>1</guid><title>One</title></item></channel></rss>"
)


def fetch(
    client: Client, server: ScriptedServer, state: FeedState | None = None, now: datetime = NOW
) -> Fetched:
    """Fetch the feed at /feed."""
    return fetch_feed(Feed(url=server.url + "/feed"), state, client, now)


@pytest.mark.parametrize(
    ("runs", "proved"),
    [
        ([0, 1], False),  # two runs are not enough
        ([0, 0.1, 0.2, 0.3], False),  # nor is one afternoon
        ([0, 2], False),
        ([0, 1, 2], True),
    ],
)
def test_a_move_is_proved_by_three_runs_over_two_days(runs: list[float], proved: bool) -> None:
    """Both are needed; a login page's redirect lasts for less."""
    move = None
    for days in runs:
        move = seen(move, "https://new.example/", NOW + days * DAY)
    assert move is not None
    assert (move.since, move.runs, move.proved) == (NOW, len(runs), proved)


def test_another_place_or_none_begins_anew() -> None:
    """Only the same place, run after run, is a proof."""
    move = Move("https://new.example/", NOW - 9 * DAY, 2, proved=False)
    assert seen(move, "https://other.example/", NOW) == Move(
        "https://other.example/", NOW, 1, proved=False
    )
    assert seen(move, None, NOW) is None


def test_a_proved_move_is_followed_and_entries_stay_where_they_belong(
    server: ScriptedServer, client: Client
) -> None:
    """From the fourth run on the new address is asked alone; the entries are still the
    subscription's.
    """
    server.routes |= {"/feed": Reply(308, {"Location": "/new"}), "/new": NEWS}
    state = None
    for day in range(4):
        got = fetch(client, server, state, NOW + day * DAY)
        state = got.state
        assert [entry.feed_url for entry in got.entries] == [server.url + "/feed"]
    assert [seen.path for seen in server.seen] == ["/feed", "/new"] * 3 + ["/new"]
    assert state is not None
    assert state == replace(state, move=Move(server.url + "/new", NOW, 3, proved=True))


def test_a_temporary_redirect_proves_nothing(server: ScriptedServer, client: Client) -> None:
    """302 and 307 are followed and forgotten."""
    server.routes |= {"/feed": Reply(302, {"Location": "/new"}), "/new": NEWS}
    assert fetch(client, server).state.move is None


def test_a_new_address_that_fails_is_given_up(server: ScriptedServer, client: Client) -> None:
    """The run says so, and the next one asks the address that the user gave; even a 410 there
    retires nothing.
    """
    server.routes |= {"/feed": NEWS, "/new": Reply(410)}
    moved = FeedState(
        server.url + "/feed", move=Move(server.url + "/new", NOW - 9 * DAY, 3, proved=True)
    )
    got = fetch(client, server, moved)
    assert (got.outcome, got.reason, got.state.move, got.state.gone_since) == (
        "failed",
        "HTTP 410 Gone",
        None,
        None,
    )
    assert fetch(client, server, got.state).outcome == "ok"


def test_a_new_address_that_leads_on_begins_anew(server: ScriptedServer, client: Client) -> None:
    """A feed that moved twice has its last address proved like the first."""
    server.routes |= {"/new": Reply(301, {"Location": "/newest"}), "/newest": NEWS}
    moved = FeedState(
        server.url + "/feed", move=Move(server.url + "/new", NOW - 9 * DAY, 3, proved=True)
    )
    assert fetch(client, server, moved).state.move == Move(
        server.url + "/newest", NOW, 1, proved=False
    )


def test_a_feed_that_is_gone_is_not_asked_again(server: ScriptedServer, client: Client) -> None:
    """410 is the server's word that it will not come back."""
    server.routes["/feed"] = Reply(410)
    got = fetch(client, server)
    assert (got.outcome, got.reason, got.state.gone_since) == ("failed", "HTTP 410 Gone", NOW)
    later = fetch(client, server, got.state, NOW + 30 * DAY)
    assert (later.outcome, later.reason, later.requested) == (
        "failed",
        "HTTP 410 Gone, and not asked again",
        False,
    )
    assert len(server.seen) == 1


def test_a_gone_feed_that_is_asked_all_the_same_comes_back(
    server: ScriptedServer, client: Client
) -> None:
    """A good answer ends it."""
    server.routes["/feed"] = NEWS
    assert fetch(client, server, FeedState(server.url + "/feed")).state.gone_since is None


def test_moves_and_ends_are_remembered(
    tmp_path: Path, server: ScriptedServer, client: Client
) -> None:
    """The store gives back what was put in; the day on which a feed was first gone stays."""
    server.routes["/feed"] = Reply(410)
    got = fetch(client, server)
    move = Move("https://new.example/", NOW, 3, proved=True)
    with open_state(tmp_path / "state") as db:
        feeds.save(db, replace(got, state=replace(got.state, move=move)), NOW)
        assert feeds.states(db)[server.url + "/feed"] == replace(got.state, move=move)
        feeds.save(db, replace(got, state=replace(got.state, gone_since=NOW + DAY)), NOW + DAY)
        record = feeds.records(db)[server.url + "/feed"]
    assert (record.gone_since, record.moved_to) == (NOW, None)


REFRESH = b'<html><head><meta http-equiv="Refresh" content="0;URL=\'/new\'"></head><body>Moved.</body></html>'
SAYS_SO = NEWS.replace(
    b"<title>News</title>", b"<title>News</title><itunes:new-feed-url> @/new </itunes:new-feed-url>", 1
).replace(b"<rss ", b'<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ')  # fmt: skip


@pytest.mark.parametrize("words", [REFRESH, SAYS_SO], ids=["a refresh page", "new-feed-url"])
def test_a_feed_that_says_where_it_has_gone_is_followed(
    server: ScriptedServer, client: Client, words: bytes
) -> None:
    """Whether by a page in its place or in its own words: it is read at once, and from its new
    address alone once that is proved.
    """
    server.routes |= {"/feed": words.replace(b"@", server.url.encode()), "/new": NEWS}
    state = None
    for day in range(4):
        got = fetch(client, server, state, NOW + day * DAY)
        state = got.state
        assert (got.outcome, [entry.title for entry in got.entries]) == ("ok", ["One"])
    assert server.seen[-1].path == "/new"
    assert state is not None
    assert state.move == Move(server.url + "/new", NOW, 3, proved=True)


def test_a_feed_that_names_itself_has_not_gone(server: ScriptedServer, client: Client) -> None:
    """After a move hosts leave the element in."""
    server.routes["/feed"] = SAYS_SO.replace(b"@/new", server.url.encode() + b"/feed")
    assert fetch(client, server).state.move is None


def test_a_refresh_page_that_leads_to_no_feed_is_told_truly(
    server: ScriptedServer, client: Client
) -> None:
    """Both addresses are named, and nothing private is asked."""
    server.routes["/feed"] = REFRESH
    host = server.url.removeprefix("http://")
    assert fetch(client, server).reason == (
        f"not a feed: a web page that sends on to {host}: HTTP 404 Not Found"
    )
    server.routes["/feed"] = REFRESH.replace(b"/new", b"http://192.168.1.1/feed")
    assert "192.168.1.1: refused" in fetch(client, server).reason
