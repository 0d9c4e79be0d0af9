"""Word lists as data: read in every language together, and refused with a sentence that says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import LEXICON, WordListError, WordLists, languages

FRENCH = """
# Days
known = "été, Noël"
none = ""

[days]
saturday = "samedi"
sunday = "dimanche, le {jour|} du seigneur"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "fr", "days", FRENCH)
    return tmp_path


def write(folder: Path, language: str, subject: str, text: str) -> None:
    path = folder / language / f"{subject}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def refusal(folder: Path, use: str = "known") -> str:
    def read() -> None:
        lists = WordLists("days", folder)
        lists.words(use)
        lists.groups("days", {"saturday": 5, "sunday": 6})

    with pytest.raises(WordListError) as refused:
        read()
    return str(refused.value)


def test_languages_are_read_together(folder: Path) -> None:
    write(folder, "it", "days", 'known = "estate"\n[days]\nsunday = "domenica"\n')
    lists = WordLists("days", folder)
    assert lists.words("known") == {"ete", "noel", "estate"}
    assert lists.words_by_language("known")["it"] == {"estate"}
    assert lists.words("none") == frozenset()
    days = Lexicon(lists.groups("days", {"saturday": 5, "sunday": 6}))
    told = [days.first(Sentence(text)) for text in ("libre samedi", "domenica mattina", "le jour du seigneur", "lundi")]
    assert [found and found.value for found in told] == [5, 6, 6, None]


def test_of_two_meanings_of_a_phrase_the_first_holds_in_every_language(folder: Path) -> None:
    write(folder, "en", "days", '[days]\nsaturday = "dimanche"\n')
    lists = WordLists("days", folder)
    found = Lexicon(lists.groups("days", {"saturday": 5, "sunday": 6})).first(Sentence("dimanche"))
    assert found is not None
    assert found.value == 5


def test_words_are_looked_up_by_what_they_mean(folder: Path) -> None:
    write(folder, "es", "days", '[days]\nsaturday = "sábado"\n')
    lists = WordLists("days", folder)
    assert lists.by_name("days") == {"saturday": ["samedi", "sábado"], "sunday": ["dimanche", "le {jour|} du seigneur"]}
    assert lists.meanings("days", {"saturday": 5, "sunday": 6})["sabado"] == 5


def test_a_table_of_names_has_names_of_its_own_in_every_language(folder: Path) -> None:
    write(folder, "fr", "names", '[known]\n"Croix-Rouge" = "la croix rouge"\n')
    write(folder, "es", "names", '[known]\n"Cruz Roja" = "cruz roja"\n')
    lists = WordLists("names", folder)
    assert lists.named("known") == [("la croix rouge", "Croix-Rouge"), ("cruz roja", "Cruz Roja")]
    assert lists.standing_for("known")["cruz roja"] == "Cruz Roja"


def test_a_language_without_a_subject_has_no_words_of_it(folder: Path) -> None:
    write(folder, "fr", "thanks", 'thanks = "merci"')
    write(folder, "pl", "thanks", 'thanks = "dziękuję"')
    assert languages(folder) == ("fr", "pl")
    assert WordLists("days", folder).words("known") == {"ete", "noel"}
    assert WordLists("thanks", folder).words("thanks") == {"merci", "dziekuje"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('unknown = "x"', "“unknown” is no list of"),
        ('[days]\nmonday = "lunes"', "“days.monday” is no meaning"),
        ('days = "lunes"', "“days” is not of the kind"),
        ("known = 3", "“known” is neither a text nor a table"),
        ("[days]\nsunday = 3", "“days.sunday” is no text"),
        ('known = "fin de semana"', "holds “fin de semana”"),
        ('known = "verano', "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_file(folder: Path, text: str, named: str) -> None:
    write(folder, "es", "days", text)
    said = refusal(folder)
    assert str(folder / "es" / "days.toml") in said
    assert named in said
    assert "\n" not in said


def test_a_file_about_no_subject_is_refused(folder: Path) -> None:
    write(folder, "es", "deys", 'known = "verano"')
    assert "deys.toml is about no subject" in refusal(folder)


def test_a_list_that_french_lacks_is_missing(folder: Path) -> None:
    assert "“unasked” is missing" in refusal(folder, use="unasked")
    (folder / "fr" / "days.toml").unlink()
    assert "days.toml is missing" in refusal(folder)


def test_every_subject_of_the_project_can_be_read_in_every_language() -> None:
    for path in (LEXICON / "fr").glob("*.toml"):
        assert WordLists(path.stem).subject == path.stem
    assert {"fr", "en", "es", "it", "de", "pt"} <= set(languages())
