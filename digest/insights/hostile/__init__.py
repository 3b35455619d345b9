"""Strangers' text kept from speaking to the machine, and a model's text kept from speaking for strangers. Pure.

`disarmed` before a document is read, `fenced` where its text goes into a prompt, `improper` on what a model writes.
"""

from __future__ import annotations

from digest.insights.hostile.disarm import disarmed
from digest.insights.hostile.fence import fenced
from digest.insights.hostile.proper import improper

__all__ = ["disarmed", "fenced", "improper"]
