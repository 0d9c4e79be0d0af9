"""What is kept of a message that was not understood holds nothing that could tell who wrote it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.known import gazetteer, known_organisations
from bot.understanding.masking import LONGEST, masked
from bot.understanding.sentence import fold

ADDRESS = re.compile(r"[^\s]+@[^\s]+|https?://|www\.|\w\.(?:fr|com|org|net)\b")

FRAMES = st.sampled_from(
    [
        "{}",
        "bonjour {}",
        "je m'appelle {} et je voudrais aider",
        "mon voisin {} est malade, que faire ?",
        "my friend {} needs help",
        "écrivez à {} merci",
        "{} ? {} !",
        "donner à {} ou pas, c'est {}",
    ]
)
NAMES = st.sampled_from(
    [
        "Sophie", "Kevin Durand", "Mme Lefebvre", "Jean-Baptiste", "O'Connor", "Nguyen", "Fatima Zahra",
        "Dupont-Moretti", "Ousmane", "Łukasz", "Björk", "josiane", "mouloud", "thibault", "lefebvre", "zinedine",
    ]
)  # fmt: skip
MAILS = st.emails()
PHONES = st.sampled_from(["06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "06.12.34.56.78", "(01) 45-67-89-10"])
NUMBERS = st.one_of(st.integers(0, 10**12).map(str), st.decimals(0, 10**6, places=2).map(str))
IBANS = st.sampled_from(["FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189", "DE89370400440532013000"])
TOWNS = st.sampled_from(sorted(name for name in gazetteer().gazetteer.large if len(name) > 6))
BODIES = st.sampled_from(sorted(one.short for one in known_organisations().all() if len(one.short) > 4))


@given(FRAMES, st.one_of(MAILS, PHONES, NUMBERS, IBANS))
def test_no_digit_and_no_address_survives(frame: str, secret: str) -> None:
    kept = masked(frame.replace("{}", secret))
    assert not re.search(r"\d", kept)
    assert not ADDRESS.search(kept)


@given(FRAMES, NAMES)
def test_no_name_survives_capital_or_not(frame: str, name: str) -> None:
    kept = set(re.findall(r"[^\W\d_]+", masked(frame.replace("{}", name))))
    for part in re.findall(r"[^\W\d_]{3,}", fold(name)):
        assert part not in kept or part == "mme"


@given(FRAMES, TOWNS)
def test_no_town_survives_its_capital(frame: str, town: str) -> None:
    kept = masked(frame.replace("{}", f"à {town.title()}"))
    assert town not in kept


@given(FRAMES, BODIES)
def test_no_body_survives(frame: str, body: str) -> None:
    assert fold(body) not in masked(frame.replace("{}", body)).replace(" ' ", "'")


@given(st.text(st.characters(exclude_categories=()), max_size=700))
def test_anything_at_all_is_masked(text: str) -> None:
    kept = masked(text)
    assert not re.search(r"\d", kept)
    assert len(kept) <= 2 * LONGEST


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mon fils Kevin est malade", "mon fils [name] est malade"),
        ("je voudrais un prêt pour acheter une voiture", "je voudrais un pret pour acheter une voiture"),
        ("appelez-moi au 06 12 34 56 78", "appelez moi au [number]"),
        ("", ""),
    ],
)
def test_everyday_words_stay(said: str, kept: str) -> None:
    assert masked(said) == kept
