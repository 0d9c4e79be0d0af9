"""The catalogue's own database file: missions, the words they are found by, sweeps of feeds, refused records.

It is apart from the conversations, so that a large import never holds a reply up. Feeds and files fill it again when
it is lost, and the evergreen missions that ship with Allié are put in when it is made.

The words are in FTS5, which stops at a limit: a common word costs no more than a rare one.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.catalogue.backend import IN_TEXT, Entry, Found, Question, Row, Term, Weighed
from bot.errors import Damaged, StoreError
from bot.private_folder import private_folder
from bot.sqlite import Explained

__all__ = ["FILE", "SqliteBackend"]

FILE = "catalogue.sqlite3"
VERSION = 2
WRITER_WAITS, READER_WAITS = 30.0, 2.0
"""Seconds for another program that holds the file, unless less is asked for."""
MADE_AGAIN = 0.02
"""Seconds between two tries to make the file while another program makes it."""
EXPLAINED = Explained(FILE)

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

SUPPORT = """
-- One row a local point of support; `source` is the list it comes from, `checked` the day that list was true.
CREATE TABLE support (
    id          TEXT PRIMARY KEY,
    source      TEXT NOT NULL,
    departement TEXT NOT NULL,
    checked     INTEGER NOT NULL,
    body        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX support_by_departement ON support (departement);
CREATE INDEX support_by_source ON support (source);
"""
STEPS = (SCHEMA, SUPPORT)
"""What brings a file from each version to the next. What was released is never changed."""


# The newest that answer. FTS5 stops at the limit; its own ranking would read every match.
NEWEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
ANY = "SELECT rowid FROM words ORDER BY rowid DESC LIMIT ?"

ROWS = """
SELECT number, id, added, starts, ends, places, mask, flexible, minors, step_free, causes, points, twin FROM mission
WHERE state = 'active' AND number IN (SELECT value FROM json_each(?)) ORDER BY number
"""
AMONG = " IN (SELECT value FROM json_each(?))"
STEMS = "SELECT rowid, title, body FROM words WHERE rowid IN (SELECT value FROM json_each(?))"


class CatalogueTooNew(StoreError):
    """catalogue.sqlite3 was made by a newer version of Allié: upgrade, or move that file away."""

    def __init__(self) -> None:
        super().__init__(self.__doc__ or "")


class Cursor(sqlite3.Cursor):
    """What a statement gives; errors of the driver come out as what they mean."""

    def fetchone(self) -> Any:
        with EXPLAINED:
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with EXPLAINED:
            return super().fetchall()

    def __next__(self) -> Any:
        with EXPLAINED:
            return super().__next__()


class SqliteBackend:
    """The file of one data folder, made where there is none. Looking something up never writes.

    `patience`: seconds that a look waits for another program that holds the file; none on the event loop.
    """

    is_near = True

    def __init__(self, folder: Path, *, patience: float = READER_WAITS) -> None:
        self._folder = folder
        self._patience = patience
        self._reader: SqliteConnection | None = None

    @contextmanager
    def reading(self) -> Iterator[SqliteConnection]:
        with EXPLAINED:
            if self._reader is None:
                if not _is_made(self._folder / FILE, self._patience):
                    open_writer(self._folder, READER_WAITS).close()
                self._reader = SqliteConnection(open_reader(self._folder, self._patience))
            yield self._reader

    def writing(self, *, patience: float = WRITER_WAITS) -> SqliteConnection:
        return SqliteConnection(open_writer(self._folder, patience))

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class SqliteConnection:
    """See `backend.Connection`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[object] = ()) -> Cursor:
        with EXPLAINED:
            return self._connection.cursor(Cursor).execute(statement, values)

    def executemany(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        with EXPLAINED:
            self._connection.executemany(statement, values)

    def among(self, statement: str, values: Collection[object]) -> list[Any]:
        return self.execute(statement + AMONG, (json.dumps(list(values)),)).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with EXPLAINED:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk ends it by itself
                    self._connection.execute("ROLLBACK")
                raise

    def index(self, entries: Sequence[Entry]) -> None:
        self.unindex([entry.number for entry in entries])
        self.executemany("INSERT INTO words (rowid, title, body, facets) VALUES (?, ?, ?, ?)", entries)

    def unindex(self, numbers: Sequence[int]) -> None:
        self.executemany("DELETE FROM words WHERE rowid = ?", [(number,) for number in numbers])

    def tidy(self, day: int) -> None:
        self.execute("DELETE FROM words WHERE rowid IN (SELECT number FROM mission WHERE ends < ?)", (day,))

    def find(self, question: Question, depth: int, words: Sequence[Weighed], known: Collection[int]) -> Found:
        with EXPLAINED:
            return self._find(question, depth, words, known)

    def _find(self, question: Question, depth: int, words: Sequence[Weighed], known: Collection[int]) -> Found:
        expression = _expression(question)
        asked = (expression, depth) if expression else (depth,)
        numbers = [number for (number,) in self._connection.execute(NEWEST if expression else ANY, asked)]
        fresh = [number for number in numbers if number not in known]
        if not fresh:
            return Found(len(numbers), [])
        listed = json.dumps(fresh)
        weights = self._weights(listed, words)
        rows = [Row(*row) for row in self._connection.execute(ROWS, (listed,))]
        return Found(len(numbers), [(row, weights.get(row.number, 0.0)) for row in rows])

    def _weights(self, numbers: str, words: Sequence[Weighed]) -> dict[int, float]:
        if not words:
            return {}
        said = [(f" {word} ", weight) for word, weight in words]
        weights: dict[int, float] = {}
        for number, title, body in self._connection.execute(STEMS, (numbers,)):
            heading, rest = f" {title} ", f" {body} "
            weights[number] = sum(
                weight if word in heading else IN_TEXT * weight if word in rest else 0.0 for word, weight in said
            )
        return weights

    def secure_erase(self) -> None:
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._connection.close()


def _expression(question: Question) -> str:
    """The question in the language of FTS5."""
    columns = "title" if question.in_title else "title body"

    def said(term: Term) -> str:
        word = f'{{{columns}}} : "{term.word}"'  # quotes keep it from being read as an operator
        return f"({word} OR facets : {term.facet})" if term.facet else word

    text = (" OR " if question.any_term else " AND ").join(map(said, question.terms))
    parts = ([f"({text})"] if text else []) + [f"facets : ({' OR '.join(line)})" for line in question.facets]
    return " AND ".join(parts)


def open_writer(folder: Path, patience: float = WRITER_WAITS) -> sqlite3.Connection:
    """The connection that imports and syncs write by; makes the file and its tables when they are not there.

    Killed while they are made: nothing is there, and the next start makes them. Each statement waits `patience` seconds
    for another program that writes.
    """
    private_folder(folder)
    _is_a_file(folder / FILE)
    with EXPLAINED:
        connection = sqlite3.connect(folder / FILE, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            _have_wal(connection, patience)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -32768")
            connection.execute("PRAGMA secure_delete = ON")  # an association may be erased
            if _version(connection) < VERSION:
                _bring_up_to_date(connection)
            if _version(connection) > VERSION:
                raise CatalogueTooNew
        except BaseException:
            connection.close()
            raise
    return connection


def _have_wal(connection: sqlite3.Connection, patience: float) -> None:
    """The driver waits for nobody when a file changes to WAL: another program that makes it is waited for here."""
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
        time.sleep(MADE_AGAIN)


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """By one program at a time: another that waited finds nothing to do."""
    with SqliteConnection(connection).transaction():
        for step in STEPS[_version(connection) :]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def open_reader(folder: Path, patience: float = READER_WAITS) -> sqlite3.Connection:
    """A connection that can only read, for the search. The file must be there."""
    uri = f"{(folder / FILE).resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


def _is_a_file(file: Path) -> None:
    """Raises Damaged where something else has its name: the driver's error sounds as if it would pass."""
    if file.exists() and not file.is_file():
        raise Damaged(f"{file.name} is damaged (it is no file): see `allie doctor`")


def _is_made(file: Path, patience: float) -> bool:
    """Whether the file has its tables: killed before they were made, or of an earlier version, it lacks some."""
    if not file.exists():
        return False
    _is_a_file(file)
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", patience, uri=True)) as connection:
        return _version(connection) >= VERSION


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
