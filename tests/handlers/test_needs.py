"""An association publishes a need: asked for, read by a moderator, told, found by volunteers, renewed or taken down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.catalogue import needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.wish import Wish
from bot.dialogue.events import Command, Due, Event, Press

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
TITLE = "Servir les petits-déjeuners du samedi"


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
def me(person) -> object:
    return person(language="fr")


async def ask_for_help(me, contact: str = "contact@vieux-port.example") -> None:
    await me.send(Command("besoin"))
    for words in ("Les Amis du Vieux-Port", TITLE, "Marseille", contact):
        await me.say(words)
    for label, words in (
        ("En dire plus", "On prépare et on sert."),
        ("Ajouter les jours", "le samedi matin"),
        ("Combien de personnes", "3"),
    ):
        await me.press(label)
        await me.say(words)


def found(me) -> list[str]:
    wish = Wish(text="petits-déjeuners", place=me.engine.catalogue.places.by_code("commune:13055"))
    results = me.engine.catalogue.kept.search(wish, today=NOW.date())
    return [match.mission.title for match in results.found if match.mission.kind == "need"]


def looked(me, look) -> list[needs.Need]:
    with me.engine.catalogue.kept.reading() as connection:
        return look(connection)


def decide(me, act) -> str:
    (waiting,) = looked(me, needs.pending)
    with me.engine.catalogue.kept.writer() as writer:
        act(writer, waiting.mission.id, now=NOW)
    return waiting.mission.id


async def look(me, store, at: datetime) -> list[dict]:
    before = len(await store.waiting(me.chat))
    for due in await store.due(at, 10):
        await me.engine.handle(Event(due.id, due.chat, Due(due.name, due.data), at))
    return [message.body for message in (await store.waiting(me.chat))[before:]]


def button(body: dict, label: str) -> str:
    return next(one["data"] for row in body["buttons"] for one in row if one["label"] == label)


async def test_a_need_is_shown_back_whole_before_it_is_sent(me) -> None:
    await ask_for_help(me)
    for line in (TITLE, "Où : Marseille (13)", "Quand : le samedi matin", "recherchées : 3", "contact@vieux-port"):
        assert line in me.text
    assert looked(me, needs.pending) == []
    await me.say("oui")
    assert "C’est envoyé" in me.text


@pytest.mark.parametrize(
    "way", ["06 12.34 56-78", "bit.ly/aide", "@marie_75", "notre-club.museum", "marie (at) ici.fr"]
)
async def test_a_need_leads_nowhere_but_to_the_contact_that_is_asked_for(me, way: str) -> None:
    await me.send(Command("besoin"))
    for answer, refused in (
        ("Les Amis du Vieux-Port", f"Les Amis {way}"),
        (TITLE, f"Appelez le {way}"),
        ("Marseille", None),
        ("contact@vieux-port.example", None),
        ("On prépare et on sert.", f"Tout est sur {way} !"),
        ("le samedi matin", f"le samedi, voir {way}"),
    ):
        label = {"On prépare et on sert.": "En dire plus", "le samedi matin": "Ajouter les jours"}.get(answer)
        if label is not None:
            await me.press(label)
        if refused is not None:
            assert "pas d’adresse ni de numéro ici" in await me.say(refused)
        await me.say(answer)
    await me.send(Press("=1.needs.title.bit.ly/x"))
    assert "bit.ly" not in me.text


async def test_nothing_is_sent_without_a_yes(me) -> None:
    await ask_for_help(me)
    assert "Rien n’a été envoyé" in await me.say("non")
    assert looked(me, needs.pending) == []


async def test_nobody_finds_a_need_before_a_moderator_has_read_it(me) -> None:
    await ask_for_help(me)
    await me.say("oui")
    assert found(me) == []
    decide(me, needs.approve)
    assert found(me) == [TITLE]


async def test_the_catalogue_does_not_know_who_asked(me) -> None:
    await ask_for_help(me)
    await me.say("oui")
    (waiting,) = looked(me, needs.pending)
    assert me.chat not in waiting.owner
    assert len(waiting.owner) == 24


async def test_the_association_is_told_what_was_decided_and_asked_before_the_end(me, store) -> None:
    await ask_for_help(me)
    await me.say("oui")
    assert await look(me, store, NOW + timedelta(hours=4)) == [], "nobody has decided yet"
    decide(me, needs.approve)
    (body,) = await look(me, store, NOW + timedelta(days=1))
    assert "est publié" in body["text"]
    assert looked(me, needs.untold) == []
    (body,) = await look(me, store, NOW + timedelta(days=56))
    assert "Avez-vous encore besoin de monde" in body["text"]
    me.at = NOW + timedelta(days=56)
    await me.send(Press(button(body, "Renouveler 60 jours")))
    assert "Il reste jusqu’au 18 mars 2027" in me.text
    (body,) = await look(me, store, NOW + timedelta(days=112))
    assert "Avez-vous encore besoin de monde" in body["text"]


async def test_a_refusal_is_told_too(me, store) -> None:
    await ask_for_help(me)
    await me.say("oui")
    decide(me, needs.refuse)
    (body,) = await look(me, store, NOW + timedelta(days=1))
    assert "n’a pas été publié" in body["text"]
    assert found(me) == []


async def test_a_need_that_is_met_is_taken_down_by_its_owner_only(me, person) -> None:
    await ask_for_help(me)
    await me.say("oui")
    need = decide(me, needs.approve)
    other = person(language="fr")
    await other.send(Press(f">needs.close={need}"))
    assert "parmi les vôtres" in other.text
    assert found(me) == [TITLE]
    await me.send(Command("besoin"))
    await me.press("Le retirer")
    assert "est retiré" in me.text
    assert found(me) == []


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "venez", "http://", "12 34"])
async def test_a_contact_that_reaches_nobody_is_asked_again(me, contact: str) -> None:
    await me.send(Command("besoin"))
    for words in ("Les Amis du Vieux-Port", TITLE, "Marseille", contact):
        await me.say(words)
    assert "L’adresse d’une page" in me.text


async def test_a_volunteer_reads_whom_to_reach_where_there_is_no_page(me, person) -> None:
    await ask_for_help(me, "04 91 00 00 00")
    await me.say("oui")
    need = decide(me, needs.approve)
    volunteer = person(language="fr")
    await volunteer.send(Press(f">mission.j={need}"))
    assert "Contact : 04 91 00 00 00" in volunteer.text
    assert "Ouvrir leur page" not in volunteer.labels


async def test_a_need_of_one_day_is_found_on_that_day_with_its_hours_as_they_were_said(me) -> None:
    await me.send(Command("besoin"))
    for words in ("Les Amis du Vieux-Port", TITLE, "Marseille", "contact@vieux-port.example"):
        await me.say(words)
    await me.press("Ajouter les jours")
    await me.say("samedi 12 décembre de 9h à 12h")
    assert "Quand : samedi 12 décembre de 9h à 12h" in me.text
    await me.say("oui")
    decide(me, needs.approve)
    mission = (await me.engine.catalogue.needs_of(await owner_of(me)))[0].mission
    assert (mission.starts, mission.ends) == (date(2026, 12, 12), date(2026, 12, 12))
    for day, is_there in (("2026-12-12", True), ("2026-12-13", False)):
        wish = Wish(causes=mission.causes, when=(f"date:{day}",))
        results = me.engine.catalogue.kept.search(wish, today=NOW.date(), limit=50)
        found = [match.mission.id for match in results.found if not results.widened]
        assert (mission.id in found) is is_there


async def owner_of(me) -> str:
    """The key drawn for who is talking."""
    with me.engine.catalogue.kept.reading() as connection:
        return str(connection.execute("SELECT owner FROM mission WHERE owner <> ''").fetchone()[0])
