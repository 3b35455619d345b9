"""feeds.yaml: what is right is taken, what is wrong is one line with the place and the nearest
valid key.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from digest.config.loading import load
from digest.config.schema import Config
from digest.config.yaml_file import parse_yaml, plain
from digest.errors import ConfigError
from digest.text.plain_yaml import plain_mapping
from tests.examples import examples

MINIMAL = "feeds:\n  - url: https://a.example/feed\n"
ALIASES = "x0: &x0 [1, 1]\n" + "".join(
    f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 9)}]\n" for i in range(1, 9)
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Where a configuration is written."""
    return tmp_path / "feeds.yaml"


def test_only_feeds_is_required(written: Path) -> None:
    """A list of addresses is a whole configuration; paths are relative to the file."""
    written.write_text(MINIMAL)
    config = load(written)
    assert config.feeds[0].kind == "news"
    assert config.newsletter.timezone == "UTC"
    assert config.themes
    assert config.state == written.parent / "digest.sqlite3"
    assert config.output == written.parent / "output"


def test_every_key_is_taken(written: Path) -> None:
    """What the documentation shows is valid."""
    written.write_text(
        MINIMAL
        + """\
newsletter: {name: The Ledger, tagline: t, url: https://ledger.example, timezone: Europe/Berlin, language: de, editor: E}
themes:
  - {name: Chips, words: [chip, GPU]}
editions: {daily: {min_stories: 2, top_stories: 4, articles: 1, podcasts: 0, numbers: 2, per_feed: 2, per_theme: 2}}
network: {allow: [10.1.0.0/16, 127.0.0.1]}
limits: {host_gap: 0.5, timeout: 5, deadline: 9, run_deadline: 90, concurrency: 4, workers: 1, feed_mb: 3, page_mb: 2, redirects: 2}
mail: {from: Ledger <news@ledger.example>, reply_to: ed@ledger.example}
state: state/x.sqlite3
output: /srv/issues
templates: mine
"""
    )
    config = load(written)
    assert config.newsletter.zone.key == "Europe/Berlin"
    assert config.editions.daily.top_stories == 4
    assert config.mail is not None
    assert config.mail.sender == "Ledger <news@ledger.example>"
    assert config.output == Path("/srv/issues")
    assert config.templates == written.parent / "mine"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "is empty"),
        ("- a\n", 1, "must be a mapping"),
        ("newsletter: {name: x}\n", 1, "'feeds' is missing"),
        (MINIMAL + "newsleter: {}\n", 3, "did you mean 'newsletter'"),
        (MINIMAL + "newsletter:\n  nmae: x\n", 4, "did you mean 'name'"),
        (MINIMAL + "newsletter:\n  timezone: Mars/Base\n", 4, "not an IANA time zone"),
        (MINIMAL + "newsletter:\n  timezone: ../../etc/passwd\n", 4, "not an IANA time zone"),
        (MINIMAL + "newsletter:\n  language: English\n", 4, "newsletter.language"),
        (MINIMAL + "    wieght: 2\n", 3, "did you mean 'weight'"),
        (MINIMAL + "    kind: vlog\n", 3, "'news' or 'podcast'"),
        (MINIMAL + "  - https://b.example/\n", 3, "must be a mapping"),
        (MINIMAL + "  - title: no address\n", 3, "'feeds.1.url' is missing"),
        (MINIMAL + "  - url: ftp://a.example/\n", 3, "http:// or https://"),
        (MINIMAL + "  - url: 'http://[::1/'\n", 3, "not a URL"),
        (MINIMAL + "  - url: http://a.example/feed/\n", 3, "stands already on line 2"),
        (MINIMAL + "limits: {host_gap: -1}\n", 3, "greater than or equal to 0"),
        (MINIMAL + "limits: {host_gap: .nan}\n", 3, "limits.host_gap"),
        (MINIMAL + "limits: {hostgap: 1}\n", 3, "did you mean 'host_gap'"),
        (MINIMAL + "network: {allow: [localhost]}\n", 3, "not an address or network"),
        (
            MINIMAL + "themes:\n  - {name: A, words: [x]}\n  - {name: a, words: [y]}\n",
            3,
            "stands twice",
        ),
        (MINIMAL + "editions: {weekley: {}}\n", 3, "unknown key"),
        (MINIMAL + "mail: {form: x}\n", 3, "did you mean 'from'"),
        (MINIMAL + "a: [1\n", 4, "expected"),
        (MINIMAL + "feeds: []\n", 3, "duplicate key"),
        ("feeds:\n", 1, "feeds: must be a list, each item behind a '- '"),
        ("feeds: {}\n", 1, "feeds: must be a list, each item behind a '- '"),
        (
            MINIMAL + "llm: {model: x, fallback: [embeded]}\n",
            3,
            r"llm\.fallback\.0: must be an endpoint \(base_url, model, …\) or 'embedded'",
        ),
        (MINIMAL + "llm: {model: x, fallback: embedded}\n", 3, r"llm\.fallback: must be a list"),
        (
            MINIMAL + "llm:\n  model: x\n  fallback:\n    - modl: y\n",
            6,
            r"'llm\.fallback\.0\.modl'; did you mean 'model'",
        ),
        ("feeds:\n? a: {b: 1}\n", 2, "a key must be a word"),
        ("feeds:\n ?  - url: https://a.example/feed\n", 2, "a key must be a word"),
        (ALIASES, 1, "its aliases stand for more than"),  # 86 million of them
        (
            MINIMAL + "newsletter: {name: " + "{" * 40 + "a" + "}" * 40 + "}\n",
            3,
            "a key must be a word",
        ),  # hashed, this would never end
    ],
)
def test_a_mistake_is_one_line_with_its_place(
    written: Path, text: str, line: int, says: str
) -> None:
    """The message begins with file and line and says what would be right."""
    written.write_text(text)
    with pytest.raises(ConfigError, match=says) as error:
        load(written)
    assert str(error.value).startswith(f"{written}:{line}:")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("section", ["llm", "speech"])
