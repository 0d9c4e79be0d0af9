"""Words as people say them lead to one idea."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.causes import CAUSES, OTHER, cause_words
from bot.catalogue.folding import fold, place_key, stem, stems
from bot.catalogue.synonyms import Synonyms
from bot.word_lists import LEXICON

SYNONYMS = Synonyms()


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("toutous", "chiens"),
        ("papis et mamies", "personnes âgées"),
        ("SDF", "sans-abri"),
        ("REFUGIES", "réfugié"),
        ("homeless", "personnes à la rue"),
        ("aide aux devoirs", "soutien scolaire"),
    ],
)
def test_two_ways_to_say_it_are_one_idea(said: str, same: str) -> None:
    assert [idea.word for idea in SYNONYMS.ideas(said)] == [idea.word for idea in SYNONYMS.ideas(same)]


def test_a_sentence_gives_what_it_is_about_and_nothing_else() -> None:
    ideas = SYNONYMS.ideas("Bonjour, je voudrais aider des toutous ou faire une maraude le samedi soir svp")
    assert [idea.said for idea in ideas] == ["toutous", "maraude"]
    assert [idea.cause for idea in ideas] == ["animals", "solidarity"]


@pytest.mark.parametrize("text", ["compter les oiseaux", "un jour dans la rue", "besoin de compagnie"])
def test_an_ordinary_word_is_not_taken_for_an_idea(text: str) -> None:
    said = {idea.said for idea in SYNONYMS.ideas(text)}
    assert not said & {"comptabilité", "précarité", "événement"}


def test_a_word_of_no_group_is_an_idea_by_itself() -> None:
    (idea,) = SYNONYMS.ideas("échecs")
    assert (idea.said, idea.cause) == ("échecs", "")
    assert idea.word in SYNONYMS.indexed("Club d’échecs du quartier").split()


def test_what_is_typed_without_accents_finds_what_has_them() -> None:
    (idea,) = SYNONYMS.ideas("mediatheque")
    assert idea.word in SYNONYMS.indexed("Une médiathèque").split()


def test_a_shelter_for_animals_is_no_refugee_with_or_without_accents() -> None:
    assert [idea.cause for idea in SYNONYMS.ideas("les réfugiés, des refugies, un refugie")] == ["refugees"]
    assert all(idea.cause != "refugees" for idea in SYNONYMS.ideas("aider dans un refuge, les refuges"))
    searched = SYNONYMS.ideas("refuge")[0].word
    assert searched in SYNONYMS.indexed("Promener les chiens du refuge").split()
    assert searched not in SYNONYMS.indexed("Accueillir des réfugiés").split()


def test_every_cause_is_named_as_such_and_has_words_in_french_and_english() -> None:
    named = {word.cause for word in cause_words() if word.is_whole_cause and word.names_cause}
    assert named == set(CAUSES) - {OTHER}
    for language in ("fr", "en"):
        tables = tomllib.loads((LEXICON / language / "causes.toml").read_text(encoding="utf-8"))
        assert named <= set(tables)


@settings(deadline=None)  # other work may share the machine
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    for idea in SYNONYMS.ideas(text):
        assert idea.word.isascii()
        assert idea.word.isalnum()
    assert SYNONYMS.indexed(text).isascii()
    assert all(stems(text))
    assert fold(fold(text)) == fold(text)
    assert place_key(place_key(text)) == place_key(text)


@settings(deadline=None)  # other work may share the machine
@given(st.text(max_size=40))
def test_a_stem_is_one_word_of_plain_letters(word: str) -> None:
    assert stem(word).isalnum() or stem(word) == ""


def test_what_was_said_is_shown_in_the_language_it_was_said_in() -> None:
    assert [idea.said for idea in SYNONYMS.ideas("animals")] == ["animals"]
    assert [idea.said for idea in SYNONYMS.ideas("animaux")] == ["animaux"]
    assert [idea.said for idea in SYNONYMS.ideas("personnes agees")] == ["personnes âgées"]
