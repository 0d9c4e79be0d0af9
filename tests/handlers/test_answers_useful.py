"""👍 and 👎 under a written answer: one press, counted once, and the talk goes on."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Press


@pytest.mark.parametrize(("label", "counted", "said"), [("👍", (1, 0), "Merci"), ("👎", (0, 1), "autrement")])
async def test_one_press_is_counted_once(person, store, label: str, counted: tuple[int, int], said: str) -> None:
    me = person(language="fr")
    await me.say("c'est quoi un rescrit ?")
    old = me.data(label)
    await me.press(label)
    assert said in me.text
    await me.send(Press(old, label))
    (votes,) = await store.dead_letters.answer_votes()
    await me.send(Press(str(StartPress("answers", "answer", "words/rescrit"))))
    assert "Sources" in me.text
    assert {"👍", "👎"}.isdisjoint(me.labels), "it was judged already"
    assert (votes.answer, (votes.useful, votes.useless)) == ("words/rescrit", counted)


async def test_a_thumb_typed_is_a_press(person, store) -> None:
    me = person(language="fr")
    await me.say("c'est quoi un rescrit ?")
    await me.say("👍")
    (votes,) = await store.dead_letters.answer_votes()
    assert votes.useful == 1


async def test_a_choice_of_answers_has_no_thumbs(person) -> None:
    me = person(language="fr")
    await me.say("bonjour")
    assert {"👍", "👎"}.isdisjoint(me.labels)


async def test_what_is_no_answer_is_not_counted(person, store) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("answers", "missed", "x" * 40))))
    await me.send(Press(str(StartPress("answers", "helped", "words/not-written"))))
    assert await store.dead_letters.answer_votes() == []
