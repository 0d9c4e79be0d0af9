"""What somebody says they can or cannot do: no car, a wheelchair, a bad back, shy, with a child of 8, an hour a month.

Each is a short name ("no_car", "with_child:8"), so that a search can use what its data knows and say what it does not.
"""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.figures import Figure, figures_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["LIMITS", "is_limit", "limits_in", "read_limits"]

LIMITS: Final = (
    "no_car", "wheelchair", "seated", "deaf", "blind", "quiet", "beginner_french", "rarely", "once", "with_child", "group",
)  # fmt: skip
"""The names, as they are listed where several are said. The last two carry a number: "with_child:8", "group:12"."""

_WORDS: Final[Lexicon[str]] = Lexicon.of({
    "no_car": """
        {pas|plus} de {voiture|bagnole|vehicule|permis|caisse|moyen de transport|moyen de locomotion}, {pas|plus} le permis,
        sans {voiture|bagnole|vehicule|permis}, {pas|plus} {vehicule|vehiculee|motorise|motorisee}, ni {voiture|permis},
        aucun {vehicule|moyen de transport|moyen de locomotion}, {conduis|conduit} {pas|plus}, peux {pas|plus} conduire,
        n'ai {pas|plus} de voiture, {uniquement|seulement|que} {a pied|en bus|en tram|a velo|en metro},
        {a pied|en bus|en tram|a velo|en metro} {uniquement|seulement}, {en|les|par les} transports en commun, no car,
        {don't|dont|do not|can't|cant|cannot} drive, {don't|dont|do not} {have|own} a {car|licence|license}, without a car,
        no {driving licence|licence|license|wheels}, not driving, by {bus|public transport} only, public transport only,
        only {by bus|on foot|by public transport}, haven't got a car
        """,
    "wheelchair": """
        {en|mon|un} fauteuil roulant, {suis|moi|en|chui} en fauteuil, mon fauteuil, fauteuil electrique, fauteuil manuel,
        mobilite reduite, pmr, in a wheelchair, wheelchair user, use a wheelchair, my wheelchair, with a wheelchair,
        limited mobility, reduced mobility, use a scooter
        """,
    "seated": """
        mal {au|de} dos, mal aux {genoux|jambes|hanches}, {dos|genou|hanche|epaule|jambe} {fragile|abime|casse|bousille|fichu|
        en compote|en vrac|foutu|douloureux}, {probleme|problemes|soucis|souci} de {dos|genou|genoux|hanche|sante},
        {hernie|lombalgie|lumbago|sciatique|scoliose|arthrose|prothese de hanche|prothese du genou},
        {rester|etre|travailler|un truc|quelque chose|assez|mission} {assis|assise}, {peux|peut} {pas|plus} {porter|rester
        debout|soulever|forcer|me baisser}, rien {porter|soulever|a porter|de lourd|de physique}, pas {trop|tres|} physique,
        {pas de|sans|eviter les} {charge|charges lourdes|port de charge|port de charges}, {longtemps|pas longtemps} debout,
        {avec|marche avec} une canne, {avec des|sous} bequilles, suis enceinte, bad back, my back, back {pain|trouble|problem|
        problems}, {can't|cannot|cant} {lift|carry|stand|stand long|stand for long|bend}, no {lifting|heavy lifting|standing},
        {sit|sitting|stay|remain} {down|seated}, something {seated|sitting|sitting down}, {bad|dodgy} knee, arthritis,
        walking stick, on crutches, pregnant, not physical, nothing physical
        """,
    "deaf": """
        {suis|moi|etant|malentendant|malentendante} {sourd|sourde|malentendant|malentendante}, {entends|entend} {mal|pas|
        plus|pas bien|tres mal}, {mon|mes|un} {appareil auditif|appareils auditifs}, langue des signes moi, i'm {deaf|hard of
        hearing}, {am|i'm|im} hard of hearing, hearing aid, hearing aids
        """,
    "blind": """
        {suis|moi|etant} {aveugle|malvoyant|malvoyante|non voyant|non voyante}, {vois|voit} {mal|plus|pas bien|tres mal},
        ma canne blanche, {am|i'm|im} {blind|partially sighted|visually impaired}, guide dog of mine, mon chien guide
        """,
    "quiet": """
        {suis|tres|trop|un peu|assez|hyper|super|plutot} {timide|timides|reserve|reservee|introverti|introvertie|sauvage},
        sans contact {avec|}, {sans|pas de} {contact|contacts} {avec le public|avec les gens|public|humain|}, sans parler {a|
        aux|}, {pas|sans} {voir|parler a|rencontrer} {trop de|de|beaucoup de|} {monde|gens|personne}, {peur|pas a l'aise} avec
        {les gens|le public|le monde}, en coulisse, en coulisses, agoraphobe, phobie sociale, anxiete sociale, {dans l'|a l'}
        ombre, {i'm|im|am|very|quite|really|too} shy, {an|} introvert, introverted, no contact with {people|the public},
        without {talking|speaking} to people, behind the scenes, social anxiety, not good with people, no people contact
        """,
    "beginner_french": """
        mon francais {est|} {moyen|basique|faible|mauvais|limite|pas bon|pas terrible|debutant|tres moyen|nul},
        {parle|parler} {mal|peu|pas bien|pas tres bien|un peu|pas trop|pas|a peine} {le|} francais, {parle|parler} {le|}
        francais {mal|un peu|pas bien}, {apprends|debute en|debutant en|debutante en} {le|} francais, niveau {a1|a2},
        {my|the} french {is|isn't|is not} {really|very|still|so|quite|a bit|not|} {basic|poor|bad|limited|good|weak|great|rusty|
        terrible|beginner}, {basic|beginner|little|poor|limited|broken} french, beginner's french, {don't|dont|do not|can't}
        {really|} speak {much|good|any|} french, {learning|beginner in} french, no french, only speak english,
        {parle|parlons} {que|seulement|uniquement} anglais
        """,
    "rarely": """
        {une|1|deux|2} {heure|h} {par|dans le|au} mois, {une|1} fois {par|dans le} mois, peu de temps, pas {beaucoup de|trop
        de|le|} temps, {tres peu|quelques minutes} de temps, {an|one|two} {hour|hours} a month, once a month, {not much|little|
        not a lot of} time, few hours a month, {une|deux} demi {journee|journees} {par|dans l'} an
        """,
    "once": """
        {une|une seule|juste une|qu'une} fois {pour voir|pour essayer|seulement|}, ponctuel, ponctuelle, ponctuellement, sans
        engagement, sans m'engager, pas {d'engagement|m'engager|envie de m'engager}, {coup de main|mission|truc} {ponctuel|
        d'un jour|d'une journee|d'une matinee}, pour {une|} {journee|matinee|soiree|apres midi} {seulement|}, juste {un
        jour|une journee}, one off, one time, just once, only once, {a|one} single {day|time}, no {commitment|strings attached},
        without {commitment|committing}, for {a|one} day only
        """,
})  # fmt: skip

