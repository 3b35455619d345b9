"""Whether the templates can be used, and which of the user's copies ours have outgrown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.config.template_copies import outgrown
from digest.config.templates import compiled, environment, folder
from digest.errors import DigestError, UsageError
from digest.render.house_style import styled
from digest.run.diagnosis import Diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.config.schema import Config


def templates(config: Config) -> Iterator[Diagnosis]:
    """The templates as a whole, and each that needs a look."""
    own = config.templates
    broken = _broken(config) or list(_unreadable(config))
    yield from (Diagnosis("template", "broken", error) for error in broken)
    for copy in outgrown(own) if own else ():
        now = folder() / copy.name
        todo = (
            f"compare it with {now}" if copy.changed else "delete it, for you have not changed it"
        )
        yield Diagnosis(
            f"template {copy.name}", "stale", f"the program's has changed since the copy: {todo}"
        )
    if not broken:
        yield Diagnosis("templates", "ok", f"{own or folder()}: all compile")


def _broken(config: Config) -> list[str]:
    """What does not compile, of any edition's templates. Raises UsageError where there is no such
    folder.
    """
    editions = ("", *config.editions.own)
    looked_up = dict.fromkeys(config.templates_of(edition) for edition in editions)
    for place in filter(None, (place for places in looked_up for place in places)):
        if not place.is_dir():
            raise UsageError(f"{place}: there is no such folder; change 'templates' in feeds.yaml")
    found = (line for places in looked_up for line in compiled(environment(*places)))
    return list(dict.fromkeys(found))


def _unreadable(config: Config) -> Iterator[str]:
    """What is wrong with the colours, if anything is."""
    try:
        styled(config)
    except DigestError as error:
        yield str(error)
