"""The schema, as numbered steps from an empty file. A step is never edited once released: a change is a new step.

Each is applied in one transaction with its record. Rules live here, as far as SQL can say them: types (STRICT), NOT
NULL, CHECK, and foreign keys that delete with a person all that the person gave. Ids are AUTOINCREMENT where a button
may carry them: a number that was deleted must never come to mean something else.
"""

import sqlite3
from collections.abc import Callable, Iterable


def m0001_people(tx: sqlite3.Connection) -> None:
    """Add respondents, their contacts (the one place for an address), consents and invitations."""
    _run(
        tx,
        """
        CREATE TABLE respondents (
            id TEXT NOT NULL PRIMARY KEY,
            joined_at TEXT NOT NULL,
            language TEXT,
            site TEXT,
            role TEXT CHECK (role IN ('ambassador', 'staff', 'lead')),
            role_changed_at TEXT
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX respondents_by_role ON respondents (role) WHERE role IS NOT NULL",
        """
        CREATE TABLE contacts (
            respondent_id TEXT NOT NULL PRIMARY KEY REFERENCES respondents (id) ON DELETE CASCADE,
            channel TEXT NOT NULL,
            address TEXT NOT NULL,
            leaving INTEGER NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1)),
            blocked_at TEXT,
            album TEXT,
            UNIQUE (channel, address, leaving)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE consents (
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            agreed_at TEXT NOT NULL,
            PRIMARY KEY (respondent_id, key)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE invitations (
            token_hash TEXT NOT NULL PRIMARY KEY,
            role TEXT NOT NULL CHECK (role IN ('ambassador', 'staff', 'lead')),
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            redeemed_at TEXT,
            redeemed_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT, WITHOUT ROWID
        """,
    )


def m0002_conversations(tx: sqlite3.Connection) -> None:
    """Add script versions, their releases, and the conversations pinned to them."""
    _run(
        tx,
        """
        CREATE TABLE scripts (
            hash TEXT NOT NULL PRIMARY KEY,
            dialogue TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            source TEXT NOT NULL,
            stored_at TEXT NOT NULL,
            stored_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        """
        CREATE TABLE releases (
            id INTEGER PRIMARY KEY,
            script_hash TEXT NOT NULL REFERENCES scripts (hash),
            released_at TEXT NOT NULL,
            released_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        """
        CREATE TABLE conversations (
            id TEXT NOT NULL PRIMARY KEY,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            script_hash TEXT NOT NULL REFERENCES scripts (hash),
            channel TEXT NOT NULL,
            site TEXT,
            trial INTEGER NOT NULL CHECK (trial IN (0, 1)),
            phase TEXT NOT NULL CHECK (phase IN ('asking', 'paused', 'ended')),
            ending TEXT CHECK (ending IN ('complete', 'declined', 'break_off')),
            state TEXT NOT NULL CHECK (json_valid(state)),
            started_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            remind_at TEXT,
            CHECK ((phase = 'ended') = (ending IS NOT NULL))
        ) STRICT
        """,
        "CREATE UNIQUE INDEX one_current_conversation ON conversations (respondent_id) WHERE phase <> 'ended'",
        "CREATE INDEX conversations_by_respondent ON conversations (respondent_id, started_at)",
        "CREATE INDEX conversations_to_remind ON conversations (remind_at) WHERE remind_at IS NOT NULL",
    )


def m0003_responses(tx: sqlite3.Connection) -> None:
    """Add responses.

    `taggable` marks own words in a conversation that counts. `codebook_version` is that of the tags, NULL while there
    are none. `decided` says that a person's decision stands; a review without it was reopened by an amendment.
    """
    _run(
        tx,
        """
        CREATE TABLE responses (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'refused', 'dont_know')),
            value TEXT CHECK (value IS NULL OR json_valid(value)),
            text TEXT,
            wording TEXT NOT NULL,
            language TEXT NOT NULL,
            asked_at TEXT NOT NULL,
            responded_at TEXT NOT NULL,
            amended_at TEXT,
            revision INTEGER NOT NULL DEFAULT 0,
            message_id INTEGER,
            flags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(flags)),
            taggable INTEGER NOT NULL CHECK (taggable IN (0, 1)),
            codebook_version TEXT,
            decided INTEGER NOT NULL DEFAULT 0 CHECK (decided IN (0, 1)),
            UNIQUE (conversation_id, question)
        ) STRICT
        """,
        """
        CREATE INDEX responses_to_tag ON responses (codebook_version)
        WHERE taggable = 1 AND flags = '[]'
        """,
        """
        CREATE INDEX responses_decided ON responses (id) WHERE taggable = 1 AND flags = '[]' AND decided = 1
        """,
        """
        CREATE INDEX responses_to_review ON responses (id)
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
        """,
    )


def m0004_messages(tx: sqlite3.Connection) -> None:
    """Add what came in, what waits to go out, and what the channel called the questions that went out."""
    _run(
        tx,
        """
        CREATE TABLE inbox (
            channel TEXT NOT NULL,
            update_id INTEGER NOT NULL,
            received_at TEXT NOT NULL,
            PRIMARY KEY (channel, update_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX inbox_by_time ON inbox (received_at)",
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES contacts (respondent_id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('message', 'edit', 'export')),
            text TEXT NOT NULL,
            buttons TEXT NOT NULL CHECK (json_valid(buttons)),
            conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
            revision INTEGER,
            edits INTEGER,
            created_at TEXT NOT NULL,
            retry_at TEXT,
            attempts INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        "CREATE INDEX outbox_by_respondent ON outbox (respondent_id)",
        "CREATE INDEX outbox_by_conversation ON outbox (conversation_id)",
        """
        CREATE TABLE messages (
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            PRIMARY KEY (conversation_id, revision)
        ) STRICT, WITHOUT ROWID
        """,
    )


def m0005_tagging(tx: sqlite3.Connection) -> None:
    """Add codebooks and what the machine made of responses."""
    _run(
        tx,
        """
        CREATE TABLE codebooks (
            version TEXT NOT NULL PRIMARY KEY,
            codebook TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            stored_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE activations (
            id INTEGER PRIMARY KEY,
            version TEXT NOT NULL REFERENCES codebooks (version),
            activated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE taggings (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            redacted TEXT NOT NULL,
            vector BLOB NOT NULL,
            encoder TEXT NOT NULL,
            model TEXT NOT NULL,
            tagged_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE tags (
            response_id INTEGER NOT NULL REFERENCES taggings (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            start_chars INTEGER NOT NULL CHECK (start_chars >= 0),
            end_chars INTEGER NOT NULL CHECK (end_chars >= start_chars),
            why TEXT NOT NULL,
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE tagging_failures (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            failed_at TEXT NOT NULL
        ) STRICT
        """,
    )


def m0006_reviewing(tx: sqlite3.Connection) -> None:
    """Add claims (who is looking at a response, with what is selected so far), passes, and decisions."""
    _run(
        tx,
        """
        CREATE TABLE claims (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            member_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            claimed_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX claims_by_member ON claims (member_id)",
        """
        CREATE TABLE claim_themes (
            response_id INTEGER NOT NULL REFERENCES claims (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE passes (
            member_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            response_id INTEGER NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
            passed_at TEXT NOT NULL,
            PRIMARY KEY (member_id, response_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX passes_by_response ON passes (response_id)",
        """
        CREATE TABLE reviews (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            member_id TEXT REFERENCES respondents (id) ON DELETE SET NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('themes', 'none')),
            decided_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX reviews_by_member ON reviews (member_id)",
        """
        CREATE TABLE review_themes (
            response_id INTEGER NOT NULL REFERENCES reviews (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
    )


def m0007_operations(tx: sqlite3.Connection) -> None:
    """Add alerts, uploads, failed sendings, heartbeats, and the note that deleted bytes are still in the file."""
    _run(
        tx,
        """
        CREATE TABLE alerts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
            flags TEXT NOT NULL CHECK (json_valid(flags)),
            raised_at TEXT NOT NULL,
            acknowledged_at TEXT,
            acknowledged_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        "CREATE INDEX alerts_open ON alerts (id) WHERE acknowledged_at IS NULL",
        "CREATE INDEX alerts_by_respondent ON alerts (respondent_id)",
        """
        CREATE TABLE uploads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            file_id TEXT NOT NULL,
            filename TEXT NOT NULL,
            size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
            added_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE undelivered (
            id INTEGER PRIMARY KEY,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            gave_up_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX undelivered_by_respondent ON undelivered (respondent_id)",
        "CREATE TABLE heartbeats (name TEXT NOT NULL PRIMARY KEY, beat_at TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE purge_due (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT",
    )


def _run(tx: sqlite3.Connection, *statements: str) -> None:
    """Run statements one by one: executescript would commit what is open."""
    for statement in statements:
        tx.execute(statement)


Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Migration, ...] = (
    m0001_people,
    m0002_conversations,
    m0003_responses,
    m0004_messages,
    m0005_tagging,
    m0006_reviewing,
    m0007_operations,
)


def applied(tx: sqlite3.Connection) -> int | None:
    """Return how many migrations the file has had: 0 if it is empty, None if its tables are not ours."""
    if not tx.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        return 0
    if not tx.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'migrations'").fetchone()[0]:
        return None
    return int(tx.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()[0])


def apply_next(tx: sqlite3.Connection, migrations: Iterable[Migration] = MIGRATIONS) -> bool:
    """Apply the first migration that the file has not had, with its record; False if there is none.

    The record's time is the one time that the database takes from its own clock.
    """
    number = applied(tx) or 0
    for migration in list(migrations)[number : number + 1]:
        tx.execute(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
        )
        migration(tx)
        tx.execute(
            "INSERT INTO migrations (number, name, applied_at)"
            " VALUES (:number, :name, strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
            {"number": number + 1, "name": migration.__name__},
        )
        return True
    return False