_NOT_ONCE: Final = word_set("par chaque sur tous dans toutes every each a per")
_CHILD: Final = word_set(
    """
    fils fille filles enfant enfants gamin gamine gosse garcon petit petite puce loulou fiston bambin neveu niece filleul
    filleule son daughter child kid boy girl nephew niece toddler ado petitfils petitefille jumeaux grandson granddaughter
    """
)
_COMES: Final = word_set("avec mon ma mes nos notre with my our bring bringing emmener amener")
_GROUP: Final = word_set("collegues copains copines amis amies salaries collaborateurs colleagues friends coworkers us")
_GROUP_WORDS: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {on est|nous sommes|nous serions|on serait|on sera|une equipe de|un groupe de|group of|team of|we are|there are|we're}
        """,
})  # fmt: skip
_YOUNGEST, _OLDEST_CHILD, _LARGEST_GROUP = 1, 17, 500
_KNOWN: Final = re.compile(r"(?:with_child|group):\d{1,3}")


def is_limit(value: object) -> bool:
    """Whether a value is one that this reader gives."""
    return isinstance(value, str) and (value in LIMITS[:-2] or _KNOWN.fullmatch(value) is not None)


def read_limits(text: str | Sentence, language: str = "fr") -> list[str]:
    """What a message says the person can or cannot do, each once, in the order of `LIMITS`."""
    sentence = Sentence.of(text)
    found = {name for _start, _end, name in limits_in(sentence)}
    found |= set(_numbered(sentence, language))
    return sorted(found, key=lambda name: (LIMITS.index(name.partition(":")[0]), name))


def limits_in(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Where a message says so: words from, to, and what."""
    remembered = sentence.memory.get("limits")
    if isinstance(remembered, list):
        return remembered
    found = [
        (entry.start, entry.end, entry.value)
        for entry in _WORDS.find(sentence)
        if not (entry.value == "once" and sentence.word(entry.end) in _NOT_ONCE)
        and not _is_of_others(sentence, entry.start)
    ]
    sentence.memory["limits"] = found
    return found


_OTHERS: Final = word_set(
    "personnes personne gens enfants jeunes people adultes seniors residents sortie sorties des aux someone"
)


def _is_of_others(sentence: Sentence, start: int) -> bool:
    """« accompagner des personnes en fauteuil roulant »: of those one would help."""
    return any(word in _OTHERS for word in sentence.words[max(0, start - 2) : start])


def _numbered(sentence: Sentence, language: str) -> list[str]:
    """A child who comes along, with their age; a group, with how many they are."""
    found = []
    for figure in figures_in(sentence, language):
        count = figure.number.value
        if count % 1:
            continue
        before = sentence.words[max(0, figure.start - 5) : figure.start]
        beside = {*before, *sentence.words[figure.end : figure.end + 4]}
        if figure.measure == "age" or sentence.word(figure.end) in ("an", "ans", "year", "years"):
            if _YOUNGEST <= count <= _OLDEST_CHILD and not _CHILD.isdisjoint(beside) and not _COMES.isdisjoint(before):
                found.append(f"with_child:{int(count)}")
        elif 2 <= count <= _LARGEST_GROUP and _is_group(sentence, figure):
            found.append(f"group:{int(count)}")
    return found


def _is_group(sentence: Sentence, figure: Figure) -> bool:
    """« on est 12 collègues », "there are eight of us"."""
    after = sentence.words[figure.number.end : figure.number.end + 3]
    opened = _GROUP_WORDS.ending_at(sentence, figure.start) is not None
    return not _GROUP.isdisjoint(after) and (
        opened or figure.start <= 1 or sentence.word(figure.start - 1) in ("a", "avec", "with")
    )
