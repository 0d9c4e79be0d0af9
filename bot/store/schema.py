"""The tables, as numbered migrations. SQLite runs them at start, each in a transaction with its record.

Every personal row carries its `chat`, so that forgetting a person is one statement a table (see `docs/privacy.md`).
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

__all__ = ["MIGRATIONS", "PERSONAL_TABLES", "in_group", "member", "migrations"]

PERSONAL_TABLES = ("conversation", "outbox", "refused", "record", "notice", "due", "parked")
"""The tables whose rows of a person go with the person. Of `seen` the event's id stays, without whose it was."""

MIGRATIONS = (
    *("m001_conversations", "m002_notices", "m003_broadcasts", "m005_misunderstood", "m006_old_records"),
    "m008_of_others",
    "m009_daily_uses",
    "m010_answer_votes",
)
"""All that this version knows, in order: a database with another one was written by a newer version."""

migrations = Migrations("store")


def in_group(chat: str) -> str:
    """SQL for whether a column names the conversation of one member of a group (see `bot.conversation_id`)."""
    return f"instr(substr({chat}, instr({chat}, ':') + 1), ':') > 0"


def member(chat: str) -> str:
    """SQL for that member's own conversation with Allié."""
    place = f"substr({chat}, instr({chat}, ':') + 1)"
    return f"substr({chat}, 1, instr({chat}, ':')) || substr({place}, instr({place}, ':') + 1)"


