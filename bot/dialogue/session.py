"""What a conversation remembers between two messages: the answers, and nothing that can be found again.

A session is a small JSON document. Any process, and any later version, can go on with it: what cannot be read any more
is asked again. A `Frame` is one talk about one topic; paused talks wait beneath the current one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from bot.dialogue.facts import Facts
from bot.dialogue.table import Table, read_table

__all__ = ["SKIPPED", "Frame", "Session"]

VERSION = 1
ENDED = 3
"""Ended talks that are remembered beside the newest."""
TABLES = 3
"""What was on show and may still be pointed at."""
SKIPPED = {"skipped": True}
"""The stored answer of a question that the person passed over."""


@dataclass(slots=True)
class Frame:
    """One talk about one topic.

    `answers`  by question name, as JSON values
    `given`    answers that arrived but were not read yet: {"press": value} or {"text": what was typed}
    `slots`    what the person said that no question has used yet
    `done`     results of effects that have run, by key: they never run again
    `asked`    the question that waits for its answer
    `path`     the answered questions of the last run, in order
    """

    topic: str
    serial: int
    today: date
    answers: dict[str, Any] = field(default_factory=dict)
    given: dict[str, dict[str, str]] = field(default_factory=dict)
    slots: dict[str, Any] = field(default_factory=dict)
    done: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    path: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"topic": self.topic, "serial": self.serial, "today": self.today.isoformat()}
        for name in ("answers", "given", "slots", "done", "asked", "path"):
            value = getattr(self, name)
            if value:
                out[name] = value
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Frame:
        return cls(**{**data, "today": date.fromisoformat(data["today"])})

    def forget_answer(self, name: str) -> None:
        """Have `name` asked again, and not filled in from what was said before."""
        self.answers.pop(name, None)
        self.given.pop(name, None)
        self.slots["-" + name] = True


@dataclass(slots=True)
class Session:
    """A person's conversation.

    `frames`  the talks that are not over, the current one last
    `ended`   the talks that ended last, so that their answers can still be corrected
    `screen`  label and data of the buttons on show, so that a label can be typed
    `facts`   what the person told, whatever it was about
    `tables`  what is on show, the latest first, for words that point at it
    `turn`    how many messages the person has sent
    `agreed`  what a bare “yes” presses on the screen on show, if it offered something
    `wishes`  talks about wishes said in passing, not begun yet: to be offered when the running one ends
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
    turn: int = 0
    agreed: str = ""

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"v": VERSION, "language": self.language, "serial": self.serial}
        if self.language_chosen:
            out["language_chosen"] = True
        if self.frames:
            out["frames"] = [frame.as_json() for frame in self.frames]
        if self.ended:
            out["ended"] = [frame.as_json() for frame in self.ended]
        if self.screen:
            out["screen"] = self.screen
        if self.wishes:
            out["wishes"] = [frame.as_json() for frame in self.wishes]
        if len(self.facts):
            out["facts"] = self.facts.as_json()
        if self.tables:
            out["tables"] = [msgspec.to_builtins(table) for table in self.tables]
        if self.turn:
            out["turn"] = self.turn
        if self.agreed:
            out["agreed"] = self.agreed
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Session:
        """The session as it was kept. What this version cannot read is left out, never an error."""
        if not data:
            return cls()
        session = cls(language=str(data.get("language", "")), language_chosen=bool(data.get("language_chosen")))
        try:
            session.serial = int(data["serial"])
            session.frames = [Frame.from_json(frame) for frame in data.get("frames", ())]
            session.ended = [Frame.from_json(frame) for frame in data.get("ended", ())]
            session.screen = [[str(label), str(target)] for label, target in data.get("screen", ())]
            wishes = (wish for wish in data.get("wishes", ()) if isinstance(wish, dict))  # once they were names
            session.wishes = [Frame.from_json(wish) for wish in wishes]
            session.facts = Facts.from_json(data.get("facts"))
            session.tables = [table for kept in data.get("tables", ()) if (table := read_table(kept)) is not None]
            session.turn = int(data.get("turn", 0))
            session.agreed = str(data.get("agreed", ""))
        except (KeyError, TypeError, ValueError, AttributeError):
            session.frames, session.ended, session.screen, session.wishes = [], [], [], []
            session.serial = max(session.serial, 1_000)  # old buttons must not be taken for new ones
        return session

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
