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
from digest.render.mail_html import MAX_BYTES, WARN_BYTES, HtmlMail, email_html, html_mail
from digest.render.view import IssueView, issue_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment


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
    """Gmail's mobile site keeps no style sheet: size, colour and distance stand on the elements, or
    on the column that they inherit them from.
    """
    for tag in ("h1", "h2", "h3", "p"):
        assert all("margin:" in e.attrs["style"] for e in parsed if e.tag == tag)
    column = next(e.attrs["style"] for e in parsed if "gutter" in e.attrs.get("class", ""))
    assert all(
        f"{name}:" in column for name in ("font-family", "font-size", "line-height", "color")
    )
    assert all("color:" in e.attrs["style"] for e in parsed if e.tag == "a")


def test_a_story_costs_less_than_its_words_again(mail: str, view: IssueView) -> None:
    """What is the same for all stands once: a story's styles have at most 320 characters."""
    rows = re.findall(r'<tr>\n<td class="story.*?</tr>', mail, re.DOTALL)
    assert len(rows) > 10
    styled = [sum(map(len, re.findall(r'style="([^"]*)"', row))) for row in rows]
    assert max(styled) <= 320


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
    """Fifteen stories leave more than half of the budget."""
    assert len(mail.encode()) < MAX_BYTES * 0.4
    assert HtmlMail(mail, 0, online=True).notice == ""


def large(draft: Draft, stories: int, sections: int = 1) -> Draft:
    """The draft with so many stories of some 150 words in each section."""
    parts = tuple(
        Part(
            f"Section {section}",
            tuple(
                Item(f"s{section}-{n}", f"Headline {n}.", "Some words that fill a line. " * 25)
                for n in range(stories)
            ),
        )
        for section in range(sections)
    )
    return replace(draft, parts=parts)


def test_a_large_mail_says_so(draft: Draft, newsletter: Newsletter, env: Environment) -> None:
    """From 60 KB on the editor is told what would come."""
    mail = html_mail(issue_view(large(draft, 60), newsletter, {}), env)
    assert WARN_BYTES < len(mail.html.encode()) < MAX_BYTES
    assert mail.behind == 0
    assert (
        mail.notice
        == f"the mail has {len(mail.html.encode()) / 1000:.1f} KB, and beyond 80.0 KB it ends early"
    )


def test_what_a_mail_has_no_room_for_is_read_online(
    draft: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """As many of the first stories as fit, then how many more there are and where."""
    mail = html_mail(issue_view(large(draft, 60, sections=2), newsletter, {}), env)
    assert MAX_BYTES * 0.97 < len(mail.html.encode()) <= MAX_BYTES
    told = mail.html.count("<h3")
    assert told + mail.behind == 120
    assert f"{mail.behind} more stories: <a " in mail.html
    assert re.search(
        r'href="https://token\.example/news/issues/[^"]*"[^>]*>read the whole', mail.html
    )
    assert ">Section 1<" in mail.html
    assert mail.notice.startswith(f"the mail ends {mail.behind} stories early: Gmail would cut")
    nowhere = html_mail(issue_view(large(draft, 120), Newsletter(), {}), env)
    assert f"{nowhere.behind} more stories had no room in this mail." in nowhere.html
    assert "early, and newsletter.url, where it would be read, is not set" in nowhere.notice


def test_a_mail_that_is_full_before_its_first_story_is_refused(
    draft: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """There is nothing then that could be left to be read online."""
    view = issue_view(replace(draft, greeting="Good morning to you. " * 5000), newsletter, {})
    with pytest.raises(
        IssueError, match=r"2026-02-05-daily: the mail has more than 80\.0 KB before"
    ):
        html_mail(view, env)


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
