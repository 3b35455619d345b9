"""Every kind of page and mail before the judges of others: the HTML checker of the W3C, axe-core, and
what caniemail knows of mail programs. They come by `npm install --no-save axe-core vnu-jar caniemail`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from digest.config.schema import Config, Feed
from digest.model import Document, Evidence, Mark
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.company_figures import FigureView
from digest.render.episode_pages import Transcripts
from digest.render.house_style import styled
from digest.render.mail_html import email_html
from digest.render.view import issue_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser

    from digest.config.schema import Newsletter
    from digest.model import Draft
    from digest.render.source_list import SourceFacts
    from tests.render.conftest import Element

pytestmark = pytest.mark.slow

TOOLS = Path(os.environ.get("DIGEST_CHECKERS", Path(__file__).parents[2])) / "node_modules"
NOW = datetime(2026, 2, 5, 7, 30, tzinfo=UTC)
ENTRY = "0123456789abcdef"
# What Outlook and old versions of Apple Mail go by; a file has no `self` for scripts; and the Arabic
# newsletter of this test tells the English stories of the other.
EXPECTED = re.compile(
    r"attribute on the “(?:table|td)” element is obsolete|“(?:mso-hide|supported-color-schemes)”"
    r"|blocked by “script-src”|appears to be written in English"
)
# A mail is read within the page of a mail program, which has the main landmark.
MAIL_RULES = {"rules": {"landmark-one-main": {"enabled": False}, "region": {"enabled": False}}}
FAMILIES = ("gmail", "outlook", "apple-mail")
# What one of the three does not know, and why the mail is well without it.
FALLBACKS = {
    "css-at-media-prefers-color-scheme": "light, which every program can show or invert",
    "css-border-radius": "square corners",
    "css-color-scheme": "light, as above",
    "css-max-width": "a table of 600 px for Outlook alone",
    "css-overflow": "the preheader is hidden by `display` and `mso-hide`",
    "css-text-decoration-color": "the line has the text's colour",
    "css-text-decoration-thickness": "a line as the program draws it",
    "css-text-underline-offset": "a line as the program draws it",
    "css-word-break": "only a word without an end would be wider",
    "css-max-height": "the preheader is hidden by `display`",
    "css-letter-spacing": "letters as they stand",
    "css-table-layout": "columns as wide as their text",
    "html-body": "its style and direction stand on the elements inside too",
    "html-lang": "said on the element inside too",
    "html-dir": "said on the element inside too",
    "html-role": "a table that is read as one",
    "html-aria-label": "the link's own text",
    "html-style": "all but the dark scheme stands on the elements",
}


def tool(*parts: str) -> Path:
    """A file of a package of npm; without it the test is skipped."""
    found = TOOLS.joinpath(*parts)
    if not found.is_file():
        pytest.skip(f"there is no {found}: npm install --no-save {parts[0]}")
    return found


@pytest.fixture(params=["en", "ar"])
def pages(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    draft: Draft,
    newsletter: Newsletter,
    facts: Mapping[str, SourceFacts],
) -> Path:
    """Every kind of page of an archive, and the mail, of a newsletter in a language."""
    own = replace(newsletter, language=request.param)
    env = styled(Config(feeds=(Feed(url="https://wire.example/feed"),), newsletter=own))
    item = replace(draft.parts[0].items[0], insights=("i1",))
    parts = (replace(draft.parts[0], items=(item, *draft.parts[0].items[1:])), *draft.parts[1:])
    earlier = replace(draft, id="2026-01-30-daily", date=date(2026, 1, 30), title="The mill")
    weekly = replace(draft, id="2026-02-01-weekly", edition="weekly", date=date(2026, 2, 1))
    views = [issue_view(one, own, facts) for one in (replace(draft, parts=parts), earlier, weekly)]
    span = Evidence("https://show.example/1", "The wires are dear.", 0, 19, 12.0, entry=ENTRY)
    found = [ApprovedIssue(view, NOW, evidence={"i1": (span,)}) for view in views]
    figures = (FigureView("Northlight", "capex", "2026", "$88 billion", "e1"),)
    found[0] = replace(found[0], view=replace(found[0].view, figures=figures))
    transcripts = Transcripts({ENTRY: episode()})
    build(tmp_path, own, found, env, searchable=True, transcripts=transcripts)
    (tmp_path / "email.html").write_text(email_html(views[0], env), encoding="utf-8")
    return tmp_path


def episode() -> Document:
    """An episode of two speakers."""
    return Document(
        entry_id=ENTRY,
        url="https://show.example/1",
        feed_url="https://show.example/feed",
        kind="podcast",
        title="Who pays for the wires",
        publisher="Radio Ledger",
        published=NOW,
        when=NOW,
        basis="transcript",
        text="The wires are dear.\nAnd who pays for them?",
        marks=(Mark(0, 12.0, "Ada"), Mark(20, 95.0, "Ben")),
        language="en",
    )


def kinds(site: Path) -> Iterator[Path]:
    """A page of each kind: one of each folder."""
    pages = sorted(site.rglob("*.html"))
    seen = {
        (path.relative_to(site).parts[0], len(path.relative_to(site).parts)): path for path in pages
    }
    yield from seen.values()


def test_the_html_checker_has_nothing_to_say(pages: Path) -> None:
    """Neither an error nor a warning."""
    if shutil.which("java") is None:
        pytest.skip("there is no java on the PATH, which the HTML checker needs")
    command = ["java", "-jar", str(tool("vnu-jar", "build", "dist", "vnu.jar")), "--format", "json"]
    files = [str(path) for path in kinds(pages)]
    ran = subprocess.run([*command, *files], capture_output=True, check=False)
    said = json.loads(ran.stderr)["messages"]
    assert sorted({_complaint(one) for one in said if not EXPECTED.search(one["message"])}) == []


def _complaint(message: Mapping[str, Any]) -> str:
    name = message["url"].rsplit("/", 2)[1:]
    return f"{'/'.join(name)}:{message.get('lastLine')}: {message['message']}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(
    browser: Browser, pages: Path, scheme: Literal["light", "dark"]
) -> None:
    """By the rules of WCAG 2.2 A and AA, and axe's own good practice, on a phone."""
    axe = tool("axe-core", "axe.min.js").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    found: list[str] = []
    for file in kinds(pages):
        page.goto(file.as_uri())
        page.evaluate(axe)
        options = MAIL_RULES if file.name == "email.html" else {}
        result: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
        found += [
            f"{file.relative_to(pages)}: {one['id']}: {node['html'][:120]}"
            for one in result["violations"]
            for node in one["nodes"]
        ]
    page.close()
    assert found == []


