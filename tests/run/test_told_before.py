"""Two days of one newsletter: what was told comes back only with something new."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Config, Daily, Editions, Feed
from digest.extract.document import Extracted
from digest.model import Document, Entry
from digest.run.job import job_for
from digest.run.pipeline import make
from digest.run.publish import issue_object, load
from digest.run.session import Session
from digest.store import documents, entries, open_state

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

FEEDS = ("https://wire.example/feed", "https://post.example/feed")
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
BOUGHT = (
    "Halden Compute agrees to buy Ostra Grid for $4 billion",
    (
        "Halden Compute has agreed to buy Ostra Grid, which runs substations in Norway, for $4 billion."
        " The deal gives the operator of AI data centers 600 megawatts of power near Bergen."
    ),
)
AGAIN = (
    "Ostra Grid goes to Halden Compute in $4 billion deal",
    (
        "Ostra Grid, which runs substations in Norway, goes to Halden Compute for $4 billion in a deal"
        " that gives the operator of AI data centers 600 megawatts of power near Bergen."
    ),
)
RAISED = (
    "Halden Compute raises its bid for Ostra Grid to $4.6 billion",
    (
        "Halden Compute has raised its bid for Ostra Grid, which runs substations in Norway, to $4.6"
        " billion. The operator of AI data centers wants its 600 megawatts of power near Bergen."
    ),
)
PRICES = (
    "Kestrel cuts token prices of its largest AI model by half",
    (
        "Kestrel cut the token prices of its largest AI model by half. Customers of the start-up now"
        " pay $3 for a million tokens."
    ),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Monday's issue is made: the purchase, and prices."""
    with open_state(tmp_path / "digest.sqlite3") as db:
        config = Config(
            feeds=tuple(Feed(url=url) for url in FEEDS),
            state=tmp_path / "digest.sqlite3",
            output=tmp_path,
            editions=Editions(daily=Daily(min_stories=1)),
        )
        session = Session(config, db, now=datetime(2026, 3, 4, 12, tzinfo=UTC))
        _publish(db, 2, FEEDS[0], BOUGHT)
        _publish(db, 2, FEEDS[1], PRICES)
        make(session, job_for(session, "daily", MONDAY))
        yield session


def _publish(db: sqlite3.Connection, day: int, feed: str, piece: tuple[str, str]) -> None:
    title, text = piece
    when = datetime(2026, 3, day, 9, tzinfo=UTC)
    url = f"{feed.removesuffix('feed')}{title.lower().replace(' ', '-')}"
    entry = Entry(title, feed, url, title, when, when)
    house = "Wire" if "wire" in feed else "Post"
    document = Document(
        title, url, feed, "news", title, house, when, when, "article", text, language="en"
    )
    with db:
        entries.save(db, [entry])
        documents.save(db, entry, Extracted(document), when)


def _tuesday(session: Session) -> dict[str, Any]:
    """Tuesday's issue as JSON."""
    made = make(session, job_for(session, "daily", TUESDAY))
    return issue_object(load(session, made.job.id))


def _stories(issue: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {story["headline"]: story for part in issue["sections"] for story in part["stories"]}


def test_news_of_a_told_story_is_an_update_with_a_link_back(session: Session) -> None:
    """It says what is new, in issue.json and on every page."""
    first = _stories(issue_object(load(session, "2026-03-02-daily")))[BOUGHT[0]]
    _publish(session.db, 3, FEEDS[1], RAISED)
    found = _stories(_tuesday(session))[RAISED[0]]["update_of"]
    assert (found["issue"], found["story"]) == ("2026-03-02-daily", first["id"])
    assert (found["date"], found["headline"]) == ("2026-03-02", BOUGHT[0])
    assert [(one["kind"], one["text"]) for one in found["news"]] == [("figure", "$4.6 billion")]
    folder = session.config.output / "2026-03-03-daily"
    told = f"../2026-03-02-daily/index.html#story-{first['id']}"
    assert told in (folder / "issue.md").read_text("utf-8")
    assert f'href="{told}"' in (folder / "index.html").read_text("utf-8")
    mail = " ".join((folder / "email.txt").read_text("utf-8").split())
    assert f"Update: follows {BOUGHT[0]}, told on 2 March; new: $4.6 billion." in mail


def test_the_same_again_is_left_out_with_the_date(session: Session) -> None:
    """Though another house tells it under another title at another address."""
    _publish(session.db, 3, FEEDS[1], AGAIN)
    _publish(
        session.db,
        3,
        FEEDS[0],
        (
            "Senate weighs a tax on AI chips",
            (
                "The Senate weighs a tax"
                " on AI chips. Nvidia would pay $2 billion a year under the bill."
            ),
        ),
    )
    issue = _tuesday(session)
    assert AGAIN[0] not in _stories(issue)
    assert [row["why"] for row in issue["left_out"]] == [f"told on 2026-03-02 as “{BOUGHT[0]}”"]


def test_what_the_editor_dropped_was_not_told(session: Session) -> None:
    """Its news is new."""
    draft = session.config.output / "2026-03-02-daily" / "issue.md"
    text = draft.read_text("utf-8")
    at = text.index(f"- **{BOUGHT[0]}")
    end = text.index("-->", at) + len("-->")
    draft.write_text(text[:at] + text[end:], "utf-8")
    _publish(session.db, 3, FEEDS[1], AGAIN)
    assert _stories(_tuesday(session))[AGAIN[0]]["update_of"] is None


def test_a_changed_line_is_the_editors_word(session: Session) -> None:
    """And checked against the story's sources, as all that is typed."""
    _publish(session.db, 3, FEEDS[1], RAISED)
    assert _stories(_tuesday(session))[RAISED[0]]["verdict"] == "extract"
    draft = session.config.output / "2026-03-03-daily" / "issue.md"
    typed = draft.read_text("utf-8").replace("new: $4.6 billion.", "new: $5.6 billion.")
    draft.write_text(typed, "utf-8")
    story = _stories(issue_object(load(session, "2026-03-03-daily")))[RAISED[0]]
    assert story["verdict"] == "flagged"
