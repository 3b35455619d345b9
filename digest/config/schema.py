"""What may stand in feeds.yaml: its sections and keys, their types, bounds and defaults."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  annotations are read at run time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.config.aftermath import Notify, Publish, publish_form
from digest.config.default_themes import DEFAULT_THEMES
from digest.config.delivery import Delivery
from digest.config.edition_terms import EditionTerms
from digest.config.typed_mapping import (
    Key,
    Mistake,
    OtherKeys,
    ValueRule,
    above,
    at_least,
    at_most,
    like,
    no_longer,
    not_empty,
)
from digest.config.value_types import (
    HttpUrl,
    IpNetwork,
    Line,
    Variable,
    ZoneName,
    alias_rows,
    endpoint_or_embedded,
    model_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# It stands in ids and addresses, and the archive has folders of its own.
EDITION_NAME = "(?!(?:issues|months|themes|publishers|shows|companies|episodes|search)$)[a-z]{2,20}"


@dataclass(frozen=True, kw_only=True)
class Newsletter:
    """What the publication is called and where it lives."""

    name: Line = "AI Economics Digest"
    tagline: Line = ""
    url: HttpUrl | None = None
    timezone: ZoneName = "UTC"
    language: Annotated[str, like(r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    editor: Line = ""
    images: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The newsletter's time zone: where its days begin and end."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A subscription."""

    url: HttpUrl
    kind: Literal["news", "podcast"] = "news"
    title: Line = ""
    weight: Annotated[float, above(0), at_most(10)] = 1.0
    note: str = ""
    user_agent: Line = ""
    transcribe: bool = False
    show_transcripts: bool = False

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with its values together."""
        for name in ("transcribe", "show_transcripts"):
            if getattr(self, name) and self.kind == "news":
                yield Mistake(
                    (name,), "only a feed of kind 'podcast' has recordings; add 'kind: podcast'"
                )


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A named subject and the words that place a story under it."""

    name: Annotated[Line, not_empty(), no_longer(60)]
    words: Annotated[tuple[Line, ...], not_empty()]