@pytest.mark.parametrize("pasted", ["sk-proj-abc", "gsk.abc", "9abc", "A B", "'x\\ny'", "clé"])
def test_a_key_pasted_for_its_name_is_refused_and_not_shown(
    written: Path, section: str, pasted: str
) -> None:
    """The message goes into logs, so what stands there is not said."""
    written.write_text(MINIMAL + f"{section}:\n  model: x\n  api_key_env: {pasted}\n")
    with pytest.raises(
        ConfigError,
        match=rf":5: {section}\.api_key_env: must be the name of an environment variable",
    ) as error:
        load(written)
    assert pasted not in str(error.value).partition(":5:")[2]


@pytest.mark.parametrize("name", ["OPENROUTER_API_KEY", "_k2", "''"])
def test_a_variable_s_name_or_none_is_taken(written: Path, name: str) -> None:
    """The empty name is for an endpoint that asks for no key."""
    written.write_text(MINIMAL + f"llm: {{model: x, api_key_env: {name}}}\n")
    llm = load(written).llm
    assert llm is not None
    assert llm.api_key_env == name.strip("'")


def test_a_missing_file_says_how_to_begin(written: Path) -> None:
    """The first thing a new user may meet."""
    with pytest.raises(ConfigError, match="digest init"):
        load(written)


def test_bytes_that_are_no_text_are_refused_with_their_line(written: Path) -> None:
    """A file in another encoding is named, not guessed at."""
    written.write_bytes(MINIMAL.encode() + b"newsletter: {name: \xff}\n")
    with pytest.raises(ConfigError, match=":3: is not UTF-8"):
        load(written)


def test_an_anchor_may_be_given_twice(written: Path) -> None:
    """YAML allows it, so nothing is said of it: the tests take every warning for an error."""
    written.write_text(MINIMAL + "newsletter: {name: &a One, tagline: &a Two, editor: *a}\n")
    assert load(written).newsletter.editor == "Two"


@examples(200, suppress_health_check=[HealthCheck.too_slow])
@example(b"feeds: +_")
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text("feds:\n -url[]{}&*!#|>'\"%@`a1.,\t", max_size=120).map(str.encode),
    )
)
def test_any_file_is_read_or_refused(data: bytes) -> None:
    """No file whatever ends in anything but a configuration or a ConfigError."""
    try:
        assert parse_yaml(data, Path("f.yaml")) is not None
    except ConfigError as error:
        assert str(error).startswith("f.yaml:")  # noqa: PT017  # both outcomes are right


