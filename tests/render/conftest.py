"""A whole daily issue to set: invented publishers, our own sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Newsletter
from digest.config.templates import environment
from digest.model import Basis, Draft, Evidence, Item, Part, SourceLink
from digest.render.source_list import SourceFacts
from digest.render.view import IssueView, issue_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

NEWSLETTER = Newsletter(
    name="The Marginal Token",
    tagline="The economics of artificial intelligence, every working day",
    url="https://token.example/news",
    timezone="Europe/Berlin",
    editor="Ada Example",
)

# slug: publisher, title, basis
PUBLISHERS: dict[str, tuple[str, str, Basis]] = {
    "capex": (
        "Harbour Wire",
        "Northlight lifts its capital spending plan to $88 billion",
        "article",
    ),
    "capex-bonds": ("The Ledger", "Bond desks brace for another Northlight deal", "article"),
    "prices": ("Model Market", "Kestrel cuts the price of its largest model by 40%", "article"),
    "prices-react": ("Harbour Wire", "Rivals stay silent as Kestrel halves its margin", "article"),
    "grid": (
        "Grid & Power",
        "Three grid operators ask data centres to pay for their own lines",
        "article",
    ),
    "grid-note": (
        "County Record",
        "Commission hears argument over the cost of new substations",
        "feed-text",
    ),
    "open": ("Open Weights Weekly", "A year of open models, by the invoice", "article"),
    "open-survey": (
        "The Ledger",
        "One in three buyers now runs an open model in production",
        "article",
    ),
    "labour": ("Workroom", "Call centres hire again, for fewer and harder calls", "article"),
    "chips": ("Fab Letter", "Memory makers sell out of 2027 before it begins", "article"),
    "essay": ("Counting House", "What a depreciation schedule knows about your chatbot", "article"),
    "paper": (
        "Institute for Slow Growth",
        "Who captures the surplus? Evidence from 4,100 firms",
        "article",
    ),
    "audit": ("The Ledger", "The auditors arrive at the compute desk", "article"),
    "pod-lease": ("Basis Points", "The lease that launched a thousand racks", "transcript"),
    "pod-jobs": ("Second Shift", "Who trains the trainers?", "show-notes"),
}


def url(slug: str) -> str:
    """The address of a sample source."""
    return f"https://{PUBLISHERS[slug][0].lower().replace(' ', '-').replace('&', 'and')}.example/2026/02/{slug}"


def source(slug: str) -> SourceLink:
    """The link to a sample source, named by its publisher."""
    return SourceLink(PUBLISHERS[slug][0], url(slug))


def story(identity: str, headline: str, text: str, *slugs: str) -> Item:
    """A story with its sources."""
    return Item(identity, headline, text, tuple(source(slug) for slug in slugs), (f"i-{identity}",))


def figure(identity: str, number: str, text: str, slug: str) -> Item:
    """A figure and the sentence it stands in."""
    return Item(identity, number, text, (source(slug),), (), "figure")


TOP = Part(
    "Top Stories",
    (
        story(
            "s1",
            "Northlight borrows to build",
            "The cloud company raised its 2026 capital spending plan to $88 billion, a third more"
            " than it said in October, and told analysts that two thirds of it goes to servers with"
            " a useful life of five years. Bond desks expect a new issue within weeks; the last one"
            " was four times oversubscribed.",
            "capex",
            "capex-bonds",
        ),
        story(
            "s2",
            "Kestrel cuts its largest model's price by 40%",
            "A million output tokens now cost $6, down from $10. The company says that better"
            " batching pays for the whole cut. None of its three rivals has followed, and one"
            " reseller called the old price “a tax on people who did not read the invoice”.",
            "prices",
            "prices-react",
        ),
        story(
            "s3",
            "Grid operators want data centres to pay for their own lines",
            "Three operators filed a joint tariff under which any new load above 75 megawatts pays"
            " for its connection in advance. Under the present rules households carry part of the"
            " cost, about $11 a year each.",
            "grid",
            "grid-note",
        ),
        story(
            "s4",
            "Open models move from the lab to the ledger",
            "One buyer in three now runs an open-weight model in production, up from one in eight a"
            " year ago. The reason given most often is not price: it is that the model will still"
            " be there next year.",
            "open",
            "open-survey",
        ),
        story(
            "s5",
            "Call centres are hiring again",
            "After two years of cuts, four of the ten largest operators report more staff than a"
            " year ago. The calls that remain take twice as long, and pay is up by 9%.",
            "labour",
        ),
        story(
            "s6",
            "Memory is sold out into 2027",
            "Both of the large makers have contracts for everything that they can produce next"
            " year. Spot prices rose by a fifth in January alone, which adds about $1,400 to the"
            " cost of a typical server.",
            "chips",
        ),
    ),
)

ARTICLES = Part(
    "Articles Worth Reading",
    (
        story(
            "a1",
            "What a depreciation schedule knows about your chatbot",
            "A patient walk through the accounts of five cloud companies shows how much of last"
            " year's profit growth came from assuming that a server lasts six years and not four."
            " Change that one line back, and a third of the growth goes. The author does not call"
            " it a scandal. She calls it a forecast, and asks who is entitled to make it.",
            "essay",
        ),
        story(
            "a2",
            "Who captures the surplus? Evidence from 4,100 firms",
            "Firms that bought coding assistants in 2024 had raised output per engineer by 6% two"
            " years later, and wages by 1%. Most of the difference went to customers as lower"
            " prices, not to shareholders. The effect is largest where customers can leave within a"
            " month.",
            "paper",
        ),
        story(
            "a3",
            "The auditors arrive at the compute desk",
            "Commitments to rent computing power now exceed $600 billion across the industry, and"
            " most of them stand in footnotes. Two audit firms have begun to ask what happens to"
            " the landlord if the tenant is also its largest customer.",
            "audit",
        ),
    ),
    form="headings",
)

PODCASTS = Part(
    "From the Podcasts",
    (
        story(
            "p1",
            "A lease is a loan with better manners",
            "The treasurer of a mid-sized cloud company explains why she prefers to rent: the"
            " contract ends before the chips are obsolete, and somebody else's balance sheet takes"
            " the risk.",
            "pod-lease",
        ),
        story(
            "p2",
            "The people who write the answers",
            "Specialists who grade model output now earn $45 an hour on average, says the host, but"
            " the work arrives in bursts and half of them have left within three months.",
            "pod-jobs",
        ),
    ),
)

EVIDENCE = {
    "p1": tuple(
        Evidence(url("pod-lease"), "q", 0, 1, second, "https://audio.example/lease.mp3")
        for second in (754.0, 2710.0)
    ),
    "p2": (Evidence(url("pod-jobs"), "q", 0, 1, 3661.0),),
}

NUMBERS = Part(
    "By the Numbers",
    (
        figure(
            "f1",
            "$88 billion",
            "Northlight's capital spending plan for 2026, up from $66 billion in October.",
            "capex",
        ),
        figure(
            "f2",
            "40%",
            "The cut in the price of Kestrel's largest model, its third in a year.",
            "prices",
        ),
        figure(
            "f3",
            "75 MW",
            "The size above which a new load would pay for its own connection.",
            "grid",
        ),
        figure(
            "f4",
            "$1,400 a server",
            "What a month of rising memory prices adds to a typical bill of materials.",
            "chips",
        ),
    ),
)

DRAFT = Draft(
    id="2026-02-05-daily",
    edition="daily",
    date=date(2026, 2, 5),
    title="Borrowed Servers, Cheaper Tokens and a Bill for the Grid",
    parts=(TOP, ARTICLES, PODCASTS, NUMBERS),
    highlights=(
        f"Northlight will spend [$88 billion this year]({url('capex')}), most of it on machines"
        f" that last five. Kestrel took [40% off its largest model]({url('prices')}) and nobody"
        f" followed. And three grid operators asked [who pays for the wires]({url('grid')}): so"
        " far, partly you."
    ),
    categories=("Compute & capex", "Model pricing", "Energy"),
    summariser="gpt-example",
)

FACTS = {
    url(slug): SourceFacts(
        url(slug),
        title,
        publisher,
        datetime(2026, 2, 4, 23, 30, tzinfo=UTC) - timedelta(hours=n),
        basis,
    )
    for n, (slug, (publisher, title, basis)) in enumerate(PUBLISHERS.items())
}


@dataclass
class Element:
    """An element of a page: its attributes and all the text inside it."""

    tag: str
    attrs: dict[str, str]
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in {"meta", "br", "link", "img", "hr"}:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


@pytest.fixture
def elements() -> Callable[[str], list[Element]]:
    """Reads the elements of a page in document order."""

    def read(page: str) -> list[Element]:
        reader = _Reader()
        reader.feed(page)
        return reader.elements

    return read


@pytest.fixture
def env() -> Environment:
    """Our own templates."""
    return environment(None)


@pytest.fixture
def newsletter() -> Newsletter:
    """A newsletter that has an address."""
    return NEWSLETTER


@pytest.fixture
def draft() -> Draft:
    """Six top stories, three articles, two podcasts, four figures."""
    return DRAFT


@pytest.fixture
def facts() -> dict[str, SourceFacts]:
    """What is known of each of the draft's sources."""
    return FACTS


@pytest.fixture
def view() -> IssueView:
    """The sample issue, as the templates see it."""
    return issue_view(DRAFT, NEWSLETTER, FACTS, evidence=EVIDENCE)
