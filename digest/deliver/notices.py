"""Mails that come back: what one is, read from its own structure (RFC 3464, RFC 5965, RFC 3834)
and, for the kinds that have none, from its words. Whom it is about is proven elsewhere.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from digest.deliver.bounce_severity import severity
from digest.deliver.delivery_status import status_failures
from digest.deliver.mail_text import header, outer_parts, own_text, parts_of, text_of
from digest.deliver.notice import Failure, Notice, one_line

if TYPE_CHECKING:
    from email.message import Message

LARGEST = 2_000_000  # bytes that are looked at; what comes back is smaller

_COMPLAINTS = frozenset({"abuse", "fraud", "virus", "other"})  # RFC 5965, 7.3
_OPT_OUTS = frozenset({"opt-out", "opt-out-list"})
_SYSTEMS = re.compile(
    r"(mailer[-_. ]?daemon|post[-_.]?master|mail[-_. ]?delivery|maildaemon|mdaemon|bounce|daemon"
    r"|mailer|microsoftexchange)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"undeliver|not delivered|not be delivered|delivery (status notification|failure|has failed"
    r"|failed|problem|error)|returned mail|mail delivery failed|failure notice|delivery to the"
    r" following|unable to deliver|n.t able to deliver|could ?n.t be delivered|returned to sender",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\bdelay(ed)?\b|will (be retried|keep trying|continue to try|try again)|still trying"
    r"|not yet been delivered|no action is required|this is a warning message only",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"out of (the )?office|automatic reply|auto[- ]?(reply|response|responder)|vacation|on holiday"
    r"|\baway\b|abwesen|automatische antwort|absence|respuesta autom|réponse automatique",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"(confirm|verify|prove).{0,60}(you are|sender|human|person|message|delivery)"
    r"|sender (verification|confirmation)|challenge|awaiting (your )?(approval|verification)",
    re.IGNORECASE | re.DOTALL,
)


def read_notice(raw: bytes) -> Notice:
    """What a mail is, whoever sent it and whatever is wrong with it."""
    if len(raw) > LARGEST:
        return Notice("other", why=f"is larger than {LARGEST // 1_000_000} MB")
    mail = message_from_bytes(raw, policy=policy.compat32)
    return (
        _complaint(mail) or _delivery_report(mail) or _receipt(mail) or _answer(mail)
        or _plain_bounce(mail) or Notice("other", why="is no bounce, complaint or automatic answer")
    )  # fmt: skip


# ---------------------------------------------------------------- with a structure


def _complaint(mail: Message) -> Notice | None:
    """A feedback report (RFC 5965), or the form in which Microsoft hands complaints on."""
    for part in outer_parts(mail):
        if part.get_content_type() == "message/feedback-report":
            found = re.search(r"^Feedback-Type:\s*([\w-]+)", text_of(part), re.I | re.M)
            return _feedback(found[1].lower() if found else "")
    if any(part.get("X-HmXmrOriginalRecipient") for part in parts_of(mail)):
        return Notice("complaint", why="complaint (Microsoft)")
    return None


def _feedback(kind: str) -> Notice:
    if kind in _COMPLAINTS:
        return Notice("complaint", why=f"complaint ({kind})")
    if kind in _OPT_OUTS:
        return Notice("opt-out", why=f"asked to leave ({kind})")
    return Notice("answer", why=f"a report of kind '{one_line(kind)}', which is no complaint")


def _delivery_report(mail: Message) -> Notice | None:
    """A report as RFC 3464 has it; by another name only from a mail system, for people pass on
    what they got.
    """
    for part in outer_parts(mail):
        if part.get_content_type() != "message/delivery-status" and not from_mail_system(mail):
            continue
        told = text_of(part) if part.get_content_maintype() in {"message", "text"} else ""
        if not re.search(r"^(Final|Original)-Recipient:", told, re.I | re.M):
            continue
        if not re.search(r"^(Action|Status):", told, re.I | re.M):
            continue
        failures, actions = status_failures(told, own_text(mail))
        if failures:
            return Notice("bounce", failures, failures[0].why)
        if "delayed" in actions:
            return Notice("delayed", why="is on its way still")
        return Notice("answer", why=f"says '{', '.join(sorted(actions)) or 'nothing'}'")
    return None


def _receipt(mail: Message) -> Notice | None:
    """A mail program's word that the mail was shown, or thrown away unread (RFC 8098)."""
    kinds = {part.get_content_type() for part in outer_parts(mail)}
    if "message/disposition-notification" in kinds:
        return Notice("answer", why="a receipt for a mail that was read")
    return None


