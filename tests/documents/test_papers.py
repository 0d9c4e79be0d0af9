"""The papers: complete, the same each time, blank where nothing is known, and never promising what the law does not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx import Document

from bot.documents import Association, Company, Paper, Partner, Person, RestDays, alliance_charter, rest_day_letter
from bot.documents.charter import POINTS, SHORT
from bot.documents.companion import beside
from bot.documents.pdf import standard_pdf
from bot.documents.text import announces
from bot.i18n import text_of

Papers = dict[str, Paper]
Read = Callable[[Paper], str]
DAY = date(2026, 5, 6)
NAMES = (
    "don-de-jours-lettre",
    "don-de-jours-reponse",
    "mecenat-de-competences-convention",
    "mecenat-convention",
    "abandon-de-frais",
    "estimation",
    "alliance-charte",
    "alliance-charte-courte",
)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_these_are_all_the_papers(papers: Papers) -> None:
    assert tuple(papers) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_paper_is_a_pdf_a_word_file_and_a_picture(name: str, papers: Papers) -> None:
    paper = papers[name]
    assert paper.pdf().startswith(b"%PDF-")
    assert paper.preview(400).startswith(b"\x89PNG")
    assert Document(io.BytesIO(paper.docx())).core_properties.title == paper.heading()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_paper_always_gives_the_same_bytes(name: str, papers: Papers) -> None:
    paper = papers[name]
    again = replace(paper)
    assert (paper.pdf(), paper.docx(), paper.preview(300)) == (again.pdf(), again.docx(), again.preview(300))


def test_the_only_date_in_a_word_file_is_that_of_the_paper(papers: Papers) -> None:
    content = papers["mecenat-convention"].docx()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {part.date_time[:3] for part in file.infolist()} == {(2026, 5, 6)}
    properties = Document(io.BytesIO(content)).core_properties
    assert properties.created is not None
    assert properties.created.date() == DAY


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_reader_finds_its_way_in_each_paper(name: str, papers: Papers) -> None:
    assert standard_pdf(papers[name], "ua-1").startswith(b"%PDF-")


@pytest.mark.parametrize("name", NAMES)
def test_pdf_and_word_say_the_same(name: str, papers: Papers, words_of: Read, pdf_text: Read) -> None:
    letters = re.compile(r"\w", re.UNICODE)
    in_word, in_pdf = (letters.findall(read(papers[name]).replace("☐", "")) for read in (words_of, pdf_text))
    counted = {letter: in_word.count(letter) for letter in "aeinrstbvq"}
    # Footers and page numbers are the PDF's own: it has a little more, never less.
    assert all(in_pdf.count(letter) >= count for letter, count in counted.items())


def test_blank_papers_leave_lines_to_write_on(blank_papers: Papers, words_of: Read) -> None:
    for paper in blank_papers.values():
        assert paper.pdf()
        assert "None" not in words_of(paper)
        assert "{" not in words_of(paper)


def test_the_letter_holds_what_the_checklist_asks(papers: Papers, words_of: Read) -> None:
    text = words_of(papers["don-de-jours-lettre"])
    for part in (
        "Camille Durand",
        "Chargée de clientèle",
        "articles L. 3142-131 et D. 3142-82",
        "sans contrepartie",
        "Nombre de jours 2",
        "RTT",
        "compteur RTT",
        "Matricule M4512",
        "Mme Roux",
        "Date proposée 1er juin 2026",
        "24 jours ouvrables de congés payés",
        "plus de 3 jours ouvrables cette année",
        "Les Blouses",
        "W751234567",
        "article 200, 1, b",
        "le montant et la méthode de calcul",
        "répondre par écrit",
        "Marseille, le 6 mai 2026",
        "239,96 €",
    ):
        assert part in text, part


def test_no_paper_promises_a_reduction_for_rest_days(papers: Papers, words_of: Read) -> None:
    letter, answer = papers["don-de-jours-lettre"], papers["don-de-jours-reponse"]
    told = " ".join(text_of(line, "fr") for _heading, lines in beside([letter, answer]) for line in lines)
    assert "Aucune réduction d’impôt n’est prévue pour vous" in told
    assert "Ne comptez pas sur une réduction d’entreprise" in told
    for text in (words_of(letter), words_of(answer), told):
        assert not re.search(r"\b(60|66|75) %", text)


def test_the_limits_of_the_law_come_from_the_caller(words_of: Read) -> None:
    rest = RestDays(Decimal(1), "RTT", Decimal(5), Decimal(20))
    text = words_of(rest_day_letter(Person(), Company(), Association(), rest, on=DAY))
    assert "plus de 5 jours ouvrables cette année" in text
    assert "20 jours ouvrables de congés payés" in text


def test_the_answer_fixes_the_value_only_when_the_employer_agrees(
    papers: Papers, blank_papers: Papers, words_of: Read
) -> None:
    agreed = words_of(papers["don-de-jours-reponse"])
    assert "Date de l’accord 6 mai 2026" in agreed
    assert "Total à verser 239,96 € bruts" in agreed
    assert "☒" in agreed
    open_answer = words_of(blank_papers["don-de-jours-reponse"])
    assert "☒" not in open_answer
    assert "Date de l’accord Valeur d’un jour" in open_answer


def test_the_convention_holds_the_items_the_law_requires(papers: Papers, words_of: Read) -> None:
    text = words_of(papers["mecenat-de-competences-convention"])
    for part in (
        "Camille Durand",
        "Chargée de clientèle",
        "améliorer les compétences",
        "Refaire le site",
        "1er juin 2026",
        "30 septembre 2026",
        "n’en facture rien",
        "accord exprès et écrit",
        "ne peut pas être sanctionné",
        "ni rompu ni suspendu",
        "un poste équivalent",
        "article L. 8241-3",
        "durée, travail de nuit, repos hebdomadaire",
        "Annexe 1. Accord de la personne",
        "Annexe 2. Fiche de valorisation",
        "Annexe 3. Feuille de temps",
        "36 mois",
        "juin 2026 3 950 € 12 015 € 3 950 € 20 % 790 €",
        "Total 3 160 €",
    ):
        assert part in text, part


def test_the_waiver_adds_up_the_expenses_and_says_why(papers: Papers, words_of: Read) -> None:
    text = words_of(papers["abandon-de-frais"])
    assert "Total 38,78 €" in text
    assert "certifie renoncer au remboursement" in text
    assert "sans aucun avantage pour moi" in text


def test_the_charter_says_what_it_is_not(papers: Papers, words_of: Read) -> None:
    for name in ("alliance-charte", "alliance-charte-courte"):
        assert "ni personne morale, ni droit fiscal, ni dispense" in words_of(papers[name])


def test_the_whole_charter_has_21_points_and_the_short_one_twelve(papers: Papers, words_of: Read) -> None:
    def numbers(paper: Paper) -> list[int]:
        return [int(found) for found in re.findall(r"(?<!\d)(\d{1,2})\. [A-ZÀÉL]", words_of(paper))]

    assert numbers(papers["alliance-charte"]) == list(range(1, 22))
    assert numbers(papers["alliance-charte-courte"]) == list(range(1, 13))
    # Points 1, 2, 3, 5, 7, 9, 10, 11, 16, 17, 19 and 21 of the whole charter.
    assert [list(POINTS).index(name) + 1 for name in SHORT] == [1, 2, 3, 5, 7, 9, 10, 11, 16, 17, 19, 21]


def test_an_alliance_of_five_partners_has_five_signatures(words_of: Read) -> None:
    partners = tuple(Partner(f"Partenaire {number}") for number in "ABCDE")
    text = words_of(alliance_charter(partners, on=DAY, is_short=True))
    assert all(f"Pour Partenaire {number}" in text for number in "ABCDE")


def test_signatures_stand_two_in_a_row_and_stay_with_the_day() -> None:
    partners = tuple(Partner(f"Partenaire {number}") for number in "ABCDE")
    document = Document(io.BytesIO(alliance_charter(partners, on=DAY, is_short=True).docx()))
    signed = next(table for table in document.tables if table.cell(0, 0).text.startswith("Pour Partenaire A"))
    roles = [[cell.text.strip() for cell in row.cells] for row in signed.rows]
    assert roles == [
        ["Pour Partenaire A", "Pour Partenaire B"], ["Pour Partenaire C", "Pour Partenaire D"],
        ["Pour Partenaire E", ""],
    ]  # fmt: skip
    made = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Fait à"))
    assert made.paragraph_format.keep_with_next
    assert all(line.paragraph_format.keep_with_next for line in signed.cell(0, 0).paragraphs)
    assert not any(line.paragraph_format.keep_with_next for line in signed.cell(2, 0).paragraphs)


def test_what_announces_something_stays_with_it() -> None:
    assert announces("En cas de désaccord :", "fr")
    assert not announces("Fait en deux exemplaires.", "fr")


def test_what_is_for_the_person_alone_is_told_beside_the_paper(papers: Papers, words_of: Read) -> None:
    letter = papers["don-de-jours-lettre"]
    told = {text_of(heading, "fr"): [text_of(line, "fr") for line in lines] for heading, lines in beside([letter])}
    assert any("confirmé par écrit" in line for line in told["À vérifier avant de signer"])
    assert any("Aucune réduction d’impôt" in line for line in told["À savoir, et à qui demander"])
    text = words_of(letter)
    assert "À vérifier avant de signer" not in text
    assert "Aucune réduction" not in text


def test_what_two_papers_say_alike_is_told_once(papers: Papers) -> None:
    letter, answer = papers["don-de-jours-lettre"], papers["don-de-jours-reponse"]
    texts = next(lines for heading, lines in beside([letter, answer]) if heading.message == "Texts")
    said = [text_of(line, "fr") for line in texts]
    assert len(said) == len(set(said))


def test_a_reading_copy_is_translated_and_says_that_it_is_not_to_be_signed(papers: Papers, words_of: Read) -> None:
    copy = papers["mecenat-de-competences-convention"].reading_copy("en")
    text = words_of(copy)
    assert "The paper to sign and send is the French one" in text
    assert "Refusing cannot be punished" in text
    assert copy.name == "mecenat-de-competences-convention-en"


def test_the_pages_of_a_long_paper_are_numbered(papers: Papers, pdf_text: Read) -> None:
    convention = papers["mecenat-convention"]
    assert pages(convention.pdf()) == 2
    assert re.search(r"2 ?/ ?2\n", pdf_text(convention))
    letter = papers["don-de-jours-lettre"]
    assert pages(letter.pdf()) == 1
    assert not re.search(r"\d ?/ ?\d\n", pdf_text(letter))
