"""The picture that stands where an issue's address is shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.card_picture import HEIGHT, WIDTH, card, has_card

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from digest.render.view import IssueView

Image = pytest.importorskip("PIL.Image")


@pytest.mark.parametrize("title", ["Halden borrows", "A word " * 90, "W" * 300])
def test_a_title_of_any_length_is_drawn_the_same_each_time(
    view: IssueView, env: Environment, title: str
) -> None:
    """In the size that networks ask for, on the paper, nothing at the edge."""
    made = card(replace(view, title=title), env)
    picture = Image.open(BytesIO(made)).convert("RGB")
    assert picture.size == (WIDTH, HEIGHT)
    assert made == card(replace(view, title=title), env)
    edge = {picture.getpixel((WIDTH - 2, y)) for y in range(40, HEIGHT)}
    assert edge == {picture.getpixel((2, HEIGHT - 2))}
    assert min(*edge.pop()) > 245


def test_the_page_names_it_where_there_is_one(
    tmp_path: Path, view: IssueView, env: Environment
) -> None:
    """Letters that the font lacks, and a newsletter without an address, have no picture."""
    build(tmp_path, view.newsletter, [ApprovedIssue(view, datetime(2026, 2, 5, tzinfo=UTC))], env)
    folder = tmp_path / "issues" / view.id
    assert (folder / "card.png").stat().st_size < 60_000
    assert f'<meta property="og:image" content="{view.url}card.png">' in (
        folder / "index.html"
    ).read_text(encoding="utf-8")
    assert not has_card(replace(view, title="أسعار"))
    assert not has_card(replace(view, newsletter=replace(view.newsletter, url=None)))
