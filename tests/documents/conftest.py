"""People, a company and an association that sign papers, and every paper there is."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.documents import (
    Association,
    Company,
    CompanySupport,
    CounterpartItem,
    ExpenseLine,
    Paper,
    Partner,
    Person,
    RestDays,
    SkillsLoan,
    SummaryStep,
    ValuedMonth,
    alliance_charter,
    employer_answer,
    estimate_summary,
    expense_waiver,
    patronage_agreement,
    rest_day_letter,
    skills_agreement,
)
from bot.phrase import _

DAY = date(2026, 5, 6)


def _papers(word: Callable[[str], str]) -> dict[str, Paper]:
    """Every paper, each value that a person types passed through `word`."""
    employee = Person(
        word("Camille Durand"),
        word("Chargée de clientèle"),
        word("12 rue des Lilas"),
        word("c@example.org"),
        word("M4512"),
    )
    company = Company(
        word("Menuiserie Bertin"),
        word("512345678"),
        word("4 avenue du Prado"),
        word("Nadia Bertin"),
        "",
        word("Mme Roux"),
    )
    association = Association(word("Les Blouses"), word("W751234567"), word("3 rue Haute"), "b", word("Jean Martin"))
    rest = RestDays(
        Decimal(2),
        "RTT",
        Decimal(3),
        Decimal(24),
        word("compteur RTT"),
        Decimal("119.98"),
        Decimal("239.96"),
        proposed=date(2026, 6, 1),
    )
    loan = SkillsLoan(
        tasks=word("Refaire le site"),
        need=word("Un site que l’on tient seul"),
        starts=date(2026, 6, 1),
        ends=date(2026, 9, 30),
        share=Decimal("0.2"),
        place=word("Marseille"),
        timetable=word("le vendredi"),
        purposes=frozenset({0}),
        months=tuple(
            ValuedMonth(date(2026, month, 1), Decimal(3_950), Decimal(12_015), Decimal(790)) for month in range(6, 10)
        ),
        longest=36,
        counterparts=(CounterpartItem(word("Deux entrées"), Decimal(40)),),
    )
    support = CompanySupport(
        "goods",
        word("Vingt tables"),
        Decimal(3_400),
        word("La salle d’étude"),
        word("en juin"),
        counterparts=(CounterpartItem(word("Une plaque")),),
        counterpart_ratio=Decimal("0.25"),
    )
    expenses = (ExpenseLine(date(2026, 3, 14), word("Maraude"), word("Voiture"), Decimal("38.78"), Decimal(64)),)
    partners = tuple(
        Partner(word(name), word("512345678"), word("Nadia"), word("gérante"), word("du temps"), word("du sens"))
        for name in ("Bertin", "Blouses")
    )
    place = word("Marseille")
    steps = [SummaryStep(_("You give {thing}.", thing=word("300")), "CGI art. 200, 1")]
    return {
        paper.name: paper
        for paper in (
            rest_day_letter(employee, company, association, rest, on=DAY, place=place),
            employer_answer(employee, company, association, rest, on=DAY, asked_on=date(2026, 4, 28), agreed=True),
            skills_agreement(company, association, employee, loan, on=DAY, place=place),
            patronage_agreement(company, association, support, on=DAY, place=place),
            expense_waiver(employee, association, expenses, on=DAY, place=place),
            estimate_summary(_("Estimate"), [(_("Gift"), word("300"))], steps, on=DAY, language="fr"),
            alliance_charter(partners, {"need": word("Un lieu calme")}, on=DAY, is_short=False, place=place),
            alliance_charter(partners, {"need": word("Un lieu calme")}, on=DAY, is_short=True, place=place),
        )
    }


@pytest.fixture
def papers() -> dict[str, Paper]:
    """Every paper, filled in, by its name."""
    return _papers(lambda word: word)


@pytest.fixture
def papers_with() -> Callable[[str], dict[str, Paper]]:
    """Every paper, with the same text wherever a person may type one."""
    return lambda text: _papers(lambda word: text)


@pytest.fixture
def blank_papers() -> dict[str, Paper]:
    """Every paper, with nothing known."""
    rest = RestDays(None, "RTT", Decimal(3), Decimal(24))
    nobody = (Person(), Company(), Association())
    return {
        paper.name: paper
        for paper in (
            rest_day_letter(*nobody, rest, on=DAY),
            employer_answer(*nobody, rest, on=DAY),
            skills_agreement(Company(), Association(), Person(), SkillsLoan(), on=DAY),
            patronage_agreement(Company(), Association(), CompanySupport(), on=DAY),
            expense_waiver(Person(), Association(), (), on=DAY),
            alliance_charter((), on=DAY, is_short=False),
            alliance_charter((), on=DAY, is_short=True),
        )
    }


@pytest.fixture
def words_of() -> Callable[[Paper], str]:
    """The text of a paper as its Word file holds it, tables included, no-break spaces made plain."""

    def read(paper: Paper) -> str:
        document = Document(io.BytesIO(paper.docx()))
        tags = (qn("w:p"), qn("w:t"), qn("w:br"))
        parts = [(node.text or "") if node.tag == tags[1] else "\n" for node in document.element.body.iter(*tags)]
        return " ".join("".join(parts).replace("\u00a0", " ").replace("\u202f", " ").split())

    return read


@pytest.fixture
def pdf_text(tmp_path: Path) -> Callable[[Paper], str]:
    """The text of a paper as a PDF reader finds it."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")

    def read(paper: Paper) -> str:
        file = tmp_path / "paper.pdf"
        file.write_bytes(paper.pdf())
        text = subprocess.run([reader, "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode()
        return text.replace("\u200b", "")

    return read
