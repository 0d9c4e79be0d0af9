"""The registry of topics: what Allié can talk about. Topics register themselves; the machine knows none by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from bot.dialogue.change import Change
from bot.dialogue.table import Pointed
from bot.phrase import Phrase
from bot.understanding.hearing import NOTHING as HEARS_NOTHING
from bot.understanding.hearing import Alone, Bare, Context, Hearing, Hears

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk

__all__ = [
    "Alone",
    "Bare",
    "Context",
    "Hears",
    "Registry",
    "Role",
    "Topic",
    "TopicTaken",
    "changes",
    "knows",
    "load_topics",
    "points",
    "registry",
    "topic",
]

LEFT_BEHIND = "remove the one that this version does not have, or put this version in an empty folder"
"""What to do about a topic that is there twice."""

TopicFunction = Callable[["Talk"], Awaitable[None]]
PointedFunction = Callable[["Talk", Pointed], Awaitable[bool]]
"""Answers what is pointed at on the table of its topic; False where it has no answer, with nothing said."""

ChangeFunction = Callable[["Talk", Change], Awaitable[bool]]
"""Brings what the person adds, varies or takes back into its talk; False where it is about something else, with nothing
changed."""


class Role(Enum):
    """A part that the machine needs somebody to play, whatever the topic is called."""

    WELCOME = "greets"
    """Greets, and shows the menu."""
    KNOWS = "knows"
    """Shows the written answer whose id is in the slot `answer`."""
    UNSURE = "unsure"
    """Answers when nothing else fits, and when the person is in distress."""


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """One thing Allié talks about.

    `title`     as a person would name it, on a button and when a paused talk is offered again
    `command`   the platform command that starts it, without its slash, and `hint` its line in the command menu
    `commands`  its names in other languages; each starts it whatever the language, and that menu shows the person's own
    `menu`      its place among the menu's buttons, 0 for none
    `at_hand`   the header of the page keeps it at hand, whatever is being talked about
    `passing`   a word in passing: the pending question comes back by itself when it ends
    `private`   never said where others read along
    `due`       the names of the reminders it composes
    `stops`     the word “stop”, when nothing is in hand, is for it: it begins with `about` set to "stop"; with
                "quiet", where the word leaves a talk that was in hand; with "no_news", under a piece of news
    `erases`    the words “forget me” are for it, whatever is in hand: it begins with `about` set to "erase"
    `seeks`     what somebody may look for in the name of others, for it: "people", "things", "published"
    `courtesies` answers a courtesy: thanks, "ok"
    `speaks`    a language that is asked for begins it, as the slot `language`
    `located`   a position sent out of the blue begins it, as the slot `place`
    `matter`    what it is about, for topics that are the same matter from another side: a gift by a person, by a
                company. What was said in one goes along to the other
    `facts`     the slots that it reads from what the person told in other talks, and leaves to them
    `names`     the slots whose names it knows: a question about one of them ("what does Emmaüs do?") is for it, more
                than for a written answer that only mentions it
    `does`      the written answers whose questions it answers itself, from what it knows or by doing it, each with what
                it begins `about`: "what do you keep of me?" is better shown than described
    `links`     the slots that a link from outside may bring (`/?start=offers-side-brings`), each by its name or with
                the one value it may have ("news=on"): they choose what is shown or asked, and change nothing. A link
                with anything else begins the topic without it
    `answers`   the group of written answers that a question asked in it is likely in
    `written`   what is asked of it is answered in writing: a question does not begin it
    `hears`     which slots mean something in it, what figures count there, what a value alone begins, its own readers
    `pointed`   answers what is pointed at on its table, and `knows` tells beforehand where it holds the very answer
    `changed`   brings into a talk what is added to it, varied or taken back, where that is more than one answer
    """

    name: str
    run: TopicFunction
    title: Phrase
    command: str | None = None
    commands: Mapping[str, str] = field(default_factory=dict)
    hint: Phrase | None = None
    menu: int = 0
    at_hand: bool = False
    passing: bool = False
    private: bool = False
    role: Role | None = None
    due: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    courtesies: bool = False
    speaks: bool = False
    located: bool = False
    stops: bool = False
    erases: bool = False
    matter: str = ""
    facts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    does: Mapping[str, str] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    answers: str = ""
    written: bool = False
    hears: Hears = HEARS_NOTHING
    pointed: list[PointedFunction] = field(default_factory=list)
    knows: list[PointedFunction] = field(default_factory=list)
    changed: list[ChangeFunction] = field(default_factory=list)

    def may_come_by_link(self, slot: str, value: str) -> bool:
        """Whether a link from outside may begin the topic with this said."""
        return slot in self.links or f"{slot}={value}" in self.links


class TopicTaken(ValueError):
    """Two topics have the same name, command or role, as when a module of an older version was left where a newer one
    was copied. The message names both modules, for whoever runs Allié."""

    def __init__(self, what: str, first: Topic, second: Topic) -> None:
        modules = sorted({first.run.__module__, second.run.__module__})
        super().__init__(f"{what} is registered twice, by {' and by '.join(modules)}")


class Registry:
    """The topics by name, by command, by role, and in the order of the menu."""

    def __init__(self) -> None:
        self.topics: dict[str, Topic] = {}
        self.commands: dict[str, Topic] = {}
        self._roles: dict[Role, Topic] = {}

    def add(self, topic: Topic) -> None:
        """Raises `TopicTaken` if the name, the command or the role is taken: two topics would hide one another."""
        if topic.name in self.topics:
            raise TopicTaken(f"The topic {topic.name}", self.topics[topic.name], topic)
        commands = [command for command in (topic.command, *topic.commands.values()) if command]
        if taken := [command for command in commands if command in self.commands]:
            raise TopicTaken(f"The command /{taken[0]}", self.commands[taken[0]], topic)
        if topic.role and topic.role in self._roles:
            raise TopicTaken(f"The part “{topic.role.value}”", self._roles[topic.role], topic)
        self.topics[topic.name] = topic
        self.commands.update(dict.fromkeys(commands, topic))
        if topic.role:
            self._roles[topic.role] = topic

    def topic(
        self,
        name: str,
        *,
        title: Phrase,
        command: str | None = None,
        commands: Mapping[str, str] | None = None,
        hint: Phrase | None = None,
        menu: int = 0,
        at_hand: bool = False,
        passing: bool = False,
        private: bool = False,
        role: Role | None = None,
        due: tuple[str, ...] = (),
        seeks: tuple[str, ...] = (),
        courtesies: bool = False,
        speaks: bool = False,
        located: bool = False,
        stops: bool = False,
        erases: bool = False,
        matter: str = "",
        facts: tuple[str, ...] = (),
        links: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
        does: Mapping[str, str] | None = None,
        answers: str = "",
        written: bool = False,
        hears: Hears = HEARS_NOTHING,
    ) -> Callable[[TopicFunction], TopicFunction]:
        """Register the decorated function as a topic. See `Topic` for what each part means."""

        def register(run: TopicFunction) -> TopicFunction:
            named = Topic(
                name=name,
                run=run,
                title=title,
                command=command,
                commands=commands or {},
                hint=hint,
                menu=menu,
                at_hand=at_hand,
                passing=passing,
                private=private,
                role=role,
                due=due,
                seeks=seeks,
                courtesies=courtesies,
                speaks=speaks,
                located=located,
                stops=stops,
                erases=erases,
                matter=matter,
                facts=frozenset(facts),
                links=frozenset(links),
                names=frozenset(names),
                does=does or {},
                answers=answers,
                written=written,
                hears=hears,
            )
            self.add(named)
            return run

        return register

    def points(self, topic_name: str) -> Callable[[PointedFunction], PointedFunction]:
        """Register the function that answers what is pointed at on the table of a registered topic."""

        def register(run: PointedFunction) -> PointedFunction:
            self.topics[topic_name].pointed.append(run)
            return run

        return register

    def knows(self, topic_name: str) -> Callable[[PointedFunction], PointedFunction]:
        """Register the function that tells whether the table of a registered topic holds the very answer to what is
        pointed at. It says and changes nothing."""

        def register(run: PointedFunction) -> PointedFunction:
            self.topics[topic_name].knows.append(run)
            return run

        return register

    def changes(self, topic_name: str) -> Callable[[ChangeFunction], ChangeFunction]:
        """Register the function that brings a change into a talk of a registered topic."""

        def register(run: ChangeFunction) -> ChangeFunction:
            self.topics[topic_name].changed.append(run)
            return run

        return register

    def role(self, role: Role) -> Topic:
        """The topic that plays this part. Raises `LookupError` if none does: the installation is incomplete."""
        try:
            return self._roles[role]
        except KeyError:
            raise LookupError(f"No topic plays the part {role.value}.") from None

    def composing(self, name: str) -> Topic | None:
        """The topic that composes the reminder of this name."""
        return next((topic for topic in self.topics.values() if name in topic.due), None)

    def doing(self, answer: str) -> tuple[Topic, str] | None:
        """The topic that does what this written answer describes, and what it begins about."""
        found = (topic for topic in self.topics.values() if answer in topic.does)
        return next(((topic, topic.does[answer]) for topic in found), None)

    @property
    def knowing(self) -> Topic | None:
        """The topic that shows written answers."""
        return self._roles.get(Role.KNOWS)

    def seeking(self, sought: str) -> Topic | None:
        """The topic for what is looked for in the name of others."""
        return next((topic for topic in self.topics.values() if sought in topic.seeks), None)

    @property
    def courteous(self) -> Topic | None:
        """The topic that answers courtesies."""
        return next((topic for topic in self.topics.values() if topic.courtesies), None)

    @property
    def speaking(self) -> Topic | None:
        """The topic that changes the language."""
        return next((topic for topic in self.topics.values() if topic.speaks), None)

    @property
    def located(self) -> Topic | None:
        """The topic that a position begins."""
        return next((topic for topic in self.topics.values() if topic.located), None)

    @property
    def stopping(self) -> Topic | None:
        """The topic that can stop what Allié sends by itself."""
        return next((topic for topic in self.topics.values() if topic.stops), None)

    @property
    def erasing(self) -> Topic | None:
        """The topic that erases all that is kept of a person."""
        return next((topic for topic in self.topics.values() if topic.erases), None)

    @property
    def hearing(self) -> Hearing:
        """What all topics declare of the words they hear."""
        no_wishes = {name for name, topic in self.topics.items() if topic.role or topic.courtesies}
        return Hearing(
            {name: topic.hears for name, topic in self.topics.items()},
            unclaimed=self.role(Role.UNSURE).name,
            no_wishes=frozenset(no_wishes),
        )

    @property
    def own_slots(self) -> frozenset[str]:
        """The slots that topics read themselves: what they work with, as others do with figures."""
        return frozenset(slot for topic in self.topics.values() for slot in topic.hears.readers)

    @property
    def menu(self) -> list[Topic]:
        return sorted((topic for topic in self.topics.values() if topic.menu), key=lambda topic: topic.menu)


registry = Registry()
"""Where the topics of `handlers/` register."""
topic = registry.topic
points = registry.points
knows = registry.knows
changes = registry.changes


def load_topics(package: str = "handlers") -> Registry:
    """Import every module of `package` and of the packages in it, so that their topics register. Safe to repeat."""
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        importlib.import_module(module.name)
    return registry
