"""A figure of the law is held once: what is changed in one place is changed everywhere."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

from bot.rules.parameters import Row, law

TODAY = date(2026, 11, 30)
ARTICLE = re.compile(r"(?:[LRD]\.\s?\*?\s?)?\d+(?:-\d+)+|[LRD]\.\s?\*?\s?\d+|art\. \d{3,}(?: bis| ter)?|n° \d+")

APART = {
    ("leaves.reserve", "volunteering.military_reserve"): "days a small employer may limit it to; years of a contract",
    ("patronage.in_kind", "skills.cost"): "goods; staff",
    ("rights.minors", "volunteering.civic_reserve"): "age to found an association; age to join the civic reserve",
}
"""Figures of two files that an article happens to give alike."""


def articles(row: Row) -> frozenset[str]:
    return frozenset(re.sub(r"[.\s*]", "", found) for found in ARTICLE.findall(row.source.reference))


def test_no_two_files_hold_the_same_figure_of_the_same_article() -> None:
    rows = {name: parameter.at(TODAY) for name, parameter in law().parameters.items()}
    twice = {
        (name, other)
        for (name, one), (other, two) in combinations(rows.items(), 2)
        if name.partition(".")[0] != other.partition(".")[0]
        and articles(one) & articles(two)
        and (set(one.values.values()) & set(two.values.values()) - {0, 1} or (one.text and one.text == two.text))
    }
    assert twice == set(APART)