def test_mail_programs_know_what_the_mail_uses(pages: Path, elements: Any) -> None:
    """Whatever Gmail, Outlook or Apple Mail does not know has its fallback."""
    known = json.loads(tool("caniemail", "data", "caniemail.json").read_text(encoding="utf-8"))
    rows = {row["slug"]: row for row in known["data"]}
    mail = (pages / "email.html").read_text(encoding="utf-8")
    unknown = {slug for slug in _used(mail, elements(mail)) if _lacking(rows.get(slug))}
    assert unknown - set(FALLBACKS) == set()


def _used(mail: str, found: list[Element]) -> set[str]:
    """caniemail's names of the elements, attributes and properties of a mail."""
    tags = {f"html-{element.tag}" for element in found}
    attributes = {f"html-{name}" for element in found for name in element.attrs}
    styles = re.findall(r'style="([^"]*)"|<style>(.*?)</style>', mail, re.DOTALL)
    text = ";".join(part for pair in styles for part in pair)
    properties = {f"css-{name}" for name in re.findall(r"(?:^|[;{])\s*([a-z-]+)\s*:", text)}
    media = {f"css-at-media-{name}" for name in re.findall(r"@media \(([a-z-]+):", text)}
    return tags | attributes | properties | media


def _lacking(row: Mapping[str, Any] | None) -> bool:
    """Whether a program of the three families does not support it in its newest version."""
    if row is None:
        return False
    newest = (
        list(versions.values())[-1]
        for family in FAMILIES
        for versions in row["stats"].get(family, {}).values()
        if versions
    )
    return any(one.startswith("n") for one in newest)
