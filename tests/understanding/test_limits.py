"""What people say they can or cannot do, in many registers; and what is said of those they would help is none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.limits import is_limit, read_limits


@pytest.mark.parametrize(
    ("said", "limits"),
    [
        ("j'ai pas de voiture", ["no_car"]),
        ("je n’ai plus le permis, vers Gap", ["no_car"]),
        ("I don't drive", ["no_car"]),
        ("uniquement en transports en commun", ["no_car"]),
        ("je suis en fauteuil roulant à Pau", ["wheelchair"]),
        ("I'm in a wheelchair", ["wheelchair"]),
        ("j'ai le dos en compote, un truc assis", ["seated"]),
        ("j’ai mal au dos", ["seated"]),
        ("nothing physical please, I've a bad back", ["seated"]),
        ("je suis malentendante", ["deaf"]),
        ("je vois mal", ["blind"]),
        ("je suis très timide", ["quiet"]),
        ("sans contact avec le public", ["quiet"]),
        ("I'm quite shy", ["quiet"]),
        ("mon français est basique", ["beginner_french"]),
        ("my French is really basic", ["beginner_french"]),
        ("une heure par mois", ["rarely"]),
        ("juste une fois pour essayer", ["once"]),
        ("avec ma fille de 8 ans", ["with_child:8"]),
        ("with my 9-year-old son", ["with_child:9"]),
        ("on est 12 collègues à Lyon", ["group:12"]),
        ("j'ai 14 ans et j'aime les chiens", ["age:14"]),
        ("lycéenne de 16 ans", ["age:16"]),
        ("I'm 16 and I love dogs", ["age:16"]),
        ("quelque chose dès 14 ans", ["age:14"]),
        ("je viens seul", ["alone"]),
        ("I would come on my own", ["alone"]),
        ("sans voiture, timide, avec mon fils de 10 ans", ["no_car", "with_child:10"]),
    ],
)
def test_what_somebody_can_or_cannot_do_is_read(said: str, limits: list[str]) -> None:
    assert read_limits(said) == limits


@pytest.mark.parametrize(
    "said",
    [
        "accompagner des personnes en fauteuil roulant",
        "aider des enfants de 8 ans à lire",
        "une fois par semaine",
        "des ados de 15 ans en difficulté",
        "j'ai une voiture",
        "donner des cours de français",
        "je suis infirmière, libre le samedi",
        "there are homeless people in my street",
    ],
)
def test_what_is_said_of_others_or_is_no_limit_is_not(said: str) -> None:
    assert read_limits(said) == []


@given(st.text(max_size=200))
def test_any_text_gives_limits_that_are_known_each_once(text: str) -> None:
    found = read_limits(text)
    assert all(map(is_limit, found))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("value", ["with_child", "group:", "group:1234", "no_bike", "", 3, None])
def test_what_no_reader_gives_is_no_limit(value: object) -> None:
    assert not is_limit(value)
