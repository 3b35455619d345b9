"""The archive's sitemap (sitemaps.org 0.9): every page that a search engine should know."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.render.archive_feed import timestamp
from digest.render.publication import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import ApprovedIssue

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # addresses that the protocol allows in one file


def sitemap(
    newsletter: Newsletter, newest_first: Sequence[ApprovedIssue], lists: Iterable[str]
) -> str:
    """The sitemap of issues and of pages that list them; `lists` are those pages' folders, by their
    path in the archive. Addresses must be whole, so a newsletter without one has an empty map.
    """
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    if newsletter.url:
        for issue in newest_first[:MOST]:
            _page(root, issue.view.url, timestamp(issue.changed_at))
        for path in list(lists)[: MOST - len(root)]:
            _page(root, address(newsletter, path))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _page(root: ET.Element, location: str, changed: str = "") -> None:
    page = ET.SubElement(root, "url")
    ET.SubElement(page, "loc").text = location
    if changed:
        ET.SubElement(page, "lastmod").text = changed
