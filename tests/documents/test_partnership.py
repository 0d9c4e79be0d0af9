"""The agreement between partners: complete, blank where nothing is known, safe whatever is typed, promising nothing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from bot.documents.charter import Partner
from bot.documents.partnership import partnership_agreement

DAY = date(2026, 11, 22)
THREE = (Partner("Les Roues Libres", brings="dix bénévoles"), Partner("Garage Martin"), Partner("Ville d’Ivry"))


def words(partners: tuple[Partner, ...], **told: str) -> str:
    document = Document(io.BytesIO(partnership_agreement(partners, on=DAY, **told).docx()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("partners", [(), THREE], ids=["blank", "three"])
def test_it_is_a_pdf_a_word_file_and_a_picture(partners: tuple[Partner, ...]) -> None:
    paper = partnership_agreement(partners, on=DAY)
    assert paper.pdf().startswith(b"%PDF-")
    assert paper.preview(300).startswith(b"\x89PNG")
    assert Document(io.BytesIO(paper.docx())).core_properties.title == "Accord de partenariat"
    assert (paper.pdf(), paper.docx()) == (paper.pdf(), paper.docx())


def test_what_was_told_is_in_it_and_every_partner_signs() -> None:
    text = words(THREE, need="Pas d’atelier vélo", project="Un atelier le mercredi", test="Trois mois au local")
    for told in ("Pas d’atelier vélo", "Un atelier le mercredi", "Trois mois au local", "dix bénévoles"):
        assert told in text
    for partner in THREE:
        assert f"Pour {partner.name}" in text


def test_it_says_what_it_is_not() -> None:
    text = words(THREE)
    assert "Il ne crée ni personne morale" in text
    assert "ni dispense des règles de la commande publique" in text
    assert "réduction d’impôt" not in text


def test_what_people_type_stays_text() -> None:
    text = words((Partner('<b>#include "x"</b> $1', brings="{0} \u202e*gras*"), Partner()), need="#let x = 1")
    assert '<b>#include "x"</b> $1' in text
    assert "{0} *gras*" in text
    assert "#let x = 1" in text
