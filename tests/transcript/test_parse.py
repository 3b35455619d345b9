"""Every format of transcript, as published and as damaged, into cues."""

from __future__ import annotations

import json

import pytest

from digest.transcript.formats import parse

VTT = """WEBVTT - A show
Kind: captions

NOTE
Nothing of this is said.

1
00:01.000 --> 00:04.000 align:start
<v Ann Roe>Chips cost <00:02.000><c.yellow>less</c> &amp; less.</v>

second
00:00:04.000 --> 00:00:06.500
<v Bo Li>Why is that?
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
Ann Roe: Chips cost less & less.

2
00:00:04,000 --> 00:00:06,500
Bo Li: Why is that?

3
00:00:06,500 --> 00:00:08,000
Ann Roe: Supply.

4
00:00:08,000 --> 00:00:09,000
More of it.

5
00:00:09,000 --> 00:00:10,000
Bo Li: I see.
"""


def said(text: str | bytes) -> list[tuple[float | None, str, str]]:
    """When, who and what, of every cue."""
    body = text if isinstance(text, bytes) else text.encode()
    return [(cue.start, cue.speaker, cue.text) for cue in parse(body)]


def test_webvtt_without_what_is_not_said() -> None:
    """Header, comments, names of cues, styles and times within a line are left out; voices are
    speakers; hours may be missing.
    """
    assert said(VTT) == [
        (1.0, "Ann Roe", "Chips cost less & less."),
        (4.0, "Bo Li", "Why is that?"),
    ]


def test_subrip_with_names_before_the_talk() -> None:
    """A name before a colon that comes again is a speaker's, and holds until the next; the numbers
    of captions are not said.
    """
    assert said(SRT) == [
        (1.0, "Ann Roe", "Chips cost less & less."),
        (4.0, "Bo Li", "Why is that?"),
        (6.5, "Ann Roe", "Supply."),
        (8.0, "Ann Roe", "More of it."),
        (9.0, "Bo Li", "I see."),
    ]


SEGMENTS = [
    {"speaker": "Ann", "startTime": 0.5, "endTime": 1, "body": "Power is"},
    {"startTime": 1, "endTime": 2, "body": "the limit."},
]
POWER = [(0.5, "Ann", "Power is"), (1.0, "Ann", "the limit.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (json.dumps({"version": "1.0.0", "segments": SEGMENTS}), POWER),
        (json.dumps(SEGMENTS), POWER),
        (json.dumps({"version": "1.0.0", "segments": SEGMENTS})[:-20], POWER[:1]),
        (
            json.dumps(
                {
                    "text": "no",
                    "segments": [
                        {"id": 0, "start": 0.5, "end": 1.0, "text": " Hi.", "tokens": [1]}
                    ],
                }
            ),
            [(0.5, "", "Hi.")],
        ),
        (
            json.dumps({"result": {"items": [{"start_time": "0:02.5", "content": "Hi."}]}}),
            [(2.5, "", "Hi.")],
        ),
        ('{"version": "1.0.0", "segments": []}', []),
        ("{broken", []),
    ],
    ids=["podcasting-2.0", "bare-list", "cut-off", "whisper", "other-keys", "empty", "no-json"],
)
def test_json_of_many_makers(text: str, expected: list[tuple[float | None, str, str]]) -> None:
    """Segments are found by what they have, wherever they stand; a file that breaks off is read as
    far as it goes.
    """
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "<cite>Ann:</cite><time>00:04</time><p>Hi &amp;"
                " bye.</p><cite>Ann:</cite><time>1:00:02</time><p>So.</p>"
            ),
            [(4.0, "Ann", "Hi & bye."), (3602.0, "Ann", "So.")],
        ),
        (
            (
                "<html><head><title>T</title></head><nav>Home</nav><p><b>Ann:</b>"
                " Hi.</p><p><b>Ann:</b> Bye.</p><footer>(c)</footer></html>"
            ),
            [(None, "Ann", "Hi."), (None, "Ann", "Bye.")],
        ),
        (
            "Ann Roe (00:04):\nHi.\n\nBo (1:00:02):\nBye.",
            [(4.0, "Ann Roe", "Hi."), (3602.0, "Bo", "Bye.")],
        ),
        ("Ann Roe  0:04\nHi.\n\nBo  0:09\nBye.", [(4.0, "Ann Roe", "Hi."), (9.0, "Bo", "Bye.")]),
        ("[00:04] Hi.\n[00:09] Bye.", [(4.0, "", "Hi."), (9.0, "", "Bye.")]),
        (
            "00:04 Hi.\n00:09 Ho.\n00:12 Bye.",
            [(4.0, "", "Hi."), (9.0, "", "Ho."), (12.0, "", "Bye.")],
        ),
        ("00:04\nHi.\n00:09\nBye.", [(4.0, "", "Hi."), (9.0, "", "Bye.")]),
        (
            "We met at\n10:30 in the morning.",
            [(None, "", "We met at"), (None, "", "10:30 in the morning.")],
        ),
        (
            (
                "---\ntitle: x\n---\n# Heading\n**Ann:** See [this](https://a.example).\n\n**Ann:**"
                " \\[26:04\\] Now."
            ),
            [(None, "Ann", "See this."), (1564.0, "Ann", "Now.")],
        ),
        (
            "Power is short. >> Is it? >> It is.",
            [(None, "", "Power is short."), (None, "", "Is it?"), (None, "", "It is.")],
        ),
        (
            "Remember: it is so.\nRemember: it was.",
            [(None, "", "Remember: it is so."), (None, "", "Remember: it was.")],
        ),
        (
            "Here's why: it is.\nHere's why: it was.",
            [(None, "", "Here's why: it is."), (None, "", "Here's why: it was.")],
        ),
    ],
    ids=[
        "cite-time",
        "page",
        "name-time",
        "name-end",
        "bracket",
        "leading",
        "alone",
        "a-clock",
        "markdown",
        "chevrons",
        "word",
        "phrase",
    ],
)
def test_text_in_the_layouts_that_people_write(
    text: str, expected: list[tuple[float | None, str, str]]
) -> None:
    """Times and names stand before, above or beside the talk; a clock time or a figure of speech is
    neither.
    """
    assert said(text) == expected


