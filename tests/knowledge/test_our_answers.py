"""Every answer of ours: in both languages, leading somewhere, no figure of its own, true on both sides of each date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.dialogue.topic import load_topics
from bot.knowledge.library import Library
from bot.knowledge.rendering import render_answer, rows_used
from bot.rules.parameters import law

LIBRARY = Library.load(None)
IDS = LIBRARY.our_ids()
TODAY = date(2026, 11, 30)
HOLE = re.compile(r"\{[^{}]+\}")
NAMES = re.compile(
    r"(?:loi|association) (?:de |du 1er juillet )?1901|1901 (?:law|Act|association)|law of 1901|ODD ?17|SDG ?17"
    r"|Sciences ?21|articles? [LRD]?\.? ?[\d-]+(?: [a-z]+)?|art\. ?[\d-]+|https?://\S+|1907|1905",
    re.IGNORECASE,
)
"""Names that hold digits and are no figures: laws by their year, goals by their number, articles."""
LONGEST_HEAD = 75
"""Words that are read before anything is unfolded."""


def body_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("+++", 2)[2]


@pytest.mark.parametrize("id", IDS)
def test_it_is_written_in_both_languages_and_leads_somewhere(id: str) -> None:
    topics = load_topics().topics
    french, english = LIBRARY.in_language(id, "fr"), LIBRARY.in_language(id, "en")
    assert french is not None
    assert english is not None
    assert french.only_told == english.only_told
    for answer in (french, english):
        assert len(answer.asks) >= 5
        for step in answer.next:
            assert step.to in (IDS if step.is_answer else topics), step.to


@pytest.mark.parametrize("id", IDS)
def test_no_figure_of_the_law_is_typed_in_it(id: str) -> None:
    for answer in LIBRARY.ours_of(id):
        assert answer.path is not None
        head, _fold, _more = body_of(answer.path).partition("<!-- more -->")
        said = NAMES.sub("", HOLE.sub("", body_of(answer.path)))
        assert not re.search(r"\d", said), re.findall(r".{0,15}\d.{0,10}", said)[:2]
        assert len(re.findall(r"\w+", HOLE.sub("x", head))) <= LONGEST_HEAD


@pytest.mark.parametrize("id", IDS)
def test_it_can_be_said_on_both_sides_of_every_date_it_rests_on(id: str) -> None:
    known = law()
    for answer in LIBRARY.ours_of(id):
        days = {TODAY, date(2027, 1, 1), date(2028, 6, 30)}
        for name in answer.rests_on:
            parameter = known.parameters.get(name) or known.parameters[name.rpartition(".")[0]]
            for row in parameter.rows:
                days |= {row.start} if row.start >= parameter.rows[0].start else set()
                if row.end is not None:
                    days |= {row.end, row.end + timedelta(days=1)}
        for day in sorted(day for day in days if day >= TODAY):
            shown = render_answer(answer, answer.language, day, known)
            assert shown.head
            assert "{" not in shown.head + shown.more
            rows = rows_used(answer.figures.values(), answer.rests_on, known, day)
            current = [known.known_until[used.file] for used in rows if used.is_current]
            if current and day > max(current):
                assert shown.warning
