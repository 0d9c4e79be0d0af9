"""Where missions are kept: one interface, `sqlite.py` for one process, `postgres.py` for any number on any hosts.

An engine does three things of its own: it runs statements, it indexes the words of missions, and it finds the newest
that answer a question. What a person's wish asks, which candidates fit, which come first and why, what a batch changes
and what a sweep concludes is the same code for both, so that both give the same answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

__all__ = ["Backend", "Connection", "Entry", "Found", "Question", "Row", "Rows", "Term", "Weighed", "open_backend"]


class Row(NamedTuple):
    """What the exact filters look at in a mission. Days are proleptic Gregorian ordinals."""

    number: int
    id: str
    added: int
    starts: int | None
    ends: int | None
    places: int | None
    mask: int
    flexible: int
    minors: int | None
    step_free: int | None
    causes: str
    points: str
    twin: int


class Term(NamedTuple):
    """One thing asked for: a word of the text, or instead of it, where there is one, a word of the facets."""

    word: str
    facet: str = ""


class Weighed(NamedTuple):
    """A word of titles and texts, and what it counts: all of that in a title, `IN_TEXT` of it elsewhere."""

    word: str
    weight: float = 1.0


IN_TEXT = 0.75


@dataclass(frozen=True, slots=True)
class Question:
    """What the index is asked for. Words are made of a-z and 0-9.

    `terms` are all wanted, or only one of them with `any_term`; `in_title` looks for them in titles only. Of each line
    of `facets`, one word at least is wanted.
    """

    terms: tuple[Term, ...] = ()
    any_term: bool = False
    in_title: bool = False
    facets: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """How many answered a question, at most as many as asked for, and those that were not known before, in the order
    they were taken in. Each comes with the sum of what its words weigh."""

    count: int
    rows: list[tuple[Row, float]]


class Entry(NamedTuple):
    """What a mission is found by: words separated by spaces (see `facets.py`)."""

    number: int
    title: str
    body: str
    facets: str


class Rows(Protocol):
    """What a statement gives."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """One connection, for one thread at a time. Statements are in the SQL that both engines read, ? for each value."""

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows: ...

    def executemany(self, statement: str, values: Sequence[Sequence[object]]) -> None: ...

    def among(self, statement: str, values: Collection[object]) -> list[Any]:
        """The rows of a SELECT that ends in the name of a column, where that column is one of the values."""

    def transaction(self) -> AbstractContextManager[object]:
        """All of it or nothing, and nobody else writes meanwhile. Killed inside: nothing happened."""

    def index(self, entries: Sequence[Entry]) -> None:
        """Make these missions found by these words, and by no others."""

    def unindex(self, numbers: Sequence[int]) -> None:
        """Have nobody find these missions any more."""

    def tidy(self, day: int) -> None:
        """After a reading: have nobody find what ended before that day, and the next searches quick."""

    def find(self, question: Question, depth: int, words: Sequence[Weighed], known: Collection[int]) -> Found:
        """The newest `depth` missions that answer the question; rows only for those not `known` already. `words` are
        what their titles and texts are weighed by."""

    def secure_erase(self) -> None:
        """Leave no trace, in what this engine writes, of what was erased or replaced."""

    def close(self) -> None: ...


class Backend(Protocol):
    """The missions of one installation, wherever they are."""

    @property
    def is_near(self) -> bool:
        """Whether looking something up takes a moment at most, so that a conversation may do it where it stands."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to look something up with. Made and filled by others; never waits for a writer."""

    def writing(self, *, patience: float = ...) -> Connection:
        """A connection of one's own, to close when done. It waits `patience` seconds for another that writes."""

    def close(self) -> None: ...


def open_backend(folder: Path, database_url: str | None = None, *, patience: float = 2.0) -> Backend:
    """The missions of a database where there is an address, of a data folder where not. In a folder, a look waits
    `patience` seconds for another program that holds the file."""
    if database_url is None:
        from bot.catalogue.sqlite import SqliteBackend

        return SqliteBackend(folder, patience=patience)
    from bot.catalogue.postgres import PostgresBackend  # the driver is loaded by those who use it

    return PostgresBackend(database_url)
