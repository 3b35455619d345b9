"""feeds.yaml, validated strictly: what is wrong is one line that names the file's line and the
nearest valid key.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from digest.config.default_themes import DEFAULT_THEMES
from digest.config.schema_errors import explained
from digest.config.value_types import (
    HttpUrl,
    IpNetwork,
    Line,
    Strict,
    Variable,
    ZoneName,
    endpoint_or_embedded,
    model_name,
)
from digest.config.yaml_file import line_of, plain, read_yaml
from digest.errors import ConfigError

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedMap


class Newsletter(Strict):
    """What the publication is called and where it lives."""

    name: Line = "AI Economics Digest"
    tagline: Line = ""
    url: HttpUrl | None = None
    timezone: ZoneName = "UTC"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    editor: Line = ""

    @property
    def zone(self) -> ZoneInfo:
        """The newsletter's time zone: where its days begin and end."""
        return ZoneInfo(self.timezone)


class Feed(Strict):
    """A subscription."""

    url: HttpUrl
    kind: Literal["news", "podcast"] = "news"
    title: Line = ""
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    note: str = ""
    user_agent: Line = ""
    transcribe: bool = False

    @field_validator("transcribe")
    @classmethod
    def _of_podcasts(cls, transcribe: bool, info: ValidationInfo) -> bool:
        if transcribe and info.data.get("kind") == "news":
            raise ValueError("only a feed of kind 'podcast' has recordings; add 'kind: podcast'")
        return transcribe


class Theme(Strict):
    """A named subject and the words that place a story under it."""

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    words: Annotated[tuple[Line, ...], Field(min_length=1)]


class Daily(Strict):
    """How large a daily issue is and when a day is too quiet for one."""

    min_stories: Annotated[int, Field(ge=1)] = 5
    top_stories: Annotated[int, Field(ge=1, le=30)] = 6
    articles: Annotated[int, Field(ge=0, le=20)] = 3
    podcasts: Annotated[int, Field(ge=0, le=20)] = 3
    numbers: Annotated[int, Field(ge=0, le=20)] = 4
    per_feed: Annotated[int, Field(ge=1)] = 3
    per_theme: Annotated[int, Field(ge=1)] = 4


class Insights(Strict):
    """How many insights an issue holds, from what, and when a day is too quiet for one."""

    min_stories: Annotated[int, Field(ge=1)] = 2
    count: Annotated[int, Field(ge=1, le=40)] = 15
    per_episode: Annotated[int, Field(ge=1, le=2)] = 2
    per_feed: Annotated[int, Field(ge=1)] = 5
    articles: bool = False


class Editions(Strict):
    """Settings of each edition."""

    daily: Daily = Daily()
    insights: Insights = Insights()


class Network(Strict):
    """Private networks that URLs from feeds and pages may lead to."""

    allow: tuple[IpNetwork, ...] = ()


class Limits(Strict):
    """Politeness and caution on the network, times in seconds and sizes in megabytes (10^6
    bytes).
    """

    host_gap: Annotated[float, Field(ge=0, le=60)] = 1.0
    timeout: Annotated[float, Field(gt=0, le=300)] = 10.0
    deadline: Annotated[float, Field(gt=0, le=600)] = 15.0
    run_deadline: Annotated[float, Field(gt=0, le=86400)] = 600.0
    concurrency: Annotated[int, Field(ge=1, le=256)] = 24
    workers: Annotated[int, Field(ge=0, le=64)] = 0
    feed_mb: Annotated[float, Field(gt=0, le=200)] = 15.0
    page_mb: Annotated[float, Field(gt=0, le=200)] = 5.0
    redirects: Annotated[int, Field(ge=0, le=20)] = 5


class Mail(Strict):
    """Who the newsletter comes from. The server and its password come from the environment."""

    sender: Annotated[Line, Field(alias="from")]
    reply_to: Line = ""


class Price(Strict):
    """What an endpoint charges, in USD for a million tokens."""

    input: Annotated[float, Field(ge=0)]
    output: Annotated[float, Field(ge=0)]


class Endpoint(Strict):
    """A model behind an OpenAI-compatible endpoint. The key itself stands in the environment, never
    in a file.
    """

    base_url: HttpUrl = "https://api.openai.com/v1"
    model: Annotated[Line, Field(min_length=1), AfterValidator(model_name)]
    api_key_env: Variable = "OPENAI_API_KEY"
    context_tokens: Annotated[int, Field(ge=1024)] = 16_000
    timeout: Annotated[float, Field(gt=0, le=3600)] = 120.0
    price: Price | None = None


class Models(Strict):
    """A model of its own for a task, at the same endpoint; "" is the endpoint's model."""

    read: Line = ""
    write: Line = ""


