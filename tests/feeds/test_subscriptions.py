"""feeds add, remove, import, export: the file stays the user's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.config.opml import read_opml, write_opml
from digest.config.schema import Feed
from digest.errors import ConfigError, UsageError
from digest.feeds.subscriptions import add, feed_from, remove

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
# my list
newsletter: {name: "Mine"}   # kept

feeds:
  # --- chips
  - url: https://chips.example/feed
    note: "why: chips"   # trailing

  # --- energy
  - {url: https://grid.example/rss, weight: 2}
  - url: https://last.example/feed
    title: Last

# the end
limits: {host_gap: 2}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A configuration with comments in every place."""
    file = tmp_path / "feeds.yaml"
    file.write_text(TEXT)
    return file


def test_an_added_feed_is_all_that_changes(path: Path) -> None:
    """Only lines are added, none changed; comments stay."""
    added = add(path, [Feed(url="https://new.example/feed", title="New: one", kind="podcast")])
    assert [feed.url for feed in added] == ["https://new.example/feed"]
    before, after = TEXT.split("\n"), path.read_text().split("\n")
    assert [line for line in before if line not in after] == []
    assert load(path).feeds[-1] == Feed(
        url="https://new.example/feed", title="New: one", kind="podcast"
    )


def test_a_feed_that_is_there_is_not_added_again(path: Path) -> None:
    """Scheme, letter case of the host and a last slash make no other feed."""
    assert add(path, [Feed(url="http://CHIPS.example/feed/")]) == ()
    assert path.read_text() == TEXT


@pytest.mark.parametrize(
    "url", ["https://chips.example/feed", "https://grid.example/rss", "https://last.example/feed"]
)
def test_a_removed_feed_takes_only_its_own_lines(path: Path, url: str) -> None:
    """The heading of the next group, blank lines and all else stay byte for byte."""
    remove(path, url)
    after = path.read_text().split("\n")
    gone = [line for line in TEXT.split("\n") if line not in after]
    assert all("note:" in line or "title:" in line or url in line for line in gone)
    assert url not in path.read_text()
    assert {"# my list", "  # --- chips", "  # --- energy", "# the end"} <= set(after)
    assert len(load(path).feeds) == 2


def test_the_last_feed_can_be_removed_and_one_added_again(path: Path) -> None:
    """An empty list is written as one, and the comment behind its key stays."""
    path.write_text("feeds:  # mine\n  - url: https://a.example/\n")
    remove(path, "https://a.example")
    assert path.read_text() == "feeds: []  # mine\n"
    assert load(path).feeds == ()
    add(path, [Feed(url="https://b.example/")])
    assert [feed.url for feed in load(path).feeds] == ["https://b.example/"]


@pytest.mark.parametrize(
    "text",
    [
        "feeds: [{url: https://a.example/}, {url: https://b.example/}]\n",
        "feeds: [{url: https://a.example/}]\n",
        "newsletter: {name: Mine}\nfeeds: [\n  {url: https://a.example/},\n]\n",
        "{feeds: [{url: https://a.example/}], limits: {host_gap: 2}}\n",
    ],
)
def test_a_layout_that_cannot_be_changed_safely_is_left_alone(path: Path, text: str) -> None:
    """A list in brackets is for the user to change, its only item too."""
    path.write_text(text)
    with pytest.raises(UsageError, match="by hand"):
        remove(path, "https://a.example/")
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "feeds: [{url: http://a.example/}]   # mine\n",
            'feeds: [{url: http://a.example/}, {"url": "%s"}]   # mine\n',
        ),
        ("feeds: [ {'url': 'http://a.example/]'} ]\nlimits: {host_gap: 2}\n", None),
        ("limits: {host_gap: 2}\nfeeds: [\n  {url: http://a.example/}  # ]\n]\n", None),
        (
            '{"feeds": [{"url": "http://a.example/"}]}\n',
            '{"feeds": [{"url": "http://a.example/"}, {"url": "%s"}]}\n',
        ),
    ],
)
def test_a_list_in_brackets_is_added_to_as_it_stands(
    path: Path, text: str, after: str | None
) -> None:
    """The new item stands before the closing bracket; not a character of the others changes."""
    new = "https://new.example/feed"
    path.write_text(text)
    before = load(path)
    add(path, [Feed(url=new)])
    assert load(path) == replace(before, feeds=(*before.feeds, Feed(url=new)))
    assert path.read_text().replace(f', {{"url": "{new}"}}', "") == text
    assert after is None or path.read_text() == after % new


@pytest.mark.parametrize(
    "text", ["feeds: [{url: http://a.example/},]\n", "<<: {feeds: [{url: http://a.example/}]}\n"]
)
def test_brackets_that_cannot_be_added_to_are_left_alone(path: Path, text: str) -> None:
    """A comma before the bracket, a list merged in from elsewhere: one line, and the file as it
    was.
    """
    path.write_text(text)
    with pytest.raises(UsageError, match="by hand"):
        add(path, [Feed(url="https://new.example/feed")])
    assert path.read_text() == text


