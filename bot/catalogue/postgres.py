"""The missions on PostgreSQL, shared by any number of processes on any hosts.

Its own tables, in the schema `catalogue`, made by `allie migrate` (`postgres_schema.py`). One writes at a time, as on
SQLite: a transaction holds an advisory lock, so a need, an import and a sweep follow each other batch by batch, and a
process that vanishes frees it with its connection. Looking something up waits for nobody.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool

from bot.catalogue.backend import IN_TEXT, Entry, Found, Question, Row, Term, Weighed
from bot.catalogue.postgres_schema import check_on
from bot.postgres import CONNECTING, Explained, marked

__all__ = ["PostgresBackend"]

READERS = 4
"""Connections to look things up with, in this process at most."""
WRITER_WAITS = 5_000
"""Milliseconds for another process that writes."""
WAIT = 2.0
"""Seconds to wait for one of them, or for a database that does not answer."""

SESSION = (
    "-c search_path=catalogue -c jit=off -c enable_seqscan=off -c plan_cache_mode=force_custom_plan "
    "-c lock_timeout={wait} -c statement_timeout={timeout} -c idle_in_transaction_session_timeout=60000 "
    "-c client_connection_check_interval=2000 "
    "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=8000"
)
"""What a connection asks of the server: a plan for each question, nobody waited for long, and to give up on a host that
vanished."""
EXPLAINED = Explained("the database of the catalogue", "another process is writing to the catalogue")
WIRE: dict[str, Any] = {**CONNECTING, "autocommit": True, "row_factory": tuple_row}

ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('allie:catalogue', 0))"

# All that match, by the GIN index, then the newest of them: left to choose, the planner takes the numbers backwards and
# looks at each row, for it thinks that squares and words it knows nothing of are common.
MATCHING = "SELECT number FROM words WHERE lexemes @@ %s::tsquery"
ANY = "SELECT number FROM words"
FIND = """
WITH matching AS {how} ({matching}), asked AS (SELECT number FROM matching ORDER BY number DESC LIMIT %s)
SELECT number, id, added, starts, ends, places, mask, flexible, minors, step_free, causes, points, twin, {weight}
FROM asked JOIN words USING (number) JOIN mission USING (number) ORDER BY number
"""
WEIGHT = "CASE WHEN lexemes @@ %s::tsquery THEN %s::float8 WHEN lexemes @@ %s::tsquery THEN %s::float8 ELSE 0.0 END"

INDEX = """
INSERT INTO words (number, lexemes) VALUES (%s, %s::tsvector)
ON CONFLICT (number) DO UPDATE SET lexemes = excluded.lexemes
"""
UNINDEX = "DELETE FROM words WHERE number = ANY(%s)"
OVER = "DELETE FROM words WHERE number IN (SELECT number FROM mission WHERE ends < %s)"

# What was just written waits beside the index, and each search would read it all. Only the owner of the tables may have
# it put in at once; else the database does it by itself, some time later.
SETTLE = "SELECT gin_clean_pending_list('words_lexemes')"

Wire = psycopg.Connection[tuple[Any, ...]]


class PostgresBackend:
    """The schema `catalogue` of one database."""

    is_near = False

    def __init__(self, url: str) -> None:
        self._url = url
        self._is_checked = False
        self._pool: ConnectionPool[Wire] = ConnectionPool(
            url,
            min_size=0,
            max_size=READERS,
            timeout=WAIT,
            reconnect_timeout=10.0,
            open=False,
            check=ConnectionPool.check_connection,
            kwargs={**WIRE, "options": SESSION.format(wait=WRITER_WAITS, timeout=4_000)},
        )

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        with EXPLAINED:
            self._pool.open()  # again and again: only the first does something
            with self._pool.connection() as wire:
                self._check(wire)
                yield PostgresConnection(wire)

    def writing(self, *, patience: float = WRITER_WAITS / 1_000) -> PostgresConnection:
        with EXPLAINED:
            options = SESSION.format(wait=min(WRITER_WAITS, round(patience * 1_000)), timeout=60_000)
            wire = psycopg.Connection[tuple[Any, ...]].connect(self._url, **WIRE, options=options)
            try:
                self._check(wire)
            except BaseException:
                wire.close()
                raise
            return PostgresConnection(wire)

    def _check(self, wire: Wire) -> None:
        if not self._is_checked:
            check_on(wire)
            self._is_checked = True

    def close(self) -> None:
        self._pool.close()


class PostgresConnection:
    """See `backend.Connection`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def execute(self, statement: str, values: Sequence[object] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        with EXPLAINED:
            return self._wire.execute(marked(statement), _storable(values))

    def executemany(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        if values:
            with EXPLAINED, self._wire.cursor() as cursor:
                cursor.executemany(marked(statement), [_storable(row) for row in values])

    def among(self, statement: str, values: Collection[object]) -> list[Any]:
        with EXPLAINED:
            wanted = _storable(list(values))
            return self._wire.execute(marked(statement + " = ANY(?)"), (wanted,)).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with EXPLAINED, self._wire.transaction():
            self._wire.execute(ALONE)
            yield

    def index(self, entries: Sequence[Entry]) -> None:
        self.executemany(INDEX, [(entry.number, _lexemes(entry)) for entry in entries])

    def unindex(self, numbers: Sequence[int]) -> None:
        if numbers:
            self.execute(UNINDEX, (list(numbers),))

    def tidy(self, day: int) -> None:
        self.execute(OVER, (day,))
        with EXPLAINED, contextlib.suppress(errors.InsufficientPrivilege), self._wire.transaction():
            self._wire.execute(
                SETTLE
            )  # only the owner of the tables may; the database does it by itself some time later
        self.execute("ANALYZE words, mission")

    def find(self, question: Question, depth: int, words: Sequence[Weighed], known: Collection[int]) -> Found:
        asked = _tsquery(question)
        weight = " + ".join([WEIGHT] * len(words)) or "0.0::float8"
        how, matching = ("MATERIALIZED", MATCHING) if asked else ("NOT MATERIALIZED", ANY)
        statement = FIND.format(how=how, matching=matching, weight=weight)
        marks = [mark for word, weight in words for mark in (f"'^{word}'", weight, f"'{word}'", IN_TEXT * weight)]
        with EXPLAINED:
            rows = self._wire.execute(statement.encode(), (*([asked] if asked else []), depth, *marks)).fetchall()
        return Found(len(rows), [(Row(*row[:-1]), row[-1]) for row in rows if row[0] not in known])

    def secure_erase(self) -> None:
        """No query finds it any more; its bytes go when the database vacuums them, and its log is recycled."""

    def close(self) -> None:
        self._wire.close()


def _lexemes(entry: Entry) -> str:
    """All that a mission is found by, as a tsvector: words, marked ones of the title, marked ones of the facets."""
    title = entry.title.split()
    words = {
        *title,
        *entry.body.split(),
        *(f"^{word}" for word in title),
        *(f"@{word}" for word in entry.facets.split()),
    }
    return " ".join(f"'{word}'" for word in words)


def _tsquery(question: Question) -> str:
    """The question in the language of tsquery; empty when anything will do."""
    mark = "^" if question.in_title else ""

    def said(term: Term) -> str:
        return f"('{mark}{term.word}' | '@{term.facet}')" if term.facet else f"'{mark}{term.word}'"

    text = (" | " if question.any_term else " & ").join(map(said, question.terms))
    lines = [" | ".join(f"'@{word}'" for word in line) for line in question.facets]
    return " & ".join(f"({part})" for part in ([text] if text else []) + lines)


def _storable(values: Sequence[object]) -> Sequence[object]:
    """The values without what PostgreSQL keeps in no text: the character zero."""
    return [value.replace("\x00", "") if isinstance(value, str) else value for value in values]
