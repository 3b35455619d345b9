"""feeds.yaml, read and validated strictly: what is wrong is one line that names the file's line and
the nearest valid key.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from digest.config.schema import Config, feed_key
from digest.config.typed_mapping import UnfitError, fitted
from digest.errors import ConfigError
from digest.text.plain_yaml import plain_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ruamel.yaml.comments import CommentedMap


def load(path: Path) -> Config:
    """Read and validate a configuration file; `state`, `output` and `templates` come back as paths
    relative to it.

    Raises ConfigError, one line that begins with `file:line:`.
    """
    return _settled(_quickly(path) or _with_places(path), path.parent)


def _settled(config: Config, home: Path) -> Config:
    speech = config.speech
    if speech and not speech.base_url and (home / speech.model).is_dir():  # else a model's name
        speech = replace(speech, model=str(home / speech.model))
    mail = config.mail
    if mail and mail.dkim:
        mail = replace(mail, dkim=replace(mail.dkim, key=home / mail.dkim.key))
    publish = config.publish
    if publish:
        publish = replace(publish, folder=home / publish.folder)
    own = {
        name: replace(terms, templates=home / terms.templates) if terms.templates else terms
        for name, terms in config.editions.own.items()
    }
    return replace(
        config,
        editions=replace(config.editions, own=own),
        speech=speech,
        mail=mail,
        publish=publish,
        state=home / config.state,
        output=home / config.output,
        templates=home / config.templates if config.templates else None,
    )


def _quickly(path: Path) -> Config | None:
    """The configuration, when the file is everyday YAML without a mistake: no places are needed."""
    try:
        values = plain_mapping(path.read_bytes().decode("utf-8-sig"))
        config = fitted(Config, values) if values is not None else None
    except (OSError, ValueError):
        return None
    return None if config is None or any(_doubled_feeds(config)) else config


def _with_places(path: Path) -> Config:
    """The configuration by the reader that takes all of YAML and knows where everything stands."""
    from digest.config.yaml_file import read_yaml

    return check(path, read_yaml(path))


def check(path: Path, raw: CommentedMap) -> Config:
    """The configuration that a file's mapping stands for. Raises ConfigError; `path` only names the
    file.
    """
    from digest.config.schema_errors import explained
    from digest.config.yaml_file import plain

    try:
        config = fitted(Config, plain(raw, path, count()))
    except UnfitError as error:
        raise ConfigError(explained(path, raw, error.mistakes, Config)) from None
    _refuse_doubled_feeds(path, raw, config)
    return config


def _doubled_feeds(config: Config) -> Iterator[tuple[int, int]]:
    """Where a feed stands that stood already, and where that was."""
    seen: dict[str, int] = {}
    for i, feed in enumerate(config.feeds):
        first = seen.setdefault(feed_key(feed.url), i)
        if first != i:
            yield i, first


def _refuse_doubled_feeds(path: Path, raw: CommentedMap, config: Config) -> None:
    from digest.config.yaml_file import line_of

    for again, first in _doubled_feeds(config):
        line, above = (line_of(raw, ("feeds", place, "url")) for place in (again, first))
        raise ConfigError(
            f"{path}:{line}: feeds.{again}.url: {config.feeds[again].url} stands already on line"
            f" {above}"
        )
