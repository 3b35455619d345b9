"""What a reader's mail address may be (RFC 5321, RFC 6531), narrower than the standards where the
rest is only good for mischief.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 254  # RFC 5321, 4.5.3.1.3, without the angle brackets
LONGEST_LOCAL = 64  # octets
_ATEXT = frozenset("!#$%&'*+/=?^_`{|}~-")  # RFC 5322, besides letters and digits
_LETTERS = frozenset("LMN")  # letters, marks and numbers of any script (RFC 6532)
_DOMAIN = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z"
)
# What spreadsheets and mail programs take for a command when a text begins with it.
_COMMANDS = frozenset("-=+@|")


def reader_address(given: str) -> str:
    """The address as it is written to: normalised (NFC), its domain in ASCII and lower case.

    Raises ValueError with the reason, a phrase that goes on from the address.
    """
    text = unicodedata.normalize("NFC", given.strip(" \t"))
    if not text:
        raise ValueError("is empty")
    if any(not c.isprintable() or c.isspace() for c in text):
        raise ValueError("holds white space or a control character")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise ValueError("is no mail address such as reader@example.org")
    _check_local(local)
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address.encode()) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    return address


def identity(address: str) -> str:
    """What makes two addresses one reader: letter case makes no difference."""
    local, _, domain = address.rpartition("@")
    return f"{unicodedata.normalize('NFC', local.casefold())}@{domain.lower()}"


def is_ascii(address: str) -> bool:
    """Can any mail server take it, or only one with SMTPUTF8?"""
    return address.isascii()


def _check_local(local: str) -> None:
    if any(not _allowed(c) for c in local):
        raise ValueError("holds a character before the @ that is not taken")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise ValueError("has a dot where none may stand")
    if local[0] in _COMMANDS:
        raise ValueError(f"begins with '{local[0]}'")
    if len(local.encode()) > LONGEST_LOCAL:
        raise ValueError(f"has more than {LONGEST_LOCAL} characters before the @")


def _allowed(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "." or character in _ATEXT
    return unicodedata.category(character)[0] in _LETTERS


def _ascii_domain(domain: str) -> str:
    import idna  # its tables are large, and only new addresses need them

    try:
        ascii_domain = idna.encode(domain, uts46=True, std3_rules=True).decode().lower()
    except idna.IDNAError:
        raise ValueError("has no valid domain after the @") from None
    if not _DOMAIN.match(ascii_domain) or ascii_domain.rpartition(".")[2].isdigit():
        raise ValueError("has no valid domain after the @")
    return ascii_domain
