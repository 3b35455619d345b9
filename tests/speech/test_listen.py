"""From a feed that is marked to what is said in its episodes, over HTTP, into the store; and on
again after a crash.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Config, Feed, Grounding, Limits, Llm, Network, Speech
from digest.config.typed_mapping import fitted
from digest.editions.registry import edition_named
from digest.errors import DigestError
from digest.llm.budget import Call, Cost
from digest.llm.question import Spent
from digest.model import Document, Entry, Link, Window
from digest.run.extract import extract
from digest.run.job import Job
from digest.run.model_account import open_account
from digest.run.report import speech_lines
from digest.run.results import ExtractResult
from digest.run.session import Session
from digest.speech.download import place_of
from digest.speech.engine import Segment
from digest.speech.engine_choice import engine_for
from digest.store import documents, entries, open_state, speech
from tests.means import MEANS
from tests.servers import Reply, ScriptedServer, serving
from tests.speech.recogniser import KEY, MODEL, Answer, Recogniser, complaint
from tests.speech.sounds import talk, wav, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.press import Digest

pytest.importorskip("av", reason="the extra 'speech' is not installed")

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=1), NOW)
JOB = Job(edition_named("daily"), NOW.date(), WINDOW)
FEED = "https://show.example/feed"
SAID = words(240)
SOUND = wav(talk(SAID, pause_every=20))  # 67 seconds
NOTES = "Ann Roe on what chips and power cost."
LINES = [
    f"A gigawatt of power costs more than the {i} thousand chips that it feeds."
    for i in range(10, 60)
]
VTT = "WEBVTT\n\n" + "".join(
    f"00:{i:02d}.000 --> 00:{i + 1:02d}.000\n{line}\n\n" for i, line in enumerate(LINES)
)


class Show:
    """Episodes on a server, an endpoint that hears, and the state that both go into."""

    def __init__(self, server: ScriptedServer, recogniser: Recogniser, session: Session) -> None:
        self.server, self.recogniser, self.session = server, recogniser, session
        self.said: list[str] = []
        self.result = ExtractResult()
        session.step = session.stage = self.said.append

    def configure(self, **settings: Any) -> None:
        """Change the `speech` section; None takes it away."""
        speech = self.session.config.speech
        assert speech
        self.session.config = replace(self.session.config, speech=replace(speech, **settings))

    def episode(self, number: int = 1, sound: bytes = SOUND, **fields: Any) -> Entry:
        """An episode, an hour younger than the one before."""
        path = f"/{number}.wav"
        self.server.routes.setdefault(
            path, Reply(200, {"Content-Type": "audio/wav", "ETag": '"1"'}, sound)
        )
        entry = Entry(
            f"e{number}",
            FEED,
            f"{self.server.url}/{number}",
            f"Episode {number}",
            NOW - timedelta(hours=10 - number),
            NOW,
            "podcast",
            language="en-US",
            text=NOTES,
            enclosure=Link(self.server.url + path, "audio/wav"),
        )
        return replace(entry, **fields)

    def read(self, *episodes: Entry, later: timedelta = timedelta()) -> list[Document]:
        """The documents of the episodes after a run."""
        self.session.now += later
        with self.session.db:
            entries.save(self.session.db, episodes)
        with self.session.client() as client:
            self.result = extract(self.session, client, JOB)
        found = documents.of(self.session.db, [one.id for one in episodes])
        return [found[one.id] for one in episodes]

    def asked(self, ending: str = ".wav") -> list[str]:
        """The files of the server that were asked for."""
        return [seen.path for seen in self.server.seen if seen.path.endswith(ending)]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """One marked show, and an endpoint that gets chunks of at most fifteen seconds."""
    monkeypatch.setenv("SPEECH_KEY", KEY)
    limits = Limits(host_gap=0, timeout=2, deadline=5, workers=1)
    with ExitStack() as stack:
        recogniser = stack.enter_context(Recogniser().serving())
        settings = Speech(
            base_url=recogniser.url, model=MODEL, api_key_env="SPEECH_KEY", chunk_minutes=0.25
        )
        feeds = (Feed(url=FEED, kind="podcast", title="The Show", transcribe=True),)
        state = tmp_path / "d.sqlite3"
        config = Config(
            feeds=feeds,
            limits=limits,
            network=Network(allow=("127.0.0.0/8",)),
            speech=settings,
            state=state,
        )
        server = stack.enter_context(serving({}))
        db = stack.enter_context(open_state(state))
        yield Show(server, recogniser, Session(config=config, db=db, now=NOW, **MEANS))


def in_words(found: speech.Transcribed | None) -> list[str]:
    """The words of a transcript."""
    assert found
    return " ".join(segment.text for segment in found.segments).split()


def test_what_is_said_becomes_the_document(show: Show) -> None:
    """A transcript with marks like any other, that says who heard it; every word is in it once, and
    nothing is left on the disk.
    """
    (document,) = show.read(show.episode())
    assert (document.basis, document.note, document.language) == (
        "transcript",
        "speech recognition by tone-1",
        "en",
    )
    assert in_words(speech.of(show.session.db, "e1")) == SAID
    assert document.notes == NOTES
    assert document.audio_url.endswith("/1.wav")
    assert [mark.second for mark in document.marks][:2] == pytest.approx([0.0, 1.75], abs=0.05)
    folder = show.session.config.state.with_name("d.sqlite3.audio")
    assert list(folder.iterdir()) == []
    assert len(show.recogniser.chunks) > 4
    assert show.recogniser.most_at_once > 1
    assert any(line.startswith("speech: The Show: Episode 1: 2/") for line in show.said)
    assert (
        next(iter(speech_lines(show.result.speech)))
        == "speech recognition: 1 episode, 1 minute, 0 failed"
    )
    assert show.result.sources.fell_back == {}


def test_a_published_transcript_is_better(show: Show) -> None:
    """Then no recording is asked for, and nothing is spent."""
    show.server.routes["/1.vtt"] = VTT.encode()
    (document,) = show.read(
        show.episode(transcripts=(Link(f"{show.server.url}/1.vtt", "text/vtt"),))
    )
    assert (document.basis, document.note) == ("transcript", "")
    assert (show.asked(), show.recogniser.asked) == ([], [])


def test_a_transcript_that_is_published_later_takes_over(show: Show) -> None:
    """The feed names it the next day."""
    episode = show.episode()
    show.read(episode)
    show.server.routes["/1.vtt"] = VTT.encode()
    (document,) = show.read(
        replace(episode, transcripts=(Link(f"{show.server.url}/1.vtt", "text/vtt"),))
    )
    assert document.note == ""
    assert document.text.startswith("A gigawatt")


def test_what_was_heard_is_kept(show: Show) -> None:
    """A second run asks for nothing; when the feed edits its notes, the transcript is taken from
    the store.
    """
    episode = show.episode()
    first = show.read(episode)
    asked = len(show.recogniser.asked)
    assert show.read(episode) == first
    (edited,) = show.read(replace(episode, text="Ann Roe, corrected."))
    assert (edited.basis, edited.text, edited.notes) == (
        "transcript",
        first[0].text,
        "Ann Roe, corrected.",
    )
    assert (len(show.recogniser.asked), show.asked()) == (asked, ["/1.wav"])


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        (Reply(404), "HTTP 404 Not Found"),
        (Reply(200, {}, b"ID3" + bytes(3000)), "the recording"),
        (Reply(200, {}, wav(bytes(32_000 * 5))), "what was heard holds only 0 words"),
        (Reply(200, {}, wav(talk(words(40)))), "what was heard holds only 40 words"),
    ],
    ids=["404", "noise", "silence", "trailer"],
)
def test_what_cannot_be_heard_is_recorded_and_not_tried_again(
    show: Show, route: Reply, reason: str
) -> None:
    """The show notes stay, and say why."""
    show.server.routes["/1.wav"] = route
    episode = show.episode()
    (document,) = show.read(episode)
    assert (document.basis, document.text) == ("show-notes", NOTES)
    assert (
        document.note.startswith("no transcript published; speech recognition: ")
        or "HTTP 404" in document.note
    )
    assert reason in document.note
    assert show.result.speech.failed == 1
    asked = len(show.asked())
    assert show.read(episode, later=timedelta(days=1)) == [document]
    assert len(show.asked()) == asked


def test_a_page_in_place_of_a_recording_may_be_gone_tomorrow(show: Show) -> None:
    """Sign-in pages and portals come and go."""
    show.server.routes["/1.wav"] = Reply(
        200, {"Content-Type": "audio/mpeg"}, b"<!doctype html><p>Sign in</p>" * 9
    )
    (document,) = show.read(show.episode())
    assert document.note.endswith("; speech recognition: a web page in place of a recording")
    show.server.routes["/1.wav"] = Reply(200, {}, SOUND)
    assert show.read(show.episode(), later=timedelta(hours=3))[0].basis == "transcript"


def test_another_recording_or_another_model_is_another_try(show: Show) -> None:
    """What failed for good is tried again when something has changed."""
    show.server.routes["/1.wav"] = Reply(404)
    episode = show.episode()
    show.read(episode)
    moved = replace(episode, enclosure=Link(f"{show.server.url}/2.wav"))
    show.server.routes["/2.wav"] = Reply(200, {}, SOUND)
    assert show.read(moved)[0].basis == "transcript"


def test_a_passing_trouble_is_tried_again_later_and_costs_only_what_is_missing(show: Show) -> None:
    """An endpoint that breaks in the middle: the chunks that were heard are not asked for again,
    nor is the recording.
    """
    show.recogniser.rule = lambda _: (
        complaint(429, "Slow down", **{"Retry-After": "999"})
        if len(show.recogniser.chunks) > 2
        else None
    )
    (document,) = show.read(show.episode())
    assert "speech recognition: HTTP 429 and asks to wait 999 s" in document.note
    before = {one.key for one in show.recogniser.chunks[:2]}
    show.recogniser.rule, asked = (lambda _: None), len(show.recogniser.asked)
    show.read(show.episode(), later=timedelta(minutes=5))
    assert len(show.recogniser.asked) == asked  # too early
    (document,) = show.read(show.episode(), later=timedelta(hours=3))
    assert in_words(speech.of(show.session.db, "e1")) == SAID
    assert not before & {one.key for one in show.recogniser.asked[asked:]}
    assert show.asked() == ["/1.wav"]


@pytest.mark.parametrize(
    ("settings", "answer", "note"),
    [
        ({"model": "tone-9"}, None, "speech at HOST: the server has no model 'tone-9' (HTTP 404)"),
        ({}, Answer(401), "speech at HOST: the key in SPEECH_KEY is refused (HTTP 401)"),
        (
            {"base_url": None, "model": "nowhere"},
            None,
            "speech.model 'nowhere' is not on this machine",
        ),
    ],
    ids=["model", "key", "local"],
)
def test_an_engine_that_cannot_work_is_one_line_and_nothing_is_downloaded(
    show: Show, settings: dict[str, Any], answer: Answer | None, note: str
) -> None:
    """The run goes on; every episode says why it was not heard, and the report says it once."""
    show.configure(**settings)
    note = note.replace("HOST", show.recogniser.host)
    show.recogniser.rule = lambda _: answer
    for document in show.read(show.episode(1), show.episode(2)):
        assert f"; speech recognition: {note}" in document.note
    assert show.asked() == []
    assert next(iter(speech_lines(show.result.speech))).startswith(
        f"speech recognition cannot be used: {note}"
    )
    show.configure(base_url=show.recogniser.url, model=MODEL)
    show.recogniser.rule = lambda _: None
    assert [document.basis for document in show.read(show.episode(1), show.episode(2))] == [
        "transcript",
        "transcript",
    ]


def test_without_a_speech_section_the_document_says_so(show: Show) -> None:
    """A feed that is marked for what nobody has set up."""
    show.session.config = replace(show.session.config, speech=None)
    (document,) = show.read(show.episode())
    assert document.note.endswith(
        "; speech recognition: the feed is marked 'transcribe', but feeds.yaml has no 'speech'"
    )
    assert show.asked() == []


def test_feeds_that_are_not_marked_are_not_heard(show: Show) -> None:
    """Nothing is downloaded or spent unless the user says so."""
    plain = Feed(url=FEED, kind="podcast")
    show.session.config = replace(show.session.config, feeds=(plain,))
    (document,) = show.read(show.episode())
    assert (document.basis, document.note) == ("show-notes", "no transcript: HTTP 404 Not Found")
    assert (show.asked(), show.recogniser.asked) == ([], [])


def test_the_newest_are_heard_within_the_minutes_of_a_run(show: Show) -> None:
    """Of three episodes of 67 seconds two fit into two and a half minutes; the third is the next
    run's, and is not downloaded before.
    """
    show.configure(max_minutes_per_run=2.5)
    said = [words(240, seed) for seed in (1, 2, 3)]
    episodes = [
        show.episode(i, wav(talk(text, pause_every=20)), seconds=67)
        for i, text in enumerate(said, 1)
    ]
    found = show.read(*episodes)
    assert [document.basis for document in found] == ["show-notes", "transcript", "transcript"]
    assert (
        "it has 1 minutes, and of the 2 that a run may take 0 are left (speech.max_minutes_per_run)"
        in found[0].note
    )
    assert show.asked() == ["/3.wav", "/2.wav"]
    assert [document.basis for document in show.read(*episodes)] == ["transcript"] * 3


def test_the_minutes_of_a_day_are_counted_over_its_runs(show: Show) -> None:
    """And the next day has its own."""
    show.configure(max_minutes_per_day=2.5)
    said = [words(240, seed) for seed in (1, 2, 3)]
    episodes = [
        show.episode(i, wav(talk(text, pause_every=20)), seconds=67)
        for i, text in enumerate(said, 1)
    ]
    show.read(*episodes[1:])
    (last,) = show.read(episodes[0])
    assert "that a day may take" in last.note
    (last,) = show.read(episodes[0], later=timedelta(days=1))
    assert last.basis == "transcript"


def test_a_length_that_the_feed_understates_is_found_out_before_anything_is_spent(
    show: Show,
) -> None:
    """The recording is decoded, which costs nothing, and weighed again."""
    show.configure(max_minutes_per_run=0.5)
    (document,) = show.read(show.episode(seconds=3))
    assert "(speech.max_minutes_per_run)" in document.note
    assert show.recogniser.chunks == []


PRICED = {
    "model": "reader-1",
    "base_url": "http://127.0.0.1:9/v1",
    "max_usd_per_run": 1.0,
    "max_usd_per_day": 1.0,
}


def test_minutes_cost_money_out_of_the_models_purse(show: Show) -> None:
    """A run's and a day's money is one sum: what speech has cost is not there for the language
    model, and later for speech.
    """
    show.session.config = replace(
        show.session.config, llm=fitted(Llm, PRICED), grounding=Grounding(judge="none")
    )
    show.configure(usd_per_minute=0.5)
    (document,) = show.read(show.episode(1))
    assert document.basis == "transcript"
    assert show.result.speech.usd == pytest.approx(0.56, abs=0.01)  # sixty-seven seconds
    with (
        open_account(show.session.config, fitted(Llm, PRICED), NOW, "") as account,
        pytest.raises(Spent),
    ):
        account.budget.reserve(Call("write", "reader-1"), Cost(usd=0.5))
    for later, cap in (
        (timedelta(), "llm.max_usd_per_run"),
        (timedelta(minutes=5), "llm.max_usd_per_day"),
    ):
        (second,) = show.read(show.episode(2, wav(talk(words(240, 2)))), later=later)
        assert f"the cap of $1.00 ({cap}) would be broken: $0.56 spent" in second.note


def test_an_episode_that_the_money_is_too_little_for_is_not_begun(show: Show) -> None:
    """Half a transcript is of no use to anybody."""
    show.session.config = replace(show.session.config, llm=fitted(Llm, PRICED))
    show.configure(usd_per_minute=1.0)
    (document,) = show.read(show.episode())
    assert "the cap of $1.00 (llm.max_usd_per_run) would be broken" in document.note
    assert show.recogniser.chunks == []


def test_a_dry_run_downloads_and_spends_nothing(show: Show) -> None:
    """It says what a run would hear; what was heard before still counts."""
    show.read(show.episode(1))
    asked = len(show.recogniser.asked)
    show.session.offline = True
    documents_read = show.read(show.episode(1), show.episode(2, seconds=1800), show.episode(3))
    assert [document.basis for document in documents_read] == [
        "transcript",
        "show-notes",
        "show-notes",
    ]
    assert "speech recognition: 2 episodes would be heard, 30 minutes, 1 of unknown length" in list(
        speech_lines(show.result.speech)
    )
    assert (len(show.recogniser.asked), show.asked()) == (asked, ["/1.wav"])


def test_a_place_that_cannot_be_written_to_costs_the_episode_not_the_run(show: Show) -> None:
    """A full disk and its like are said in the document, and tried again later."""
    episode = show.episode()
    place = place_of(
        show.session.config.state.with_name("d.sqlite3.audio"), show.server.url + "/1.wav"
    )
    (place / "in the way").mkdir(parents=True)
    (document,) = show.read(episode)
    assert "speech recognition: the recording cannot be kept: " in document.note
    shutil.rmtree(place)
    (document,) = show.read(episode, later=timedelta(hours=3))
    assert document.basis == "transcript"


def test_a_file_in_the_place_of_the_folder_is_said_once(show: Show) -> None:
    """The run goes on."""
    show.session.config.state.with_name("d.sqlite3.audio").touch()
    (document,) = show.read(show.episode())
    assert "d.sqlite3.audio: recordings cannot be kept there: File exists" in document.note
    assert "recordings cannot be kept there" in show.result.speech.trouble


def test_an_engine_of_ones_own(show: Show) -> None:
    """Whatever has the engine's four methods will do."""

    class Parrot:
        name, identity, parallel = "parrot", "parrot", 2

        def check(self) -> float:
            return 600.0

        def transcribe(self, audio: Path, *, language: str) -> tuple[Segment, ...]:
            return (Segment(0.0, 60.0, f"Polly wants {language} {audio.suffix[1:]} today. " * 30),)

        def close(self) -> None:
            pass

    show.session.engine = lambda _: Parrot()
    (document,) = show.read(show.episode())
    assert document.note == "speech recognition by parrot"
    assert document.text.startswith("Polly wants en wav today.")


