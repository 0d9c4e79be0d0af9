"""`allie serve` with one topic more: it counts. What it says shows at once what was lost, done twice or out of order.

    python roll_call.py serve

A person says /count, then 1, 2, 3 …; each is answered with the place it took, how often its effect happened, and the
place that comes next.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.__main__ import main
from bot.dialogue.effects import Effects
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from bot.questions.numbers import Count


@topic("roll_call", title=_("Roll call"), command="count")
async def roll_call(talk: Talk) -> None:
    """Take one number after another, each with an effect of its own, and never come to an end."""
    place = 1
    while True:
        number = await talk.ask(f"number{place}", Count(), _("Number {place}?", place=place))

        def effect(effects: Effects, number: str = str(number)) -> dict[str, Any]:
            times = effects.records("heard").get(number, {"times": 0})["times"] + 1
            effects.put("heard", number, {"times": times})
            return {"times": times}

        heard = await talk.once(f"heard{place}", effect)
        talk.say(_("{place} is {number}, {times} time.", place=place, number=number, times=heard["times"]))
        place += 1


if __name__ == "__main__":
    main()
