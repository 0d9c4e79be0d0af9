"""Needs that associations publish by talking to Allié: they wait for a moderator, and expire unless they are renewed.

A need is a mission like the others once it is approved. An appeal for gifts goes the same way, and is found by
`appeals.near` alone. What a moderator refused, and what expired, stays in the table:
the record of needs by territory and cause is what local partners ask for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.catalogue.backend import Connection
from bot.catalogue.mission import APPEAL, Kind, Mission, Site
from bot.catalogue.notes import NOTE_OF
from bot.catalogue.writer import MissionWriter, Record

__all__ = [
    "EXPIRES_AFTER",
    "Need",
    "NeedCount",
    "approve",
    "counts",
    "edit",
    "forget",
    "forget_old",
    "mark_told",
    "mine",
    "one",
    "pending",
    "propose",
    "refuse",
    "renew",
    "untold",
]

EXPIRES_AFTER = datetime.timedelta(days=60)
KEPT_AFTER = datetime.timedelta(days=90)
"""How long the words of a need are kept after its end, or after it was turned down."""
SOURCE = "needs"

PENDING = "SELECT body, owner, added, state FROM mission WHERE source = 'needs' AND state = 'pending' ORDER BY number"
MINE = "SELECT body, owner, added, state FROM mission WHERE source = 'needs' AND owner = ? ORDER BY number DESC"
ONE = "SELECT body, owner, added, state FROM mission WHERE source = 'needs' AND id = ?"
UNTOLD = """
SELECT body, owner, added, state FROM mission
WHERE source = 'needs' AND told = 0 AND state <> 'pending' ORDER BY number
"""
OLD = """
SELECT body, owner, added, state, number FROM mission
WHERE source = 'needs' AND owner <> '' AND (ends < ? OR (state IN ('refused', 'pending') AND seen < ?))
"""
OWNED = "SELECT number FROM mission WHERE source = 'needs' AND owner = ?"
DROP = "DELETE FROM mission WHERE number = ?"
DISOWN = "UPDATE mission SET owner = '', told = 1 WHERE id = ?"
TELL = "UPDATE mission SET told = 0 WHERE id = ?"
TOLD = "UPDATE mission SET told = 1 WHERE id = ?"
UNSAID = "DELETE FROM note WHERE key = ?"
ALL = "SELECT body, owner, added, state FROM mission WHERE source = 'needs' AND state <> 'refused'"


@dataclass(frozen=True, slots=True)
class Need:
    """A need and where it stands: "pending", "active", "refused" or "withdrawn". `owner` is the conversation that
    published it, so that the association can be told; `reason` is why it was turned down, where somebody said."""

    mission: Mission
    owner: str
    asked_on: datetime.date
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many needs a territory has had for a cause. `departement` is empty for what is done at a distance."""

    departement: str
    cause: str
    needs: int
    open_now: int


def propose(writer: MissionWriter, mission: Mission, *, owner: str, now: datetime.datetime) -> Need:
    """Keep a need until a moderator looks at it. The same need proposed again replaces the first.

    Killed before this returns: the need may or may not be kept; proposing it again makes one.
    """
    named = mission.id.partition(":")[2] or mission.id
    waiting = replace(mission, id=f"{SOURCE}:{named}", source=SOURCE, kind=_kind(mission))
    writer.put([Record(waiting, owner=owner, state="pending")], now=now)
    return Need(waiting, owner, now.date(), "pending")


def approve(
    writer: MissionWriter, need_id: str, *, now: datetime.datetime, edited: Mission | None = None
) -> Need | None:
    """Publish a need, as it is or as a moderator edited it. Without an end of its own it expires after sixty days.

    None when there is no such need, or when somebody decided already.
    """
    with writer.connection.transaction():
        need = _one(writer.connection, need_id)
        if need is None or need.state != "pending":
            return None
        mission = replace(edited, id=need.mission.id, source=SOURCE, kind=_kind(edited)) if edited else need.mission
        if mission.ends is None:
            mission = replace(mission, ends=now.date() + EXPIRES_AFTER)
        writer.connection.execute(TELL, (need_id,))
        writer.put_all([Record(mission, owner=need.owner)], (), now=now, sweep=0)
    return Need(mission, need.owner, need.asked_on, "active")


def refuse(writer: MissionWriter, need_id: str, *, now: datetime.datetime, reason: str = "") -> Need | None:
    """Turn a need down, and say why. None when there is no such need, or when somebody decided already."""
    with writer.connection.transaction():
        need = _one(writer.connection, need_id)
        if need is None or need.state != "pending":
            return None
        if reason:
            writer.note(_reason_key(need_id), reason)
        writer.connection.execute(TELL, (need_id,))
        writer.put_all([Record(need.mission, owner=need.owner, state="refused")], (), now=now, sweep=0)
    return replace(need, state="refused", reason=reason)


def edit(
    writer: MissionWriter, need_id: str, *, now: datetime.datetime, edited: Callable[[Mission], Mission]
) -> Need | None:
    """Put a waiting need into better words; it goes on waiting. None when it does not wait (any more)."""
    with writer.connection.transaction():
        need = _one(writer.connection, need_id)
        if need is None or need.state != "pending":
            return None
        mission = edited(need.mission)
        writer.put_all([Record(mission, owner=need.owner, state="pending")], (), now=now, sweep=0)
    return replace(need, mission=mission)


