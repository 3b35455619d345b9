"""What a reader's address may be, and what the messages make of names and subjects that attack."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.leave_links import LeaveWays, asked_to_leave
from digest.deliver.leave_tokens import PLACEHOLDER, Tokens
from digest.deliver.mail_address import identity, reader_address
from digest.deliver.reader_messages import reader_messages
from tests.deliver.conftest import letter

TOKENS = Tokens(b"a secret of thirty-two bytes ...")


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("ann@inbox.example", "ann@inbox.example"),
        (" ann@Inbox.EXAMPLE\t", "ann@inbox.example"),
        ("o'neil+news_1@sub.inbox.example", "o'neil+news_1@sub.inbox.example"),
        ("jürgen@inbox.example", "jürgen@inbox.example"),
        ("ju\u0308rgen@inbox.example", "jürgen@inbox.example"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("用户@例子.example", "用户@xn--fsqu00a.example"),
    ],
)
def test_addresses_are_kept_as_they_are_written_to(given_address: str, kept: str) -> None:
    """Normalised, the domain in ASCII; kept again they are the same."""
    assert reader_address(given_address) == kept
    assert reader_address(kept) == kept


@pytest.mark.parametrize(
    "hostile",
    [
        "", "nobody", "@inbox.example", "ann@", "ann@inbox", "ann@localhost", "a@b@c.example",
        "ann@inbox.example\r\nBcc: all@list.example", "ann\n@inbox.example", "ann@inbox.example\0",
        "Ann <ann@inbox.example>", "<ann@inbox.example>", "ann@inbox.example, bob@inbox.example",
        '"a b"@inbox.example', '"x\\"@y"@inbox.example', "a(comment)@inbox.example",
        ".ann@inbox.example", "ann.@inbox.example", "a..b@inbox.example", "ann@-inbox.example",
        "ann@[127.0.0.1]", "ann@127.0.0.1", "ann@inbox..example", "a" * 65 + "@inbox.example",
        "ann@" + "x" * 64 + ".example", "ann@" + "x." * 130 + "example",
        "an\u200bn@inbox.example", "\u202eann@inbox.example", "ann@in\u00adbox\u2028.example",
        "=cmd|'/C calc'!A0@inbox.example", "-oQ/tmp@inbox.example", "+1@inbox.example",
        "ann;rm@inbox.example", "ann:x@inbox.example", "a\\b@inbox.example", "ann@in_box.example",
    ],
)  # fmt: skip
def test_what_is_only_good_for_mischief_is_refused(hostile: str) -> None:
    """With a reason."""
    with pytest.raises(ValueError, match=r"\w"):
        reader_address(hostile)


@given(st.text(max_size=80))
def test_whatever_is_taken_is_one_line_and_one_address(text: str) -> None:
    """Nothing that a header or a command of SMTP could read as more than that."""
    try:
        kept = reader_address(text)
    except ValueError:
        return
    assert kept.count("@") == 1
    assert kept.isprintable()
    assert not set(kept) & set(' <>,;:"()[]\\')
    assert identity(kept) == identity(identity(kept))


@pytest.mark.parametrize("field", ["subject", "list_name"])
@pytest.mark.parametrize(
    "attack",
    [
        "x\r\nBcc: all@list.example",
        "x\nX-Evil: 1",
        "x\r\n\r\nbody",
        "x\x00\x0b\x0cy\x85z\u2028w",
        'a" <evil@list.example> "',
        "=?utf-8?q?x=0D=0ABcc:_all@list.example?=",
        "é" * 400,
        "word " * 200,
    ],
)
def test_names_and_subjects_make_no_headers(field: str, attack: str) -> None:
    """Either they are refused, or the message has the headers that it should have and no other."""
    try:
        raw = reader_messages(letter(**{field: attack})).for_reader("ann@inbox.example", "t" * 20)
    except ValueError:
        return
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail.keys() == [
        "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
        "List-Unsubscribe-Post", "List-Post", "Precedence", "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert mail.is_multipart()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()


@given(st.integers(0, 2**40), st.sampled_from(["daily", "insights"]))
def test_a_token_is_its_readers_own(number: int, edition: str) -> None:
    """Read back it is that reader; for another edition, with another secret, it is none."""
    token = TOKENS.token(number, edition)
    assert len(token) == 20
    assert TOKENS.reader(token, edition) == number
    assert TOKENS.reader(token, f"{edition}x") is None
    assert Tokens(b"another").reader(token, edition) is None


@given(st.integers(0, 10_000), st.integers(0, 19), st.sampled_from("AZaz09-_=.%/é"))
def test_a_token_that_is_changed_anywhere_is_none(number: int, place: int, other: str) -> None:
    """Cut, lengthened, or with another character."""
    token = TOKENS.token(number, "daily")
    changed = token[:place] + other + token[place + 1 :]
    assert TOKENS.reader(token[:-1], "daily") is None
    assert TOKENS.reader(f"{token}A", "daily") is None
    if changed != token:
        assert TOKENS.reader(changed, "daily") is None


def test_the_placeholder_is_nobodys_token() -> None:
    """Of the length of a token, so that lines break where they would."""
    assert len(PLACEHOLDER) == 20
    assert TOKENS.reader(PLACEHOLDER, "daily") is None


def test_a_request_by_mail_is_read_back() -> None:
    """The subject that List-Unsubscribe asks for, also with what mail programs put before it."""
    ways, token = LeaveWays("daily", "", "leave@ledger.example"), TOKENS.token(7, "daily")
    assert ways.mailto(token) == f"mailto:leave@ledger.example?subject=leave%20daily%20{token}"
    assert asked_to_leave(f"Re: leave daily {token}") == ("daily", token)
    assert asked_to_leave("leave me alone") is None


@given(st.text('ab =é\n<>".', max_size=300))
def test_the_links_are_filled_in_wherever_lines_break(before: str) -> None:
    """Quoted-printable may break a line in the middle of a token."""
    link = f"https://lists.example/u/daily/{PLACEHOLDER}"
    made = letter(html=f'<p>{before}<a href="{link}">x</a></p>', text=f"{before} {link}\n")
    mail = message_from_bytes(
        reader_messages(made).for_reader("ann@inbox.example", "token-of-ann-12345_x"),
        policy=policy.default,
    )
    text, html = (part.get_content() for part in mail.iter_parts())
    assert text.rstrip().endswith("/u/daily/token-of-ann-12345_x")
    assert '/u/daily/token-of-ann-12345_x"' in html
    assert PLACEHOLDER not in text + html
