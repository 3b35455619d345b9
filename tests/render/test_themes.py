"""A theme's page gathers what all approved issues told of it, under an address that stays."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.schema import Newsletter
from digest.config.templates import environment
from digest.model import Draft, Evidence, Item, Part, SourceLink
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.company_figures import FigureView
from digest.render.story_views import Beside
from digest.render.subject_pages import slug
from digest.render.view import issue_view
from digest.stories.ledger.owners import owners

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

NOW = datetime(2026, 2, 5, 7, 30, tzinfo=UTC)
NEWSLETTER = Newsletter(name="Tea & Tokens", url="https://token.example/news")
SHOW = "https://show.example/1"


def item(name: str, *insights: str, headline: str = "") -> Item:
    """A story called after its id."""
    return Item(
        name,
        headline or f"Point {name}",
        f"“Said in {name}.”",
        (SourceLink("Show", SHOW),),
        insights,
    )


def issue(
    day: str, edition: str, themes: Mapping[str, list[Item]], *, section: str = ""
) -> ApprovedIssue:
    """An issue whose stories belong to these themes; its sections are called after them, or all
    stand in one.
    """
    parts = [Part(theme, tuple(items), form="headings") for theme, items in themes.items()]
    if section:
        parts = [Part(section, tuple(one for items in themes.values() for one in items))]
    draft = Draft(
        f"{day}-{edition}",
        edition,
        date.fromisoformat(day),
        f"Issue of {day}",
        tuple(parts),
        categories=tuple(themes),
    )
    of = {one.id: Beside(theme) for theme, items in themes.items() for one in items}
    spoken = {
        one: (Evidence(SHOW, "Said", 0, 4, 754.0, "https://show.example/1.mp3"),) for one in of
    }
    return ApprovedIssue(issue_view(draft, NEWSLETTER, {}, frozenset(), spoken, of), NOW)


class _Page(HTMLParser):
    """Where a page's links lead, what its elements are called, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids |= {values["id"] or ""} if "id" in values else set()
        self.links += [values["href"] or ""] if tag == "a" and "href" in values else []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def texts(site: Path, path: str) -> list[str]:
    """The ids of the stories that a page tells, in order."""
    words = " ".join(_Page(site / path).words)
    return [part.partition(".”")[0] for part in words.split("“Said in ")[1:]]


@pytest.fixture
def env() -> Environment:
    """Our own templates."""
    return environment(None)


def test_a_theme_gathers_its_stories_from_all_editions_newest_first(
    tmp_path: Path, env: Environment
) -> None:
    """Figures and stories of no theme stay out; each story links to its issue, its source and the
    minute.
    """
    approved = [
        issue("2026-02-03", "insights", {"Chips": [item("a", "i1")], "Power": [item("b", "i2")]}),
        issue(
            "2026-02-04",
            "daily",
            {
                "Chips": [item("c", "i3"), replace(item("f", "i8"), kind="figure")],
                "Other": [item("d")],
            },
            section="Top",
        ),
        issue("2026-02-05", "insights", {"Chips": [item("e", "i4")]}),
    ]
    build(tmp_path, NEWSLETTER, approved, env)
    assert texts(tmp_path, "themes/chips/index.html") == ["e", "c", "a"]
    assert texts(tmp_path, "themes/power/index.html") == ["b"]
    folders = [path.name for path in (tmp_path / "themes").iterdir() if path.is_dir()]
    assert sorted(folders) == ["chips", "power"]
    links = _Page(tmp_path / "themes/chips/index.html").links
    assert {
        "../../issues/2026-02-04-daily/#story-c",
        SHOW,
        "https://show.example/1.mp3#t=754",
    } <= set(links)


def test_what_two_editions_tell_is_listed_once(tmp_path: Path, env: Environment) -> None:
    """With a link to each of the issues."""
    approved = [
        issue("2026-02-03", name, {"Chips": [item(name, "i1")]}) for name in ("daily", "insights")
    ]
    build(tmp_path, NEWSLETTER, approved, env)
    assert texts(tmp_path, "themes/chips/index.html") == ["insights"]
    links = _Page(tmp_path / "themes/chips/index.html").links
    assert [link for link in links if "issues/" in link] == [
        "../../issues/2026-02-03-insights/#story-insights",
        "../../issues/2026-02-03-daily/",
    ]


