"""The record of needs as a picture: every number is there, and what does not fit is gathered, not dropped."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.catalogue.causes import CAUSES
from bot.documents.needs_chart import NeedsChart, Row

DAY = date(2026, 11, 26)


def figures(svg: str) -> list[str]:
    return re.findall(r">(\d+)</text>", svg)


def test_a_square_says_how_many_and_how_many_are_open() -> None:
    chart = NeedsChart([Row("Nord", CAUSES["animals"], 7, 2)], DAY, "fr")
    assert "2 ouverts" in chart.svg()
    assert figures(chart.svg()) == ["7", "7"], "in its square, and at the end of the line"
    assert chart.alt.replace("\u00a0", " ") == (
        "7 besoins, 2 ouverts au 26 novembre 2026. Nord, les animaux : 7 besoins, 2 ouverts."
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_does_not_fit_is_gathered_and_counted(language: str) -> None:
    rows = [Row(f"Lieu {place}", cause, 1, 1) for place in range(20) for cause in CAUSES.values()]
    svg = NeedsChart(rows, DAY, language).svg()
    lines = [int(figure) for figure in figures(svg)]
    assert sum(lines) == 2 * len(rows), "each need is in one square and in one total"
    assert max(float(y) for y in re.findall(r' y="([\d.]+)"', svg)) < 1_200


def test_names_that_look_like_markup_are_only_names() -> None:
    svg = NeedsChart([Row("<script>&", CAUSES["sport"], 1, 0)], DAY, "en").svg()
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp;" in svg


def test_what_is_done_from_home_has_its_line() -> None:
    assert "At a distance" in NeedsChart([Row("", CAUSES["digital"], 3, 3)], DAY, "en").svg()
