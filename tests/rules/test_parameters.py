"""The law as data: rows in order, nothing applied outside its dates, and a file that is wrong says where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.rules.freshness import after_what_is_known, known_no_further, last_known_day
from bot.rules.parameters import LawDataError, applied, known_until, law, parameter, read_law

ROW = """
[coluche.ceiling]
label = "A ceiling"
unit = "euro"
[[coluche.ceiling.rows]]
from = 2020-01-01
to = 2020-12-31
value = 1000
reference = "CGI art. 200"
source = "a page"
confidence = "A"
[[coluche.ceiling.rows]]
from = 2022-01-01
value = 2000.50
reference = "CGI art. 200"
source = "a page"
confidence = "B"
checked = 2025-06-01
"""
HEAD = "checked = 2026-11-21\nknown_until = 2026-12-31\n"


def read(folder: Path, text: str, head: str = HEAD):
    (folder / "gifts.toml").write_text(head + text, encoding="utf-8")
    return read_law(folder)


def test_a_row_applies_from_its_first_day_to_its_last_and_never_after(tmp_path: Path) -> None:
    ceiling = read(tmp_path, ROW).parameters["gifts.coluche.ceiling"]
    assert ceiling.on(date(2019, 12, 31)) is None
    assert ceiling.on(date(2020, 1, 1)).value == 1_000
    assert ceiling.on(date(2020, 12, 31)).value == 1_000
    assert ceiling.on(date(2021, 6, 1)) is None
    assert ceiling.on(date(2022, 1, 1)).value == Decimal("2000.50")
    assert ceiling.on(date(2099, 1, 1)).value == Decimal("2000.50")


def test_the_latest_row_is_known_even_after_it_ended(tmp_path: Path) -> None:
    ceiling = read(tmp_path, ROW).parameters["gifts.coluche.ceiling"]
    assert ceiling.latest(date(2021, 6, 1)).value == 1_000
    assert ceiling.latest(date(2019, 6, 1)) is None


def test_what_a_rule_cannot_do_without_is_the_nearest_row(tmp_path: Path) -> None:
    ceiling = read(tmp_path, ROW).parameters["gifts.coluche.ceiling"]
    days = date(2019, 6, 1), date(2020, 6, 1), date(2021, 6, 1), date(2022, 6, 1)
    assert [ceiling.at(day).start.year for day in days] == [2020, 2020, 2020, 2022]


def test_another_law_can_be_applied_for_a_while(tmp_path: Path) -> None:
    with applied(read(tmp_path, ROW)):
        assert parameter("gifts.coluche.ceiling").at(date(2022, 6, 1)).value == Decimal("2000.50")
        with pytest.raises(KeyError):
            parameter("donations.general.rate")
    assert parameter("donations.general.rate").at(date(2022, 6, 1)).value == Decimal("0.66")


def test_how_far_a_figure_is_known(tmp_path: Path) -> None:
    ended = ROW.replace("value = 2000.50", "to = 2025-12-31\nvalue = 2000.50")
    with applied(read(tmp_path, ended)):
        assert last_known_day("gifts") == date(2026, 12, 31)
        assert last_known_day("gifts.coluche.ceiling") == date(2025, 12, 31)
        assert after_what_is_known(date(2025, 12, 31), "gifts.coluche.ceiling") == ()
        (warning,) = after_what_is_known(date(2026, 1, 1), "gifts", "gifts.coluche.ceiling")
        assert warning.values["day"] == date(2025, 12, 31)
    with applied(read(tmp_path, ROW)):
        assert last_known_day("gifts.coluche.ceiling") == date(2026, 12, 31)
        source = parameter("gifts.coluche.ceiling").rows[0].source
        assert known_no_further(date(2026, 12, 31), [source]) == ()
        assert known_no_further(date(2027, 1, 1), [source])[0].values["day"] == date(2026, 12, 31)


def test_the_rows_of_a_year(tmp_path: Path) -> None:
    ceiling = read(tmp_path, ROW).parameters["gifts.coluche.ceiling"]
    assert [len(ceiling.during(year)) for year in (2019, 2020, 2021, 2022, 2030)] == [0, 1, 0, 1, 1]


def test_a_row_says_when_it_was_checked_or_takes_the_day_of_its_file(tmp_path: Path) -> None:
    first, second = read(tmp_path, ROW).parameters["gifts.coluche.ceiling"].rows
    assert first.source.checked == date(2026, 11, 21)
    assert second.source.checked == date(2025, 6, 1)
    assert "2025-06-01" in str(second.source)


def test_rows_in_force_and_unchecked_for_over_a_year_are_stale(tmp_path: Path) -> None:
    found = read(tmp_path, ROW)
    assert list(found.stale(date(2026, 6, 1))) == []
    stale = [(one.name, row.start) for one, row in found.stale(date(2026, 6, 2))]
    assert stale == [("gifts.coluche.ceiling", date(2022, 1, 1))]


def test_a_file_is_behind_once_its_last_known_day_is_past(tmp_path: Path) -> None:
    found = read(tmp_path, ROW)
    assert list(found.behind(date(2026, 12, 31))) == []
    assert list(found.behind(date(2027, 1, 1))) == [("gifts", date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("to = 2020-12-31", "to = 2019-12-31", "ends before it begins"),
        ("to = 2020-12-31", "to = 2022-01-01", "begins before the one before it has ended"),
        ('reference = "CGI art. 200"', 'reference = ""', "reference is missing"),
        ('source = "a page"', "", "source is missing"),
        ('confidence = "A"', 'confidence = "Z"', "confidence is one of"),
        ("value = 1000", 'value = "1000"', "is not a number"),
        ("value = 1000", "value = true", "is not a number"),
        ("value = 1000", "", "no value, values or text"),
        ("from = 2020-01-01", "", "from is not a day"),
        ("value = 1000", "value = 1000\nceiling = 3", "unknown key ceiling"),
        ('unit = "euro"', 'unit = "euro"\nrate = 1', "unknown key rate"),
        ('unit = "euro"', "", "unit is missing"),
        ('source = "a page"', 'source = "a page"\nurl = "javascript:1"', "does not begin with https"),
        ("value = 1000", "value = ", "gifts.toml"),
        ("value = 1000", "values = { least = 1 }", "row 2: it does not hold what the first row holds"),
        ("value = 1000", 'text = "1000"', "row 2: it does not hold what the first row holds"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(LawDataError, match=complaint):
        read(tmp_path, ROW.replace(old, new, 1))


def test_a_file_says_how_far_it_is_known(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="known_until"):
        read(tmp_path, ROW, head="checked = 2026-11-21\n")


def test_an_empty_folder_is_no_law(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="no law"):
        read_law(tmp_path)


def test_money_and_rates_are_exact_decimals() -> None:
    rate = parameter("donations.general.rate").on(date(2026, 1, 1))
    assert rate.value == Decimal("0.66")
    assert isinstance(parameter("donations.coluche.ceiling").on(date(2026, 1, 1)).value, Decimal)
    assert known_until("donations") == date(2026, 12, 31)


def test_a_name_that_no_file_defines_is_a_mistake_in_code() -> None:
    with pytest.raises(KeyError):
        parameter("donations.colouche.rate")


def test_every_figure_has_a_reference_a_page_and_a_day_of_check() -> None:
    for one in law().parameters.values():
        assert one.label
        assert one.unit
        for row in one.rows:
            assert row.source.reference
            assert row.source.title
            assert row.source.checked >= date(2026, 1, 1)
            assert row.start <= (row.end or date.max)


def test_nothing_in_force_was_left_unchecked_when_the_law_was_last_read() -> None:
    last_read = max(row.source.checked for one in law().parameters.values() for row in one.rows)
    assert list(law().stale(last_read)) == []