HEAD = "WEBVTT\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            b"\xef\xbb\xbf" + VTT.replace("\n", "\r\n").encode(),
            ["Chips cost less & less.", "Why is that?"],
        ),
        (
            SRT.replace(",", ".").replace(" --> ", "-->"),
            ["Chips cost less & less.", "Why is that?", "Supply.", "More of it.", "I see."],
        ),
        (f"{HEAD}00:07.0 --> 00:1d.8\nA.\n\n00:09.0 --> 00:10.0\nB.", ["A.", "B."]),
        (f"{HEAD}00:01.0 --> 00:02.0\nA.\n\nB.\n\n00:03.0 --> 00:04.0\nC.", ["A. B.", "C."]),
        (f"{HEAD}00:01.0 --> 00:02.0\n\n00:03.0 --> 00:04.0\nC.", ["C."]),
        (f"{HEAD}00:05.0 --> 00:06.0\nB.\n\n00:01.0 --> 00:02.0\nA.", ["A.", "B."]),
        (
            f"{HEAD}00:01.0 --> 00:09.0\nA.\n\n00:02.0 --> 00:03.0\nB.\n\n00:02.0 --> 00:03.0\nB.",
            ["A.", "B."],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nA.\n2\n00:00:02,000 --> 00:00:03,000\nB.",
            ["A.", "B."],
        ),
        ("1\n00:00:01,000 --> 00:00:02,000\nA.\n\n2\n00:00:02,000 --> 00:00:03,0", ["A."]),
        ("0:00:01.000,0:00:02.000\nA.\n\n0:00:02.000,0:00:03.000\nB.", ["A.", "B."]),
        (f"{HEAD}00:01.0 --> 00:02.0\n{{\\an8}}<i>A</i> &quot;b&quot;.", ['A "b".']),
        (f"{HEAD}00:01.0 --> 00:02.0\n<v Ann>A.</v> <v Bo>B.</v>", ["A.", "B."]),
        ("WEBVTT", []),
        ("", []),
        (b"\xff\xfeH\x00i\x00", ["Hi"]),
    ],
    ids=[
        "bom-crlf",
        "dots",
        "bad-end",
        "lost-time",
        "no-text",
        "disorder",
        "overlap",
        "no-blank-lines",
        "cut-off",
        "sbv",
        "styled",
        "two-voices",
        "no-captions",
        "nothing",
        "utf-16",
    ],
)
def test_nothing_said_is_lost_to_dirt(text: str | bytes, expected: list[str]) -> None:
    """Damaged, missing and disordered times cost no words."""
    cues = parse(text if isinstance(text, bytes) else text.encode())
    assert [cue.text for cue in cues] == expected
    times = [cue.start for cue in cues if cue.start is not None]
    assert times == sorted(times)


ROLLING = """WEBVTT

00:00.0 --> 00:02.0

we need more power

00:02.0 --> 00:02.1
we need more power

00:02.1 --> 00:04.0
we need more power
than the grid has

00:04.0 --> 00:04.1
than the grid has

00:04.1 --> 00:06.0
than the grid has
and no no no chips
"""


def test_rolling_captions_are_said_once() -> None:
    """A line that moves up as the next appears is no repetition; a word that is said three times
    is.
    """
    assert said(ROLLING) == [
        (0.0, "", "we need more power"),
        (2.1, "", "than the grid has"),
        (4.1, "", "and no no no chips"),
    ]


def test_captions_that_do_not_roll_keep_their_repetitions() -> None:
    """ "No." said twice is said twice."""
    body = "".join(
        f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{text}\n\n"
        for i, text in enumerate(["No.", "No.", "It is so.", "So it is.", "Ha."], 1)
    )
    assert [text for _, _, text in said(body)] == ["No.", "No.", "It is so.", "So it is.", "Ha."]


@pytest.mark.parametrize(
    "text",
    [
        "<" * 50_000,
        "[" * 50_000,
        "{" * 50_000,
        "00:00" * 20_000,
        "Ann: " * 20_000,
        "a" * 200_000,
        ("a " * 200_000 + "\n") * 2,
        ">> " * 50_000,
    ],
)
def test_hostile_text_is_read_quickly(text: str) -> None:
    """Whatever the bytes, reading ends within seconds and without an exception."""
    import time

    begun = time.process_time()
    parse(text.encode())
    parse(b"WEBVTT\n\n00:01.0 --> 00:02.0\n" + text.encode())
    assert time.process_time() - begun < 12
