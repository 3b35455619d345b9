"""`digest init`: a folder to begin in. Nothing that is there already is overwritten."""

from __future__ import annotations

from pathlib import Path

from digest.config.atomic_files import write_atomic
from digest.config.templates import write_templates
from digest.errors import UsageError


def shipped_feeds() -> Path:
    """The feeds.yaml that we ship: inside the package when installed, at the top of a checkout
    otherwise.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "data" / "feeds.yaml"
    return inside if inside.is_file() else package.parent / "feeds.yaml"


def init(directory: Path) -> list[Path]:
    """Write feeds.yaml and templates/ into the folder; returns what was written. Raises UsageError
    when either is there.
    """
    feeds, templates = directory / "feeds.yaml", directory / "templates"
    there = next((path for path in (feeds, templates) if path.exists()), None)
    if there:
        raise UsageError(
            f"{there}: is there already, and nothing is overwritten; choose an empty folder"
        )
    text = shipped_feeds().read_text("utf-8").rstrip("\n")
    written = write_templates(templates)
    write_atomic(
        feeds, f"{text}\n\ntemplates: templates # looked up before the ones that come with digest\n"
    )
    return [feeds, *written]
