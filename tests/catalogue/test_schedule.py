"""Days and times: read from a schedule in words, and compared with when a person is free."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.schedule import DAYS, PARTS, fit, is_refused, read_when, when_mask, wished_times

TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("le samedi matin", ("saturday", "morning")),
        ("lundi ou jeudi soir", ("monday", "thursday", "evening")),
        ("Un week-end par mois", ("saturday", "sunday")),
        ("en semaine, après 18h", ("monday", "tuesday", "wednesday", "thursday", "friday", "evening")),
        ("mercredi après-midi", ("wednesday", "afternoon")),
        ("Une matinée", ("morning",)),
        ("2 heures par semaine", ()),
        ("", ()),
    ],
)
def test_a_schedule_in_words_gives_its_days(said: str, names: tuple[str, ...]) -> None:
    assert read_when(said)[0] == names


@pytest.mark.parametrize("said", ["Selon vos disponibilités", "horaires libres", "quand vous voulez", "à votre rythme"])
def test_a_person_may_choose(said: str) -> None:
    assert read_when(said)[1]


def test_the_next_holidays_are_meant() -> None:
    summer = wished_times(("summer",), TODAY)
    assert summer is not None
    assert (summer.start, summer.end) == (datetime.date(2027, 7, 1), datetime.date(2027, 8, 31))
    christmas = wished_times(("christmas",), datetime.date(2027, 1, 2))
    assert christmas is not None
    assert (christmas.start, christmas.end) == (datetime.date(2026, 12, 19), datetime.date(2027, 1, 3))


@pytest.mark.parametrize(
    "token", ["date:yesterday", "month:2026-99", "range:x/y", "year:12345", "unknown", "", "date:"]
)
def test_a_token_that_says_nothing_is_left_out(token: str) -> None:
    assert wished_times((token,), TODAY) is None


def test_a_range_said_backwards_is_a_range() -> None:
    times = wished_times(("range:2026-12-20/2026-12-01",), TODAY)
    assert times is not None
    assert (times.start, times.end) == (datetime.date(2026, 12, 1), datetime.date(2026, 12, 20))


def test_all_that_is_offered_being_refused_is_a_refusal() -> None:
    assert is_refused(when_mask(("sunday",)), when_mask(("sunday",)))
    assert not is_refused(when_mask(("sunday",)), when_mask(("sunday", "monday")))
    assert not is_refused(when_mask(("sunday",)), 0)
    assert is_refused(when_mask(("night",)), when_mask(("monday", "night")))


@settings(deadline=None)  # other work may share the machine
@given(
    st.lists(st.sampled_from([*DAYS, *PARTS, "weekend", "weekday"]), min_size=1, max_size=4),
    st.lists(st.sampled_from([*DAYS, *PARTS]), max_size=4),
)
def test_a_mission_that_offers_all_that_is_wished_fits(wish: list[str], more: list[str]) -> None:
    times = wished_times(wish, TODAY)
    assert times is not None
    assert fit(times, when_mask([*wish, *more]), None, None) == "yes"
    assert fit(times, 0, None, None) == "perhaps"
    assert fit(times, 0, None, None, flexible=True) == "yes"


def test_holidays_whose_days_are_not_known_here_may_fit_and_are_never_promised() -> None:
    times = wished_times(["school_holidays", "morning"], TODAY)
    assert times is not None
    assert fit(times, when_mask(("monday", "morning")), None, None) == "perhaps"
    assert fit(times, when_mask(("monday", "evening")), None, None) == "no"
    christmas = wished_times(["school_holidays", "christmas"], TODAY)
    assert christmas is not None
    assert fit(christmas, 0, datetime.date(2027, 2, 1), datetime.date(2027, 2, 1)) == "no"
