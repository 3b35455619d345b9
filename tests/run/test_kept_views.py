"""What is kept of an archive saves work and decides nothing."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.config.schema import Newsletter
from digest.config.templates import environment
from digest.model import Draft, Item, Part, SourceLink
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.made_pages import MadePages
from digest.render.view import issue_view
from digest.run.kept_views import KeptViews, key_of, read

if TYPE_CHECKING:
    from pathlib import Path

NEWSLETTER = Newsletter(name="The Marginal Token", url="https://token.example")


def issue(day: int, title: str = "Halden borrows") -> ApprovedIssue:
    """A daily of one story."""
    links = (SourceLink("Wire", "https://wire.example/a"),)
    item = Item("a1", "Halden borrows", "It borrows **two** billion.", links)
    draft = Draft(
        id=f"2026-02-{day:02}-daily",
        edition="daily",
        date=date(2026, 2, day),
        title=title,
        parts=(Part("Top Stories", (item,)),),
    )
    return ApprovedIssue(issue_view(draft, NEWSLETTER, {}), datetime(2026, 2, day, tzinfo=UTC))


def test_a_view_is_made_once_for_a_key_and_comes_back_the_same(tmp_path: Path) -> None:
    """With another key it is made anew; the newsletter is always the one of now."""
    first, made = KeptViews(), issue(3)
    first.of(made.view.id, "k1", NEWSLETTER, lambda: made)
    first.write(tmp_path / "kept")
    renamed = replace(NEWSLETTER, name="The Other Token")
    again = read(tmp_path / "kept").of(made.view.id, "k1", renamed, lambda: issue(3, "Never made"))
    assert again == replace(made, view=replace(made.view, newsletter=renamed))
    assert isinstance(again.view.sections[0].stories[0].headline, Markup)
    fresh = read(tmp_path / "kept").of(made.view.id, "k2", NEWSLETTER, lambda: issue(3, "Anew"))
    assert fresh.view.title == "Anew"


class Harmful:
    """What runs a command when an ordinary pickle of it is read."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.command,)


def test_a_file_that_somebody_changed_runs_nothing(tmp_path: Path) -> None:
    """Neither the file nor a view in it can name anything but our own forms."""
    mark, file = tmp_path / "ran", tmp_path / "kept"
    bad = pickle.dumps(Harmful(f"touch {mark}"))
    file.write_bytes(bad)
    assert read(file) == KeptViews()
    file.write_bytes(pickle.dumps(({"2026-02-03-daily": ("k1", bad)}, {})))
    found = read(file).of("2026-02-03-daily", "k1", NEWSLETTER, lambda: issue(3))
    assert (found.view.title, mark.exists()) == ("Halden borrows", False)
    file.write_bytes(b"\x80garbage")
    assert read(file) == KeptViews()


def test_an_approval_makes_its_page_and_its_neighbour_s(tmp_path: Path) -> None:
    """Other pages of issues are left alone, unless their file is not as it was written."""
    env, pages = environment(None), MadePages()

    def written(*days: int, title: str = "Halden borrows") -> list[str]:
        found = [issue(day, title if day == max(days) else "Halden borrows") for day in days]
        keys = {one.view.id: key_of([one.view.title]) for one in found}
        made = build(tmp_path, NEWSLETTER, found, env, made=MadePages(pages.pages, keys))
        return sorted(file.parent.name[8:10] for file in made if file.match("issues/*/index.html"))

    assert written(1, 2, 3) == ["01", "02", "03"]
    assert written(1, 2, 3, 4) == ["03", "04"]
    assert written(1, 2, 3, 4) == []
    page = tmp_path / "issues" / "2026-02-01-daily" / "index.html"
    own = page.read_bytes()
    page.write_bytes(b"by another hand")
    assert written(1, 2, 3, 4) == ["01"]
    assert page.read_bytes() == own
    page.unlink()
    assert written(1, 2, 3, 4, title="A new title") == ["01", "03", "04"]
