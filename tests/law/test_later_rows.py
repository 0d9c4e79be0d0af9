"""A row added for a later day changes every place that rests on it, from that day on, and nothing before.

For each parameter of the law, on a copy of its file: a row more from 1 January 2027. What the rules, the cards, the
estimates and the pages tell in 2027 must be what they would tell if the figure had always been so; what they tell in
2026 must not move. Then the answers that quote it, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from bot.estimate import answer
from bot.knowledge.answer import Answer
from bot.knowledge.library import Library
from bot.knowledge.rendering import render_answer, rows_used
from bot.rules.parameters import Law, Parameter, Row, applied, law
from tests.law.probes import PROBES, Probe
from tests.rules.amended import amended

SINCE = date(2027, 1, 1)
ONE_DAY = timedelta(days=1)
NAMES = sorted(law().parameters)

TEXTS = {
    "donations.domestic_violence.regime": "general",
    "donations.carried.boxes": "7ZA 7ZB 7ZC 7ZD 7ZE",
    "wealth.eligible": "association",
}
"""Texts that the rules read."""

NUMBERS: Mapping[str, Mapping[str, int]] = {
    "donations.advance.last_change": {"month": 11, "day": 12},
    "rights.training_deadlines": {"declare_month": 5, "declare_day": 29, "confirm_month": 11, "confirm_day": 28},
    "donations.calendar.return": {"first": 5, "last": 7},
    "donations.calendar.settlement": {"first": 8, "last": 10},
}
"""Numbers that are days and months."""


def another(parameter: Parameter) -> Any:
    """Something else than the last row says, of the same kind."""
    row = parameter.rows[-1]
    if row.values:
        changed = NUMBERS.get(parameter.name) or {name: number_like(value) for name, value in row.values.items()}
        return changed.get("value", changed)
    return TEXTS.get(parameter.name, "7ZZ")


def number_like(value: Decimal) -> Decimal:
    """A share stays one, a count stays one, a sum stays in its order of magnitude."""
    if 0 < value < 1:
        return value * Decimal("0.9")
    return value + 1 if value < 200 else value / 2


def alone(name: str, row: Row) -> Law:
    """The law in which the figure never was but that of `row`."""
    known = law()
    parameter = known.parameters[name]
    only = Parameter(name, parameter.label, parameter.unit, (row,))
    return replace(known, parameters=MappingProxyType({**known.parameters, name: only}))


class Read(dict[str, Parameter]):
    """The parameters, and which of them were read."""

    def __init__(self) -> None:
        super().__init__(law().parameters)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Parameter:
        self.names.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


@cache
def rests_on(probe: Probe) -> frozenset[str]:
    """The parameters that a probe reads in 2027."""
    read = Read()
    with applied(replace(law(), parameters=read)):
        probe.ask(SINCE.year)
    return frozenset(read.names)


def of(name: str) -> list[Probe]:
    return [probe for probe in PROBES if name in rests_on(probe)]


def ask(probe: Probe, year: int, under: Law) -> Any:
    with applied(under):
        return probe.ask(year)


@pytest.mark.parametrize("name", [name for name in NAMES if of(name)])
def test_a_later_row_is_honoured_wherever_its_figure_is_used(name: str, tmp_path: Path) -> None:
    known = law()
    later = amended(tmp_path, name, SINCE, another(known.parameters[name]))
    whole = alone(name, later.parameters[name].rows[-1])
    changed = []
    for probe in of(name):
        if not probe.looks_ahead:
            assert ask(probe, SINCE.year - 1, later) == ask(probe, SINCE.year - 1, known), f"{probe} before its day"
        if not probe.looks_back:
            assert ask(probe, SINCE.year, later) == ask(probe, SINCE.year, whole), probe
        if ask(probe, SINCE.year, later) != ask(probe, SINCE.year, known):
            changed.append(probe)
    assert changed, f"{name} is read by {', '.join(map(str, of(name)))}, and changes nothing"


PAST_REGIMES = ("notre_dame", "cultuel", "patrimoine_religieux", "mayotte", "chambord")


@pytest.mark.parametrize("regime", PAST_REGIMES)
def test_a_regime_that_comes_back_has_its_own_rate_ceiling_and_box(regime: str, tmp_path: Path) -> None:
    amended(tmp_path, f"donations.{regime}.ceiling", SINCE, 700)
    later = amended(tmp_path, f"donations.{regime}.rate", SINCE, Decimal("0.90"))
    if f"donations.{regime}.box" in later.parameters:
        later = amended(tmp_path, f"donations.{regime}.box", SINCE, "7ZZ")
    with applied(later):
        before, after = (reduction_of(regime, day) for day in (SINCE - ONE_DAY, SINCE))
    assert before["parts"][-1]["kind"] == "general" if regime != "chambord" else regime
    part = after["parts"][0]
    assert (part["kind"], part["rate"], part["ceiling"], part["reduction"]) == (regime, 0.9, 700, 630)
    assert part["box"] == ("7ZZ" if f"donations.{regime}.box" in later.parameters else None)


def reduction_of(kind: str, day: date) -> Any:
    gift = {"kind": kind, "amount": 1_000, "date": day.isoformat()}
    return answer("donation", {"year": day.year, "gifts": [gift]}, "en")


@pytest.mark.parametrize("probe", PROBES, ids=str)
def test_after_the_last_day_that_is_known_every_result_warns(probe: Probe) -> None:
    for told in results(probe.ask(SINCE.year - 1)):
        assert probe.looks_ahead or not OLD.search(" ".join(told["warnings"])), told
    for told in results(probe.ask(SINCE.year)):
        assert OLD.search(" ".join(told["warnings"])), told


OLD = re.compile("these figures may change|were not known when mine were last checked")


def results(told: Any) -> Iterator[Mapping[str, Any]]:
    """The results among what a probe tells: what has warnings."""
    for one in told if isinstance(told, list) else [told]:
        if isinstance(one, list):
            yield from results(one)
        elif isinstance(one, Mapping) and "warnings" in one:
            yield one


ANSWERS = tuple(Library.load().every())
"""Our written answers, in each language."""


def told_by(answer: Answer, day: date, under: Law) -> tuple[str, ...]:
    shown = render_answer(answer, answer.language, day, under)
    return str(shown.head), str(shown.more), str(shown.warning)


@cache
def answers_on(name: str) -> tuple[Answer, ...]:
    return tuple(answer for answer in ANSWERS if name in answer.rests_on)


@pytest.mark.parametrize("name", [name for name in NAMES if answers_on(name)])
def test_a_later_row_is_honoured_by_every_answer_that_rests_on_it(name: str, tmp_path: Path) -> None:
    known = law()
    since = max(SINCE, known.parameters[name].rows[-1].start + ONE_DAY)
    later = amended(tmp_path, name, since, another(known.parameters[name]))
    row = later.parameters[name].rows[-1]
    whole, before, after = alone(name, row), since - ONE_DAY, since + ONE_DAY
    for one in answers_on(name):
        quoted = [place for figure in one.figures.values() for place in figure.references if place.parameter == name]
        if not any(place.edge == "to" for place in quoted):
            assert told_by(one, before, later) == told_by(one, before, known), f"{one.id} before its day"
        if not any(place.row_of for place in quoted):
            assert told_by(one, after, later) == told_by(one, after, whole), one.id
        if any(not place.row_of and not place.edge for place in quoted):
            assert told_by(one, after, later)[:2] != told_by(one, after, known)[:2], one.id


def test_after_the_last_day_that_is_known_every_answer_of_the_law_warns() -> None:
    known = law()
    for one in ANSWERS:
        current = {used.file for used in rows_used(one.figures.values(), one.rests_on, known, SINCE) if used.is_current}
        warning = told_by(one, SINCE, known)[2]
        assert bool(warning) == any(known.known_until[file] < SINCE for file in current), one.id


def test_no_parameter_is_there_for_nobody() -> None:
    """Each is read by a rule or a page, quoted or rested on by an answer, or named by a topic."""
    code = [*Path("handlers").rglob("*.py"), *Path("bot").rglob("*.py")]
    topics = "".join(path.read_text(encoding="utf-8") for path in code)
    unused = [
        name
        for name in NAMES
        if not of(name) and not answers_on(name) and not is_named(name, topics) and not is_past(name)
    ]
    assert unused == []


def is_named(name: str, code: str) -> bool:
    """By its whole name, or by that within its file."""
    return f'"{name}"' in code or f'"{name.partition(".")[2]}"' in code


def is_past(name: str) -> bool:
    """The rates and boxes of regimes that ended are read for gifts of their years."""
    return name.removeprefix("donations.").partition(".")[0] in PAST_REGIMES
