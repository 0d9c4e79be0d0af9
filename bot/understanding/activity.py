"""What a message asks to do, in its own words: "servir la soupe", "famille d'accueil pour chats".

What it says besides is left out: where, when, for which body, who one is and cannot do, what is refused, and questions
about it all. What is left is looked for in the catalogue; nothing of it is interpreted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.understanding.availability import times_in
from bot.understanding.figures import figures_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.limits import limits_in
from bot.understanding.organisations import organisations_in
from bot.understanding.people import remote_in
from bot.understanding.places import places_in
from bot.understanding.polarity import refused_clauses
from bot.understanding.sentence import Sentence, word_set

__all__ = ["read_activity"]

_WISH: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        aider, aide, aidons, aidez moi a, filer un coup de main, donner un coup de main, coup de main, cherche, cherchons,
        chercherais, recherche, recherchons, voudrais, voudrai, voudrions, veux, veut bien, vx, veu, aimerais, aimerai,
        jaimerais, jaimerai, aimerions, souhaite, souhaiterais, souhaiterai, souhaitons, envie {de|d'}, benevole, benevolat,
        volontaire, volontariat, mission, missions, m'investir, m'engager, m'impliquer, engagement, me rendre utile, etre
        utile, participer, contribuer, {je|j'|on|nous|jpeux} {peux|peut|pouvons}, pourrais, pourrai, {dispo|disponible|libre|partant|partante|motive|motivee|ok|
        prete|pret} pour, prefere, prefererais, interesse par, interessee par, m'interesse, plutot, propose, trouver, {je|j'|
        on|nous} {donne|donner|donnerais}, j'aime, j'aime bien, jaime, adore, kiffe, kiff, kif, passionne {de|d'|par}, passionnee
        {de|d'|par}, fan de, dans ma vie je, sais {bien|}, doue {en|pour}, i like, i love, enjoy, good at, passionate about, help, helping, volunteer, volunteering, looking for, look for, {would|i'd|we'd|id}
        like to, want to, wanna, love to, happy to, keen to, could, interested in, searching for, find, give {time|a hand},
        lend a hand, prefer, rather, get involved
        """,
})  # fmt: skip
_ONESELF: Final = word_set(
    "j je jai jsuis jhabite chui chuis jviens g ge mon ma mes moi nous on notre nos i im ive id my we our its c ca cela"
)
_BREAKS: Final = frozenset(".,;!?\n():/–")
_JOINTS: Final = word_set("mais car but because sinon parce puisque comme since")
_SUBJECTS: Final = word_set("j je jai jsuis on nous i we im")


def read_activity(text: str | Sentence, language: str, today: date) -> tuple[list[str], list[str]]:
    """The parts of a message that say what to do, as they were typed: those of its wishes ("je voudrais …"), and those
    that stand by themselves."""
    sentence = Sentence.of(text)
    left_out = _left_out(sentence, language, today)
    parts: list[str] = []
    plain: list[str] = []
    for start, end in _clauses(sentence):
        wish = next((found for at in range(start, end) if (found := _WISH.at(sentence, at)) is not None), None)
        if wish is not None:
            parts += _runs(sentence, wish.start, end, left_out)
        elif (sentence.word(start) not in _ONESELF and sentence.word(end) != "?") or (
            sentence.word(end) == "?" and sentence.word(start) not in _ONESELF and not parts and not plain
        ):
            plain += _runs(sentence, start, end, left_out)
    return parts, plain


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses of a message: words from, to."""
    start = 0
    for at, word in enumerate(sentence.words):
        opens = word in _JOINTS or (word in ("et", "and") and sentence.word(at + 1) in _SUBJECTS)
        if word in _BREAKS or opens:
            if start < at:
                yield start, at
            start = at + 1
    if start < len(sentence):
        yield start, len(sentence)


def _left_out(sentence: Sentence, language: str, today: date) -> set[int]:
    """The words that say something else than what to do."""
    spans = [(place.start, place.end) for place in places_in(sentence, language)]
    spans += [(body.start, body.end) for body in organisations_in(sentence)]
    spans += [(time.start, time.end) for time in times_in(sentence, today, past=False, language=language)]
    spans += [(start, end) for start, end, _name in limits_in(sentence)]
    spans += remote_in(sentence)
    spans += [(figure.start, figure.end) for figure in figures_in(sentence, language) if not figure.number.article]
    spans += refused_clauses(sentence)
    return {at for start, end in spans for at in range(start, end)}


def _runs(sentence: Sentence, start: int, end: int, left_out: set[int]) -> list[str]:
    """What is left of a clause, in unbroken runs."""
    runs: list[str] = []
    first: int | None = None
    for at in range(start, end + 1):
        if at < end and at not in left_out:
            first = at if first is None else first
        elif first is not None:
            runs.append(sentence.typed(first, at))
            first = None
    return runs
