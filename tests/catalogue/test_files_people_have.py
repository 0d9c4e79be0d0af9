"""Files as associations and local authorities have them: their headings, letters, days, places and ways to join."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from bot.catalogue.catalogue import Catalogue
from bot.catalogue.dates import read_day, read_days
from bot.catalogue.files import BadFile, export, import_file
from bot.catalogue.headings import UnknownHeading, field_of, understand
from bot.catalogue.mission import Mission
from bot.catalogue.wish import Wish

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()
Run = Callable[..., Result]
HEADINGS = "titre;association;ville;lien"
LINE = "Aide aux devoirs;Les Voisins;Marseille;https://voisins.example.org/devoirs"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def shown(catalogue: Catalogue) -> list[Mission]:
    return [match.mission for match in catalogue.search(Wish(), today=TODAY, limit=200).found]


def workbook(path: Path, *rows: list[Any], sheet: str = "Feuil1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Intitulé de la mission", "title"),
        ("Mission", "title"),
        ("Nom de l’association", "organisation"),
        ("STRUCTURE", "organisation"),
        ("Nb de places", "places"),
        ("Lien d'inscription", "url"),
        ("Site web", "site"),
        ("Date de début", "starts"),
        ("Date de fin de la mission", "ends"),
        ("Lieu", "address"),
        ("Code postal*", "postcode"),
        ("Courriel", "mail"),
        ("Tél.", "phone"),
        ("Volunteer role", "title"),
        ("Start date", "starts"),
        ("organizationName", "organisation"),
        ("text_en", "text_en"),
        ("Couleur préférée", ""),
    ],
)
def test_a_heading_is_read_by_what_it_means(heading: str, meaning: str) -> None:
    assert field_of(heading) == meaning


def test_a_name_is_the_title_or_else_the_body() -> None:
    assert understand(["Nom", "Association"]).understood == {"title": "Nom", "organisation": "Association"}
    assert understand(["Nom", "Mission"]).understood == {"organisation": "Nom", "title": "Mission"}


def test_what_was_not_understood_comes_with_a_proposal() -> None:
    found = understand(
        ["Ttire", "Asociation", "Page web perso"], sample=[["Lire", "Pages", "https://pages.example.org"]]
    )
    assert found.proposals == {"Ttire": "title", "Asociation": "organisation", "Page web perso": "url"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("5 décembre 2026", (2026, 12, 5)),
        ("samedi 1er décembre 2026", (2026, 12, 1)),
        ("05/12/26", (2026, 12, 5)),
        ("19.12.2026", (2026, 12, 19)),
        ("2026-12-31 00:00:00", (2026, 12, 31)),
        ("46000", (2025, 12, 9)),
        (46000.25, (2025, 12, 9)),
        ("December 5, 2026", (2026, 12, 5)),
        ("2026-12-05T23:30:00Z", (2026, 12, 6)),
    ],
)
def test_a_day_is_read_however_it_is_written(said: object, day: tuple[int, int, int]) -> None:
    assert read_day(said) == datetime.date(*day)


@pytest.mark.parametrize("said", ["bientôt", "31/02/2026", "99999", "20261205", "5 décembre", "", None, True, "x" * 90])
def test_what_is_no_day_is_none(said: object) -> None:
    assert read_day(said) is None


def test_a_range_of_days_is_read() -> None:
    first, last = datetime.date(2026, 12, 28), datetime.date(2027, 1, 3)
    assert read_days("du 28 décembre au 3 janvier 2027") == (first, last)
    assert read_days("28/12/2026 - 03/01/2027") == (first, last)


def test_excel_in_french_is_taken_whole(catalogue: Catalogue, tmp_path: Path) -> None:
    text = (
        "Intitulé de la mission;Nom de l'association;Commune;Code postal;Date de début;Date de fin;Horaires;"
        "Nb de places;Lien d'inscription;Latitude;Longitude;Descriptif\r\n"
        "Aide aux devoirs;Les Voisins;Marseille;13001;05/12/2026;19/12/2026;samedi 10h-12h;4;"
        'https://voisins.example.org/devoirs;43,2965;5,3698;"Aider.\r\nGoûter offert."\r\n'
        "Maraude d'hiver;Les Voisins;Bourg-en-Bresse;1000;1er décembre 2026;31 mars 2027;mardi soir;;"
        "voisins.example.org/maraude;46,2052;5,2255;Équipe de 4\r\n"
    )
    assert import_file(catalogue, written(tmp_path, "besoins.csv", text.encode("cp1252")), now=NOW).new == 2
    help_, round_ = sorted(shown(catalogue), key=lambda mission: mission.title)
    assert (help_.starts, help_.ends, help_.places) == (datetime.date(2026, 12, 5), datetime.date(2026, 12, 19), 4)
    assert help_.text == "Aider.\nGoûter offert."
    assert round_.sites[0].departement == "01"
    assert round_.url == "https://voisins.example.org/maraude"


@pytest.mark.parametrize(
    "content",
    [
        f"sep=;\r\n{HEADINGS}\r\n{LINE}\r\n".encode(),
        f"Besoins 2026;;;\r\n;;;\r\n{HEADINGS}\r\n{LINE}\r\n;;;\r\n".encode(),
        f"{HEADINGS}\r\n{LINE}\r\n".replace(";", "\t").encode("utf-16"),
        f"{HEADINGS}\n{LINE}\n".replace(";", "|").encode(),
        f"\ufeff{HEADINGS}\n{LINE}\n".encode(),
    ],
)
def test_a_table_is_read_whatever_stands_above_or_between(catalogue: Catalogue, tmp_path: Path, content: bytes) -> None:
    count = import_file(catalogue, written(tmp_path, "t.csv", content), now=NOW)
    assert (count.new, count.refused) == (1, 0)


def test_mail_telephone_and_bare_pages_are_ways_to_join(catalogue: Catalogue, tmp_path: Path) -> None:
    rows = "titre;association;ville;contact\nLire;A;Pau;lire@exemple.org\nTrier;A;Pau;Appeler le 05 59 00 00 00\n"
    rows += "Servir;A;Pau;www.exemple.org/servir\nRien;A;Pau;Mme Martin\n"
    count = import_file(catalogue, written(tmp_path, "t.csv", rows), now=NOW)
    assert (count.new, count.refused) == (3, 1)
    assert {mission.title: mission.url for mission in shown(catalogue)} == {
        "Lire": "mailto:lire@exemple.org",
        "Trier": "tel:05 59 00 00 00",
        "Servir": "https://www.exemple.org/servir",
    }


def test_days_that_cannot_be_read_are_to_be_confirmed(catalogue: Catalogue, tmp_path: Path) -> None:
    rows = f"{HEADINGS};début;fin\n{LINE};bientôt;\n{LINE.replace('devoirs', 'lecture')};05/12/2026;01/12/2026\n"
    assert import_file(catalogue, written(tmp_path, "t.csv", rows), now=NOW).new == 2
    assert {mission.schedule for mission in shown(catalogue)} == {"dates à confirmer"}
    assert {mission.schedule_in("en") for mission in shown(catalogue)} == {"dates to be confirmed"}


@pytest.mark.parametrize(
    "place", ["13001 Marseille", "Marseille (13)", "1 rue du Port, 13001 Marseille", "MARSEILLE CEDEX 02"]
)
def test_a_place_is_found_in_what_is_written(catalogue: Catalogue, tmp_path: Path, place: str) -> None:
    rows = f'mission;structure;lieu;site web\nLire;A;"{place}";exemple.org\n'
    import_file(catalogue, written(tmp_path, "t.csv", rows), now=NOW)
    assert [mission.sites[0].departement for mission in shown(catalogue)] == ["13"]


def test_an_excel_workbook_is_read_with_its_days_numbers_and_sheets(catalogue: Catalogue, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Notice", "à lire"])
    sheet = book.create_sheet("Missions")
    sheet.append(["Besoins"])
    sheet.append(["Mission", "Structure", "Code postal", "Date de début", "Places", "Site web", "Mineurs"])
    sheet.append(["Lire", "Pages", 1000, datetime.date(2026, 12, 5), 4.0, "pages.example.org", True])
    sheet.append(["=1+1", None, None, None, None, None, None])
    book.save(tmp_path / "besoins.xlsx")
    count = import_file(catalogue, tmp_path / "besoins.xlsx", now=NOW)
    assert (count.new, count.refused) == (1, 0)
    (mission,) = shown(catalogue)
    assert (mission.sites[0].departement, mission.places, mission.minors) == ("01", 4, True)
    assert mission.starts == datetime.date(2026, 12, 5)


def test_a_libreoffice_workbook_is_read(catalogue: Catalogue, tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    names = "".join(cell(name) for name in ("titre", "association", "ville", "date de début", "lien"))
    days = 'office:value-type="date" office:date-value="2026-12-05"'
    line = cell("Lire") + cell("Pages") + cell("Pau") + cell("05/12/26", days) + cell("pages.example.org")
    many = 'table:number-rows-repeated="1048000"'
    empty = f'<table:table-row {many}><table:table-cell table:number-columns-repeated="16384"/>'
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x">'
        f'<table:table table:name="Feuille"><table:table-row>{names}</table:table-row>'
        f"<table:table-row>{line}</table:table-row>{empty}</table:table-row></table:table></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "besoins.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    import_file(catalogue, tmp_path / "besoins.ods", now=NOW)
    assert [(mission.title, mission.starts) for mission in shown(catalogue)] == [("Lire", datetime.date(2026, 12, 5))]


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (120 << 20))


def with_entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def damaged(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 100)


def of_old_excel(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 100)


def of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("photo.jpg", b"")


def half_a_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook>")


@pytest.mark.parametrize("make", [bomb, with_entities, damaged, of_old_excel, of_something_else, half_a_workbook])
def test_a_workbook_that_is_none_or_would_do_harm_is_not_read(
    catalogue: Catalogue, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "besoins.xlsx")
    with pytest.raises(BadFile):
        import_file(catalogue, tmp_path / "besoins.xlsx", now=NOW)


CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1@exemple.org
DTSTART;TZID=Europe/Paris:20261205T100000
DTEND;TZID=Europe/Paris:20261205T120000
SUMMARY:Aide aux
  devoirs
LOCATION:1 rue du Test\\, 13001 Marseille
ORGANIZER;CN="Les Voisins":mailto:contact@exemple.org
RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20270130T100000Z
END:VEVENT
BEGIN:VEVENT
UID:2@exemple.org
DTSTART;VALUE=DATE:20261212
DTEND;VALUE=DATE:20261214
SUMMARY:Collecte
LOCATION:Pau
URL:https://exemple.org/collecte
ORGANIZER;CN=Les Voisins:mailto:contact@exemple.org
END:VEVENT
BEGIN:VEVENT
UID:3@exemple.org
DTSTART:20261220T180000Z
SUMMARY:Assemblée générale annuelle
END:VEVENT
BEGIN:VEVENT
UID:4@exemple.org
STATUS:CANCELLED
SUMMARY:Tri
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_gives_its_events_for_volunteers(catalogue: Catalogue, tmp_path: Path) -> None:
    path = written(tmp_path, "planning.ics", CALENDAR.replace("\n", "\r\n"))
    count = import_file(catalogue, path, now=NOW)
    assert (count.new, count.refused) == (2, 2)
    found = {mission.title: mission for mission in shown(catalogue)}
    lesson, collection = found["Aide aux devoirs"], found["Collecte"]
    assert (lesson.when, lesson.ends, lesson.url) == (
        ("saturday", "morning"),
        datetime.date(2027, 1, 30),
        "mailto:contact@exemple.org",
    )
    assert (collection.starts, collection.ends) == (datetime.date(2026, 12, 12), datetime.date(2026, 12, 13))
    assert {reason.partition(",")[0] for _s, _i, reason, *_ in catalogue.refused()} == {
        "cancelled",
        "a meeting or a holiday",
    }
    assert import_file(catalogue, path, now=NOW).same == 2


def test_volunteer_actions_of_schema_org_are_read(catalogue: Catalogue, tmp_path: Path) -> None:
    action = {
        "@type": "VolunteerAction",
        "name": "Distribution",
        "url": "https://exemple.org/d",
        "startTime": "2026-12-05T18:00:00+01:00",
        "endTime": "2026-12-05T21:00:00+01:00",
        "agent": {"@type": "NGO", "name": "Les Voisins"},
        "location": {"@type": "Place", "address": {"addressLocality": "Lyon", "postalCode": "69003"}},
    }
    graph = {"@context": "https://schema.org", "@graph": [action, {"@type": "WebPage", "name": "Accueil"}]}
    for text in (json.dumps(graph), json.dumps(graph, indent=2)):
        count = import_file(catalogue, written(tmp_path, "site.jsonld", text), now=NOW)
        assert (count.new + count.same, count.refused) == (1, 1)
    (mission,) = shown(catalogue)
    assert (mission.sites[0].departement, mission.opens, mission.closes) == ("69", datetime.time(18), datetime.time(21))


def test_features_of_a_map_are_read(catalogue: Catalogue, tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [5.3698, 43.2965]},
        "properties": {"Nom": "Tri", "Association": "Les Voisins", "Site web": "voisins.example.org"},
    }
    path = written(tmp_path, "carte.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    import_file(catalogue, path, now=NOW)
    assert [mission.sites[0].departement for mission in shown(catalogue)] == ["13"]


PARTNER = """<?xml version="1.0" encoding="UTF-8"?>
<source>
  <mission>
    <title><![CDATA[Nettoyer la rive]]></title><clientId>77</clientId>
    <description><![CDATA[<p>Avec des gants</p>]]></description>
    <applicationUrl>https://exemple.org/rive</applicationUrl>
    <startAt>01/12/2026</startAt><endAt>11/12/2026</endAt>
    <addresses><address><postalCode>45000</postalCode><city>Orléans</city><location><lat>47.8951</lat><lon>1.9108</lon></location>
    </address><address><postalCode>75004</postalCode><city>Paris</city></address></addresses>
    <places>2</places><domain>environnement</domain><openToMinors>yes</openToMinors>
    <organizationName>Les Voisins</organizationName>
  </mission>
