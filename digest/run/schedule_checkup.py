"""Whether runs are on schedule as feeds.yaml has it now: what `digest doctor` says of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.errors import DigestError
from digest.run.diagnosis import Diagnosis
from digest.run.schedule import installed

if TYPE_CHECKING:
    from pathlib import Path

    from digest.config.schema import Config
    from digest.run.schedule import Laid

AGAIN = "put it there again: digest schedule install"


def schedule(path: Path, config: Config) -> Diagnosis:
    """`path` is that of feeds.yaml."""
    try:
        found = installed(path.absolute())
    except DigestError as error:
        return Diagnosis("schedule", "broken", str(error))
    if not found:
        return Diagnosis("schedule", "off", "nothing is on schedule: digest schedule install")
    stale = next((why for one in found for why in _stale(one, config)), "")
    if stale:
        return Diagnosis("schedule", "stale", f"{stale}; {AGAIN}")
    return Diagnosis("schedule", "ok", f"by {' and '.join(one.means for one in found)}")


def _stale(laid: Laid, config: Config) -> list[str]:
    """What feeds.yaml says otherwise by now."""
    text, by = "\n".join(laid.texts.values()), config.notify.deadline
    found = []
    if config.newsletter.timezone not in text:
        found.append(f"it was made for another time zone than {config.newsletter.timezone}")
    if by and f"--at {by} " not in text and f"{by}:00 " not in text:
        found.append(f"nobody looks at the deadline, {by}")
    return found
