"""Stories that an editor puts in, and wordings that an editor asks for: told and checked like any."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from digest.errors import DigestError, IssueError, UsageError
from digest.run import edit, pipeline, put_in
from digest.run.publish import issue_object, load
from digest.run.reword import WISHES, reword
from digest.store import documents
from tests.model_server import Asked, model_server
from tests.run.test_edit import ISSUE, ids, opened
from tests.run.test_model_run import good
from tests.run.test_model_run import opened as with_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.run.session import Session
    from tests.servers import ScriptedServer

PAGE = b"""<!doctype html><html lang="en"><head><title>Fjord halves the price of its accelerator
</title><meta property="og:site_name" content="Harbour Post"></head><body><article>
<h1>Fjord halves the price of its accelerator</h1>
<p>Fjord Silicon halved the price of its AI accelerator to $9,400 on Monday, the first cut since the
chip was launched two years ago.</p>
<p>The company said that data center operators had put off orders for its GPUs because rented
compute had become 40% cheaper within a year, and that it expected the cut to bring them back.</p>
<p>Rivals have not followed, and two of them told customers that their list prices would stand until
the end of the quarter, according to people who buy such chips for a living.</p>
</article></body></html>"""


@pytest.fixture
def home(made_day: Path, tmp_path: Path) -> Path:
    """A copy of a made issue."""
    return shutil.copytree(made_day, tmp_path / "home")


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    """It, opened."""
    with opened(home) as session:
        yield session


def left_out(session: Session) -> list[dict[str, str]]:
    """What the issue left out."""
    rows: list[dict[str, str]] = issue_object(load(session, ISSUE))["left_out"]
    return rows


def below_the_line(session: Session) -> str:
    """The address of what could have been told."""
    return next(
        row["entry_url"]
        for row in left_out(session)
        if row["why"] in {"below the line", "off subject"}
    )


def test_what_was_left_out_is_put_in(session: Session) -> None:
    """In its source's own words, with sources and theme, at the place that was asked for; it is
    left out no more, and is again when it is undone.
    """
    url = below_the_line(session)
    put_in.take(session, ISSUE, url, place=2)
    issue = load(session, ISSUE)
    one = issue.told[1]
    assert one.sources[0].url == url
    assert one.standing.verdict == "extract"
    assert one.facts["why"].startswith("put in by the editor")
    assert one.facts["theme"]
    assert url not in [row["entry_url"] for row in left_out(session)]
    with pytest.raises(IssueError, match=f"a source of {one.id} already"):
        put_in.take(session, ISSUE, url)
    edit.undo(session, ISSUE)
    assert one.id not in ids(session)
    assert url in [row["entry_url"] for row in left_out(session)]


def test_nothing_is_put_in_that_nobody_knows(session: Session) -> None:
    """The error says what would read it."""
    with pytest.raises(IssueError, match="--add URL"):
        put_in.take(session, ISSUE, "https://nobody.example/knows")


def test_a_story_is_written_from_an_address(home: Path, server: ScriptedServer) -> None:
    """Fetched, read, told in its own words, with its evidence; typed over it is checked."""
    server.routes["/fjord"] = PAGE
    with opened(home) as session:
        put_in.add(session, ISSUE, f"{server.url}/fjord?utm_source=x", "Top Stories", 1)
        one = load(session, ISSUE).told[0]
        assert one.item.headline == "Fjord halves the price of its accelerator"
        assert "$9,400" in one.item.text
        assert (one.standing.verdict, one.facts["theme"]) == ("extract", "Chips & hardware")
        document = documents.of(session.db, [one.sources[0].entry])[one.sources[0].entry]
        span = one.insights[0].evidence[0]
        assert document.text[span.start : span.end] == span.quote
        text = session.folder(ISSUE).text() or ""
        done = edit.write_text(session, ISSUE, text.replace("$9,400", "$9,700"))
        assert any("9,700" in line for line in done.said)


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("{server}/gone", IssueError, "HTTP 404"),
        ("{server}/empty", IssueError, "cannot be read|told by itself"),
        ("http://10.1.2.3/story", IssueError, "readers cannot open"),
        ("ftp://files.example/x", UsageError, "no address"),
        ("", UsageError, "no address"),
    ],
)
def test_an_address_that_tells_nothing_changes_nothing(
    home: Path, server: ScriptedServer, path: str, error: type[DigestError], words: str
) -> None:
    """The reason is one line."""
    server.routes["/empty"] = b"<html><title>x</title><body></body></html>"
    with opened(home) as session:
        before = session.folder(ISSUE).text()
        with pytest.raises(error, match=words):
            put_in.add(session, ISSUE, path.format(server=server.url))
        assert session.folder(ISSUE).text() == before


def test_without_a_model_there_is_no_other_wording(session: Session) -> None:
    """It says what to do."""
    with pytest.raises(UsageError, match="llm"):
        reword(session, ISSUE, ids(session)[0], "shorter")
    with pytest.raises(UsageError, match="shorter, sharper, lead"):
        reword(session, ISSUE, ids(session)[0], "funnier")


@pytest.fixture
def fresh(fetched_day: Path, tmp_path: Path) -> Path:
    """A copy of what was fetched, no issue made."""
    return shutil.copytree(fetched_day, tmp_path / "fresh")


def test_a_model_words_a_story_anew_and_it_is_checked(fresh: Path) -> None:
    """It is given the wish and the present text; what it lies is not taken."""
    wanted: list[str] = []

    def answer(asked: Asked) -> str:
        if "wants another wording" in asked.prompt and "Return one JSON" in asked.prompt:
            wanted.append(asked.prompt)
            if WISHES["lead"] in asked.prompt:
                return json.dumps({"headline": "", "text": "It cost $987 bn. It fell by 91%."})
        return good(asked)

    with model_server(answer) as server, with_model(fresh, server) as (session, job):
        pipeline.make(session, job)
        one = next(one for one in load(session, job.id).told if one.insights[0].read_by)
        edit.write_text(
            session, job.id, (session.folder(job.id).text() or "").replace(one.item.text, "Typed.")
        )
        before = session.folder(job.id).text()
        with pytest.raises(IssueError, match="stays as it is"):
            reword(session, job.id, one.id, "lead")
        assert session.folder(job.id).text() == before
        reword(session, job.id, one.id, "shorter")
        again = next(other for other in load(session, job.id).told if other.id == one.id)
        assert again.item.text != "Typed."
        assert again.standing.verdict in {"grounded", "extract"}
        assert "Typed." in wanted[-1]


def test_a_story_from_an_address_is_told_by_the_model(fresh: Path, server: ScriptedServer) -> None:
    """Where there is one, it reads the page and tells it."""
    server.routes["/fjord"] = PAGE
    with model_server(good) as model, with_model(fresh, model) as (session, job):
        pipeline.make(session, job)
        put_in.add(session, job.id, f"{server.url}/fjord")
        one = next(one for one in load(session, job.id).told if one.facts.get("put_in"))
        assert one.insights[0].read_by == "m"
        assert one.standing.verdict in {"grounded", "extract"}
