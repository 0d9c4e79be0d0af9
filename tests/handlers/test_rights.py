"""Rights: what holds for all and what most ask; questions are answered in writing, leaves worked out for the day."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press
from handlers.rights.leaves import LEAVE_ANSWERS
from handlers.rights.talk import WRITTEN


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("subject", sorted({*LEAVE_ANSWERS, *WRITTEN}))
async def test_every_subject_of_a_link_or_an_old_button_is_answered_with_its_source(
    person, subject: str, language: str
) -> None:
    me = person(language=language)
    await me.send(Press(str(StartPress("rights", "about", subject))))
    assert ("Vérifié le" if language == "fr" else "Checked on") in me.text
    assert me.labels


@pytest.mark.parametrize(("language", "free"), [("fr", "libre"), ("en", "free")])
async def test_the_rights_begin_with_what_holds_for_all_and_ask_nothing(person, language: str, free: str) -> None:
    me = person(language=language)
    await me.send(Command("droits"))
    assert free in me.text
    assert "?" not in me.text
    for label in list(me.labels):
        again = person(language=language)
        await again.send(Command("droits"))
        await again.press(label)
        assert ("Vérifié le" if language == "fr" else "Checked on") in again.text


@pytest.mark.parametrize("leave", sorted(set(LEAVE_ANSWERS) - {"leave"}))
async def test_one_leave_leads_to_the_others(person, leave: str) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("rights", "about", leave))))
    assert len(me.labels) >= 5


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("suis-je assuré si je suis bénévole ?", "responsabilité civile"),
        ("ai-je droit à un congé pour mon asso ?", "6 jours ouvrables"),
        ("un bénévole au chômage garde-t-il ses allocations ?", "ancien employeur"),
        ("droit au bénévolat : demandeur d'asile", "demandeur d’asile"),
        ("quel droit au CPF quand on est bénévole ?", "720 €"),
        ("on me reproche de ne pas venir assez souvent, j'ai le droit de dire non ?", "refuser|libre"),
    ],
)
async def test_a_question_in_ones_own_words_is_answered_never_asked_what_it_is_about(
    person, words: str, wanted: str
) -> None:
    me = person(language="fr")
    await me.say(words)
    assert any(one in me.text for one in wanted.split("|")), me.text
