"""The bench of mail sends what it says it measures."""

from __future__ import annotations

from bench import mail
from tests.mail_sink import mail_sink


def test_both_senders_hand_over_the_same_messages() -> None:
    """As many, and of the same size, on as many connections."""
    with mail_sink() as ours, mail_sink() as bare:
        assert mail.ours(ours.port, 12, 2) > 0
        assert mail.bare(bare.port, 12, 2) > 0
    assert ours.counts == bare.counts
    assert len(ours.counts) == 12
    assert (ours.connections, bare.connections) == (2, 2)
    sizes = [{len(message) for (message,) in sink.taken.values()} for sink in (ours, bare)]
    assert sizes[0] == sizes[1]
