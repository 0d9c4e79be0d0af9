"""A few words after a screen belong to it: a pay, who one is, whose gift it is; a word that nobody knows is said so."""

from __future__ import annotations

import pytest


async def told(person, *said: str, language: str = "fr"):
    """Somebody who has said all this, one message after another."""
    me = person(language=language)
    for words in said:
        await me.say(words)
    return me


@pytest.mark.parametrize("between", [(), ("mon employeur peut refuser ?",), ("c'est quoi un RTT ?",)])
async def test_a_pay_asked_for_is_taken_after_a_question_too(person, between: tuple[str, ...]) -> None:
    """2,450 a month: 2,450 / 21.67 = 113.06 a day, 339.18 for three."""
    me = await told(person, "je donne 3 RTT", *between, "2450 par mois")
    assert "Don de 3 jours : 339,18 € brut" in me.text


async def test_a_question_leaves_what_was_told_before_in_hand(person) -> None:
    me = await told(person, "je donne 2 RTT, 3000 € brut par mois", "mon employeur peut refuser ?", "et pour 3 jours ?")
    assert "Don de 3 jours : 415,32 €" in me.text  # 3 × 3,000 / 21.67


@pytest.mark.parametrize(
    "words",
    [
        "je suis fonctionnaire ?",
        "et si je suis fonctionnaire ?",
        "je suis fonctionnaire",
        "et si je suis agent public ?",
    ],
)
async def test_who_one_is_changes_the_gift_of_days_on_show(person, words: str) -> None:
    me = await told(person, "je donne 3 RTT", words)
    assert "agents publics ne peuvent pas donner de jours de repos à une association" in me.text
    assert "Je suis dans le privé" in me.labels


@pytest.mark.parametrize(
    ("language", "said", "words", "shown"),
    [
        ("en", "our company gives 2,000 € to the Red Cross", "out of my own pocket then", "€1,500 back"),
        ("en", "our company gives 2,000 € to the Red Cross", "in the end I pay it myself", "€1,500 back"),
        ("fr", "notre SARL donne 1000 € à la SPA", "finalement c'est de ma poche", "660 € d’impôt pour 1 000 €"),
        ("fr", "notre SARL donne 1000 € à la SPA", "et si je le donne moi-même ?", "660 € d’impôt pour 1 000 €"),
        ("fr", "je donne 1000 € à la SPA", "finalement c'est ma boîte qui paie", "600 € d’impôt en moins pour 1 000 €"),
    ],
)
async def test_whose_gift_it_is_after_all(person, language: str, said: str, words: str, shown: str) -> None:
    me = await told(person, said, words, language=language)
    assert shown in me.text


@pytest.mark.parametrize("words", ["schtroumpf", "licorne", "chocolat", "pizza", "tournevis"])
async def test_a_word_that_is_not_ours_is_said_not_to_be_known(person, words: str) -> None:
    me = await told(person, words)
    assert me.last.topic == "fallback"
    assert "je ne le sais pas" in me.text or "pas sûr d’avoir compris" in me.text


@pytest.mark.parametrize(("words", "topic"), [("euh", "smalltalk"), ("RTT", "rest_days"), ("cerfa", "answers")])
async def test_a_word_that_is_ours_is_met(person, words: str, topic: str) -> None:
    assert (await told(person, words)).last.topic == topic
