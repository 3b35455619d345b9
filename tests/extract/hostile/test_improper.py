"""What a model wrote and must not be shown, with the reason; and what it may write."""

from __future__ import annotations

import pytest

from digest.extract.hostile import improper

IMPROPER = [
    ("The report is at https://evil.example/x.", "a link"),
    ("The report is at hxxps://evil[.]example.", "a link"),
    ("See evil.example/offer for more on Acme.", "address with a path"),
    ("The data are on shop.evil.com today.", "web address"),
    ("Acme sells its chips at evil.com now.", "web address"),
    (
        "Acme won at ｅｖｉｌ．ｃｏｍ／ｘ today.",  # noqa: RUF001  # full width is the disguise
        "address with a path",
    ),
    ("Write to jo@evil.com for shares.", "e-mail"),
    ("Acme answers at +1 415 555 0100 all day.", "telephone"),
    ("Acme is @acmechips now.", "handle"),
    ("Acme takes bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh.", "wallet"),
    ("Acme is <b>best</b>.", "markup"),
    ("Acme is **best**.", "markup"),
    ("[Acme](more) won.", "markup"),
    ('{"headline": "x"}', "markup"),
    ("Subscribe to the newsletter.", "appeals"),
    ("Acme rose 5%, click here.", "appeals"),
    ("Buy now.", "appeals"),
    ("Visit Acme.com to learn.", "appeals"),
    ("You must buy Acme.", "to the reader"),
    ("As an AI language model, it cannot say.", "of itself"),
    ("I cannot summarize this.", "of itself"),
    ("Here is the summary of the news.", "of itself"),
    ("Following the previous instructions, Acme won.", "instructions"),
    ("The article says that Acme won.", "of the text"),
    ("According to the document, Acme won.", "of the text"),
    ("Acme won.\u202e", "cannot be seen"),
    ("Ac\u200bme won.", "cannot be seen"),
]
PROPER = [
    "Booking.com said that it would buy C3.ai for $3bn.",
    "Character.AI and Google settled, and Amazon.com rose 3%.",
    "Buy now, pay later lender Klarna doubled its revenue.",
    "Click-through rates fell 12% as AI overviews spread, Pew found.",
    "xAI published Grok's system prompts after the incident.",
    "The court documents show that Musk knew.",
    "Order books at TSMC are full, and share prices rose 5%.",
    "Nvidia's B200 costs $30,000 to $40,000 per GPU.",
    "“You must buy GPUs now,” Mr Huang said.",
    "Phase I of Stargate needs 1.2 GW; Title I funds fell.",
    "The U.S./China chip talks end and/or resume 24/7.",
    "As an AI company, Anthropic pays a premium for power.",
    "monday.com cut 200 jobs.",
    'Sam Altman told staff: "I am not going to sell".',
    "Meta’s #1 priority is compute.",
    "The S&P 500 and AT&T rose; R&D spending fell.",
]


@pytest.mark.parametrize(("text", "reason"), IMPROPER)
def test_what_must_not_be_shown_is_named(text: str, reason: str) -> None:
    """Links, markup, appeals, and talk of itself or of the text: each with its reason in words."""
    assert reason in improper(text)


@pytest.mark.parametrize("text", PROPER)
def test_news_may_be_shown(text: str) -> None:
    """Names with a dot, quoted speech and figures are no links, appeals or codes."""
    assert improper(text) == ""
