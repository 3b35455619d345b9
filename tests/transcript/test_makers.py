"""What machines write: labels that are no names, times in other units, formats of captioning
programs, and what is no transcript at all.
"""

from __future__ import annotations

import json

import pytest

from digest.transcript.formats import NoTranscriptError, parse, read
from digest.transcript.speaker_labels import is_no_name
from digest.transcript.turns import spoken

TALK = ["Power is the limit.", "Is it?", "It is.", "Chips are not.", "Why?", "Nobody has a line."]


def voices(text: str) -> list[tuple[str, bool, str]]:
    """Who, whether a turn begins, and what, of every cue."""
    return [(cue.speaker, cue.turn, cue.text) for cue in parse(text.encode())]


def captions(*labels: str) -> str:
    """A SubRip file in which each line of talk has a label."""
    return "".join(
        f"{i + 1}\n00:00:{i * 4:02d},000 --> 00:00:{i * 4 + 4:02d},000\n{label}{said}\n\n"
        for i, (label, said) in enumerate(zip(labels, TALK, strict=True))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[SPEAKER_00]: ", "[SPEAKER_01]: "),
        ("SPEAKER_03: ", "SPEAKER_11: "),
        ("Speaker 1: ", "Speaker 2: "),
        ("[Speaker A] ", "[Speaker B] "),
        ("spk_0: ", "spk_1: "),
        ("S1: ", "S2: "),
        ("(speaker 1) ", "(speaker 2) "),
        ("Sprecher 1: ", "Sprecherin 2: "),
        ("Locuteur 1: ", "Locuteur 2: "),
        ("<v Speaker 0>", "<v Speaker 1>"),
        ("[Unknown Speaker]: ", "Speaker 2: "),
    ],
)
def test_labels_that_are_no_names_part_turns_and_are_not_kept(one: str, other: str) -> None:
    """Nobody is called SPEAKER_00, but where it becomes SPEAKER_01 somebody else speaks."""
    found = voices(captions(one, one, one, other, other, one))
    assert [said for _, _, said in found] == TALK
    assert {who for who, _, _ in found} == {""}
    assert [turn for _, turn, _ in found] == [True, False, False, True, False, True]
    text = spoken(parse(captions(one, one, one, other, other, one).encode())).text
    assert text == "Power is the limit. Is it? It is.\nChips are not. Why?\nNobody has a line."


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("[Ann Roe]: ", "Ann Roe"),
        ("Ann Roe: ", "Ann Roe"),
        ("- [Dr. Li]: ", "Dr. Li"),
        ("HOST: ", "HOST"),
    ],
)
def test_names_are_kept_in_brackets_too(label: str, name: str) -> None:
    """A name in brackets is one."""
    found = voices(captions(label, label, label, "Bo Li: ", "Bo Li: ", label))
    assert [who for who, _, _ in found] == [name] * 3 + ["Bo Li"] * 2 + [name]


