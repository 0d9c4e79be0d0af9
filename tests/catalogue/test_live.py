"""Public services asked for a place: what each writes, what leaves, and what happens when one does not answer."""

import asyncio
import datetime
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.catalogue.live import BASES, KINDS, LiveData, LiveKind, LivePlace, live_of
from bot.catalogue.place import Place
from bot.catalogue.places import Places
from bot.settings import LIVE, SettingError, Settings

TODAY = datetime.date(2026, 11, 21)
NEAR, FAR = (44.52, 3.50), (48.85, 2.35)
BLOOD = {
    "samplingLocationEntities_SF": [
        {
            "name": "Maison du don",
            "city": "48000 Mende",
            "fullAddress": "1 rue du Test 48000 Mende",
            "latitude": NEAR[0],
            "longitude": NEAR[1],
            "horaires": "Du lundi au vendredi : 10h - 19h",
            "urlBlood": "https://efs.example.org/a",
        },
        {"name": "Paris", "latitude": FAR[0], "longitude": FAR[1]},
    ],
    "samplingLocationCollections": [
        {
            "name": "SALLE DES FÊTES",
            "city": "MENDE",
            "latitude": NEAR[0],
            "longitude": NEAR[1],
            "giveBlood": 1,
            "collections": [
                {
                    "date": "2026-12-05T00:00:00",
                    "morningStartTime": "08:30:00",
                    "morningEndTime": "13:00:00",
                    "isPublishable": True,
                    "urlBlood": "efs.example.org/b",
                    "nbPlacesRestantesST": 27,
                },
                {"date": "2026-11-01T00:00:00"},
                {"date": "2026-12-06T00:00:00", "isPublishable": False},
            ],
        }
    ],
}
REPAIR = [
    {
        "email": "someone@example.org",
        "link": "https://repair.example.org/cafe/mende",
        "address": "Place du Foirail, 48000 Mende, France",
        "name": "Repair Café Mende",
        "coordinate": f"{NEAR[0]},{NEAR[1]}",
        "external_link": "",
    },
    {"name": "Elsewhere", "coordinate": f"{FAR[0]},{FAR[1]}"},
    {"name": "Nowhere", "coordinate": ""},
]
EMMAUS = {
    "listsrcfull": [
        {
            "ID": "1",
            "title": "Emmaüs Mende",
            "gps": f"{NEAR[0]},{NEAR[1]}",
            "adresse": "ZA de Gardès",
            "telephone": "04 66 00 00 00",
            "email": "x@example.org",
            "permalink": "https://emmaus.example.org/mende",
        },
        {"ID": "2", "title": "Le Relais", "gps": f"{NEAR[0]},{NEAR[1]}"},
    ]
}
SHELTERS = {
    "items": [{"ID": 1, "name": "Refuge de Mende", "address": "Chemin", "latitude": NEAR[0], "longitude": NEAR[1]}]
}
CLUB = {"nom_complet": "CLUB D’ESSAI", "etat_administratif": "A", "siege": {"libelle_commune": "MENDE"}}
ASSOCIATIONS = {"results": [CLUB, {**CLUB, "etat_administratif": "C"}]}
TOWN_HALL = {
    "total_count": 1,
    "results": [
        {
            "nom": "Mairie - Mende",
            "telephone": json.dumps([{"valeur": "04 66 49 40 00", "description": ""}]),
            "adresse": json.dumps([{"numero_voie": "Place Charles de Gaulle", "nom_commune": "Mende"}]),
            "site_internet": json.dumps([{"libelle": "", "valeur": "https://www.mende.example.org"}]),
        }
    ],
}
ANSWERS: dict[LiveKind, Any] = {
    "blood": BLOOD,
    "repair": REPAIR,
    "emmaus": EMMAUS,
    "shelters": SHELTERS,
    "associations": ASSOCIATIONS,
    "town_hall": TOWN_HALL,
}


@dataclass
class Services:
    answers: dict[str, Any] = field(default_factory=lambda: dict(ANSWERS))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    trouble: str = ""
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        self.asked.append((kind, dict(request.query)))
        match self.trouble:
            case "slow":
                await asyncio.sleep(30)
            case "down":
                return web.Response(status=503, text="no")
            case "moved":
                return web.Response(status=302, headers={"Location": f"{self.url}/blood"})
            case "no json":
                return web.Response(text="<html>")
            case "large":
                return web.Response(text='["' + "x" * (7 << 20) + '"]')
            case "other form":
                return web.json_response(
                    {"results": "none", "items": 3, "listsrcfull": {}, "samplingLocationCollections": 1}
                )
        return web.json_response(self.answers[kind])

    def live(self, **options: Any) -> LiveData:
        return LiveData(bases={kind: f"{self.url}/{kind}" for kind in KINDS}, within=0.5, **options)


