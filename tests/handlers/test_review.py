"""Moderation in the conversation: those named in a setting read what comes in, and decide once; nobody else can."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalogue import needs
from bot.catalogue.awaited import AwaitedCatalogue
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.wish import Wish
from bot.dialogue.engine import Engine
from bot.dialogue.events import Command, Due, Event, Press

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
TITLE = "Servir les petits-déjeuners du samedi"
ADA, LEO = "telegram:11", "telegram:22"


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
def catalogue(talk_catalogue: AwaitedCatalogue) -> Catalogue:
    return talk_catalogue.kept


@pytest.fixture
def moderated(store, understanding, topics, talk_catalogue) -> Engine:
    return Engine(store, understanding, topics, talk_catalogue, moderators=[ADA, LEO])


@pytest.fixture
def me(person, moderated):
    return person(moderated, language="fr")


@pytest.fixture
def ada(person, moderated):
    somebody = person(moderated, language="fr")
    somebody.chat = ADA
    return somebody


def pending(me) -> list[needs.Need]:
    with me.engine.catalogue.kept.reading() as connection:
        return needs.pending(connection)


async def ask_for_help(me, title: str = TITLE) -> str:
    await me.send(Command("besoin"))
    if "Vos besoins" in me.text:
        await me.press("Nouveau besoin")
    for words in ("Les Amis du Vieux-Port", title, "Marseille", "contact@vieux-port.example"):
        await me.say(words)
    for label, words in (("En dire plus", "On sert."), ("Ajouter les jours", "samedi de 9h à 11h")):
        await me.press(label)
        await me.say(words)
    await me.say("oui")
    return pending(me)[-1].mission.id


async def told(moderated, store, at: datetime) -> dict[str, list[dict]]:
    """What the reminders due by then send, by conversation."""
    found: dict[str, list[dict]] = {}
    for due in await store.due(at, 20):
        before = len(await store.waiting(due.chat))
        await moderated.handle(Event(due.id, due.chat, Due(due.name, due.data), at))
        for message in (await store.waiting(due.chat))[before:]:
            found.setdefault(due.chat, []).append(message.body)
    return found


def data(body: dict, label: str) -> str:
    return next(one["data"] for row in body["buttons"] for one in row if one["label"] == label)


async def test_better_words_lead_to_nobody_s_telephone_either(me, ada) -> None:
    need = await ask_for_help(me)
    await ada.send(Press(f">review.edit={need}"))
    assert "pas d’adresse ni de numéro ici" in await ada.say("Appelez le 06 12 34 56 78")


async def test_each_moderator_is_told_at_once_and_the_first_to_press_decides(me, ada, moderated, store, person) -> None:
    need = await ask_for_help(me)
    cards = await told(moderated, store, NOW)
    assert set(cards) == {ADA, LEO}
    (card,) = cards[ADA]
    for line in (TITLE, "Les Amis du Vieux-Port", "samedi de 9h à 11h", "contact@vieux-port.example"):
        assert line in card["text"]
    await ada.send(Press(data(card, "Publier")))
    assert f"« {TITLE} » est publié" in ada.text
    assert me.engine.catalogue.kept.is_listed(need, NOW.date())
    leo = person(moderated, language="fr")
    leo.chat = LEO
    await leo.send(Press(data(cards[LEO][0], "Écarter")))
    assert "déjà publié" in leo.text
    assert me.engine.catalogue.kept.is_listed(need, NOW.date())


async def test_the_association_hears_within_the_hour(me, ada, moderated, store) -> None:
    need = await ask_for_help(me)
    await told(moderated, store, NOW)
    await ada.send(Press(f">review.approve={need}"))
    (body,) = (await told(moderated, store, NOW + timedelta(hours=1)))[me.chat]
    assert "est publié, jusqu’au" in body["text"]
    assert any(button.get("start") for row in body["buttons"] for button in row), "it can be handed on"


async def test_a_refusal_comes_with_its_reason(me, ada, moderated, store) -> None:
    need = await ask_for_help(me)
    await ada.send(Press(f">review.refuse={need}"))
    await ada.press("Pas assez clair")
    assert "est écarté" in ada.text
    (body,) = (await told(moderated, store, NOW + timedelta(hours=1)))[me.chat]
    assert "ce que feraient les bénévoles" in body["text"]


async def test_a_reason_may_be_written(me, ada, moderated, store) -> None:
    need = await ask_for_help(me)
    await ada.send(Press(f">review.refuse={need}"))
    await ada.say("Il manque l’adresse du local <b>")
    (body,) = (await told(moderated, store, NOW + timedelta(hours=1)))[me.chat]
    assert "Il manque l’adresse du local" in body["text"]
    assert "<b>»" not in body["text"].replace("\u00a0", "")


async def test_better_words_are_what_is_published(me, ada) -> None:
    need = await ask_for_help(me, "besoin 2 monde samedi !!")
    await ada.send(Press(f">review.edit={need}"))
    await ada.say("Servir le petit-déjeuner à des gens de la rue")
    await ada.say("passer")
    await ada.press("la solidarité")
    assert "Servir le petit-déjeuner à des gens de la rue" in ada.text
    await ada.press("Publier")
    wish = Wish(causes=("solidarity",), place=me.engine.catalogue.places.by_code("commune:13055"))
    found = me.engine.catalogue.kept.search(wish, today=NOW.date()).found
    assert "Servir le petit-déjeuner à des gens de la rue" in [match.mission.title for match in found]


async def test_the_next_one_is_shown_after_each(me, ada) -> None:
    await ask_for_help(me)
    await ask_for_help(me, "Trier les vêtements le lundi")
    await ada.send(Command("relecture"))
    assert "2 besoins attendent" in ada.text
    assert TITLE in ada.text
    await ada.press("Publier")
    assert "Trier les vêtements le lundi" in ada.text
    await ada.press("Publier")
    await ada.send(Command("relecture"))
    assert "Aucun besoin n’attend" in ada.text


async def test_the_record_is_a_picture_that_says_itself_in_words(me, ada) -> None:
    need = await ask_for_help(me)
    await ada.send(Press(f">review.approve={need}"))
    await ada.send(Command("relecture"))
    await ada.press("Le relevé des besoins")
    (picture,) = [reply.picture for reply in ada.last.replies if reply.picture]
    assert picture.content.startswith(b"\x89PNG")
    assert "1 besoin, 1 ouvert au 22 novembre 2026" in picture.alt.replace("\u00a0", " ")
    assert "Bouches-du-Rhône" in picture.alt


@pytest.mark.parametrize("act", ["approve", "refuse", "edit", "record"])
async def test_nobody_else_can_decide(me, moderated, act: str) -> None:
    need = await ask_for_help(me)
    await me.send(Press(f">review.{act}={need}"))
    assert "Seules les personnes qui modèrent" in me.text
    assert [one.mission.id for one in pending(me)] == [need]


async def test_at_night_nobody_is_woken(me, moderated, store) -> None:
    me.at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    await ask_for_help(me)
    assert await told(moderated, store, me.at) == {}
    assert set(await told(moderated, store, datetime(2026, 11, 23, 8, 1, tzinfo=UTC))) == {ADA, LEO}


async def test_who_is_forgotten_leaves_no_word_in_the_catalogue(me, ada, tmp_path: Path) -> None:
    need = await ask_for_help(me)
    await ada.send(Press(f">review.approve={need}"))
    await me.say("oubliez-moi")
    await me.say("oui")
    assert not me.engine.catalogue.kept.is_listed(need, NOW.date())
    (counted,) = await me.engine.catalogue.needs_counted(NOW.date())
    assert (counted.departement, counted.needs, counted.open_now) == ("13", 1, 0)
    for file in (tmp_path / "catalogue").iterdir():
        assert b"vieux-port" not in file.read_bytes().lower(), file.name


async def test_stop_is_for_needs_too(me, moderated, store) -> None:
    await ask_for_help(me)
    await me.say("stop")
    assert me.chat not in {due.chat for due in await store.due(NOW + timedelta(days=90), 50)}
