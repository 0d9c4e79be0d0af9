"""A calendar file that any calendar reads the same way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.documents.calendar_file import Appointment, calendar_file

MADE = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def entry(appointment: Appointment):
    calendar = Calendar.from_ical(calendar_file(appointment, made=MADE))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_an_appointment_is_in_the_time_of_paris_in_winter_and_in_summer() -> None:
    for day, offset in ((date(2026, 12, 5), 1), (date(2027, 7, 5), 2)):
        calendar, event = entry(Appointment("a", "Maraude", day, time(18, 30), time(21, 0)))
        assert event["dtstart"].dt.utcoffset() == timedelta(hours=offset)
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2, minutes=30)
        assert len(calendar.walk("VTIMEZONE")) == 1


def test_the_rules_of_summer_time_are_in_the_file() -> None:
    written = calendar_file(Appointment("a", "Maraude", date(2026, 12, 5), time(18, 30)), made=MADE).decode()
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in written
    assert "DTSTART:19810329T020000" in written
    assert written.count("BEGIN:VALARM") == 1


def test_without_an_hour_it_takes_the_day() -> None:
    calendar, event = entry(Appointment("a", "Collecte", date(2026, 12, 31)))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert calendar.walk("VTIMEZONE") == []


def test_a_night_ends_the_next_day() -> None:
    _calendar, event = entry(Appointment("a", "Accueil de nuit", date(2026, 12, 5), time(21, 0), time(7, 0)))
    assert event["dtend"].dt.date() == date(2026, 12, 6)


def test_the_same_appointment_is_the_same_entry() -> None:
    one, other = (entry(Appointment("feed:1/2026-12-05", title, date(2026, 12, 5)))[1] for title in ("A", "B"))
    assert one["uid"] == other["uid"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_typed_leaves_its_own_line(title: str, where: str) -> None:
    calendar, event = entry(Appointment("a", title, date(2026, 12, 5), time(9, 0), where=where))
    assert len(calendar.walk("VEVENT")) == 1
    assert set(event) <= {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "URL"}
