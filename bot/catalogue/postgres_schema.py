"""The catalogue's tables in PostgreSQL, in a schema of their own, as numbered migrations run by `allie migrate`.

They hold the same values as those of `sqlite.py`, so that a catalogue can be copied from one to the other row by row,
and texts are compared by their bytes, as there.

`words` is what missions are found by. Stems, synonyms, causes and squares of the map are made in Python for both
engines (`facets.py`), so that both find the same: here each is a lexeme as it is, and one GIN index answers words,
place and conditions together. A word is there twice when it is in the title, once with a mark: an index that knew the
weights of lexemes would have to look at each row again. `words` is apart from `mission`, whose rows change at each
sweep.
"""

from __future__ import annotations

from bot.postgres import Migrations

__all__ = ["MIGRATIONS", "check_on", "migrate"]

C001 = (
    """
    CREATE TABLE catalogue.mission (
        number bigint PRIMARY KEY,
        id text COLLATE "C" NOT NULL UNIQUE,
        source text COLLATE "C" NOT NULL,
        origin text COLLATE "C" NOT NULL,
        owner text COLLATE "C" NOT NULL,
        state text COLLATE "C" NOT NULL,
        told integer NOT NULL DEFAULT 1,
        digest text COLLATE "C" NOT NULL,
        added integer NOT NULL,
        seen integer NOT NULL,
        sweep bigint NOT NULL,
        misses integer NOT NULL,
        updated text COLLATE "C" NOT NULL,
        starts integer,
        ends integer,
        places integer,
        mask integer NOT NULL,
        flexible integer NOT NULL,
        minors integer,
        step_free integer,
        causes text COLLATE "C" NOT NULL,
        points text COLLATE "C" NOT NULL,
        twin bigint NOT NULL,
        body text COLLATE "C" NOT NULL
    )
    """,
    "CREATE INDEX mission_by_source ON catalogue.mission (source, state, sweep)",
    "CREATE INDEX mission_by_origin ON catalogue.mission (origin) WHERE origin <> ''",
    "CREATE INDEX mission_by_owner ON catalogue.mission (owner) WHERE owner <> ''",
    "CREATE INDEX mission_by_end ON catalogue.mission (ends) WHERE ends IS NOT NULL",
    """
    CREATE TABLE catalogue.words (
        number bigint PRIMARY KEY REFERENCES catalogue.mission ON DELETE CASCADE,
        lexemes tsvector NOT NULL
    )
    """,
    "CREATE INDEX words_lexemes ON catalogue.words USING gin (lexemes)",
    """
    CREATE TABLE catalogue.sweep (
        number bigint PRIMARY KEY,
        source text COLLATE "C" NOT NULL,
        started text COLLATE "C" NOT NULL,
        finished text COLLATE "C",
        outcome text COLLATE "C" NOT NULL,
        skip integer NOT NULL,
        total integer,
        beat text COLLATE "C" NOT NULL,
        detail text COLLATE "C" NOT NULL
    )
    """,
    """
    CREATE TABLE catalogue.sweep_seen (
        sweep bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        PRIMARY KEY (sweep, id)
    )
    """,
    """
    CREATE TABLE catalogue.refused (
        source text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        reason text COLLATE "C" NOT NULL,
        excerpt text COLLATE "C" NOT NULL,
        seen text COLLATE "C" NOT NULL,
        PRIMARY KEY (source, id, reason)
    )
    """,
    'CREATE TABLE catalogue.note (key text COLLATE "C" PRIMARY KEY, value text COLLATE "C" NOT NULL)',
)
C002 = (
    """
    CREATE TABLE catalogue.support (
        id text COLLATE "C" PRIMARY KEY,
        source text COLLATE "C" NOT NULL,
        departement text COLLATE "C" NOT NULL,
        checked integer NOT NULL,
        body text COLLATE "C" NOT NULL
    )
    """,
    "CREATE INDEX support_by_departement ON catalogue.support (departement)",
    "CREATE INDEX support_by_source ON catalogue.support (source)",
)
MIGRATIONS: dict[str, tuple[str, ...]] = {"c001_missions": C001, "c002_support": C002}
"""In order. What was released is never changed: what follows is another migration."""

TABLES = Migrations(MIGRATIONS, "catalogue.migration", ("CREATE SCHEMA IF NOT EXISTS catalogue",))
migrate, check_on = TABLES.run, TABLES.check_on
