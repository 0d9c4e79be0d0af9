"""Who speaks is heard where it is said of oneself, and only there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.speakers import NOBODY, SPEAKERS, read_speaker


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("je suis fonctionnaire", "public_agent"),
        ("Fonctionnaire, puis-je être bénévole ?", "public_agent"),
        ("je suis agent territorial, j'ai des jours à donner", "public_agent"),
        ("je travaille à la mairie de Pau", "public_agent"),
        ("je suis cadre à l'hôpital", "public_agent"),
        ("I'm a civil servant, can I volunteer?", "public_agent"),
        ("on est une SARL", "firm"),
        ("j'ai une SARL", "firm"),
        ("je suis président d'une SAS", "firm"),
        ("Chef d'entreprise, je veux donner du matériel", "firm"),
        ("Je suis auto-entrepreneuse : je donne avec mon compte pro ou perso ?", "firm"),
        ("I run a bakery in Nantes", "firm"),
        ("présidente d'une petite asso", "association"),
        ("je suis président d'une association et j'aimerais trouver un webmaster", "association"),
        ("je suis directrice d'une association", "association"),
        ("je préside un club de judo", "association"),
        ("je suis le trésorier de l'amicale du village", "association"),
        ("Petite asso de quartier ici, on cherche un comptable", "association"),
        ("we're a small charity in Lyon", "association"),
        ("treasurer of a small club here", "association"),
        ("DRH", "hr"),
        ("As HR manager of a 40 people firm, what do I need?", "hr"),
        ("je suis maire d'une commune de 800 habitants", "authority"),
        ("élu local, je cherche des partenaires", "authority"),
        ("on est la communauté de communes du Grand Figeac", "authority"),
        ("Mairie de Figeac, nous voudrions aider nos assos", "authority"),
        ("je bosse chez Renault", "employee"),
        ("je suis salarié d'une association", "employee"),
        ("je suis bénévole aux restos", "volunteer"),
        ("je suis un particulier", "household"),
        ("je suis salariée et trésorière d'un club", "employee association"),
    ],
)
def test_what_one_says_to_be_is_declared(text: str, speakers: str) -> None:
    assert read_speaker(text)[:2] == (tuple(speakers.split()), True)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("mon employeur refuse", "employee"),
        ("notre asso cherche des bras", "association"),
        ("nos salariés veulent aider", "hr"),
        ("nous déclarons ensemble", "household"),
        ("mairie", "authority"),
        ("une entreprise", "firm"),
    ],
)
def test_signs_of_who_speaks_are_no_declaration(text: str, speaker: str) -> None:
    assert read_speaker(text)[:2] == ((speaker,), False)


@pytest.mark.parametrize(
    "text",
    [
        "ma femme est fonctionnaire",
        "mon mari est patron d'un resto",
        "je ne suis pas salarié",
        "je suis plus salarié",
        "qui est le président de la SPA ?",
        "les salariés peuvent donner ?",
        "est-ce qu'une association peut faire payer ?",
        "une association pour les sans-abri à Marseille",
        "la ville de Lyon",
        "ma boîte propose l'arrondi",
        "je veux être bénévole",
        "bénévole à Lyon",
        "on est deux dans la boîte",
        "don de particulier ou d'entreprise ?",
        "moi je suis retraité",
        "can a company give?",
    ],
)
def test_what_is_said_of_others_tells_nothing(text: str) -> None:
    assert read_speaker(text) == NOBODY


@pytest.mark.parametrize(
    ("text", "is_all"),
    [
        ("je suis fonctionnaire", True),
        ("bonjour, je suis présidente du club de judo d'Aurillac", True),
        ("we're a small charity in Lyon", True),
        ("Fonctionnaire, puis-je être bénévole ?", False),
        ("je suis président d'une association et j'aimerais trouver un webmaster", False),
        ("Chef d'entreprise, je veux donner du matériel", False),
    ],
)
def test_that_who_speaks_is_all_that_is_said_is_known(text: str, is_all: bool) -> None:
    assert read_speaker(text).alone is is_all


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert set(read_speaker(text).speakers) <= set(SPEAKERS)


async def test_who_speaks_is_kept_until_it_is_contradicted(person: Callable[..., object]) -> None:
    somebody = person()

    async def speakers(text: str) -> object:
        await somebody.say(text)
        return somebody.last.facts.get("speaker")

    assert await speakers("je suis trésorière d'une petite association") == "association"
    assert await speakers("mon employeur peut refuser ?") == "association"
    assert await speakers("et qui signe le reçu ?") == "association"
    assert await speakers("en fait je suis salarié d'une SARL") == "employee"
