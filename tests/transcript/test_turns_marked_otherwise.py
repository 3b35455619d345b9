"""Turns that are marked by something else than a name and a colon."""

from __future__ import annotations

import pytest

from digest.transcript.clean_verbatim import cleaned
from digest.transcript.formats import parse

ANN, BO = "Power is what holds it back.", "And chips are not?"
TALK = [("Ann Roe", ANN), ("Bo Li", BO), ("Ann Roe", "Not any more."), ("Bo Li", "I see.")]


def _srt(*captions: str) -> str:
    return "\n\n".join(
        f"{i + 1}\n00:00:0{2 * i},000 --> 00:00:0{2 * i + 1},000\n{text}"
        for i, text in enumerate(captions)
    )


def _said(text: str) -> list[tuple[str, str]]:
    return [(cue.speaker, cue.text) for cue in parse(text.encode())]


@pytest.mark.parametrize("dash", ["- ", "-", "– ", "— "])
def test_dashes_are_turns(dash: str) -> None:
    """As subtitles have them, two in one caption; a caption's time is its first speaker's."""
    cues = parse(_srt(f"{dash}{ANN}\n{dash}{BO}", f"{dash}Not any\nmore.", "I see.").encode())
    assert [(cue.start, cue.turn, cue.text) for cue in cues] == [
        (0.0, True, ANN),
        (None, True, BO),
        (2.0, True, "Not any more."),
        (4.0, False, "I see."),
    ]


@pytest.mark.parametrize(
    "text", ["- 5 percent\n- 6 percent\n- 7 percent", "Power -\n- well, chips -\nhold it back."]
)
def test_other_dashes_stay(text: str) -> None:
    """Figures below zero, and a thought that is broken off."""
    assert " ".join(cue.text for cue in parse(_srt(text).encode())) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"[{name}] {said}" for name, said in TALK),
        "<dl>" + "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in TALK) + "</dl>",
        "<dl>" + "".join(f"<dt>{name} <time>00:0{i}</time></dt><dd>{said}</dd>" for i, (name, said) in enumerate(TALK)) + "</dl>",
        "<table><thead><tr><th>Who</th><th>What</th></tr></thead>" + "".join(f"<tr><td><b>{name}</b></td><td>{said}</td></tr>" for name, said in TALK) + "</table>",
        "<table>" + "".join(f"<tr><td>00:0{i}</td><td>{name}</td><td>{said}</td></tr>" for i, (name, said) in enumerate(TALK)) + "</table>",
        "\n\n".join(f"### {name} (00:0{i}:00)\n\n{said}" for i, (name, said) in enumerate(TALK)),
    ],
    ids=["brackets", "terms", "terms with times", "table", "table with times", "headings"],
)  # fmt: skip
def test_names_in_places_of_their_own_are_the_speakers(text: str) -> None:
    """In brackets, terms, cells and headings."""
    assert _said(text) == TALK


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[laughs] {ANN}\n\n[sighs] {BO}\n\n[laughs] Yes.", f"[laughs] {ANN} [sighs] {BO} [laughs] Yes."),
        ("<dl><dt>What is short?</dt><dd>Power is.</dd></dl>", "What is short? Power is."),
        ("<table><tr><td>Ann Roe</td></tr><tr><td>says it.</td></tr></table>", "Ann Roe says it."),
        (f"[ti:Power]\n[ar:Ann Roe]\n[00:01.00]{ANN}\n[00:02.00]{BO}", f"{ANN} {BO}"),
    ],
)  # fmt: skip
def test_what_is_no_speaker_is_none(text: str, said: str) -> None:
    """Sounds, questions, a cell that stands alone, and what a file says of itself."""
    cues = parse(text.encode())
    assert (" ".join(cue.text for cue in cues), {cue.speaker for cue in cues}) == (said, {""})


@pytest.mark.parametrize(
    "mark", ["[AD BREAK]", "(advertisement)", "[Sponsor message]", "[mid-roll begins]"]
)
def test_where_advertisements_stood_is_not_said(mark: str) -> None:
    """And what is said of them stays."""
    assert cleaned(f"{ANN} {mark} {ANN}", [0])[0] == f"{ANN} {ANN}"
    kept = f"{ANN} (advertising is most of it) {ANN}"
    assert cleaned(kept, [0])[0] == kept
