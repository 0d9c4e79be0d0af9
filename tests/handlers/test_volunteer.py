"""Looking for a mission, and what follows: kept, refused, joined, reminded, answered or not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.mission import Mission, Site
from bot.catalogue.writer import Record
from bot.dialogue.events import Command, Due, Press
from handlers.volunteer.mission_card import link_to, linked_id

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
BODY = "Les Amis du Vieux-Port"


def mission(number: int, **details: object) -> Mission:
    values: dict[str, object] = {
        "id": f"essai:{number}",
        "source": "essai",
        "title": f"Nourrir les chats du quartier {number}",
        "organisation": BODY,
        "url": f"https://example.org/{number}",
        "causes": ("animals",),
        "sites": (Site("Marseille", "13002", "13", "13202", 43.30, 5.37),),
        "when": ("saturday",),
    }
    return Mission(**{**values, **details})


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
def with_missions(talk_catalogue: AwaitedCatalogue) -> None:
    opened = talk_catalogue.kept
    opened.freshness()  # the evergreen ones are put in at the first look
    dated = {"starts": date(2026, 12, 5), "ends": date(2026, 12, 5), "opens": time(9, 30), "closes": time(12, 0)}
    with opened.writer() as writer:
        records = [mission(1, text="Une gamelle, de l’eau fraîche. " * 40), mission(2, **dated), mission(3)]
        writer.put([Record(one) for one in records], now=NOW)
        writer.note("read_on", "2026-11-21")


@pytest.fixture
def me(person, with_missions):
    return person(language="fr")


async def search(me, text: str = "je cherche une mission de bénévole avec des animaux à Marseille") -> str:
    return await me.say(text)


async def test_the_first_screen_holds_three_with_where_and_when(me) -> None:
    text = await search(me)
    assert [line for line in text.splitlines() if re.match(r"[123]\. ", line)] == [
        f"{number}. Nourrir les chats du quartier {one}" for number, one in enumerate(quarters(text), 1)
    ]
    assert "à moins de 1 km (Marseille)" in text
    assert "Le 5 décembre 2026, de 09:30 à 12:00" in text
    assert {"1", "2", "3", "Me prévenir", "Mes critères"} <= set(me.labels)
    assert sum(len(line.split()) for line in text.splitlines()) < 90


def quarters(text: str) -> list[str]:
    return re.findall(r"du quartier (\d)", text)


async def test_a_card_says_why_it_is_there_and_how_fresh_it_is(me) -> None:
    await search(me)
    text = await me.press("1")
    assert "Nourrir les chats" in text
    assert BODY in text
    assert "Marseille" in text
    assert "1 sur" in text
    assert "Catalogue lu le 21 novembre 2026" in text
    assert "Vue le 22 novembre 2026" in text
    await me.press("Plus…")
    assert "Sur la carte" in me.labels


async def test_a_card_is_one_screen_of_a_phone(me) -> None:
    await search(me)
    await me.press("1")
    for _card in range(4):
        assert len(me.text) < 700
        assert len(me.last.replies[0].text) < 300, "the rest is folded"
        assert all(len(row) <= 2 for reply in me.last.replies for row in reply.buttons)
        await me.press("Suivante ›")


async def test_leafing_edits_the_same_message(me) -> None:
    await search(me)
    await me.press("1")
    await me.press("Suivante ›")
    assert me.last.replies[0].edit == "1"
    assert "2 sur" in me.text
    assert me.last.replies[0].location is None


async def test_a_mission_refused_once_is_never_shown_again(me) -> None:
    await search(me)
    await me.press("1")
    first = title(me)
    await me.press("Plus…")
    await me.press("Pas celle-ci")
    assert first not in me.text.splitlines()
    await me.send(Command("menu"))
    seen = [await search(me)]
    while "D’autres ›" in me.labels:
        seen.append(await me.press("D’autres ›"))
    assert not any(first in text for text in seen)


async def test_at_the_end_of_the_list_there_are_people_to_call(me) -> None:
    await search(me)
    while "D’autres ›" in me.labels:
        await me.press("D’autres ›")
    await me.press("Aucune ne me va")
    assert "France Bénévolat" in me.text
    assert "1. " in await me.press("‹ Retour aux missions")


async def test_a_position_on_the_map_is_that_of_the_mission(me) -> None:
    await search(me)
    await me.press("1")
    await me.press("Plus…")
    await me.press("Sur la carte")
    assert me.last.replies[-1].location == (43.30, 5.37)


async def test_who_joins_is_asked_some_days_later_whether_they_answered(me, store) -> None:
    await search(me)
    await me.press("1")
    joined = title(me)
    await me.press("J’y vais")
    assert f"« {joined} »" in me.text
    due = await store.due(NOW + timedelta(days=4), 10)
    assert due == []
    (due,) = await store.due(NOW + timedelta(days=6), 10)
    assert due.due_at.astimezone(UTC).hour in (9, 10)
    me.at = due.due_at
    await me.engine.handle(event_of(me, due))
    text, rows = await waiting(store, me)
    assert "Avez-vous eu une réponse de" in text
    no = next(button["data"] for row in rows for button in row if button["label"] == "Non")
    await me.send(Press(no))
    assert "en voici deux autres" in me.text
    assert "mairie de Marseille" in me.text
    assert joined not in [line for line in me.text.splitlines() if line == joined]


async def test_who_does_not_want_to_be_asked_is_not(me, store) -> None:
    await search(me)
    await me.press("1")
    await me.press("J’y vais")
    await me.press("Ne pas me demander")
    assert await store.due(NOW + timedelta(days=30), 10) == []


async def test_the_day_before_a_dated_mission_needs_no_question_and_comes_with_a_file(me, store) -> None:
    await me.send(Press(">mission.d=essai:2"))
    assert "4 décembre 2026" in me.text
    (file,) = [file for reply in me.last.replies for file in reply.files]
    assert b"DTSTART;TZID=Europe/Paris:20261205T093000" in file.content
    (due,) = await store.due(datetime(2026, 12, 5, tzinfo=UTC), 10)
    assert due.due_at == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
    me.at = due.due_at
    await me.engine.handle(event_of(me, due))
    text, _rows = await waiting(store, me)
    assert "Demain, 5 décembre 2026" in text


async def test_a_reminder_of_a_mission_that_went_away_says_so(me, store) -> None:
    await me.send(Press(">mission.d=essai:2"))
    opened = me.engine.catalogue.kept
    with opened.writer() as writer:
        (number,) = writer.connection.execute("SELECT number FROM mission WHERE id = 'essai:2'").fetchone()
        writer.withdraw([number])
    (due,) = await store.due(datetime(2026, 12, 5, tzinfo=UTC), 10)
    me.at = due.due_at
    await me.engine.handle(event_of(me, due))
    text, _rows = await waiting(store, me)
    assert "n’est plus annoncée" in text


async def test_a_button_of_a_mission_nobody_knows_any_more_explains_itself(me) -> None:
    await me.send(Press(">mission.j=essai:99"))
    assert "Je ne connais plus cette mission" in me.text


async def test_a_link_somebody_shared_opens_the_mission(me) -> None:
    await me.send(Command("start", "mission-i-essai--2"))
    assert "Nourrir les chats du quartier 2" in me.text
    assert "Le 5 décembre 2026" in me.text


async def test_what_is_kept_is_listed_and_let_go(me) -> None:
    await search(me)
    await me.press("1")
    kept = title(me)
    await me.press("Plus…")
    await me.press("Garder")
    assert kept in await me.press("Mes favoris")
    await me.press("Retirer")
    await me.send(Command("favoris"))
    assert "aucune mission" in me.text


@pytest.mark.parametrize("place", ["à 0 km de Marseille", "à 10000 km autour de Marseille"])
async def test_a_senseless_distance_still_finds_something(me, place: str) -> None:
    assert "1. " in await search(me, f"bénévole avec des animaux {place}")


async def test_a_search_of_two_thousand_words_is_answered(me) -> None:
    await me.say("bénévolat à Marseille : " + "chats " * 600)
    assert "Nourrir les chats" in me.text
    assert len(me.text) < 900


def title(me) -> str:
    """The title on the card on show."""
    return next(line for line in me.text.splitlines() if line and "Marseille (13)" not in line and " sur " not in line)


def event_of(me, due):
    from bot.dialogue.events import Event

    return Event(due.id, due.chat, Due(due.name, due.data), due.due_at)


async def waiting(store, me) -> tuple[str, list]:
    """What waits in the outbox for this person."""
    messages = await store.waiting(me.chat)
    body = messages[-1].body
    return body["text"].replace("\u00a0", " ").replace("\u202f", " "), body.get("buttons", [])


@pytest.mark.parametrize(
    "mission_id",
    ["essai:2", "api-engagement:66d7a1b2c3d4e5f6a7b8c9d0", "a-b:x--y", "a--b:x", "essai:12/2026 été", "essai:éàü"],
)
def test_a_link_leads_to_the_very_mission(mission_id: str) -> None:
    link = link_to(mission_id)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", link)
    act, value = link.removeprefix("mission-").split("-", 1)
    assert linked_id(act, value) == mission_id


def test_an_id_too_long_for_a_link_has_none() -> None:
    assert link_to("essai:" + "é" * 40) == ""


@pytest.mark.parametrize("value", ["essai--99", "", "%", "é"])
async def test_a_link_that_leads_nowhere_explains_itself(me, value: str) -> None:
    for act in "is":
        await me.send(Command("start", f"mission-{act}-{value}"))
        assert "Je ne connais plus cette mission" in me.text or "Que souhaitez-vous" in me.text


async def test_words_that_missions_are_called_by_are_looked_for_though_they_name_no_cause(me) -> None:
    text = await me.say("bénévole pour nourrir les chats du quartier à Marseille")
    assert "1. Nourrir les chats" in text


async def test_a_noun_that_nothing_says_is_told_and_no_cause_takes_its_place(me) -> None:
    text = await me.say("je voudrais faire de la poterie à Marseille")
    assert "Je n’ai rien trouvé sur « poterie » à Marseille (13)" in text
    assert "Restos" not in text
    assert "Chercher sur JeVeuxAider.gouv.fr" in me.labels


async def test_a_place_said_with_what_to_do_is_a_change_of_mind(me) -> None:
    await me.say("je cherche du bénévolat à Toulouse")
    await me.say("nourrir les chats à Marseille")
    assert me.text.startswith("Marseille (13) · nourrir")
    assert "Toulouse" not in me.text


async def test_nothing_said_shows_easy_ways_and_asks_where_under_them(me) -> None:
    text = await me.say("je veux aider")
    assert text.startswith("Trois façons faciles de commencer")
    assert "3. " in text
    assert "Dans quelle ville ?" in text
    assert "Nourrir les chats" in await me.say("Marseille")


async def test_of_two_towns_of_one_name_the_likelier_is_shown_and_the_other_is_a_button(me) -> None:
    text = await me.say("servir des repas à Saint-Denis")
    assert text.startswith("Saint-Denis (93)")
    assert "Lequel" not in text
    assert (await me.press("Saint-Denis (974)")).startswith("Saint-Denis (974)")


async def test_the_departement_tells_which_town_is_meant(me) -> None:
    assert (await me.say("aider des enfants à Saint-Denis, dans le 974")).startswith("Saint-Denis (974)")
    assert "Saint-Denis (93)" not in me.labels


async def test_what_was_told_of_the_past_is_no_time_of_ones_own(me) -> None:
    text = await me.say("nourrir des chats à Marseille, j'ai perdu le mien l'an dernier")
    assert "Nourrir les chats" in text
    assert "passé" not in text


async def test_the_name_of_a_list_is_enough_to_see_it(me) -> None:
    await search(me)
    await me.press("1")
    await me.press("Plus…")
    await me.press("Garder")
    assert "Les missions que vous avez gardées" in await me.say("mes favoris")


async def test_a_button_is_typed_with_any_apostrophe(me) -> None:
    await search(me)
    await me.press("1")
    assert "écrivez-leur" in await me.say("j'y vais")


async def test_i_am_going_is_no_farewell(me) -> None:
    assert "3114" not in await me.say("j'y vais")


async def test_from_the_map_one_goes_on(me) -> None:
    await search(me)
    await me.press("1")
    await me.press("Plus…")
    await me.press("Sur la carte")
    assert {"J’y vais", "Garder"} <= set(me.labels)


async def test_a_reminder_is_called_off_with_one_press(me, store) -> None:
    await me.send(Press(">mission.d=essai:2"))
    assert len(await store.due(datetime(2026, 12, 5, tzinfo=UTC), 10)) == 1
    assert "pas de rappel" in await me.press("Finalement, pas de rappel")
    assert await store.due(datetime(2026, 12, 5, tzinfo=UTC), 10) == []


async def test_a_whole_new_wish_is_no_correction_of_the_last_one(me) -> None:
    await me.say("je veux aider des personnes âgées à Lyon le samedi")
    await me.say("menu")
    text = await me.say("je veux m’occuper de chats mais pas le dimanche, à Marseille, dans mon quartier")
    assert text.startswith("Marseille (13) · ")
    assert "Lyon" not in text
    assert "le samedi" not in text.splitlines()[0]
