"""What feeds really send: each bad record is refused alone with its reason, and nothing harmful is ever shown."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalogue.api_engagement import ApiEngagement
from bot.catalogue.cleaning import SiteReader, clean_line, clean_link, clean_text, read_date, read_moment, yes_no
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.organisations import Organisations
from bot.catalogue.own_format import OwnFormat
from bot.catalogue.places import Places
from bot.catalogue.synonyms import Synonyms

Make = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def reader(places: Places, organisations: Organisations, synonyms: Synonyms) -> ApiEngagement:
    return ApiEngagement(SiteReader(places), organisations, synonyms)


@pytest.fixture(scope="module")
def own(places: Places, organisations: Organisations, synonyms: Synonyms) -> OwnFormat:
    return OwnFormat("file", SiteReader(places), organisations, synonyms)


def taken(reader: ApiEngagement, record: dict[str, Any]) -> Mission:
    found = reader.read(record)
    assert isinstance(found, Mission), found
    return found


def test_a_good_record_keeps_all_that_helps_a_person(reader: ApiEngagement, feed_record: Make) -> None:
    mission = taken(reader, feed_record())
    assert mission.id == "api-engagement:5f0c8e4e-0d0e-4b6b-9f5b-000000000001"
    assert mission.causes[0] == "education"
    assert mission.sites[0].code == "13205"
    assert mission.when == ("wednesday", "afternoon")
    assert (mission.minors, mission.step_free, mission.places) == (False, None, 4)
    assert mission.starts == datetime.date(2026, 9, 2)


def test_a_mission_leads_to_its_own_page_and_to_nobody_s_telephone(
    reader: ApiEngagement, own: OwnFormat, feed_record: Make
) -> None:
    words = "Lire des contes le samedi. Appelez Marie au 06.12 34 56 78 ou marie@exemple.fr, voir bit.ly/contes."
    kept = "Lire des contes le samedi. Appelez Marie au … ou …, voir …."
    mission = taken(
        reader, feed_record(title="Contes : 06 12 34 56 78", description=words, schedule="le lundi, t.me/marie")
    )
    assert (mission.title, mission.text, mission.schedule) == ("Contes : …", kept, "le lundi, …")
    of_ours = own.read(
        {
            **{"id": "1", "title": "Contes", "organisation": "Les Amis", "url": "https://example.org", "city": "Brest"},
            **{"text": words, "text_en": words, "title_en": "Tales: +33 6 12 34 56 78", "schedule": "@marie"},
        }
    )
    assert isinstance(of_ours, Mission)
    assert (of_ours.text, of_ours.text_en, of_ours.title_en, of_ours.schedule) == (kept, kept, "Tales: …", "…")


def test_accounts_commands_mentions_and_people_are_taken_out_of_a_feed(
    reader: ApiEngagement, feed_record: Make
) -> None:
    said = "Tapez /start, et/ou écrivez à @marie ou marie@exemple.fr. Dons : FR76 3000 6000 0112 3456 7890 189. 24/7."
    mission = taken(reader, feed_record(description=said, organizationName="Les Amis @lesamis"))
    assert not any(left in mission.text for left in ("@", "marie", "FR76", "7890", "/start"))
    assert mission.text.startswith("Tapez start, et/ou écrivez")
    assert "@" not in mission.organisation
    assert mission.organisation.startswith("Les ")
    assert isinstance(reader.read(feed_record(organizationName="06 12 34 56 78", publisherName="")), Refusal)


def test_what_a_file_gives_as_the_way_to_join_stays_in_its_words(own: OwnFormat) -> None:
    record = {"title": "Contes", "organisation": "Les Amis", "city": "Brest", "mail": "contes@exemple.fr"}
    said = "Écrire à contes@exemple.fr, pas à marie@exemple.fr."
    mission = own.read({**record, "text": said})
    assert isinstance(mission, Mission)
    assert mission.text == "Écrire à contes@exemple.fr, pas à …."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None, "_id": None}, "no id"),
        ({"id": 12, "_id": []}, "no id"),
        ({"title": ""}, "no title"),
        ({"title": "<script>alert(1)</script>"}, "no title"),
        ({"title": ["a", "list"]}, "no title"),
        ({"organizationName": "", "publisherName": None}, "no organisation"),
        ({"applicationUrl": "javascript:alert(1)"}, "no web address to join by"),
        ({"applicationUrl": None}, "no web address to join by"),
        ({"startAt": "the day before yesterday"}, "startAt is not a date"),
        ({"endAt": "2026-13-45T00:00:00Z"}, "endAt is not a date"),
        ({"endAt": 20261121}, "endAt is not a date"),
        ({"startAt": "2026-12-02T00:00:00Z", "endAt": "2026-12-01T00:00:00Z"}, "it ends before it starts"),
        ({"addresses": []}, "no place in France, and not at a distance"),
        ({"addresses": None}, "no place in France, and not at a distance"),
        ({"addresses": [None, "x", 3]}, "no place in France, and not at a distance"),
        ({"addresses": [{"city": "Bruxelles", "country": "BE"}]}, "abroad"),
        ({"deleted": True}, "deleted at its source"),
        ({"deletedAt": "2026-11-01T00:00:00Z"}, "deleted at its source"),
        ({"statusCode": "REFUSED"}, "not accepted at its source"),
    ],
)
def test_a_bad_record_is_refused_with_its_reason(
    reader: ApiEngagement, feed_record: Make, changes: dict[str, Any], reason: str
) -> None:
    found = reader.read(feed_record(**changes))
    assert isinstance(found, Refusal)
    assert found.reason == reason


@pytest.mark.parametrize("record", [None, 3, "text", [], ["x"], True])
def test_what_is_no_record_is_refused(reader: ApiEngagement, record: object) -> None:
    assert isinstance(reader.read(record), Refusal)


def test_keys_may_be_missing(reader: ApiEngagement, feed_record: Make) -> None:
    record = feed_record()
    needed = {"id", "title", "organizationName", "applicationUrl", "addresses"}
    mission = taken(reader, {name: value for name, value in record.items() if name in needed})
    assert mission.starts is None
    assert mission.places is None


@pytest.mark.parametrize(
    ("location", "postcode", "near"),
    [
        ({"lat": 43.2931, "lon": 5.4002}, "13005", (43.2931, 5.4002)),
        ({"lat": 5.4002, "lon": 43.2931}, "13005", (43.2931, 5.4002)),  # swapped
        ({"lat": 0, "lon": 0}, "13005", (43.2977, 5.3991)),  # zero: the arrondissement's own point
        ({"lat": 48.85, "lon": 2.35}, "13005", (43.2977, 5.3991)),  # Paris, says the feed
        ({"lat": "43,2931", "lon": "5,4002"}, "13005", (43.2931, 5.4002)),
        ({"lat": "north", "lon": None}, "13005", (43.2977, 5.3991)),
        (None, "13005", (43.2977, 5.3991)),
        ("43.29,5.40", "13005", (43.2977, 5.3991)),
        ({"lat": float("inf"), "lon": float("nan")}, "13005", (43.2977, 5.3991)),
    ],
)
def test_a_position_is_checked_against_the_commune(
    reader: ApiEngagement, feed_record: Make, location: object, postcode: str, near: tuple[float, float]
) -> None:
    address = {**feed_record()["addresses"][0], "location": location, "postalCode": postcode}
    site = taken(reader, feed_record(addresses=[address])).sites[0]
    assert (site.lat, site.lon) == pytest.approx(near, abs=0.001)


def test_a_place_on_the_greenwich_meridian_stays_there(reader: ApiEngagement, feed_record: Make) -> None:
    address = {"city": "Villers-sur-Mer", "postalCode": "14640", "country": "FR", "location": {"lat": 49.32, "lon": 0}}
    assert taken(reader, feed_record(addresses=[address])).sites[0].lon == 0


def test_a_postcode_that_lost_its_zero_is_found(reader: ApiEngagement, feed_record: Make) -> None:
    address = {"city": "Bourg-en-Bresse", "postalCode": "1000", "country": "France", "location": None}
    assert taken(reader, feed_record(addresses=[address])).sites[0].departement == "01"


def test_corsica_has_its_own_departements(reader: ApiEngagement, feed_record: Make) -> None:
    address = {"city": "Bastia", "postalCode": "20200", "departmentCode": "", "country": "FR", "location": None}
    assert taken(reader, feed_record(addresses=[address])).sites[0].departement == "2B"


def test_a_mission_done_near_home_needs_no_address(reader: ApiEngagement, feed_record: Make) -> None:
    assert taken(reader, feed_record(addresses=[], remote="local")).remote == "near_home"
    assert taken(reader, feed_record(addresses=[], remote="full")).remote == "full"


def test_a_mission_of_one_day_has_its_weekday_and_hours_in_paris(reader: ApiEngagement, feed_record: Make) -> None:
    record = feed_record(startAt="2026-12-19T09:00:00.000Z", endAt="2026-12-19T12:00:00.000Z", schedule="")
    mission = taken(reader, record)
    assert mission.when == ("saturday", "morning")
    assert (mission.opens, mission.closes) == (datetime.time(10), datetime.time(13))
    summer = taken(reader, feed_record(startAt="2027-07-03T22:30:00.000Z", endAt="2027-07-04T08:00:00.000Z"))
    assert summer.starts == summer.ends == datetime.date(2027, 7, 4)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>Un <b>thé</b></p><script>alert('x')</script>", "Un thé"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>un</li><li>deux</li></ul>", "• un\n\n• deux"),
        ("Aide &amp; amitié &lt;3", "Aide & amitié <3"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;ok", "ok"),
        ("&amp;lt;b&amp;gt;gras&amp;lt;/b&amp;gt;", "gras"),
        ("CafÃ© solidaire â€“ prÃ¨s d’ici", "Café solidaire – près d’ici"),
        ("un\u200b mot\u202e caché\x00", "un mot caché"),
        ("en famille 👨\u200d👩\u200d👧 ou\u200d seul", "en famille 👨\u200d👩\u200d👧 ou seul"),
        ("<style>p{}</style>texte<!-- note -->", "texte"),
        ("<img src=x onerror=alert(1)>bonjour", "bonjour"),
        ("<a href='javascript:alert(1)'>lien</a>", "lien"),
        ("5 < 6 et 7 > 3", "5 < 6 et 7 > 3"),
        ("<script>jamais refermé", ""),
        ("seul \ud800 demi", "seul demi"),
    ],
)
def test_text_comes_out_plain(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_a_very_long_text_is_cut_between_words() -> None:
    cut = clean_text("mot " * 200_000, limit=100)
    assert len(cut) <= 100
    assert cut.endswith("mot…")


@settings(deadline=None)  # other work may share the machine
@given(st.text(alphabet="<>/scriptona=&;#lg '\"\n!-x", max_size=300))
def test_no_tag_survives_cleaning(text: str) -> None:
    cleaned = clean_text(text)
    assert "<script" not in cleaned.lower()
    assert "<" not in clean_text(f"{text}<b>").replace("< ", "") or "<b>" not in clean_text(f"{text}<b>")


@settings(deadline=None)  # other work may share the machine
@given(st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.lists(st.text()), st.binary()))
def test_cleaning_never_raises(value: object) -> None:
    assert isinstance(clean_text(value), str)
    assert isinstance(clean_line(value), str)
    assert isinstance(clean_link(value), str)
    read_date(value)
    read_moment(value)
    yes_no(value)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http://",
        "https://a b.org",
        "ftp://a.org",
        "x" * 3000,
        # a user name that passes for the host
        "https://impots.gouv.fr@evil.example/",
        "https://impots.gouv.fr:443@evil.example/",
        "https://@evil.example/",
        # marks that turn or hide what is read
        "https://example.org/\u202egpj.exe",
        "https://exam\u200bple.org/",
        "https://example.org/\u2066x",
        "https://example.org/\u00adx",
        "https://example.org/\u061cx",
        # this machine and private networks, however they are written
        "http://localhost/",
        "http://localhost./",
        "http://box.localhost/",
        "http://printer.local/",
        "http://db.internal/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://127.0.0.1./",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/",
        # ports of something else than a page
        "https://example.org:22/",
        "https://example.org:8080/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        # no host that there could be
        "https://example/",
        "https://.org/",
        "https://example..org/",
        "https://-.org/",
    ],
)
def test_only_web_addresses_are_links(link: str) -> None:
    assert clean_link(link) == ""


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "http://example.org/",
        "https://www.francebenevolat.org/missions?ville=Mende&page=2#haut",
        "https://éclaireuses.fr/",
        "https://xn--clair-9ra.fr/",
        "https://example.org:443/",
        "http://example.org:80/x",
        "https://my_asso.example.org/a@b",
        "https://8.8.8.8/",
        "https://example.museum/",
    ],
)
def test_an_address_of_the_public_web_is_a_link(link: str) -> None:
    assert clean_link(link) == link


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150
)
@given(data=st.data())
def test_a_record_with_any_nonsense_in_it_never_raises(
    reader: ApiEngagement, own: OwnFormat, feed_record: Make, data: st.DataObject
) -> None:
    record = feed_record()
    for name in data.draw(st.lists(st.sampled_from(sorted(record)), max_size=5)):
        record[name] = data.draw(JSON)
    assert isinstance(reader.read(record), Mission | Refusal)
    assert isinstance(own.read(record), Mission | Refusal)


def test_our_own_format_reads_french_columns(own: OwnFormat) -> None:
    found = own.read(
        {
            "Titre": "Trier des livres",
            "Association": "Bouquins d’essai",
            "Lien": "https://bouquins.example.org",
            "Ville": "Rennes",
            "Code postal": "35000",
            "Horaires": "samedi matin",
            "Mineurs": "oui",
            "Fin": "31/12/2026",
            "Nombre de places": "3",
        }
    )
    assert isinstance(found, Mission)
    assert (found.minors, found.places, found.ends) == (True, 3, datetime.date(2026, 12, 31))
    assert found.when == ("saturday", "morning")
    assert found.sites[0].code == "35238"


def test_an_organisation_we_know_is_linked(own: OwnFormat) -> None:
    record = {"title": "Aider", "organisation": "Les Restos du Cœur", "url": "https://a.example.org", "city": "Lille"}
    found = own.read(record)
    assert isinstance(found, Mission)
    assert found.organisation_id == "restos-du-coeur"
