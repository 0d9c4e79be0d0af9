"""A company's gift: the figures of the reference, what is never asked, what an accountant must tell."""

from __future__ import annotations

import pytest

from bot.dialogue.events import Command

COMPANY = "Une société (SARL, SAS …)"


@pytest.fixture
async def me(person):
    somebody = person(language="fr")
    await somebody.send(Command("entreprise"))
    return somebody
