"""What people type in a paper is data: no value is read as markup, breaks a page, or shows another than it is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Association, Company, Paper, Person, RestDays, rest_day_letter
from bot.documents.content import Fields
from bot.documents.text import BLANK, LINE_LIMIT, line, plain_text, runs, text
from bot.phrase import _

Papers = dict[str, Paper]
PLAIN = [
    '#import "@preview/x:1.0.0": *',
    "#panic()",
    "$a_b^2$ *gras* _italique_ `code` = titre",
    "<b>gras</b> & <script>alert(1)</script>",
    "]} \\ \" ' // /* */ @ref ~ --",
    "{{7*7}} {0} {name} %s",
    "=1+1",
    "Marie 😀",
    "שלום עולם",
    "محمد علي",
    "李小龍",
]


@pytest.mark.parametrize("value", PLAIN)
def test_each_value_is_printed_as_it_was_typed(
    value: str, papers_with: Callable[[str], Papers], words_of: Callable[[Paper], str]
) -> None:
    for paper in papers_with(value).values():
        assert paper.pdf().startswith(b"%PDF-")
        assert " ".join(value.split()) in words_of(paper)


@pytest.mark.parametrize("value", PLAIN[:7])
def test_the_pdf_prints_it_too(
    value: str, papers_with: Callable[[str], Papers], pdf_text: Callable[[Paper], str]
) -> None:
    letter = papers_with(value)["don-de-jours-lettre"]
    assert "".join(value.split()) in "".join(pdf_text(letter).split())


@pytest.mark.parametrize("value", ["x" * 10_000, "mot " * 2_500, "ligne\n" * 2_000, "\u00e9" * 9_999])
def test_ten_thousand_characters_stay_on_a_few_pages(value: str, papers_with: Callable[[str], Papers]) -> None:
    for paper in papers_with(value).values():
        pdf = paper.pdf()
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 24
        Document(io.BytesIO(paper.docx()))


@pytest.mark.parametrize("value", ["\x00\x07\x1b[31m", "\u202e\u2066\u200f", "   \t ", "\ud800\udfff", "\ufeff"])
def test_what_nobody_can_see_leaves_a_line_to_write_on(value: str, papers_with: Callable[[str], Papers]) -> None:
    for paper in papers_with(value).values():
        assert paper.pdf()
        assert paper.docx()


def test_an_amount_cannot_be_turned_round_by_an_invisible_mark() -> None:
    assert line("\u202e001 €") == "001 €"
    assert line("Anne\u2067-Lise") == "Anne-Lise"


def test_a_name_is_one_line_and_a_description_keeps_its_lines() -> None:
    assert line("  Jean\r\n\tMartin ") == "Jean Martin"
    assert text("un\r\ndeux  trois\n\n") == "un\ndeux trois"
    assert line("x" * 500) == "x" * (LINE_LIMIT - 1) + "…"


def test_only_our_own_sentences_have_styles() -> None:
    phrase = _("<b>{label}</b>", label="<i>moi</i>")
    assert [(run.text, run.bold, run.italic) for run in runs(phrase, "en")] == [("<i>moi</i>", True, False)]
    assert plain_text("<b>Bertin & fils</b>", "fr") == "<b>Bertin & fils</b>"


def test_a_blank_party_shows_dots_and_lines() -> None:
    assert Person().lines() == (BLANK,)
    assert all(not field.value for field in Company().fields())
    assert Fields(Association().fields())


@settings(max_examples=40, deadline=None)
@given(value=st.text(max_size=300))
def test_any_text_at_all_gives_a_letter(value: str) -> None:
    rest = RestDays(Decimal(1), "RTT", Decimal(3), Decimal(24), value)
    letter = rest_day_letter(
        Person(value, value, value, value),
        Company(value, value, value, value, value),
        Association(value, value, value, "", value, value),
        rest,
        on=date(2026, 5, 6),
        place=value,
    )
    assert letter.pdf().startswith(b"%PDF-")
    assert Document(io.BytesIO(letter.docx())).paragraphs


@given(value=st.text(max_size=400))
def test_a_cleaned_line_is_clean_for_good(value: str) -> None:
    once = line(value)
    assert line(once) == once
    assert "\n" not in once
    assert len(once) <= LINE_LIMIT
