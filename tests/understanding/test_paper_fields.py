"""What goes on a paper, told in any order; remarks, questions and courtesies are no names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.paper_fields import Wanted, gives_leave, read_fields, read_pieces, recipient_as_typed

TODAY = date(2026, 11, 30)
LETTER = (
    Wanted("person", "person"),
    Wanted("company", "company"),
    Wanted("body", "body"),
    Wanted("post", "post"),
    Wanted("staff_number", "number"),
    Wanted("address", "address"),
    Wanted("recipient", "recipient"),
    Wanted("starts", "date"),
)
AGREEMENT = (
    Wanted("company", "company"),
    Wanted("body", "body"),
    Wanted("person", "person"),
    Wanted("post", "post"),
    Wanted("tasks", "words"),
    Wanted("starts", "date"),
)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "je m'appelle Noam Fictif et je bosse chez Imprimerie Fictive",
            {"person": "Noam Fictif", "company": "Imprimerie Fictive"},
        ),
        (
            "je suis Julie Martin, comptable chez Imprimerie Fictive, matricule A4512",
            {"person": "Julie Martin", "post": "comptable", "company": "Imprimerie Fictive", "staff_number": "A4512"},
        ),
        ("Employeur : imprimerie fictive\nPoste : graphiste", {"company": "imprimerie fictive", "post": "graphiste"}),
        ("My name is Ann Lee and I work for Acme Ltd", {"person": "Ann Lee", "company": "Acme Ltd"}),
        ("j'habite au 12 rue des Lilas, 35000 Rennes", {"address": "12 rue des Lilas, 35000 Rennes"}),
        ("notre société Dupont & Fils, SIREN 552 100 554", {"company": "Dupont & Fils", "siren": "552 100 554"}),
        ("la SARL Dupont prête notre comptable", {"company": "SARL Dupont", "post": "comptable"}),
        ("we lend our engineer Ann Lee", {"person": "Ann Lee", "post": "engineer"}),
        ("à l'attention de Mme Roux, DRH", {"recipient": "Mme Roux, DRH"}),
        ("mon entreprise Menuiserie Lebrun donne 4000 €", {"company": "Menuiserie Lebrun"}),
        ("ma société Lebrun (SIREN 552 100 554) veut aider", {"company": "Lebrun", "siren": "552 100 554"}),
        ("mon employeur est d'accord", {}),
        ("lettre à mon employeur : 2 jours de congés à donner", {}),
        ("je travaille chez moi", {}),
        ("je suis à 80 %", {}),
        ("je voudrais donner chez Emmaüs", {}),
    ],
)
def test_what_says_itself_what_it_is(text: str, fields: dict[str, str]) -> None:
    assert read_fields(text, TODAY) == fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Noam Fictif", {"person": "Noam Fictif"}),
        ("noam fictif", {"person": "noam fictif"}),
        ("Jean-Pierre D'Almeida", {"person": "Jean-Pierre D'Almeida"}),
        ("Imprimerie Fictive", {"company": "Imprimerie Fictive"}),
        (
            "Noam Fictif, Imprimerie Fictive, L'Étape d'Ys",
            {"person": "Noam Fictif", "company": "Imprimerie Fictive", "body": "L'Étape d'Ys"},
        ),
        ("SARL Dupont, Noam Fictif", {"company": "SARL Dupont", "person": "Noam Fictif"}),
        (
            "Noam Fictif, comptable chez Imprimerie Fictive, 12 rue des Lilas, 35000 Rennes",
            {
                "person": "Noam Fictif",
                "post": "comptable",
                "company": "Imprimerie Fictive",
                "address": "12 rue des Lilas, 35000 Rennes",
            },
        ),
        (
            "Nadia Benali\nAteliers Marchand\nmatricule 778\n12 janvier 2027",
            {
                "person": "Nadia Benali",
                "company": "Ateliers Marchand",
                "staff_number": "778",
                "starts": "2027-01-12",
            },
        ),
        ("Mme Roux, DRH", {"recipient": "Mme Roux, DRH"}),
    ],
)
def test_pieces_in_any_order_fill_the_letter(text: str, fields: dict[str, str]) -> None:
    assert read_pieces(text, LETTER, TODAY) == fields


def test_the_agreement_takes_tasks_and_a_first_day() -> None:
    said = "Ateliers Marchand, Épicerie solidaire du Val, Julie Martin, comptable, tenir les comptes, dès le 4 janvier"
    assert read_pieces(said, AGREEMENT, TODAY) == {
        "company": "Ateliers Marchand",
        "body": "Épicerie solidaire du Val",
        "person": "Julie Martin",
        "post": "comptable",
        "tasks": "tenir les comptes",
        "starts": "2027-01-04",
    }


def test_what_says_its_name_is_taken_though_it_does_not_wait() -> None:
    assert read_pieces("en fait mon nom est Noam Durand", LETTER[1:], TODAY) == {"person": "Noam Durand"}


@pytest.mark.parametrize(
    "text",
    [
        "c'est bon, donne le document",
        "pourquoi tu veux mon nom",
        "c'est obligatoire ?",
        "merci beaucoup",
        "je comprends pas",
        "attends",
        "je peux le faire à la main",
        "envoie-moi la lettre",
        "is this binding?",
        "that's enough, give me the letter",
    ],
)
def test_a_remark_or_a_question_is_no_name(text: str) -> None:
    assert read_pieces(text, LETTER, TODAY) == {}
    assert read_pieces(text, AGREEMENT, TODAY) == {}


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("c'est bon, donne le document", True),
        ("telle quelle", True),
        ("passer", True),
        ("that's all", True),
        ("non", True),
        ("Noam Fictif", False),
        ("c'est obligatoire ?", False),
        ("j'ai changé d'employeur", False),
    ],
)
def test_the_paper_may_be_wanted_as_it_is(text: str, leave: bool) -> None:
    assert gives_leave(text) is leave


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_no_field_is_empty(text: str) -> None:
    for fields in (read_fields(text, TODAY), read_pieces(text, LETTER, TODAY)):
        assert all(value.strip() and len(value) <= 200 for value in fields.values())
    gives_leave(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("on donne 4000 € à l'Épicerie solidaire du Val", "Épicerie solidaire du Val"),
        ("2 RTT aux Amis du Vieux-Port", "Amis du Vieux-Port"),
        ("500 € au profit de la Ligue contre le Cancer cette année", "Ligue contre le Cancer"),
        ("1000 € à la Maison des Enfants de Gap chaque mois", "Maison des Enfants de Gap"),
        ("on est à l'IS à 15 %", ""),
        ("un don pour la Toussaint", ""),
        ("je suis à la Réunion", ""),
        ("pour la rénovation du local", ""),
    ],
)
def test_the_body_that_something_is_for_is_read_as_it_was_typed(text: str, name: str) -> None:
    assert recipient_as_typed(text) == name


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "Ada Roux, je suis comptable, elle va tenir les comptes",
            {"person": "Ada Roux", "post": "comptable", "tasks": "tenir les comptes"},
        ),
        ("pour la rénovation du local", {"tasks": "la rénovation du local"}),
        ("je suis d'accord", {}),
        ("je ne sais pas encore qui signe", {}),
    ],
)
def test_pieces_of_an_agreement(text: str, fields: dict[str, str]) -> None:
    assert read_pieces(text, AGREEMENT[2:], TODAY) == fields
