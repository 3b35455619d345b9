"""The archive's lists: its first page, and a page for every month, every edition, and for what is
listed by publisher and by show.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from digest.config.templates import fill_in
from digest.render.publication import address, direction
from digest.render.subject_pages import KINDS
from digest.render.web_page import look
from digest.text.own_words import named
from digest.text.reader_dates import month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.subject_pages import Kind, SubjectView
    from digest.render.view import IssueView

NEWEST = 30  # issues on a list's first page; the months have all


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month's issues, newest first; `key` is its folder and its anchor: 2026-02."""

    key: str
    name: str
    issues: tuple[IssueView, ...]


def by_month(newsletter: Newsletter, newest_first: Sequence[IssueView]) -> tuple[MonthView, ...]:
    """The months in which there was an issue, newest first."""
    return tuple(
        MonthView(key, month(first.date, newsletter.language), (first, *rest))
        for key, (first, *rest) in groupby(newest_first, key=lambda view: f"{view.date:%Y-%m}")
    )


def _filters(
    newest_first: Sequence[IssueView], months: Sequence[MonthView], language: str
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """By what a search may be narrowed, as the index has it and as it is shown. It stands in the
    page so that a first query need not ask the index for it.
    """
    themes = sorted({name for view in newest_first for name in view.categories})
    publishers = sorted({name for view in newest_first for name in view.publishers})
    editions = sorted({view.edition for view in newest_first})
    return {
        "theme": [(name, name) for name in themes],
        "publisher": [(name, name) for name in publishers],
        "edition": [(name, named(name.capitalize(), language)) for name in editions],
        "month": [(one.key, one.name) for one in months],
    }


def list_pages(
    newsletter: Newsletter,
    newest_first: Sequence[IssueView],
    subjects: Mapping[Kind, Sequence[SubjectView]],
    env: Environment,
    *,
    searchable: bool = False,
) -> dict[str, str]:
    """Every list by its path in the archive; `searchable` says that there is a page to search."""
    months = by_month(newsletter, newest_first)
    names = sorted({view.edition for view in newest_first})
    editions = {name: [one for one in newest_first if one.edition == name] for name in names}

    def page(path: str, template: str, **values: Any) -> tuple[str, str]:
        shared = {
            "newsletter": newsletter, "direction": direction(newsletter),
            "url": address(newsletter, path), "root": "../" * path.count("/"),
        }  # fmt: skip
        return f"{path}index.html", fill_in(env, template, **shared, **values, **look(env))

    def issues(path: str, title: str, views: Sequence[IssueView], **values: Any) -> tuple[str, str]:
        shown = by_month(newsletter, views)
        return page(path, "site_issues.html.j2", title=title, shown=shown, **values)

    newest = by_month(newsletter, newest_first[:NEWEST])
    known = {"months": months, "subjects": subjects}
    front = {"editions": editions, "shown": newest, "searchable": searchable}
    pages = [page("", "site_index.html.j2", **known, **front)]
    if searchable:
        filters = _filters(newest_first, months, newsletter.language)
        pages.append(page("search/", "site_search.html.j2", **known, filters=filters))
    pages += [issues(f"months/{one.key}/", one.name, one.issues, edition="") for one in months]
    pages += [
        issues(
            f"{name}/",
            named(name.capitalize(), newsletter.language),
            views[:NEWEST],
            edition=name,
        )
        for name, views in editions.items()
    ]
    pages += [
        page(f"{kind}/", "site_subjects.html.j2", kind=kind, subjects=subjects[kind])
        for kind in filter(subjects.get, KINDS)
    ]
    return dict(pages)
