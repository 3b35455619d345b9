#!/bin/sh
# feedparser-rs reads an Atom feed whose elements have a namespace prefix as an empty feed, and calls
# it sound.
#
# Seen with feedparser-rs 0.7.1, beside feedparser 6.0.14 whose interface it offers, Python 3.11, on
# 2026-11-30. A prefix means nothing by itself (Namespaces in XML 1.0, section 2; RFC 4287, section
# 1.2: "the choice of any namespace prefix is arbitrary and not semantically significant"). The same
# feed with its namespace as the default has its entry. With a prefix there is no title, no entry and
# no error: `bozo` is False, so nobody who checks for trouble learns that a subscription went silent.
set -eu
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check feedparser-rs==0.7.1 feedparser==6.0.14

"$place/venv/bin/python" >"$place/seen" <<'PYTHON'
import feedparser
import feedparser_rs

FEED = """<?xml version="1.0" encoding="utf-8"?>
<{p}feed xmlns{x}="http://www.w3.org/2005/Atom">
  <{p}title>Harbour Ledger</{p}title>
  <{p}id>tag:ledger.example,2026:feed</{p}id>
  <{p}updated>2026-11-30T08:00:00Z</{p}updated>
  <{p}author><{p}name>Ann Roe</{p}name></{p}author>
  <{p}entry>
    <{p}title>A hall opens</{p}title>
    <{p}id>tag:ledger.example,2026:1</{p}id>
    <{p}updated>2026-11-30T08:00:00Z</{p}updated>
    <{p}link href="https://ledger.example/1"/>
    <{p}summary>It cost two billion.</{p}summary>
  </{p}entry>
</{p}feed>"""
for name, parser in (("feedparser", feedparser), ("feedparser-rs", feedparser_rs)):
    for kind, p, x in (("default", "", ""), ("prefix", "a:", ":a")):
        read = parser.parse(FEED.format(p=p, x=x).encode())
        titles = [entry.title for entry in read.entries]
        print(name, kind, read.feed.get("title"), titles, "bozo", bool(read.bozo))
PYTHON

cat >"$place/expected" <<'TEXT'
feedparser default Harbour Ledger ['A hall opens'] bozo False
feedparser prefix Harbour Ledger ['A hall opens'] bozo False
feedparser-rs default Harbour Ledger ['A hall opens'] bozo False
feedparser-rs prefix None [] bozo False
TEXT
diff "$place/expected" "$place/seen" && echo "as seen on 2026-11-30"
