"""Figures of the law in an answer: on each side of each date, with their sources and what to beware of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.i18n import text_of
from bot.knowledge.figures import FigureError, read_figure
from bot.knowledge.library import Library
from bot.knowledge.rendering import Rendered, render_answer, source_line
from bot.rules.parameters import Law, read_law

if TYPE_CHECKING:
    from tests.knowledge.conftest import Write

BEFORE, AFTER = date(2025, 10, 13), date(2025, 10, 14)
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("source", "day", "said"),
    [
        ("gifts.ceiling:money", BEFORE, "1 000 €"),
        ("gifts.ceiling:money", AFTER, "2 000 €"),
        ("gifts.ceiling@previous:money", AFTER, "1 000 €"),
        ("gifts.ceiling@2023-06-30:money", AFTER, "1 000 €"),
        ("gifts.ceiling@from:date", AFTER, "14 octobre 2025"),
        ("gifts.ceiling@previous@to:date", AFTER, "13 octobre 2025"),
        ("gifts.ceiling@from:month", AFTER, "octobre 2025"),
        ("gifts.rate:percent", TODAY, "75 %"),
        ("gifts.rate*100:money", TODAY, "75 €"),
        ("gifts.ceiling*gifts.rate:money", TODAY, "1 500 €"),
        ("100*(1-gifts.rate):money", TODAY, "25 €"),
        ("50/(1-gifts.rate):money", TODAY, "200 €"),
        ("gifts.ceiling/gifts.rate:money", TODAY, "2 666,67 €"),
        ("gifts.ceiling/gifts.rate:euros", TODAY, "2 667 €"),
        ("gifts.ceiling@2025-06-30 + gifts.ceiling@2026-06-30 - 500:money", TODAY, "2 500 €"),
        ("gifts.regime.least+gifts.regime.most:money", TODAY, "310,50 €"),
        ("year:year", TODAY, "2026"),
        ("year+1:year", TODAY, "2027"),
        ("year-1-gifts.regime.most/100:year", TODAY, "2022"),
        ("year@from:date", TODAY, "1er janvier 2026"),
        ("year@to:date", TODAY, "31 décembre 2026"),
        ("gifts.ceiling@from:year", TODAY, "2025"),
        ("4:month", TODAY, "avril"),
        ("gifts.regime.least:money", TODAY, "10,50 €"),
        ("gifts.regime.most:number", TODAY, "300"),
        ("gifts.regime@to:date", TODAY, "31 décembre 2026"),
        ("gifts.ceiling@to:date", TODAY, "31 décembre 2026"),  # it has no last day: the last one that is known
        ("gifts.box", TODAY, "7UD"),
        ("100:money", TODAY, "100 €"),
        ("gifts.ceiling:money", date(2015, 1, 1), "1 000 €"),
    ],
)
def test_a_figure_is_that_of_the_day(source: str, day: date, said: str, gifts: Law) -> None:
    found = read_figure(source, gifts).said(gifts, day, "fr")
    assert found.replace("\u00a0", " ").replace("\u202f", " ") == said


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("gifts.ceiling", "has no format"),
        ("gifts.ceiling:date", "cannot be written as date"),
        ("gifts.box:money", "is a text"),
        ("gifts.regime:money", "several numbers, name one: least, most"),
        ("100/(gifts.rate-gifts.rate):money", "100 / 0.00 is no number"),
        ("13:month", "cannot be written as month"),
        ("gifts.box*2:money", "stands beside what is not a number"),
    ],
)
def test_a_figure_that_cannot_be_said_tells_why(source: str, reason: str, gifts: Law) -> None:
    with pytest.raises(FigureError, match=reason):
        read_figure(source, gifts).said(gifts, TODAY, "fr")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("(gifts.rate:percent", "a bracket is not closed"),
        ("gifts.rate*:percent", "a number or a name is missing"),
        ("gifts.rate gifts.rate:percent", "stands where an expression has ended"),
        ("*gifts.rate:percent", "stands where a number or a name is expected"),
        ("gifts.rate@:percent", "after @ stand previous or a day"),
        ("year@previous:year", "after @ stand previous or a day|'year' is not the name of a figure"),
        ("years:year", "'years' is not the name of a figure"),
    ],
)
def test_an_expression_that_means_nothing_tells_why(source: str, reason: str, gifts: Law) -> None:
    with pytest.raises(FigureError, match=reason):
        read_figure(source, gifts)


def test_since_when_looks_through_rows_that_say_the_same(tmp_path: Path) -> None:
    rows = [("2020-01-01", "2021-12-31", 5, 1), ("2022-01-01", "2022-12-31", 3, 1), ("2023-01-01", "2026-12-31", 3, 2)]
    text = 'checked = 2026-11-21\nknown_until = 2026-12-31\n[loan]\nlabel = "Loan"\nunit = "month"\n'
    for start, end, months, size in rows:
        text += f"[[loan.rows]]\nfrom = {start}\nto = {end}\nvalues = {{ months = {months}, size = {size} }}\n"
        text += 'reference = "x"\nsource = "x"\nconfidence = "A"\n'
    (tmp_path / "gifts.toml").write_text(text, encoding="utf-8")
    law = read_law(tmp_path)
    since = {name: read_figure(f"{name}@from:year", law).said(law, TODAY, "fr") for name in LOAN}
    assert since == {"gifts.loan.months": "2022", "gifts.loan.size": "2023", "gifts.loan": "2023"}


LOAN = ("gifts.loan.months", "gifts.loan.size", "gifts.loan")


def rendered(library: Library, today: date, language: str = "fr") -> Rendered:
    answer = library.answer("donors/a", language)
    assert answer is not None
    return render_answer(answer, language, today, library.law)


Read = Callable[[], Library]


def test_sources_come_from_the_rows_the_law_first(write: Write, library: Read) -> None:
    write(
        "donors/a",
        "{gifts.rate:percent}, {gifts.ceiling:money}, {gifts.ceiling@previous:money}",
        rests_on='["gifts.rate", "gifts.ceiling", "gifts.box"]',
    )
    shown = rendered(library(), TODAY)
    assert [(one.name, one.url) for one in shown.sources] == [
        ("CGI art. 200, 1 ter", "https://www.service-public.fr/F426"),
        ("Formulaire 2042", ""),
        ("Un journal", ""),
        ("Une page", "https://example.org/page"),
    ]
    assert shown.checked == date(2026, 11, 21)
    line = source_line(shown, "fr")
    assert line.startswith('Sources\u00a0: <a href="https://www.service-public.fr/F426">CGI art. 200, 1 ter</a> ; ')
    assert line.endswith("Vérifié le 21 novembre 2026.")


def test_what_is_said_of_a_page_alone_has_its_day(write: Write, library: Read) -> None:
    write("donors/a", "Oui.")
    assert rendered(library(), TODAY).checked == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("body", "today", "warning"),
    [
        ("{gifts.ceiling:money}", date(2026, 12, 31), ""),
        ("{gifts.ceiling:money}", date(2027, 1, 1), "Après le 31 décembre 2026, ces chiffres peuvent changer."),
        ("{gifts.regime.most:money}", date(2026, 12, 31), ""),
        (
            "{gifts.regime.most:money}",
            date(2027, 1, 1),
            "Cela valait jusqu’au 31 décembre 2026. Ce qui vaut depuis n’est pas encore connu ici.",
        ),
        ("{gifts.regime.most:money}", date(2025, 12, 31), "Cela vaut à partir du 1er janvier 2026."),
        ("Jusqu’au {gifts.regime@to:date} : {gifts.regime.most:money}", date(2026, 12, 1), ""),
        ("{gifts.ceiling@2021-01-01:money}", date(2028, 1, 1), ""),
        ("Oui.", date(2030, 1, 1), ""),
    ],
)
def test_the_warning_follows_the_rows(body: str, today: date, warning: str, write: Write, library: Read) -> None:
    rests_on = [name for name in ("gifts.ceiling", "gifts.regime") if name in body]
    write("donors/a", body, rests_on=str(rests_on).replace("'", '"'))
    assert text_of(rendered(library(), today).warning, "fr") == warning


def test_what_is_said_around_an_answer_is_in_the_language_of_the_person(write: Write, library: Read) -> None:
    write("donors/a", "{gifts.ceiling:money}", rests_on='["gifts.ceiling"]')
    shown = rendered(library(), date(2027, 2, 1), "en")
    assert "2\u202f000\u00a0€" in shown.head
    assert shown.language == "fr"
    assert shown.warning == "After 31 December 2026, these figures may change."
    assert source_line(shown, "en").startswith("Sources: ")


def test_a_value_never_becomes_markup(write: Write, gifts: Law) -> None:
    write("donors/a", "{gifts.box}")
    figure = read_figure("gifts.box", gifts)
    assert figure.said(gifts, TODAY, "fr") == "7UD"
    from bot.knowledge.markdown import read_text

    assert read_text("**{x}**", "fr").for_talk(lambda _source: "<i>") == "<b>&lt;i&gt;</b>"
