"""Transcripts read without loss, to the second, and what the embedded summariser takes from them.

The reference for `words_kept` is the plain text of the same episode where there is one, else the
file itself with its times, tags and numbers stripped off by other means than the parsers'; words
are compared as a bag.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.episodes import episode, theme_words
from bench.sponsors import sponsors
from bench.three_hours import made
from digest.insights.embedded import read
from digest.transcript.chapters import chapter_at, read_chapters
from digest.transcript.formats import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Chapter
    from digest.transcript.cues import Cue

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\w+")
# A label that is nobody's name parts turns; it is no word of the talk, and no speaker is called so.
_NOBODY = re.compile(r"\bSpeaker(?: \d+)?(?=:|\s\(|</cite>)")
_TIME = re.compile(r"(?:\d+:)?\d+:\d+(?:[.,]\d+)?")

# How many captions each has, and what of the file must not be taken for one.
EDGE_CASES = {
    "captions_with_bom.vtt": (4, ""), "comments.vtt": (3, "Kyle"), "cue_tags.vtt": (3, "<"),
    "invalid_timeframe.srt": (5, ""), "invalid_timeframe.vtt": (7, "-->"),
    "metadata_headers_multiline.vtt": (2, "Language"), "missing_caption_text.sbv": (4, ""),
    "missing_caption_text.vtt": (4, ""), "missing_timeframe.sbv": (5, ""),
    "missing_timeframe.vtt": (7, ""), "no_captions.vtt": (0, ""), "sample.srt": (5, ""),
    "sample.vtt": (16, ""), "using_identifiers.vtt": (6, "second caption"),
}  # fmt: skip


def measure(corpus: Path) -> dict[str, dict[str, float]]:
    """The metrics for each folder of transcripts, and for what is made of them."""
    root = corpus / "transcripts"
    folders = sorted(path for path in root.iterdir() if path.is_dir())
    found = {folder.name: _folder(folder) for folder in folders}
    found |= {
        **sponsors(root),
        "allin_chapters": _chapters(root / "allin_json"),
        "three_hours": _three_hours(root),
    }
    return {name: metrics for name, metrics in found.items() if metrics}


# ---------------------------------------------------------------- reading


def _folder(folder: Path) -> dict[str, float]:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    read_as = {
        path: parse(path.read_bytes()) for path in files if not path.name.startswith("chapters__")
    }
    kept = [_kept(path, cues) for path, cues in read_as.items()]
    result: dict[str, float] = {
        "files": len(files),
        "failed": sum(_failed(path, read_as.get(path)) for path in files),
        "words_kept": round(sum(k for k, _ in kept) / max(sum(n for _, n in kept), 1), 5),
        "monotonic": _mean(_rising(cues) for cues in read_as.values()),
    }
    named = [
        share for path, cues in read_as.items() if (share := _speakers_kept(path, cues)) is not None
    ]
    pairs = [
        (path, path.with_suffix(".srt"))
        for path in files
        if path.suffix == ".vtt"
        and {path.with_suffix(".srt"), path.with_suffix(".txt")} <= set(read_as)
    ]
    edges = [_as_expected(path, read_as[path]) for path in files if path.name in EDGE_CASES]
    result |= {"speakers_kept": _mean(named)} if named else {}
    result |= (
        {"pairs_agree": _mean(_words(read_as[vtt]) == _words(read_as[srt]) for vtt, srt in pairs)}
        if pairs
        else {}
    )
    return result | ({"edge_cases": len(edges), "as_expected": _mean(edges)} if edges else {})


def _failed(path: Path, cues: Sequence[Cue] | None) -> bool:
    if cues is None:
        return not read_chapters(path.read_bytes())
    return not cues and bool(_reference(path))


def _kept(path: Path, cues: Sequence[Cue]) -> tuple[int, int]:
    """Of the words of the reference, how many are in the cues or name their speakers, and how many
    there are.
    """
    twin = path.with_suffix(".txt")
    reference = _reference(twin if twin.exists() else path)
    ours = _words(cues) + Counter(
        word for cue in cues for word in _WORD.findall(cue.speaker.lower())
    )
    return sum((reference & ours).values()), sum(reference.values())


def _words(cues: Sequence[Cue]) -> Counter[str]:
    return Counter(word for cue in cues for word in _WORD.findall(cue.text.lower()))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")


def _segments(path: Path) -> list[dict[str, Any]]:
    value = json.loads(path.read_bytes())
    segments: list[dict[str, Any]] = value.get("transcript_segments") or value["segments"]
    return segments


def _reference(path: Path) -> Counter[str]:
    """The words of a file without what is not talk."""
    text = _NOBODY.sub(" ", _text(path))
    if path.suffix == ".json":
        text = "\n".join(
            str(segment.get("text") or segment.get("body") or "") for segment in _segments(path)
        )
    elif path.suffix == ".md":
        text = text.partition("\n---\n")[2] if text.startswith("---\n") else text
        text = re.sub(r"^#.*$|\]\([^()\s]*\)|\*\*Break:\*\*", "", text, flags=re.MULTILINE)
    elif path.suffix == ".html":
        text = html.unescape(
            re.sub(r"<(?:head|style)\b.*?</(?:head|style)>|<[^>]*>", " ", text, flags=re.DOTALL)
        )
    else:
        text = _captions(text)
    return Counter(_WORD.findall(_TIME.sub(" ", text).lower()))


def _captions(text: str) -> str:
    """Caption files without header, comments, numbers and names of cues; any other text as it
    is.
    """
    if "-->" not in text:
        return text.removeprefix("WEBVTT")
    blocks = [
        block
        for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
        if not re.match(r"\s*(?:WEBVTT|NOTE)", block)
    ]
    bodies = (
        block.partition("\n")[2] if re.match(r"[^\n]*\n[^\n]*-->", block) else block
        for block in blocks
    )
    lines = (line for body in bodies for line in body.split("\n") if "-->" not in line)
    return html.unescape(
        re.sub(r"<v\s+([^>]*)>", r" \1 ", re.sub(r"</?c[^>]*>", "", "\n".join(lines)))
    )


def _rising(cues: Sequence[Cue]) -> bool:
    times = [cue.start for cue in cues if cue.start is not None]
    return times == sorted(times)


def _speakers_kept(path: Path, cues: Sequence[Cue]) -> float | None:
    """The share of a file's speakers, those who speak but once aside, that the cues name; None when
    it plainly names none.
    """
    wanted = {
        name
        for name, count in _labels(path).items()
        if count > 1 and name != "Break" and not _NOBODY.match(f"{name}:")
    }
    return len(wanted & {cue.speaker for cue in cues}) / len(wanted) if wanted else None


def _labels(path: Path) -> Counter[str]:
    """Who a file says is speaking, by how often, where its way of saying so is plain."""
    if path.suffix == ".json":
        return Counter(
            str(segment["speaker"]) for segment in _segments(path) if segment.get("speaker")
        )
    found = re.findall(
        r"<v\s+([^>]+)>|<cite>([^<:]+):?</cite>|^\*\*([^*:\n]+):\*\*|^([A-Z][\w. ]+) \([\d:]+\):",
        _text(path),
        re.MULTILINE,
    )
    return Counter(next(filter(None, names)).strip() for names in found)


def _as_expected(path: Path, cues: Sequence[Cue]) -> bool:
    count, foreign = EDGE_CASES[path.name]
    said = " ".join(cue.text for cue in cues)
    begun = [cue for cue in cues if cue.start is not None]  # the others are further speakers in one
    captions = len(re.findall(r"Caption text #\d+", said)) or len(begun)
    return captions == count and not (foreign and foreign in said)


# ---------------------------------------------------------------- choosing


def _chapters(folder: Path) -> dict[str, float]:
    """Where insights of episodes with chapters are said, found again in the source's own segments
    by their first words.
    """
    inside, errors = [], []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        document = episode(path)
        segments = json.loads(path.read_text(encoding="utf-8"))["transcript_segments"]
        for insight in read(document, theme_words=theme_words()) if document.chapters else ():
            evidence = insight.evidence[0]
            place = _place(evidence.quote, segments)
            if place is not None and evidence.second is not None:
                errors.append(max(place[0] - evidence.second, evidence.second - place[1], 0.0))
                inside.append(_same_chapter(document.chapters, evidence.second, place))
    if not inside:
        return {}
    return {
        "insights": len(inside),
        "inside_chapter": _mean(inside),
        "seconds_off_worst": round(max(errors), 2),
    }


def _same_chapter(chapters: Sequence[Chapter], second: float, place: tuple[float, float]) -> bool:
    return chapter_at(chapters, second) in {
        chapter_at(chapters, place[0]),
        chapter_at(chapters, place[1]),
    }


def _place(quote: str, segments: Sequence[dict[str, Any]]) -> tuple[float, float] | None:
    """From when to when the segment lasts in which a quote begins; None when its first words are
    not found as they are.
    """
    first = _WORD.findall(quote.lower())[:7]
    words = [
        (word, segment) for segment in segments for word in _WORD.findall(segment["text"].lower())
    ]
    for i in range(len(words) - len(first)):
        if [word for word, _ in words[i : i + len(first)]] == first:
            return words[i][1]["start"], words[i][1]["end"]
    return None


def _three_hours(root: Path) -> dict[str, float]:
    """Three hours of talk, read, chosen from, stored, drafted and rendered: seconds of processor
    time.
    """
    segments: list[dict[str, Any]] = []
    for path in sorted((root / "allin_json").glob("*.json"), reverse=True):
        length = segments[-1]["end"] if segments else 0.0
        if length < 3 * 3600:
            rows = json.loads(path.read_text(encoding="utf-8"))["transcript_segments"]
            segments += (
                {**row, "start": row["start"] + length, "end": row["end"] + length} for row in rows
            )
    if not segments:
        return {}
    result = made(json.dumps({"segments": segments}).encode())
    hours = round(segments[-1]["end"] / 3600, 2)
    return {
        "hours": hours,
        "words": result.words,
        "insights": len(result.insights),
        "seconds": result.seconds,
    }


def _mean(values: Iterable[float]) -> float:
    listed = [float(value) for value in values]
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.transcripts",
        description="Transcripts read without loss and to the second.",
    )
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder that has transcripts/*/"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of a table"
    )
    arguments = parser.parse_args()
    result = measure(arguments.corpus)
    print(
        json.dumps(result, indent=1)
        if arguments.json
        else "\n".join(_line(name, metrics) for name, metrics in result.items())
    )


def _line(name: str, metrics: dict[str, float]) -> str:
    return f"{name:28}" + "  ".join(f"{metric} {value:g}" for metric, value in metrics.items())


if __name__ == "__main__":
    main()
