"""Which addresses let in whoever has them."""

from __future__ import annotations

import pytest

from digest.net.subscriber_keys import subscriber_key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://cdn.example/1.mp3?auth=q7Rk20vWz81mN4&k=1", "auth"),
        ("https://pods.example/e/9.mp3?x=1&Access_Token=eyJhbGciOi.J9.x_-y", "Access_Token"),
        ("https://s3.example/9.mp3?Expires=1&Signature=Ab%2Fcd%2Bef0123456789%3D", "Signature"),
        ("https://s3.example/9.mp3?X-Amz-Signature=0123456789abcdef", "X-Amz-Signature"),
        ("https://ann:s3cret@feeds.example/9", "a password"),
        ("https://news.example/?token=1", ""),
        ("https://news.example/?auth=true&id=123456789012345", ""),
        ("https://news.example/story?sid=24/11/30/1234567", ""),
        ("https://news.example/the-token-economy?utm_source=auth", ""),
        ("https://news.example/secret-of-the-chips", ""),
        ("https://news.example/?token=what+a+token+costs+now", ""),
        ("http://[bad?token=0123456789abcdef", ""),
        ("", ""),
    ],
)
def test_what_is_a_key(url: str, key: str) -> None:
    """A parameter of that name with a value as long as keys are, or a password."""
    assert subscriber_key(url) == key
