"""A question asked in the middle of an act is answered in writing, with its source, and the act goes on."""

from __future__ import annotations

import pytest

from bot.dialogue.events import Command

IN_PASSING = [
    ("besoin", "un bénévole est-il assuré par l'association ?", "responsabilité civile"),
    ("besoin", "au fait, c'est quoi un rescrit ?", "rescrit"),
    ("rtt", "mon employeur peut-il refuser ?", "accord"),
]


@pytest.mark.parametrize(("command", "words", "told"), IN_PASSING)
async def test_it_is_answered_and_what_was_asked_before_is_asked_again(
    person, command: str, words: str, told: str
) -> None:
    me = person(language="fr")
    await me.send(Command(command))
    asked = [line for line in me.text.splitlines() if line.endswith("?")][-1:]
    await me.say(words)
    assert told in me.text
    assert "Vérifié le" in me.text
    assert all(question in me.text for question in asked)


async def test_what_was_shown_before_is_not_shown_again(person) -> None:
    me = person(language="fr")
    await me.send(Command("entreprise"))
    (shown, *_others) = me.text.splitlines()
    await me.say("quelle différence avec le parrainage ?")
    assert "parrainage" in me.text
    assert shown not in me.text
    assert "Dire un montant" in me.labels


ASKS_AND_SEARCHES = [
    ("fr", "il faut quel âge pour faire des maraudes à Lyon ?", "ne fixe pas d’âge", "Lyon (69)"),
    ("en", "I live in Lille, do I have to speak French to help?", "few words", "Lille (59)"),
]


@pytest.mark.parametrize(("language", "words", "told", "place"), ASKS_AND_SEARCHES)
async def test_a_question_that_says_where_is_answered_and_looked_for(
    person, language: str, words: str, told: str, place: str
) -> None:
    me = person(language=language)
    await me.say(words)
    assert told in me.text.split(place)[0], "the answer comes first"
    assert "1. " in me.text.split(place)[1]
    assert {"1", "2", "3"} <= set(me.labels)
    assert {"👍", "👎"}.isdisjoint(me.labels)
    assert "Ou vouliez-vous dire" not in me.text
    assert "Or did you mean" not in me.text


@pytest.mark.parametrize(
    ("language", "words", "unknown"),
    [
        ("fr", "qui a inventé le fil à couper le beurre ?", "je ne le sais pas"),
        ("en", "how do I mend a puncture?", "I do not know"),
    ],
)
async def test_of_what_nothing_is_written_about_it_is_said_so(person, language: str, words: str, unknown: str) -> None:
    me = person(language=language)
    assert unknown in await me.say(words)


TOLD = [
    ("fr", "je veux léguer ma maison à la SPA", "testament"),
    ("fr", "la Sacem nous réclame 200 € pour notre bal", "Sacem"),
    ("fr", "j'ai perdu mon reçu de don de 200 €", "duplicata"),
    ("en", "I want to leave my flat to a charity in my will", "will"),
    ("fr", "à l'association un homme a eu des gestes déplacés avec moi", "3919"),
    ("en", "one of the volunteers put his hand on me, who do I tell?", "116 006"),
    # two or three answers are near, and no topic deals with any of them
    ("en", "I'm so lonely since I stopped working", "SOS Amitié"),
    ("en", "the tax office wants to see my receipts", "receipt"),
]


@pytest.mark.parametrize(("language", "words", "told"), TOLD)
async def test_who_tells_what_no_topic_does_is_answered_as_who_asks_is(
    person, language: str, words: str, told: str
) -> None:
    me = person(language=language)
    await me.say(words)
    assert told in me.text
    assert {"👍", "👎"} <= set(me.labels), "a written answer, no estimate"


@pytest.mark.parametrize("words", ["j'ai peur de l'avion", "changer de banque"])
async def test_a_near_word_of_what_is_none_of_our_matters_brings_no_answer(person, words: str) -> None:
    me = person(language="fr")
    await me.say(words)
    assert {"👍", "👎"}.isdisjoint(me.labels)


async def test_a_sum_whose_nature_a_topic_knows_is_worked_out_there(person) -> None:
    me = person(language="fr")
    await me.say("j'ai pris pour 20 € de tombola")
    assert {"👍", "👎"}.isdisjoint(me.labels)
    assert "Vous récupérez" not in me.text