class Llm(Endpoint):
    """Who reads and writes, who does when that fails, and what it may cost."""

    models: Models = Models()
    fallback: tuple[
        Annotated[Endpoint | Literal["embedded"], BeforeValidator(endpoint_or_embedded)], ...
    ] = ("embedded",)
    concurrency: Annotated[int, Field(ge=1, le=64)] = 4
    max_usd_per_run: Annotated[float, Field(ge=0)] = 1.0
    max_usd_per_day: Annotated[float, Field(ge=0)] = 5.0
    max_tokens_per_run: Annotated[int, Field(ge=0)] = 2_000_000
    max_tokens_per_day: Annotated[int, Field(ge=0)] = 10_000_000
    voice: Annotated[str, Field(max_length=2000)] = ""


class Speech(Strict):
    """Who recognises the speech of podcasts that are marked `transcribe`, and how much of it."""

    model: Annotated[Line, Field(min_length=1)]
    base_url: HttpUrl | None = None
    api_key_env: Variable = "OPENAI_API_KEY"
    usd_per_minute: Annotated[float, Field(ge=0)] | None = None
    max_minutes_per_run: Annotated[float, Field(ge=0)] = 180.0
    max_minutes_per_day: Annotated[float, Field(ge=0)] = 360.0
    max_mb: Annotated[float, Field(gt=0, le=2000)] = 300.0
    chunk_minutes: Annotated[float, Field(ge=0.1, le=60)] | None = None

    @property
    def endpoint(self) -> Endpoint | None:
        """The endpoint that recognises, None for a model on this machine."""
        named = {
            name: getattr(self, name)
            for name in ("base_url", "model", "api_key_env")
            if name in self.model_fields_set
        }
        return Endpoint(**named, timeout=900.0) if self.base_url else None


class Grounding(Strict):
    """A second opinion on claims, by a model at the endpoint of `llm`; it adds to the checks and
    never overrules them.
    """

    judge: Line = ""


class Config(Strict):
    """The whole of feeds.yaml."""

    feeds: tuple[Feed, ...]
    newsletter: Newsletter = Newsletter()
    themes: tuple[Theme, ...] = tuple(
        Theme(name=name, words=words) for name, words in DEFAULT_THEMES
    )
    editions: Editions = Editions()
    network: Network = Network()
    limits: Limits = Limits()
    llm: Llm | None = None
    speech: Speech | None = None
    grounding: Grounding = Grounding()
    mail: Mail | None = None
    state: Path = Path("digest.sqlite3")
    output: Path = Path("output")
    templates: Path | None = None

    @field_validator("themes")
    @classmethod
    def _distinct(cls, themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
        names = [theme.name.casefold() for theme in themes]
        doubled = next((name for name in names if names.count(name) > 1), None)
        if doubled:
            raise ValueError(f"theme '{doubled}' stands twice")
        return themes


def load(path: Path) -> Config:
    """Read and validate a configuration file; `state`, `output` and `templates` come back as paths
    relative to it.

    Raises ConfigError, one line that begins with `file:line:`.
    """
    config = check(path, read_yaml(path))
    home = path.parent
    places = {"state": home / config.state, "output": home / config.output}
    update: dict[str, Any] = {
        **places,
        "templates": home / config.templates if config.templates else None,
    }
    if (
        config.speech and not config.speech.base_url and (home / config.speech.model).is_dir()
    ):  # else a model's name
        update["speech"] = config.speech.model_copy(
            update={"model": str(home / config.speech.model)}
        )
    return config.model_copy(update=update)


def check(path: Path, raw: CommentedMap) -> Config:
    """The configuration that a file's mapping stands for. Raises ConfigError; `path` only names the
    file.
    """
    try:
        config = Config.model_validate(plain(raw, path, count()))
    except ValidationError as error:
        raise ConfigError(explained(path, raw, error, Config)) from None
    _refuse_doubled_feeds(path, raw, config)
    return config


def feed_key(url: str) -> str:
    """What makes two feed addresses the same subscription: the scheme, the host's letter case and a
    last slash do not matter.
    """
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.netloc or '').lower()}{parts.path.rstrip('/')}{query}"


def _refuse_doubled_feeds(path: Path, raw: CommentedMap, config: Config) -> None:
    seen: dict[str, int] = {}
    for i, feed in enumerate(config.feeds):
        first = seen.setdefault(feed_key(feed.url), i)
        if first != i:
            line, above = line_of(raw, ("feeds", i, "url")), line_of(raw, ("feeds", first, "url"))
            raise ConfigError(
                f"{path}:{line}: feeds.{i}.url: {feed.url} stands already on line {above}"
            )
