"""The estimates over HTTP: the same JSON as in the terminal, clear refusals, nothing that stops the next question."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web.estimates import add_estimate_routes
from bot.inbound_rate_limiter import InboundRateLimiter

GIFT = {"year": 2026, "gifts": [{"kind": "coluche", "amount": 300, "date": "2026-11-22"}]}


@pytest.fixture
async def client():
    app = web.Application()
    add_estimate_routes(app)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_gift_of_300_to_people_in_difficulty_gives_225(client):
    response = await client.post("/api/estimate/donation", json=GIFT)
    assert response.status == 200
    assert (await response.json())["reduction"] == 300 * 75 / 100


async def test_the_language_of_the_browser_is_followed(client):
    headers = {"Accept-Language": "en-GB"}
    answer = await (await client.post("/api/estimate/donation", json=GIFT, headers=headers)).json()
    assert "reduction of your income tax" in answer["steps"][-1]["text"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**GIFT, "gifts": [{"kind": "coluche", "amount": -1, "date": "2026-11-22"}]}, "gifts.0.amount"),
        ({**GIFT, "yaer": 2026}, "yaer"),
        ([], ""),
    ],
)
async def test_a_bad_question_is_told_which_field(client, body, field):
    response = await client.post("/api/estimate/donation", json=body)
    assert response.status == 400
    assert (await response.json())["error"]["field"] == field


async def test_what_is_no_json_is_refused(client):
    json_headers = {"Content-Type": "application/json"}
    assert (await client.post("/api/estimate/donation", data=b"{", headers=json_headers)).status == 400
    assert (await client.post("/api/estimate/donation", data=b"a=1")).status == 415
    assert (await client.post("/api/estimate/lottery", json=GIFT)).status == 404
    assert (await client.post("/api/estimate/donation", data=b" " * 300_000, headers=json_headers)).status == 413


async def test_a_page_of_another_site_may_send_json(client):
    wish = {
        "Origin": "https://partner.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = await client.options("/api/estimate/donation", headers=wish)
    assert (response.status, await response.read()) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "POST"
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"


async def test_one_address_is_slowed_down_and_told_when_to_come_back():
    app = web.Application()
    add_estimate_routes(app, InboundRateLimiter(burst=2, every=60.0))
    async with TestClient(TestServer(app)) as client:
        answers = [await client.post("/api/estimate/donation", json=GIFT) for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert int(answers[-1].headers["Retry-After"]) >= 1


async def test_the_description_names_every_estimate(client):
    description = await (await client.get("/api/openapi.json")).json()
    assert {"/api/estimate/donation", "/api/estimate/company", "/api/estimate/rest-days"} <= set(description["paths"])
