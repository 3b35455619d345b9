"""`digest init`: a folder to begin in. Nothing that is there already is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

from digest.config.atomic_files import write_atomic
from digest.config.template_copies import write_templates
from digest.errors import UsageError


def shipped_feeds() -> Path:
    """The feeds.yaml that we ship: inside the package when installed, at the top of a checkout
    otherwise.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "data" / "feeds.yaml"
    return inside if inside.is_file() else package.parent / "feeds.yaml"


def init(directory: Path, *, empty: bool = False, templates: bool = False) -> list[Path]:
    """Write feeds.yaml, and templates/ where they are asked for; returns what was written. Raises
    UsageError when either is there.
    """
    feeds, copies = directory / "feeds.yaml", directory / "templates"
    there = next((path for path in (feeds, copies) if path.exists()), None)
    if there:
        raise UsageError(
            f"{there}: is there already, and nothing is overwritten; choose an empty folder"
        )
    text = shipped_feeds().read_text("utf-8").rstrip("\n")
    if empty:
        text = re.sub(r"^feeds:.*", "feeds: []", text, flags=re.DOTALL | re.MULTILINE)
        text = text[text.index("# Only ") :]  # what stands above is of the subscriptions
        text = re.sub(r"^# The addresses(?:.*\n#)*.*\n", "", text, flags=re.MULTILINE)
    if templates:
        text += "\n\ntemplates: templates # looked up before the ones that come with digest"
    written = write_templates(copies) if templates else ()
    write_atomic(feeds, f"{text}\n")
    return [feeds, *written]
