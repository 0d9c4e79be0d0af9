"""Alerts: composed when due, silent when nothing is new and at night, paused and stopped with one press."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.mission import Mission, Site
from bot.catalogue.writer import Record
from bot.dialogue.events import Command, Due, Event, Press

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def add(catalogue: AwaitedCatalogue, number: int, on: datetime) -> None:
    found = Mission(
        id=f"essai:{number}",
        source="essai",
        title=f"Promener les chiens du refuge {number}",
        organisation="Refuge des Calanques",
        url="https://example.org",
        causes=("animals",),
        sites=(Site("Marseille", "13002", "13", "13202", 43.30, 5.37),),
    )
    with catalogue.kept.writer() as writer:
        writer.put([Record(found)], now=on)


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
def me(person, talk_catalogue: AwaitedCatalogue) -> object:
    add(talk_catalogue, 1, NOW)
    return person(language="fr")


async def alert(me, how: str = "Une fois par jour") -> None:
    await me.say("je cherche une mission de bénévole avec des animaux à Marseille")
    await me.press("Me prévenir")
    await me.press(how)


async def look(me, store, at: datetime) -> list[str]:
    """What the reminders due by `at` send, handled at that moment."""
    before = len(await store.waiting(me.chat))
    for due in await store.due(at, 10):
        await me.engine.handle(Event(due.id, due.chat, Due(due.name, due.data), at))
    return [message.body["text"] for message in (await store.waiting(me.chat))[before:]]


async def test_nothing_is_said_when_nothing_is_new(me, store) -> None:
    await alert(me)
    assert "C’est activé : Marseille (13)" in me.text
    for day in (1, 2, 3):
        assert await look(me, store, NOW + timedelta(days=day, hours=2)) == []
    assert len(await store.due(NOW + timedelta(days=9), 10)) == 1, "the next look is still planned"


async def test_what_is_new_is_told_once(me, store) -> None:
    await alert(me)
    add(me.engine.catalogue, 2, NOW + timedelta(days=1))
    (text,) = await look(me, store, NOW + timedelta(days=1, hours=3))
    assert "Promener les chiens du refuge 2" in text
    assert "refuge 1" not in text
    assert await look(me, store, NOW + timedelta(days=2, hours=3)) == []


async def test_a_weekly_alert_waits_for_its_week(me, store) -> None:
    await alert(me, "Oui, une fois par semaine")
    add(me.engine.catalogue, 2, NOW + timedelta(days=1))
    assert await store.due(NOW + timedelta(days=6), 10) == []
    assert len(await look(me, store, NOW + timedelta(days=7, hours=3))) == 1


async def test_looks_are_planned_for_the_day_in_paris(me, store) -> None:
    await alert(me)
    (due,) = await store.due(NOW + timedelta(days=9), 10)
    assert due.due_at.date() == date(2026, 11, 23)
    assert 9 <= due.due_at.hour + 1 < 14  # Paris is an hour ahead in winter


@pytest.mark.parametrize("hour", [2, 19, 23])
async def test_an_alert_held_up_until_the_night_waits_for_the_morning(me, store, hour: int) -> None:
    await alert(me)
    add(me.engine.catalogue, 2, NOW + timedelta(days=1))
    night = datetime(2026, 11, 24, hour, 30, tzinfo=UTC)
    assert await look(me, store, night) == []
    (due,) = await store.due(night + timedelta(days=2), 10)
    assert due.due_at > night
    assert 8 <= due.due_at.hour < 13
    assert len(await look(me, store, due.due_at)) == 1


async def test_a_press_pauses_another_resumes(me, store) -> None:
    await alert(me)
    await me.press("Suspendre")
    assert "suspendue" in me.text
    assert await store.due(NOW + timedelta(days=30), 10) == []
    await me.press("1\u00a0: reprendre")
    assert len(await store.due(NOW + timedelta(days=30), 10)) == 1


async def test_a_press_under_an_old_alert_stops_it(me, store) -> None:
    await alert(me)
    add(me.engine.catalogue, 2, NOW + timedelta(days=1))
    await look(me, store, NOW + timedelta(days=1, hours=3))
    buttons = [button for row in (await store.waiting(me.chat))[-1].body["buttons"] for button in row]
    stop = next(button["data"] for button in buttons if button["label"] == "Arrêter")
    await me.send(Press(stop))
    assert "Vous n’en entendrez plus parler" in me.text
    assert await store.due(NOW + timedelta(days=30), 10) == []
    await me.send(Press(stop))
    assert "Aucune alerte" in me.text


async def test_who_is_forgotten_hears_nothing_more(me, store) -> None:
    await alert(me)
    await me.say("oubliez-moi, effacez mes données")
    await me.press("Oui")
    assert await store.due(NOW + timedelta(days=30), 10) == []


async def test_five_alerts_are_enough(me) -> None:
    for _number in range(6):
        await me.send(Command("menu"))
        await alert(me)
    assert "Vous avez déjà 5 alertes" in me.text


async def test_an_alert_is_said_in_one_sentence(me) -> None:
    await me.say("alerte-moi des missions avec des animaux à Marseille")
    assert "Une fois par semaine, ou une fois par jour ?" in me.text
    assert "au plus une fois par semaine" in await me.say("oui")
    await me.send(Command("alertes"))
    assert "1. Marseille (13) · animaux : une fois par semaine" in me.text


async def test_the_word_stop_ends_all_that_is_sent_unasked(me, store) -> None:
    await alert(me)
    await me.say("je cherche une mission de bénévole avec des animaux à Marseille")
    await me.press("1")
    await me.press("J’y vais")
    assert len(await store.due(NOW + timedelta(days=30), 10)) == 2
    assert "Tout est arrêté" in await me.say("STOP")
    assert await store.due(NOW + timedelta(days=30), 10) == []


async def test_an_alert_is_corrected_in_a_word_and_stays_one(me, store) -> None:
    await me.say("alerte-moi des missions avec des animaux à Marseille")
    await me.press("Une fois par semaine")
    assert "C’est activé : Lyon (69) · animaux" in await me.say("non, plutôt à Lyon")
    assert len(await store.due(NOW + timedelta(days=30), 10)) == 1


async def test_stop_in_the_middle_of_a_talk_silences_alerts_too_and_one_press_has_them_back(
    me, store, talk_catalogue: AwaitedCatalogue
) -> None:
    await alert(me)
    await me.send(Command("besoin"))
    text = await me.say("stop")
    assert "nous en restons là" in text
    assert "Vos alertes sont suspendues aussi" in text
    add(talk_catalogue, 2, NOW + timedelta(days=1))
    assert await look(me, store, NOW + timedelta(days=3)) == []
    assert "C’est reparti" in await me.press("Reprendre mes alertes")
    (due,) = await store.due(NOW + timedelta(days=9), 10)
    assert due.name == "alert"


@pytest.mark.parametrize("words", ["supprime-la", "finalement annule l'alerte", "arrête cette alerte"])
async def test_the_alert_just_set_is_taken_away_in_words(me, store, words: str) -> None:
    await me.say("alerte-moi des missions avec des animaux à Marseille")
    await me.say("oui")
    await me.say(words)
    assert "effac" not in me.text.replace("effacée", ""), "nothing else is offered to be erased"
    assert await store.due(NOW + timedelta(days=30), 10) == []


async def test_an_alert_holds_the_place_and_the_cause_it_was_asked_for(
    me, store, talk_catalogue: AwaitedCatalogue
) -> None:
    await me.say("préviens-moi des missions avec des animaux à Lille")
    await me.say("une fois par jour")
    add(talk_catalogue, 2, NOW + timedelta(days=1))  # in Marseille
    assert await look(me, store, NOW + timedelta(days=3)) == []
