"""What the desk has in hand between two requests: the configuration's place, what was said of the
last change, and indexed sources.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from digest.config.loading import load
from digest.desk.rendering import Renderings
from digest.errors import DigestError
from digest.run.lock import locked
from digest.run.session import Session
from digest.store import open_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from digest.config.schema import Config
    from digest.desk.checklist import Links
    from digest.grounding import Indexed

_MOST_NOTES, _MOST_WARM = 200, 80


@dataclass(frozen=True, slots=True)
class Note:
    """What is said to the editor after a change."""

    said: Sequence[str]
    failed: bool = False


class Workroom:
    """Of one configuration, whose file is read each time: it may change, too."""

    def __init__(self, settings: Path) -> None:
        self.settings = settings
        self._renderings = Renderings(settings)
        self._notes: OrderedDict[str, Note] = OrderedDict()
        self._warm: OrderedDict[tuple[str, str], Sequence[Indexed]] = OrderedDict()
        self._links: dict[str, Links] = {}
        self._mutex = Lock()

    def config(self) -> Config:
        """The configuration as it stands. Raises ConfigError."""
        return load(self.settings)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The means of one request, like those of one command."""
        config = self.config()
        with open_state(config.state) as db:
            yield Session(config, db)

    def refresh(self, identity: str) -> str:
        """Render what was changed on disk; why that cannot be, "" when it need not."""
        return self._renderings.bring_up_to_date(identity)

    def render(self, session: Session, identity: str) -> tuple[str, ...]:
        """Render after a change made here; what is wrong is said, the change stays."""
        from digest.run.publish import render

        try:
            with locked(session.config.state):
                render(session, identity)
        except DigestError as error:
            return (f"not rendered yet: {error}",)
        return ()

    def keep(self, note: Note) -> str:
        """Keep a note for the page that comes next; returns its name."""
        name = secrets.token_urlsafe(9)
        with self._mutex:
            self._notes[name] = note
            while len(self._notes) > _MOST_NOTES:
                self._notes.popitem(last=False)
        return name

    def note(self, name: str) -> Note | None:
        """A note by its name, once."""
        with self._mutex:
            return self._notes.pop(name, None)

    def warm(self, issue: str, story: str) -> Sequence[Indexed] | None:
        """The indexed sources of a story, where they are at hand."""
        with self._mutex:
            return self._warm.get((issue, story))

    def keep_warm(self, issue: str, story: str, sources: Sequence[Indexed]) -> None:
        """Keep the indexed sources of a story, for the next keystroke."""
        with self._mutex:
            self._warm[issue, story] = sources
            self._warm.move_to_end((issue, story))
            while len(self._warm) > _MOST_WARM:
                self._warm.popitem(last=False)

    def links(self, issue: str) -> Links | None:
        """What came of asking an issue's addresses, None when nobody did."""
        return self._links.get(issue)

    def keep_links(self, issue: str, links: Links) -> None:
        """Keep what came of asking them."""
        self._links[issue] = links

    def cool(self, issue: str) -> None:
        """Forget the sources of an issue's stories: they may have become others."""
        with self._mutex:
            for key in [key for key in self._warm if key[0] == issue]:
                del self._warm[key]
