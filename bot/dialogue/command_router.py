"""Commands and links: what begins a talk by its name, on any platform. A link changes nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.dialogue.buttons import StartPress, read_press
from bot.dialogue.controls import COMMANDS, LISTS
from bot.dialogue.events import Command, Press
from bot.dialogue.links import Link, read_link
from bot.dialogue.navigation import Navigation
from bot.dialogue.topic import Role
from bot.phrase import _
from bot.understanding.slots import read_slots

if TYPE_CHECKING:
    from bot.dialogue.message_router import MessageRouter

__all__ = ["CommandRouter"]


class CommandRouter:
    """The handling of one command; `/start` with an argument is a link that was followed."""

    def __init__(self, router: MessageRouter, navigation: Navigation) -> None:
        self._router = router
        self._navigation = navigation
        self.runner = router.runner

    async def command(self, command: Command) -> None:
        name = command.name.lower()
        topic = self.runner.registry.commands.get(name)
        if name in COMMANDS:
            await self._navigation.word(COMMANDS[name])
        elif name in LISTS:
            await self.runner.show_menu(whole=True)
        elif name == "start" and command.argument:
            await self._link(command.argument)
        elif topic is not None:
            link = read_link(f"{name} {command.argument}")
            slots = self._slots_of(link) if link is not None and link.topic == topic.name else {}
            await self.runner.begin(topic, slots)
            if command.argument and not slots and self.runner.session.current is not None:
                self.runner.screen.clear()
                await self._router.type(command.argument)
        elif name == "start":
            await self.runner.begin(self.runner.registry.role(Role.WELCOME), {})
        elif (link := read_link(f"{name} {command.argument}")) and link.topic in self.runner.registry.topics:
            await self.runner.begin(self.runner.registry.topics[link.topic], self._slots_of(link))
        else:
            self.runner.say(_("I do not know the command /{name}.", name=name[:32]))
            await self.runner.come_back()

    async def _link(self, argument: str) -> None:
        """A link begins a talk and changes nothing: whoever made it is not the person who opens it.

        It is one of the names that people remember (`don-300`), or in our own writing (`topic-slot-value`). Who comes
        by one for the first time reads in a line whom they are talking to.
        """
        runner = self.runner
        welcome, topics = runner.registry.role(Role.WELCOME), runner.registry.topics
        linked = read_press(">" + argument.replace("-", ".", 1).replace("-", "=", 1))
        ours = linked if isinstance(linked, StartPress) and linked.topic in topics else None
        allowed = ours is not None and topics[ours.topic].may_come_by_link(ours.slot, ours.value)
        named = None if allowed else read_link(argument)
        slots = self._slots_of(named) if named is not None else {}
        if not runner.session.serial and (ours or named) and (named is None or named.topic != welcome.name):
            await runner.begin(welcome, {"by_link": True})
        says_nothing = bool(ours and ours.value) and not (named and slots.keys() - {"about"})
        if named is not None and named.topic in topics and not says_nothing:
            await runner.begin(topics[named.topic], slots)
        elif ours is None:
            await runner.begin(welcome, {})
        elif allowed or not ours.slot:
            await self._router.press(Press(str(ours)))
        else:
            runner.say(_("A link does nothing in your place. If you want it done, press the button here."))
            await self._router.press(Press(str(StartPress(ours.topic))))

    def _slots_of(self, link: Link) -> dict[str, Any]:
        """What a link carries: its words, read as its topic reads them."""
        runner = self.runner
        topic = runner.registry.topics.get(link.topic)
        hears = topic.hears if topic is not None else None
        slots = read_slots(link.rest, runner.session.language, runner.now.date(), hears) if link.rest else {}
        return {**slots, "about": link.about} if link.about else slots