@pytest.fixture
async def services() -> AsyncIterator[Services]:
    made = Services()
    app = web.Application()
    app.router.add_get("/{kind}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    yield made
    await runner.cleanup()


@pytest.fixture
def mende(places: Places) -> Place:
    found = places.find("Mende").natural
    assert found is not None
    return found


async def test_blood_collections_come_with_their_day_hours_and_places(services: Services, mende: Place) -> None:
    found = await services.live().near("blood", mende, TODAY)
    assert found is not None
    fixed, mobile = found
    assert (fixed.name, fixed.hours, fixed.day) == ("Maison du don", "Du lundi au vendredi : 10h - 19h", None)
    assert (mobile.day, mobile.hours, mobile.left) == (datetime.date(2026, 12, 5), "8 h 30–13 h", 27)
    assert mobile.url == "https://efs.example.org/b"


@pytest.mark.parametrize(
    ("kind", "name", "phone"),
    [
        ("repair", "Repair Café Mende", ""),
        ("emmaus", "Emmaüs Mende", "04 66 00 00 00"),
        ("shelters", "Refuge de Mende", ""),
        ("associations", "CLUB D’ESSAI", ""),
        ("town_hall", "Mairie - Mende", "04 66 49 40 00"),
    ],
)
async def test_each_service_is_read_as_it_writes(
    services: Services, mende: Place, kind: LiveKind, name: str, phone: str
) -> None:
    found = await services.live().near(kind, mende, TODAY)
    assert found is not None
    assert [(one.name, one.phone) for one in found] == [(name, phone)]
    assert "@" not in json.dumps(found[0].as_json())
    assert LivePlace.from_json(found[0].as_json()) == found[0]


async def test_only_the_code_or_the_point_of_the_commune_leaves(services: Services, mende: Place) -> None:
    live = services.live()
    for kind in KINDS:
        await live.near(kind, mende, TODAY)
    asked = dict(services.asked)
    assert asked["associations"]["code_commune"] == "48095"
    assert '"48095"' in asked["town_hall"]["where"]
    assert (asked["blood"]["UserLatitude"], asked["blood"]["UserLongitude"]) == (f"{mende.lat:.4f}", f"{mende.lon:.4f}")
    assert asked["emmaus"] == {}
    assert asked["shelters"] == {"api": "1", "types": "maisons-spa,refuges", "lat": "", "lng": ""}


async def test_an_answer_is_remembered_for_a_day(services: Services, mende: Place) -> None:
    now = [0.0]
    live = services.live(clock=lambda: now[0])
    for hours in (0, 1, 23.9):
        now[0] = hours * 3_600
        assert await live.near("town_hall", mende, TODAY)
    assert len(services.asked) == 1
    now[0] = 24.1 * 3_600
    await live.near("town_hall", mende, TODAY)
    assert len(services.asked) == 2


@pytest.mark.parametrize("trouble", ["slow", "down", "moved", "no json", "large", "other form"])
@pytest.mark.parametrize("kind", KINDS)
async def test_no_answer_is_none_and_no_trouble(services: Services, mende: Place, kind: LiveKind, trouble: str) -> None:
    services.trouble = trouble
    live = services.live()
    assert await live.near(kind, mende, TODAY) is None
    if trouble in ("down", "moved"):
        await live.near(kind, mende, TODAY)
        assert len(services.asked) == 1, "a service that does not answer is left alone for a while"


async def test_nothing_there_is_told_from_no_answer(services: Services, mende: Place) -> None:
    services.answers = {"repair": [], "town_hall": {"results": []}, "blood": {}}
    for kind in ("repair", "town_hall", "blood"):
        assert await services.live().near(kind, mende, TODAY) == ()


async def test_what_is_not_allowed_or_has_no_commune_is_not_asked(
    services: Services, places: Places, mende: Place
) -> None:
    assert await services.live(kinds=("repair",)).near("blood", mende, TODAY) is None
    lozere = places.find("Lozère").natural
    assert lozere is not None
    assert await services.live().near("associations", lozere, TODAY) is None
    assert services.asked == []


def test_the_setting_is_off_by_default_and_names_services() -> None:
    assert LIVE == KINDS == tuple(BASES)
    assert live_of(Settings.from_environment({})) is None
    everything = live_of(Settings.from_environment({"ALLIE_LIVE": "yes"}))
    assert everything is not None
    assert everything.kinds == set(KINDS)
    some = live_of(Settings.from_environment({"ALLIE_LIVE": "blood, repair"}))
    assert some is not None
    assert some.kinds == {"blood", "repair"}
    with pytest.raises(SettingError, match="ALLIE_LIVE"):
        Settings.from_environment({"ALLIE_LIVE": "weather"})
