"""Missions taken in from files that people and feeds really send, and written out again."""

import datetime
import io
import json
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.files import BadFile, export, import_file, records
from bot.catalogue.wish import Wish

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
Make = Callable[..., dict[str, Any]]


def many(make: Make, count: int) -> list[dict[str, Any]]:
    return [make(id=f"m{n}", clientId=f"c{n}", title=f"Lire des histoires, groupe {n}") for n in range(count)]


def test_a_page_of_the_feed_is_taken_in_and_again_changes_nothing(
    catalogue: Catalogue, tmp_path: Path, feed_record: Make
) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"ok": True, "total": 3, "data": many(feed_record, 3)}), "utf-8")
    first, again = import_file(catalogue, path, now=NOW), import_file(catalogue, path, now=NOW)
    assert (first.new, first.refused) == (3, 0)
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert len(catalogue.search(Wish(text="histoires"), today=TODAY).found) == 3


def test_what_changed_is_found_by_its_new_words(catalogue: Catalogue, tmp_path: Path, feed_record: Make) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps([feed_record()]), "utf-8")
    import_file(catalogue, path, now=NOW)
    path.write_text(json.dumps([feed_record(title="Planter des haies", description="Dehors", tags=[])]), "utf-8")
    assert import_file(catalogue, path, now=NOW).changed == 1
    (match,) = catalogue.search(Wish(text="planter"), today=TODAY).found
    assert match.mission.title == "Planter des haies"


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("a.csv", "title,organisation,url,city\nLire,Livres,https://l.example.org,Pau\n", 1),
        ("a.csv", "\ufefftitre;association;lien;ville\r\nLire;Livres;https://l.example.org;Pau\r\n", 1),
        ("a.csv", 'titre;association;lien;ville\n"Lire ; écrire\nencore";Livres;https://l.example.org;Pau\n', 1),
        ("a.csv", "titre\torganisation\turl\tville\nLire\tLivres\thttps://l.example.org\tPau\n", 1),
        ("a.csv", "", 0),
        ("a.csv", "titre;association;lien;ville\n", 0),
        ("a.json", "[]", 0),
        ("a.json", '{"data": []}', 0),
        ("a.json", '{"title":"Lire","organisation":"L","url":"https://l.example.org","city":"Pau"}', 1),
        ("a.json", '{\n "title":"Lire","organisation":"L","url":"https://l.example.org","city":"Pau"\n}', 1),
        (
            "a.jsonl",
            '{"title":"Lire","organisation":"L","url":"https://l.example.org","city":"Pau"}\n\n{}\nnot json\n',
            1,
        ),
    ],
)
def test_the_forms_a_file_may_have(catalogue: Catalogue, tmp_path: Path, name: str, content: str, count: int) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8"))
    assert import_file(catalogue, path, now=NOW).new == count


def test_a_spreadsheet_in_windows_letters_keeps_its_accents(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "besoins.csv"
    path.write_bytes("titre;association;lien;ville\nRécolte d’été;Été;https://e.example.org;Pau\n".encode("cp1252"))
    import_file(catalogue, path, now=NOW)
    (match,) = catalogue.search(Wish(), today=TODAY).found
    assert match.mission.title == "Récolte d’été"


def test_bad_records_are_refused_alone_and_listed(catalogue: Catalogue, tmp_path: Path, feed_record: Make) -> None:
    path = tmp_path / "page.json"
    bad: list[object] = [feed_record(id="bad", title=""), None, "x", 3, feed_record(id="far", addresses=[])]
    path.write_text(json.dumps([*bad, feed_record(id="good")]), "utf-8")
    count = import_file(catalogue, path, now=NOW)
    assert (count.new, count.refused) == (1, 5)
    assert {(row[1], row[2]) for row in catalogue.refused()} >= {("bad", "no title")}
    path.write_text(json.dumps([feed_record(id="bad"), feed_record(id="good")]), "utf-8")
    import_file(catalogue, path, now=NOW)
    assert ("bad", "no title") not in {(row[1], row[2]) for row in catalogue.refused()}


def test_a_line_without_end_is_refused_alone(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    good = "Lire;Les Pages;https://pages.example.org;Pau\n"
    path.write_text(f"titre;association;lien;ville\n{good}{'x;' * 1_000_000}\n{good.replace('Lire', 'Trier')}", "utf-8")
    count = import_file(catalogue, path, now=NOW)
    assert (count.new, count.refused) == (2, 1)
    ((_source, _id, reason, excerpt, _seen),) = catalogue.refused()
    assert reason == "not an object"
    assert excerpt.startswith("longer than 1,000,000 characters: x;x;")


def test_what_is_no_record_is_refused_alone_whatever_is_in_it(
    catalogue: Catalogue, tmp_path: Path, feed_record: Make
) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps(["\ud800 <b>half", 7, None, feed_record()]), "ascii")
    count = import_file(catalogue, path, now=NOW)
    assert (count.new, count.refused) == (1, 3)
    listed = {(reason, where) for _source, where, reason, _excerpt, _seen in catalogue.refused()}
    assert listed == {("not an object", f"item {number}") for number in (1, 2, 3)}


def test_the_same_mission_twice_in_a_file_is_one(catalogue: Catalogue, tmp_path: Path, feed_record: Make) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps([feed_record(), feed_record()]), "utf-8")
    import_file(catalogue, path, now=NOW)
    assert catalogue.freshness().missions == 1


