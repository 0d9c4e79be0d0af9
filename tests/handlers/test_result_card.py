"""The cards of the law: after the last day that is known, a card about today says so, once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Press
from bot.phrase import _
from bot.rules.leaves import leave
from handlers.rights.leaves import LEAVE_ANSWERS
from handlers.shared.result_card import result_card, steps_card

LAST, AFTER = date(2026, 12, 31), date(2027, 1, 1)
IN_2027 = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)
WARNING = {"day": LAST}


def test_a_card_of_steps_warns_from_the_day_after_the_last_one_that_is_known() -> None:
    card = steps_card(_("Leave"), leave("engagement", on=LAST).steps)
    assert card.on(LAST) == card
    assert [warning.values for warning in card.on(AFTER).warnings] == [WARNING]
    assert len(card.on(AFTER).on(AFTER).warnings) == 1


def test_a_card_of_a_result_leaves_it_to_the_result() -> None:
    past = result_card(_("Leave"), leave("engagement", on=LAST))
    assert WARNING not in [warning.values for warning in past.on(AFTER).warnings]
    today = result_card(_("Leave"), leave("engagement", on=AFTER))
    assert [warning.values for warning in today.on(AFTER).warnings].count(WARNING) == 1


@pytest.mark.parametrize("subject", sorted(LEAVE_ANSWERS))
async def test_every_leave_says_that_figures_may_have_changed(person, subject: str) -> None:
    me = person(language="en", at=IN_2027)
    await me.send(Press(str(StartPress("rights", "about", subject))))
    assert me.text.count("After 31 December 2026, these figures may change.") == 1
