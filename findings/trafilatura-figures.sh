#!/bin/sh
# trafilatura leaves out quotations, paragraphs, lists and code that stand in a <figure>, in every
# mode.
#
# Seen with trafilatura 2.3.1, Python 3.11, on 2026-11-30. A figure may hold any flow content, and the
# HTML Standard's way to name who said something is a <blockquote> in a <figure> with a <figcaption>
# (4.4.4, "The blockquote element"; 4.4.12, "The figure element"); editors such as WordPress's write
# their quotations so. Of such a figure only a table comes through: the words that were quoted, and
# who said them, are lost, with favor_recall too. The same blockquote without its figure is kept.
set -eu
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6

"$place/venv/bin/python" >"$place/seen" <<'PYTHON'
from trafilatura import extract

TEXT = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "Acme will spend two billion on a hall for its machines in Norway, the company told investors on Tuesday.",
        "Most of the sum goes to the power lines that the three sites lack, its finance chief said on a call.",
        "Analysts had expected a smaller rise, and the shares of the builders that work for Acme gained by a tenth.",
        "The first of the halls is to open in spring, and a tenant for half of it has signed for fifteen years.",
    )
)
QUOTE = "<blockquote><p>Demand is far ahead of what we can supply this year.</p></blockquote>"
CASES = {
    "blockquote": QUOTE,
    "figure, blockquote": f"<figure>{QUOTE}<figcaption>Ann Roe, who runs the firm</figcaption></figure>",
    "figure, p": "<figure><p>Demand is far ahead of what we can supply this year.</p></figure>",
    "figure, ul": "<figure><ul><li>Demand is far ahead of what we can supply.</li></ul></figure>",
    "figure, table": "<figure><table><tr><td>Demand</td><td>far ahead</td></tr></table></figure>",
}
MODES = {"default": {}, "recall": {"favor_recall": True}, "precision": {"favor_precision": True}}
for name, body in CASES.items():
    page = f"<html lang=en><head><title>A hall</title></head><body><article><h1>A hall</h1>{TEXT}{body}{TEXT}</article></body></html>"
    found = {mode: extract(page, **options) or "" for mode, options in MODES.items()}
    print(name, {mode: ("Demand" in text, "Ann Roe" in text) for mode, text in found.items()})
PYTHON

cat >"$place/expected" <<'TEXT'
blockquote {'default': (True, False), 'recall': (True, False), 'precision': (True, False)}
figure, blockquote {'default': (False, False), 'recall': (False, False), 'precision': (False, False)}
figure, p {'default': (False, False), 'recall': (False, False), 'precision': (False, False)}
figure, ul {'default': (False, False), 'recall': (False, False), 'precision': (False, False)}
figure, table {'default': (True, False), 'recall': (True, False), 'precision': (True, False)}
TEXT
diff "$place/expected" "$place/seen" && echo "as seen on 2026-11-30"
