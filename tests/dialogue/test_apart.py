"""One person cannot reach what is another's: whatever a button carries is read in the presser's own conversation."""

from __future__ import annotations

import pytest

from bot.catalogue.awaited import AwaitedCatalogue
from bot.dialogue.events import Command, Press
from bot.dialogue.news import CONSENT, KEY

NEED = (
    "Les Hirondelles",
    "Lire des contes",
    "Le mercredi",
    "Brest",
    "passer",
    "passer",
    "passer",
    "a@b.example",
    "oui",
)


@pytest.fixture
def talk_catalogue(new_catalogue: AwaitedCatalogue) -> AwaitedCatalogue:
    return new_catalogue


@pytest.fixture
async def two(person, store):
    """Ada, who has an alert, a favourite, a need and the news; and Max, who has nothing."""
    ada, max_ = person(language="fr"), person(language="fr")
    await ada.send(Command("besoin"))
    for answer in NEED:
        await ada.say(answer)
    await ada.say("je cherche une mission à Marseille avec des animaux")
    await ada.press("Me prévenir")
    await ada.press("Une fois par jour")
    await ada.say("mes alertes")
    await ada.press("Recevoir les nouvelles d’Allié")
    await ada.press("Tout")
    await ada.say("passer")
    await ada.say("je donne 300 € à la SPA")
    return ada, max_


async def everything(store, who) -> list[tuple[str, ...]]:
    """All that is kept of somebody, and the needs they published."""

    async def look(turn):
        return await turn.export()

    kept = (await store.turn(f"look:{who.chat}:{next(who._numbers)}", who.chat, look, at=who.at)).value
    needs = [
        (need.mission.id, need.state, str(need.mission.ends)) for need in await who.engine.catalogue.needs_waiting()
    ]
    return [(name, str(kept[name])) for name in ("conversation", "records", "reminders")] + sorted(needs)


async def test_no_button_reaches_what_is_somebody_else_s(two, store) -> None:
    ada, max_ = two
    before = await everything(store, ada)
    kept = (await store.turn("records", ada.chat, _records, at=ada.at)).value
    (need,) = await ada.engine.catalogue.needs_waiting()
    data = [button.data for reply in ada.last.replies for row in reply.buttons for button in row if button.data]
    data += [f">alerts.{act}={key}" for act in ("pause", "resume", "stop") for key in kept["alert"]]
    data += [f">needs.{act}={need.mission.id}" for act in ("renew", "close")]
    data += [f"={serial}.donation.amount.1" for serial in range(1, 12)] + [
        f"!discard.{serial}" for serial in range(1, 12)
    ]
    data += [">alerts.news=off", ">alerts.about=stop", ">privacy.about=erase", ">privacy.about=export"]
    for one in data:
        await max_.send(Press(one))
        said = max_.text + "".join(str(file.content) for reply in max_.last.replies for file in reply.files)
        assert "Hirondelles" not in said, one
    await max_.say("oubliez-moi")
    await max_.press("Oui")
    assert await everything(store, ada) == before


async def _records(turn):
    assert turn.records(CONSENT)[KEY]
    return {"alert": turn.records("alert")}


@pytest.mark.parametrize(
    "argument", ["alerts-" + "x" * 57, "alerts-" + "é" * 20 + "-" + "é" * 20, "alerts-new-" + "1" * 90]
)
async def test_a_link_that_carries_too_much_leads_to_the_conversation_all_the_same(person, argument: str) -> None:
    me = person(language="fr")
    await me.send(Command("start", argument))
    assert me.last.replies
    assert not me.last.parked
