"""Every question in passing of these topics is answered with its source, in both languages, and asks nothing."""

from __future__ import annotations

import pytest

from bot.dialogue.topic import load_topics
from bot.understanding.about import find_about

TOPICS = ("company_donation", "expenses")
REGISTRY = load_topics()
QUESTIONS = [(topic, name) for topic in TOPICS for name in REGISTRY.topics[topic].side_questions]

WORDS = {
    ("company_donation", "paper"): "et la convention, qui l'écrit ?",
    ("company_donation", "ceiling"): "c'est quoi le plafond ?",
    ("company_donation", "carry"): "et l'excédent, il est reportable ?",
    ("company_donation", "counterparts"): "quelles contreparties sont permises ?",
    ("company_donation", "sponsoring"): "quelle différence avec le parrainage ?",
    ("company_donation", "receipt"): "quel reçu faut-il ?",
    ("company_donation", "forms"): "où déclarer tout ça ?",
    ("company_donation", "loss"): "et si on est en déficit ?",
    ("company_donation", "goods"): "au prix de vente ou au coût ?",
    ("expenses", "how"): "comment ça marche ?",
    ("expenses", "scale"): "c'est quoi le barème ?",
    ("expenses", "proofs"): "quels justificatifs garder ?",
    ("expenses", "which"): "quels frais comptent ?",
    ("expenses", "receipt"): "qui fait le reçu ?",
}
COMMANDS = {"company_donation": "entreprise", "expenses": "frais"}


def test_each_question_has_words() -> None:
    assert set(WORDS) == set(QUESTIONS)
    for (topic, name), words in WORDS.items():
        assert find_about(words, topic, REGISTRY.topics[topic].side_questions) == name


@pytest.mark.parametrize(("topic", "name"), QUESTIONS)
async def test_a_question_in_passing_is_answered_and_the_talk_goes_on(person, topic: str, name: str) -> None:
    from bot.dialogue.events import Command

    me = person(language="fr")
    await me.send(Command(COMMANDS[topic]))
    await me.say(WORDS[topic, name])
    assert "Vérifié le" in me.text or name == "paper", "what the law says has its source"
