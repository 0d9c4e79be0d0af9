"""Rest days: by every way of being paid, what is never promised, and what another role is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.dialogue.events import Command

ASSOCIATION = "Je donnerais des jours à une association"


async def begin(person, role: str = ASSOCIATION, **details):
    me = person(language="fr", **details)
    await me.send(Command("rtt"))
    await me.press(role)
    return me


async def give(me, days: str, kind: str, pay: str) -> str:
    await me.say(days)
    await me.press(kind)
    return await me.say(pay)


async def test_a_forfait_by_the_year(person) -> None:
    """Reference, example 14: 52,000 / (218 + 25 + 9) = 206.35 a day; 2026 has 9 public holidays on weekdays."""
    me = await begin(person)
    await give(me, "3", "Repos du forfait jours", "52 000 € brut par an")
    assert "forfait jours" in me.text
    await me.say("218")
    assert "206,35 €" in me.text
    assert "619,05 €" in me.text


async def test_a_pay_by_the_year_without_forfait_is_a_twelfth(person) -> None:
    """Reference, example 14, monthly method: 52,000 / 12 / 21.67 = 199.97 a day, 599.91 for three."""
    me = await begin(person)
    await give(me, "3", "RTT", "52 000 € brut par an")
    await me.press("Passer")
    assert "199,97 €" in me.text
    assert "599,91 €" in me.text


async def test_part_time_has_its_own_divisor(person) -> None:
    """1,560 a month, three days a week: 52 × 3 / 12 = 13 days; 120 a day."""
    me = await begin(person)
    await give(me, "1", "RTT", "1560 brut par mois")
    await me.press("Je suis à temps partiel")
    await me.say("3")
    assert "120 €" in me.text


async def test_days_given_already_count_in_the_limit(person) -> None:
    me = await begin(person)
    await give(me, "2", "RTT", "2600 brut par mois")
    await me.press("J’en ai déjà donné")
    await me.say("2")
    assert "Jours donnés : 1" in me.text  # 3 − 2
    assert "119,98 €" in me.text


async def test_a_half_day_says_that_the_texts_are_silent(person) -> None:
    me = await begin(person)
    await give(me, "une demi-journée", "RTT", "2600 brut par mois")
    assert "59,99 €" in me.text  # 119.98 / 2
    assert "demi-journées" in me.text


async def test_without_a_pay_the_letter_can_be_written_all_the_same(person) -> None:
    me = await begin(person)
    await me.say("2")
    await me.press("RTT")
    await me.press("Passer")
    assert "En image" not in me.labels
    await me.press("Écrire la lettre")
    for _question in range(3):
        await me.press("Passer")
    assert "don-de-jours-lettre.pdf" in [file.name for reply in me.last.replies for file in reply.files]


@pytest.mark.parametrize("role", ["Je suis l’employeur", "Je parle pour une association", ASSOCIATION])
async def test_no_reduction_is_promised_to_anybody(person, role: str) -> None:
    me = await begin(person, role)
    if role == ASSOCIATION:
        await give(me, "2", "RTT", "2600 brut par mois")
    assert "66 %" not in me.text
    assert "60 %" not in me.text
    assert any(word in me.text for word in ("Aucune réduction", "Ne comptez pas", "Ne promettez aucun"))


async def test_the_day_of_the_talk_decides_of_the_law(person) -> None:
    """The decree made it usable on 22 February 2025: the day before, nothing can be given."""
    before = await begin(person, at=datetime(2025, 2, 21, 11, tzinfo=UTC))
    await give(before, "2", "RTT", "2600 brut par mois")
    assert "22 février 2025" in before.text
    assert "Écrire la lettre" not in before.labels
    after = await begin(person, at=datetime(2025, 2, 22, 11, tzinfo=UTC))
    await give(after, "2", "RTT", "2600 brut par mois")
    assert "239,96 €" in after.text


async def test_one_may_go_back_from_the_pay_to_the_days(person) -> None:
    me = await begin(person)
    await me.say("2")
    await me.press("RTT")
    await me.say("retour")
    assert "De quels jours" in me.text
    await me.say("retour")
    assert "Combien de jours" in me.text
