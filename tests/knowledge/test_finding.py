"""Finding the answer to a question: among ours as measured, and among a few of a test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.dialogue.topic import load_topics
from bot.knowledge import Candidate, Candidates, Certainty, Knowledge
from bot.rules.parameters import Law
from tests.knowledge.conftest import Write, file_of

HEARING = load_topics().hearing
HELD_OUT = sorted((Path(__file__).parent / "held_out").glob("*.jsonl"))
FIRST, WITHIN_THREE = 0.90, 0.97
WRONG_WHILE_SURE = 0.03


class Asked(NamedTuple):
    """A question written apart from all wordings: the answers that are right, and the answer before it, if any."""

    text: str
    language: str
    ids: list[str]
    after: str | None


def asked(path: Path) -> Iterator[Asked]:
    for line in path.read_text(encoding="utf-8").splitlines():
        table = json.loads(line)
        for language in ("fr", "en"):
            for text in table.get(language, []):
                yield Asked(text, language, table["ids"], table.get("after"))


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_what_was_never_learnt_is_found(path: Path, knowledge: Knowledge) -> None:
    first, within_three, wrong_while_sure = [], [], []
    questions = list(asked(path))
    for question in questions:
        found = knowledge.candidates(question.text, question.language, last=question.after)
        ranked = [candidate.id for candidate in found]
        if set(ranked[:1]).isdisjoint(question.ids):
            first.append(question.text)
            if found.certainty is Certainty.SURE:
                wrong_while_sure.append(question.text)
        if set(ranked[:3]).isdisjoint(question.ids):
            within_three.append(question.text)
    assert 1 - len(first) / len(questions) >= FIRST, first
    assert 1 - len(within_three) / len(questions) >= WITHIN_THREE, within_three
    assert len(wrong_while_sure) / len(questions) <= WRONG_WHILE_SURE, wrong_while_sure


@pytest.mark.parametrize("path", HELD_OUT, ids=lambda path: path.stem)
def test_what_is_held_out_is_no_wording_of_an_answer(path: Path, knowledge: Knowledge) -> None:
    known = {text.casefold() for answer in knowledge.library.every() for text in (answer.title, *answer.asks)}
    learnt = {question.text for question in asked(path) if question.text.casefold() in known and not question.after}
    assert len(learnt) <= len(list(asked(path))) // 10, learnt
    assert {id for question in asked(path) for id in question.ids} <= set(knowledge.library.ids())


@pytest.mark.parametrize(
    ("chances", "certainty"),
    [
        ((0.9, 0.05), Certainty.SURE),
        ((0.6, 0.3), Certainty.SURE),
        ((0.55, 0.3), Certainty.NEAR),
        ((0.2, 0.19, 0.18), Certainty.NEAR),
        ((0.12, 0.11, 0.1), Certainty.UNSURE),
        ((0.05, 0.04, 0.03), Certainty.UNKNOWN),
        ((), Certainty.UNKNOWN),
    ],
)
def test_what_is_made_of_the_chances(chances: tuple[float, ...], certainty: Certainty) -> None:
    found = Candidates(tuple(Candidate(f"donors/{n}", chance, chance) for n, chance in enumerate(chances)))
    assert found.certainty is certainty


SUBJECTS = {
    "donors/receipt": ("reçu", ["perdu", "papier", "duplicata", "justificatif", "envoyé"]),
    "donors/rate": ("taux", ["pourcent", "réduction", "combien", "récupérer", "impôt"]),
    "donors/will": ("testament", ["léguer", "maison", "notaire", "héritage", "mort"]),
    "donors/monthly": ("prélèvement", ["mensuel", "arrêter", "banque", "mois", "suspendre"]),
    "donors/ceiling": ("plafond", ["maximum", "limite", "dépasser", "report", "excédent"]),
    "volunteers/age": ("âge", ["mineur", "ans", "lycéen", "parents", "jeune"]),
    "volunteers/unemployed": ("chômage", ["indemnités", "emploi", "allocation", "recherche", "droits"]),
    "volunteers/expenses": ("frais", ["essence", "remboursement", "trajet", "kilomètres", "train"]),
    "volunteers/insurance": ("assurance", ["accident", "blessé", "responsabilité", "casse", "couvert"]),
    "firms/turnover": ("chiffre d’affaires", ["société", "entreprise", "déduire", "bénéfice", "mécénat"]),
    "firms/skills": ("compétences", ["salarié", "prêter", "mission", "bureau", "expertise"]),
    "firms/days": ("jours de repos", ["congés", "rtt", "employeur", "collègue", "refuser"]),
    "associations/bar": ("buvette", ["bière", "mairie", "autorisation", "fête", "alcool"]),
    "associations/music": ("musique", ["sacem", "concert", "droits d’auteur", "bal", "chanson"]),
}
"""Small answers: a word they are about, and words that go with it."""


@pytest.fixture
def small(write: Write, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, gifts: Law) -> Knowledge:
    """What finds among those, by their words alone: learnt once, and read by the others."""
    for id, (subject, words) in SUBJECTS.items():
        asks = [f"{subject} {word} ?" for word in words] + [f"question de {subject}, {word}" for word in words]
        french = json.dumps(asks, ensure_ascii=False)
        leads = '[{ to = "donors/ceiling" }]' if id == "donors/rate" else "[]"
        who = '["firm"]' if id.startswith("firms/") else "[]"
        write(id, f"Voici pour {subject}.", title=f'"{subject.capitalize()}"', asks=french, next=leads, who=who)
    return Knowledge.load(
        load_topics().hearing,
        tmp_path / "data",
        None,
        folder=tmp_path_factory.getbasetemp() / "learnt",
        locale=tmp_path / "locale",
        law=gifts,
    )


def best(knowledge: Knowledge, text: str, **hints: object) -> str | None:
    found = knowledge.candidates(text, "fr", **hints).best  # type: ignore[arg-type]
    return found.id if found is not None else None


@pytest.mark.parametrize("id", SUBJECTS)
def test_each_is_found_by_words_in_another_order(id: str, small: Knowledge) -> None:
    subject, words = SUBJECTS[id]
    assert best(small, f"bonjour, {words[1]} et {words[0]} pour {subject}, merci") == id


def test_nothing_is_found_for_nothing(small: Knowledge) -> None:
    for text in ("", "   ", "?!", "👍"):
        assert small.candidates(text, "fr").certainty is Certainty.UNKNOWN


def test_any_text_at_all_is_borne(small: Knowledge) -> None:
    for text in ("\x00\ud800", "a" * 100_000, "зачем", "{donations.coluche.ceiling:money}", "<b>", "reçu " * 5_000):
        found = small.candidates(text, "xx", who={"martians"}, last="donors/nothing")
        assert sum(candidate.probability for candidate in found) <= 1.0001


def test_an_answer_leads_to_topics_and_not_to_itself(small: Knowledge, knowledge: Knowledge) -> None:
    assert small.leads_to("donors/rate", "fr") == frozenset()  # another answer is no topic
    assert small.leads_to("donors/nothing", "fr") == frozenset()
    assert "skills" in knowledge.leads_to("volunteers/salarie-employeur", "en")


def test_what_follows_is_searched_with_the_last_answer_in_mind(small: Knowledge) -> None:
    alone = {one.id: one.probability for one in small.candidates("et la limite de l’indemnité ?", "fr")}
    after = {
        one.id: one.probability for one in small.candidates("et la limite de l’indemnité ?", "fr", last="donors/rate")
    }
    assert after["donors/ceiling"] > alone["donors/ceiling"]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.npz"))}


def test_the_same_answers_teach_the_same_bytes(small: Knowledge, tmp_path: Path, gifts: Law) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    for folder in (once, again):
        Knowledge.load(HEARING, None, None, folder=folder, locale=tmp_path / "locale", law=gifts)
    assert files(again) == files(once)
    assert len(files(again)) == 2


LEARN = """
import sys
from pathlib import Path
from bot.knowledge import Knowledge
from bot.rules.parameters import read_law
from bot.dialogue.topic import load_topics
from bot.understanding import Understanding
law, locale, folder = map(Path, sys.argv[1:])
hearing = load_topics().hearing
Knowledge.load(hearing, None, Understanding.load(hearing).sentences, folder=folder, locale=locale, law=read_law(law))
"""


def learnt_apart(tmp_path: Path, folder: str, seed: str) -> dict[str, bytes]:
    """What another process learns with the encoder, where sets and dicts of texts are in another order."""
    place = tmp_path / folder
    command = [sys.executable, "-c", LEARN, str(tmp_path / "law"), str(tmp_path / "locale"), str(place)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    return files(place)


def test_two_processes_learn_the_same_bytes_however_they_came_to_it(
    small: Knowledge, write: Write, tmp_path: Path
) -> None:
    asks = '["manteau volé au vestiaire", "où est le vestiaire", "le vestiaire ferme quand"]'
    bar = write("associations/bar", "Voici.", title='"Vestiaire"', asks=asks)
    write("associations/bar", "Here.", language="en", title='"Cloakroom"', asks='["my coat was stolen", "a cloakroom"]')
    before = learnt_apart(tmp_path, "first", "1")
    source = bar.read_text(encoding="utf-8")
    bar.write_text(source.replace("où est le vestiaire", "un vestiaire payant"), encoding="utf-8")
    grown = learnt_apart(tmp_path, "first", "2")
    assert grown != before
    assert learnt_apart(tmp_path, "second", "3") == grown


def test_a_changed_answer_is_learnt_anew_and_a_spoilt_file_too(
    small: Knowledge, write: Write, tmp_path: Path, gifts: Law
) -> None:
    kept = tmp_path / "kept"
    before = files(kept)
    write("associations/bar", "Voici.", title='"Vestiaire"', asks='["manteau volé au vestiaire"]')
    changed = Knowledge.load(HEARING, None, None, folder=kept, locale=tmp_path / "locale", law=gifts)
    assert best(changed, "un manteau volé") == "associations/bar"
    assert set(files(kept)).isdisjoint(before)
    for path in kept.glob("*.npz"):
        path.write_bytes(path.read_bytes()[:200])
    mended = Knowledge.load(HEARING, None, None, folder=kept, locale=tmp_path / "locale", law=gifts)
    assert best(mended, "un manteau volé") == "associations/bar"


def test_an_own_answer_is_found_at_once_and_wins(small: Knowledge, tmp_path: Path) -> None:
    own = tmp_path / "data" / "answers"
    own.mkdir(parents=True)
    (own / "vestiaire.md").write_text(
        file_of("Le mercredi.", title='"Quand ouvre le vestiaire ?"', asks='["horaires du vestiaire"]'),
        encoding="utf-8",
    )
    (own / "donors").mkdir()
    (own / "donors" / "receipt.md").write_text(
        file_of("Écrivez à Zoé.", title='"Mon reçu"', asks='["écrire à zoé"]'), encoding="utf-8"
    )
    small.library.clock = lambda: float("inf")
    assert best(small, "le vestiaire est ouvert quand ?") == "own/vestiaire"
    assert best(small, "je veux écrire à Zoé") == "donors/receipt"
    assert best(small, "un duplicata de mon reçu perdu") == "donors/receipt"
    answer = small.answer("donors/receipt", "fr")
    assert answer is not None
    assert answer.head.for_talk(str) == "Écrivez à Zoé."
    assert best(small, "une buvette sans autorisation de la mairie") == "associations/bar"


def test_where_there_are_no_answers_there_are_own_ones(tmp_path: Path, gifts: Law) -> None:
    own = tmp_path / "data" / "answers"
    own.mkdir(parents=True)
    (own / "vestiaire.md").write_text(file_of("Le mercredi.", title='"Quand ouvre le vestiaire ?"'), encoding="utf-8")
    alone = Knowledge.load(
        load_topics().hearing, tmp_path / "data", None, folder=tmp_path / "kept", locale=tmp_path / "none", law=gifts
    )
    assert best(alone, "quand ouvre le vestiaire") == "own/vestiaire"
