"""Words about what is on show: which act they are of, which item they name, by how much they multiply."""

from __future__ import annotations

import ast
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import handlers
from bot.understanding import Understanding
from bot.understanding.items import goes_on, points_at_one, read_item
from bot.understanding.pointing import load_pointing, read_scale
from bot.understanding.sentence import Sentence, fold

LEAST_WORDINGS = 32
OF_RULES = {"ask", "item", "paper", "scale"}
"""Acts that rules tell, from no wording."""
HELD_OUT = {
    "next": ["allez, celle qui suit", "bof. t'as mieux ?", "any different ones?"],
    "previous": ["remontre celle qu'on vient de passer", "go back a step"],
    "all": ["balance toute la liste", "put all of them on one page"],
    "nearer": ["y aurait pas plus proche", "somewhere nearer my place"],
    "where": ["donne l'adresse exacte", "whereabouts do we meet"],
    "when": ["c'est le matin ou le soir ça", "what days exactly"],
    "until": ["on est dehors à quelle heure", "what time do we finish"],
    "how_long": ["ça mange combien d'heures", "how many hours a week is it"],
    "distance": ["y a un arrêt de bus à côté", "can I get there on foot"],
    "paid": ["on est payé quelque chose ou pas", "is there any money in it"],
    "cost": ["faut sortir de l'argent pour s'inscrire ?", "do they charge anything"],
    "age": ["mon neveu de 15 ans serait accepté ?", "what's the youngest you can be"],
    "access": ["y a-t-il un escalier", "would I have to carry stuff"],
    "training": ["est-ce qu'ils apprennent aux débutants", "do I need some kind of diploma"],
    "bring": ["je dois emmener mes propres outils ?", "do I take my own gloves"],
    "alone": ["on sera plusieurs ou juste moi", "is anybody else there with me"],
    "join": ["comment on fait pour s'inscrire là", "where do I sign up"],
    "contact": ["c'est quoi leur téléphone", "who should I call"],
    "keep": ["mets celle-là dans mes favoris", "save that one"],
    "kept": ["rouvre mes favoris", "which ones did I save"],
    "remind": ["fais-moi penser la veille", "please remind me a day before"],
    "alert": ["quand il y en a une nouvelle, préviens-moi", "notify me when new ones come"],
    "unanswered": ["ça fait dix jours et toujours aucune réponse", "they still haven't replied"],
    "why": ["et pourquoi celle-ci", "how did you calculate this"],
    "sure": ["tu en es vraiment certain", "are you really sure about it"],
    "source": ["c'est écrit dans quelle loi ça", "where's your source"],
    "box": ["dans quelle case je dois l'écrire", "which box on the form"],
    "stop_it": ["supprime l'alerte finalement", "please cancel this alert"],
}
"""Wordings that nothing was learnt from."""


def test_acts_are_told_from_wordings_that_were_not_learnt_from(understanding: Understanding) -> None:
    from datetime import date

    tried = [(act, said) for act, wordings in HELD_OUT.items() for said in wordings]
    first = within = 0
    for act, said in tried:
        meaning = understanding.read(said, today=date(2026, 11, 30), language="fr", shown=True)
        acts = [pointing.act for pointing in meaning.pointing]
        first += acts[:1] == [act]
        within += act in acts
    assert first >= 0.8 * len(tried)
    assert within >= 0.93 * len(tried)


def test_each_act_has_wordings_enough_and_none_stands_under_two() -> None:
    examples = load_pointing()
    counts = Counter(example.topic for example in examples)
    assert {act: count for act, count in counts.items() if count < LEAST_WORDINGS} == {}
    acts: dict[str, set[str]] = {}
    for example in examples:
        acts.setdefault(fold(example.text).strip(" ?!."), set()).add(example.topic)
    assert {said: found for said, found in acts.items() if len(found) > 1} == {}
    assert not {said for wordings in HELD_OUT.values() for said in wordings} & {example.text for example in examples}


def acts_in(module: ast.AST) -> set[str]:
    """The acts that code tells apart: `match about.act`, `about.act == "…"`."""
    subjects = [
        (node.subject, node.cases) if isinstance(node, ast.Match) else (node.left, node.comparators)
        for node in ast.walk(module)
        if isinstance(node, ast.Match | ast.Compare)
    ]
    return {
        constant.value
        for subject, others in subjects
        if isinstance(subject, ast.Attribute) and subject.attr == "act"
        for other in others
        for constant in ast.walk(other.pattern if isinstance(other, ast.match_case) else other)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }


def test_each_act_that_a_topic_answers_has_wordings() -> None:
    """An act in code alone is never told from any words: what it says would be said to nobody."""
    root = Path(handlers.__file__).parent
    acts = {act for path in root.rglob("*.py") for act in acts_in(ast.parse(path.read_text(encoding="utf-8")))}
    learnt = {example.topic for example in load_pointing()}
    assert len(acts) > 10
    assert acts - learnt - OF_RULES == set()


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("la première", 0),
        ("la 2e mission", 1),
        ("the third one", 2),
        ("la dernière", -1),
        ("la 3", 2),
        ("ok je prends la 2", 1),
        ("number 3 please", 2),
        ("la 2 CV de mon père", None),
        ("la différence entre la 1 et la 2", None),
        ("la première fois", None),
        ("le dernier samedi", None),
        ("the second week", None),
    ],
)
def test_an_item_is_named_by_its_rank(said: str, item: int | None) -> None:
    assert read_item(Sentence(said)) == item


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("et 500 ?", True),
        ("ok et sinon dehors ?", True),
        ("fine, the same to them", True),
        ("bon d'accord, et pour une entreprise", True),
        ("où aider à Lyon ?", False),
        ("bonjour, je voudrais aider", False),
        ("et", False),
    ],
)
def test_what_goes_on_from_what_was_said(said: str, goes: bool) -> None:
    assert goes_on(Sentence(said)) is goes


@pytest.mark.parametrize(
    ("said", "one"),
    [
        ("celle du vestiaire", True),
        ("et celui avec les chiens ?", True),
        ("the one with the dogs", True),
        ("c'est où ?", False),
        ("je voudrais aider ceux qui ont faim", False),
    ],
)
def test_words_that_single_one_out(said: str, one: bool) -> None:
    assert points_at_one(Sentence(said)) is one


@pytest.mark.parametrize(
    ("said", "factor"),
    [
        ("et le double ?", Decimal(2)),
        ("trois fois plus", Decimal(3)),
        ("half of that", Decimal("0.5")),
        ("pareil", None),
    ],
)
def test_by_how_much_it_is_multiplied(said: str, factor: Decimal | None) -> None:
    assert read_scale(Sentence(said)) == factor
