"""The whole run on the sample newsroom: real HTTP, real files, real state."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.errors import DigestError, IssueError, QuietDay
from digest.issue.issue_md import parse, write
from digest.run import pipeline
from digest.run.approval import approve
from digest.run.candidates import standing
from digest.run.job import covered, job_for
from digest.run.publish import load as load_issue
from digest.run.publish import record_of, render
from digest.run.session import Session
from digest.store import documents, open_state
from digest.text.markdown import to_plain
from tests.built_once import built_once
from tests.means import MEANS

if TYPE_CHECKING:
    from collections.abc import Iterator

MONDAY, TUESDAY = date(2025, 9, 22), date(2025, 9, 23)
LATER = datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
HOME = Path(__file__).parents[2]


@contextmanager
def session_at(home: Path, newsroom: Newsroom, now: datetime = LATER) -> Iterator[Session]:
    """A session as the command line would open it, with the newsroom's names and a clock of our
    own.
    """
    settings = home / "feeds.yaml"
    if not settings.exists():
        settings.write_text(files("digest.demo").joinpath("feeds.yaml").read_text("utf-8"))
    config = load(settings)
    with open_state(config.state) as db:
        yield Session(config, db, now=now, resolver=newsroom.resolve, **MEANS)


def run(
    home: Path, newsroom: Newsroom, day: date, now: datetime = LATER, **options: bool
) -> pipeline.RunOutcome:
    """One run for a day."""
    with session_at(home, newsroom, now) as session:
        return pipeline.run(session, job_for(session, "daily", day), **options)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """The sample newsroom, serving."""
    with Newsroom() as room:
        yield room


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Monday's issue was made; it is copied, never changed."""

    def build(home: Path) -> None:
        with Newsroom() as room:
            run(home, room, MONDAY)

    return built_once(tmp_path_factory, "first-day", build)