def test_a_publisher_that_gives_a_mission_a_new_id_does_not_double_it(
    catalogue: Catalogue, tmp_path: Path, feed_record: Make
) -> None:
    path = tmp_path / "page.json"
    newer = feed_record(id="new-id", title="Lire, mieux", updatedAt="2026-11-20T00:00:00.000Z")
    path.write_text(json.dumps([feed_record(id="old-id"), newer, feed_record(id="old-id")]), "utf-8")
    import_file(catalogue, path, now=NOW)
    (match,) = catalogue.search(Wish(), today=TODAY).found
    assert match.mission.title == "Lire, mieux"


@pytest.mark.parametrize("cut", [0.3, 0.55, 0.9])
def test_a_file_that_breaks_off_gives_what_came_before(
    catalogue: Catalogue, tmp_path: Path, feed_record: Make, cut: float
) -> None:
    whole = json.dumps({"ok": True, "data": many(feed_record, 50)})
    path = tmp_path / "page.json"
    path.write_text(whole[: int(len(whole) * cut)], "utf-8")
    with pytest.raises(BadFile, match="breaks off"):
        import_file(catalogue, path, now=NOW)
    assert 5 < catalogue.freshness().missions < 50


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"ok":false,"code":"SERVER_ERROR"}'),
        ("a.json", "[{]"),
        ("a.json", '{"a": '),
        ("a.txt", "Unauthorized"),
        ("a.json", ""),
        ("a.json", "[" * 100_000),
    ],
)
def test_a_file_that_is_no_list_of_missions_says_so(
    catalogue: Catalogue, tmp_path: Path, name: str, content: str
) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(BadFile):
        import_file(catalogue, path, now=NOW)


def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path, feed_record: Make) -> None:
    path = tmp_path / "large.json"
    line = json.dumps(feed_record(description="mot " * 4_000), ensure_ascii=False)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"ok":true,"data":[' + ",".join([line] * 2_500) + "]}")
    assert path.stat().st_size > 40_000_000
    tracemalloc.start()
    count = sum(1 for _record in records(path))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_500
    assert peak < 20_000_000


def test_what_is_exported_comes_back_as_it_was(
    catalogue: Catalogue, tmp_path: Path, feed_record: Make, no_missions: Path
) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps(many(feed_record, 5)), "utf-8")
    import_file(catalogue, path, now=NOW)
    out = io.StringIO()
    assert export(catalogue, out) == 5
    again = tmp_path / "again.jsonl"
    again.write_text(out.getvalue(), "utf-8")
    with Catalogue(
        open_backend(tmp_path / "other"),
        places=catalogue.places,
        organisations=catalogue.organisations,
        synonyms=catalogue.synonyms,
        data=no_missions,
    ) as other:
        assert import_file(other, again, now=NOW).new == 5
        for match in catalogue.search(Wish(), today=TODAY).found:
            assert other.mission(match.mission.id) == match.mission


def feed_of_200_mb(path: Path, make: Make) -> int:
    """A page of the feed that is 200 MB long; returns how many missions it holds."""
    text = "<p>Une phrase, des <b>balises</b> &amp; des entités.</p>" * 1_500
    written = count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"ok": true, "data": [')
        while written < 200 << 20:
            record = make(id=f"m{count}", clientId=f"c{count}", title=f"Mission {count}", description=text)
            written += file.write(("," if count else "") + json.dumps(record))
            count += 1
        file.write("]}")
    return count


def one_record_of_200_mb(path: Path, make: Make) -> int:
    """A good mission, then one whose text never ends: the file makes no sense from there on."""
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps([make()])[:-1] + ', {"title": "')
        for _megabyte in range(200):
            file.write("x" * (1 << 20))
    return 1


def lines_of_200_mb(path: Path, make: Make) -> int:
    """A table of one line that has no end, named like a spreadsheet."""
    with path.open("w", encoding="utf-8") as file:
        file.write("titre;association;lien;ville\nLire;Les Pages;https://pages.example.org;Pau\n")
        for _megabyte in range(200):
            file.write("x;" * (1 << 19))
    return 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("write", "name"),
    [(feed_of_200_mb, "feed.json"), (one_record_of_200_mb, "one.json"), (lines_of_200_mb, "table.csv")],
)
def test_200_megabytes_fit_into_little_memory(
    tmp_path: Path, feed_record: Make, write: Callable[[Path, Make], int], name: str
) -> None:
    path = tmp_path / name
    good = write(path, feed_record)
    command = [sys.executable, "-m", "bot", "catalogue", "--data", str(tmp_path / "data")]
    done = subprocess.run([*command, "import", str(path)], preexec_fn=in_400_megabytes, capture_output=True, text=True)
    path.unlink()
    assert "MemoryError" not in done.stderr
    assert done.returncode == (1 if write is one_record_of_200_mb else 0), done.stderr
    stats = subprocess.run([*command, "stats", "--json"], capture_output=True, text=True, check=True)
    sources = json.loads(stats.stdout)["sources"]
    assert sum(counts.get("active", 0) for source, counts in sources.items() if source != "evergreen") == good


def in_400_megabytes() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
