"""What stands in a transcript's place and is none: a web page, a feed, a file of another program.
Pure.
"""

from __future__ import annotations

import re

from digest.transcript.html_transcripts import calls_itself_transcript, is_page
from digest.transcript.xml_captions import is_xml_captions

_FILES = (
    (re.compile(r"%PDF-"), "a PDF file"),
    (re.compile(r"PK\x03\x04"), "a ZIP file, as word processors write"),
    (re.compile(r"\{\\rtf"), "an RTF file"),
    (re.compile(r"\d{3}STL\d\d"), "EBU STL captions, which are binary"),
    (re.compile(r"\{\d+\}\{\d*\}"), "MicroDVD captions, which have no times"),
    (re.compile(r"<SAMI\b", re.IGNORECASE), "SAMI captions"),
)
_XML = re.compile(r"\s*(?:<\?xml|<(?:rss|feed|rdf:RDF|Error|svg|urlset)[\s>])", re.IGNORECASE)
_SPEAKS = re.compile(
    r"<(?:cite|time)\b|^[\[(]?(?:\d{1,2}:)?\d{1,3}:\d\d[\])]?(?:\s|$)", re.IGNORECASE | re.MULTILINE
)
_SIGNS = 3  # times or speakers that make a page one of talk


def no_transcript(text: str, lines: str = "") -> str:
    """What a text is instead of a transcript, in a few words; "" when it may be one. `lines` is a
    page's plain text.
    """
    begun = text.lstrip("\ufeff \t\r\n")
    for pattern, what in _FILES:
        if pattern.match(begun):
            return what
    if is_xml_captions(begun):
        return ""
    if is_page(begun):
        talks = len(_SPEAKS.findall(begun)) + len(_SPEAKS.findall(lines)) >= _SIGNS
        return "" if talks or calls_itself_transcript(begun) else "a web page without a transcript"
    return "XML that is no captions" if _XML.match(begun) else ""