@pytest.fixture(scope="session")
def made(first_day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which both days' issues were made; for looking only."""

    def build(home: Path) -> None:
        shutil.copytree(first_day, home, dirs_exist_ok=True)
        assert issue(home, IDS[0])["status"] == "draft"
        with Newsroom() as room:
            assert run(home, room, TUESDAY).state == "made"

    both = built_once(tmp_path_factory, "both-days", build)
    return shutil.copytree(both, tmp_path_factory.mktemp("made"), dirs_exist_ok=True)


@pytest.fixture
def monday(first_day: Path, tmp_path: Path) -> Path:
    """A folder with Monday's issue, to be changed."""
    shutil.copytree(first_day, tmp_path, dirs_exist_ok=True)
    return tmp_path


def issue(home: Path, identity: str) -> dict[str, Any]:
    """An issue's JSON."""
    value: dict[str, Any] = json.loads((home / identity / "issue.json").read_text())
    return value


def stories(value: dict[str, Any]) -> list[dict[str, Any]]:
    """All stories of an issue."""
    return [story for section in value["sections"] for story in section["stories"]]


IDS = ["2025-09-22-daily", "2025-09-23-daily"]


# ---------------------------------------------------------------- what is made


@pytest.mark.parametrize("identity", IDS)
def test_every_file_of_an_issue_is_there(made: Path, identity: str) -> None:
    """The draft and its four renderings."""
    assert {path.name for path in (made / identity).iterdir()} == {
        "issue.md",
        "index.html",
        "email.html",
        "email.txt",
        "issue.json",
    }


@pytest.mark.parametrize("identity", IDS)
def test_the_draft_survives_the_round_trip(made: Path, identity: str) -> None:
    """parse(write(issue)) == issue."""
    text = (made / identity / "issue.md").read_text()
    assert write(parse(text)) == text


@pytest.mark.parametrize("identity", IDS)
def test_every_quote_stands_in_the_document_that_it_cites(
    made: Path, newsroom: Newsroom, identity: str
) -> None:
    """At exactly the offsets given, and an extract's text is its quotes joined."""
    with session_at(made, newsroom) as session:
        for story in stories(issue(made, identity)):
            for insight in story["insights"]:
                assert insight["verdict"] == "extract"
                assert insight["text"] == " ".join(
                    evidence["quote"] for evidence in insight["evidence"]
                )
                for evidence in insight["evidence"]:
                    found = documents.of(session.db, [evidence["entry"]])[evidence["entry"]]
                    assert found.url == evidence["entry_url"]
                    assert found.text[evidence["start"] : evidence["end"]] == evidence["quote"]


@pytest.mark.parametrize("identity", IDS)
def test_every_link_comes_from_the_feeds(made: Path, newsroom: Newsroom, identity: str) -> None:
    """No page can add one; an episode's recording may be linked at its minute."""
    with session_at(made, newsroom) as session:
        rows = session.db.execute(
            "SELECT url, json_extract(enclosure, '$[0][0]') AS audio FROM entries"
        ).fetchall()
        known = {address for row in rows for address in (row["url"], row["audio"])}
    for name in ("issue.md", "index.html", "email.html", "email.txt"):
        text = (made / identity / name).read_text()
        links = {
            link.rstrip(".,").partition("#t=")[0]
            for link in re.findall(r"https?://[^\s\"'<>)\]]+", text)
        }
        assert links <= known | {"http://www.w3.org/1999/xhtml"}, name


def test_a_podcast_is_quoted_to_the_minute(made: Path) -> None:
    """From its transcript, with the speaker, in every rendering, and the recording opens there."""
    value = issue(made, "2025-09-23-daily")
    (told,) = (
        story
        for story in stories(value)
        if any(source["basis"] == "transcript" for source in story["sources"])
    )
    for insight in told["insights"]:
        (evidence,) = insight["evidence"]
        minute = f"{int(evidence['second']) // 60}:{int(evidence['second']) % 60:02d}"
        assert (insight["speaker"], insight["basis"], insight["verdict"]) == (
            "Colette Marsh",
            "transcript",
            "extract",
        )
        for name in ("index.html", "email.html"):
            assert (
                f'href="{evidence["audio_url"]}#t={int(evidence["second"])}"'
                in (made / "2025-09-23-daily" / name).read_text()
            )
        assert f"at {minute}" in " ".join(
            (made / "2025-09-23-daily" / "email.txt").read_text().split()
        )
    assert told["text"].startswith("Colette Marsh: “")


@pytest.mark.parametrize("identity", IDS)
def test_no_text_is_told_twice_in_an_issue(made: Path, identity: str) -> None:
    """Highlights, stories and numbers each say something else."""
    text = (made / identity / "email.txt").read_text()
    value = issue(made, identity)
    quotes = [
        evidence["quote"]
        for story in stories(value)
        for insight in story["insights"]
        for evidence in insight["evidence"]
    ]
    squeezed = " ".join(text.split())
    for quote in quotes:
        assert squeezed.count(" ".join(quote.split())) <= 1


@pytest.mark.parametrize("identity", IDS)
def test_at_most_ninety_words_come_from_one_source(
    made: Path, newsroom: Newsroom, identity: str
) -> None:
    """What quotation allows, highlights and numbers included."""
    draft = parse((made / identity / "issue.md").read_text())
    whole = " ".join(
        [draft.highlights, *(item.text for part in draft.parts for item in part.items)]
    )
    with session_at(made, newsroom) as session:
        job = job_for(session, "daily", draft.date)
        ids = [entry.id for entry in covered(session, job).entries]
        for document in documents.of(session.db, ids).values():
            sentences = {
                sentence
                for sentence in re.split(r"(?<=[.!?])\s+", document.text)
                if sentence and sentence in whole
            }
            assert sum(len(sentence.split()) for sentence in sentences) <= 90


def test_the_same_event_is_one_story(made: Path) -> None:
    """Several publishers, one bullet, each of them linked; the syndicated copy is no story of its
    own.
    """
    lead = max(stories(issue(made, IDS[1])), key=lambda story: len(story["sources"]))
    assert len({source["publisher"] for source in lead["sources"]}) >= 3


def test_everything_left_out_has_its_reason(made: Path, newsroom: Newsroom) -> None:
    """Each document of the window is either a source of a story or left out with why, once."""
    for identity, day in zip(IDS, (MONDAY, TUESDAY), strict=True):
        value = issue(made, identity)
        told = {source["url"] for story in stories(value) for source in story["sources"]}
        left = [row["entry_url"] for row in value["left_out"]]
        with session_at(made, newsroom) as session:
            job = job_for(session, "daily", day)
            window = {entry.url for entry in covered(session, job).entries}
        assert len(left) == len(set(left))
        assert told | set(left) == window
        assert not told & set(left)
        assert all(row["why"] for row in value["left_out"])


def test_another_language_is_left_out_with_that_reason(made: Path) -> None:
    """The French feed."""
    assert any(
        "other language" in row["why"] and "echo" in row["entry_url"]
        for row in issue(made, IDS[1])["left_out"]
    )


def test_trouble_is_recorded_and_the_rest_is_whole(made: Path) -> None:
    """Failed feeds with their true reason; walls and paywalls shown with the feed's text and
    why.
    """
    run_ = issue(made, IDS[0])["run"]
    assert {failed["error"] for failed in run_["feeds"]["failed"]} == {
        "HTTP 500 Internal Server Error",
        "HTTP 404 Not Found",
    }
    bases = {
        row["url"]: row
        for day in IDS
        for story in stories(issue(made, day))
        for row in story["sources"]
    }
    assert {row["basis"] for row in bases.values()} >= {"article", "show-notes"}


@pytest.mark.parametrize("identity", IDS)
def test_nothing_addressed_to_a_machine_reaches_a_reader(made: Path, identity: str) -> None:
    """The injected instructions, their script and their link are in no file."""
    for path in (made / identity).iterdir():
        text = path.read_text().casefold()
        for forbidden in ("<script", "javascript:", "ignore all previous", "169.254.169.254"):
            if not (
                path.name == "issue.json" and forbidden == "169.254.169.254"
            ):  # there it is named as left out
                assert forbidden not in text, (path.name, forbidden)


# ---------------------------------------------------------------- a second run


def test_a_second_run_asks_nothing_needless_and_changes_nothing(
    monday: Path, newsroom: Newsroom
) -> None:
    """Every request is conditional or repeats a failure; no page, no robots.txt; issue.md stays
    byte for byte.
    """
    before = (monday / IDS[0] / "issue.md").read_bytes()
    asked = len(newsroom.requests)
    outcome = run(monday, newsroom, MONDAY, LATER + timedelta(hours=1))
    assert outcome.state == "unchanged"
    assert (monday / IDS[0] / "issue.md").read_bytes() == before
    again = newsroom.requests[asked:]
    assert again
    assert {line.path for line in again} == {"/feed"}
    assert all(line.if_none_match or line.if_modified_since or line.status >= 400 for line in again)


def test_within_their_freshness_feeds_are_not_asked_at_all(
    monday: Path, newsroom: Newsroom
) -> None:
    """Cache-Control and ttl are kept to; only what failed is tried again."""
    asked = len(newsroom.requests)
    run(monday, newsroom, MONDAY, LATER + timedelta(seconds=30))
    assert all(line.status >= 400 for line in newsroom.requests[asked:])


def test_an_edit_is_rendered_and_survives_later_runs(monday: Path, newsroom: Newsroom) -> None:
    """The draft is the editor's from the first change on; the new words are flagged, because
    nothing supports them.
    """
    draft = monday / IDS[0] / "issue.md"
    text = draft.read_text()
    first = parse(text).parts[0].items[0]
    draft.write_text(text.replace(first.text, "Edited by hand, with a claim of my own."))
    changed = draft.read_bytes()
    assert run(monday, newsroom, MONDAY).state == "kept"
    assert draft.read_bytes() == changed
    for name in ("index.html", "email.html", "email.txt", "issue.json"):
        assert "a claim of my own" in " ".join((monday / IDS[0] / name).read_text().split())
    story = stories(issue(monday, IDS[0]))[0]
    assert story["id"] == first.id
    assert "not word for word" in story["flagged"]
    assert story["insights"][-1]["verdict"] == "flagged"
    assert story["sources"]


def test_rewrite_puts_the_new_draft_beside_the_edited_one(monday: Path, newsroom: Newsroom) -> None:
    """As issue.new.md; the edited one stays."""
    draft = monday / IDS[0] / "issue.md"
    original = draft.read_text()
    draft.write_text(original.replace("title: ", "title: Edited "))
    edited = draft.read_text()
    assert run(monday, newsroom, MONDAY, rewrite=True).state == "beside"
    assert draft.read_text() == edited
    assert (monday / IDS[0] / "issue.new.md").read_text() == original


def test_a_draft_that_cannot_be_parsed_replaces_nothing(monday: Path, newsroom: Newsroom) -> None:
    """The error names the line; the renderings stay the last good ones."""
    folder = monday / IDS[0]
    page = (folder / "index.html").read_bytes()
    text = folder.joinpath("issue.md").read_text()
    folder.joinpath("issue.md").write_text(text.replace("<!-- story:", "<!-- stroy insights:", 1))
    with pytest.raises(IssueError, match=r"issue\.md:\d+: this marker is damaged"):
        run(monday, newsroom, MONDAY)
    assert (folder / "index.html").read_bytes() == page


def test_a_story_that_the_editor_drops_is_left_out_with_that_reason(
    monday: Path, newsroom: Newsroom
) -> None:
    """It stays known, and it does not count as told."""
    draft = monday / IDS[0] / "issue.md"
    text = draft.read_text()
    first = parse(text).parts[0].items[0]
    start = text.index(f"- **{first.headline}")
    end = text.index("-->", start) + 4
    draft.write_text(text[:start] + text[end:])
    run(monday, newsroom, MONDAY)
    reasons = {row["entry_url"]: row["why"] for row in issue(monday, IDS[0])["left_out"]}
    assert reasons[first.links[0].url] == "dropped by the editor"


def test_a_story_that_lost_its_marker_is_the_story_that_it_was(
    monday: Path, newsroom: Newsroom
) -> None:
    """It keeps theme, label, sources and checks, counts as told, and is not called dropped; so does
    one whose text was changed, too.
    """
    draft = monday / IDS[0] / "issue.md"
    before, page = issue(monday, IDS[0]), (monday / IDS[0] / "email.html").read_text()
    bare = re.sub(r"\n *<!-- (?:story|figure):.*-->", "", draft.read_text())
    draft.write_text(bare)
    with session_at(monday, newsroom) as session:
        render(session, IDS[0])
        record = record_of(session, IDS[0])
        assert standing(session, record) == set(record.facts["stories"])
    hashes = {"draft_hash": ""}
    assert issue(monday, IDS[0]) | hashes == before | hashes
    assert (monday / IDS[0] / "email.html").read_text() == page
    first = parse(bare).parts[0].items[0]
    draft.write_text(bare.replace(first.text, "Edited by hand, with a claim of my own."))
    with session_at(monday, newsroom) as session:
        render(session, IDS[0])
        assert standing(session, record) == set(record.facts["stories"])
    edited, was = stories(issue(monday, IDS[0]))[0], stories(before)[0]
    assert {key: edited[key] for key in ("id", "theme", "sources")} == {
        key: was[key] for key in ("id", "theme", "sources")
    }
    assert edited["flagged"]


def test_an_image_is_shown_where_the_newsletter_allows_it(monday: Path, newsroom: Newsroom) -> None:
    """Elsewhere its line is named; where it is not seen, what it shows is said."""
    draft, settings = monday / IDS[0] / "issue.md", monday / "feeds.yaml"
    first = parse(draft.read_text()).parts[0].items[0]
    picture = "![What a rack costs](https://charts.example/rack.png)"
    draft.write_text(draft.read_text().replace(first.text, f"{first.text} {picture}"))
    with (
        session_at(monday, newsroom) as session,
        pytest.raises(IssueError, match=r"issue\.md:\d+: an image cannot be sent along"),
    ):
        render(session, IDS[0])
    settings.write_text(settings.read_text().replace("newsletter:", "newsletter:\n  images: true"))
    with session_at(monday, newsroom) as session:
        render(session, IDS[0])
    html, mail, text = (
        (monday / IDS[0] / name).read_text() for name in ("index.html", "email.html", "email.txt")
    )
    shown = '<img alt="What a rack costs" src="https://charts.example/rack.png"'
    assert shown in html
    assert shown in mail
    assert "img-src https:" in html
    assert "loads its pictures from elsewhere" in html
    assert "no pixels" not in mail
    assert "What a rack costs" in " ".join(text.split())
    assert "What a rack costs" in stories(issue(monday, IDS[0]))[0]["text"]


def test_after_the_state_is_lost_the_edited_draft_is_still_safe(
    monday: Path, newsroom: Newsroom
) -> None:
    """A draft that the program does not remember writing is taken for the editor's."""
    draft = monday / IDS[0] / "issue.md"
    draft.write_text(draft.read_text().replace("title: ", "title: Mine "))
    mine = draft.read_bytes()
    for path in monday.glob("digest.sqlite3*"):
        path.unlink()
    assert run(monday, newsroom, MONDAY).state == "kept"
    assert draft.read_bytes() == mine


# ---------------------------------------------------------------- approval


def test_an_approved_issue_is_never_made_again(monday: Path, newsroom: Newsroom) -> None:
    """The next run does nothing at all, and says so."""
    with session_at(monday, newsroom) as session:
        assert approve(session, IDS[0]).status == "approved"
    assert issue(monday, IDS[0])["status"] == "approved"
    asked, before = len(newsroom.requests), (monday / IDS[0] / "email.html").read_bytes()
    assert run(monday, newsroom, MONDAY).state == "approved"
    assert len(newsroom.requests) == asked
    assert (monday / IDS[0] / "email.html").read_bytes() == before


@pytest.mark.parametrize("name", ["issue.md", "email.html", "email.txt"])
def test_any_change_after_approval_takes_the_issue_back_to_draft(
    monday: Path, newsroom: Newsroom, name: str
) -> None:
    """Whichever file it is that readers would be sent."""
    with session_at(monday, newsroom) as session:
        approve(session, IDS[0])
        path = monday / IDS[0] / name
        path.write_bytes(path.read_bytes() + b"\n")
        assert render(session, IDS[0]).status == "draft"


def test_flagged_words_are_not_approved_unless_accepted_by_name(
    monday: Path, newsroom: Newsroom
) -> None:
    """And an acceptance holds for the words that it was given for, not for the next ones."""
    draft = monday / IDS[0] / "issue.md"
    first = parse(draft.read_text()).parts[0].items[0]
    draft.write_text(draft.read_text().replace(first.text, "A claim of my own."))
    with session_at(monday, newsroom) as session:
        with pytest.raises(IssueError, match=f"--accept {first.id}"):
            approve(session, IDS[0])
        with pytest.raises(IssueError, match="nothing flagged is called"):
            approve(session, IDS[0], ("nonsense",))
        assert approve(session, IDS[0], (first.id,)).status == "approved"
        draft.write_text(draft.read_text().replace("A claim of my own.", "Another claim."))
        with pytest.raises(IssueError, match="is flagged"):
            approve(session, IDS[0])


@pytest.mark.parametrize(
    ("title", "flagged"),
    [
        ("The bill for compute comes due", False),
        ("Nvidia to invest up to $970 billion in OpenAI", True),
        ("Zbigniew Quillfeather buys Nvidia", True),
    ],
)
def test_a_changed_title_may_be_the_editor_s_own_but_not_its_figures_and_names(
    monday: Path, newsroom: Newsroom, title: str, flagged: bool
) -> None:
    """What no cited source has in figures and names is flagged; it goes out when accepted by
    name.
    """
    with session_at(monday, newsroom) as session:
        draft = session.folder(IDS[0]).markdown
        text = draft.read_text()
        try:
            draft.write_text(
                re.sub(r"^title: .*$", f'title: "{title}"', text, count=1, flags=re.MULTILINE)
            )
            assert ("title" in load_issue(session, IDS[0]).unaccepted()) is flagged
        finally:
            draft.write_text(text)


def test_changed_highlights_are_held_against_what_they_link_to(
    monday: Path, newsroom: Newsroom
) -> None:
    """Words that the linked source has pass; the same words linked to another source, or invented
    ones, are flagged.
    """
    draft = monday / IDS[0] / "issue.md"
    text, parsed = draft.read_text(), parse(draft.read_text())
    first, second = parsed.parts[0].items[0], parsed.parts[0].items[2]
    sentence = to_plain(first.text).split(". ")[0] + "."
    with session_at(monday, newsroom) as session:
        for words, link, flagged in (
            (sentence, first.links[0], False),
            (sentence, second.links[0], True),
            ("Gold fell to $3.", first.links[0], True),
        ):
            draft.write_text(
                text.replace(parsed.highlights, f"{words} ([{link.name}]({link.url}))")
            )
            assert ("highlights" in load_issue(session, IDS[0]).unaccepted()) is flagged, words


def test_the_archive_holds_what_was_approved_and_nothing_else(
    monday: Path, newsroom: Newsroom
) -> None:
    """Issue pages, an index, a feed; a draft is in none of them."""
    run(monday, newsroom, TUESDAY)
    with session_at(monday, newsroom) as session:
        approve(session, IDS[0])
    site = monday / "site"
    assert (site / "issues" / IDS[0] / "index.html").exists()
    assert not (site / "issues" / IDS[1]).exists()
    assert IDS[0] in (site / "index.html").read_text()
    assert IDS[1] not in (site / "feed.xml").read_text()


# ---------------------------------------------------------------- days


def test_a_quiet_day_makes_no_issue(newsroom: Newsroom, tmp_path: Path) -> None:
    """One line says so, the exit code is 3, and nothing is written."""
    with pytest.raises(
        QuietDay, match="2025-08-01-daily: a quiet day: 0 stories of the 4"
    ) as quiet:
        run(tmp_path, newsroom, date(2025, 8, 1))
    assert quiet.value.exit_code == 3
    assert not (tmp_path / "2025-08-01-daily").exists()


def test_after_a_quiet_day_nothing_is_lost(monday: Path, newsroom: Newsroom) -> None:
    """The next issue's window reaches back to the last issue's cut-off, not to the quiet day's."""
    with session_at(monday, newsroom) as session:
        first = job_for(session, "daily", MONDAY)
        later = job_for(session, "daily", TUESDAY)
    assert later.window.start == first.window.end


def test_a_second_run_of_a_day_keeps_its_window(newsroom: Newsroom, tmp_path: Path) -> None:
    """Today's cut-off is that of the first run, so a re-run is the same issue."""
    noon = datetime(2025, 9, 22, 18, tzinfo=UTC)
    run(tmp_path, newsroom, MONDAY, noon)
    with session_at(tmp_path, newsroom, noon + timedelta(hours=3)) as session:
        assert job_for(session, "daily", MONDAY).window.end == noon


def test_what_an_earlier_issue_told_is_not_told_again(newsroom: Newsroom, monday: Path) -> None:
    """An item that the feed dates anew comes back into the window, and stays out with the date on
    which it was told.
    """
    told = stories(issue(monday, IDS[0]))[0]["sources"][0]["url"]
    with session_at(monday, newsroom) as session, session.db:
        session.db.execute(
            "UPDATE entries SET published = '2025-09-23T12:00:00.000000+00:00' WHERE url = ?",
            (told,),
        )
    run(monday, newsroom, TUESDAY, LATER + timedelta(seconds=10))
    reasons = {row["entry_url"]: row["why"] for row in issue(monday, IDS[1])["left_out"]}
    assert reasons[told] == "told on 2025-09-22"


def test_a_dry_run_writes_no_issue(newsroom: Newsroom, tmp_path: Path) -> None:
    """It says what would be told."""
    outcome = run(tmp_path, newsroom, MONDAY, dry_run=True)
    assert outcome.state == "planned"
    assert outcome.plan is not None
    assert not (tmp_path / IDS[0]).exists()


def test_when_every_feed_fails_the_run_fails(
    monday: Path, newsroom: Newsroom, free_port: int
) -> None:
    """With the first reason, and the last good files untouched."""
    before = (monday / IDS[0] / "issue.md").read_bytes()
    with session_at(monday, newsroom, LATER + timedelta(days=2)) as session:
        session.resolver = lambda _host, _port: [("127.0.0.1", free_port)]
        with pytest.raises(DigestError, match=r"feeds failed; the first, .*refused"):
            pipeline.run(session, job_for(session, "daily", MONDAY))
    assert (monday / IDS[0] / "issue.md").read_bytes() == before
