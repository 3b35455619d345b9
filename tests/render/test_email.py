"""The mail keeps to what clients show, to what screen readers need, and to a size that is not
cut.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Newsletter
from digest.errors import IssueError
from digest.model import Draft, Item, Part
from digest.render.mail_html import MAX_BYTES, WARN_BYTES, email_html, email_warnings
from digest.render.view import IssueView, issue_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

    from digest.render.source_list import SourceFacts


@pytest.fixture
def mail(view: IssueView, env: Environment) -> str:
    """The sample issue as mail."""
    return email_html(view, env)


@pytest.fixture
def parsed(mail: str, elements: Callable[[str], list[Any]]) -> list[Any]:
    """Its elements."""
    return elements(mail)


def styles(mail: str) -> str:
    """Every style of the mail: the sheets and the attributes."""
    return "\n".join(
        re.findall(r"<style[^>]*>(.*?)</style>", mail, re.DOTALL)
        + re.findall(r'style="([^"]*)"', mail)
    )


def test_language_and_direction_stand_where_a_client_keeps_them(parsed: list[Any]) -> None:
    """Gmail drops the attributes of html, so body and the outermost div repeat them."""
    for tag in ("html", "body", "div[role]"):
        name, _, role = tag.partition("[")
        found = next(e for e in parsed if e.tag == name and (not role or "role" in e.attrs))
        assert (found.attrs["lang"], found.attrs["dir"]) == ("en", "ltr")


def test_every_table_is_layout_and_says_so(parsed: list[Any], mail: str) -> None:
    """Screen readers skip a table's structure when its role is presentation; old clients add space
    unless told not to.
    """
    tables = [e.attrs for e in parsed if e.tag == "table"]
    expected = {"role": "presentation", "cellpadding": "0", "cellspacing": "0", "border": "0"}
    assert tables
    assert all(expected.items() <= table.items() for table in tables)
    assert (
        mail.count("<table")
        == mail.count('<table role="presentation"') + mail.count("<table class")
        == len(tables) + 1
    )  # one for Outlook


def test_headings_descend_in_order_from_one_h1(parsed: list[Any]) -> None:
    """A reader who jumps from heading to heading meets no gap."""
    levels = [int(e.tag[1]) for e in parsed if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(2) == 5  # highlights, four parts


def test_link_texts_are_unique_and_say_where_they_lead(parsed: list[Any]) -> None:
    """What is heard of a link never leads to two places, and no link is empty or a bare "read
    more".
    """
    targets = defaultdict(set)
    for link in (e for e in parsed if e.tag == "a"):
        targets[link.attrs.get("aria-label") or link.text.strip()].add(link.attrs["href"])
    assert all(len(hrefs) == 1 for hrefs in targets.values())
    assert not {"", "read more", "here", "link", "more"} & {text.lower() for text in targets}


def test_links_are_underlined_not_only_coloured(parsed: list[Any]) -> None:
    """Colour alone tells a colour-blind reader nothing."""
    assert not [
        e for e in parsed if e.tag == "a" and "text-decoration:none" in e.attrs.get("style", "")
    ]


def test_text_is_at_least_14_px_with_room_between_lines(mail: str) -> None:
    """Sizes are in px, none below 14, and lines are at least 1.15 times as high (headings) or 1.4
    (text).
    """
    pairs = re.findall(r"font-size:\s*(\d+)px[^}\"]*?line-height:\s*(\d+)px", styles(mail))
    sizes = [int(size) for size in re.findall(r"font-size:\s*(\d+)", styles(mail))]
    assert min(sizes) >= 14
    assert all(
        int(height) >= 1.4 * int(size) for size, height in pairs if int(size) in {15, 16, 17}
    )
    assert all(int(height) >= 1.15 * int(size) for size, height in pairs)


def luminance(colour: str) -> float:
    """Relative luminance of a hex colour (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ["ink", "muted", "accent"])
def test_contrast_is_aa_in_both_schemes(env: Environment, scheme: str, role: str) -> None:
    """Text stands out 4.5:1 or more (WCAG 2.2, 1.4.3), and nothing is pure black or white."""
    palette = getattr(env.get_template("palette.j2").module, scheme)
    darker, lighter = sorted([luminance(palette["paper"]), luminance(palette[role])])
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
    assert not {"#000000", "#ffffff"} & set(palette.values())


