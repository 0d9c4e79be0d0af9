"""Days, times and availability. The clock of these tests stands on Saturday 21 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.calendar import dated_in
from bot.understanding.dates import read_date, read_when

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hier", date(2026, 11, 20)),
        ("aujourd'hui", TODAY),
        ("avant-hier", date(2026, 11, 19)),
        ("le 3 mars", date(2026, 3, 3)),
        ("1er janvier", date(2026, 1, 1)),
        ("le trente et un décembre 2024", date(2024, 12, 31)),
        ("13/10/2025", date(2025, 10, 13)),
        ("13.10.25", date(2025, 10, 13)),
        ("2025-10-13", date(2025, 10, 13)),
        ("March 3rd", date(2026, 3, 3)),
        ("3rd of March 2025", date(2025, 3, 3)),
        ("il y a trois jours", date(2026, 11, 18)),
        ("samedi dernier", date(2026, 11, 14)),
        ("last friday", date(2026, 11, 20)),
        ("vendredi", date(2026, 11, 20)),
        ("le 15", date(2026, 11, 15)),
        ("le 29 février", date(2024, 2, 29)),
        ("l'an dernier", None),
        ("fin mai", None),
        ("31 avril", None),
        ("je ne sais plus", None),
        ("", None),
    ],
)
def test_one_day_in_an_answer(text: str, day: date | None) -> None:
    assert read_date(text, TODAY) == day


def test_a_day_to_come_when_one_asks_for_the_future() -> None:
    assert read_date("le 3 mars", TODAY, past=False) == date(2027, 3, 3)
    assert read_date("samedi prochain", TODAY, past=False) == date(2026, 11, 28)
    assert read_date("mardi", TODAY, past=False) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("samedi matin", ["saturday", "morning"]),
        ("tous les mardis soir", ["tuesday", "evening"]),
        ("le week-end", ["weekend"]),
        ("en semaine", ["weekday"]),
        ("du lundi au vendredi", ["weekday"]),
        ("du mardi au jeudi", ["tuesday", "wednesday", "thursday"]),
        ("ce week-end", ["range:2026-11-21/2026-11-22", "weekend"]),
        ("le week-end prochain", ["range:2026-11-28/2026-11-29", "weekend"]),
        ("la semaine prochaine", ["range:2026-11-23/2026-11-29"]),
        ("ce soir", ["date:2026-11-21", "evening"]),
        ("demain matin", ["date:2026-11-22", "morning"]),
        ("après-demain", ["date:2026-11-23"]),
        ("ce dimanche", ["date:2026-11-22"]),
        ("samedi 5 décembre", ["date:2026-12-05"]),
        ("samedi 5", ["date:2026-12-05"]),
        ("entre le 3 et le 10 décembre", ["range:2026-12-03/2026-12-10"]),
        ("du 28 décembre au 3 janvier", ["range:2026-12-28/2027-01-03"]),
        ("du 15 au 30 novembre", ["range:2026-11-15/2026-11-30"]),
        ("les 3, 4 et 5 décembre", ["date:2026-12-03", "date:2026-12-04", "date:2026-12-05"]),
        ("jusqu'au 15 décembre", ["range:2026-11-21/2026-12-15"]),
        ("début mars", ["month:2027-03"]),
        ("mi-octobre 2025", ["month:2025-10"]),
        ("en juillet", ["month:2027-07"]),
        ("de mars à juin", ["range:2027-03-01/2027-06-30"]),
        ("en 2025", ["year:2025"]),
        ("l'an dernier", ["year:2025"]),
        ("dans deux semaines", ["date:2026-12-05"]),
        ("cet été", ["summer"]),
        ("à Noël", ["christmas"]),
        ("pendant les vacances de la Toussaint", ["school_holidays"]),
        ("vacances de Noël", ["christmas", "school_holidays"]),
        ("dès que possible", ["now"]),
        ("à partir de 18h", ["evening"]),
        ("de 14h à 17h", ["afternoon"]),
        ("entre midi et deux", ["lunch"]),
        ("avant 10h", ["morning"]),
        ("vers 9h30", ["morning"]),
        ("le samdi aprem", ["saturday", "afternoon"]),
        ("next Saturday", ["date:2026-11-28"]),
        ("on Thursdays, 6-8pm", ["thursday", "evening"]),
        ("weekday mornings", ["weekday", "morning"]),
        ("between March 3 and March 8", ["range:2027-03-03/2027-03-08"]),
        ("3-10 December", ["range:2026-12-03/2026-12-10"]),
        ("sat or sun", ["saturday", "sunday"]),
    ],
)
def test_times_that_suit(text: str, when: list[str]) -> None:
    assert read_when(text, TODAY) == (when, [])


@pytest.mark.parametrize(
    ("text", "when", "not_when"),
    [
        ("sauf le jeudi", [], ["thursday"]),
        ("tous les soirs sauf samedi et dimanche", ["evening"], ["saturday", "sunday"]),
        ("pas le week-end", [], ["weekend"]),
        ("plutôt lundi, jamais le mardi", ["monday"], ["tuesday"]),
        ("ni le lundi ni le jeudi", [], ["monday", "thursday"]),
        ("le mardi je peux pas", [], ["tuesday"]),
        ("mes week-ends sont pris, donc lundi", ["monday"], ["weekend"]),
        ("je bosse la semaine, libre le samedi", ["saturday"], ["weekday"]),
        ("je ne travaille pas le mercredi", ["wednesday"], []),
        ("pourquoi pas le dimanche", ["sunday"], []),
        ("hors vacances scolaires", [], ["school_holidays"]),
        ("rather not weekends", [], ["weekend"]),
        ("any evening except Fridays", ["evening"], ["friday"]),
        ("Saturdays are taken, Sundays are fine", ["sunday"], ["saturday"]),
    ],
)
def test_times_that_are_refused_never_suit(text: str, when: list[str], not_when: list[str]) -> None:
    assert read_when(text, TODAY) == (when, not_when)


@pytest.mark.parametrize(
    "text",
    [
        "bonne soirée",
        "bonsoir",
        "good morning",
        "2 heures par semaine",
        "mon mari et moi",
        "j'ai été bénévole",
        "I may help",
        "Joyeux Noël",
        "31 avril",
        "la mer, le jeu",
    ],
)
def test_words_that_look_like_times_are_none(text: str) -> None:
    assert read_when(text, TODAY) == ([], [])


@given(DAYS, st.sampled_from(["fr", "en"]), st.sampled_from(["long", "d/M/y", "dd.MM.yyyy", "yyyy-MM-dd"]))
def test_a_date_as_allie_writes_it_is_read_back(day: date, language: str, style: str) -> None:
    assert read_date(format_date(day, style, locale=language), TODAY, language=language) == day


@given(DAYS, st.integers(1, 60), st.booleans())
def test_a_range_is_read_back(first: date, days: int, english: bool) -> None:
    last = first + timedelta(days=days)
    locale = "en_GB" if english else "fr_FR"
    start, end = (format_date(day, "d MMMM y", locale=locale) for day in (first, last))
    text = f"from {start} to {end}" if english else f"du {start} au {end}"
    assert read_when(text, TODAY)[0] == [f"range:{first}/{last}"]


@given(DAYS)
def test_a_day_without_its_year_is_the_next_one_or_the_last_one(day: date) -> None:
    text = format_date(day, "d MMMM", locale="fr")
    coming, gone = read_date(text, TODAY, past=False), read_date(text, TODAY, past=True)
    assert coming is not None
    assert gone is not None
    assert gone <= TODAY <= coming
    assert {(coming.month, coming.day), (gone.month, gone.day)} == {(day.month, day.day)}


@given(st.text(max_size=200), st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.booleans())
def test_every_dated_value_is_a_real_day(text: str, today: date, past: bool) -> None:
    for found in dated_in(text, today, past=past):
        assert found.first <= found.last
        assert found.values
