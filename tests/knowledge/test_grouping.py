"""What was not understood, in groups of questions that are near one another."""

from __future__ import annotations

import numpy as np

from bot.knowledge import Knowledge
from bot.knowledge.grouping import groups_of


def test_each_joins_the_nearest_of_those_asked_more_often() -> None:
    rows = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.8, 0.6], [-1, 0]], np.float32)
    assert groups_of(rows, [5, 4, 1, 3, 1], near=0.7) == [[0, 3], [1, 2], [4]]


def test_a_group_that_is_asked_often_in_many_words_comes_first() -> None:
    rows = np.array([[1, 0], [0, 1], [0, 1], [0, 1]], np.float32)
    assert groups_of(rows, [3, 2, 2, 1]) == [[1, 2, 3], [0]]


def test_nothing_makes_no_group() -> None:
    assert groups_of(np.zeros((0, 2), np.float32), []) == []


def test_questions_of_the_same_sense_are_together_in_both_languages(knowledge: Knowledge) -> None:
    questions = [
        ("peut-on venir avec son chien au local", "fr"),
        ("comment réparer un vélo crevé", "fr"),
        ("on peut amener son chien au local ?", "fr"),
        ("can I bring my dog to the local branch", "en"),
        ("réparer la roue crevée d'un vélo", "fr"),
    ]
    assert knowledge.grouped(questions, [2, 1, 1, 1, 1]) == [[0, 2, 3], [1, 4]]
