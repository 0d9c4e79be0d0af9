"""docs/law.md is what the data says."""

from __future__ import annotations

from pathlib import Path

from bot.rules.law_page import page
from bot.rules.parameters import law


def test_the_page_is_what_the_data_says() -> None:
    written = Path(__file__).parents[2] / "docs" / "law.md"
    assert written.read_text(encoding="utf-8") == page(), "run: python -m bot.rules.law_page"


def test_every_parameter_is_on_the_page() -> None:
    text = page()
    assert [name for name in law().parameters if f"`{name}`" not in text] == []
