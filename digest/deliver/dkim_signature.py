"""Signing messages (DKIM, RFC 6376) with a key of one's own, for whose mail server does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# RFC 8058 wants both List headers signed; dkimpy by itself signs the first alone.
SIGNED = (
    "from", "to", "reply-to", "subject", "date", "message-id", "mime-version", "content-type",
    "list-id", "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip


def signer(domain: str, selector: str, key_file: Path) -> Callable[[bytes], bytes]:
    """What makes the DKIM-Signature header of a message. Raises UsageError without dkimpy, or when
    the key cannot be read.
    """
    try:
        import dkim  # type: ignore[import-untyped]
    except ImportError:
        raise UsageError("mail.dkim needs dkimpy: pip install 'digest-newsletter[dkim]'") from None
    try:
        key = key_file.read_bytes()
    except OSError as error:
        raise UsageError(f"mail.dkim.key: {key_file} cannot be read: {error.strerror}") from None

    def sign(mail: bytes) -> bytes:
        signature: bytes = dkim.sign(
            mail,
            selector.encode(),
            domain.encode(),
            key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode() for name in SIGNED],
        )
        return signature

    try:
        sign(b"From: a@b.example\r\n\r\n\r\n")
    except (dkim.DKIMException, ValueError) as error:
        raise UsageError(f"mail.dkim.key: {key_file} is no key to sign with: {error}") from None
    return sign