</source>
"""


def test_the_xml_of_a_partner_is_read_and_declares_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    import_file(catalogue, written(tmp_path, "flux.xml", PARTNER), now=NOW)
    (mission,) = shown(catalogue)
    assert mission.id == "flux:77"
    assert (mission.causes[0], mission.minors, mission.text) == ("environment", True, "Avec des gants")
    assert [site.departement for site in mission.sites] == ["45", "75"]
    assert mission.starts == datetime.date(2026, 12, 1)
    hostile = PARTNER.replace("<source>", '<!DOCTYPE s [<!ENTITY a "aaa">]><source>', 1)
    with pytest.raises(BadFile, match="entities"):
        import_file(catalogue, written(tmp_path, "flux.xml", hostile), now=NOW)
    with pytest.raises(BadFile, match="breaks off"):
        import_file(catalogue, written(tmp_path, "flux.xml", PARTNER[:300]), now=NOW)
    with pytest.raises(BadFile, match="no <mission>"):
        import_file(catalogue, written(tmp_path, "flux.xml", "<a/>"), now=NOW)


def test_a_corrected_title_changes_the_mission_and_doubles_none(catalogue: Catalogue, tmp_path: Path) -> None:
    line = "{title};Les Voisins;Marseille;https://voisins.example.org\n"
    text = f"{HEADINGS}\n" + line.format(title="Aide aux devoris") + line.format(title="Tri de vêtements")
    import_file(catalogue, written(tmp_path, "t.csv", text), now=NOW)
    before = {mission.title: mission.id for mission in shown(catalogue)}
    text = f"{HEADINGS}\n" + "".join(
        line.format(title=title) for title in ("Chant", "Aide aux devoirs", "Tri de vêtements")
    )
    count = import_file(catalogue, written(tmp_path, "t.csv", text), now=NOW)
    assert (count.new, count.changed, count.same) == (1, 1, 1)
    after = {mission.title: mission.id for mission in shown(catalogue)}
    assert after["Tri de vêtements"] == before["Tri de vêtements"]
    assert len(after) == 3


def test_what_is_gone_from_a_file_goes_when_it_replaces(catalogue: Catalogue, tmp_path: Path) -> None:
    two = f"{HEADINGS}\n{LINE}\n{LINE.replace('devoirs', 'lecture')}\n"
    import_file(catalogue, written(tmp_path, "t.csv", two), now=NOW)
    path = written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE}\n")
    assert import_file(catalogue, path, now=NOW).withdrawn == 0
    assert import_file(catalogue, path, now=NOW, replaces=True).withdrawn == 1
    assert len(shown(catalogue)) == 1
    nothing = written(tmp_path, "t.csv", f"{HEADINGS}\n;;;\nx;y;;\n")
    assert import_file(catalogue, nothing, now=NOW, replaces=True).withdrawn == 0
    assert len(shown(catalogue)) == 1


def test_a_full_mission_stays_full(catalogue: Catalogue, tmp_path: Path) -> None:
    text = f"{HEADINGS};places\n{LINE};0\n{LINE.replace('devoirs', 'lecture')};illimité\n"
    import_file(catalogue, written(tmp_path, "t.csv", text), now=NOW)
    out = io.StringIO()
    export(catalogue, out)
    listed = {one["title"]: one.get("places") for one in map(json.loads, out.getvalue().splitlines())}
    assert listed == {"Aide aux devoirs": 0, "Aide aux lecture": None}
    assert import_file(catalogue, written(tmp_path, "again.jsonl", out.getvalue()), now=NOW).same == 2


def test_a_table_is_no_complete_reading_of_a_feed(catalogue: Catalogue, tmp_path: Path) -> None:
    import_file(catalogue, written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE}\n"), now=NOW)
    assert catalogue.freshness().read_on is None


def test_each_refusal_is_listed_with_its_line(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", f"{HEADINGS}\nLire;;Pau;x.org\nTrier;;Pau;x.org\n{LINE}\n")
    done = run("import", str(path))
    assert done.exit_code == 0
    assert "line 2: refused: no organisation — Lire" in done.output
    assert "line 3: refused: no organisation — Trier" in done.output
    listed = run("stats", "--refused").output.splitlines()
    assert [line.split("\t")[1] for line in listed] == ["line 2", "line 3"]


def test_a_dry_run_says_what_would_come_in_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", f"{HEADINGS};Couleur\n{LINE};bleu\nTOTAL;1;;\n")
    done = run("import", "--dry-run", str(path))
    assert done.exit_code == 0
    assert "title ← titre" in done.output
    assert "not understood: Couleur" in done.output
    assert "line 2: new: Aide aux devoirs — Les Voisins — Marseille" in done.output
    assert "line 3: refused: a total, not a mission" in done.output
    assert "would be 1 new, 0 changed, 0 the same, 1 refused" in done.output
    run("import", str(path))
    assert "line 2: the same: " in run("import", "--dry-run", str(path)).output
    written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE.replace('Marseille', 'Lyon')}\n")
    assert "line 2: changed: " in run("import", "--dry-run", str(path)).output


def test_headings_of_one_s_own_are_mapped(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "Quelle chose;Pour qui;Ville;Lien\nLire;Pages;Pau;https://pages.example.org\n")
    refused = run("import", str(path))
    assert refused.exit_code == 1
    assert "« Quelle chose »" in refused.output
    assert "--map" in refused.output
    assert run("import", "--map", "titre=Quelle chose", "--map", "association=Pour qui", str(path)).exit_code == 0
    assert (only(run)["title"], only(run)["organisation"]) == ("Lire", "Pages")
    unknown = run("import", "--map", "titre=Rien", str(path))
    assert unknown.exit_code == 2
    assert "There are: Quelle chose, Pour qui, Ville, Lien" in unknown.output
    assert run("import", "--map", "prix=Ville", str(path)).exit_code == 2


def test_an_unknown_heading_is_an_error_of_its_own() -> None:
    with pytest.raises(UnknownHeading):
        understand(["a"], {"titre": "b"})


def test_a_value_fills_the_lines_that_have_none(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", "titre;ville;lien\nLire;Pau;https://pages.example.org\n")
    assert run("import", "--fill", "association=Les Pages", str(path)).exit_code == 0
    assert only(run)["organisation"] == "Les Pages"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Nom;Prénom;Courriel;Disponibilités\nX;Y;x@exemple.org;samedi\n", "a list of people"),
        ("id;siret;date_creat;titre;adrs_codepostal;siteweb\n1;2;2001;A;13001;https://exemple.org\n", "--support"),
        (f"{HEADINGS}\nLire;;;\n", "nothing of it can be taken"),
        (f"{HEADINGS}\n", "nothing of it can be taken"),
    ],
)
def test_a_file_of_which_nothing_is_taken_says_so_and_fails(run: Run, tmp_path: Path, content: str, said: str) -> None:
    done = run("import", str(written(tmp_path, "t.csv", content)))
    assert done.exit_code == 1
    assert said in done.output


def test_an_export_writes_over_nothing_unless_it_is_told_to(run: Run, tmp_path: Path) -> None:
    out = written(tmp_path, "out.jsonl", "mine")
    assert run("export", str(out)).exit_code == 1
    assert out.read_text() == "mine"
    assert run("export", "--force", "--all", str(out)).exit_code == 0
    assert json.loads(out.read_text("utf-8").splitlines()[0])["source"] == "evergreen"


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--cause", "cats", "animals"),
        ("--not-cause", "cats", "animals"),
        ("--when", "someday", "saturday"),
        ("--when", "date:2026-13-40", "date:2026-12-05"),
        ("--km", "0", "200"),
        ("--km", "nan", "200"),
    ],
)
def test_a_wrong_value_is_refused_with_those_there_are(run: Run, option: str, value: str, said: str) -> None:
    done = run("search", "lire", option, value)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    "command",
    [("search", "lire"), ("stats",), ("stats", "--needs"), ("export",), ("review",), ("edit", "x", "--title", "Lire")],
)
def test_looking_makes_no_folder(tmp_path: Path, command: tuple[str, ...]) -> None:
    from click.testing import CliRunner

    from bot.commands.catalogue import catalogue as commands

    folder = tmp_path / "none"
    CliRunner().invoke(commands, ["--data", str(folder), *command])
    path = written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE}\n")
    CliRunner().invoke(commands, ["--data", str(folder), "import", "--dry-run", str(path)])
    assert not folder.exists()


def only(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("export").stdout.splitlines()[0])
    return found


def test_a_mission_is_edited_until_its_file_says_something_else(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE}\n")
    run("import", str(path))
    mission_id = only(run)["id"]
    done = run("edit", mission_id, "--title", "Devoirs du soir", "--set", "fin=19/12/2026", "--set", "ville=Pau")
    assert done.exit_code == 0, done.output
    run("import", str(path))
    kept = only(run)
    assert (kept["title"], kept["ends"], kept["sites"][0]["departement"]) == ("Devoirs du soir", "2026-12-19", "64")
    assert "Devoirs du soir" in run("search", "devoirs", "--near", "Pau", "--on", "2026-12-01").output
    written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE.replace('Aide aux', 'Les')}\n")
    run("import", str(path))
    assert only(run)["title"] == "Les devoirs"
    assert run("edit", mission_id, "--set", "fin=bientôt").exit_code == 1
    assert run("edit", mission_id, "--url", "nowhere").exit_code == 1
    assert run("edit", "none:1", "--title", "Lire").exit_code == 1


def test_what_is_removed_stays_away_until_it_is_put_back(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "t.csv", f"{HEADINGS}\n{LINE}\n")
    run("import", str(path))
    mission_id = only(run)["id"]
    assert run("remove", mission_id).exit_code == 0
    run("import", str(path))
    assert run("export").stdout == ""
    assert run("remove", mission_id).exit_code == 1
    assert run("remove", "--undo", mission_id).exit_code == 0
    assert only(run)["id"] == mission_id
    assert "1 missions are gone" in run("remove", "--source", "t").output
    assert run("export").stdout == ""
    assert run("import", str(path)).exit_code == 0
    assert only(run)["id"] == mission_id
