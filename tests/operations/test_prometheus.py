"""What is measured is what the page says is measured, and it is told to nobody but the operator."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request
from prometheus_client.parser import text_string_to_metric_families

from bot.operations.counters import Counters
from bot.operations.pages import may_see_metrics
from tests.operations.conftest import say

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
NEEDS_A_FEED = {"allie_feed_age_days"}
NEEDS_TELEGRAM = {"allie_deliveries"}


async def measured(client) -> dict[str, dict[tuple[str, ...], float]]:
    """The page of metrics: by name, the value of each set of labels."""
    async with client.get("/metrics") as response:
        assert response.status == 200
        families = text_string_to_metric_families(await response.text())
        return {
            family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
            for family in families
        }


async def test_every_metric_is_explained_and_every_one_explained_is_there(served):
    explained = set(re.findall(r"^\| `(allie_[a-z_]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    async with served() as client:
        await say(client, "bonjour")
        found = await measured(client)

    ours = {f"{name}_total" if name in ("allie_turns", "allie_deliveries") else name for name in found}
    ours = {name for name in ours if name.startswith("allie_")}
    assert ours | NEEDS_A_FEED == explained


async def test_turns_are_counted_by_channel_and_what_came_of_them(served):
    async with served() as client:
        await say(client, "bonjour")
        await say(client, "si je donne 300 €, je récupère combien ?")
        found = await measured(client)

    assert found["allie_turns"]["web", "answered"] == 2
    assert found["allie_turn_seconds"]["+Inf",] == 2
    assert found["allie_sessions"][()] == 1
    assert found["allie_ready"][()] == 1
    assert found["allie_elected"]["reminders",] == 1


def test_a_turn_is_counted_in_the_class_of_its_duration():
    counters = Counters()
    for seconds in (0.0005, 0.001, 0.003, 60.0):
        counters.turn("telegram:1", "answered", seconds)
    assert (counters.took[0], counters.took[2], counters.took[-1]) == (2, 1, 1)
    assert counters.turns["telegram", "answered"] == 4


class Peer:
    """Where a request comes from, as the server sees it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get_extra_info(self, name: str, default: object = None) -> object:
        return (self.address, 40_000) if name == "peername" else default


def asked(address: str = "127.0.0.1", host: str = "localhost:8080", **headers: str):
    given = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return make_mocked_request("GET", "/metrics", headers=given, transport=Peer(address))


TOKEN = "0123456789abcdef0123"


@pytest.mark.parametrize(
    ("request_", "token", "may"),
    [
        (asked(), None, True),
        (asked("::1", host="[::1]:8080"), None, True),
        (asked("192.0.2.7", host="192.0.2.1:8080"), None, False),
        (asked(X_Forwarded_For="192.0.2.7"), None, False),
        (asked(Forwarded="for=192.0.2.7"), None, False),
        (asked(host="allie.example.org"), None, False),
        (asked(), TOKEN, False),
        (asked("192.0.2.7", Authorization=f"Bearer {TOKEN}"), TOKEN, True),
        (asked("192.0.2.7", Authorization=f"Bearer {TOKEN}x"), TOKEN, False),
        (asked(Authorization="Bearer é"), TOKEN, False),
    ],
)
def test_metrics_are_for_this_machine_or_for_who_holds_the_token(request_, token, may):
    assert may_see_metrics(request_, token) is may


async def test_a_stranger_is_told_nothing(served):
    async with served() as client, client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}) as response:
        assert response.status == 404
        assert "allie_" not in await response.text()


async def test_with_a_token_it_is_needed_here_too(served):
    async with served(metrics_token=TOKEN) as client:
        async with client.get("/metrics") as refused:
            assert refused.status == 404
        async with client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}) as response:
            assert "allie_parked 0.0" in await response.text()
