"""feeds.yaml, validated strictly: what is wrong is one line that names the file's line and the nearest valid key."""

from __future__ import annotations

import difflib
import ipaddress
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from digest.errors import ConfigError
from digest.themes import DEFAULT_THEMES

MAX_CONFIG_BYTES = 5_000_000


def _http_url(value: str) -> str:
    try:
        parts = urlsplit(value.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is not a URL ({error})") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError("must be an http:// or https:// URL")
    if any(c.isspace() or not c.isprintable() for c in value.strip()):
        raise ValueError("holds white space or a control character")
    return value.strip()


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"'{value}' is not an IANA time zone (such as Europe/Berlin or UTC)") from None
    return value


def _network(value: str) -> str:
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError(f"'{value}' is not an address or network (such as 10.1.0.0/16)") from None
    return value


def _one_line(value: str) -> str:
    if any(not c.isprintable() for c in value):
        raise ValueError("holds a line break or a control character")
    return value.strip()


HttpUrl = Annotated[str, AfterValidator(_http_url)]
Line = Annotated[str, AfterValidator(_one_line)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class Newsletter(_Strict):
    """What the publication is called and where it lives."""

    name: Line = "AI Economics Digest"
    tagline: Line = ""
    url: HttpUrl | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    editor: Line = ""

    @property
    def zone(self) -> ZoneInfo:
        """The newsletter's time zone: where its days begin and end."""
        return ZoneInfo(self.timezone)


class Feed(_Strict):
    """A subscription."""

    url: HttpUrl
    kind: Literal["news", "podcast"] = "news"
    title: Line = ""
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    note: str = ""
    user_agent: Line = ""
    transcribe: bool = False


class Theme(_Strict):
    """A named subject and the words that place a story under it."""

    name: Annotated[Line, Field(min_length=1, max_length=60)]
    words: Annotated[tuple[Line, ...], Field(min_length=1)]


class Daily(_Strict):
    """How large a daily issue is and when a day is too quiet for one."""

    min_stories: Annotated[int, Field(ge=1)] = 5
    top_stories: Annotated[int, Field(ge=1, le=30)] = 6
    articles: Annotated[int, Field(ge=0, le=20)] = 3
    podcasts: Annotated[int, Field(ge=0, le=20)] = 3
    numbers: Annotated[int, Field(ge=0, le=20)] = 4
    per_feed: Annotated[int, Field(ge=1)] = 3
    per_theme: Annotated[int, Field(ge=1)] = 4


class Editions(_Strict):
    """Settings of each edition."""

    daily: Daily = Daily()


class Network(_Strict):
    """Private networks that URLs from feeds and pages may lead to."""

    allow: tuple[Annotated[str, AfterValidator(_network)], ...] = ()


class Limits(_Strict):
    """Politeness and caution on the network, times in seconds and sizes in megabytes (10^6 bytes)."""

    host_gap: Annotated[float, Field(ge=0, le=60)] = 1.0
    timeout: Annotated[float, Field(gt=0, le=300)] = 10.0
    deadline: Annotated[float, Field(gt=0, le=600)] = 15.0
    run_deadline: Annotated[float, Field(gt=0, le=86400)] = 600.0
    concurrency: Annotated[int, Field(ge=1, le=256)] = 24
    workers: Annotated[int, Field(ge=0, le=64)] = 0
    feed_mb: Annotated[float, Field(gt=0, le=200)] = 15.0
    page_mb: Annotated[float, Field(gt=0, le=200)] = 5.0
    redirects: Annotated[int, Field(ge=0, le=20)] = 5


class Mail(_Strict):
    """Who the newsletter comes from. The server and its password come from the environment."""

    sender: Annotated[Line, Field(alias="from")]
    reply_to: Line = ""


class Config(_Strict):
    """The whole of feeds.yaml."""

    feeds: tuple[Feed, ...]
    newsletter: Newsletter = Newsletter()
    themes: tuple[Theme, ...] = tuple(Theme(name=name, words=words) for name, words in DEFAULT_THEMES)
    editions: Editions = Editions()
    network: Network = Network()
    limits: Limits = Limits()
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
    """Read and validate a configuration file; `state`, `output` and `templates` come back as paths relative to it.

    Raises ConfigError, one line that begins with `file:line:`.
    """
    config = check(path, read_yaml(path))
    home = path.parent
    places = {"state": home / config.state, "output": home / config.output}
    return config.model_copy(update={**places, "templates": home / config.templates if config.templates else None})


def check(path: Path, raw: CommentedMap) -> Config:
    """The configuration that a file's mapping stands for. Raises ConfigError; `path` only names the file."""
    try:
        config = Config.model_validate(_plain(raw))
    except ValidationError as error:
        raise ConfigError(_explain(path, raw, error)) from None
    _refuse_doubled_feeds(path, raw, config)
    return config


def read_yaml(path: Path) -> CommentedMap:
    """The file's mapping with comments and line numbers kept. Raises ConfigError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; 'digest init DIR' writes one to start from") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    return parse_yaml(data, path)


def parse_yaml(data: bytes, path: Path) -> CommentedMap:
    """The mapping in `data`; `path` only names it in errors. Raises ConfigError."""
    if len(data) > MAX_CONFIG_BYTES:
        raise ConfigError(f"{path}: larger than {MAX_CONFIG_BYTES // 1_000_000} MB; this is no feeds.yaml")
    try:
        raw = yaml().load(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}:{data[: error.start].count(10) + 1}: is not UTF-8 text") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ConfigError(f"{path}:{mark.line + 1 if mark else 1}: {_first_line(error.problem or 'is not YAML')}") from None
    except (YAMLError, ValueError, TypeError, RecursionError) as error:  # TypeError: a mapping as a key
        raise ConfigError(f"{path}:1: is not YAML: {_first_line(str(error))}") from None
    if raw is None:
        raise ConfigError(f"{path}:1: is empty; it needs at least 'feeds:'")
    if not isinstance(raw, CommentedMap):
        raise ConfigError(f"{path}:1: must be a mapping that has 'feeds:'")
    return raw


def yaml() -> YAML:
    """A YAML reader and writer that keeps comments and layout."""
    handler = YAML(typ="rt", pure=True)
    handler.preserve_quotes = True
    handler.width = 4096  # a long note stays on its line
    handler.indent(mapping=2, sequence=4, offset=2)
    return handler


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "is not YAML"


def _plain(node: Any, depth: int = 0) -> Any:
    """Round-trip nodes as the plain values they stand for. An alias that holds itself would never end; depth stops it."""
    if depth > 20:
        return None
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value, depth + 1) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value, depth + 1) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return str(node)  # a date or another scalar that YAML gives a type of its own


def _explain(path: Path, raw: CommentedMap, error: ValidationError) -> str:
    errors = error.errors()
    first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])  # a misspelt key explains a missing one
    location = tuple(part for part in first["loc"] if part != "[key]")
    where = f"{path}:{line_of(raw, location)}:"
    name = ".".join(str(part) for part in location)
    if first["type"] == "extra_forbidden":
        return f"{where} unknown key '{name}'{_nearest(str(location[-1]), location[:-1])}"
    if first["type"] == "missing":
        return f"{where} '{name}' is missing"
    message = "must be a mapping of keys to values" if first["type"] == "model_type" else first["msg"].removeprefix("Value error, ")
    return f"{where} {name}: {message[0].lower()}{message[1:]}" if name else f"{where} {message}"


def _nearest(key: str, parents: tuple[Any, ...]) -> str:
    fields = _keys_at(parents)
    close = difflib.get_close_matches(key, fields, n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else f"; valid here: {', '.join(fields)}"


def _keys_at(parents: tuple[Any, ...]) -> list[str]:
    model: type[_Strict] = Config
    inside: dict[str, type[_Strict]] = {
        "newsletter": Newsletter,
        "feeds": Feed,
        "themes": Theme,
        "editions": Editions,
        "network": Network,
        "limits": Limits,
        "mail": Mail,
        "daily": Daily,
    }
    for part in parents:
        model = inside.get(str(part), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def line_of(raw: Any, location: tuple[Any, ...]) -> int:
    """The 1-based line where a key or list item stands, or the nearest place above it that exists."""
    line, node = 1, raw
    for part in location:
        try:
            at = node.lc.key(part) if isinstance(node, CommentedMap) else node.lc.item(part)
            line, node = at[0] + 1, node[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line


def feed_key(url: str) -> str:
    """What makes two feed addresses the same subscription: the scheme, the host's letter case and a last slash do not matter."""
    parts = urlsplit(url)
    return f"{(parts.netloc or '').lower()}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"


def _refuse_doubled_feeds(path: Path, raw: CommentedMap, config: Config) -> None:
    seen: dict[str, int] = {}
    for i, feed in enumerate(config.feeds):
        first = seen.setdefault(feed_key(feed.url), i)
        if first != i:
            line, above = line_of(raw, ("feeds", i, "url")), line_of(raw, ("feeds", first, "url"))
            raise ConfigError(f"{path}:{line}: feeds.{i}.url: {feed.url} stands already on line {above}")
