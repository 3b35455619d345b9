#!/bin/sh
# lxml puts the text behind <embed>, <source>, <track> and <wbr> inside of them.
#
# Seen with lxml 6.1.3 (libxml2 as its wheel brings it), Python 3.11, on 2026-11-30.
# The HTML Standard calls these elements void: they have no content and no end tag (13.1.2,
# "Elements"), and lxml's own list, lxml.html.defs.empty_tags, says so too. Its parser makes the rest
# of the paragraph their content, and its serialiser writes end tags for them. Whoever removes a <wbr>
# or an <embed> with what is in it, as cleaners and extractors do, removes the sentence behind it.
# <br>, <img> and the other void elements are parsed as such.
set -eu
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check lxml==6.1.3

"$place/venv/bin/python" >"$place/seen" <<'PYTHON'
import lxml.html
from lxml.html.defs import empty_tags

CASES = (
    ("br", "Sales rose <br>by a fifth."),
    ("img", 'Sales rose <img src="a.png" alt="">by a fifth.'),
    ("wbr", "Sales rose <wbr>by a fifth."),
    ("embed", 'Sales rose <embed src="a.svg">by a fifth.'),
    ("source", '<video><source src="a.mp4">Sales rose by a fifth.</video>'),
    ("track", '<video src="a.mp4"><track src="a.vtt">Sales rose by a fifth.</video>'),
)
for tag, line in CASES:
    page = lxml.html.fromstring(f"<div><p>{line}</p></div>")
    element = page.find(f".//{tag}")
    written = lxml.html.tostring(page[0], encoding="unicode")
    element.drop_tree()
    print(tag, tag in empty_tags, repr(element.text), written, "->", repr(page.text_content()))
PYTHON

cat >"$place/expected" <<'TEXT'
br True None <p>Sales rose <br>by a fifth.</p> -> 'Sales rose by a fifth.'
img True None <p>Sales rose <img src="a.png" alt="">by a fifth.</p> -> 'Sales rose by a fifth.'
wbr True 'by a fifth.' <p>Sales rose <wbr>by a fifth.</wbr></p> -> 'Sales rose '
embed True 'by a fifth.' <p>Sales rose <embed src="a.svg">by a fifth.</embed></p> -> 'Sales rose '
source True 'Sales rose by a fifth.' <p><video><source src="a.mp4">Sales rose by a fifth.</source></video></p> -> ''
track True 'Sales rose by a fifth.' <p><video src="a.mp4"><track src="a.vtt">Sales rose by a fifth.</track></video></p> -> ''
TEXT
diff "$place/expected" "$place/seen" && echo "as seen on 2026-11-30"
