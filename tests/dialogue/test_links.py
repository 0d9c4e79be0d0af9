"""A link (`/?start=…`, `t.me/…?start=…`) begins a talk and changes nothing: who made it is not who opens it."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalogue import needs as kept_needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Due, Event, Press
from bot.dialogue.links import read_link

ROOT = Path(__file__).resolve().parent.parent.parent
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
VALUES = ("1", "on", "off", "yes", "oui", "no", "all", "list", "new", "stop", "quiet", "pause", "resume", "weekly")
SLOT = re.compile(
    r'"(\w+)" in talk\.slots|slots(?:\.get\(|\[)"(\w+)"|start\([^)]*, "\w+", "(\w+)"'
    r'|^    "(\w+)": \w+,$|ask\(\s*"(\w+)"',
    re.MULTILINE,
)


def slots_read_by(topic) -> set[str]:
    """The names of slots and questions in the package of a topic."""
    folder = ROOT / topic.run.__module__.rpartition(".")[0].replace(".", "/")
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return {name for found in SLOT.findall(source) for name in found if name}


@pytest.fixture
async def ada(person, store, understanding, topics, new_catalogue: AwaitedCatalogue):
    """Ada, a moderator with everything: an alert, the news, a need, an offer, a request that waits for her answer, one
    that she made, and a mission she keeps."""
    catalogue = new_catalogue
    chat = "terminal:ada"
    engine = Engine(store, understanding, topics, catalogue, moderators=[chat])
    ada, max_ = person(engine, language="en", at=NOON), person(engine, language="en", at=NOON)
    ada.chat = chat
    await ada.send(Command("besoin"))
    for answer in ("Les Hirondelles", "Tell stories", "Brest", "a@b.example"):
        await ada.say(answer)
    await ada.press("Yes")
    (need,) = await catalogue.needs_waiting()
    await catalogue.write(lambda writer: kept_needs.approve(writer, need.mission.id, now=NOON))
    await ada.send(Press(f">mission.k={need.mission.id}"))
    for answer in ("Les Hirondelles", "Read aloud", "Brest", "a@b.example"):
        await ada.send(Press(">needs.new=1")) if answer == "Les Hirondelles" else None
        await ada.say(answer)
    await ada.press("Yes")
    for who in (ada, max_):
        await who.send(Press(">offers.side=brings"))
        await who.press("Premises, a room")
        for answer in ("A room on Mondays", "Brest", "skip"):
            await who.say(answer)
        await who.press("Leave our offer")
        for answer in ("The Bakery", "bakery@example.org"):
            await who.say(answer)
        await who.press("Yes")
    for who in (ada, max_):
        await who.send(Press(">offers.side=seeks"))
        await who.press("Premises, a room")
        for answer in ("A room for children", "Brest", "skip"):
            await who.say(answer)
        await who.press("Put me in touch: The Bakery")
        for answer in ("The Chess Club", "Thirty children", "06 11 22 33 44"):
            await who.say(answer)
        await who.press("Yes")
    for due in await store.due(NOON, 50):
        await engine.handle(Event(due.id, due.chat, Due(due.name, due.data), NOON))
    await ada.send(Press(">alerts.news=on"))
    await ada.press("Everything")
    await ada.say("skip")
    await ada.say("I look for a mission with children in Brest")
    await ada.press("Alert me")
    await ada.press("Once a day")
    return ada


async def kept_of(store, who) -> dict[str, object]:
    async def look(turn):
        return await turn.export()

    kept = (await store.turn(f"look:{next(who._numbers)}", who.chat, look, at=who.at)).value
    needs = [await who.engine.catalogue.need(key) for key in sorted(kept_ids(kept))]
    parts = {name: kept[name] for name in ("records", "reminders", "notices")}
    parts["records"] = [record for record in parts["records"] if record["kind"] != "draft"]
    return {**parts, "needs": needs}


def kept_ids(kept) -> set[str]:
    return set(re.findall(r"needs:[0-9a-f]{16}", str(kept["reminders"]) + str(kept["records"])))


async def test_no_link_changes_what_is_kept_of_whoever_opens_it(ada, store, topics) -> None:
    before = await kept_of(store, ada)
    kinds = {record["kind"] for record in before["records"]}
    assert {"alert", "news", "favourite", "association", "offer", "asked", "received"} <= kinds
    assert len(before["needs"]) == 2
    keys = {record["key"] for record in before["records"]} | {need.mission.id for need in before["needs"]}
    tried = 0
    for name, topic in topics.topics.items():
        links = [name]
        links += [f"{name}-{slot}-{value}" for slot in slots_read_by(topic) for value in sorted({*VALUES, *keys})]
        for link in links:
            await ada.send(Command("start", link))
            tried += 1
        assert await kept_of(store, ada) == before, name
    assert tried > 1_000


@pytest.mark.parametrize("link", ["privacy-about-erase", "privacy-sure-yes", "privacy-action-erase"])
async def test_a_link_erases_nothing(ada, store, link: str) -> None:
    before = await kept_of(store, ada)
    await ada.send(Command("start", link))
    assert not ada.last.forgotten
    assert await kept_of(store, ada) == before


async def test_a_link_that_would_act_shows_the_button_instead(ada) -> None:
    await ada.send(Command("start", "alerts-about-stop"))
    assert "A link does nothing in your place" in ada.text
    assert "1: stop" in ada.labels
    await ada.press("1: stop")
    assert "Stopped." in ada.text


async def test_a_link_to_a_topic_says_at_once_what_is_meant(person) -> None:
    me = person(language="en")
    await me.send(Command("start", "offers-side-brings"))
    assert "What could you bring?" in me.text
    await me.send(Command("start", "rest_days-role-employee"))
    assert "A link does nothing" not in me.text


@pytest.mark.parametrize(
    ("argument", "link"),
    [
        ("don", ("donation", "", "")),
        ("don-300", ("donation", "", "300 €")),
        ("Donate_50", ("donation", "", "50 €")),
        ("bénévolat-Saint-Étienne", ("volunteer", "", "Saint Étienne")),
        ("volunteer-lyon", ("volunteer", "", "lyon")),
        ("rtt", ("rest_days", "", "")),
        ("days-off-2", ("rest_days", "", "2 jours")),
        ("quiz", ("learning", "quiz", "")),
        ("affiche-gare", ("welcome", "", "")),
        ("review", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_link_is_called_as_people_remember_it(argument: str, link: tuple[str, str, str] | None) -> None:
    assert read_link(argument) == link


def test_every_name_of_a_link_begins_a_topic_there_is(topics) -> None:
    names = tomllib.loads((ROOT / "data" / "phrases" / "links.toml").read_text(encoding="utf-8"))["link"]
    for link in names:
        assert link["topic"] in topics.topics
        assert all(read_link(name).topic == link["topic"] for name in link["names"])


async def test_what_a_link_carries_is_read_as_if_it_were_typed(person) -> None:
    me = person(language="fr")
    await me.send(Command("start", "don-300-restos"))
    assert "225" in me.text
    assert "Restos du Cœur" in me.text
    await me.send(Command("volunteer", "Brest"))
    assert "Où aimeriez-vous aider" not in me.text