def test_the_engine_follows_from_the_settings() -> None:
    """An endpoint where one is named, else this machine; a key that is missing is said at once."""
    assert engine_for(Speech(model="base")).identity == "local base"
    with pytest.raises(DigestError, match=r"speech at speech\.example: name the variable"):
        engine_for(Speech(model="m", base_url="https://speech.example/v1"))


# ---------------------------------------------------------------- killed


@pytest.fixture
def station(digest: Digest, tmp_path: Path) -> Iterator[tuple[Digest, ScriptedServer, Recogniser]]:
    """The command in a folder that subscribes to a show, the show's server and the endpoint."""
    with Recogniser().serving() as recogniser, serving({}) as server:
        feed = (
            '<rss version="2.0"><channel><title>The Show</title><item><title>What power'
            f" costs</title><guid>1</guid><link>{server.url}/1</link><pubDate>{format_datetime(datetime.now(UTC))}</pubDate><description>{NOTES}</description><enclosure"
            f' url="{server.url}/1.wav" type="audio/wav"/></item></channel></rss>'
        )
        server.routes["/feed"] = Reply(200, {"Content-Type": "application/rss+xml"}, feed.encode())
        server.routes["/1.wav"] = Reply(200, {"Content-Type": "audio/wav", "ETag": '"1"'}, SOUND)
        (tmp_path / "feeds.yaml").write_text(
            f"feeds: [{{url: '{server.url}/feed', kind: podcast, transcribe: true}}]\nnetwork:"
            " {allow: [127.0.0.0/8]}\nlimits: {host_gap: 0, workers: 1}\nspeech: {base_url:"
            f" '{recogniser.url}', model: {MODEL}, api_key_env: SPEECH_KEY, chunk_minutes: 0.15}}\n"
        )
        yield digest, server, recogniser


