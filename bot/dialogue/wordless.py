"""What people send without words: a thumb, a heart, a sticker, a position, a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.asking import Incoming, NotAnAnswer
from bot.dialogue.events import Location
from bot.i18n import text_of
from bot.phrase import _
from bot.understanding.sentence import Sentence
from bot.understanding.signs import Sign, read_sign

if TYPE_CHECKING:
    from bot.dialogue.message_router import MessageRouter

__all__ = ["Wordless"]

WORDS = {"yes": _("OK"), "no": _("No"), "thanks": _("Thanks"), "greeting": _("Hello")}
"""A sign as it would be said, to be taken as if it had been typed."""


class Wordless:
    """The handling of one message that holds no words."""

    def __init__(self, router: MessageRouter) -> None:
        self._router = router
        self._runner = router.runner

    async def signs(self, text: str) -> None:
        """Signs alone. A thumb or a heart is what it says; « ? » asks what the pending question would like to hear."""
        runner = self._runner
        current = runner.session.current
        if (sign := read_sign(text)) is not None:
            await self._said(sign)
            return
        asked = (await runner.questions(current)).get(current.asked or "") if current and "?" in text else None
        only = _("I can only read words and numbers. Tell me what you would like, in your own words.")
        runner.say(asked.expects if asked else only)
        await runner.come_back()

    async def _said(self, sign: Sign) -> None:
        """Take a sign as its word. A thumb down that refuses nothing that was offered is about what is on show."""
        session = self._runner.session
        word = text_of(WORDS[sign], session.language)
        waits = session.current is not None and session.current.asked
        offered = session.agreed or self._router.typed_label(word, Sentence(word))
        if sign == "no" and not waits and not offered:
            self._runner.say(_("I am sorry. Tell me what is not right, or what you would like instead."))
            return
        await self._router.type(word)

    async def location(self, location: Location) -> None:
        """A position: the answer to the question that waits, or the place of a search."""
        runner = self._runner
        current = runner.session.current
        if current is not None:
            try:
                await runner.play(current, Incoming(location=(location.latitude, location.longitude)))
            except NotAnAnswer as outcome:
                if outcome.refusal is not None:
                    runner.say(outcome.refusal)
                    await runner.come_back()
                    return
            else:
                return
        elif (topic := runner.registry.located) is not None:
            await runner.begin(topic, {"place": {"point": [location.latitude, location.longitude]}})
            return
        runner.say(_("Thank you, but I do not need your position for this, and I did not keep it."))
        await runner.come_back()

    async def media(self) -> None:
        """A picture, a voice, a file: nothing that can be read."""
        self._runner.say(_("I can only read text for now. Write to me in a few words: that will do."))
        await self._runner.come_back()