def test_what_we_ship_is_valid() -> None:
    """The feeds.yaml of the repository: at least forty feeds, ten of them podcasts, each with the
    reason why it is there.
    """
    config = load(Path(__file__).parents[2] / "feeds.yaml")
    assert len(config.feeds) >= 40
    assert sum(feed.kind == "podcast" for feed in config.feeds) >= 10
    assert all(feed.note for feed in config.feeds)
    assert isinstance(config, Config)


SCRAPS = (
    "a",
    "b: ",
    "c:",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "'",
    '"',
    "#",
    " #",
    "1",
    "07",
    "1.5",
    "-",
    "?",
    "!",
    "&a ",
    "*a",
    "|",
    ">",
    "%",
    "@",
    "~",
    "null",
    "yes",
    "True",
    "2026-01-02",
    "12:30",
    "127.0.0.1",
    "5G",
    ".inf",
    "1e3",
    "0x1f",
    "1_000",
    "\\",
    "é",
    "\u2028",
    "key: value\n",
    "l:\n  - x\n  - y: z\n",
    'q: "x\\ty"\n',
    "---\n",
    "://",
    "<<: ",
    "=",
    "\t",
)


@given(st.lists(st.sampled_from(SCRAPS), max_size=9).map("".join))
def test_what_is_read_quickly_is_read_alike(text: str) -> None:
    """Where both readers take a text they agree to the type; what is not everyday YAML is left to
    the slow one.
    """
    quick = plain_mapping(f"k: {text}")
    try:
        slow = plain(parse_yaml(f"k: {text}".encode(), Path("f.yaml")), Path("f.yaml"), count())
    except ConfigError:
        return
    assert quick is None or repr(quick) == repr(slow)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\n",
        "a: *x\n",
        "a: !!set {b}\n",
        "<<: {a: 1}\n",
        "a: 1\na: 2\n",
        "1: a\n",
        "- a\n",
        "a: 0x1f\n",
        "a: .inf\n",
        "a: |\n  b\n",
        "a: 2026-13-45\n",
        "a:\tb\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\n---\na: c\n",
        "a: [\n",
    ],
)
def test_what_could_be_read_in_two_ways_is_not_read_quickly(text: str) -> None:
    """Nor what is no mapping, or a mistake."""
    assert plain_mapping(text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: [b, 5G, 127.0.0.1]\n", {"a": ["b", "5G", "127.0.0.1"]}),
        (
            "a: {b: 1, c: -2.5, d: yes, e: true, f: ~}\n",
            {"a": {"b": 1, "c": -2.5, "d": "yes", "e": True, "f": None}},
        ),
        ("a: '1'\nb: 2026-01-02\n", {"a": "1", "b": "2026-01-02"}),
    ],
)
def test_everyday_yaml_is_read_quickly(text: str, values: object) -> None:
    """Words, numbers, lists and mappings."""
    assert plain_mapping(text) == values


def test_what_we_ship_is_read_quickly() -> None:
    """Or every command would pay for it."""
    home = Path(__file__).parents[2]
    for file in (home / "feeds.yaml", home / "digest/demo/feeds.yaml"):
        assert plain_mapping(file.read_text("utf-8")) is not None


def test_comments_that_the_reader_trips_over_are_a_mistake_of_one_line() -> None:
    """ruamel.yaml cannot keep two comments in one place."""
    with pytest.raises(ConfigError, match=r"^f\.yaml:1: is not YAML: overlap in comment"):
        parse_yaml(b"k: #c\n  one\n  two\n\n", Path("f.yaml"))


@pytest.mark.parametrize(
    "value",
    ["+_", "0x_", "._", "2001-99-99", "2001-12-14 25:00:00", "!!int x", "!!bool x", "!!omap x"],
)
def test_a_word_that_is_no_number_or_date_is_a_mistake_with_its_line(value: str) -> None:
    """Whatever the reader raises for it."""
    with pytest.raises(ConfigError, match=r"^f\.yaml:2: '.*' is not what it looks like"):
        parse_yaml(f"a: 1\nb: {value}\n".encode(), Path("f.yaml"))
