"""What a conversation remembers between two messages: the answers, and nothing that can be found again.

A session is a small JSON document. Any process, of this version or another, can go on with it: it is read talk by talk
and part by part. What this version does not know it carries along, for the one that does; what it cannot read is asked
again. A `Frame` is one talk about one topic; paused talks wait beneath the current one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import msgspec

from bot.dialogue.facts import Facts
from bot.dialogue.table import Table, read_table

__all__ = ["SKIPPED", "Frame", "Session"]

VERSION = 1
ENDED = 3
"""Ended talks that are remembered beside the newest."""
TABLES = 3
"""What was on show and may still be pointed at."""
UNREAD = 5
"""Talks of one list that this version cannot read and carries along."""
AFTER_ALL_OTHERS = 1_000
"""A serial number for the next talk where the last one is not known: an old button must not be taken for one of it."""
SKIPPED = {"skipped": True}
"""The stored answer of a question that the person passed over."""

T = TypeVar("T")


class Frame(msgspec.Struct, eq=False, omit_defaults=True):
    """One talk about one topic.

    `answers`  by question name, as JSON values
    `given`    answers that arrived but were not read yet: {"press": value} or {"text": what was typed}
    `slots`    what the person said that no question has used yet
    `reopened` questions to ask again, whatever was said before
    `done`     results of effects that have run, by key: they never run again
    `asked`    the question that waits for its answer
    `path`     the answered questions of the last run, in order
    `reminded` how often the question was shown again under something else since it was last answered
    `carried`  what another version wrote here
    """

    topic: str
    serial: int
    today: date
    answers: dict[str, Any] = {}
    given: dict[str, dict[str, str]] = {}
    slots: dict[str, Any] = {}
    reopened: set[str] = set()
    done: dict[str, Any] = {}
    asked: str | None = None
    path: list[str] = []
    reminded: int = 0
    carried: dict[str, Any] = {}

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"topic": self.topic, "serial": self.serial, "today": self.today.isoformat()}
        for name in ("answers", "given", "slots", "done", "asked", "path", "reminded"):
            value = getattr(self, name)
            if value:
                out[name] = value
        if self.reopened:
            out["reopened"] = sorted(self.reopened)
        return {**self.carried, **out}

    @classmethod
    def from_json(cls, data: Any) -> Frame | None:
        """The talk as it was kept; None for what this version cannot read."""
        try:
            frame = msgspec.convert(data, cls)
        except msgspec.ValidationError:
            return None
        frame.carried = {name: value for name, value in data.items() if name not in KNOWN}
        for name in [name for name in frame.slots if name.startswith("-")]:  # before `reopened` was a set of its own
            del frame.slots[name]
            frame.reopened.add(name[1:])
        return frame

    def forget_answer(self, name: str) -> None:
        """Have `name` asked again, and not filled in from what was said before."""
        self.answers.pop(name, None)
        self.given.pop(name, None)
        self.reopened.add(name)


KNOWN = {*Frame.__struct_fields__} - {"carried"}


@dataclass(slots=True)
class Session:
    """A person's conversation.

    `frames`  the talks that are not over, the current one last
    `ended`   the talks that ended last, so that their answers can still be corrected
    `screen`  label and data of the buttons on show, so that a label can be typed
    `facts`   what the person told, whatever it was about
    `tables`  what is on show, the latest first, for words that point at it
    `since`   the day it began, or was first seen by a version that notes it
    `turn`    how many messages the person has sent
    `agreed`  what a bare “yes” presses on the screen on show, if it offered something
    `origin`  the platform's id of the last message that the person wrote, so that a change of it is known
    `wishes`  talks about wishes said in passing, not begun yet: to be offered when the running one ends
    `carried` what another version wrote here; `unread` its talks, by the list they are in
    """

    language: str = ""
    language_chosen: bool = False
    serial: int = 0
    frames: list[Frame] = field(default_factory=list)
    ended: list[Frame] = field(default_factory=list)
    screen: list[list[str]] = field(default_factory=list)
    wishes: list[Frame] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    tables: list[Table] = field(default_factory=list)
    since: date | None = None
    turn: int = 0
    agreed: str = ""
    origin: str = ""
    carried: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, list[Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {**self.carried, "v": VERSION, "language": self.language, "serial": self.serial}
        if self.language_chosen:
            out["language_chosen"] = True
        for name, frames in (("frames", self.frames), ("ended", self.ended), ("wishes", self.wishes)):
            if talks := [*self.unread.get(name, ()), *(frame.as_json() for frame in frames)]:
                out[name] = talks
        if self.screen:
            out["screen"] = self.screen
        if facts := self.facts.as_json():
            out["facts"] = facts
        if self.tables:
            out["tables"] = [msgspec.to_builtins(table) for table in self.tables]
        if self.since:
            out["since"] = self.since.isoformat()
        if self.turn:
            out["turn"] = self.turn
        if self.agreed:
            out["agreed"] = self.agreed
        if self.origin:
            out["origin"] = self.origin
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Session:
        """The session as it was kept: never an error, whatever is in it."""
        if data is None:
            return cls()
        session = cls(
            language=part(data, "language", str, ""),
            language_chosen=part(data, "language_chosen", bool, False),
            serial=part(data, "serial", int, AFTER_ALL_OTHERS),
            screen=part(data, "screen", list[list[str]], []),
            facts=Facts.from_json(data.get("facts")),
            tables=[table for kept in items(data, "tables") if (table := read_table(kept)) is not None],
            since=part(data, "since", date | None, None),
            turn=part(data, "turn", int, 0),
            agreed=part(data, "agreed", str, ""),
            origin=part(data, "origin", str, ""),
        )
        session.screen = [button for button in session.screen if len(button) == 2]
        session.frames, session.ended = session._talks(data, "frames"), session._talks(data, "ended")
        session.wishes = session._talks(data, "wishes")
        session.carried = {name: value for name, value in data.items() if name not in PARTS}
        return session

    def _talks(self, data: dict[str, Any], name: str) -> list[Frame]:
        """The talks in one of the lists. Those of another version are carried along, beneath the others."""
        frames = []
        for kept in items(data, name):
            if (frame := Frame.from_json(kept)) is not None:
                frames.append(frame)
                self.serial = max(self.serial, frame.serial)
            elif isinstance(kept, dict):
                self.unread[name] = [*self.unread.get(name, ()), kept][-UNREAD:]
        return frames

    @property
    def current(self) -> Frame | None:
        return self.frames[-1] if self.frames else None

    def frame(self, serial: int) -> Frame | None:
        """The talk with this serial number, running, paused or just ended."""
        return next((frame for frame in (*self.frames, *self.ended) if frame.serial == serial), None)

    @property
    def last(self) -> Frame | None:
        """The talk that a few more words would be about."""
        return self.ended[-1] if self.ended else None

    def lay(self, table: Table) -> None:
        """Put on the table what is on show now; what its topic showed before goes."""
        self.tables = [table, *(laid for laid in self.tables if laid.topic != table.topic)][:TABLES]

    def replace(self, frame: Frame) -> None:
        """Put a talk in the place of the one with its serial number, or among the ended ones if there is none."""
        for talks in (self.frames, self.ended):
            for at, kept in enumerate(talks):
                if kept.serial == frame.serial:
                    talks[at] = frame
                    return
        self.ended = [*self.ended[-ENDED:], frame]

    def drop(self, frame: Frame) -> None:
        """Forget a talk, running, paused or over."""
        self.frames = [kept for kept in self.frames if kept is not frame]
        self.ended = [kept for kept in self.ended if kept is not frame]

    def end(self, frame: Frame, *, passing: bool) -> None:
        """Put a talk that is over aside. One in passing does not come between the person and what went before."""
        self.frames = [kept for kept in self.frames if kept is not frame]
        is_on_show = any(table.serial == frame.serial for table in self.tables)
        if frame.path or frame.answers or (not passing and (frame.slots or is_on_show)):
            frame.asked = None
            self.ended = [frame, *self.ended[-ENDED:]] if passing else [*self.ended[-ENDED:], frame]


PARTS = {
    *("v", "language", "language_chosen", "serial", "frames", "ended", "screen", "wishes"),
    *("facts", "tables", "since", "turn", "agreed", "origin"),
}


def part(data: dict[str, Any], name: str, kind: Any, otherwise: T) -> T:
    """A part of a session, if it is there and of this kind."""
    try:
        value: T = msgspec.convert(data[name], kind)
        return value
    except (KeyError, msgspec.ValidationError):
        return otherwise


def items(data: dict[str, Any], name: str) -> Iterable[Any]:
    kept = data.get(name)
    return kept if isinstance(kept, list) else ()