def forget(writer: MissionWriter, owner: str, *, now: datetime.datetime) -> None:
    """Erase what one conversation published: its words, its name, its address. What stays of each need counts in the
    record, and says only a cause and a département. Killed inside: nothing is erased, and the next time all is."""
    connection = writer.connection
    with connection.transaction():
        for need in mine(connection, owner):
            _empty(writer, need, now)
        _drop(connection, [number for (number,) in connection.execute(OWNED, (owner,)).fetchall()])  # unreadable ones
    connection.secure_erase()


def forget_old(writer: MissionWriter, *, now: datetime.datetime) -> int:
    """Empty, in the same way, the needs that ended or were turned down long ago. How many there were.

    Each by itself; of one that cannot be read any more nothing is kept.
    """
    long_ago = now.date() - KEPT_AFTER
    connection = writer.connection
    old = connection.execute(OLD, (long_ago.toordinal(), long_ago.toordinal())).fetchall()
    for *row, number in old:
        with connection.transaction():
            if readable := list(_readable([row])):
                _empty(writer, readable[0], now)
            else:
                _drop(connection, [number])
    if old:
        connection.secure_erase()
    return len(old)


def _drop(connection: Connection, numbers: list[int]) -> None:
    connection.unindex(numbers)
    connection.executemany(DROP, [(number,) for number in numbers])


def _empty(writer: MissionWriter, need: Need, now: datetime.datetime) -> None:
    where = tuple(Site(departement=code) for code in {site.departement for site in need.mission.sites})
    kept = Mission(
        need.mission.id, SOURCE, "-", "-", "-", kind=_kind(need.mission), causes=need.mission.causes, sites=where
    )
    state = "refused" if need.state in ("pending", "refused") else "withdrawn"
    writer.put_all([Record(kept, state=state)], (), now=now, sweep=0)
    writer.connection.execute(DISOWN, (need.mission.id,))
    writer.connection.execute(UNSAID, (_reason_key(need.mission.id),))


def renew(writer: MissionWriter, need_id: str, *, owner: str, now: datetime.datetime) -> Need | None:
    """Keep a published need for sixty days more, from today. None when it is not this owner's, or never published."""
    with writer.connection.transaction():
        need = _one(writer.connection, need_id)
        if need is None or need.owner != owner or need.state not in ("active", "withdrawn"):
            return None
        mission = replace(need.mission, ends=now.date() + EXPIRES_AFTER)
        writer.put_all([Record(mission, owner=owner)], (), now=now, sweep=0)
    return Need(mission, owner, need.asked_on, "active")


def untold(connection: Connection) -> list[Need]:
    """What was decided, here or at a terminal, and its owner does not know yet. Tell them, then `mark_told`."""
    return list(_readable(connection.execute(UNTOLD)))


def mark_told(writer: MissionWriter, need_id: str) -> None:
    """Killed between telling and this: told twice."""
    writer.connection.execute(TOLD, (need_id,))


def pending(connection: Connection) -> list[Need]:
    """What waits for a moderator, the oldest first."""
    return list(_readable(connection.execute(PENDING)))


def mine(connection: Connection, owner: str) -> list[Need]:
    """What one conversation published, the newest first."""
    return list(_readable(connection.execute(MINE, (owner,))))


def counts(connection: Connection, today: datetime.date) -> list[NeedCount]:
    """Needs by territory and cause since the beginning, the most frequent first."""
    found: dict[tuple[str, str], list[int]] = {}
    for need in (one for one in _readable(connection.execute(ALL)) if not one.mission.is_appeal):
        is_open = need.state == "active" and not need.mission.is_over(today)
        for departement in {site.departement for site in need.mission.sites} or {""}:
            for cause in need.mission.causes[:1]:
                entry = found.setdefault((departement, cause), [0, 0])
                entry[0] += 1
                entry[1] += is_open
    rows = [NeedCount(where, cause, total, now) for (where, cause), (total, now) in found.items()]
    return sorted(rows, key=lambda row: (-row.needs, row.departement, row.cause))


def one(connection: Connection, need_id: str) -> Need | None:
    """A need by its id, whoever published it, and why it was turned down if it was."""
    need = _one(connection, need_id)
    if need is None or need.state != "refused":
        return need
    said = connection.execute(NOTE_OF, (_reason_key(need_id),)).fetchone()
    return replace(need, reason=said[0] if said else "")


def _kind(mission: Mission) -> Kind:
    return APPEAL if mission.is_appeal else "need"


def _reason_key(need_id: str) -> str:
    return f"refused {need_id}"


def _one(connection: Connection, need_id: str) -> Need | None:
    return next(_readable(connection.execute(ONE, (need_id,))), None)


def _readable(rows: Iterable[Sequence[Any]]) -> Iterator[Need]:
    """The needs in these rows; one that cannot be read any more keeps no other from anybody."""
    for body, owner, added, state in rows:
        if (mission := Mission.readable(body)) is not None:
            yield Need(mission, owner, datetime.date.fromordinal(added), state)
