"""Appeals for gifts: read from files, published as needs are, found near a place, and never taken for missions."""

import datetime
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from bot.catalogue import appeals, needs
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.files import export, import_file
from bot.catalogue.mission import APPEAL, Mission, Site
from bot.catalogue.own_format import read_receipt
from bot.catalogue.place import Place
from bot.catalogue.wish import Wish

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
TABLE = (
    "titre;fondation;ville;cause;ce que permet un don;jusqu'au;page;reçu fiscal;contrepartie\n"
    "Un toit cet hiver;Fondation du Port;Marseille;solidarity;20 € : une nuit au chaud;31/12/2026;"
    "https://port.example.org/don;oui, 66 %;\n"
    "Courir pour l'école;Les Foulées;Aix-en-Provence;education;;;foulees.example.org;75 %;un dossard\n"
    "Replanter;Les Arbres;Lille;environment;;01/11/2026;https://arbres.example.org;non;\n"
)


def town(catalogue: Catalogue, name: str) -> Place:
    found = catalogue.places.find(name).natural
    assert found is not None
    return found


def titles(catalogue: Catalogue, name: str, *causes: str) -> list[str]:
    with catalogue.reading() as connection:
        return [one.appeal.title for one in appeals.near(connection, town(catalogue, name), causes, TODAY, 5)]


def table(folder: Path) -> Path:
    path = folder / "collectes.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_appeals_are_found_near_a_place_and_never_as_missions(catalogue: Catalogue, tmp_path: Path) -> None:
    assert import_file(catalogue, table(tmp_path), now=NOW, appeals=True).new == 3
    assert titles(catalogue, "Marseille") == ["Un toit cet hiver", "Courir pour l'école"]
    assert titles(catalogue, "Marseille", "education") == ["Courir pour l'école"]
    assert titles(catalogue, "Lille") == []
    assert not catalogue.search(Wish(), today=TODAY).found
    with catalogue.reading() as connection:
        first, second = appeals.near(connection, town(catalogue, "Marseille"), (), TODAY, 5)
    assert (first.appeal.receipt, first.appeal.buys) == ("ordinary", "20 € : une nuit au chaud")
    assert (second.appeal.receipt, second.appeal.in_return) == ("raised", "un dossard")


def test_appeals_come_back_as_they_went_out(catalogue: Catalogue, tmp_path: Path) -> None:
    import_file(catalogue, table(tmp_path), now=NOW, appeals=True)
    out = io.StringIO()
    export(catalogue, out)
    assert {json.loads(line)["kind"] for line in out.getvalue().splitlines()} == {"appeal"}
    again = tmp_path / "again.jsonl"
    again.write_text(out.getvalue(), "utf-8")
    assert import_file(catalogue, again, now=NOW).same == 3


def test_a_published_appeal_waits_for_a_moderator_and_counts_as_no_need(catalogue: Catalogue) -> None:
    site = Site("Lille", "", "59", "59350", 50.63, 3.06)
    told = Mission("needs:1", "needs", "Des repas", "La Cantine", "https://cantine.example.org", APPEAL, sites=(site,))
    with catalogue.writer() as writer:
        needs.propose(writer, told, owner="o", now=NOW)
        assert titles(catalogue, "Lille") == []
        needs.approve(writer, "needs:1", now=NOW)
        assert titles(catalogue, "Roubaix") == ["Des repas"]
        assert needs.counts(writer.connection, TODAY) == []
        needs.forget(writer, "o", now=NOW)
    assert titles(catalogue, "Lille") == []


def test_what_was_removed_or_edited_here_is_erased_all_the_same(catalogue: Catalogue) -> None:
    told = Mission("needs:1", "needs", "Des repas", "La Cantine", "https://cantine.example.org", everywhere=True)
    with catalogue.writer() as writer:
        needs.propose(writer, told, owner="o", now=NOW)
        needs.approve(writer, "needs:1", now=NOW)
        writer.amend("needs:1", lambda mission: replace(mission, title="Des soupes"), now=NOW)
        assert writer.remove("needs:1")
        needs.forget(writer, "o", now=NOW)
        writer.tidy(TODAY)
        kept = [body for (body,) in writer.connection.execute("SELECT body FROM mission").fetchall()]
        kept += [value for (value,) in writer.connection.execute("SELECT value FROM note").fetchall()]
    assert not any(word in text for text in kept for word in ("repas", "soupes", "Cantine"))


@pytest.mark.parametrize(
    ("said", "receipt"),
    [
        ("66 %", "ordinary"),
        ("oui", "ordinary"),
        ("Reçu fiscal à 75 % (Coluche)", "raised"),
        ("non", "none"),
        ("pas de reçu fiscal", "none"),
        ("", ""),
        (None, ""),
        ("à voir", ""),
    ],
)
def test_what_a_body_states_of_its_receipts_is_read(said: object, receipt: str) -> None:
    assert read_receipt(said) == receipt


def test_a_list_of_appeals_is_imported_by_a_command(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("import", "--appeals", str(table(tmp_path)))
    assert "3 new" in done.output
    assert "receipt ← reçu fiscal" in done.output
    assert run("import", "--appeals", "--support", str(table(tmp_path))).exit_code == 2
