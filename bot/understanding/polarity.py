"""Telling what a person wants from what they refuse: « tout sauf le jeudi », "rather not weekends".

Works on expressions that a reader has already found (times, causes, places): each is refused when a refusal word
governs it, from the left (« pas le lundi », « hors vacances ») or from the right (« le mardi, impossible »). A refusal
holds until its clause ends, and spreads over a list (« sauf samedi et dimanche »).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["refusals", "refused_clauses"]

Force = Literal["except", "not", "busy", "free", "harmless", "end"]

_WORDS: Final[Lexicon[Force]] = Lexicon.of({
    # Governs a whole list after it.
    "except": """
        sauf, tout sauf, sauf que pas, hors, hormis, excepte, exceptes, a part, en dehors {de|du|des|d}, a l'exception
        {de|du|des|d}, a l'exclusion {de|du|des|d}, autre que, autres que, autre chose que, n'importe quoi sauf,
        except, except for, apart from, other than, anything but, everything but, everything except, anything except,
        excluding, bar, outside of, salvo, excepto, menos, tranne, ausser
        """,
    # Governs what comes just after it.
    "not": """
        pas, pas {de|du|des|d}, surtout pas, pa {le|la|les|de|d|du}, {surtt|surtou} pas, pas question {de|du|des|d|},
        hors de question, jamais, jamais {de|du|des|d}, plus d'{alerte|alertes} {pour|sur|a|de}, plus de {message|messages|mail|mails|notification|notifications} {pour|sur|a|de}, ni, plus jamais, aucun, aucune, zero, non {pas|}, plutot pas,
        pas trop, pas vraiment, peu envie, point de, pas envie {de|du|des|d|}, eviter, evite, evitez, eviter
        {de|du|des|d|}, fuir, fuis, marre {de|du|des|d|}, ras le bol {de|du|des|d|}, deteste, detester, hais, horreur
        {de|du|des|d|}, phobie {de|du|des|d|}, peur {de|du|des|d}, allergique {a|au|aux}, allergie {a|au|aux}, au lieu
        {de|du|des|d}, a la place {de|du|des|d}, plutot que, sans, pas pour, rien
        {le|la|les|en|pendant|avant|apres|au|a}, nothing {on|in|before|after}, n'aime pas, aime pas, supporte pas,
        indisponible, indispo, {pas|plus|jamais|pas tres|pas
        trop} {dispo|disponible|libre}, never {free|available|around}, exclus, j'exclus, refuse, ne veux pas, veux pas,
        veu pas, veut pas, ne peux pas, peux pas, peut pas, peu pas, not, no, never, rather not, not on, not in,
        nothing, nothing with, none, don't want, dont want, {i|we|} can't, cant, {i|we} can not, cannot, won't, avoid,
        avoiding, without, hate, allergic to, scared of, afraid of, sick of, rather than, instead of, unavailable, not
        available, not free, nor, neither, don't like, don t like, dont like, don't do, don t do, no es, nunca, mai,
        niente, nicht, kein, keine, nao
        """,
    # The person is taken then.
    "busy": """
        travaille, je bosse, bosse, boulot, suis {pris|prise|occupe|occupee|de garde|d'astreinte|au travail|en cours},
        pris, prise, occupe, occupee, sacre, sacree, impossible, bloque, bloquee, exclu, exclue, niet, c'est mort, c
        mort, mort, c'est non, c non, reserve, reservee, trop complique, je peux pas, je ne peux pas, peux pas, peu
        pas, j'peux pas, j'ai {cours|yoga|piscine|entrainement|foot|danse|reunion|rehearsal|chorale|judo}, garde
        {mon|ma|mes|les}, je garde, i work, i'm working, working, busy, taken, booked, i'm out, off limits, no way,
        sacred, out of the question, don't work for me, doesn't work for me, don't suit, family time, is for, are for,
        not possible, not an option
        """,
    "free": """
        ne travaille pas, travaille pas, ne bosse pas, bosse pas, pas de travail, pas de boulot, pas cours, pas
        occupe, pas pris, pas prise, don't work, don t work, dont work, not working, don't have work, no work, not
        busy, ne suis pas pris
        """,
    # Negative words that refuse nothing.
    "harmless": """
        pas plus {de|d}, pas moins de, pas a plus de, pas trop loin, no more than, not more than, not too far, {y|}
        aurait {il|} pas, y a {t il|} pas, auriez {vous|} pas, avez {vous|} pas, aurais {tu|} pas, as {tu|} pas, isn't
        there, aren't there, sais pas, sait pas, connais pas, c pas, pas encore, pas mal, pas loin, pas tres loin, pas
        trop loin, pas cher, pas grave, pourquoi pas, pas seulement, pas que, pas uniquement, pas forcement, pas de
        souci, pas de soucis, pas de probleme, pas besoin, pas beaucoup de temps, pas trop de temps, pas le temps,
        plus de temps, pas de temps, pas d'argent, pas peur, pas de voiture, pas le permis, pas de permis, pas vu, pas
        trouve, pas compris, n'est ce pas, non loin, non merci, sans souci, sans probleme, sans argent, sans voiture,
        sans permis, sans experience, sans diplome, sans engagement, sans abri, sans abris, sans domicile, sans
        domicile fixe, sans papier, sans papiers, sans emploi, sans doute, sans faute, sans doc, sans ressource, sans
        travail, sans rien, sans toit, sans logement, sans lendemain, no problem, no idea, no worries, not only, not
        just, not far, not sure, no experience, no car, no money, without a car, why not, no matter, non profit, no
        profit, not for profit, no limit, without experience, no preference, pas de preference, nothing special, pas
        importe, don't know, don t know, dont know, don't mind, en memoire, les comptes, pas droit, pas le droit, pas
        possible de, non imposable, non salarie, non recours
        """,
    "end": """
        mais, plutot, par contre, sinon, donc, but, so, however, instead, otherwise, rather, je suis dispo, dispo,
        disponible, je suis libre, libre, i'm free, free, available, ok, oui, yes, je veux, j'aimerais, je prefere, je
        peux, i can, i'd like, prefer, happy, quoi, comment, how, what, car, parce que, because, puisque, since, as,
        cherche, looking for, merci, only, seulement, uniquement, que le, que les, que la
        """,
})  # fmt: skip

_LINKS: Final = word_set(
    """
    le la les l de d du des et ou ni the on in at or and nor any aux au a un une y e o ou & / + mes my
    """
)
_REACH: Final[dict[str, int]] = {"except": 9, "not": 5, "busy": 5}


def _listed(sentence: Sentence, index: int, heads: dict[int, int]) -> bool:
    """Whether the list goes on after a comma: « sauf samedi, dimanche », « sauf le lundi, le mardi et le jeudi ».

    An article after the comma with no « et » behind begins something new: « hors vacances, le jeudi ».
    """
    if index in heads:
        return True
    while sentence.word(index) in _LINKS and index not in heads:
        index += 1
    return index in heads and sentence.word(heads[index]) in ("et", "ou", "ni", "and", "or", "nor")


def refusals(
    sentence: Sentence,
    spans: Sequence[tuple[int, int]],
    *,
    busy: bool = False,
    others: Callable[[], Iterable[tuple[int, int]]] = tuple,
) -> list[bool]:
    """For each expression (words from, to), whether it is refused. With `busy`, being taken then refuses too.

    `others` gives expressions of another sort that use a refusal up: the place of « pas de sport à Pau » is not refused.
    """
    if not spans:
        return []
    force_at = {found.start: found for found in _WORDS.find(sentence)}
    heads = dict(spans)
    refuses = any(found.value in ("except", "not") for found in force_at.values())
    using = {start: end for start, end in others() if start not in heads} if refuses else {}
    refused: dict[int, bool] = {}
    force: Force = "end"
    left = 0
    # Where the last refused expression ended: its list may go on after a comma.
    listed_until = -1
    index, size = 0, len(sentence)
    while index < size:
        if index in heads:
            governs = force in ("except", "not") or (force == "busy" and busy)
            refused[index] = governs and left > 0
            # A list goes on being refused for as long as it goes on.
            left = max(left, 2) if refused[index] else left
            index = max(heads[index], index + 1)
            listed_until = index if governs else -1
            continue
        if index in using:
            if force in ("except", "not") and left > 0:
                force, left = "end", 0
            index = max(using[index], index + 1)
            continue
        word = sentence.words[index]
        found = force_at.get(index)
        if found is not None:
            force = "harmless" if found.value == "not" and _is_of_others(sentence, index) else found.value
            left = _REACH.get(force, 0) + 1
            index = found.end
            continue
        if word in ".;!?\n:()":
            force, left = "end", 0
        elif word == ",":
            if not (force == "except" and listed_until == index and _listed(sentence, index + 1, heads)):
                force, left = "end", 0
        elif word not in _LINKS:
            left -= 1
        index += 1
    if busy:
        for start, end in spans:
            if not refused[start] and _taken_after(sentence, end, heads):
                refused[start] = True
    return [refused.get(start, False) for start, _ in spans]


def refused_clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """What a message refuses, whatever it is: words from a refusal to the end of its clause."""
    spans = []
    for found in _WORDS.find(sentence):
        if found.value not in ("except", "not") or _is_of_others(sentence, found.start):
            continue
        end = found.end
        while end < len(sentence) and sentence.words[end] not in _ENDS:
            end += 1
        spans.append((found.start, end))
    return spans


_ENDS: Final = frozenset({*".,;!?\n:()", "mais", "but", "plutot", "rather"})
_OTHERS: Final = word_set("qui who dont whose ils elles they")
_SOUGHT: Final = word_set("soit soient")
_NEAR: Final = 5


def _is_of_others(sentence: Sentence, index: int) -> bool:
    """« des enfants qui ne vont pas à l'école », "people who have no home": what others do not do or have.

    « Une mission qui ne soit pas le soir » says what is looked for.
    """
    if not _SOUGHT.isdisjoint(sentence.words[max(0, index - 2) : index + 2]):
        return False
    for word in reversed(sentence.words[max(0, index - _NEAR) : index]):
        if word in _OTHERS:
            return True
        if word in ".,;!?\n:()":
            return False
    return False


_AFTER: Final[Lexicon[Force]] = Lexicon.of({
    "busy": """
        {est|sont|c'est|c|reste|restent|} {sacre|sacree|sacres|pris|prise|occupe|occupee|impossible|bloque|exclu|
        exclue|mort|non|niet|complique}, je {travaille|bosse}, j'travaille, suis {pris|prise|occupe|de garde|au
        travail}, {je|j|} {peux|peu|pe} pas, je ne peux pas, pas possible, pas dispo, indispo, {i|im|i'm|am|}
        {work|working|busy|taken|booked}, {are|is|} {sacred|out|busy|taken|off limits|no good|a no}, {i|} {can't|can
        t|cant|cannot}, don't work for me, doesn't work for me, je garde, j'ai {cours|foot|yoga|danse|piscine}
        """,
    "end": "mais, but, sauf, except, plutot, rather, pas, not, ne, n, if, si, quand, when, pour, for, to",
})  # fmt: skip


def _taken_after(sentence: Sentence, end: int, heads: dict[int, int]) -> bool:
    """Whether the person says, just after a time, that they are taken then: « le mardi je travaille »."""
    index, stop = end, min(len(sentence), end + 5)
    while index < stop and index not in heads:
        found = _AFTER.at(sentence, index)
        if found is not None:
            return found.value == "busy" and sentence.word(found.end) != "pas"
        if sentence.words[index] in ".;!?\n":
            return False
        index += 1
    return False
