"""A question about a mission is answered by a sentence of its announcement, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.announcement import MATTERS, Announcement, speaks_of
from bot.catalogue.mission import Mission

TANDEM = Mission(
    id="essai:tandem",
    source="essai",
    title="Pédaler en tandem avec une personne aveugle",
    organisation="Deux Selles",
    url="https://example.org",
    text=(
        "Sorties d’une quarantaine de kilomètres autour du lac. Tandem et casque prêtés. Rendez-vous devant la gare "
        "routière. Dès 18 ans. Pause au café à mi-parcours. M. Duval forme les nouveaux. Demandez Inès, tél. 04 00."
    ),
    text_en=(
        "Rides of some forty kilometres around the lake. Tandem and helmet lent. Meet in front of the bus station. "
        "From 18. A coffee half-way. Newcomers are trained. Ask for Inès."
    ),
)


@pytest.mark.parametrize(
    ("question", "matter", "sentence"),
    [
        ("faut venir avec son casque ?", "bring", "Tandem et casque prêtés."),
        ("on roule combien de bornes ?", "detail", "Sorties d’une quarantaine de kilomètres autour du lac."),
        ("c'est où ?", "where", "Rendez-vous devant la gare routière."),
        ("y a un âge minimum", "age", "Dès 18 ans."),
        ("on boit un coup ?", "bring", None),
        ("on prend un café ?", "", "Pause au café à mi-parcours."),
        ("ils ont des chiens ?", "detail", None),
        ("y a une formation ?", "training", "M. Duval forme les nouveaux."),
        ("je demande qui ?", "contact", "Demandez Inès, tél. 04 00."),
        ("un cask ?", "bring", None),
        ("une quarentaine, vraiment ?", "", "Sorties d’une quarantaine de kilomètres autour du lac."),
    ],
)
def test_the_sentence_on_what_is_asked_answers(question: str, matter: str, sentence: str | None) -> None:
    told = Announcement(TANDEM, "fr").answer(question, matter)
    assert (told.sentence if told else None) == sentence


@pytest.mark.parametrize(
    ("question", "matter", "sentence"),
    [
        ("do I need my own helmet?", "bring", "Tandem and helmet lent."),
        ("will they train me?", "training", "Newcomers are trained."),
        ("where do we meet?", "where", "Meet in front of the bus station."),
        ("is there a dog?", "detail", None),
    ],
)
def test_in_english_the_english_text_answers(question: str, matter: str, sentence: str | None) -> None:
    told = Announcement(TANDEM, "en").answer(question, matter)
    assert (told.sentence if told else None) == sentence


def test_what_holds_the_very_thing_is_told_from_what_is_on_the_matter() -> None:
    announcement = Announcement(TANDEM, "fr")
    helmet, where = announcement.answer("et le casque ?", "bring"), announcement.answer("c'est où ?", "where")
    assert helmet is not None
    assert helmet.special
    assert where is not None
    assert not where.special


def test_a_question_speaks_of_a_matter_where_it_has_a_word_of_it_or_no_other() -> None:
    assert speaks_of("y a une formation ?", "training")
    assert speaks_of("et alors ?", "training")
    assert not speaks_of("je peux venir avec mon perroquet ?", "training")


@given(st.text(max_size=300), st.text(max_size=200), st.sampled_from(("", *MATTERS)))
def test_any_text_and_any_question_give_a_sentence_of_the_text_or_none(text: str, question: str, matter: str) -> None:
    mission = Mission(id="a:b", source="a", title="T", organisation="O", url="https://example.org", text=text)
    told = Announcement(mission, "fr").answer(question, matter)
    if told is not None:
        assert told.sentence.rstrip("…").split()[0] in text
