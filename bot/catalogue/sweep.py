"""One reading of a whole feed, from its first page to what is concluded from it.

Only a complete sweep may conclude that a mission is gone, and only the second one in a row without it does: absence and
failure look alike from here. A feed that is suddenly empty or a third smaller is set aside and the last good catalogue
stays. Each page is one transaction: killed between two, the sweep goes on where it was.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.catalogue.api_engagement import SOURCE, ApiEngagement, external_id, origin_of
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.writer import Count, MissionWriter, Record, updated_of

__all__ = ["BeingRead", "Outcome", "Report", "Sweep"]

Outcome = Literal["complete", "partial", "failed", "quarantined"]

RESUMED_WITHIN = datetime.timedelta(hours=6)
ALIVE_WITHIN = datetime.timedelta(minutes=3)
MISSES = 2  # complete sweeps without a mission before it is withdrawn
DROP = 0.3  # share of the catalogue that may go in one sweep
FEW = 5  # missing missions that are never a drop
KEPT = 50  # sweeps remembered
TURNS = 2  # pages in a row that hold nothing new, after which a feed turns round

RUNNING = "SELECT number, skip, total, started, beat FROM sweep WHERE source = ? AND outcome = 'running'"
BEGIN = """
INSERT INTO sweep (number, source, started, finished, outcome, skip, total, beat, detail)
VALUES ((SELECT coalesce(max(number), 0) + 1 FROM sweep), ?, ?, NULL, 'running', 0, NULL, ?, '') RETURNING number
"""
ADVANCE = "UPDATE sweep SET skip = ?, total = coalesce(total, ?), beat = ? WHERE number = ?"
LEAVE = "UPDATE sweep SET beat = '' WHERE number = ?"
FINISH = "UPDATE sweep SET outcome = ?, finished = ?, detail = ? WHERE number = ?"
SEEN = "INSERT INTO sweep_seen (sweep, id) VALUES (?, ?) ON CONFLICT DO NOTHING"
ALREADY = "SELECT id FROM sweep_seen WHERE sweep = {number} AND id"  # a number of ours
DISTINCT = "SELECT count(*) FROM sweep_seen WHERE sweep = ?"

# A record that is refused today may be one we have: it is there all the same.
STILL_LISTED = "UPDATE mission SET sweep = ?, misses = 0 WHERE id = ? AND sweep < ?"

ACTIVE = "SELECT count(*) FROM mission WHERE source = ? AND state = 'active'"
UNSEEN = "SELECT number, misses FROM mission WHERE source = ? AND state = 'active' AND sweep < ?"
MISSED = "UPDATE mission SET misses = misses + 1 WHERE source = ? AND state = 'active' AND sweep < ?"
OLD_SEEN = "DELETE FROM sweep_seen WHERE sweep <> ?"
OLD_SWEEPS = "DELETE FROM sweep WHERE number <= ?"


class BeingRead(Exception):
    """Another process is reading this feed now."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a sweep ended. `detail` is a sentence for the operator, empty when all went well."""

    outcome: Outcome
    count: Count
    pages: int
    detail: str = ""