def test_what_one_edition_tells_more_of_is_listed_once_in_its_words(
    tmp_path: Path, env: Environment
) -> None:
    """A daily story of two insights, one of which stands in the insights edition."""
    approved = [
        issue("2026-02-03", "daily", {"Chips": [item("daily", "i1", "i2")]}),
        issue("2026-02-03", "insights", {"Chips": [item("one", "i1")]}),
    ]
    build(tmp_path, NEWSLETTER, approved, env)
    assert texts(tmp_path, "themes/chips/index.html") == ["daily"]


def test_the_first_page_holds_the_newest_and_months_all(tmp_path: Path, env: Environment) -> None:
    """A theme of which much was told leads to its months, and they lead back; one of which less was
    told has one page.
    """
    approved = [
        issue(
            f"2026-{month:02}-{day:02}",
            "daily",
            {"Chips": [item(f"m{month}d{day}", f"i{month}{day}")]},
        )
        for month in (1, 2)
        for day in range(1, 21)
    ]
    build(tmp_path, NEWSLETTER, approved, env)
    newest = texts(tmp_path, "themes/chips/index.html")
    assert newest[0] == "m2d20"
    assert len(newest) == 30
    for month in (1, 2):
        page = f"themes/chips/2026-{month:02}/index.html"
        assert texts(tmp_path, page) == [f"m{month}d{day}" for day in range(20, 0, -1)]
        assert "../../../themes/chips/" in _Page(tmp_path / page).links
    earlier = tmp_path / "earlier"
    build(earlier, NEWSLETTER, approved[:30], env)
    assert [page.name for page in (earlier / "themes/chips").iterdir()] == ["index.html"]


@pytest.mark.parametrize("count", range(5))
def test_no_link_is_dead(tmp_path: Path, env: Environment, count: int) -> None:
    """Whatever has been approved, and again when an issue is withdrawn, every link inside the
    archive leads to a page and its place.
    """
    names = ("Chips & power", "R&D <b>“x”</b>", "Ελλάδα", "../up", "Other")
    approved = [
        issue(
            f"2025-12-{30 + i}" if i < 2 else f"2026-01-0{i}",
            "daily",
            {names[i % 5]: [item(f"s{i}", f"i{i}")], names[(i + 1) % 5]: [item(f"t{i}")]},
        )
        for i in range(4)
    ]
    for kept in (approved, approved[: max(count - 1, 0)], approved[:count]):
        build(tmp_path, NEWSLETTER, kept, env)
        for path in tmp_path.rglob("*.html"):
            for link in _Page(path).links:
                if "://" not in link:
                    file, _, anchor = link.partition("#")
                    target = (path.parent / file).resolve() if file else path.resolve()
                    target = target / "index.html" if target.is_dir() else target
                    assert target.is_file(), (path, link)
                    assert target.is_relative_to(tmp_path.resolve())
                    assert not anchor or anchor in _Page(target).ids, (path, link)


def test_theme_pages_are_linked_from_issues_and_index(tmp_path: Path, env: Environment) -> None:
    """From the section of that name, from the categories and from the list of issues; not from the
    feed, where it would be dead.
    """
    build(
        tmp_path,
        NEWSLETTER,
        [issue("2026-02-03", "insights", {"Chips & power": [item("a", "i1")]})],
        env,
    )
    page = _Page(tmp_path / "issues/2026-02-03-insights/index.html")
    assert page.links.count("../../themes/chips-and-power/") == 2
    assert "themes/chips-and-power/" in _Page(tmp_path / "index.html").links
    assert "themes/" not in (tmp_path / "feed.xml").read_text()


def test_nothing_is_written_twice(tmp_path: Path, env: Environment) -> None:
    """A second build writes nothing; an issue more writes its page, the one before it, its
    subjects', the lists and the feeds, and no other theme's.
    """
    approved = [
        issue(f"2026-02-0{i}", "daily", {f"T{i}": [item(f"s{i}", f"i{i}")]}) for i in (3, 4)
    ]
    build(tmp_path, NEWSLETTER, approved[:1], env)
    assert build(tmp_path, NEWSLETTER, approved[:1], env) == ()
    written = {
        path.relative_to(tmp_path).as_posix() for path in build(tmp_path, NEWSLETTER, approved, env)
    }
    assert {path for path in written if not path.endswith(".png")} == {
        *(f"issues/2026-02-0{day}-daily/index.html" for day in (3, 4)),
        *(f"themes/{page}index.html" for page in ("", "t4/")),
        *(f"publishers/{page}index.html" for page in ("", "show/")),
        *("index.html", "daily/index.html", "months/2026-02/index.html"),
        *("feed.xml", "feed.json", "daily/feed.xml", "daily/feed.json", "sitemap.xml"),
    }


