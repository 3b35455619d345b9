"""How many words an issue may take from any one source."""

from __future__ import annotations

WORDS_PER_SOURCE = 90  # what quotation allows