def test_dark_rules_cover_every_colour_that_is_inlined(mail: str) -> None:
    """An element with a light colour of its own carries a class that the dark sheet recolours, with
    !important.
    """
    dark = mail[mail.index("prefers-color-scheme:dark") :].partition("[data-ogsc]")[0]
    assert dark.count("{") - 1 == dark.count("!important")
    coloured = re.findall(
        r'<(?!a )\w+[^>]*class="([^"]+)"[^>]*style="[^"]*(?<![-\w])(?:color|background-color):',
        mail,
    )
    assert coloured
    assert all(re.search(rf"\.(?:{'|'.join(classes.split())})[,{{ ]", dark) for classes in coloured)
    assert "[data-ogsc] .ink" in mail


def test_css_holds_nothing_that_mail_clients_do_not_know(mail: str, parsed: list[Any]) -> None:
    """No variables, rem, flex, grid, web fonts, named black or white; no script, form, image or
    outside sheet.
    """
    found = re.findall(
        r"var\(|\drem|flex|grid|@font-face|@import|url\(|light-dark|#000\b|#fff\b|#000000|#ffffff|:\s*(?:black|white)\b",
        styles(mail),
    )
    assert found == []
    assert not {e.tag for e in parsed} & {
        "script",
        "link",
        "img",
        "form",
        "iframe",
        "svg",
        "main",
        "section",
        "article",
        "nav",
    }
    assert not [
        e for e in parsed if e.attrs.get("href", "").startswith("#")
    ]  # in-page links break in many clients
    # Gmail drops a larger one whole
    assert len(re.search(r"<style>(.*?)</style>", mail, re.DOTALL)[1]) < 16_000  # type: ignore[index]


def test_styles_are_inlined(parsed: list[Any]) -> None:
    """Gmail's mobile site keeps no style sheet: size and colour stand on the elements."""
    for tag in ("h1", "h2", "h3", "p"):
        assert all(
            "font-size:" in e.attrs["style"] or "padding" in e.attrs["style"]
            for e in parsed
            if e.tag == tag
        )


def test_the_preheader_is_the_first_text_and_hidden(mail: str, view: IssueView) -> None:
    """What an inbox shows beside the subject is ours to say."""
    body = mail[mail.index("<body") :]
    assert re.match(
        r"<body[^>]*>\s*<div class=\"preheader\""
        r" style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">",
        body,
    )
    assert view.preheader in body


def test_color_scheme_metas_are_there(parsed: list[Any]) -> None:
    """Apple Mail and Thunderbird darken themselves only when told that we know how."""
    metas = {e.attrs.get("name"): e.attrs.get("content") for e in parsed if e.tag == "meta"}
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"


def test_read_online_needs_an_address(draft: Draft, env: Environment, mail: str) -> None:
    """It leads to the archive's page, and is not there when there is no archive online."""
    assert 'href="https://token.example/news/issues/2026-02-05-daily/"' in mail
    assert "Read online" not in email_html(issue_view(draft, Newsletter(), {}), env)


def test_every_story_and_source_is_in_the_mail(mail: str, view: IssueView) -> None:
    """Nothing is lost on the way."""
    assert all(story.headline in mail for section in view.sections for story in section.stories)
    assert all(f'href="{source.url}"' in mail for source in view.sources)


def test_a_usual_issue_is_far_from_the_limit(mail: str) -> None:
    """Fifteen stories leave half of the budget."""
    assert len(mail.encode()) < MAX_BYTES / 2
    assert email_warnings(mail) == []


def test_a_large_mail_warns_and_a_larger_one_is_refused(
    draft: Draft, newsletter: Newsletter, facts: Mapping[str, SourceFacts], env: Environment
) -> None:
    """60 KB is said, 80 KB is an error that names the issue."""

    def mail_of(stories: int) -> str:
        items = tuple(
            Item(f"s{n}", f"Headline {n}", "Some words that fill a line. " * 25)
            for n in range(stories)
        )
        return email_html(
            issue_view(replace(draft, parts=(Part("Top Stories", items),)), newsletter, facts), env
        )

    large = mail_of(50)
    assert WARN_BYTES < len(large.encode()) < MAX_BYTES
    assert len(email_warnings(large)) == 1
    with pytest.raises(IssueError, match="2026-02-05-daily: the mail has"):
        mail_of(120)


def test_extracts_are_said_once_or_marked_where_mixed(
    draft: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """The colophon says whose words they are; only a mixed issue marks stories."""
    everything = frozenset(item.id for part in draft.parts for item in part.items)
    pure = email_html(issue_view(draft, newsletter, {}, everything), env)
    written = email_html(issue_view(draft, newsletter, {}), env)
    assert "Written with gpt-example from the sources named" in written
    mixed = email_html(issue_view(draft, newsletter, {}, frozenset({"s1"})), env)
    assert "Sentences are the sources" in pure
    assert "s own words</em>" not in pure
    assert mixed.count("s own words</em>") == 1
