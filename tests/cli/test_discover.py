"""`digest feeds add` and `digest feeds discover` on pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.servers import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.press import Digest
    from tests.servers import ScriptedServer

HEAD = "<html><head><link rel=alternate type=application/rss+xml href=/one>%s</head></html>"
FEED = "<rss version='2.0'><channel><title>%s</title><item><title>x</title><link>http://a.example/%s</link></item></channel></rss>"
YAML = "# mine\nfeeds: []\nnetwork: {allow: [127.0.0.0/8]}\nlimits: {host_gap: 0}\n"


@pytest.fixture
def site() -> Iterator[ScriptedServer]:
    """A site with one feed at / and two at /two."""
    with serving(
        {
            "/": (HEAD % "").encode(),
            "/one": (FEED % ("One", 1)).encode(),
            "/other": (FEED % ("Other", 2)).encode(),
        }
    ) as running:
        running.routes["/two"] = (
            HEAD % "<link rel=alternate type=application/rss+xml href=/other>"
        ).encode()
        yield running


@pytest.fixture
def empty(digest: Digest) -> Digest:
    """The command in a folder whose feeds.yaml has no feeds."""
    (digest.home / "feeds.yaml").write_text(YAML)
    return digest


def config(digest: Digest) -> str:
    """feeds.yaml as it is now."""
    path: Path = digest.home / "feeds.yaml"
    return path.read_text()


def test_a_page_with_one_feed_stands_for_it(empty: Digest, site: ScriptedServer) -> None:
    """The feed is added, not the page."""
    done = empty("feeds", "add", site.url + "/")
    assert (done.returncode, done.stdout) == (0, f"added {site.url}/one\n")
    assert f"url: {site.url}/one\n" in config(empty)


def test_a_page_with_several_feeds_is_a_choice(empty: Digest, site: ScriptedServer) -> None:
    """They are listed, none is added, exit code 2."""
    done = empty("feeds", "add", site.url + "/two")
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        site.url + "/one",
        site.url + "/other",
    ]
    assert config(empty) == YAML


def test_an_address_that_holds_nothing_is_not_added(empty: Digest, site: ScriptedServer) -> None:
    """404, and a page without feeds: one line, exit code 1."""
    site.routes |= {"/bare": b"<html></html>"}
    del site.routes["/one"]
    for path in ("/none", "/bare"):
        done = empty("feeds", "add", site.url + path)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert config(empty) == YAML


def test_an_address_that_does_not_answer_is_added_with_a_warning(empty: Digest) -> None:
    """Being offline is no reason to refuse a subscription."""
    done = empty("feeds", "add", "http://127.0.0.1:9/feed")
    assert (done.returncode, done.stdout) == (0, "added http://127.0.0.1:9/feed\n")
    assert "connection refused; taken for a feed unseen" in done.stderr


def test_an_address_that_is_off_limits_is_added_and_says_what_would_admit_it(empty: Digest) -> None:
    """It will fail in every run until the configuration admits it, so the same line says how; the
    file had no list before.
    """
    (empty.home / "feeds.yaml").write_text("newsletter: {name: Mine}\n")
    done = empty("feeds", "add", "http://127.0.0.1:9/feed")
    assert (done.returncode, done.stdout) == (0, "added http://127.0.0.1:9/feed\n")
    assert (
        "loopback address; taken for a feed unseen, and not asked until network.allow names"
        " 127.0.0.1\n" in done.stderr
    )


def test_a_list_is_imported_into_a_file_that_has_none(empty: Digest) -> None:
    """`feeds:` with nothing under it."""
    (empty.home / "feeds.yaml").write_text("feeds:\n")
    (empty.home / "list.opml").write_text(
        "<opml version='2.0'><body><outline xmlUrl='http://a.example/feed'/></body></opml>"
    )
    assert empty("feeds", "import", "list.opml").returncode == 0
    assert config(empty) == "feeds:\n  - url: http://a.example/feed\n"


def test_discover_lists_and_adds_nothing(empty: Digest, site: ScriptedServer) -> None:
    """For a person and as JSON."""
    assert (
        empty("feeds", "discover", site.url + "/").stdout == f"{site.url}/one  One  news, 1 entry\n"
    )
    found = json.loads(empty("feeds", "discover", site.url + "/two", "--json").stdout)
    assert [row["title"] for row in found] == ["One", "Other"]
    assert config(empty) == YAML


SPOKEN = "<rss version='2.0'><channel><title>Spoken</title><item><title>x</title><guid>1</guid><enclosure url='http://a.example/1.mp3' type='audio/mpeg'/></item></channel></rss>"


@pytest.mark.parametrize("said", ["", "category='news'", "category='podcast'"])
def test_an_imported_feed_is_asked_what_it_is_unless_the_list_says(
    empty: Digest, site: ScriptedServer, said: str
) -> None:
    """Lists of podcast programs do not say that all of them are podcasts; what does not answer is
    taken for news.
    """
    site.routes["/spoken"] = SPOKEN.encode()
    (empty.home / "l.opml").write_text(
        f"<opml version='2.0'><body><outline text='S' {said} xmlUrl='{site.url}/spoken'/>"
        f"<outline text='N' xmlUrl='{site.url}/one'/><outline xmlUrl='{site.url}/gone'/></body></opml>"
    )
    added = json.loads(empty("feeds", "import", "l.opml", "--json").stdout)
    assert added["podcasts"] == ([] if "news" in said else [f"{site.url}/spoken"])
    assert len(added["added"]) == 3
    assert config(empty).count("kind: podcast") == len(added["podcasts"])


def test_a_feed_of_recordings_that_is_subscribed_as_news_is_told(
    empty: Digest, site: ScriptedServer
) -> None:
    """By the doctor and by a run, which would read no transcript of it."""
    site.routes["/spoken"] = SPOKEN.encode()
    empty("feeds", "add", f"{site.url}/spoken", "--kind", "news")
    says = "its items are recordings; 'kind: podcast' has them read as episodes"
    assert says in empty("doctor").stdout
    assert f"  {site.url}/spoken: {says}" in empty("fetch").stdout.splitlines()
