"""A recording into pieces on disk that an engine takes: decoded by FFmpeg's libraries (PyAV), in a
worker process.

What comes from outside is opened by the format that its bytes show, from memory that we read: a
playlist that names local files or private addresses is never followed, because no demuxer that
opens anything is ever asked.
"""

from __future__ import annotations

import hashlib
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.net.workers import WorkerError, Workers
from digest.speech.audio_types import ENOUGH, complaint, format_of
from digest.speech.engine import RATE, SpeechFailed
from digest.speech.silences import Cut, Cutter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

DECODING_SECONDS = 900  # three hours of MP3 take 15 s on one core; what takes this long was made to
_BAD_PACKETS = 1000  # that may not decode: recordings are spliced together, and a frame is 26 ms


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a recording as a WAV file; `key` is the hash of its samples, by which its words
    are known again.
    """

    path: Path
    start: float  # seconds into the recording
    end: float
    overlap: float  # seconds that repeat the end of the chunk before
    key: str


def cut(
    recording: Path, folder: Path, start: Callable[[], Executor], *, longest: float, most: float
) -> tuple[Chunk, ...]:
    """The chunks of a recording, none longer than `longest` seconds, written into `folder` by a
    process that `start` makes.

    Raises SpeechFailed for what cannot be decoded, and for a recording of more than `most` seconds,
    as soon as that is seen.
    """
    places = recording.absolute(), folder.absolute()  # a lent process may be at home elsewhere
    with Workers(start, DECODING_SECONDS) as workers:
        try:
            found: tuple[Chunk, ...] | str = workers.call(_cut, *places, longest, most)
        except WorkerError as error:
            raise SpeechFailed(f"the recording cannot be decoded: {error}", passing=False) from None
    if isinstance(found, str):
        raise SpeechFailed(found, passing=False)
    return found


def _cut(recording: Path, folder: Path, longest: float, most: float) -> tuple[Chunk, ...] | str:
    """The chunks, or in words why there are none. Runs in a worker."""
    cutter = Cutter(longest)
    chunks: list[Chunk] = []
    try:
        for samples in _decoded(recording):
            chunks += (_written(piece, folder, len(chunks)) for piece in cutter.feed(samples))
            if cutter.taken > most:
                return f"it is longer than {most / 60:.0f} minutes"
    except SpeechFailed as error:
        return error.reason
    chunks += (_written(piece, folder, len(chunks)) for piece in cutter.rest())
    return tuple(chunks) or "the recording holds no sound"


def _written(piece: Cut, folder: Path, number: int) -> Chunk:
    path = folder / f"{number:04d}.wav"
    write_wav(path, piece.samples)
    return Chunk(
        path,
        piece.start,
        piece.end,
        piece.overlap,
        hashlib.blake2b(piece.samples, digest_size=16).hexdigest(),
    )


def write_wav(path: Path, samples: bytes) -> None:
    """A WAV file of 16-bit mono samples at RATE."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)


def _decoded(recording: Path) -> Iterator[bytes]:
    """The recording's first audio stream, one channel of 16 bits at RATE. Raises SpeechFailed."""
    import av

    with recording.open("rb") as file:
        head = file.read(ENOUGH)
        file.seek(0)
        if refusal := complaint(head):
            raise SpeechFailed(refusal, passing=False)
        try:
            with av.open(file, format=format_of(head), metadata_errors="ignore") as container:
                if not container.streams.audio:
                    raise SpeechFailed("the recording has no sound track", passing=False)
                yield from _resampled(container)
        except (av.FFmpegError, ValueError) as error:
            raise SpeechFailed(
                f"the recording cannot be decoded ({type(error).__name__})", passing=False
            ) from None


def _resampled(container: Any) -> Iterator[bytes]:
    import av

    resampler, bad = av.AudioResampler(format="s16", layout="mono", rate=RATE), 0
    for packet in container.demux(container.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            bad += 1
            if bad > _BAD_PACKETS:
                raise
            continue
        for frame in frames:
            yield from _plain(resampler.resample(frame))
    yield from _plain(resampler.resample(None))


def _plain(frames: list[Any]) -> Iterator[bytes]:
    for frame in frames:
        yield bytes(frame.planes[0])[: 2 * frame.samples]  # a plane may be padded