class Sweep:
    """A sweep in progress. `skip` is where to read from; `add` takes a page, `conclude` or `fail` ends it."""

    def __init__(self, writer: MissionWriter, reader: ApiEngagement, now: datetime.datetime) -> None:
        """Begins a sweep, or goes on with one that was interrupted less than six hours ago. Raises `BeingRead`."""
        self._writer = writer
        self._reader = reader
        self.skip = 0
        self.pages = 0
        self.count = Count()
        self._nothing_new = 0
        self._first_total: int | None = None
        self._last_total: int | None = None
        connection = writer.connection
        with connection.transaction():
            found = connection.execute(RUNNING, (SOURCE,)).fetchone()
            if found is not None:
                number, skip, total, started, beat = found
                if beat and _is_within(ALIVE_WITHIN, beat, now):
                    raise BeingRead
                if _is_within(RESUMED_WITHIN, started, now):
                    self.number, self.skip, self._first_total = int(number), skip, total
                    connection.execute(ADVANCE, (skip, total, now.isoformat(), number))
                    return
                connection.execute(FINISH, ("failed", now.isoformat(), "interrupted, and not taken up again", number))
            (number,) = connection.execute(BEGIN, (SOURCE, now.isoformat(), now.isoformat())).fetchone()
            self.number = int(number)
            writer.forget_refused(SOURCE)

    @property
    def is_at_end(self) -> bool:
        """Whether all that the feed announced was read."""
        return self._last_total is not None and self.skip >= self._last_total

    @property
    def turns_round(self) -> bool:
        """Whether the feed gives the same missions again and again, whatever page it is asked for."""
        return self._nothing_new >= TURNS

    @property
    def total(self) -> int:
        return self._last_total or self._first_total or 0

    def add(self, page: Sequence[object], total: int, now: datetime.datetime) -> None:
        """One page, in one transaction. Killed inside: this page is read again."""
        records: dict[str, Record] = {}
        refusals: list[Refusal] = []
        seen: set[str] = set()
        for item in page:
            found = self._reader.read(item)
            external = external_id(item) if isinstance(item, Mapping) else ""
            seen.add(external or _fingerprint(item))
            if isinstance(found, Mission):
                if (other := records.get(found.id)) is None or updated_of(found) >= updated_of(other.mission):
                    records[found.id] = Record(found, origin_of(item) if isinstance(item, Mapping) else "")
            else:
                refusals.append(found)
        connection = self._writer.connection
        with connection.transaction():
            already = connection.among(ALREADY.format(number=self.number), seen) if seen else []
            self._nothing_new = self._nothing_new + 1 if seen and len(already) == len(seen) else 0
            self.count += self._writer.put_all(list(records.values()), refusals, now=now, sweep=self.number)
            connection.executemany(SEEN, [(self.number, one) for one in seen])
            still = [
                refusal.external_id
                for refusal in refusals
                if refusal.external_id and refusal.reason != "deleted at its source"
            ]
            number = self.number
            connection.executemany(STILL_LISTED, [(number, f"{SOURCE}:{external}", number) for external in still])
            self.skip += len(page)
            connection.execute(ADVANCE, (self.skip, total, now.isoformat(), self.number))
        self.pages += 1
        self._first_total = total if self._first_total is None else self._first_total
        self._last_total = total

    def leave(self) -> None:
        """Stopped half-way: the next one need not wait to be sure that nobody is at it."""
        self._writer.connection.execute(LEAVE, (self.number,))

    def fail(self, detail: str, now: datetime.datetime) -> Report:
        """What was read stays; nothing is concluded about what was not."""
        return self._end("failed", detail, now)

    def conclude(self, now: datetime.datetime, *, accept_drop: bool = False) -> Report:
        """Compare what was seen with what we have. Killed inside: the sweep is taken up again at its end."""
        connection = self._writer.connection
        (distinct,) = connection.execute(DISTINCT, (self.number,)).fetchone()
        (active,) = connection.execute(ACTIVE, (SOURCE,)).fetchone()
        if self._first_total != self._last_total or distinct < self.total:
            detail = f"{distinct} different missions read of {self.total} announced"
            return self._end("partial", detail, now)
        unseen = connection.execute(UNSEEN, (SOURCE, self.number)).fetchall()
        is_drop = (distinct == 0 and active > 0) or (len(unseen) > FEW and len(unseen) > DROP * active)
        if is_drop and not accept_drop:
            detail = f"{len(unseen)} of {active} missions were not there: set aside, the last good catalogue stays"
            return self._end("quarantined", detail, now)
        with connection.transaction():
            gone = [number for number, misses in unseen if misses + 1 >= MISSES]
            connection.execute(MISSED, (SOURCE, self.number))
            self._writer.withdraw(gone)
            self.count += Count(withdrawn=len(gone))
            self._writer.note("read_on", now.date().isoformat())
            connection.execute(FINISH, ("complete", now.isoformat(), "", self.number))
            connection.execute(OLD_SEEN, (self.number,))
            connection.execute(OLD_SWEEPS, (self.number - KEPT,))
        self._writer.tidy(now.date())
        return Report("complete", self.count, self.pages)

    def _end(self, outcome: Outcome, detail: str, now: datetime.datetime) -> Report:
        connection = self._writer.connection
        with connection.transaction():
            connection.execute(FINISH, (outcome, now.isoformat(), detail, self.number))
        self._writer.tidy(now.date())
        return Report(outcome, self.count, self.pages, detail)


def _is_within(time: datetime.timedelta, moment: str, now: datetime.datetime) -> bool:
    """Whether it was so lately. A moment still to come is none: the clock was set back since it was written."""
    return datetime.timedelta(0) <= now - datetime.datetime.fromisoformat(moment) < time


def _fingerprint(item: object) -> str:
    text = json.dumps(item, sort_keys=True, default=str)
    return "?" + hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
