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
