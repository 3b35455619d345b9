"""Strangers' text kept from speaking to the machine, and a model's text kept from speaking for
strangers. Pure.

`disarmed` before a document is read, `fenced` where its text goes into a prompt, `improper` on what
a model writes.
"""

from __future__ import annotations

from digest.extract.hostile.disarm import disarmed
from digest.extract.hostile.fence import fenced
from digest.extract.hostile.own_answers import improper

__all__ = ["disarmed", "fenced", "improper"]
