"""One table decides: what a message is taken for, in a conversation, and why."""

from __future__ import annotations

import pytest

from bot.dialogue.decision import WEIGHTS, Interpretation, Sort, chance_of_asking, ranked
from bot.dialogue.facts import Facts


async def nothing() -> bool:
    return False


def meant(sort: Sort, score: float) -> Interpretation:
    return Interpretation(sort, score, "", nothing)


def test_the_order_of_sorts_is_the_table() -> None:
    proposed = [meant(sort, 0.5) for sort in Sort]
    assert [one.sort for one in ranked(proposed)] == sorted(Sort, key=lambda sort: -WEIGHTS[sort])


def test_of_equals_the_one_proposed_first_wins() -> None:
    first, second = meant(Sort.WISH, 0.5), meant(Sort.WISH, 0.5)
    assert ranked([first, second])[0] is first


def chance(
    words: float = 0.8, answer: float = 0.3, *, question: bool = True, figures: int = 0, who: bool = False
) -> float:
    return chance_of_asking(words, answer, is_question=question, figures=figures, says_who=who)


def test_what_makes_a_message_ask() -> None:
    assert chance(answer=0.1) < chance(answer=0.8)
    assert chance(words=0.1) < chance(words=0.9)
    assert chance(question=False) < chance(question=True)
    assert chance(question=False, figures=2) < chance(question=False, figures=1) < chance(question=False)
    assert chance(question=False, who=True) < chance(question=False)
    assert chance(figures=1) < chance() == chance(who=True)
    assert chance(question=False) - chance(question=False, figures=1) > chance() - chance(figures=1)
    assert 0 < chance(words=0.0, answer=0.0) < chance(words=1.0, answer=1.0) < 1


@pytest.mark.parametrize(
    ("said", "sort"),
    [
        (["je donne 100 € à la SPA"], "wish"),
        (["qui doit signer le reçu fiscal ?"], "knowledge"),
        (["menu"], "control"),
        (["/don", "100 €", "qui doit signer le reçu fiscal ?"], "knowledge"),
        (["qui doit signer le reçu fiscal ?", "la source ?"], "table"),
        (["je veux mourir"], "distress"),
    ],
)
async def test_what_a_message_is_taken_for(person, said: list[str], sort: str) -> None:
    from bot.dialogue.events import Command

    me = person(language="fr")
    for text in said:
        await (me.send(Command(text[1:])) if text.startswith("/") else me.say(text))
    assert me.last.decision is not None
    assert me.last.decision.winner.sort == sort, me.last.decision.as_json()


async def test_a_question_in_the_middle_is_answered_and_the_talk_goes_on(person) -> None:
    from bot.dialogue.events import Command

    me = person(language="fr")
    await me.send(Command("besoin"))
    pending = me.text.splitlines()[-1]
    shown = await me.say("qui doit signer le reçu fiscal ?")
    assert "habilit" in shown
    assert pending in shown


def test_facts_keep_the_latest_word_and_what_cannot_be_read_is_left_out() -> None:
    facts = Facts()
    facts.tell("place", "Lyon", words="à Lyon", turn=1)
    facts.tell("place", "Pau", words="non, à Pau", turn=2)
    assert facts.value("place") == "Pau"
    kept = {**facts.as_json(), "pay": {"worth": 3}, "days": 4}
    assert list(Facts.from_json(kept)) == ["place"]
    facts.forget("place")
    assert "place" not in facts