def killed(digest: Digest, when: Any) -> None:
    """Begin to fetch and read, and kill it as soon as `when()` is true."""
    assert digest("fetch").returncode == 0
    run = subprocess.Popen(
        [sys.executable, "-m", "digest", "extract"],
        cwd=digest.home,
        env={"SPEECH_KEY": KEY, "PATH": ""},
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not when() and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()


def transcript(digest: Digest) -> list[str]:
    """The words in the state."""
    with open_state(digest.home / "digest.sqlite3") as db:
        (row,) = db.execute("SELECT entry_id FROM recordings").fetchall()
        return in_words(speech.of(db, row["entry_id"]))


def heard_chunks(digest: Digest) -> int:
    """How many chunks are in the state."""
    with open_state(digest.home / "digest.sqlite3") as db:
        return int(
            db.execute("SELECT count(*) FROM chunks WHERE segments IS NOT NULL").fetchone()[0]
        )


def test_killed_between_chunks_it_goes_on_where_it_was(
    station: tuple[Digest, ScriptedServer, Recogniser],
) -> None:
    """What was stored is not asked for again, the recording neither, and the whole is what was
    said.
    """
    digest, server, recogniser = station
    recogniser.rule = lambda _: time.sleep(0.3)
    killed(digest, lambda: len(recogniser.chunks) >= 7)
    stored, asked = heard_chunks(digest), len(recogniser.asked)
    assert 0 < stored < 8
    recogniser.rule = lambda _: None
    done = digest("extract", SPEECH_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert transcript(digest) == SAID
    everything, again = (
        {one.key for one in recogniser.chunks},
        {one.key for one in recogniser.asked[asked:] if not one.probe},
    )
    assert len(again) == len(everything) - stored
    assert [seen.path for seen in server.seen].count("/1.wav") == 1


def test_killed_in_the_middle_of_a_download_it_asks_for_the_rest(
    station: tuple[Digest, ScriptedServer, Recogniser],
) -> None:
    """A range of the same file."""
    digest, server, _ = station
    half = len(SOUND) // 2

    def stuck() -> Iterator[bytes]:
        yield SOUND[:half]
        server.stopped.wait(30)

    def rest(asked: Mapping[str, str]) -> Reply:
        if (asked.get("Range"), asked.get("If-Range")) != (f"bytes={half}-", '"1"'):
            return Reply(500)
        return Reply(
            206,
            {"ETag": '"1"', "Content-Range": f"bytes {half}-{len(SOUND) - 1}/{len(SOUND)}"},
            SOUND[half:],
        )

    server.routes["/1.wav"] = lambda _: Reply(
        200, {"ETag": '"1"', "Content-Length": str(len(SOUND))}, stuck()
    )
    audio = digest.home / "digest.sqlite3.audio"
    killed(
        digest,
        lambda: any(
            path.suffix == ".audio" and path.stat().st_size == half for path in audio.glob("*")
        ),
    )
    server.routes["/1.wav"] = rest
    done = digest("extract", SPEECH_KEY=KEY)
    assert done.returncode == 0, done.stderr
    assert transcript(digest) == SAID, done.stdout + done.stderr


def test_doctor_says_whether_speech_works(
    station: tuple[Digest, ScriptedServer, Recogniser],
) -> None:
    """It asks the endpoint for a second of silence, as a run does."""
    digest, _, recogniser = station
    assert (
        f"ok     speech: {recogniser.url} tone-1 works; feeds marked 'transcribe': 1"
        in digest("doctor", SPEECH_KEY=KEY).stdout
    )
    broken = digest("doctor", SPEECH_KEY="wrong")
    assert (
        f"broken speech: speech at {recogniser.host}: the key in SPEECH_KEY is refused (HTTP 401)"
        in broken.stdout
    )
    assert broken.returncode == 1
    assert "the right key" not in broken.stdout + broken.stderr
