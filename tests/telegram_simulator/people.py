"""People and groups, as a test plays them: what they write, press and send, and what they see.

`says`, `presses` and the like return at once with the update's id; `await person.sees("…")` waits for the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .chats import Chat, Message, commands_in, seen_as

if TYPE_CHECKING:
    from .simulator import Simulator

__all__ = ["Group", "Person"]


@dataclass
class Group:
    """A group the bot may be in. `privacy`: the bot only receives what concerns it (Telegram's default)."""

    simulator: Simulator
    id: int
    privacy: bool = True

    @property
    def chat(self) -> Chat:
        return self.simulator.chats[self.id]

    @property
    def messages(self) -> list[Message]:
        return self.chat.visible

    def upgrades(self, new_id: int) -> Group:
        """It becomes a supergroup: the old id now only tells the new one."""
        old = self.chat
        self.simulator.chats[new_id] = Chat(new_id, "supergroup", old.title, members=set(old.members))
        old.upgraded_to, old.bot = new_id, False
        return Group(self.simulator, new_id, self.privacy)

    async def sees(self, text: str, within: float = 5.0) -> Message:
        return await self.simulator.sees(self.id, text, within)


@dataclass
class Person:
    """Someone with Telegram on their phone. Nothing reaches them before they have written once, as on Telegram."""

    simulator: Simulator
    id: int
    first_name: str = "Zoé"
    language: str | None = "fr"
    blocked: bool = False
    notices: list[str] = field(default_factory=list)
    waiting: dict[str, Message] = field(default_factory=dict)
    typing: int = 0

    @property
    def user(self) -> dict[str, Any]:
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return user | ({"language_code": self.language} if self.language else {})

    @property
    def chat(self) -> Chat:
        return self.simulator.chats[self.id]

    @property
    def messages(self) -> list[Message]:
        """Everything in the private chat, as it stands now."""
        return self.chat.visible

    @property
    def replies(self) -> list[Message]:
        """What the bot wrote, as it stands now."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Message:
        return self.replies[-1]

    def screen(self, newest: int = 10) -> str:
        """The last messages with their buttons, as one would read them."""
        lines = []
        for message in self.messages[-newest:]:
            who = "Allié" if message.from_bot else self.first_name
            lines.append(f"{who}: {message}")
        return "\n\n".join(lines)

    def menu(self) -> dict[str, str]:
        """The commands this person finds in the menu, in their language where the bot has one."""
        return self.simulator.api.menu(self.language)

    def says(self, text: str, in_: Group | None = None, reply_to: Message | None = None) -> int | None:
        return self._writes(in_, reply_to, text=text, entities=commands_in(text))

    def sends_location(self, latitude: float, longitude: float, in_: Group | None = None) -> int | None:
        return self._writes(in_, None, kind="location", location=(latitude, longitude))

    def sends_photo(self, caption: str = "", in_: Group | None = None) -> int | None:
        sizes = [{"file_id": "photo", "file_unique_id": "p", "width": 90, "height": 60, "file_size": 1200}]
        return self._writes(
            in_, None, kind="photo", text=caption, entities=commands_in(caption), payload={"photo": sizes}
        )

    def sends(self, kind: str, value: Any, in_: Group | None = None) -> int | None:
        """Anything else of the Bot API's Message: `sends("sticker", {...})`."""
        return self._writes(in_, None, kind=kind, payload={kind: value})

    def edits(self, message: Message, text: str) -> int | None:
        message.text, message.edits = text, message.edits + 1
        body = seen_as(message, self.simulator.chat_object(message.chat, self))
        return self.simulator.updates.offer("edited_message", body, ("message", message.chat))

    def deletes(self, message: Message) -> None:
        message.deleted = True

    def presses(self, wanted: str, message: Message | None = None, in_: Group | None = None) -> str:
        """A button by its label or data, on the newest message that has it. Returns the id of the callback query."""
        chat = in_.chat if in_ else self.chat
        candidates = [message] if message else [m for m in reversed(chat.visible) if m.button(wanted)]
        button = candidates[0].button(wanted) if candidates else None
        if button is None:
            raise AssertionError(f"no button {wanted!r} on the screen:\n{self.screen()}")
        if "callback_data" not in button:
            raise AssertionError(f"the button {wanted!r} opens {button.get('url')!r}")
        return self.simulator.press(self, candidates[0], button["callback_data"])

    def presses_data(self, data: str, message: Message | None = None) -> str:
        """A press with data that no button may ever have carried."""
        return self.simulator.press(self, message or self.last, data)

    def blocks(self) -> int | None:
        self.blocked, self.chat.bot = True, False
        self.chat.refusal = "bot was blocked by the user"
        return self._membership("member", "kicked")

    def returns(self) -> int | None:
        self.blocked, self.chat.bot = False, True
        return self._membership("kicked", "member")

    def disappears(self) -> None:
        """The account is deleted; nobody tells the bot."""
        self.chat.bot, self.chat.refusal = False, "user is deactivated"

    def adds_bot(self, group: Group) -> int | None:
        group.chat.bot = True
        return self._membership("left", "member", group)

    def removes_bot(self, group: Group) -> int | None:
        group.chat.bot, group.chat.refusal = False, f"bot was kicked from the {group.chat.kind} chat"
        return self._membership("member", "kicked", group)

    async def sees(self, text: str, within: float = 5.0) -> Message:
        """The newest message of the bot's that contains this text, waited for."""
        return await self.simulator.sees(self.id, text, within)

    async def hears(self, count: int, within: float = 5.0) -> list[Message]:
        """Wait until the bot has written so many messages in all."""
        replies: list[Message] = await self.simulator.until(
            lambda: self.replies if len(self.replies) >= count else None, within, f"{count} replies to {self.id}"
        )
        return replies

    async def until(self, condition: Callable[[], Any], within: float = 5.0) -> Any:
        return await self.simulator.until(condition, within)

    def _writes(self, group: Group | None, reply_to: Message | None, **content: Any) -> int | None:
        chat = group.chat if group else self.chat
        if not group and not self.blocked:
            chat.bot = True
        message = Message(chat.next_id, chat.id, self.user, int(self.simulator.now()), **content)
        if not message.text:
            message.entities = []
        message.reply_to = reply_to.id if reply_to else None
        chat.add(message)
        if not chat.bot or (group and group.privacy and not self._concerns_bot(message, reply_to)):
            return None
        place = self.simulator.chat_object(chat.id, self)
        replied = seen_as(reply_to, place) if reply_to else None
        return self.simulator.updates.offer("message", seen_as(message, place, replied), ("message", chat.id))

    def _concerns_bot(self, message: Message, reply_to: Message | None) -> bool:
        name = "@" + self.simulator.username.lower()
        if reply_to and reply_to.from_bot:
            return True
        for entity in message.entities:
            raw = message.text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
            word = raw.decode("utf-16-le").lower()
            if entity["type"] == "mention" and word == name:
                return True
            if entity["type"] == "bot_command" and ("@" not in word or word.endswith(name)):
                return True
        return False

    def _membership(self, old: str, new: str, group: Group | None = None) -> int | None:
        chat = group.id if group else self.id
        body = {
            "chat": self.simulator.chat_object(chat, self),
            "from": self.user,
            "date": int(self.simulator.now()),
            "old_chat_member": {"user": self.simulator.me, "status": old},
            "new_chat_member": {"user": self.simulator.me, "status": new},
        }
        return self.simulator.updates.offer("my_chat_member", body, ("my_chat_member", chat))
