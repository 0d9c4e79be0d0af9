"""Yes, no, "I don't know", and taking something back."""

from __future__ import annotations

import pytest

from bot.understanding.answers import read_skip, read_yes_no, unsure_in
from bot.understanding.corrections import is_correction, replaced

YES = (
    "oui|ouais|ok|vas-y|d'accord|carrément|volontiers|oui merci|je veux bien|pourquoi pas|pas de souci|oui, à Lyon|👍"
    "|yes|yep|sure|yes please|go ahead|ja|sí|bah oui|OUI !!"
)
NO = (
    "non|nan|non merci|pas maintenant|bof|oui mais non|sans façon|no|no thanks|nope|not now|laisse tomber|pas vraiment"
    "|nein|👎"
)
NEITHER = (
    "je ne sais pas|peut-être|c'est quoi le plafond|si je donne 300|please tell me the ceiling|ça dépend|Lyon|"
    "|500|merci"
)


@pytest.mark.parametrize("text", YES.split("|"))
def test_people_say_yes_in_many_ways(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", NO.split("|"))
def test_people_say_no_in_many_ways(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", NEITHER.split("|"))
def test_what_is_neither_yes_nor_no(text: str) -> None:
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    "text",
    ["je ne sais pas", "passe", "aucune idée", "peu importe", "skip", "dunno", "I don't know", "euh je sais pas trop"],
)
def test_passing_on_a_question(text: str) -> None:
    assert read_skip(text)


@pytest.mark.parametrize(
    "text", ["300", "je passe un diplôme de secouriste en ce moment, ça compte ?", "oui", "Lyon", ""]
)
def test_an_answer_is_no_skip(text: str) -> None:
    assert not read_skip(text)


@pytest.mark.parametrize(
    ("text", "refused", "replacement"),
    [
        ("non, en fait 500", None, "500"),
        ("pas Lyon, Villeurbanne", "Lyon", "Villeurbanne"),
        ("finalement 200", None, "200"),
        ("je voulais dire 300", None, "300"),
        ("pardon 400", None, "400"),
        ("plutôt 600", None, "600"),
        ("non 500", None, "500"),
        ("500, pas 300", "300", "500"),
        ("c'est pas 300 c'est 500", "300", "500"),
        ("au lieu de 300 mets 500", "300", "500"),
        ("Lyon plutôt que Paris", "Paris", "Lyon"),
        ("actually 500", None, "500"),
        ("I meant Lyon", None, "Lyon"),
        ("make that 500", None, "500"),
        ("not Paris but Lyon", "Paris", "Lyon"),
        ("oups 50 €", None, "50 €"),
    ],
)
def test_a_correction_says_what_takes_the_place_of_what(text: str, refused: str | None, replacement: str) -> None:
    assert is_correction(text, "fr")
    assert replaced(text) == (refused, replacement)


@pytest.mark.parametrize(
    "text",
    [
        "non",
        "non merci",
        "500",
        "pardon ?",
        "sorry, how does it work",
        "je cherche plutôt le week-end",
        "pas maintenant",
        "pas mal",
        "rather not",
        "",
    ],
)
def test_what_takes_nothing_back(text: str) -> None:
    assert not is_correction(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jveux aider mais jsp ou", (3, 5)),
        ("je ne sais pas encore, mais avec des enfants", (0, 5)),
        ("je sais pas cuisiner", None),
        ("idk where yet", (0, 2)),
    ],
)
def test_what_is_not_known_is_told_from_what_one_cannot_do(text: str, words: tuple[int, int] | None) -> None:
    assert unsure_in(text) == ([words] if words else [])
