"""Rights: every answer has its source and a way on, in both languages, also in passing."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press
from handlers.rights.leaves import LEAVE_ANSWERS
from handlers.rights.talk import ANSWERS, SUBJECTS


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("subject", sorted(ANSWERS))
async def test_every_answer_has_a_source_and_a_way_on(person, subject: str, language: str) -> None:
    me = person(language=language)
    await me.send(Press(str(StartPress("rights", "about", subject))))
    assert ("Vérifié le" if language == "fr" else "Checked on") in me.text
    assert len(me.labels) >= 1
    assert len(me.text) < 2_000, "an answer fits on a phone"


@pytest.mark.parametrize("subject", sorted(SUBJECTS.labels))
async def test_every_button_of_the_menu_answers(person, subject: str) -> None:
    me = person(language="en")
    await me.send(Command("droits"))
    await me.press(SUBJECTS.labels[subject].message)
    assert "Checked on" in me.text
    await me.press("Another question")
    assert "What is your question about?" in me.text


@pytest.mark.parametrize("leave", sorted(set(LEAVE_ANSWERS) - {"leave"}))
async def test_one_leave_leads_to_the_others(person, leave: str) -> None:
    me = person(language="fr")
    await me.send(Press(str(StartPress("rights", "about", leave))))
    assert len(me.labels) >= 5


async def test_what_is_not_sure_is_said_so(person) -> None:
    me = person(language="en")
    await me.send(Press(str(StartPress("rights", "about", "foreigners"))))
    assert "I am not certain" in me.text


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("suis-je assuré si je suis bénévole ?", "aucune règle générale"),
        ("ai-je droit à un congé pour mon asso ?", "6 jours ouvrables"),
        ("un bénévole au chômage garde-t-il ses allocations ?", "ancien employeur"),
        ("droit au bénévolat : demandeur d'asile", "Cimade"),
        ("quel droit au CPF quand on est bénévole ?", "720 €"),
    ],
)
async def test_a_question_in_ones_own_words_finds_its_answer(person, words: str, wanted: str) -> None:
    me = person(language="fr")
    assert wanted in await me.say(words)


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("unemployed", "but never for a former employer"),
        ("retired", "it may be hidden work"),
        ("training", "only for jobseekers"),
        ("foreigners", "reception centres"),
        ("public_agents", "in their free time"),
        ("insurance", "no daily allowance"),
    ],
)
async def test_what_limits_a_right_is_told_with_it(person, subject: str, told: str) -> None:
    me = person(language="en")
    await me.send(Press(str(StartPress("rights", "about", subject))))
    assert told in me.text
    assert not me.text.startswith("Yes, you can")


async def test_the_hours_of_last_year_are_still_to_be_confirmed(person) -> None:
    me = person(language="en")
    await me.send(Press(str(StartPress("rights", "about", "training"))))
    assert "confirm the hours of 2025 by 31 December 2026" in me.text
    assert "Declare the hours of 2026 online by 30 June 2027" in me.text
    assert "hours of 2025 online" not in me.text
