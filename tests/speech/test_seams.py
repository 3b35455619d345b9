"""Recordings cut and joined: not a word is lost, none comes twice, with silences and without."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from digest.net.workers import processes
from digest.speech.decode import cut
from digest.speech.engine import RATE, Segment, SpeechFailed
from digest.speech.joining import joined
from digest.speech.plausibility import wav_seconds
from digest.speech.silences import OVERLAP, Cutter, silence
from tests.speech.sounds import WORD, heard, talk, wav, words

if TYPE_CHECKING:
    from pathlib import Path

    from digest.speech.silences import Cut

pytest.importorskip("av", reason="the extra 'speech' is not installed")


def pieces(samples: bytes, longest: float, block: int = 64_000) -> list[Cut]:
    """The pieces of samples that come in blocks."""
    cutter = Cutter(longest)
    found = [
        piece
        for i in range(0, len(samples), block)
        for piece in cutter.feed(samples[i : i + block])
    ]
    return [*found, *cutter.rest()]


def timed(piece: Cut) -> list[Segment]:
    """What an engine hears that gives times."""
    said = heard(piece.samples)
    groups = [said[i : i + 6] for i in range(0, len(said), 6)]
    return [
        Segment(group[0][0], group[-1][1], " ".join(word for *_, word in group)) for group in groups
    ]


def untimed(piece: Cut) -> list[Segment]:
    """What an engine hears that gives none."""
    return [
        Segment(0.0, piece.end - piece.start, " ".join(word for *_, word in heard(piece.samples)))
    ]


def said_in(segments: tuple[Segment, ...]) -> list[str]:
    """The words of a talk."""
    return " ".join(segment.text for segment in segments).split()


@pytest.mark.parametrize("engine", [timed, untimed])
@pytest.mark.parametrize(
    ("pause_every", "pause", "noise", "seams_overlap"),
    [
        (12, 0.6, 0.0, False),  # a breath every three seconds
        (90, 0.6, 0.0, None),  # one every twenty-three: some pieces end without
        (12, 0.6, 0.01, False),  # in a room with a fan
        (12, 0.12, 0.0, True),  # stops too short to be pauses
        (0, 0.0, 0.0, True),  # breathless
    ],
    ids=["pauses", "few-pauses", "noise", "short-stops", "none"],
)
@pytest.mark.parametrize("longest", [20.0, 31.0, 47.3])
def test_no_word_is_lost_or_doubled(
    engine: object,
    pause_every: int,
    pause: float,
    noise: float,
    seams_overlap: bool | None,
    longest: float,
) -> None:
    """However the recording is cut, the words are those that were said, in their order, each where
    it was said.
    """
    said = words(600)
    cuts = pieces(talk(said, pause_every=pause_every, pause=pause, noise=noise), longest)
    assert len(cuts) > 3
    assert all(piece.end - piece.start < longest + 0.001 for piece in cuts)
    assert seams_overlap in {None, any(piece.overlap for piece in cuts)}
    # one of two functions
    segments = joined((piece.start, piece.overlap, engine(piece)) for piece in cuts)  # type: ignore[operator]
    assert said_in(segments) == said
    assert all(one.start <= two.start for one, two in pairwise(segments))


def test_without_overlap_a_word_would_be_lost() -> None:
    """The test can fail: breathless talk that is cut without an overlap is not what was said."""
    said = words(200)
    whole = talk(said)
    halves = [whole[: 2 * (RATE * 10 + 2000)], whole[2 * (RATE * 10 + 2000) :]]
    assert [word for half in halves for *_, word in heard(half)] != said


def test_words_are_placed_at_their_second() -> None:
    """To a fifth of a second, across seams."""
    said = words(400)
    cuts = pieces(talk(said), 30.0)
    segments = joined((piece.start, piece.overlap, timed(piece)) for piece in cuts)
    place = 0
    for segment in segments:
        assert segment.start == pytest.approx(place * WORD, abs=0.2)
        place += len(segment.text.split())


def test_a_cut_lies_in_the_middle_of_the_longest_silence() -> None:
    """Of those in the last third, so that pieces do not become short."""
    sound = (
        talk(words(40)) + bytes(2 * RATE) + talk(words(80)) + bytes(2 * RATE // 2) + talk(words(4))
    )
    place = silence(sound, len(sound) // 3)
    assert place is not None
    assert place / RATE == pytest.approx(10 + 1 + 20 + 0.25, abs=0.05)


def test_the_same_samples_give_the_same_pieces_however_they_come() -> None:
    """A chunk is known again by its samples after a crash."""
    sound = talk(words(300), pause_every=9)
    assert pieces(sound, 15.0, 1000) == pieces(sound, 15.0, 2_000_000)


def test_a_rest_that_was_heard_already_is_no_piece() -> None:
    """When the recording ends with the overlap there is nothing left to hear."""
    exact = talk(words(80))  # twenty seconds
    assert [piece.overlap for piece in pieces(exact, 20.0)] == [0.0]


def test_pieces_that_disagree_lose_nothing() -> None:
    """Where an engine hears other words on both sides of an overlap, what each heard alone
    stays.
    """
    before = [Segment(0, 12, "one two three"), Segment(12, 20, "four five six")]
    after = [Segment(0, 4, "vier fünf"), Segment(4, 12, "sechs seven eight")]
    found = said_in(joined([(0.0, 0.0, before), (12.0, OVERLAP, after)]))
    assert " ".join(found) == "one two three four five six sechs seven eight"


# ---------------------------------------------------------------- files


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A recording of a minute in a file."""
    path = tmp_path / "a.audio"
    path.write_bytes(wav(talk(words(240), pause_every=10)))
    return path


