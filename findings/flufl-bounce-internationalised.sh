#!/bin/sh
# flufl.bounce finds no failure in a delivery report about an internationalised address.
#
# Seen with flufl.bounce 6.0.0 (Mailman's bounce detectors), Python 3.11, on 2026-11-30. RFC 6533
# (Standards Track, 2012) gives reports about mail sent with SMTPUTF8 the address type "utf-8", beside
# "rfc822", and the body type message/global-delivery-status, beside message/delivery-status. A
# report with either of them, "Action: failed" and status 5.1.1, counts as no bounce, even where the
# address itself is ASCII; so such a subscriber is written to for ever. The plain report is found.
set -eu
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check flufl.bounce==6.0.0

"$place/venv/bin/python" >"$place/seen" <<'PYTHON'
from email import message_from_bytes

from flufl.bounce import all_failures

REPORT = """From: MAILER-DAEMON@mx.example
To: bounces@ledger.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The address is not known here.

--b
Content-Type: message/{kind}
Content-Transfer-Encoding: 8bit

Reporting-MTA: dns; mx.example

Final-Recipient: {recipient}
Action: failed
Status: 5.1.1

--b--
"""
for kind, recipient in (
    ("delivery-status", "rfc822; ann@inbox.example"),
    ("delivery-status", "utf-8; ann@inbox.example"),
    ("delivery-status", "utf-8; jos\\x{E9}@inbox.example"),
    ("global-delivery-status", "utf-8; ann@inbox.example"),
    ("global-delivery-status", "utf-8; jos\u00e9@inbox.example"),
):
    report = message_from_bytes(REPORT.format(kind=kind, recipient=recipient).encode())
    temporary, permanent = all_failures(report)
    print(kind, "|", ascii(recipient), "|", sorted(temporary), sorted(permanent))
PYTHON

cat >"$place/expected" <<'TEXT'
delivery-status | 'rfc822; ann@inbox.example' | [] [b'ann@inbox.example']
delivery-status | 'utf-8; ann@inbox.example' | [] []
delivery-status | 'utf-8; jos\\x{E9}@inbox.example' | [] []
global-delivery-status | 'utf-8; ann@inbox.example' | [] []
global-delivery-status | 'utf-8; jos\xe9@inbox.example' | [] []
TEXT
diff "$place/expected" "$place/seen" && echo "as seen on 2026-11-30"