@pytest.mark.parametrize(
    "said", ["Speaker Reed said no.", "S3 is a bucket.", "Person of the year."]
)
def test_talk_that_only_sounds_like_a_label_is_kept(said: str) -> None:
    """What has neither a colon nor brackets is said."""
    assert voices(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{said}")[0][2] == said


@pytest.mark.parametrize(
    ("label", "nobody"),
    [
        ("B", True), ("12", True), ("Speaker_1", True), ("f3c1a7d2-11aa-4b6e-9c1d-2b7e5a90c1ff", True), ("user 7", True),
        ("Ann", False), ("Bo", False), ("Host", False), ("DJ Koze", False), ("Speaker Mike Reed", False), ("C-3PO", False),
    ],
)  # fmt: skip
def test_which_labels_are_nobodys_name(label: str, nobody: bool) -> None:  # a row
    """Letters, numbers and ids are a machine's; roles and names are people's."""
    assert is_no_name(label) is nobody


WORDS = [
    {"text": word, "start": 4000 * i + 500 * j, "end": 4000 * i + 500 * j + 400, "speaker": "AB"[i % 2]}
    for i, said in enumerate(TALK)
    for j, word in enumerate(said.split())
]  # fmt: skip
ASSEMBLY_AI = {
    "id": "5551", "status": "completed", "text": " ".join(TALK), "words": WORDS,
    "utterances": [
        {"speaker": "AB"[i % 2], "text": said, "start": 4000 * i, "end": 4000 * i + 3000, "words": []} for i, said in enumerate(TALK)
    ],
}  # fmt: skip
WHISPERX = {
    "segments": [
        {"start": 4.0 * i, "end": 4.0 * i + 3, "text": f" {said}", "speaker": f"SPEAKER_0{i % 2}",
         "words": [{"word": word, "start": 4.0 * i, "end": 4.0 * i + 1, "score": 0.9} for word in said.split()]}
        for i, said in enumerate(TALK)
    ],
    "word_segments": [{"word": word, "start": 0.1, "end": 0.2, "score": 0.9} for said in TALK for word in said.split()],
    "language": "en",
}  # fmt: skip
DEEPGRAM = {
    "results": {"channels": [{"alternatives": [{"transcript": " ".join(TALK), "paragraphs": {"paragraphs": [
        {"speaker": i % 2, "start": 4.0 * i, "end": 4.0 * i + 3, "sentences": [{"text": said, "start": 4.0 * i, "end": 4.0 * i + 3}]}
        for i, said in enumerate(TALK)]}}]}]},
}  # fmt: skip
WHISPER_CPP = {
    "transcription": [
        {"timestamps": {"from": f"00:00:{4 * i:02d},000", "to": "00:01:00,000"}, "offsets": {"from": 4000 * i}, "text": f" {said}"}
        for i, said in enumerate(TALK)
    ]
}  # fmt: skip
CHUNKS = {
    "text": " ".join(TALK),
    "chunks": [{"timestamp": [4.0 * i, 4.0 * i + 3], "text": s} for i, s in enumerate(TALK)],
}
TTML = (
    '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en"><head>'
    '<metadata><ttm:agent xml:id="a" type="person"><ttm:name type="full">Ann Roe</ttm:name></ttm:agent></metadata></head><body><div>'
    + "".join(f'<p begin="00:00:{4 * i:02d}.000" end="{4 * i + 3}s" ttm:agent="a">{said.replace(" ", "<br/>", 1)}</p>' for i, said in enumerate(TALK))
    + "</div></body></tt>"
)  # fmt: skip
ASS = (
    "[Script Info]\nTitle: A show\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nComment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,no\n"
    + "".join(f"Dialogue: 0,0:00:{4 * i:02d}.00,0:00:{4 * i + 3:02d}.00,Default,,0,0,0,,{{\\i1}}{said}\n" for i, said in enumerate(TALK))
)  # fmt: skip
STL = "$FontName = Arial\n//English subtitles\n" + "".join(
    f"00:00:{4 * i:02d}:00 , 00:00:{4 * i + 3:02d}:15 , {said}\n" for i, said in enumerate(TALK)
)
YOUTUBE = "<transcript>" + "".join(
    f'<text start="{4 * i}" dur="3.1">{said}</text>' for i, said in enumerate(TALK)
)
MAKERS = {
    "AssemblyAI": json.dumps(ASSEMBLY_AI),
    "AssemblyAI without speakers": json.dumps({**ASSEMBLY_AI, "utterances": None}),
    "WhisperX": json.dumps(WHISPERX),
    "Deepgram": json.dumps(DEEPGRAM),
    "whisper.cpp": json.dumps(WHISPER_CPP),
    "transformers": json.dumps(CHUNKS),
    "TTML": TTML,
    "TTML in ticks": TTML.replace("<tt ", '<tt xmlns:ttp="p" ttp:tickRate="1000" ').replace('"00:00:04.000"', '"4000t"'),
    "SubStation": ASS,
    "Spruce": STL,
    "YouTube": YOUTUBE,
}  # fmt: skip


@pytest.mark.parametrize("maker", MAKERS)
def test_every_makers_form_is_read_with_its_times(maker: str) -> None:
    """All that is said, nothing else, at the second."""
    cues = read(MAKERS[maker].encode(), "", 24)
    assert " ".join(cue.text for cue in cues) == " ".join(TALK)
    began = {cue.text: cue.start for cue in cues if cue.text in TALK} or {
        f"{TALK[0]}": cues[0].start
    }
    assert all(second == 4.0 * TALK.index(said) for said, second in began.items())
    assert {cue.speaker for cue in cues} == {"Ann Roe" if "TTML" in maker else ""}


@pytest.mark.parametrize(
    ("unit", "seconds", "last"),
    [
        (1, 40, 20.0),
        (1, None, 20.0),
        (1000, 30, 20.0),
        (1000, 24, 20.0),
        (10_000_000, 30, 20.0),
        (60_000, 30, None),
    ],
)
def test_the_unit_of_times_is_known_by_the_episodes_length(
    unit: int, seconds: float | None, last: float | None
) -> None:
    """Milliseconds and ticks are seconds afterwards; what fits no unit is no time."""
    segments = [{"start": 4 * i * unit, "text": said} for i, said in enumerate(TALK)]
    cues = read(json.dumps({"segments": segments}).encode(), "", seconds)
    assert cues[-1].start == last


def test_milliseconds_are_known_by_the_pace_where_no_length_is() -> None:
    """Nobody speaks ten words in three hours."""
    segments = [{"start": 4000 * i, "text": f"In {i} days {TALK[0]}"} for i in range(60)]
    cues = read(json.dumps({"segments": segments}).encode(), "", None)
    assert cues[-1].start == 236.0


def test_a_long_utterance_has_the_times_of_its_sentences() -> None:
    """A monologue of minutes is one utterance; its words say when each sentence begins."""
    said = " ".join(TALK * 3)
    words = [{"text": word, "start": 500 * i, "end": 500 * i + 400} for i, word in enumerate(said.split())]  # fmt: skip
    whole = {"utterances": [{"speaker": "A", "text": said, "start": 0, "end": 30000, "words": words}]}  # fmt: skip
    cues = read(json.dumps(whole).encode(), "", 40)
    assert [cue.text for cue in cues] == TALK * 3
    assert cues[1].start == 2.0


ARTICLE = "<h1>Shows</h1>" + "".join(f"<p>{said} And so on.</p>" for said in TALK * 20)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"<!doctype html><html><head><title>Shows</title></head><body>{ARTICLE}</body></html>", "a web page"),
        (f"<html lang='en'><body><div id='app'>{ARTICLE}</div></body></html>", "a web page"),
        ("<?xml version='1.0'?><rss version='2.0'><channel><title>T</title></channel></rss>", "XML"),
        ("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "XML"),
        ("%PDF-1.7 x", "PDF"),
        ("{\\rtf1\\ansi Power is the limit.}", "RTF"),
        ("PK\x03\x04word", "ZIP"),
        ("850STL25.010 Power", "EBU STL"),
        ("{0}{25}Power is the limit.\n{25}{50}Is it?", "MicroDVD"),
        ("<SAMI><BODY><SYNC Start=100><P>Power</BODY></SAMI>", "SAMI"),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_never_taken_for_talk(text: str, what: str) -> None:
    """Servers answer with their front page, with an error, or with another program's file."""
    with pytest.raises(NoTranscriptError, match=what):
        read(text.encode(), "text/vtt", None)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>Transcript: Shows</title></head><body>{ARTICLE}</body></html>",
        f"<html><body><div class='transcript'>{ARTICLE}</div></body></html>",
        "<html><body>" + "".join(f"<cite>Ann Roe:</cite><p>{said}</p>" for said in TALK) + "</body></html>",
        "<html><body>" + "".join(f"<p>00:0{i}</p><p>{said}</p>" for i, said in enumerate(TALK)) + "</body></html>",
        ARTICLE,
    ],
)  # fmt: skip
def test_a_page_of_talk_is_a_transcript(page: str) -> None:
    """It calls itself one, or says who speaks or when; a piece of HTML is no page."""
    said = " ".join(cue.text for cue in read(page.encode(), "text/html", None))
    assert all(line in said for line in TALK)
