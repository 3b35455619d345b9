"""Keeps what the preview shows in step with the draft: a draft that has changed is rendered."""

from __future__ import annotations

from email.utils import parseaddr
from threading import Lock
from typing import TYPE_CHECKING

from digest.config.loading import load
from digest.desk.issue_list import approved_hash, facts_of, is_stale
from digest.desk.shown import Shown
from digest.errors import DigestError
from digest.issue.folder import Folder
from digest.run.lock import locked
from digest.store import open_state

if TYPE_CHECKING:
    from pathlib import Path


class Renderings:
    """Of the issues of one configuration, whose file is read each time: it may change, too."""

    def __init__(self, settings: Path) -> None:
        self._settings = settings
        self._one_at_a_time = Lock()

    def bring_up_to_date(self, identity: str) -> str:
        """Render an issue whose draft has changed; returns why that cannot be, "" when what is
        there is the draft. What was approved stays as it was approved.
        """
        with self._one_at_a_time:
            try:
                return self._render(identity)
            except DigestError as error:
                return str(error)
            except OSError as error:
                return f"{error.filename or identity}: {error.strerror or error}"

    def _render(self, identity: str) -> str:
        config = load(self._settings)
        place = Folder(config.output / identity, images=config.newsletter.images)
        if not is_stale(place):
            return ""
        if approved_hash(facts_of(place)):
            return f"it was approved before this change; 'digest render {identity}' renders it anew"
        from digest.run.publish import render  # a reader of what is there needs no templates
        from digest.run.session import Session

        with locked(config.state), open_state(config.state) as db:
            render(Session(config, db), identity)
        return ""


def previewed(settings: Path) -> Shown:
    """What `digest preview` shows of a configuration. Raises ConfigError."""
    config = load(settings)
    sender = config.mail.sender if config.mail else config.newsletter.name
    return Shown(
        output=config.output,
        sender=parseaddr(sender)[0] or sender,
        images=config.newsletter.images,
        refresh=Renderings(settings).bring_up_to_date,
    )
