"""On how many examples a property is tried."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(count: int, **options: Any) -> settings:
    """`count` of them, and ten times as many under `make slow`, whose profile says so."""
    return settings(max_examples=count * settings().max_examples // 100, **options)
