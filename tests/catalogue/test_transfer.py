"""A catalogue moves from a data folder to a database and back, with its needs and what was decided of them."""

import datetime
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.catalogue import needs
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.files import import_file
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.sqlite import FILE
from bot.catalogue.support import import_support
from bot.catalogue.transfer import CopyFailed, copy
from bot.catalogue.wish import Wish

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
Make = Callable[..., dict[str, Any]]


def need(key: str) -> Mission:
    title = f"Servir {key}"
    return Mission(
        key, "needs", title, "Table ouverte", "https://t.example.org", causes=("solidarity",), everywhere=True
    )


@pytest.fixture
def folder(tmp_path: Path, feed_record: Make) -> Path:
    """A data folder that has served: the evergreen missions, some of a file, needs in each state."""
    page = tmp_path / "page.json"
    records = [feed_record(id=f"m{n}", clientId=f"c{n}", title=f"Lire des histoires, {n}") for n in range(30)]
    page.write_text(json.dumps([*records, feed_record(id="bad", title="")]), "utf-8")
    place = tmp_path / "from"
    with Catalogue(open_backend(place)) as catalogue:
        catalogue.fill()
        import_file(catalogue, page, now=NOW)
        points = tmp_path / "points.json"
        points.write_text(json.dumps({"name": "MVA", "city": "Avignon", "source": "a page", "checked": "2026-11-01"}))
        import_support(catalogue, points, now=NOW)
        with catalogue.writer() as writer:
            for key in ("wait", "yes", "no", "old"):
                needs.propose(writer, need(key), owner=f"telegram:{key}", now=NOW)
            needs.approve(writer, "needs:yes", now=NOW)
            needs.refuse(writer, "needs:no", now=NOW)
            needs.approve(writer, "needs:old", now=NOW - datetime.timedelta(days=90))
            writer.put([], [Refusal("test", "1", "no title")], now=NOW)
            needs.mark_told(writer, "needs:no")
    return place


@pytest.fixture
def there(empty_database: str) -> Iterator[Catalogue]:
    with Catalogue(open_backend(Path(), empty_database)) as catalogue:
        catalogue.fill()  # as `allie migrate` does
        yield catalogue


def state(catalogue: Catalogue) -> Any:
    """All that a moderator, an association and a volunteer see."""
    with catalogue.reading() as connection:
        told = [needs.mine(connection, f"telegram:{key}") for key in ("wait", "yes", "no", "old")]
        moderation = needs.pending(connection), needs.untold(connection), needs.counts(connection, TODAY)
    searches = [
        catalogue.search(Wish(text=text), today=TODAY, limit=50) for text in ("", "histoires", "servir", "chiens")
    ]
    return told, moderation, searches, catalogue.refused(), catalogue.stats(TODAY)


def test_it_is_the_same_there_and_back(folder: Path, there: Catalogue, empty_database: str, tmp_path: Path) -> None:
    rows = copy(str(folder), empty_database, today=TODAY)
    with Catalogue(open_backend(folder)) as here:
        before = state(here)
        with here.reading() as connection:
            assert connection.execute("SELECT count(*) FROM mission").fetchone() == (rows["mission"],)
    assert state(there) == before
    copy(empty_database, str(tmp_path / "back"), today=TODAY)
    with Catalogue(open_backend(tmp_path / "back")) as back:
        assert state(back) == before


def test_stopped_in_the_middle_it_goes_on(folder: Path, there: Catalogue, empty_database: str) -> None:
    class Stopped(Exception):
        pass

    def stop(table: str, _done: int, _total: int) -> None:
        if table == "sweep":
            raise Stopped

    with pytest.raises(Stopped):
        copy(str(folder), empty_database, today=TODAY, progress=stop)
    copy(str(folder), empty_database, today=TODAY)
    with Catalogue(open_backend(folder)) as here:
        assert state(there) == state(here)


def test_what_the_target_has_of_its_own_is_never_replaced(folder: Path, there: Catalogue, empty_database: str) -> None:
    with there.writer() as writer:
        needs.propose(writer, need("mine"), owner="telegram:1", now=NOW)
    with pytest.raises(CopyFailed, match="has missions already"):
        copy(str(folder), empty_database, today=TODAY)
    with there.reading() as connection:
        assert [need.mission.id for need in needs.pending(connection)] == ["needs:mine"]


def test_a_copy_that_was_changed_is_noticed(folder: Path, there: Catalogue, empty_database: str) -> None:
    def change(table: str, _done: int, _total: int) -> None:
        if table == "refused":
            with psycopg.connect(empty_database, autocommit=True) as connection:
                connection.execute("UPDATE catalogue.mission SET owner = 'somebody' WHERE id = 'needs:wait'")

    with pytest.raises(CopyFailed, match="differ in the table mission"):
        copy(str(folder), empty_database, today=TODAY, progress=change)


def test_a_folder_without_missions_has_nothing_to_copy(tmp_path: Path, empty_database: str) -> None:
    assert copy(str(tmp_path), empty_database, today=TODAY) == {}
    assert not (tmp_path / FILE).exists()


def test_new_numbers_follow_those_that_were_copied(folder: Path, there: Catalogue, empty_database: str) -> None:
    copy(str(folder), empty_database, today=TODAY)
    with there.writer() as writer:
        needs.propose(writer, need("new"), owner="telegram:1", now=NOW)
        needs.approve(writer, "needs:new", now=NOW)
    found = there.search(Wish(text="servir new"), today=TODAY).found
    assert [match.mission.id for match in found].count("needs:new") == 1


def test_both_ends_must_differ(tmp_path: Path) -> None:
    with pytest.raises(CopyFailed, match="onto itself"):
        copy(str(tmp_path), str(tmp_path), today=TODAY)


def test_from_a_terminal(folder: Path, there: Catalogue, empty_database: str, run: Callable[..., Any]) -> None:
    done = run("copy", str(folder), empty_database)
    assert done.exit_code == 0, done.output
    assert "mission: " in done.output
    with closing(open_backend(Path(), empty_database)) as backend, backend.reading() as connection:
        assert [need.owner for need in needs.pending(connection)] == ["telegram:wait"]
