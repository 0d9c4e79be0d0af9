"""The worked examples of the reduction for gifts (CGI art. 200), each value written as the sum it comes from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.rules.donations import Gift, Kind, Reduction, income_tax_reduction
from bot.rules.gifts import monthly

RATE = Decimal("0.66")
RAISED = Decimal("0.75")


def gift(kind: str, amount: str | int, day: str, *, abroad: bool = False) -> Gift:
    return Gift(Kind(kind), Decimal(amount), date.fromisoformat(day), abroad)


def reduction(*gifts: Gift, income: int | None = None, tax: int | None = None, **carried: int) -> Reduction:
    """`_2020=1_200` is a gift of 2020 not used yet."""
    return income_tax_reduction(
        gifts,
        year=gifts[0].day.year,
        income=None if income is None else Decimal(income),
        tax=None if tax is None else Decimal(tax),
        carried={int(year[1:]): Decimal(amount) for year, amount in carried.items()},
    )


def messages(result: Reduction) -> str:
    return " | ".join(str(one) for one in result.warnings)


def test_an_ordinary_gift_brings_two_thirds_rounded_to_the_euro() -> None:
    result = reduction(gift("general", 85, "2024-05-02"), income=26_400, tax=900)
    assert result.reduction == result.gain == 56  # 85 × 66 % = 56.10
    assert result.cost == 85 - 56
    (part,) = result.parts
    assert (part.kind, part.rate, part.ceiling, part.base, part.box) == ("general", RATE, 5_280, 85, "7UF")


def test_coluche_above_the_ceiling_goes_on_at_the_ordinary_rate() -> None:
    result = reduction(gift("coluche", 1_640, "2023-11-30"), income=33_500, tax=2_800)
    assert result.reduction == result.gain == 750 + 422  # 1 000 × 75 % + 640 × 66 % = 422.40
    assert [(p.kind, p.base, p.reduction, p.box) for p in result.parts] == [
        ("coluche", 1_000, 750, "7UD"),
        ("general", 640, 422, "7UD"),
    ]


def test_since_2026_the_coluche_ceiling_is_two_thousand() -> None:
    gifts = gift("coluche", 2_750, "2026-02-01"), gift("general", 180, "2026-02-01")
    result = reduction(*gifts, income=52_000, tax=7_400)
    assert result.reduction == result.gain == 1_500 + 614  # 2 000 × 75 % ; (750 + 180) × 66 % = 613.80


def test_what_is_over_a_fifth_of_the_income_is_carried_and_old_gifts_come_first() -> None:
    result = reduction(gift("general", 9_500, "2024-06-01"), income=32_000, tax=2_600, _2020=1_200, _2022=400)
    assert result.reduction == Decimal(1_200 + 400 + 4_800) * RATE == 4_224  # the cap: 32 000 × 20 % = 6 400
    assert result.gain == 2_600
    assert result.lost_reduction == 4_224 - 2_600 == 1_624
    assert result.carried == {2024: 9_500 - 4_800}
    assert result.lost_gifts == 0
    assert result.cost == 9_500 - 2_600


def test_the_gain_never_exceeds_the_tax() -> None:
    result = reduction(gift("general", 420, "2026-06-01"), income=15_200, tax=97)
    assert (result.reduction, result.gain) == (277, 97)  # 420 × 66 % = 277.20
    assert result.lost_reduction == 277 - 97
    assert result.cost == 420 - 97


@pytest.mark.parametrize(
    ("tax", "gain"),
    [
        (0, 0),
        (60, 0),  # not collected: nothing was to be paid
        (61, 61),
        (66, 66),
        (126, 126),  # 126 - 66 = 60 is not collected
        (127, 66),
        (900, 66),
    ],
)
def test_a_tax_under_sixty_one_euros_is_not_collected(tax: int, gain: int) -> None:
    result = reduction(gift("general", 100, "2026-06-01"), income=20_000, tax=tax)
    assert (result.reduction, result.gain, result.cost) == (66, gain, 100 - gain)
    assert result.lost_reduction == max(66 - gain, 0)


def test_what_is_not_collected_is_told() -> None:
    small = reduction(gift("general", 100, "2026-06-01"), income=20_000, tax=57)
    assert "not collected" in messages(small)
    left = reduction(gift("general", 100, "2026-06-01"), income=20_000, tax=100)
    assert "falls to zero, and you gain" in str(left.steps[-1].phrase)
    assert left.steps[-1].amount == 100


@pytest.mark.parametrize(
    ("day", "income", "tax", "warned"),
    [
        ("2026-06-01", 250_000, 80_000, False),
        ("2026-06-01", 250_001, 80_000, True),
        ("2026-06-01", None, 50_001, True),
        ("2026-06-01", None, 50_000, False),
        ("2024-06-01", 300_000, 80_000, False),  # before that minimum tax
    ],
)
def test_high_incomes_are_warned_of_the_minimum_tax(day: str, income: int | None, tax: int, warned: bool) -> None:
    result = reduction(gift("general", 1_000, day), income=income, tax=tax)
    assert result.gain == 660
    assert ("minimum tax of" in messages(result)) is warned


@pytest.mark.parametrize(
    ("march", "december", "bases", "expected"),
    [
        (700, 1_100, (1_800,), 1_350),  # 1 800 × 75 %
        (1_800, 600, (1_600, 800), 1_200 + 528),  # (1 000 + 600) × 75 % + 800 × 66 %
        (1_000, 1_000, (2_000,), 1_500),
        (0, 2_500, (2_000, 500), 1_500 + 330),
        (2_500, 0, (1_000, 1_500), 750 + 990),
        (900, 1_500, (2_000, 400), 1_500 + 264),
    ],
)
def test_in_2025_the_ceiling_rises_on_14_october(
    march: int, december: int, bases: tuple[int, ...], expected: int
) -> None:
    gifts = [gift("coluche", march, "2025-03-08"), gift("coluche", december, "2025-12-03")]
    result = reduction(*(one for one in gifts if one.amount), income=47_000, tax=6_000)
    assert result.reduction == result.gain == expected
    assert tuple(part.base for part in result.parts) == bases


def test_a_monthly_gift_is_twelve_payments_each_under_the_law_of_its_day() -> None:
    payments = monthly(gift("coluche", 150, "2025-11-22"))
    assert [payment.day for payment in payments] == [date(2025, month, 1) for month in range(1, 13)]
    # Ten before 14 October count within 1,000, two after it within 2,000; what is over has the ordinary rate.
    assert reduction(*payments).reduction == 1_300 * Decimal("0.75") + 500 * Decimal("0.66")


def test_in_2025_the_return_has_two_boxes_for_coluche_gifts() -> None:
    result = reduction(gift("coluche", 700, "2025-03-08"), gift("coluche", 1_100, "2025-12-03"))
    assert result.parts[0].box == "7UD, 7UQ"
    assert [(entry.box, entry.amount) for entry in result.entries] == [("7UD", 700), ("7UQ", 1_100)]


def test_mayotte_coluche_and_religious_heritage_each_have_their_own_ceiling() -> None:
    result = reduction(
        gift("mayotte", 2_600, "2025-02-20"),
        gift("coluche", 950, "2025-06-15"),
        gift("patrimoine_religieux", 640, "2025-07-01"),
        income=61_000,
        tax=9_000,
    )
    # 2 000 × 75 % = 1 500 ; 950 × 75 % = 712.50, half a euro counts for one ; 640 × 75 % = 480 ; 600 × 66 % = 396
    assert result.reduction == result.gain == 1_500 + 713 + 480 + 396 == 3_089
    assert {part.kind: part.box for part in result.parts} == {
        "mayotte": "7UO",
        "coluche": "7UD",
        "patrimoine_religieux": "7UJ",
        "general": "7UO",  # the 600 above the Mayotte ceiling are declared with the rest of that gift
    }


def test_notre_dame_in_2019() -> None:
    gifts = gift("notre_dame", 1_350, "2019-06-10"), gift("coluche", 600, "2019-12-01")
    result = reduction(*gifts, income=44_000, tax=6_500)
    # 1 000 × 75 % = 750 ; 546 × 75 % = 409.50 ; (350 + 54) × 66 % = 266.64
    assert result.reduction == result.gain == 750 + 410 + 267 == 1_427


def test_what_one_person_may_pay_to_parties_leaves_out_dues_of_elected_office_holders() -> None:
    assert "office-holders aside" in messages(reduction(gift("political", 7_501, "2026-06-01")))
    assert "office-holders" not in messages(reduction(gift("political", 7_500, "2026-06-01")))


def test_chambord_and_dues_to_a_party_in_2026() -> None:
    gifts = gift("chambord", 1_400, "2026-04-01"), gift("political", 900, "2026-05-01")
    result = reduction(*gifts, income=58_000, tax=9_000)
    assert result.reduction == result.gain == 750 + 858 == 1_608  # 1 000 × 75 % ; (400 + 900) × 66 %
    assert result.parts[0].box is None
    assert result.parts[1].box == "7UH"
    assert "not known yet" in messages(result)


def test_cultuel_in_2022() -> None:
    gifts = gift("cultuel", 730, "2022-03-01"), gift("general", 45, "2022-03-01")
    result = reduction(*gifts, income=39_000, tax=4_000)
    assert result.reduction == 422 + 141 == 563  # 562 × 75 % = 421.50 ; (168 + 45) × 66 % = 140.58


def test_domestic_violence_shares_the_coluche_ceiling_in_2021() -> None:
    gifts = gift("domestic_violence", 450, "2021-03-01"), gift("coluche", 800, "2021-03-01")
    result = reduction(*gifts, income=36_000, tax=4_000)
    assert result.reduction == 750 + 165 == 915  # 1 000 × 75 % ; 250 × 66 %
    assert [part.kind for part in result.parts] == ["coluche", "general"]


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        ("notre_dame", "2019-04-16", "2019-04-15"),
        ("notre_dame", "2019-12-31", "2020-01-01"),
        ("domestic_violence", "2020-01-01", "2019-12-31"),
        ("domestic_violence", "2022-12-31", "2023-01-01"),
        ("domestic_violence", "2025-02-15", "2025-02-14"),
        ("cultuel", "2021-06-02", "2021-06-01"),
        ("cultuel", "2022-12-31", "2023-01-01"),
        ("patrimoine_religieux", "2023-09-15", "2023-09-14"),
        ("patrimoine_religieux", "2025-12-31", "2026-01-01"),
        ("mayotte", "2024-12-14", "2024-12-13"),
        ("mayotte", "2025-05-17", "2025-05-18"),
        ("chambord", "2026-01-01", "2025-12-31"),
        ("chambord", "2026-12-31", "2027-01-01"),
    ],
)
def test_a_regime_counts_from_its_first_day_to_its_last_and_not_a_day_more(
    kind: str, inside: str, outside: str
) -> None:
    within, without = reduction(gift(kind, 100, inside)), reduction(gift(kind, 100, outside))
    assert within.reduction == 75  # 100 × 75 %
    assert without.reduction == 66  # 100 × 66 %
    assert without.parts[0].kind == "general"
    assert "raised rate did not apply" in messages(without)
    assert "raised rate did not apply" not in messages(within)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2018-01-01", 537),
        ("2018-12-31", 537),
        ("2019-01-01", 546),
        ("2019-12-31", 546),
        ("2020-01-01", 1_000),
        ("2025-10-13", 1_000),
        ("2025-10-14", 2_000),
        ("2025-12-31", 2_000),
        ("2026-01-01", 2_000),
        ("2026-12-31", 2_000),
        ("2027-01-01", 2_000),
    ],
)
def test_the_coluche_ceiling_on_both_sides_of_each_date(day: str, kept: int) -> None:
    result = reduction(gift("coluche", 5_000, day))
    assert result.parts[0].base == kept
    assert result.parts[1].base == 5_000 - kept


@pytest.mark.parametrize(
    ("day", "ceiling"),
    [("2021-06-02", 554), ("2021-12-31", 554), ("2022-01-01", 562), ("2022-12-31", 562)],
)
def test_the_cultuel_ceiling_changes_with_the_year(day: str, ceiling: int) -> None:
    assert reduction(gift("cultuel", 5_000, day)).parts[0].base == ceiling


def test_the_mayotte_ceiling_is_counted_in_each_of_its_two_years() -> None:
    assert reduction(gift("mayotte", 2_000, "2024-12-14")).reduction == 1_500
    assert reduction(gift("mayotte", 2_000, "2025-05-17")).reduction == 1_500


def test_without_income_ordinary_gifts_wait_and_the_raised_slice_is_lost_against_no_tax() -> None:
    result = reduction(gift("coluche", 300, "2024-05-01"), gift("general", 500, "2024-05-01"), income=0, tax=0)
    assert result.carried == {2024: 500}
    assert result.reduction == 225
    assert result.gain == 0
    assert result.lost_reduction == 225
    assert "nothing comes back" in messages(result)


def test_with_an_income_but_no_tax_gifts_within_the_cap_are_consumed() -> None:
    result = reduction(gift("general", 500, "2024-05-01"), income=10_000, tax=0)
    assert result.carried == {}
    assert (result.reduction, result.gain) == (330, 0)


def test_a_deficit_counts_as_no_income() -> None:
    result = reduction(gift("general", 500, "2024-05-01"), income=-3_000)
    assert result.carried == {2024: 500}


def test_a_gift_not_used_after_five_years_is_lost() -> None:
    result = reduction(gift("general", 100, "2026-05-01"), income=10_000, _2021=5_000, _2022=1_000)
    assert result.reduction == 1_320  # the cap, 10 000 × 20 %, × 66 %
    assert result.lost_gifts == 5_000 - 2_000
    assert result.carried == {2022: 1_000, 2026: 100}


def test_a_gift_of_the_last_year_but_five_is_too_old_to_be_used() -> None:
    result = reduction(gift("general", 100, "2026-05-01"), income=10_000, _2020=5_000)
    assert result.reduction == 66
    assert "too old" in messages(result)


def test_a_carried_coluche_excess_earns_the_ordinary_rate() -> None:
    first = reduction(gift("coluche", 2_750, "2026-05-01"), income=1_000)
    assert first.carried == {2026: 750 - 200}  # 1 000 × 20 % is used
    second = income_tax_reduction((), year=2027, income=Decimal(50_000), carried=first.carried)
    assert second.reduction == 363  # 550 × 66 %
    assert second.parts[0].kind == "general"
    assert second.cost == -363


def test_carried_gifts_have_their_own_boxes_from_the_oldest_to_the_newest() -> None:
    result = reduction(gift("general", 1, "2026-05-01"), _2021=1, _2022=2, _2023=3, _2024=4, _2025=5)
    boxes = [(entry.box, entry.amount, entry.form) for entry in result.entries]
    assert boxes == [
        ("7UF", 1, "2042"),
        ("7XS", 1, "2042 RICI"),
        ("7XT", 2, "2042 RICI"),
        ("7XU", 3, "2042 RICI"),
        ("7XW", 4, "2042 RICI"),
        ("7XY", 5, "2042 RICI"),
    ]


def test_parties_count_up_to_fifteen_thousand_for_the_household_and_the_rest_is_lost() -> None:
    result = reduction(gift("political", 16_500, "2023-05-01"), income=200_000, tax=50_000)
    assert result.reduction == 9_900  # 15 000 × 66 %
    assert result.lost_gifts == 1_500
    assert result.carried == {}
    (part,) = result.parts
    assert (part.kind, part.ceiling, part.box) == ("political", 15_000, "7UH")
    assert "at most" in messages(result)


def test_parties_are_inside_the_income_cap() -> None:
    result = reduction(gift("political", 10_000, "2023-05-01"), income=20_000)
    assert result.reduction == 2_640  # 20 000 × 20 % × 66 %
    assert result.carried == {2023: 10_000 - 4_000}


def test_bodies_abroad_share_the_ceiling_and_have_their_own_boxes() -> None:
    result = reduction(
        gift("coluche", 900, "2023-05-01"),
        gift("coluche", 900, "2023-05-01", abroad=True),
        gift("general", 100, "2023-05-01", abroad=True),
    )
    assert result.reduction == 750 + 594  # 1 000 × 75 % ; (800 + 100) × 66 %
    boxes = {entry.box: (entry.amount, entry.form) for entry in result.entries}
    assert boxes == {"7UD": (900, "2042"), "7VA": (900, "2042 RICI"), "7VC": (100, "2042 RICI")}
    assert "European" in messages(result)


def test_cents_are_summed_before_they_are_rounded() -> None:
    cents = [gift("general", "10.25", "2024-05-01") for _ in range(4)]
    result = reduction(*cents)
    assert result.parts[0].base == 41  # 4 × 10.25, not 4 × 10
    assert result.given == 41


def test_half_a_euro_counts_for_one() -> None:
    assert reduction(gift("coluche", 950, "2024-05-01")).reduction == 713  # 712.50
    assert reduction(gift("general", 75, "2024-05-01")).reduction == 50  # 49.50
    assert reduction(gift("general", "0.50", "2024-05-01")).parts[0].base == 1


def test_without_the_income_the_result_says_from_which_income_it_holds() -> None:
    result = reduction(gift("general", 1_000, "2024-05-01"))
    warning = next(one for one in result.warnings if "at least {income:money}: ordinary" in one.message)
    assert warning.values["income"] == 5_000  # 1 000 / 20 %
    assert result.parts[0].ceiling is None


def test_without_the_tax_the_gain_is_not_known_and_the_result_says_so() -> None:
    result = reduction(gift("general", 1_000, "2024-05-01"))
    assert result.gain is None
    assert result.cost == 340
    assert "If you pay no income tax" in messages(result)


def test_a_year_whose_law_is_not_known_yet_is_computed_with_the_last_law_and_says_so() -> None:
    result = reduction(gift("coluche", 100, "2027-01-01"))
    assert result.reduction == 75
    assert result.is_known
    assert "not known when mine were last checked" in messages(result)
    assert "not known when mine were last checked" not in messages(reduction(gift("coluche", 100, "2026-12-31")))


def test_a_year_before_the_known_law_is_not_computed() -> None:
    result = reduction(gift("coluche", 100, "2017-12-31"))
    assert not result.is_known
    assert result.parts == ()
    assert "I know the rules for gifts made since" in messages(result)
    assert reduction(gift("coluche", 100, "2018-01-01")).is_known


def test_nothing_given_brings_nothing() -> None:
    result = income_tax_reduction((), year=2026)
    assert (result.reduction, result.parts, result.cost) == (0, (), 0)


def test_a_gift_of_another_year_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="2025-12-31"):
        income_tax_reduction([gift("general", 1, "2025-12-31")], year=2026)
    with pytest.raises(ValueError, match="2026"):
        income_tax_reduction([], year=2026, carried={2026: Decimal(1)})


def test_every_step_with_an_amount_has_a_source() -> None:
    result = reduction(
        gift("coluche", 3_000, "2025-03-08"),
        gift("coluche", 600, "2025-12-03"),
        gift("political", 16_000, "2025-12-03"),
        income=12_000,
        tax=500,
        _2020=100,
        _2021=9_000,
    )
    assert len(result.steps) >= 8
    assert all(step.source is not None and step.source.reference for step in result.steps)