# ---------------------------------------------------------------- without one


def _answer(mail: Message) -> Notice | None:
    """An automatic answer that is no bounce: somebody is away, or wants to know who writes."""
    if mail.get("X-Failed-Recipients"):
        return None
    subject, text = header(mail, "Subject"), own_text(mail)
    if _FAILED.search(subject) and from_mail_system(mail):
        return None
    automatic = (
        mail.get("X-Autoreply") or mail.get("X-Autorespond") or mail.get("X-Auto-Reply-From")
        or header(mail, "Precedence").lower() in {"auto_reply", "auto-reply"}
        or header(mail, "Auto-Submitted").lower().startswith("auto-replied")
    )  # fmt: skip
    if _AWAY.search(subject):
        return Notice("answer", why="out of office")
    if _CHALLENGE.search(subject) or (automatic and _CHALLENGE.search(text)):
        return Notice("answer", why="wants to know who writes (challenge)")
    if automatic and not from_mail_system(mail):
        return Notice("answer", why="an automatic answer")
    return None


def _plain_bounce(mail: Message) -> Notice | None:
    """A bounce in a mail system's own words. Whom it is about Mailman's detectors know; how bad it
    is the words say that stand before the mail that is returned.
    """
    if not from_mail_system(mail):
        return None
    subject, text = header(mail, "Subject"), own_text(mail)
    late, gone = _second_opinion(mail)
    failed = mail.get("X-Failed-Recipients") or gone or _FAILED.search(f"{subject}\n{text}")
    if late or (_DELAYED.search(f"{subject}\n{text[:2000]}") and not gone):
        return Notice("delayed", why="is on its way still")
    if not failed:
        return None
    named = header(mail, "X-Failed-Recipients") or " ".join(sorted(gone))
    recipient = named.split(",")[0].split()[0] if named.strip(" ,") else ""
    found = Failure(recipient, severity("", text), one_line(_telling(text)))
    return Notice("bounce", (found,), found.why)


def _second_opinion(mail: Message) -> tuple[frozenset[str], frozenset[str]]:
    """Addresses that Mailman's detectors find delayed, and failing."""
    from flufl.bounce import all_failures  # a detector a mail system, needed here alone

    try:
        late, gone = all_failures(mail)
    except Exception:
        return frozenset(), frozenset()
    return (
        frozenset(one.decode("utf-8", "replace") for one in late),
        frozenset(one.decode("utf-8", "replace") for one in gone),
    )


def from_mail_system(mail: Message) -> bool:
    """Does it come from a program, not from a person? By the empty return path (RFC 5321, 4.5.5),
    or by the name that such programs have.
    """
    path = header(mail, "Return-Path").strip()
    return path == "<>" or bool(
        mail.get("X-Failed-Recipients") or _SYSTEMS.search(header(mail, "From"))
    )


def _telling(text: str) -> str:
    """The line that says why: one with a reply code, else one that says it in words."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    coded = (line for line in lines if re.search(r"\b[45]\d\d[ -]|\b[45]\.\d+\.\d+\b", line))
    said = (line for line in lines if severity("", line) == "hard")
    return next(coded, "") or next(said, "") or (lines[0] if lines else "")