@pytest.mark.parametrize(
    "text",
    [
        "feeds:\n",
        "feeds: null\n",
        "# mine\nfeeds:\n  # none yet\nlimits: {host_gap: 2}\n",
        "# mine\nlimits: {host_gap: 2}\n",
    ],
)
def test_a_file_without_a_list_is_one_with_an_empty_list(path: Path, text: str) -> None:
    """Nothing under `feeds:`, or no such key: the first feed makes the list, and the rest stays."""
    path.write_text(text)
    add(path, [Feed(url="https://new.example/feed")])
    found = load(path)
    assert [feed.url for feed in found.feeds] == ["https://new.example/feed"]
    assert found.limits.host_gap == (2 if "limits" in text else 1)
    assert set(text.split("\n")) - {"feeds: null"} <= set(path.read_text().split("\n"))


def test_an_unknown_feed_is_not_removed(path: Path) -> None:
    """The message says where to look."""
    with pytest.raises(UsageError, match="feeds list"):
        remove(path, "https://other.example/")


def test_a_wrong_file_is_not_touched(path: Path) -> None:
    """An invalid configuration is refused before anything is written."""
    path.write_text(TEXT + "wrong: 1\n")
    with pytest.raises(ConfigError):
        add(path, [Feed(url="https://new.example/")])
    assert path.read_text() == TEXT + "wrong: 1\n"


@pytest.mark.parametrize(
    "given",
    [
        {"url": "new.example"},
        {"url": "javascript:alert(1)"},
        {"url": "https://a.example/", "kind": "film"},
    ],
)
def test_what_is_typed_is_validated(given: dict[str, str]) -> None:
    """A bad address or kind is a usage error."""
    with pytest.raises(UsageError):
        feed_from(**given)


def test_opml_out_and_in_is_the_same_subscription() -> None:
    """Kind, title and characters that XML must escape survive."""
    feeds = (
        Feed(url="https://a.example/?x=1&y=2", title='A & "B" <c>'),
        Feed(url="https://p.example/feed", title="Pod", kind="podcast"),
    )
    listed = read_opml(write_opml(feeds, "Mine"), "x.opml")
    back, trouble = listed.feeds, listed.trouble
    assert not listed.unsaid
    assert trouble == ()
    assert [(feed.url, feed.title, feed.kind) for feed in back] == [
        (feeds[0].url, feeds[0].title, "news"),
        (feeds[1].url, "Pod", "podcast"),
    ]


def test_nested_outlines_are_read_and_unusable_ones_named() -> None:
    """Folders are walked; what is no web address is skipped with a line."""
    inner = (
        '<outline text="f"><outline text="A" xmlUrl="http://a.example/"/></outline><outline'
        ' xmlUrl="feed:x"/>'
    )
    opml = f'<opml version="1.1"><body>{inner}</body></opml>'.encode()
    listed = read_opml(opml, "x.opml")
    feeds, trouble = listed.feeds, listed.trouble
    assert [feed.title for feed in feeds] == ["A"]
    assert len(trouble) == 1
    assert "feed:x" in trouble[0]


SLIPS = {
    "a bare &": 'title="Rent & Rates" xmlUrl="http://a.example/f?x=1&y=2"',
    "entities of HTML": 'title="Rent &amp;&nbsp;Rates" xmlUrl="http://a.example/f?x=1&amp;y=2"',
    "a bracket in a value": 'title="Rent & Rates" note="<b>new</b>" xmlUrl="http://a.example/f?x=1&y=2"',
    "names in other letters": 'TITLE="Rent &amp; Rates" xmlURL="http://a.example/f?x=1&amp;y=2"',
    "a scheme of readers": 'title="Rent &amp; Rates" xmlurl="feed://a.example/f?x=1&amp;y=2"',
    "a scheme before a scheme": 'title="Rent &amp; Rates" xmlUrl="feed:http://a.example/f?x=1&amp;y=2"',
}


@pytest.mark.parametrize("attributes", SLIPS.values(), ids=SLIPS)
def test_lists_that_programs_write_by_hand_are_read(attributes: str) -> None:
    """What no XML parser takes, and what no two programs write alike."""
    opml = f'<opml version="2.0"><body><outline {attributes}/></body></opml>'
    (feed,) = read_opml(opml.encode(), "x.opml").feeds
    assert (feed.title, feed.url) == ("Rent & Rates", "http://a.example/f?x=1&y=2")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<html/>",
        b"<opml>",
        b'<!DOCTYPE o [<!ENTITY a "ha">]><opml><body/></opml>',
        b"\xff\xfe<\x00",
        '<!DOCTYPE o [<!ENTITY a "ha">]><opml><body/></opml>'.encode("utf-16"),
    ],
)
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    """Entity declarations are refused before they are read."""
    with pytest.raises(UsageError):
        read_opml(data, "x.opml")
