"""The transcript bench: what it counts, on a corpus small enough to count by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bench import transcripts
from tests.insights.test_spoken import CHAT, POWER

if TYPE_CHECKING:
    from pathlib import Path

VTT = (
    "WEBVTT\n\nNOTE\nnot said\n\n1\n00:01.000 --> 00:02.000\n<v Ann>Power is short.\n\n00:02.000"
    " --> 00:03.000\n<v Bo>And dear.\n\n"
)
VTT += "00:03.000 --> 00:04.000\n<v Ann>Yes.\n\n00:04.000 --> 00:05.000\n<v Bo>So it is.\n"
SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\nPower is short.\n\n2\n00:00:02,000 --> 00:00:05,000\nAnd"
    " dear. Yes. So it is.\n"
)
TXT = "Power is short. And dear. Yes. So it is."
NOTES = "<p>(0:00) Hello</p><p>(1:00) The price of power</p><p>(20:00) Bye</p>"


def corpus(home: Path, *, text: str = TXT) -> Path:
    """One episode in three formats, one damaged file, and one episode with chapters."""
    said = [*CHAT * 6, *POWER.split(". "), *CHAT * 6]
    segments = [
        {
            "start": i * 10.0,
            "end": i * 10.0 + 9,
            "text": one if one.endswith((".", "?")) else f"{one}.",
        }
        for i, one in enumerate(said)
    ]
    files = {
        "pairs/a.vtt": VTT,
        "pairs/a.srt": SRT,
        "pairs/a.txt": text,
        "vtt_edge_cases/no_captions.vtt": "WEBVTT\n",
        "vtt_edge_cases/sample.srt": "".join(
            f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\nCaption text #{i}\n\n" for i in range(1, 6)
        ),
        "allin_json/e.json": json.dumps({"description": NOTES, "transcript_segments": segments}),
    }
    for name, content in files.items():
        path = home / "transcripts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return home


def test_nothing_is_lost_of_sound_files(tmp_path: Path) -> None:
    """Every word and speaker is there, the formats agree, and what is odd is as it should be."""
    result = transcripts.measure(corpus(tmp_path))
    assert result["pairs"] == {
        "files": 3,
        "failed": 0,
        "words_kept": 1.0,
        "monotonic": 1.0,
        "speakers_kept": 1.0,
        "pairs_agree": 1.0,
    }
    assert result["vtt_edge_cases"]["as_expected"] == 1.0
    assert result["allin_chapters"] == {
        "insights": 1,
        "inside_chapter": 1.0,
        "seconds_off_worst": 0.0,
    }


def test_a_word_that_is_lost_is_seen(tmp_path: Path) -> None:
    """The plain text of the episode is the measure of its captions."""
    result = transcripts.measure(corpus(tmp_path, text=f"{TXT} Quite so."))
    assert result["pairs"]["words_kept"] < 1
