"""A calendar file (RFC 5545) for one appointment, in the time of Paris, with a word the day before.

Times are local, with the rules of summer and winter time in the file: it is right on any device. What was typed or came
from a feed is escaped by the format's own rules.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

__all__ = ["MEDIA_TYPE", "Appointment", "calendar_file"]

MEDIA_TYPE = "text/calendar"
PARIS = ZoneInfo("Europe/Paris")
LASTS = timedelta(hours=2)
"""How long an appointment is shown for when its end is not known."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something to go to. `key` names it: the same key and day is the same entry of a calendar. Without `opens` it
    takes the whole day."""

    key: str
    title: str
    day: date
    opens: time | None = None
    closes: time | None = None
    where: str = ""
    notes: str = ""
    url: str = ""


def calendar_file(appointment: Appointment, *, made: datetime) -> bytes:
    """The .ics file. `made` is an aware moment: the same appointment made at the same moment is the same file."""
    from icalendar import Alarm, Calendar, Event  # some MB, which most conversations never need

    calendar = Calendar()
    calendar.add("prodid", "-//Allié//FR")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{hashlib.blake2b(appointment.key.encode(), digest_size=12).hexdigest()}@allie")
    event.add("dtstamp", made.astimezone(ZoneInfo("UTC")).replace(microsecond=0))
    event.add("summary", appointment.title)
    if appointment.opens is None:
        event.add("dtstart", appointment.day)
        event.add("dtend", appointment.day + timedelta(days=1))
    else:
        start = datetime.combine(appointment.day, appointment.opens, PARIS)
        end = datetime.combine(appointment.day, appointment.closes, PARIS) if appointment.closes else start + LASTS
        if end <= start:  # past midnight
            end += timedelta(days=1)
        event.add("dtstart", start)
        event.add("dtend", end)
        calendar.add_component(_rules_of_paris())
    if appointment.where:
        event.add("location", appointment.where)
    notes = "\n".join(part for part in (appointment.notes, appointment.url) if part)
    if notes:
        event.add("description", notes)
    if appointment.url:
        event.add("url", appointment.url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", appointment.title)
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _rules_of_paris() -> Timezone:
    """Summer time from the last Sunday of March at 2 to the last Sunday of October at 3 (directive 2000/84/EC)."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    rules = Timezone()
    rules.add("tzid", "Europe/Paris")
    # The rules themselves are in local time, without a zone.
    for part, name, month, since, before, after in (
        (TimezoneDaylight(), "CEST", 3, "1981-03-29T02:00", 1, 2),
        (TimezoneStandard(), "CET", 10, "1996-10-27T03:00", 2, 1),
    ):
        part.add("tzname", name)
        part.add("dtstart", datetime.fromisoformat(since))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        rules.add_component(part)
    return rules