@migrations()
def m001_conversations(db: Database) -> None:
    """One row a person, one a delivery seen, one a reply to send, one a reminder, one an event set aside.

    `conversation.erased`: only the word that all was erased is still to be delivered; the row goes with it.
    `conversation.used_day`: days since 1970, indexed instead of `used_at` so that a turn changes the index once a day.
    `outbox.stopped`: the person left; kept beside `conversation.stopped` so that the index passes over these.
    """
    for statement in (
        """
        CREATE TABLE conversation (
            chat TEXT PRIMARY KEY,
            session TEXT,
            stopped INTEGER NOT NULL DEFAULT 0,
            erased INTEGER NOT NULL DEFAULT 0,
            used_at REAL NOT NULL,
            used_day INTEGER NOT NULL
        )
        """,
        "CREATE INDEX conversation_used_day ON conversation (used_day)",
        "CREATE INDEX conversation_erased ON conversation (chat) WHERE erased = 1",
        """
        CREATE TABLE seen (
            event TEXT PRIMARY KEY,
            chat TEXT NOT NULL,
            at REAL NOT NULL,
            answer TEXT
        ) WITHOUT ROWID
        """,
        "CREATE INDEX seen_at ON seen (at)",
        "CREATE INDEX seen_chat ON seen (chat)",
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            lane INTEGER NOT NULL DEFAULT 0,
            body TEXT NOT NULL,
            stopped INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            at REAL NOT NULL
        )
        """,
        "CREATE INDEX outbox_chat ON outbox (chat)",
        "CREATE INDEX outbox_next ON outbox (substr(chat, 1, instr(chat, ':') - 1), lane, id) WHERE stopped = 0",
        """
        CREATE TABLE refused (
            id INTEGER PRIMARY KEY,
            chat TEXT NOT NULL,
            body TEXT NOT NULL,
            reason TEXT NOT NULL,
            at REAL NOT NULL
        )
        """,
        """
        CREATE TABLE record (
            chat TEXT NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            body TEXT NOT NULL,
            at REAL NOT NULL,
            PRIMARY KEY (chat, kind, key)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX record_kind ON record (kind, key)",
        """
        CREATE TABLE due (
            chat TEXT NOT NULL,
            name TEXT NOT NULL,
            key TEXT NOT NULL,
            event TEXT NOT NULL,
            due_at REAL NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (chat, name, key)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX due_due_at ON due (due_at)",
        "CREATE TABLE attempt (event TEXT PRIMARY KEY, count INTEGER NOT NULL, at REAL NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE parked (
            event TEXT PRIMARY KEY,
            chat TEXT NOT NULL,
            raw TEXT NOT NULL,
            error TEXT NOT NULL,
            at REAL NOT NULL
        ) WITHOUT ROWID
        """,
        "CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    ):
        db.execute(statement)


@migrations()
def m002_notices(db: Database) -> None:
    """One row a notice that a person put up for others to read."""
    for statement in (
        """
        CREATE TABLE notice (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            chat TEXT NOT NULL,
            shelf TEXT NOT NULL,
            body TEXT NOT NULL,
            at REAL NOT NULL,
            until REAL NOT NULL,
            PRIMARY KEY (kind, key)
        )
        """,
        "CREATE INDEX notice_shelf ON notice (kind, shelf, until)",
        "CREATE INDEX notice_chat ON notice (chat)",
        "CREATE INDEX notice_until ON notice (until)",
    ):
        db.execute(statement)


@migrations()
def m003_broadcasts(db: Database) -> None:
    """One row a broadcast. `after`: the last conversation it came to, until it is done."""
    for statement in (
        """
        CREATE TABLE broadcast (
            id TEXT PRIMARY KEY,
            body TEXT NOT NULL,
            state TEXT NOT NULL,
            after TEXT NOT NULL DEFAULT '',
            begun REAL NOT NULL,
            people INTEGER NOT NULL,
            handed INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT 0,
            blocked INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID
        """,
        "CREATE INDEX outbox_broadcast ON outbox (id) WHERE lane >= 2",
        "CREATE INDEX record_consent ON record (chat) WHERE kind = 'news' AND key = 'on'",
    ):
        db.execute(statement)


@migrations()
def m005_misunderstood(db: Database) -> None:
    """One row a masked message that was not understood: nobody's. `day`: the last one, in days since 1970."""
    db.execute(
        """
        CREATE TABLE misunderstood (
            text TEXT PRIMARY KEY,
            language TEXT NOT NULL,
            topic TEXT NOT NULL,
            count INTEGER NOT NULL,
            day INTEGER NOT NULL
        ) WITHOUT ROWID
        """
    )


@migrations()
def m006_old_records(db: Database) -> None:
    """What a person kept and never came back to is found by its age."""
    db.execute("CREATE INDEX record_at ON record (at) WHERE kind IN ('favourite', 'unwanted', 'draft')")


@migrations()
def m008_of_others(db: Database) -> None:
    """What one person is found by elsewhere: in groups, and where others were shown what they wrote.

    `quotes`: whose words a reply holds besides those of its own person, a list as JSON; it goes with them. What was
    seen is bound to its conversation.
    """
    for statement in (
        f"CREATE INDEX conversation_member ON conversation ({member('chat')}) WHERE {in_group('chat')}",
        "ALTER TABLE outbox ADD COLUMN quotes TEXT",
        "CREATE INDEX outbox_quotes ON outbox (id) WHERE quotes IS NOT NULL",
        "ALTER TABLE refused ADD COLUMN quotes TEXT",
        "ALTER TABLE seen RENAME TO seen_before",
        "DROP INDEX seen_at",
        "DROP INDEX seen_chat",
        """
        CREATE TABLE seen (
            event TEXT NOT NULL,
            chat TEXT NOT NULL,
            at REAL NOT NULL,
            answer TEXT,
            quotes TEXT,
            PRIMARY KEY (event, chat)
        ) WITHOUT ROWID
        """,
        "INSERT INTO seen (event, chat, at, answer) SELECT event, chat, at, answer FROM seen_before",
        "DROP TABLE seen_before",
        "CREATE INDEX seen_at ON seen (at)",
        "CREATE INDEX seen_chat ON seen (chat)",
        "CREATE INDEX seen_quotes ON seen (event) WHERE quotes IS NOT NULL",
        # what these held of others is read from its notice
        "UPDATE record SET body = json_remove(body, '$.name', '$.words', '$.about') WHERE kind = 'received'",
        "UPDATE record SET body = json_remove(body, '$.about') WHERE kind = 'asked'",
    ):
        db.execute(statement)


@migrations()
def m009_daily_uses(db: Database) -> None:
    """One row a unit, an act and a day: how often somebody did today what may be done so often a day.

    `unit`: a digest whose key is let go of after its day. `day`: the date, as "2026-11-30".
    """
    db.execute(
        """
        CREATE TABLE daily_use (
            unit TEXT NOT NULL,
            act TEXT NOT NULL,
            day TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (unit, act, day)
        ) WITHOUT ROWID
        """
    )


@migrations()
def m010_answer_votes(db: Database) -> None:
    """One row an answer: how many people found it useful, and how many did not. Nobody's."""
    db.execute(
        """
        CREATE TABLE answer_vote (
            answer TEXT PRIMARY KEY,
            useful INTEGER NOT NULL,
            useless INTEGER NOT NULL
        ) WITHOUT ROWID
        """
    )
