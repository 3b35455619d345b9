"""What a static-site generator reads at the head of an issue: what it is about, its beginning in
three headlines, its tags.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.editions.titles import week
from digest.text.markdown import to_plain
from digest.text.own_words import own_words

if TYPE_CHECKING:
    from digest.editions.edition import Edition
    from digest.model import Draft

SUMMARISED = 3  # stories, of the first sections one each
EXTRACTS = (
    "Each paragraph is made of extracts: sentences of the sources named below it, word for word,"
    " behind the date on which they were published."
)

SOME_EXTRACTS = (
    "Paragraphs that begin with a date are extracts: sentences of the sources named below them,"
    " word for word."
)


def with_site_front(draft: Draft, edition: Edition, language: str) -> Draft:
    """The draft of an edition for sites with description, summary and tags; not yet to be
    published. One of extracts says so.
    """
    if not edition.terms.site:
        return draft
    named = [part.name for part in draft.parts]
    days = week(draft.date, edition.terms.window, language)
    words = own_words(language)
    return replace(
        draft,
        description=words.gettext("The week of %(days)s: %(themes)s.")
        % {"days": days, "themes": words.gettext(", ").join(named)}
        if named
        else "",
        summary=_summary(draft),
        tags=tuple(dict.fromkeys((edition.name, *(_slug(theme) for theme in draft.categories)))),
        unpublished=True,
        greeting=words.gettext(EXTRACTS),
    )


def of_paragraphs(draft: Draft, written: frozenset[str], language: str = "en") -> Draft:
    """The draft after a model has written some of its stories, by id: what it says of its extracts
    is true of those that are left.
    """
    words = own_words(language)
    if draft.greeting != words.gettext(EXTRACTS) or not written:
        return draft
    left = any(item.id not in written for part in draft.parts for item in part.items)
    return replace(draft, greeting=words.gettext(SOME_EXTRACTS) if left else "")


def _summary(draft: Draft) -> str:
    """A headline of each of the first sections, and then of their second stories."""
    told = [[to_plain(item.headline) for item in part.items] for part in draft.parts]
    deepest = max(map(len, told), default=0)
    ordered = [row[i] for i in range(deepest) for row in told if i < len(row)]
    return " ".join(f"{one.rstrip('.')}." for one in ordered[:SUMMARISED])


def _slug(theme: str) -> str:
    """A theme as a tag: "compute-and-capex"; as it is where nothing is left of it."""
    words = re.sub(r"[^\w]+", "-", theme.casefold().replace("&", " and ")).strip("-")
    return words or theme
