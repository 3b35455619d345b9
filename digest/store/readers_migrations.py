"""The numbered migrations of the readers' file, kept like those of the state: a landed one is never
changed.
"""

from __future__ import annotations

READERS_ID = 0x64677264  # "dgrd"

READERS_MIGRATIONS: tuple[str, ...] = (
    """
    -- A number is never given twice: tokens and deliveries of who was forgotten mean nobody.
    CREATE TABLE readers (
        number   INTEGER PRIMARY KEY AUTOINCREMENT,
        address  TEXT NOT NULL,
        identity TEXT NOT NULL UNIQUE,
        state    TEXT NOT NULL,
        since    TEXT NOT NULL,
        why      TEXT NOT NULL,
        editions TEXT NOT NULL,
        language TEXT NOT NULL
    ) STRICT;
    CREATE INDEX readers_by_state ON readers (state);

    CREATE TABLE changes (
        reader INTEGER NOT NULL REFERENCES readers (number) ON DELETE CASCADE,
        at     TEXT NOT NULL,
        state  TEXT NOT NULL,
        why    TEXT NOT NULL
    ) STRICT;
    CREATE INDEX changes_by_reader ON changes (reader);

    CREATE TABLE forgotten (
        hash BLOB PRIMARY KEY,
        at   TEXT NOT NULL
    ) STRICT;

    CREATE TABLE secrets (
        name  TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT;

    CREATE TABLE sendings (
        number   INTEGER PRIMARY KEY,
        issue    TEXT NOT NULL UNIQUE,
        edition  TEXT NOT NULL,
        hash     TEXT NOT NULL,
        state    TEXT NOT NULL,
        began_at TEXT NOT NULL,
        ended_at TEXT,
        owner    TEXT NOT NULL
    ) STRICT;

    -- `due`: when it may be tried, in seconds since 1970, and NULL when it is not to be.
    CREATE TABLE deliveries (
        sending  INTEGER NOT NULL REFERENCES sendings (number),
        reader   INTEGER NOT NULL,
        state    TEXT NOT NULL,
        due      REAL,
        attempts INTEGER NOT NULL DEFAULT 0,
        at       REAL,
        reply    TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (sending, reader)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deliveries_due ON deliveries (sending, due) WHERE due IS NOT NULL;

    CREATE TABLE restored (
        at      TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT;
    """,
    """
    -- Numbers are never given twice: a link of who asked long ago means nobody.
    CREATE TABLE joins (
        number   INTEGER PRIMARY KEY AUTOINCREMENT,
        address  TEXT NOT NULL,
        identity TEXT NOT NULL,
        editions TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        sent_at  TEXT,
        used_at  TEXT
    ) STRICT;
    CREATE INDEX joins_by_identity ON joins (identity);
    """,
    """
    -- Mails that came back and were read, so that none counts twice.
    CREATE TABLE notices (
        fingerprint BLOB PRIMARY KEY,
        at          TEXT NOT NULL
    ) STRICT;

    CREATE TABLE soft_bounces (
        reader INTEGER NOT NULL REFERENCES readers (number) ON DELETE CASCADE,
        at     TEXT NOT NULL,
        why    TEXT NOT NULL
    ) STRICT;
    CREATE INDEX soft_bounces_by_reader ON soft_bounces (reader, at);
    """,
    """
    -- Sendings that a list manager does, each with its number for it once that is known.
    CREATE TABLE campaigns (
        sending  INTEGER PRIMARY KEY REFERENCES sendings (number),
        campaign INTEGER
    ) STRICT;
    """,
)
