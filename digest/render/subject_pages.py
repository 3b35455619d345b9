"""Pages of subjects: everything that approved issues have told of a theme or a company, or by a
publisher or a show, newest first, from all editions.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from digest.config.templates import fill_in
from digest.render.publication import address, direction
from digest.render.web_page import look
from digest.stories.themes import OTHER
from digest.text import markdown
from digest.text.reader_dates import month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.company_figures import FigureView
    from digest.render.story_views import StoryView
    from digest.render.view import IssueView
    from digest.stories.ledger.owners import Owners

_PLAIN = re.compile(r"[a-z0-9]+(?:(?: | & )[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class TellingView:
    """A story of a theme, as the issue tells it that tells most of it, and every issue that tells
    it, newest first.
    """

    story: StoryView
    issues: tuple[IssueView, ...]


Kind = Literal["themes", "companies", "publishers", "shows"]
FEWEST_OF_COMPANY = 2  # stories; who was told of once is told of on that issue's page
_WORD = re.compile(r"[^\W_](?:[\w.&-]*\w)?")
NEWEST = 30  # stories on a subject's first page
KINDS: tuple[Kind, ...] = get_args(Kind)  # each is a folder of the archive


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure of a company and the issue that told it."""

    figure: FigureView
    issue: IssueView


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A theme, company, publisher or show with all that was told of it, newest first. `slug` names
    its folder and follows from its name alone; `figures` are a company's, those of one measure
    together and the newest of each first.
    """

    kind: Kind
    name: str
    slug: str
    tellings: tuple[TellingView, ...]
    figures: tuple[ToldFigure, ...] = ()

    @property
    def count(self) -> int:
        """How much was told."""
        return len(self.tellings)


def gathered(
    kind: Kind, newest_first: Sequence[IssueView], known: Owners | None = None
) -> tuple[SubjectView, ...]:
    """The subjects of these issues by name. Names that differ in letter case only are one, called
    as its newest issue calls it.
    """
    names: dict[str, str] = {}
    told: dict[str, list[TellingView]] = {}
    figures = _figures(newest_first) if kind == "companies" else {}
    owners = {key: own[0].figure.owner for key, own in figures.items()}
    named = NamedCompanies({**owners, **(known.shown if known else {})})
    for issue, story in _stories(newest_first):
        for name in named.of(story) if kind == "companies" else _names(kind, story):
            names.setdefault(name.casefold(), name)
            _tell(told.setdefault(name.casefold(), []), issue, story)
    fewest = FEWEST_OF_COMPANY if kind == "companies" else 1
    return tuple(
        SubjectView(kind, names[key], slug(key), tuple(told[key]), figures.get(key, ()))
        for key in sorted(told)
        if len(told[key]) >= fewest
    )


def _figures(newest_first: Sequence[IssueView]) -> dict[str, tuple[ToldFigure, ...]]:
    """The figures of each company, as often as they changed: one told again is not a second."""
    found: dict[str, dict[tuple[str, str, str], ToldFigure]] = {}
    for issue in reversed(newest_first):
        for one in issue.figures:
            key = (one.measure, one.period, one.text)
            found.setdefault(one.owner.casefold(), {}).setdefault(key, ToldFigure(one, issue))
    return {
        owner: tuple(
            sorted(own.values(), key=lambda one: (one.figure.measure, -one.issue.date.toordinal()))
        )
        for owner, own in found.items()
    }


class NamedCompanies:
    """Finds the companies that a headline names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are those shown, by each name of a company in casefolded form."""
        self._names = names
        self._longest = max((len(_WORD.findall(name)) for name in names), default=0)

    def of(self, story: StoryView) -> tuple[str, ...]:
        """Each once, in the order of the headline. What begins small is a word, no name."""
        text = markdown.strip_tags(story.headline)
        words = list(_WORD.finditer(text))
        found: dict[str, None] = {}
        for i, first in enumerate(words):
            for last in words[i : i + self._longest]:
                written = text[first.start() : last.end()]
                name = self._names.get(written.removesuffix("’s").removesuffix("'s").casefold(), "")
                if name and written != written.casefold():
                    found[name] = None
        return tuple(found)


def _names(kind: Kind, story: StoryView) -> tuple[str, ...]:
    """What a story is listed under, each name once."""
    if kind == "themes":
        return (story.theme,) if story.theme not in {"", OTHER} else ()
    named = (link.house for link in story.links if link.house and link.spoken == (kind == "shows"))
    return tuple({name.casefold(): name for name in named}.values())


def _stories(issues: Sequence[IssueView]) -> Iterator[tuple[IssueView, StoryView]]:
    for issue in issues:
        for section in issue.sections:
            yield from ((issue, story) for story in section.stories if not story.figure)


def _tell(told: list[TellingView], issue: IssueView, story: StoryView) -> None:
    """Add a story, or where one of the two says all of the other the issue to the fuller one:
    another edition tells the same insights.
    """
    for i, other in enumerate(told):
        if (
            not story.insights
            or not other.story.insights
            or issue.id in {one.id for one in other.issues}
        ):
            continue
        if story.insights <= other.story.insights or other.story.insights <= story.insights:
            fuller = other.story if story.insights <= other.story.insights else story
            told[i] = TellingView(fuller, (*other.issues, issue))
            return
    told.append(TellingView(story, (issue,)))


def slug(name: str) -> str:
    """A folder's name for a subject: its words, and where they do not tell it from every other name
    a digest of it as well.
    """
    key = name.casefold()
    words = "-".join(re.findall(r"[a-z0-9]+", key.replace("&", "and")))[:60]
    if _PLAIN.fullmatch(key) and " and " not in f" {key} " and len(key) <= 40:
        return words
    return f"{words or 'subject'}-{hashlib.blake2s(key.encode(), digest_size=4).hexdigest()}"


def hrefs(view: IssueView, themes: Sequence[SubjectView], root: str) -> Mapping[str, str]:
    """Where those names in an issue lead that are a theme's, by name; `root` leads from the page to
    the archive's folder.
    """
    slugs = {theme.name.casefold(): theme.slug for theme in themes}
    named = {*view.categories, *(section.name for section in view.sections)}
    return {
        name: f"{root}themes/{slugs[name.casefold()]}/"
        for name in named
        if name.casefold() in slugs
    }


def subject_pages(
    newsletter: Newsletter, subjects: Sequence[SubjectView], env: Environment
) -> dict[str, str]:
    """Each subject's pages by their path in the archive: one for the newest that was told, and
    where there is more one for every month, which stays as it is when the month is over.
    """
    return {path: page for subject in subjects for path, page in _pages(newsletter, subject, env)}


def _pages(
    newsletter: Newsletter, subject: SubjectView, env: Environment
) -> Iterator[tuple[str, str]]:
    home = f"{subject.kind}/{subject.slug}/"
    months: dict[str, list[TellingView]] = {}
    if subject.count > NEWEST:
        for telling in subject.tellings:
            months.setdefault(f"{telling.issues[0].date:%Y-%m}", []).append(telling)
    names = {
        key: month(tellings[0].issues[0].date, newsletter.language)
        for key, tellings in months.items()
    }
    for key, tellings in {"": subject.tellings[:NEWEST], **months}.items():
        path = f"{home}{key}/" if key else home
        root = "../" * path.count("/")
        values = {
            "newsletter": newsletter, "direction": direction(newsletter), "root": root,
            "url": address(newsletter, path), "subject": subject, "tellings": tellings,
            "month": names.get(key, ""),
            "months": [(name, f"{root}{home}{one}/", one == key) for one, name in names.items()],
        }  # fmt: skip
        yield f"{path}index.html", fill_in(env, "site_subject.html.j2", **values, **look(env))
