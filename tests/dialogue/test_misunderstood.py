"""Where the operator asked for it, what was not understood is kept, masked; nothing else is, and nobody with it."""

from __future__ import annotations

import pytest

from bot.dialogue.engine import Engine


@pytest.fixture
def talker(store, understanding, topics, talk_catalogue, person):
    def somebody(*, keep: bool, **details: object):
        return person(Engine(store, understanding, topics, talk_catalogue, keep_misunderstood=keep), **details)

    return somebody


async def kept(store) -> list[tuple[str, str]]:
    return [(one.text, one.topic) for one in await store.dead_letters.misunderstood()]


async def test_what_is_not_for_allie_and_what_answers_nothing_is_kept_without_names_and_numbers(store, talker):
    me = talker(keep=True)
    await me.say("quel temps fera-t-il samedi chez Zorglub au 12 ?")
    [(text, topic)] = await kept(store)
    assert topic == "fallback"
    assert text.startswith("quel temps")
    assert not any(secret in text.casefold() for secret in ("zorglub", "12"))
    await me.say("une lettre à mon employeur pour donner 2 RTT")
    await me.say("le chapeau de Kevin est resté sur la table de la cuisine")
    assert "rest_days" in [topic for _text, topic in await kept(store)]
    assert not any("kevin" in text for text, _topic in await kept(store))


async def test_what_is_understood_and_distress_are_not_kept(store, talker):
    me = talker(keep=True)
    await me.say("si je donne 300 € aux Restos je récupère combien ?")
    await me.say("je veux mourir")
    assert await kept(store) == []


async def test_it_is_off_unless_asked_for(store, talker):
    me = talker(keep=False)
    await me.say("quel temps fera-t-il samedi ?")
    assert await kept(store) == []


async def test_the_person_reads_it_among_what_is_kept(talker):
    told = await talker(keep=True).say("que gardez-vous de moi ?")
    assert "D’un message que je ne comprends pas" in told
    assert "D’un message" not in await talker(keep=False).say("que gardez-vous de moi ?")
