"""What the subscriber lists of other services look like: recognised by their columns, and what
their columns say of a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from digest.deliver.reader import ReaderState

Row = Mapping[str, str]  # by column, its name in lower case with _ for spaces
Told = tuple[ReaderState, str]  # the state that a row tells, and what in it says so

_YES = frozenset({"true", "yes", "1", "t", "y"})
_NO = frozenset({"false", "no", "0", "f", "n"})


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A service's export: the columns that no other has, where the address stands, what a row says
    of the state, and the columns of language and editions.
    """

    name: str
    marks: tuple[frozenset[str], ...]  # one of these sets of columns must be there
    address: str
    state: Callable[[Row], Told | None]
    language: str = "language"
    editions: str = ""


def recognised(columns: frozenset[str]) -> ListFormat | None:
    """The format of a file with these columns, None when there is none with addresses."""
    for known in _FORMATS:
        if known.address in columns and any(marks <= columns for marks in known.marks):
            return known
    return next((_plain(name) for name in _PLAIN_ADDRESS if name in columns), None)


def _substack(row: Row) -> Told:
    if row.get("email_disabled", "").lower() in _YES:
        return "unsubscribed", "Substack: email_disabled"
    return "confirmed", f"Substack: since {_since(row, 'created_at', 'start date')}"


def _ghost(row: Row) -> Told:
    if row.get("deleted_at"):
        return "unsubscribed", "Ghost: deleted"
    if row.get("subscribed_to_emails", "").lower() in _NO:
        return "unsubscribed", "Ghost: not subscribed to emails"
    return "confirmed", f"Ghost: since {_since(row, 'created_at')}"


_BUTTONDOWN: Mapping[str, ReaderState] = {
    "unactivated": "pending",
    "unsubscribed": "unsubscribed",
    "removed": "unsubscribed",
    "unpaid": "unsubscribed",
    "blocked": "unsubscribed",
    "spammy": "unsubscribed",
    "disabled": "unsubscribed",
    "undeliverable": "bounced",
    "bounced": "bounced",
    "complained": "complained",
}


def _buttondown(row: Row) -> Told:
    kind = row.get("type") or row.get("subscriber_type") or "regular"
    state = _BUTTONDOWN.get(kind.lower(), "confirmed")
    if row.get("unsubscription_date"):
        state = "unsubscribed"
    return state, f"Buttondown: {kind}, since {_since(row, 'creation_date')}"


def _mailchimp(row: Row) -> Told:
    if row.get("unsub_time"):
        return "unsubscribed", f"Mailchimp: {row.get('unsub_reason') or row['unsub_time']}"
    if row.get("clean_time"):
        return "bounced", f"Mailchimp: cleaned {row['clean_time']}"
    return "confirmed", f"Mailchimp: since {_since(row, 'confirm_time', 'optin_time')}"


def _listmonk(row: Row) -> Told:
    status = row.get("status", "enabled").lower()
    if status in {"blocklisted", "disabled"}:
        return "unsubscribed", f"listmonk: {status}"
    if row.get("subscription_status", "").lower() == "unconfirmed":
        return "pending", "listmonk: unconfirmed"
    if row.get("subscription_status", "").lower() == "unsubscribed":
        return "unsubscribed", "listmonk: unsubscribed"
    return "confirmed", f"listmonk: since {_since(row, 'created_at')}"


_WORDS: Mapping[str, ReaderState] = {
    "pending": "pending", "unconfirmed": "pending",
    "confirmed": "confirmed", "active": "confirmed",
    "subscribed": "confirmed", "enabled": "confirmed",
    "unsubscribed": "unsubscribed", "inactive": "unsubscribed",
    "removed": "unsubscribed", "blocklisted": "unsubscribed",
    "bounced": "bounced", "cleaned": "bounced", "complained": "complained",
}  # fmt: skip


def _own(row: Row) -> Told | None:
    """Our own export, or any list with a column that says the state in a word."""
    word = row.get("state") or row.get("status") or ""
    if not word:
        return None
    if word.lower() not in _WORDS:
        raise ValueError(f"has the state '{word[:30]}', which is none of {', '.join(_WORDS)}")
    return _WORDS[word.lower()], row.get("why", "")


def _since(row: Row, *columns: str) -> str:
    return next((row[name] for name in columns if row.get(name)), "an unknown day")


_FORMATS = (
    ListFormat(
        "Substack",
        (
            frozenset({"active_subscription", "created_at"}),
            frozenset({"stripe_plan", "start_date"}),
        ),
        "email",
        _substack,
    ),
    ListFormat("Ghost", (frozenset({"subscribed_to_emails"}),), "email", _ghost),
    ListFormat(
        "Mailchimp",
        (frozenset({"leid", "euid"}), frozenset({"member_rating"}), frozenset({"optin_time"})),
        "email_address",
        _mailchimp,
    ),
    ListFormat(
        "Buttondown",
        (
            frozenset({"creation_date", "type"}),
            frozenset({"creation_date", "subscriber_type"}),
            frozenset({"creation_date", "referrer_url"}),
        ),
        "email",
        _buttondown,
    ),
    ListFormat(
        "Buttondown",
        (frozenset({"creation_date", "type"}), frozenset({"creation_date", "subscriber_type"})),
        "email_address",
        _buttondown,
    ),
    ListFormat(
        "listmonk",
        (frozenset({"uuid", "attributes"}), frozenset({"name", "attributes"})),
        "email",
        _listmonk,
    ),
)
_PLAIN_ADDRESS = ("email", "e_mail", "email_address", "mail", "address")


def _plain(address: str) -> ListFormat:
    return ListFormat("plain", (), address, _own, editions="editions")
