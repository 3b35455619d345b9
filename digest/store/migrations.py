"""The numbered migrations of the state file. A landed migration is never changed; the next change
is the next number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.store.python_migrations import name_entries, remember_told, store_disarmed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    Step = str | Callable[[sqlite3.Connection], None]

APPLICATION_ID = 0x64676573  # "dges"

MIGRATIONS: tuple[Step, ...] = (
    """
    CREATE TABLE feeds (
        url           TEXT PRIMARY KEY,
        title         TEXT NOT NULL DEFAULT '',
        etag          TEXT,
        last_modified TEXT,
        fresh_until   TEXT,
        ttl_minutes   INTEGER,
        lifetime      INTEGER,
        ask_after     TEXT,
        moved_to      TEXT,
        moved_since   TEXT,
        moved_runs    INTEGER NOT NULL DEFAULT 0,
        moved_proved  INTEGER NOT NULL DEFAULT 0,
        gone_since    TEXT,
        checked_at    TEXT,
        ok_at         TEXT,
        failing_since TEXT,
        failure       TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE checks (
        number   INTEGER PRIMARY KEY,
        feed_url TEXT NOT NULL,
        at       TEXT NOT NULL,
        outcome  TEXT NOT NULL,
        reason   TEXT NOT NULL,
        seconds  REAL NOT NULL,
        entries  INTEGER
    ) STRICT;
    CREATE INDEX checks_by_feed ON checks (feed_url, number);

    CREATE TABLE entries (
        id           TEXT PRIMARY KEY,
        feed_url     TEXT NOT NULL,
        url          TEXT NOT NULL,
        title        TEXT NOT NULL,
        published    TEXT,
        first_seen   TEXT NOT NULL,
        kind         TEXT NOT NULL,
        author       TEXT NOT NULL,
        language     TEXT NOT NULL,
        text         TEXT NOT NULL,
        enclosure    TEXT,
        transcripts  TEXT NOT NULL,
        chapters_url TEXT NOT NULL,
        seconds      INTEGER
    ) STRICT;
    CREATE INDEX entries_by_time ON entries (coalesce(published, first_seen));
    CREATE INDEX entries_by_url ON entries (url);
    CREATE INDEX entries_by_feed ON entries (feed_url, coalesce(published, first_seen));

    CREATE TABLE documents (
        entry_id      TEXT PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
        title         TEXT NOT NULL,
        publisher     TEXT NOT NULL,
        basis         TEXT NOT NULL,
        text          TEXT NOT NULL,
        language      TEXT NOT NULL,
        author        TEXT NOT NULL,
        canonical_url TEXT NOT NULL,
        note          TEXT NOT NULL,
        marks         TEXT NOT NULL,
        chapters      TEXT NOT NULL,
        published     TEXT,
        site          TEXT NOT NULL,
        settled       INTEGER NOT NULL DEFAULT 0,
        read_at       TEXT NOT NULL,
        retry_at      TEXT,
        fingerprint   TEXT NOT NULL
    ) STRICT;
    CREATE INDEX documents_by_site ON documents (settled, site);

    CREATE TABLE furniture (
        site    TEXT NOT NULL,
        passage TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        PRIMARY KEY (site, passage)
    ) STRICT;

    CREATE TABLE robots (
        origin     TEXT PRIMARY KEY,
        text       TEXT NOT NULL,
        fetched_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE insights (
        id         TEXT NOT NULL,
        entry_id   TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
        summariser TEXT NOT NULL,
        position   INTEGER NOT NULL,
        value      TEXT NOT NULL,
        PRIMARY KEY (entry_id, summariser, position)
    ) STRICT;

    CREATE TABLE groups (
        edition  TEXT NOT NULL,
        date     TEXT NOT NULL,
        story_id TEXT NOT NULL,
        entries  TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (edition, date, position)
    ) STRICT;

    CREATE TABLE issues (
        id            TEXT PRIMARY KEY,
        edition       TEXT NOT NULL,
        date          TEXT NOT NULL,
        window_start  TEXT NOT NULL,
        window_end    TEXT NOT NULL,
        written_hashes TEXT NOT NULL,
        facts         TEXT NOT NULL,
        accepted      TEXT NOT NULL DEFAULT '{}',
        approved_hash TEXT,
        approved_at   TEXT,
        approved_text TEXT,
        UNIQUE (edition, date)
    ) STRICT;
    """,
    """
    ALTER TABLE documents ADD COLUMN armed INTEGER NOT NULL DEFAULT 1;

    CREATE TABLE readings (
        entry_id   TEXT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
        summariser TEXT NOT NULL,
        model      TEXT NOT NULL,
        made       INTEGER NOT NULL,
        repaired   INTEGER NOT NULL,
        replaced   INTEGER NOT NULL,
        dropped    INTEGER NOT NULL,
        why        TEXT NOT NULL,
        PRIMARY KEY (entry_id, summariser)
    ) STRICT;

    CREATE TABLE recordings (
        entry_id  TEXT PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
        audio_url TEXT NOT NULL,
        engine    TEXT NOT NULL,
        name      TEXT NOT NULL,
        segments  TEXT NOT NULL,
        failure   TEXT NOT NULL,
        tried_at  TEXT NOT NULL,
        retry_at  TEXT
    ) STRICT;

    CREATE TABLE chunks (
        key      TEXT NOT NULL,
        engine   TEXT NOT NULL,
        language TEXT NOT NULL,
        segments TEXT,
        seconds  REAL NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (key, engine, language)
    ) STRICT;
    CREATE INDEX chunks_by_time ON chunks (at);

    CREATE TABLE answers (
        key        TEXT PRIMARY KEY,
        model      TEXT NOT NULL,
        text       TEXT NOT NULL,
        tokens_in  INTEGER NOT NULL,
        tokens_out INTEGER NOT NULL,
        useless    INTEGER NOT NULL,
        used_at    TEXT NOT NULL
    ) STRICT;
    CREATE INDEX answers_by_use ON answers (used_at);

    CREATE TABLE spending (
        id         TEXT PRIMARY KEY,
        at         TEXT NOT NULL,
        day        TEXT NOT NULL,
        issue      TEXT NOT NULL,
        task       TEXT NOT NULL,
        host       TEXT NOT NULL,
        model      TEXT NOT NULL,
        tokens_in  INTEGER NOT NULL,
        tokens_out INTEGER NOT NULL,
        usd        REAL,
        settled    INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX spending_by_day ON spending (day);

    CREATE TABLE endpoints (
        base_url TEXT NOT NULL,
        model    TEXT NOT NULL,
        manner   TEXT NOT NULL,
        found_at TEXT NOT NULL,
        PRIMARY KEY (base_url, model)
    ) STRICT;
    """,
    store_disarmed,
    """
    ALTER TABLE entries ADD COLUMN day TEXT;
    ALTER TABLE entries ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
    ALTER TABLE feeds ADD COLUMN known_since TEXT;
    CREATE INDEX entries_by_first_sight ON entries (first_seen);
    UPDATE entries SET published = NULL WHERE published < '1990';
    UPDATE entries SET day = substr(published, 1, 10)
        WHERE published LIKE '%T00:00:00.000000+00:00';
    UPDATE feeds SET known_since =
        (SELECT min(first_seen) FROM entries WHERE feed_url = feeds.url);
    """,
    name_entries,
    """
    ALTER TABLE documents ADD COLUMN dek TEXT NOT NULL DEFAULT '';
    """,
    remember_told,
    """
    CREATE TABLE figures (
        id          TEXT PRIMARY KEY,
        entry_id    TEXT NOT NULL,
        entry_url   TEXT NOT NULL,
        day         TEXT NOT NULL,
        owner       TEXT NOT NULL,
        owner_key   TEXT NOT NULL,
        measure     TEXT NOT NULL,
        nature      TEXT NOT NULL,
        value       REAL NOT NULL,
        unit        TEXT NOT NULL,
        text        TEXT NOT NULL,
        span        TEXT NOT NULL,
        period      TEXT NOT NULL,
        period_text TEXT NOT NULL,
        standing    TEXT NOT NULL,
        start       INTEGER NOT NULL,
        end         INTEGER NOT NULL,
        what        TEXT NOT NULL
    ) STRICT;
    CREATE INDEX figures_by_entry ON figures (entry_id);
    CREATE INDEX figures_by_owner ON figures (owner_key, measure, day);
    CREATE INDEX figures_by_day ON figures (day);

    CREATE TABLE told_figures (
        figure_id TEXT NOT NULL,
        issue_id  TEXT NOT NULL,
        edition   TEXT NOT NULL,
        date      TEXT NOT NULL,
        PRIMARY KEY (issue_id, figure_id)
    ) STRICT;
    CREATE INDEX told_figures_by_figure ON told_figures (figure_id);
    """,
    """
    CREATE TABLE passages (
        id        INTEGER PRIMARY KEY,
        kind      TEXT NOT NULL,
        source    TEXT NOT NULL,
        item      TEXT NOT NULL,
        headline  TEXT NOT NULL,
        text      TEXT NOT NULL,
        day       TEXT NOT NULL,
        url       TEXT NOT NULL,
        entry     TEXT NOT NULL,
        insight   TEXT NOT NULL,
        publisher TEXT NOT NULL,
        show      TEXT NOT NULL,
        theme     TEXT NOT NULL,
        edition   TEXT NOT NULL,
        issue     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX passages_by_source ON passages (kind, source);
    CREATE INDEX passages_by_item ON passages (item);
    CREATE VIRTUAL TABLE passages_index USING fts5 (
        headline, text, content = 'passages', content_rowid = 'id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    );
    """,
    """
    CREATE TABLE forecasts (
        id        TEXT PRIMARY KEY,
        entry_id  TEXT NOT NULL,
        entry_url TEXT NOT NULL,
        publisher TEXT NOT NULL,
        said      TEXT NOT NULL,
        who       TEXT NOT NULL,
        who_key   TEXT NOT NULL,
        what      TEXT NOT NULL,
        due       TEXT NOT NULL,
        due_text  TEXT NOT NULL,
        start     INTEGER NOT NULL,
        end       INTEGER NOT NULL,
        second    REAL
    ) STRICT;
    CREATE INDEX forecasts_by_entry ON forecasts (entry_id);
    CREATE INDEX forecasts_by_due ON forecasts (due);
    """,
    """
    DROP TABLE passages_index;
    CREATE VIRTUAL TABLE passages_index USING fts5 (
        headline, text, kind, content = 'passages', content_rowid = 'id',
        tokenize = 'porter unicode61 remove_diacritics 2'
    );
    INSERT INTO passages_index (passages_index) VALUES ('rebuild');
    """,
    """
    CREATE INDEX figures_planned ON figures (owner_key, measure, period)
        WHERE standing = 'planned';
    CREATE INDEX told_figures_by_date ON told_figures (edition, date);
    CREATE INDEX passages_by_issue ON passages (issue) WHERE issue <> '';
    CREATE TABLE remembered (
        entry_id TEXT PRIMARY KEY,
        print    TEXT NOT NULL
    ) STRICT;
    """,
    # after an issue: what was carried to the archive's host, which notices were given, how the last
    # run of each issue ended, what was corrected and what was taken down
    """
    CREATE TABLE carried (
        command TEXT PRIMARY KEY,
        site    TEXT NOT NULL,
        at      TEXT NOT NULL
    ) STRICT;
    CREATE TABLE notices (
        key TEXT PRIMARY KEY,
        at  TEXT NOT NULL
    ) STRICT;
    CREATE TABLE last_runs (
        issue  TEXT PRIMARY KEY,
        at     TEXT NOT NULL,
        code   INTEGER NOT NULL,
        said   TEXT NOT NULL,
        pinged INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        issue  TEXT NOT NULL,
        story  TEXT NOT NULL,
        text   TEXT NOT NULL,
        at     TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unpublished (
        issue  TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        at     TEXT NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE issues ADD COLUMN acceptances TEXT NOT NULL DEFAULT '{}';
    CREATE TABLE drafts (
        issue   TEXT NOT NULL,
        number  INTEGER NOT NULL,
        text    TEXT NOT NULL,
        themes  TEXT NOT NULL,
        what    TEXT NOT NULL,
        at      TEXT NOT NULL,
        present INTEGER NOT NULL,
        PRIMARY KEY (issue, number)
    ) STRICT;
    """,
)


def migrate(
    db: sqlite3.Connection,
    version: int,
    steps: tuple[Step, ...] = MIGRATIONS,
    mark: int = APPLICATION_ID,
) -> None:
    """Make the migrations after `version`, in the caller's transaction."""
    for step in steps[version:]:
        if callable(step):
            step(db)
        else:
            for statement in step.split(";"):  # none of ours holds one inside
                db.execute(statement)
    db.execute(f"PRAGMA application_id = {mark}")
    db.execute(f"PRAGMA user_version = {len(steps)}")
