"""The local engine on clean speech: `python -m bench.speech --model DIR [--minutes 10] [--json]`.
Needs espeak-ng.

The text is the sample newsroom's, read by espeak-ng in an American and a British voice, one article
after the other. Word error rate is edits over words of the text, after numbers, currencies and
punctuation were written alike on both sides. It is taken of the recording heard in one piece, and
cut as the program cuts, at `--chunk` seconds: in the recording as it is, where every seam is a
silence, and with all pauses taken out, where every seam is an overlap. Edits near a seam are those
within eight words of it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
import wave
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from digest.demo.material import load_publishers
from digest.net.workers import processes
from digest.speech.decode import cut, write_wav
from digest.speech.engine import RATE, Segment
from digest.speech.joining import joined
from digest.speech.local_whisper import Local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

from digest.speech.decode import Chunk

VOICES = ("en-us", "en-gb")
NEAR = 8  # words on each side of a seam
_COUNTED = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED)}
_SPELT = {"percent": "%", "dollars": "$", "dollar": "$", "us": "u.s.", "america": "american"}


@dataclass(frozen=True, slots=True)
class Result:
    """One recording heard in one way. Rates are shares."""

    recording: str
    seconds: float
    chunks: int
    overlaps: int
    words: int
    wer: float
    deleted: float
    inserted: float
    words_near_seams: int
    edits_near_seams: int
    deleted_near_seams: int
    inserted_near_seams: int
    real_time_factor: float  # on the clock, which other work on the machine slows down
    processor_factor: float  # seconds of processor time for a second of sound


def measure(model: str, minutes: float, chunk: float) -> list[Result]:
    """The results for both recordings, each whole and cut."""
    engine = Local(model)
    engine.check()
    with TemporaryDirectory() as place:
        text, recording = _spoken(minutes, Path(place))
        breathless = Path(place) / "breathless.wav"
        write_wav(breathless, _without_pauses(recording))
        recordings = (("as read", recording), ("without pauses", breathless))
        return [
            _heard(engine, name, path, text, longest)
            for name, path in recordings
            for longest in (24 * 3600.0, chunk)
        ]


def _spoken(minutes: float, place: Path) -> tuple[list[str], Path]:
    """The words that are read, and the recording of them."""
    texts = _texts()
    samples, said = b"", list[str]()
    while len(samples) < minutes * 60 * RATE * 2:
        text, voice = next(texts), VOICES[len(said) % len(VOICES)]
        path = place / "article.wav"
        (place / "article.txt").write_text(text)
        speak = ["espeak-ng", "-v", voice, "-s", "160"]
        speak += ["-f", str(place / "article.txt"), "-w", str(path)]
        subprocess.run(speak, check=True)  # noqa: S603  # our own text
        (place / "cut").mkdir(exist_ok=True)
        (piece,) = cut(path, place / "cut", lambda: processes(1), longest=3600, most=3600)
        with wave.open(str(piece.path), "rb") as file:
            samples += file.readframes(file.getnframes()) + bytes(RATE)
        said.append(text)
    write_wav(place / "talk.wav", samples)
    return _words(" ".join(said)), place / "talk.wav"


def _texts() -> Iterator[str]:
    for publisher in load_publishers():
        if publisher.language == "en":
            yield from ("\n\n".join(item.paragraphs) for item in publisher.items)


def _without_pauses(recording: Path) -> bytes:
    """The samples without the stretches of 40 ms in which nobody speaks."""
    with wave.open(str(recording), "rb") as file:
        samples = file.readframes(file.getnframes())
    step = RATE // 25 * 2
    return b"".join(
        piece
        for i in range(0, len(samples), step)
        if max(memoryview(piece := samples[i : i + step]).cast("h")) > 300
    )


def _heard(engine: Local, name: str, path: Path, text: Sequence[str], longest: float) -> Result:
    with TemporaryDirectory() as place:
        began, used = time.perf_counter(), time.process_time()
        chunks = cut(path, Path(place), lambda: processes(1), longest=longest, most=24 * 3600)
        heard = [engine.transcribe(chunk.path, language="en") for chunk in chunks]
        talk = joined(
            (chunk.start, chunk.overlap, words) for chunk, words in zip(chunks, heard, strict=True)
        )
        took = (time.perf_counter() - began, time.process_time() - used)
    return _result(name, chunks, text, talk, took)


def _result(
    name: str,
    chunks: Sequence[Chunk],
    text: Sequence[str],
    talk: Sequence[Segment],
    took: tuple[float, float],
) -> Result:
    said = _words(" ".join(segment.text for segment in talk))
    edits = _edits(text, said)
    seams = _seams(chunks, talk)
    near = {place for seam in seams for place in range(seam - NEAR, seam + NEAR)}
    seconds = chunks[-1].end
    return Result(
        recording=name,
        seconds=round(seconds, 1),
        chunks=len(chunks),
        overlaps=sum(chunk.overlap > 0 for chunk in chunks),
        words=len(text),
        wer=round(len(edits) / len(text), 4),
        deleted=round(sum(kind == "deleted" for kind, _ in edits) / len(text), 4),
        inserted=round(sum(kind == "inserted" for kind, _ in edits) / len(text), 4),
        words_near_seams=len(near),
        edits_near_seams=sum(place in near for _, place in edits),
        deleted_near_seams=sum(place in near for kind, place in edits if kind == "deleted"),
        inserted_near_seams=sum(place in near for kind, place in edits if kind == "inserted"),
        real_time_factor=round(took[0] / seconds, 3),
        processor_factor=round(took[1] / seconds, 3),
    )


def _seams(chunks: Sequence[Chunk], talk: Sequence[Segment]) -> list[int]:
    """Before which word of what was heard each chunk but the first begins; of an overlap its
    middle.
    """
    return [
        len(
            _words(
                " ".join(
                    segment.text
                    for segment in talk
                    if segment.start < chunk.start + chunk.overlap / 2
                )
            )
        )
        for chunk in chunks[1:]
    ]


def _words(text: str) -> list[str]:
    """Words as they are compared: "Five percent of $1,200" and "5% of 1200 dollars" are the same
    but for the order.
    """
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text.casefold().replace("’", "'"))
    plain = re.sub(r"([$€£])(\d[\d.]*(?: (?:m|b|tr)illion)?)", r"\2 $", plain).replace("%", " % ")
    found = re.findall(
        r"\d+(?:\.\d+)?|[^\W\d]+(?:'\w+)?|[$%]",
        re.sub(r"\b([a-z])\.(?=[a-z]\.)|(?<=\b[a-z])\.(?= )", r"\1", plain),
    )
    return [_SPELT.get(word, _NUMBERS.get(word, word)) for word in found]


def _edits(text: Sequence[str], said: Sequence[str]) -> list[tuple[str, int]]:
    """The fewest changes that make one out of the other (Levenshtein), each with its place in what
    was said.
    """
    costs = [list(range(len(said) + 1))]
    for i, word in enumerate(text, 1):
        above, row = costs[-1], [i]
        for j, other in enumerate(said, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (word != other)))
        costs.append(row)
    found, i, j = [], len(text), len(said)
    while i or j:
        cost = costs[i][j]
        if i and j and cost == costs[i - 1][j - 1] + (text[i - 1] != said[j - 1]):
            i, j = i - 1, j - 1
            found += [("changed", j)] if text[i] != said[j] else []
        elif i and cost == costs[i - 1][j] + 1:
            i -= 1
            found.append(("deleted", j))
        else:
            j -= 1
            found.append(("inserted", j))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", required=True, help="a folder that faster-whisper opens")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--chunk", type=float, default=60.0, help="seconds")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = [
        asdict(result) for result in measure(arguments.model, arguments.minutes, arguments.chunk)
    ]
    if arguments.json:
        print(json.dumps(found, indent=1))
    for row in [] if arguments.json else found:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
