"""The catalogue's own database file: missions, the words they are found by, sweeps of feeds, refused records.

It is apart from the conversations, so that a large import never holds a reply up. Feeds and files fill it again when
it is lost, and the evergreen missions that ship with Allié are put in when it is made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["FILE", "open_reader", "open_writer", "transaction"]

FILE = "catalogue.sqlite3"
VERSION = 1

SCHEMA = """
-- One row a mission, whatever became of it. `body` is Mission.as_json; the other columns are what the search needs.
CREATE TABLE mission (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    source    TEXT NOT NULL,
    origin    TEXT NOT NULL,              -- publisher and the publisher's own id, empty when not given
    owner     TEXT NOT NULL,              -- who published it by talking to Allié, empty for feeds and files
    state     TEXT NOT NULL,              -- active, withdrawn, pending, refused
    told      INTEGER NOT NULL DEFAULT 1, -- 0 while its owner does not know what was decided
    digest    TEXT NOT NULL,              -- of the body: what tells a change
    added     INTEGER NOT NULL,           -- days are proleptic Gregorian ordinals
    seen      INTEGER NOT NULL,
    sweep     INTEGER NOT NULL,           -- the last sweep that saw it, 0 for files
    misses    INTEGER NOT NULL,           -- complete sweeps in a row without it
    updated   TEXT NOT NULL,
    starts    INTEGER,
    ends      INTEGER,
    places    INTEGER,
    mask      INTEGER NOT NULL,           -- days and parts of the day, see bot.catalogue.schedule
    flexible  INTEGER NOT NULL,
    minors    INTEGER,                    -- NULL where nothing was said
    step_free INTEGER,
    causes    TEXT NOT NULL,              -- separated by spaces
    points    TEXT NOT NULL,              -- "lat,lon" of each site, separated by spaces
    twin      INTEGER NOT NULL,           -- the same for missions that read the same
    body      TEXT NOT NULL
) STRICT;

CREATE INDEX mission_by_source ON mission (source, state, sweep);
CREATE INDEX mission_by_origin ON mission (origin) WHERE origin <> '';
CREATE INDEX mission_by_owner ON mission (owner) WHERE owner <> '';
CREATE INDEX mission_by_end ON mission (ends) WHERE ends IS NOT NULL;

-- The stems of missions that can be shown today; `facets` holds causes, places and conditions as words.
CREATE VIRTUAL TABLE words USING fts5 (title, body, facets, tokenize = 'ascii', detail = column);

CREATE TABLE sweep (
    number    INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,
    started   TEXT NOT NULL,
    finished  TEXT,
    outcome   TEXT NOT NULL,              -- running, complete, partial, failed, quarantined
    skip      INTEGER NOT NULL,           -- where to go on after a stop
    total     INTEGER,                    -- what the first page said there was
    beat      TEXT NOT NULL,              -- the last sign of life of who runs it
    detail    TEXT NOT NULL
) STRICT;

CREATE TABLE sweep_seen (sweep INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (sweep, id)) STRICT, WITHOUT ROWID;

CREATE TABLE refused (
    source    TEXT NOT NULL,
    id        TEXT NOT NULL,
    reason    TEXT NOT NULL,
    excerpt   TEXT NOT NULL,
    seen      TEXT NOT NULL,
    PRIMARY KEY (source, id, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def open_writer(folder: Path) -> sqlite3.Connection:
    """The connection that imports and syncs write by; makes the file and its tables when they are not there.

    Killed while they are made: nothing is there, and the next start makes them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / FILE, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32768")
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in _statements(SCHEMA):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    if version > VERSION:
        connection.close()
        raise CatalogueTooNew
    return connection


class CatalogueTooNew(Exception):
    """catalogue.sqlite3 was made by a newer version of Allié: upgrade, or move that file away."""

    def __str__(self) -> str:
        return self.__doc__ or ""


def open_reader(folder: Path) -> sqlite3.Connection:
    """A connection that can only read, for the search. The file must be there."""
    uri = f"{(folder / FILE).resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=2, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of it or nothing. Killed inside: nothing happened."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