def test_a_recording_is_cut_into_wav_files(recording: Path, tmp_path: Path) -> None:
    """Decoded in another process; each chunk is a file of the length that it says."""
    chunks = cut(recording, tmp_path, lambda: processes(1), longest=20.0, most=600)
    assert [round(wav_seconds(chunk.path), 3) for chunk in chunks] == [
        round(chunk.end - chunk.start, 3) for chunk in chunks
    ]
    assert (chunks[0].start, chunks[-1].end) == (0.0, 60 + 24 * 0.6)


@pytest.mark.parametrize("codec", ["mp3", "flac", "opus", "aac"])
def test_the_formats_of_podcasts_are_read(recording: Path, tmp_path: Path, codec: str) -> None:
    """Stereo at 44.1 or 48 kHz as well: the length is the same, and the pauses are still pauses."""
    coded = tmp_path / f"coded.{codec}"
    _encode(recording, coded, codec)
    chunks = cut(coded, tmp_path, lambda: processes(1), longest=20.0, most=600)
    assert chunks[-1].end == pytest.approx(74.4, abs=0.2)
    assert not any(chunk.overlap for chunk in chunks)


def _encode(source: Path, target: Path, codec: str) -> None:
    import av

    container = {"opus": "ogg", "aac": "mp4"}.get(codec, codec)
    name = {"mp3": "libmp3lame", "opus": "libopus"}.get(codec, codec)
    rate = 48_000 if codec == "opus" else 44_100
    with av.open(str(source)) as read, av.open(str(target), "w", format=container) as write:
        stream: Any = write.add_stream(name, rate=rate, layout="stereo")
        resampler = av.AudioResampler(
            format=stream.format, layout="stereo", rate=rate, frame_size=stream.frame_size or None
        )
        for frame in (*read.decode(audio=0), None):
            for piece in resampler.resample(frame):
                write.mux(stream.encode(piece))
        write.mux(stream.encode(None))


HOSTILE = {
    "page": (
        b"<!doctype html><html><body>Please log in</body></html>" * 9,
        "a web page in place of a recording",
    ),
    "playlist": (
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "no recording in a known format",
    ),
    "concat": (
        b"ffconcat version 1.0\nfile /etc/passwd\n" + b" " * 64,
        "no recording in a known format",
    ),
    "empty": (b"", "the recording is empty"),
    "mp3-in-name-only": (b"ID3" + bytes(400), r"the recording cannot be decoded|holds no sound"),
    "flac-in-name-only": (b"fLaC" + b"\xff" * 4000, r"the recording cannot be decoded|no sound"),
    "utf-16": ("\ufeff<html>".encode("utf-16-le") * 20, "no recording in a known format"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_recording_says_so(tmp_path: Path, name: str) -> None:
    """Nothing that names other files is ever opened, and the reason is in words."""
    body, reason = HOSTILE[name]
    path = tmp_path / "a.audio"
    path.write_bytes(body)
    with pytest.raises(SpeechFailed) as failed:
        cut(path, tmp_path, lambda: processes(1), longest=20.0, most=600)
    assert re.search(reason, failed.value.reason)


def test_a_recording_that_is_too_long_is_not_decoded_to_its_end(
    recording: Path, tmp_path: Path
) -> None:
    """A small file may hold a thousand hours of silence."""
    with pytest.raises(SpeechFailed, match="longer than 1 minutes"):
        cut(recording, tmp_path, lambda: processes(1), longest=20.0, most=60)