def _distinct(themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
    names = [theme.name.casefold() for theme in themes]
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled:
        raise ValueError(f"theme '{doubled}' stands twice")
    return themes


@dataclass(frozen=True, kw_only=True)
class Daily:
    """How large a daily issue is and when a day is too quiet for one."""

    min_stories: Annotated[int, at_least(1)] = 4
    top_stories: Annotated[int, at_least(1), at_most(30)] = 6
    articles: Annotated[int, at_least(0), at_most(20)] = 3
    podcasts: Annotated[int, at_least(0), at_most(20)] = 3
    numbers: Annotated[int, at_least(0), at_most(20)] = 4
    per_feed: Annotated[int, at_least(1)] = 3
    per_theme: Annotated[int, at_least(1)] = 4


@dataclass(frozen=True, kw_only=True)
class Insights:
    """How many insights an issue holds, from what, and when a day is too quiet for one."""

    min_stories: Annotated[int, at_least(1)] = 1
    count: Annotated[int, at_least(1), at_most(40)] = 15
    per_episode: Annotated[int, at_least(1), at_most(2)] = 2
    per_feed: Annotated[int, at_least(1)] = 5
    articles: bool = False


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """How many stories a weekly issue holds and when a week is too quiet for one."""

    min_stories: Annotated[int, at_least(1)] = 3
    stories: Annotated[int, at_least(1), at_most(30)] = 8
    per_feed: Annotated[int, at_least(1)] = 3
    per_theme: Annotated[int, at_least(1)] = 2


@dataclass(frozen=True, kw_only=True)
class Column:
    """From how many stories of how many days a column is written, and when they are too few."""

    min_stories: Annotated[int, at_least(2)] = 3
    stories: Annotated[int, at_least(3), at_most(30)] = 12
    window: Annotated[int, at_least(1), at_most(31)] = 7


@dataclass(frozen=True, kw_only=True)
class Editions:
    """Settings of the editions that come along, and the terms of the user's own, by name."""

    daily: Daily = Daily()
    weekly: Weekly = Weekly()
    insights: Insights = Insights()
    column: Column = Column()
    own: Annotated[
        Mapping[str, EditionTerms], OtherKeys(EditionTerms, EDITION_NAME, "sections")
    ] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Network:
    """Private networks that URLs from feeds and pages may lead to."""

    allow: tuple[IpNetwork, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Politeness and caution on the network, times in seconds and sizes in megabytes (10^6
    bytes).
    """

    host_gap: Annotated[float, at_least(0), at_most(60)] = 1.0
    timeout: Annotated[float, above(0), at_most(300)] = 10.0
    deadline: Annotated[float, above(0), at_most(600)] = 15.0
    run_deadline: Annotated[float, above(0), at_most(86400)] = 600.0
    concurrency: Annotated[int, at_least(1), at_most(256)] = 24
    workers: Annotated[int, at_least(0), at_most(64)] = 0
    feed_mb: Annotated[float, above(0), at_most(200)] = 15.0
    page_mb: Annotated[float, above(0), at_most(200)] = 5.0
    redirects: Annotated[int, at_least(0), at_most(20)] = 5


@dataclass(frozen=True, kw_only=True)
class Dkim:
    """A key to sign mail with, for whose mail server does not. `domain` is the sender's unless
    given.
    """

    selector: Annotated[Line, like(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")]
    key: Path
    domain: Line = ""


Colour = Annotated[str, like(r"#[0-9A-Fa-f]{6}")]


@dataclass(frozen=True, kw_only=True)
class Look:
    """How pages and mails look. Empty is as the program comes; `logo` stands in place of the
    newsletter's name, which is its text for those who do not see it.
    """

    accent: Colour | None = None
    accent_dark: Colour | None = None
    logo: HttpUrl | None = None
    footer: Line = ""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Who the newsletter comes from, how readers leave, and how fast it goes out. The server and
    its password come from the environment.
    """

    sender: Annotated[Line, Key("from")]
    reply_to: Line = ""
    lists_url: Annotated[HttpUrl, like(r"[!-~]+")] | None = None
    lists_mail: Line = ""
    bounces: Line = ""
    connections: Annotated[int, at_least(1), at_most(32)] = 1
    rate: Annotated[float, at_least(0), at_most(10_000)] = 10.0
    max_per_hour: Annotated[int, at_least(0)] = 0
    dkim: Dkim | None = None


@dataclass(frozen=True, kw_only=True)
class Price:
    """What an endpoint charges, in USD for a million tokens. `cached` is for the beginning of a
    prompt that it has kept from one before; None where that costs like the rest.
    """

    input: Annotated[float, at_least(0)]
    output: Annotated[float, at_least(0)]
    cached: Annotated[float, at_least(0)] | None = None


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A model behind an OpenAI-compatible endpoint. The key itself stands in the environment, never
    in a file.
    """

    base_url: HttpUrl = "https://api.openai.com/v1"
    model: Annotated[Line, not_empty(), ValueRule(model_name)]
    api_key_env: Variable | None = None  # OPENAI_API_KEY, for OpenAI alone
    context_tokens: Annotated[int, at_least(1024)] = 16_000
    timeout: Annotated[float, above(0), at_most(3600)] = 120.0
    price: Price | None = None

    @property
    def key_variable(self) -> str:
        """The environment variable that holds the key, "" for none."""
        return "OPENAI_API_KEY" if self.api_key_env is None else self.api_key_env


@dataclass(frozen=True, kw_only=True)
class Models:
    """A model of its own for a task, at the same endpoint; "" is the endpoint's model."""

    read: Line = ""
    write: Line = ""


@dataclass(frozen=True, kw_only=True)
class Llm(Endpoint):
    """Who reads and writes, who does when that fails, and what it may cost."""

    models: Models = Models()
    fallback: tuple[
        Annotated[Endpoint | Literal["embedded"], ValueRule(endpoint_or_embedded, first=True)], ...
    ] = ("embedded",)
    concurrency: Annotated[int, at_least(1), at_most(64)] = 4
    max_usd_per_run: Annotated[float, at_least(0)] = 1.0
    max_usd_per_day: Annotated[float, at_least(0)] = 5.0
    max_tokens_per_run: Annotated[int, at_least(0)] = 2_000_000
    max_tokens_per_day: Annotated[int, at_least(0)] = 10_000_000
    voice: Annotated[str, no_longer(2000)] = ""


@dataclass(frozen=True, kw_only=True)
class Speech:
    """Who recognises the speech of podcasts that are marked `transcribe`, and how much of it."""

    model: Annotated[Line, not_empty()]
    base_url: HttpUrl | None = None
    api_key_env: Variable | None = None  # OPENAI_API_KEY, for OpenAI alone
    usd_per_minute: Annotated[float, at_least(0)] | None = None
    max_minutes_per_run: Annotated[float, at_least(0)] = 180.0
    max_minutes_per_day: Annotated[float, at_least(0)] = 360.0
    max_mb: Annotated[float, above(0), at_most(2000)] = 300.0
    chunk_minutes: Annotated[float, at_least(0.1), at_most(60)] | None = None

    @property
    def endpoint(self) -> Endpoint | None:
        """The endpoint that recognises, None for a model on this machine."""
        if self.base_url is None:
            return None
        return Endpoint(
            base_url=self.base_url,
            model=self.model,
            api_key_env=self.api_key_env,
            timeout=900.0,
        )


@dataclass(frozen=True, kw_only=True)
class Grounding:
    """Who gives claims their second reading: the model that reads ("same"), another one at the
    endpoint of `llm`, or nobody ("none").
    """

    judge: Line = "same"


@dataclass(frozen=True, kw_only=True)
class Executor:
    """Where pages and feeds are asked for and read: here, or by the workers of a cluster."""

    kind: Literal["threads", "dask"] = "threads"
    address: Annotated[Line, like(r"((tcp|tls)://\S+:\d+)?")] = ""

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with its values together."""
        if self.kind == "dask" and not self.address:
            yield Mistake(
                ("kind",), "dask needs the scheduler's 'address', such as tcp://host:8786"
            )


@dataclass(frozen=True, kw_only=True)
class Config:
    """The whole of feeds.yaml."""

    feeds: tuple[Feed, ...]
    newsletter: Newsletter = Newsletter()
    themes: Annotated[tuple[Theme, ...], ValueRule(_distinct)] = tuple(
        Theme(name=name, words=words) for name, words in DEFAULT_THEMES
    )
    editions: Editions = Editions()
    network: Network = Network()
    limits: Limits = Limits()
    llm: Llm | None = None
    speech: Speech | None = None
    grounding: Grounding = Grounding()
    mail: Mail | None = None
    delivery: Delivery = field(default_factory=Delivery)
    look: Look = Look()
    executor: Executor = Executor()
    # rows of names of one owner, that which is shown first
    aliases: Annotated[tuple[tuple[Line, ...], ...], ValueRule(alias_rows, first=True)] = ()
    publish: Annotated[Publish, ValueRule(publish_form, first=True)] | None = None
    notify: Notify = field(default_factory=Notify)
    state: Path = Path("digest.sqlite3")
    output: Path = Path("output")
    templates: Path | None = None

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with its values together: a section of a theme that there is not."""
        names = [theme.name for theme in self.themes]
        for edition, terms in self.editions.own.items():
            for i, section in enumerate(terms.sections):
                for theme in section.themes:
                    if theme not in names:
                        place = ("editions", edition, "sections", i, "themes")
                        says = f"there is no theme '{theme}'; there are: {', '.join(names)}"
                        yield Mistake(place, says)

    def templates_of(self, edition: str) -> tuple[Path | None, ...]:
        """The user's folders of templates for an edition, the first wins."""
        own = self.editions.own.get(edition)
        return (own.templates if own else None, self.templates)

    @property
    def second_reader(self) -> str:
        """The model that gives claims their second reading; "" where nobody does."""
        if self.llm is None or self.grounding.judge.lower() in {"", "none"}:
            return ""
        same = self.llm.models.read or self.llm.model
        return same if self.grounding.judge.lower() == "same" else self.grounding.judge


def feed_key(url: str) -> str:
    """What makes two feed addresses the same subscription: the scheme, the host's letter case and a
    last slash do not matter.
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.netloc or '').lower()}{parts.path.rstrip('/')}{query}"
