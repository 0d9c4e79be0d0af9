"""How long staff time is given, as people say it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.kind import Answer, Refusal, Said
from bot.questions.working_time import Months, Rhythm, WorkingTime

TODAY = date(2026, 11, 22)
MONTH = Decimal("21.67")
TIME = WorkingTime(MONTH)


def read(text: str, language: str = "fr") -> object:
    return TIME.read(Said(text, language, TODAY))


@pytest.mark.parametrize(
    ("text", "share", "months"),
    [
        ("un jour par semaine", "0.2", None),
        ("1 jour/semaine pendant 4 mois", "0.2", 4),
        ("un jour sur cinq pendant quatre mois", "0.2", 4),
        ("deux jours par semaine pendant un an", "0.4", 12),
        ("mi-temps", "0.5", None),
        ("à mi-temps, trois mois", "0.5", 3),
        ("20 %", "0.2", None),
        ("à temps plein pendant 2 mois", "1", 2),
        ("une demi-journée par semaine", "0.1", None),
        ("2 days a week for six months", "0.4", 6),
        ("one day in five", "0.2", None),
        ("half a day a week", "0.1", None),
        ("full-time", "1", None),
    ],
)
def test_a_rhythm_is_a_share_of_the_time(text: str, share: str, months: int | None) -> None:
    assert read(text) == Answer(Rhythm(Decimal(share), months))


def test_days_in_all_are_a_share_of_whole_months() -> None:
    assert read("5 jours") == Answer(Rhythm(5 / MONTH, 1))
    assert read("30 jours en tout") == Answer(Rhythm(30 / (2 * MONTH), 2))
    assert TIME.from_slot({"days": "5", "per": "all"}) == read("5 jours")


def test_more_than_all_the_time_is_refused() -> None:
    assert isinstance(read("7 jours par semaine"), Refusal)
    assert isinstance(read("0 %"), Refusal)


def test_what_is_no_rhythm_is_no_answer() -> None:
    assert read("je ne sais pas") is None
    assert TIME.from_slot(True) is None


def test_months_are_read_from_words_and_years() -> None:
    kind = Months()
    for text, months in (("4 mois", 4), ("quatre mois", 4), ("un an", 12), ("6", 6)):
        assert kind.read(Said(text, "fr", TODAY)) == Answer(months)
    assert isinstance(kind.read(Said("500 mois", "fr", TODAY)), Refusal)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read(text)
    Months().read(Said(text, "fr", TODAY))


@given(st.sampled_from(["0.2", "0.4", "0.5", "1"]), st.one_of(st.none(), st.integers(1, 120)))
def test_what_is_kept_is_read_back(share: str, months: int | None) -> None:
    value = Rhythm(Decimal(share), months)
    assert TIME.load(TIME.dump(value)) == value
