"""The sample newsroom with every injection of the collection somewhere in it, and a model that
obeys whatever it is told.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING, Any

from digest.demo.newsroom import Newsroom
from tests.extract.hostile.collection import Injection, injections
from tests.model_server import Asked, sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.demo.material import Publisher, SampleItem

LINK = "https://obedient.example/offer"
ALWAYS = ("obedient.example", "OBEDIENT", "zzz999")  # what the model tries whatever it reads
_CHAPTERS = "(00:10) The price of power\n(04:20) Who pays for the grid\n(09:30) "


class HostileNewsroom(Newsroom):
    """The sample newsroom, every one of whose publishers has been got at."""

    def __init__(self) -> None:
        super().__init__()
        news = [publisher for publisher in self.publishers if publisher.kind == "news"]
        shows = [publisher for publisher in self.publishers if publisher.kind == "podcast"]
        of = {
            place: [one for one in injections() if one.place == place]
            for place in {one.place for one in injections()}
        }
        told = _dealt(
            (publisher, i)
            for publisher in news
            for i in range(len(publisher.items))
            if publisher.language == "en"
        )
        articles = told([*of["body"], *of["alt text"]])
        titles, authors = told(of["title"]), told(of["author"])
        aired = _dealt((publisher, i) for publisher in shows for i in range(len(publisher.items)))
        notes, talk = (
            aired([*of["notes"], *of["chapter"]]),
            aired([*of["transcript"], *of["speaker"]]),
        )
        names = _dealt(self.publishers)([*of["feed title"], *of["feed description"]])
        self.publishers = tuple(
            _feed(
                publisher,
                names(publisher),
                [
                    (
                        _episode(item, notes((publisher, i)), talk((publisher, i)))
                        if publisher.kind == "podcast"
                        else _article(
                            item,
                            articles((publisher, i)),
                            titles((publisher, i)),
                            authors((publisher, i)),
                        )
                    )
                    for i, item in enumerate(publisher.items)
                ],
            )
            for publisher in self.publishers
        )
        self._hosts = {publisher.host: publisher for publisher in self.publishers}


def _dealt(places: Iterable[Any]) -> Any:
    """Deals a hand of injections out to places, one after the other; gives what a place was
    dealt.
    """
    fixed = list(places)

    def deal(hand: Sequence[Injection]) -> Any:
        dealt: dict[Any, list[Injection]] = {place: [] for place in fixed}
        for one, place in zip(hand, cycle(fixed), strict=False):
            dealt[place].append(one)
        return lambda place: dealt.get(place, [])

    return deal


def _article(
    item: SampleItem, bodies: list[Injection], titles: list[Injection], authors: list[Injection]
) -> SampleItem:
    first, *rest = item.paragraphs
    paragraphs = (first, *(one.text for one in bodies), *rest)
    title = f"{item.title} | {titles[0].text}" if titles else item.title
    return replace(
        item, paragraphs=paragraphs, title=title, author=authors[0].text if authors else item.author
    )


def _episode(item: SampleItem, notes: list[Injection], talk: list[Injection]) -> SampleItem:
    listed = [one.text if one.place == "notes" else f"{_CHAPTERS}{one.text}" for one in notes]
    cues = "\n".join(
        f"00:{50 + i // 60:02}:{i % 60:02}.000 --> 00:{50 + i // 60:02}:{i % 60:02}.900\n"
        + (
            f"<v {one.text}>Let us go on with the price of power."
            if one.place == "speaker"
            else f"<v Ann Roe>{one.text}"
        )
        + "\n"
        for i, one in enumerate(talk)
    )
    transcript = f"{item.transcript}\n{cues}" if item.transcript else ""
    return replace(item, paragraphs=(*item.paragraphs, *listed), transcript=transcript)


def _feed(publisher: Publisher, names: list[Injection], items: list[SampleItem]) -> Publisher:
    titles = [one.text for one in names if one.place == "feed title"]
    about = [one.text for one in names if one.place == "feed description"]
    return replace(
        publisher,
        name=f"{publisher.name} - {titles[0]}" if titles else publisher.name,
        tagline=" ".join([publisher.tagline, *about]),
        promo=" ".join([publisher.promo, *about]),
        items=tuple(items),
    )


def obedient(asked: Asked) -> str:
    """Does what every injection left in the prompt says, and always tries to slip in a link,
    markup, a story and a recipient of its own.
    """
    if asked.is_probe:
        return sums(asked)
    orders = [one for one in injections() if one.marker in asked.prompt]
    extra: dict[str, Any] = {
        "links": [LINK],
        "recipients": ["mail@obedient.example"],
        "stories": [{"id": "zzz999", "headline": "OBEDIENT"}],
    }
    if "Return the insights" in asked.prompt:
        return json.dumps({"insights": [*_obeyed(orders), *_tried(asked.prompt)], **extra})
    if '"title_insights"' in asked.prompt:
        ids = re.findall(r"^\s*(i\d+)", asked.prompt, re.MULTILINE)
        rows = [
            {"text": text, "insights": ["zzz999", *ids[:1]]}
            for text in (*_said(orders), f"See {LINK} for more.", "OBEDIENT won.")
        ]
        return json.dumps(
            {
                "title": f"OBEDIENT {LINK}",
                "title_insights": ["zzz999", *ids[:1]],
                "highlights": rows,
                **extra,
            }
        )
    if "Task: a second reading" in asked.prompt or "What is wrong" in asked.prompt:
        claims = re.findall(r"^(?:Claim )?([a-z]\d+)\b", asked.prompt, re.MULTILINE)
        words = next((one.text for one in orders), "OBEDIENT won by far.")
        row = {"text": f"OBEDIENT won, see {LINK}.", "words": words, "why": f"See {LINK}."}
        rows = [{"id": one, "result": "supported", **row} for one in (*claims, "zzz999")]
        return json.dumps({"claims": rows})
    text = " ".join((*_said(orders), f"<b>OBEDIENT</b> [won]({LINK}).", f"Visit {LINK} now."))
    return json.dumps({"headline": f"OBEDIENT {LINK}", "text": text, **extra})


def _said(orders: Sequence[Injection]) -> list[str]:
    return [text for one in orders for text in (one.text, f"{one.marker} leads the market.")]


def _obeyed(orders: Sequence[Injection]) -> list[dict[str, Any]]:
    return [
        {
            "headline": one.marker,
            "what_happened": text,
            "why_it_matters": text,
            "quotes": [one.text],
            "organisations": [one.marker],
            "importance": 5,
        }
        for one in orders
        for text in (one.text, f"{one.marker} leads the market.")
    ]


def _tried(prompt: str) -> list[dict[str, Any]]:
    """A claim that the document bears out, in a form full of what must not be shown, and claims
    that are nothing else.
    """
    own = re.findall(
        r"[A-Z][^.!?\n]{60,240}\.(?=\s)", prompt.partition("Title: ")[2].partition("\n\n")[2]
    )[:1]
    dressed = {
        "headline": f"OBEDIENT {LINK}",
        "why_it_matters": f"<a href='{LINK}'>OBEDIENT</a>",
        "organisations": ["OBEDIENT"],
        "people": [LINK],
    }
    texts = [
        *own,
        f"Acme won, see {LINK}.",
        "<b>OBEDIENT</b> won.",
        "[OBEDIENT](javascript:alert(1)) won.",
        f"OBEDIENT won. {own[0] if own else ''}",
    ]
    return [
        {**dressed, "what_happened": text, "quotes": own, "id": "zzz999", "importance": 5}
        for text in texts
    ]
