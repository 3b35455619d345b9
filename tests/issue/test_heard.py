"""Below a news story stands what an episode says of it, and nothing where none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from digest.insights.episode_mentions import mention
from digest.issue.heard import heard_of, with_heard
from digest.issue.issue_md import parse, write
from digest.issue.material import Material
from digest.model import Document, Draft, Group, Item, Mark, Part, Plan, Ranked, Section, SourceLink
from digest.render.episode_links import moments

NOON = datetime(2026, 2, 5, 12, tzinfo=UTC)
TALK = [
    "Welcome to the show, and thank you all for listening to another hour of it with me.",
    "We had a long winter here and the garden looks as one would expect it to after that.",
    (
        "Halden Compute sold bonds backed by chips because no bank would lend to it on rents alone,"
        " and that is why the yield was so much higher than for anybody else in the market."
    ),
    "Somebody asked me about the weather in the north, and the answer is that it rained a lot.",
] * 3  # a talk has more around what matters


def episode(audio: str = "https://radio.example/1.mp3") -> Document:
    """An episode in which Ann Roe says these things, ten seconds each."""
    marks, text = [], ""
    for i, line in enumerate(TALK):
        marks.append(Mark(len(text), 10.0 * i, "Ann Roe"))
        text += line + "\n"
    return Document(
        "e1", "https://radio.example/1", "https://radio.example/feed", "podcast", "On rents",
        "Radio Ledger", NOON, NOON, "transcript", text.strip(), audio_url=audio, marks=tuple(marks),
    )  # fmt: skip


def article(title: str, text: str) -> Document:
    """A piece of news."""
    return Document(
        "a1", "https://wire.example/1", "https://wire.example/feed", "news", title, "Wire", NOON,
        NOON, "article", text,
    )  # fmt: skip


BONDS = article(
    "Halden Compute sells bonds backed by its chips",
    "Today Halden Compute sold bonds that are backed by chips. The sale of Halden Compute was"
    " covered twice.",
)
OTHERS = {
    "another event of the same company": article(
        "Halden Compute opens an office in Leeds",
        "Today Halden Compute opened an office. The office of Halden Compute is in Leeds.",
    ),
    "the same event of another company": article(
        "Orrin Systems sells bonds backed by its chips",
        "Today Orrin Systems sold bonds that are backed by chips. The sale of Orrin Systems was"
        " covered twice.",
    ),
}


def test_the_passage_that_speaks_of_a_headline_has_speaker_and_second() -> None:
    """Word for word, with the place at which a player opens."""
    said = mention(BONDS, episode())
    assert said is not None
    assert (said.speaker, said.verdict, said.text) == ("Ann Roe", "extract", TALK[2])
    (moment,) = moments(said.evidence)
    assert moment.url == f"https://radio.example/1.mp3#t={int(said.evidence[0].second or 0)}"


@pytest.mark.parametrize("other", OTHERS)
def test_an_episode_that_speaks_of_something_else_is_not_heard(other: str) -> None:
    """A name alone, or a matter alone, is spoken of everywhere."""
    assert mention(OTHERS[other], episode()) is None


def drafted() -> tuple[Draft, Material]:
    """An issue that tells of the bonds, and what it may be written from."""
    show = episode()
    story = Ranked(Group("s1", (BONDS,)), "Deals & valuations", "", 1.0, 1.0, "")
    heard = heard_of(Plan((Section("Top Stories", (story,)),), ()), [show])
    item = Item("s1", "Halden sells bonds", "It sold bonds.", (SourceLink("Wire", BONDS.url),))
    draft = Draft(
        "2026-02-05-daily", "daily", date(2026, 2, 5), "Bonds", (Part("Top Stories", (item,)),)
    )
    documents = {one.entry_id: one for one in (BONDS, show)}
    return draft, Material({}, (), documents, heard=heard)


def test_it_stands_below_the_story_with_its_link() -> None:
    """As a paragraph of its own, quoted, with the show and the speaker; the draft can be written."""
    draft, material = drafted()
    made = with_heard(draft, material)
    (item,) = made.parts[0].items
    told, heard = item.text.split("\n\n")
    assert told == "It sold bonds."
    assert heard == f"Heard on Radio Ledger. Ann Roe: “{TALK[2]}”"
    assert item.links[-1] == SourceLink("Radio Ledger", "https://radio.example/1")
    assert parse(write(made)) == made


def test_what_the_issue_says_already_is_not_said_twice() -> None:
    """As where the episode has a story of its own."""
    draft, material = drafted()
    spoken = Item("s2", "On bonds", f"Ann Roe: “{TALK[2]}”")
    twice = replace(draft, parts=(*draft.parts, Part("From the Podcasts", (spoken,))))
    assert with_heard(twice, material) == twice