def test_names_are_escaped(tmp_path: Path, env: Environment) -> None:
    """A theme and a headline may hold anything."""
    build(
        tmp_path,
        NEWSLETTER,
        [
            issue(
                "2026-02-03",
                "daily",
                {"<script>x</script>": [item("a", "i1", headline="\\<img\\> \\*b\\*")]},
            )
        ],
        env,
    )
    pages = [page.read_text() for page in (tmp_path / "themes").rglob("index.html")]
    assert len(pages) == 2
    for page in pages:
        assert "<script" not in page
        assert "&lt;script&gt;x&lt;/script&gt;" in page
        assert "<img" not in page


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Compute & capex", "compute-and-capex"),
        ("AI", "ai"),
        ("Labour market", "labour-market"),
        ("LABOUR Market", "labour-market"),
    ],
)
def test_plain_names_make_plain_folders(name: str, folder: str) -> None:
    """Letters, digits, single spaces and " & "; the case does not matter."""
    assert slug(name) == folder


@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_two_themes_share_a_folder(names: list[str]) -> None:
    """Names that differ have folders that differ, made of letters that any file system takes."""
    distinct = {
        name.casefold()
        for name in ["Chips and power", "Chips & power", "chips-and-power", "Chips, power", *names]
    }
    folders = [slug(name) for name in distinct]
    assert len(set(folders)) == len(distinct)
    assert all(
        folder and len(folder) < 80 and folder.replace("-", "").isalnum() and folder.isascii()
        for folder in folders
    )


def test_a_users_own_template_is_used(tmp_path: Path) -> None:
    """As for every other page."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/site_subject.html.j2").write_text("{{ subject.name }}: {{ tellings|length }}")
    build(
        tmp_path / "site",
        NEWSLETTER,
        [issue("2026-02-03", "daily", {"Chips": [item("a", "i1")]})],
        environment(tmp_path / "mine"),
    )
    assert (tmp_path / "site/themes/chips/index.html").read_text() == "Chips: 1"


def figure(owner: str, measure: str, text: str, period: str = "2026") -> FigureView:
    """A figure as an issue told it."""
    return FigureView(owner, measure, period, text, "e1")


def test_a_company_that_two_headlines_name_has_a_page_with_its_figures(
    tmp_path: Path, env: Environment
) -> None:
    """Under the name that is shown, whichever of its names a headline has; figures by measure, the
    newest first, none twice. A word that begins small is no name, and one headline makes no page.
    """
    first = issue("2026-02-03", "daily", {"Chips": [item("a", headline="Halden’s plan grows")]})
    later = issue(
        "2026-02-05",
        "daily",
        {"Chips": [item("b", headline="Halden Works pays"), item("c", headline="Quill falls")]},
    )
    other = issue("2026-02-06", "daily", {"Chips": [item("d", headline="Why halden is a word")]})
    told = (figure("Halden", "capex", "$2 billion"), figure("Halden", "loan", "$9 million"))
    again = (figure("Halden", "capex", "$3 billion"), figure("Halden", "loan", "$9 million"))
    known = owners([("Halden", "Halden Works"), ("Quill",)])
    approved = [
        replace(first, view=replace(first.view, figures=told)),
        replace(later, view=replace(later.view, figures=again)),
        other,
    ]
    build(tmp_path, NEWSLETTER, approved, env, owners=known)
    assert texts(tmp_path, "companies/halden/index.html") == ["b", "a"]
    page = (tmp_path / "companies/halden/index.html").read_text()
    amounts = re.findall(r'<td class="amount"><bdi>([^<]*)', page)
    assert amounts == ["$3 billion", "$2 billion", "$9 million"]
    assert not (tmp_path / "companies" / "quill").exists()
    assert "companies/" in _Page(tmp_path / "index.html").links


def test_a_company_of_no_figure_and_no_alias_is_found_by_nobody(
    tmp_path: Path, env: Environment
) -> None:
    """Then the archive has no list of companies, and its first page leads to none."""
    build(tmp_path, NEWSLETTER, [issue("2026-02-03", "daily", {"Chips": [item("a")]})], env)
    assert not (tmp_path / "companies").exists()
    assert "companies/" not in _Page(tmp_path / "index.html").links
