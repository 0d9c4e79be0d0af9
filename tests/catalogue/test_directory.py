"""The national directory, when it answers and when it does not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.catalogue.directory import Directory, Registered

CLUB = {
    "siren": "130025265",
    "nom_complet": "CLUB D’ESSAI",
    "etat_administratif": "A",
    "siege": {"libelle_commune": "PAU"},
    "complements": {"est_association": True, "identifiant_association": "W641000000"},
}


@dataclass
class Service:
    answer: Any = None
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""

    async def search(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        if isinstance(self.answer, str):
            return web.Response(text=self.answer, status=self.status, headers=self.headers)
        return web.json_response(self.answer, status=self.status, headers=self.headers)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made = Service({"results": [CLUB]})
    app = web.Application()
    app.router.add_get("/search", made.search)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    yield made
    await runner.cleanup()


async def test_an_association_is_found_with_its_numbers(service: Service) -> None:
    found = await Directory(base=service.url).find("Club d’essai")
    assert found == (Registered("CLUB D’ESSAI", "130025265", "W641000000", "PAU", True, True),)
    assert service.asked[0]["est_association"] == "true"


async def test_the_same_question_is_asked_once_a_day(service: Service) -> None:
    now = [0.0]
    directory = Directory(base=service.url, clock=lambda: now[0])
    await directory.find("Club d’essai")
    await directory.find("club d'ESSAI")
    assert len(service.asked) == 1
    now[0] = 90_000.0
    await directory.find("Club d’essai")
    assert len(service.asked) == 2


async def test_a_number_of_a_company_is_not_an_association(service: Service) -> None:
    service.answer = {"results": [{**CLUB, "complements": {"est_association": False}}]}
    assert await Directory(base=service.url).find("130025265") == ()


@pytest.mark.parametrize(
    "answer",
    ["<html>", {"results": None}, [], {"erreur": "x"}, {"results": [None, {}, {"siren": 1}, {"siren": "1"}]}],
)
async def test_nonsense_is_no_answer_or_nothing(service: Service, answer: Any) -> None:
    service.answer = answer
    assert not await Directory(base=service.url).find("Club d’essai")


async def test_told_to_wait_it_keeps_quiet(service: Service) -> None:
    service.status, service.headers = 429, {"Retry-After": "5"}
    now = [0.0]
    directory = Directory(base=service.url, clock=lambda: now[0])
    assert await directory.find("Club d’essai") is None
    service.status = 200
    assert await directory.find("Club d’essai") is None
    assert len(service.asked) == 1
    now[0] = 6.0
    assert await directory.find("Club d’essai")


async def test_a_service_that_is_down_is_no_answer() -> None:
    assert await Directory(base="http://127.0.0.1:9", timeout=1).find("Club d’essai") is None


@pytest.mark.parametrize("text", ["", "  ", "a", "🙂"])
async def test_nothing_is_asked_for_nothing(service: Service, text: str) -> None:
    assert await Directory(base=service.url).find(text) == ()
    assert service.asked == []
