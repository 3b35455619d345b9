"""A run recorded and made again: the same inputs, offline, and never over what stands."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.loading import load
from digest.errors import DigestError
from digest.run.replay import replay
from digest.run.session import Session
from digest.store import open_state
from tests.means import MEANS
from tests.press import DAY, Digest, publishing

if TYPE_CHECKING:
    from collections.abc import Callable

ISSUE = f"{DAY}-daily"
BARE = "feeds: []\neditions: {daily: {min_stories: 3}}\n"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Digest:
    """A folder with an issue and its record in `record/`; nobody serves the feeds any more. For
    looking only.
    """
    home = Digest(tmp_path_factory.mktemp("recorded"))
    with ExitStack() as stack:
        (home.home / "feeds.yaml").write_text(publishing(stack).config)
        done = home("run", "--date", DAY, "--record", "record")
    assert (done.returncode, "recorded in record" in done.stderr) == (0, True), done.stderr
    return home


@pytest.fixture
def copied(recorded: Digest, tmp_path: Path) -> Digest:
    """The same, to be changed."""
    shutil.copytree(recorded.home, tmp_path / "copied")
    return Digest(tmp_path / "copied")


@pytest.fixture
def fresh(recorded: Digest, tmp_path: Path) -> Digest:
    """An empty configuration beside a record."""
    shutil.copytree(recorded.home / "record", tmp_path / "fresh" / "record")
    (tmp_path / "fresh" / "feeds.yaml").write_text(BARE)
    return Digest(tmp_path / "fresh")


def draft(digest: Digest, name: str = "issue.md") -> str:
    """The draft of the day."""
    return (digest.home / "output" / ISSUE / name).read_text("utf-8")


# ---------------------------------------------------------------- made again


def test_a_record_holds_three_files_and_nothing_of_the_rest(recorded: Digest) -> None:
    """The inputs in one file without a journal, what they are of, and the configuration: no robots,
    no furniture, no money.
    """
    assert sorted(path.name for path in (recorded.home / "record").iterdir()) == [
        "feeds.yaml",
        "inputs.sqlite3",
        "run.json",
    ]
    run = json.loads((recorded.home / "record" / "run.json").read_text())
    assert (run["format"], run["edition"], run["date"]) == (1, "daily", DAY)
    with closing(sqlite3.connect(recorded.home / "record" / "inputs.sqlite3")) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        # our own tables
        held = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608
    # a full-text index keeps its version and an empty tree
    kept = {name for name, count in held.items() if count and "_index_" not in name}
    assert kept == {"feeds", "entries", "documents"}
    assert held["passages"] == 0
    assert held["documents"] == held["entries"] == 8


def test_an_issue_is_made_again_from_its_record_alone(recorded: Digest, fresh: Digest) -> None:
    """In another folder, with nobody to ask: byte for byte the same draft, rendered, and an issue
    like any other.
    """
    done = fresh("run", "--replay", "record", "--json")
    value = json.loads(done.stdout)
    assert (done.returncode, value["state"], value["feeds"]["ok"]) == (0, "made", 0)
    assert draft(fresh) == draft(recorded)
    assert sum(value["documents_by_basis"].values()) == 8
    assert (fresh.home / "output" / ISSUE / "index.html").exists()
    assert fresh("approve", ISSUE).returncode == 0
    assert "no difference" in fresh("diff", ISSUE, str(recorded.home / "output" / ISSUE)).stdout


def test_a_replay_where_the_issue_stands_changes_nothing(copied: Digest) -> None:
    """The result is the same, and is said to be."""
    done = copied("run", "--replay", "record")
    assert "already made; nothing has changed" in done.stdout
    assert not (copied.home / "output" / ISSUE / "issue.new.md").exists()


def test_a_change_of_configuration_is_put_beside(copied: Digest) -> None:
    """Settings, themes and templates are those of now; the draft that stands is left alone, and the
    difference can be shown.
    """
    before = draft(copied)
    config = (copied.home / "feeds.yaml").read_text()
    (copied.home / "feeds.yaml").write_text(
        config.replace("min_stories: 3", "min_stories: 3, articles: 0")
    )
    done = copied("run", "--replay", "record", "--json")
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "differs")
    assert draft(copied) == before
    assert (
        f"digest diff {ISSUE} output/{ISSUE}/issue.new.md"
        in copied("run", "--replay", "record").stdout
    )
    told = copied("diff", ISSUE, f"output/{ISSUE}/issue.new.md").stdout
    assert "moved: " in told


def test_an_edited_or_approved_draft_is_never_replaced(copied: Digest) -> None:
    """What the editor wrote stands, and so does what was approved."""
    path = copied.home / "output" / ISSUE / "issue.md"
    edited = path.read_text().replace("## Top Stories", "## The Top Stories")
    path.write_text(edited)
    assert copied("approve", ISSUE).returncode == 0
    assert json.loads(copied("run", "--replay", "record", "--json").stdout)["state"] == "differs"
    assert path.read_text() == edited
    assert " approved " in copied("issues").stdout


def test_a_replay_sees_the_recorded_text_and_not_what_was_read_since(copied: Digest) -> None:
    """The page was corrected after the record was made: where the issue stands, the replay is of
    what was recorded.
    """
    with closing(sqlite3.connect(copied.home / "digest.sqlite3")) as db, db:
        db.execute(
            "UPDATE documents SET text = 'Nothing is left of this page, which says it in a sentence"
            " of its own.'"
        )
    assert "nothing has changed" in copied("run", "--replay", "record").stdout


def test_a_story_that_the_editor_dropped_yesterday_may_be_told_in_a_replay_too(
    tmp_path: Path,
) -> None:
    """What an earlier draft no longer tells is recorded as not told: the editor's deletions are an
    input as well.
    """
    first, second = Digest(tmp_path / "first"), Digest(tmp_path / "second")
    first.home.mkdir()
    second.home.mkdir()
    with ExitStack() as stack:
        (first.home / "feeds.yaml").write_text(
            publishing(stack).config.replace("min_stories: 3", "min_stories: 1")
        )
        assert first("run", "--date", DAY).returncode == 0
        path = first.home / "output" / ISSUE / "issue.md"
        path.write_text(path.read_text().split("## Articles")[0])
        with (
            closing(sqlite3.connect(first.home / "digest.sqlite3")) as db,
            db,
        ):  # the same items come again a day later
            db.execute(
                "UPDATE entries SET published = strftime('%Y-%m-%dT%H:%M:%S.000000+00:00',"
                " published, '+1 day')"
            )
        recorded = first(
            "run", "--date", "2025-09-23", "--record", str(tmp_path / "record"), "--json"
        )
    (second.home / "feeds.yaml").write_text(BARE.replace("min_stories: 3", "min_stories: 1"))
    replayed = second("run", "--replay", str(tmp_path / "record"), "--json")
    left = json.loads(recorded.stdout)["left_out"]
    assert any(one["why"].startswith("told on") for one in left)
    assert json.loads(replayed.stdout)["left_out"] == left
    assert (
        "no difference"
        in second(
            "diff", "2025-09-23-daily", str(first.home / "output" / "2025-09-23-daily")
        ).stdout
    )


def test_a_quiet_day_is_recorded_and_is_quiet_again(copied: Digest, tmp_path: Path) -> None:
    """Exit code 3 both times; with fewer stories asked for, the replay makes the issue."""
    with ExitStack() as stack:
        config = publishing(stack).config
        (copied.home / "feeds.yaml").write_text(config.replace("min_stories: 3", "min_stories: 30"))
        assert copied("run", "--date", DAY, "--record", str(tmp_path / "quiet")).returncode == 3
    (copied.home / "feeds.yaml").write_text(
        BARE.replace("3", "30") + "state: other.sqlite3\noutput: other\n"
    )
    assert copied("run", "--replay", str(tmp_path / "quiet")).returncode == 3
    (copied.home / "feeds.yaml").write_text(BARE + "state: other.sqlite3\noutput: other\n")
    assert copied("run", "--replay", str(tmp_path / "quiet")).returncode == 0


def test_a_record_of_the_same_issue_is_brought_up_to_date(copied: Digest) -> None:
    """The folder of an earlier record of it may be used again; that of another issue may not."""
    assert copied("run", "--replay", "record").returncode == 0
    run = copied.home / "record" / "run.json"
    other = json.loads(run.read_text()) | {"date": "2025-09-21"}
    run.write_text(json.dumps(other))
    done = copied("run", "--date", DAY, "--record", "record")
    assert (
        done.returncode,
        "holds the record of 2025-09-21-daily; name another folder" in done.stderr,
    ) == (2, True)


def test_a_record_that_was_cut_short_may_be_made_again(copied: Digest) -> None:
    """A power cut between the files leaves a folder that is known as ours: refused by a replay,
    taken by the next recording.
    """
    (copied.home / "record" / "inputs.sqlite3").unlink()
    assert "the record cannot be read" in copied("run", "--replay", "record").stderr
    with ExitStack() as stack:
        (copied.home / "feeds.yaml").write_text(publishing(stack).config)
        assert copied("run", "--date", DAY, "--record", "record").returncode == 0
    assert copied("run", "--replay", "record").returncode == 0


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--record", "x", "--replay", "record"], "--replay and --record do not go together"),
        (["--replay", "record", "--dry-run"], "--replay and --dry-run do not go together"),
        (["--replay", "record", "--rewrite"], "--replay and --rewrite do not go together"),
        (["--replay", "record", "--date", DAY], "--replay and --date do not go together"),
        (
            ["--replay", "record", "--edition", "insights"],
            "--replay and --edition do not go together",
        ),
        (["--record", "x", "--dry-run"], "--dry-run makes no issue"),
        (["--record", "full"], "--record full: holds other things; name an empty or a new folder"),
        (["--record", "feeds.yaml"], "--record feeds.yaml: is a file; name a folder"),
        (["--replay", "full"], "full: is no record; it holds no run.json"),
        (["--replay", "nowhere"], "nowhere: is no record; it holds no run.json"),
        (["--replay", "feeds.yaml"], "feeds.yaml/run.json: cannot be read: Not a directory"),
    ],
)
def test_wrong_usage_is_one_line_and_nothing_is_done(
    fresh: Digest, options: list[str], words: str
) -> None:
    """Exit code 2 before any feed is asked; a folder of somebody else's is left as it is."""
    (fresh.home / "full").mkdir()
    (fresh.home / "full" / "letter.txt").write_text("Dear")
    done = fresh("run", *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (fresh.home / "output").exists()
    assert [path.name for path in (fresh.home / "full").iterdir()] == ["letter.txt"]


def edit_run(**changes: Any) -> Callable[[Path], None]:
    """run.json with other values."""

    def change(record: Path) -> None:
        run = record / "run.json"
        run.write_text(json.dumps(json.loads(run.read_text()) | changes))

    return change


def edit_inputs(statement: str) -> Callable[[Path], None]:
    """inputs.sqlite3 after a statement."""

    def change(record: Path) -> None:
        with closing(sqlite3.connect(record / "inputs.sqlite3")) as db:
            db.executescript(statement)

    return change


def cut(name: str, data: bytes) -> Callable[[Path], None]:
    """A file that holds something else."""

    def change(record: Path) -> None:
        (record / name).write_bytes(data)

    return change


EARLIER = """
    INSERT INTO issues (id, edition, date, window_start, window_end, written_hashes, facts)
    VALUES ('x', 'daily', '2025-09-20', '2025-09-19T00:00:00+00:00', '2025-09-20T00:00:00+00:00', '[]', '{}')
"""


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (cut("run.json", b"{"), "run.json: is not JSON; the record is damaged"),
        (cut("run.json", b"[" * 100_000), "run.json: is not JSON"),
        (cut("run.json", b"[]"), "run.json: the whole: "),
        (edit_run(format=2), "newer version of digest (format 2; this one knows 1)"),
        (edit_run(format="1"), "run.json: format: "),
        (edit_run(window_to="yesterday"), "run.json: window_to: "),
        (edit_run(window_to="2025-09-22T00:00:00"), "run.json: window_to: "),  # in which time zone?
        (edit_run(extra=1), "run.json: extra: "),
        (edit_run(edition="../../etc"), "../../etc"),
        (cut("feeds.yaml", b"feeds: 1"), "the record is damaged: record/feeds.yaml:1: feeds: "),
        (
            lambda record: (record / "feeds.yaml").unlink(),
            "the record is damaged: record/feeds.yaml: there is no such file",
        ),
        (
            lambda record: (record / "inputs.sqlite3").unlink(),
            "record/inputs.sqlite3: the record cannot be read: No such file",
        ),
        (
            cut("inputs.sqlite3", b"not a database, but long enough to be looked at" * 50),
            "record/inputs.sqlite3: the state is damaged",
        ),
        (
            edit_inputs("PRAGMA application_id = 1"),
            "record/inputs.sqlite3: is the SQLite file of another program",
        ),
        (
            edit_inputs("PRAGMA user_version = 99"),
            "record/inputs.sqlite3: was written by a newer version",
        ),
        (edit_inputs("CREATE VIEW odd AS SELECT 1"), "holds other tables than a record does"),
        (
            edit_inputs("CREATE TRIGGER odd AFTER INSERT ON issues BEGIN DELETE FROM issues; END"),
            "holds other tables than a record does",
        ),
        (
            edit_inputs("UPDATE entries SET url = 'javascript:alert(1)'"),
            "holds an address that is none of the web's",
        ),
        (edit_inputs("UPDATE entries SET transcripts = '{'"), "holds values that no record has"),
        (edit_inputs("UPDATE documents SET marks = '[1]'"), "holds values that no record has"),
        (
            edit_inputs("INSERT INTO endpoints VALUES ('u', 'm', '{\"rung\": \"ladder\"}', 'x')"),
            "holds values that no record has",
        ),
        (edit_inputs(EARLIER), "holds values that no record has"),
    ],
)
def test_a_damaged_record_is_refused_before_anything_is_taken_from_it(
    fresh: Digest, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None], words: str
) -> None:
    """Damaged, foreign or newer: one line that names the file, and the state is as it was."""
    monkeypatch.chdir(fresh.home)
    damage(Path("record"))
    config = load(Path("feeds.yaml"))
    with open_state(config.state) as db:
        with pytest.raises(DigestError) as caught:
            replay(Session(config, db, **MEANS), Path("record"))
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] == 0
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not config.output.exists()


def test_an_empty_record_is_a_quiet_day(fresh: Digest) -> None:
    """A file of no bytes is a state of nothing, to SQLite and to us."""
    (fresh.home / "record" / "inputs.sqlite3").write_bytes(b"")
    assert fresh("run", "--replay", "record").returncode == 3
