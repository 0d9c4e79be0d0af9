"""Who people mean, and what may honestly be said about the gifts they make."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue.causes import CAUSES
from bot.catalogue.organisations import Organisations, kind_for_estimate, may_say

ORGANISATIONS = Organisations()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MSF", "msf-france"),
        ("medecin sans frontiere", "msf-france"),
        ("les restos", "restos-du-coeur"),
        ("Restos du cœur", "restos-du-coeur"),
        ("la SPA", "spa"),
        ("croix rouge", "croix-rouge"),
        ("secour catolique", "secours-catholique"),
        ("Fondation Abbé Pierre", "fondation-logement"),
        ("quart monde", "atd"),
        ("greenpece", "greenpeace"),
        ("l'association La Cloche", "la-cloche"),
        ("la Croix-Rouge française", "croix-rouge"),
    ],
)
def test_a_body_is_known_by_the_names_people_give_it(text: str, found: str) -> None:
    assert ORGANISATIONS.find(text)[0].organisation.id == found


def test_a_guessed_spelling_says_so() -> None:
    assert ORGANISATIONS.find("greenpece")[0].exact is False
    assert ORGANISATIONS.find("Greenpeace")[0].exact is True


@pytest.mark.parametrize("text", ["", "Aide aux Policiers", "xx", "🙂", "association", "a" * 5000])
def test_an_unknown_body_is_not_mistaken_for_another(text: str) -> None:
    assert ORGANISATIONS.find(text) == []


def named(sentence: str) -> list[str]:
    return [match.organisation.id for match in ORGANISATIONS.scan(sentence.split()) if match.sure]


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("si je donne 300 € aux Restos du Cœur et à l'UNICEF", ["restos-du-coeur", "unicef-france"]),
        ("35€/mois action contre la faim", ["action-contre-la-faim"]),
        ("je cherche des aides pour mes voisins", []),
        ("je donne à AIDES", ["aides"]),
        ("je donne à l'association la cloche", ["la-cloche"]),
        ("la cloche de l'église sonne", []),
        ("depuis mon téléphone", []),
        ("mon entourage et les pompiers", []),
        ("j'ai un refuge et des animaux", []),
    ],
)
def test_bodies_are_found_in_a_sentence_and_ordinary_words_are_left_alone(sentence: str, ids: list[str]) -> None:
    assert named(sentence) == ids


def test_a_match_says_where_it_stands_in_the_sentence() -> None:
    (match,) = ORGANISATIONS.scan(["donner", "au", "secours", "populaire", "demain"])
    assert (match.start, match.end, match.text) == (2, 4, "secours populaire")


def test_the_raised_rate_is_computed_only_where_a_sound_source_states_it() -> None:
    for one in ORGANISATIONS.all():
        kind = kind_for_estimate(one)
        assert (kind == "coluche") == (one.regime == "75" and one.confidence in ("high", "medium")), one.id
        assert (kind == "none") == (one.regime == "none"), one.id


def test_a_rate_is_never_asserted_without_its_source_and_its_day() -> None:
    for one in ORGANISATIONS.all():
        if one.standing in ("raised", "ordinary"):
            assert one.regime_source, one.id
            assert one.regime_checked is not None, one.id
            assert one.regime_checked <= datetime.datetime.now(datetime.UTC).date(), one.id
            assert {"source", "day"} <= set(may_say(one).values), one.id
        else:
            assert "rate for" not in str(may_say(one)) or "may have" in str(may_say(one)), one.id


def test_an_investment_is_not_called_a_gift() -> None:
    solifap = ORGANISATIONS.by_id("solifap")
    assert solifap is not None
    assert "not a gift" in str(may_say(solifap))


def test_every_row_is_complete() -> None:
    for one in ORGANISATIONS.all():
        assert one.about_fr.endswith("."), one.id
        assert one.about_en.endswith("."), one.id
        assert set(one.causes) <= set(CAUSES), one.id
        assert one.regime in ("75", "66", "75?", "66?", "unknown", "none"), one.id
        assert one.site == "" or one.site.startswith("http"), one.id


def test_a_siren_that_is_given_has_a_valid_key() -> None:
    for one in ORGANISATIONS.all():
        if one.identifier_type == "SIREN":
            digits = [int(digit) * (1 + at % 2) for at, digit in enumerate(one.identifier)]
            assert sum(digit // 10 + digit % 10 for digit in digits) % 10 == 0, one.id


def test_the_bodies_of_a_cause_and_those_like_another() -> None:
    animals = [one.id for one in ORGANISATIONS.for_cause("animals")]
    assert "spa" in animals[:3]
    spa = ORGANISATIONS.by_id("spa")
    assert spa is not None
    assert all("animals" in one.causes for one in ORGANISATIONS.like(spa))
    assert ORGANISATIONS.for_cause("nothing") == []


@settings(deadline=None)  # other work may share the machine
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    ORGANISATIONS.find(text)
    ORGANISATIONS.scan(text.split())


@pytest.mark.parametrize("name", ["ANDES", "Adie", "AIDES"])
def test_a_short_name_after_the_word_association_is_not_taken_for_another(name: str) -> None:
    found = Organisations().scan(f"je donne à l'association {name}".split())
    assert [match.organisation.short for match in found if match.sure] == [name]
