"""How each model at each endpoint wants to be asked, so that the next run need not find out
again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.llm.structured_output import Manner
from digest.store.column_values import moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from digest.store.thread_connection import Shared

_FIELDS = {field.name for field in fields(Manner)}
FORGET = timedelta(days=30)  # servers learn: after so long all is tried again


def load(db: Shared, now: datetime) -> dict[tuple[str, str], Manner]:
    """What is known, by base URL and model; what was found out too long ago, or by another version,
    is left out.
    """
    known = {}
    for row in db.read("SELECT * FROM endpoints"):
        manner = json.loads(row["manner"])
        if moment(row["found_at"]) > now - FORGET and manner.keys() == _FIELDS:
            known[row["base_url"], row["model"]] = Manner(**manner)
    return known


def save(db: Shared, base_url: str, model: str, manner: Manner, now: datetime) -> None:
    """Keep what a run found out; what it merely confirmed keeps its date."""
    db.write(
        """INSERT INTO endpoints (base_url, model, manner, found_at) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET manner = excluded.manner, found_at = excluded.found_at
           WHERE manner != excluded.manner OR found_at <= ?""",
        (base_url, model, json.dumps(asdict(manner)), stamp(now), stamp(now - FORGET)),
    )
