"""The times that suit a person, or do not: days, parts of the day, week-ends, holidays, hours.

`times_in` finds every expression with its values; `dates.read_when` tells the wanted ones from the refused ones. An
hour counts as the part of the day it falls in (« à partir de 18 h » is the evening); how long something lasts is no
time (« deux heures par semaine »).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.calendar import dated_in
from bot.understanding.calendar_words import WEEKDAY_NAMES, WEEKDAYS
from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["Time", "moments_in", "times_in"]


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time: words from `start` to before `end`, with the values of the slot `when`."""

    start: int
    end: int
    values: tuple[str, ...]


_RECURRING: Final[Lexicon[tuple[str, ...]]] = Lexicon.of({
    ("weekend",): """
    weekend, week end, {le|les|un|des|mes|du|mon|par|chaque|tous les|pendant le} we, weekends, fin de semaine, finde,
    fine settimana, fim de semana, wochenende, fin de semana, fins de semaine
    """,
    ("weekday",): """
        en semaine, {dans|pendant|durant} la semaine, la semaine, jour de semaine, jours de semaine, jours ouvres,
        jours ouvrables, jour ouvre, weekday, weekdays, {during|in} the week, midweek, week days, lundi au vendredi,
        {du|de|} lundi {au|a} vendredi, monday to friday, monday through friday, mon fri, mon to fri, lun ven, hors
        weekend, hors week end, entre semana, unter der woche
        """,
    ("morning",): """
        matin, matinee, matins, mat, morning, in the am, early riser, mattina, mattino, manana por la manana, morgens,
        au reveil, tot le matin, avant le travail, before work, avant le boulot, before school
        """,
    ("afternoon",): """
        apres midi, apresmidi, aprem, apreme, apres-m, afternoon, arvo, aft, pomeriggio, nachmittag, tarde
        """,
    ("evening",): """
        soir, soiree, en soiree, fin de journee, en fin de journee, evening, apres le
        {travail|boulot|taf|bureau|taff}, apres {mon|mes} {travail|boulot|cours|taf}, after {work|hours|school}, apres
        le lycee, apres l'ecole, noche, sera, abend, sortie de bureau, apres les cours, eve
        """,
    ("night",): "nuit, nocturne, night, overnight, noctambule, notte, nacht, nuitee",
    ("lunch",): """
        midi, le midi, entre midi et deux, entre midi et 2, entre 12 et 2, pause dejeuner, pause dej, pause de midi,
        heure du dejeuner, pause meridienne, lunch, lunchtime, lunch time, lunch break, lunch hour, noon, midday, a
        l'heure du repas, le temps de midi
        """,
    ("summer",): """
        {l'|cet |d'|en |chaque |l'|durant l'|pendant l'|pour l'}ete, ete {prochain|2026|2027|2028}, estival, saison
        estivale, summer, summertime, summer time, verano, estate, sommer, juillet aout, juillet et aout, juillet ou
        aout, july and august, juillettiste
        """,
    ("summer", "school_holidays"): """
        {grandes|} vacances d'ete, grandes vacances, conge d'ete, summer {holiday|holidays|vacation|break}, vacances
        estivales, vacances de l'ete
        """,
    ("christmas",): """
        {la semaine|semaine|week} de noel, christmas week, noel, christmas, xmas, fetes de fin d'annee, fetes de noel, periode des fetes, les fetes, pendant les fetes,
        navidad, natale, weihnachten, natal, reveillon, reveillon de noel, temps des fetes, christmas
        {eve|day|time|period}, festive season, holiday season, entre noel et {le|} {nouvel an|jour de l'an}, entre
        noel et le premier de l'an
        """,
    ("christmas", "school_holidays"): """
        vacances de {noel|fin d'annee}, vacances scolaires de noel, conge de noel, christmas
        {holiday|holidays|vacation|break}
        """,
    ("school_holidays",): """
        vacances scolaires, vacance scolaire, conges scolaires, petites vacances, vacances, les vacances, vacances {de
        la|de|d'|du|des} {toussaint|fevrier|hiver|printemps|paques|avril|ski|automne|carnaval|neige|zone a|zone b|zone
        c}, vacances scolaires {de la|de|d'|du|des} {toussaint|fevrier|hiver|printemps|paques|avril|ski|automne},
        school {holiday|holidays|break|vacation|vacations}, half term, half-term, school's out, semaine de relache,
        {pendant|durant} les conges scolaires, {autumn|winter|spring|february|easter} {holiday|holidays|break}, a la
        toussaint, hors periode scolaire, mercredis des vacances
        """,
    ("now",): """
        maintenant, tout de suite, de suite, immediatement, des maintenant, des que possible, le plus vite possible,
        au plus vite, le plus tot possible, des a present, sans attendre, sur le champ, illico, asap, right now, now,
        right away, immediately, as soon as possible, straight away, la maintenant, la tout de suite, de toute
        urgence, d'urgence, sur l'heure, ahora, subito, jetzt, adesso, des aujourd'hui, en ce moment meme, tt de suite
        """,
    # Said in passing: no time to help.
    (): """
        {bonne|bon|belle|douce|excellente|agreable|good|have a good|have a nice} {soiree|nuit|matinee|apres
        midi|apresmidi| journee|weekend|week end|morning|afternoon|evening|night|semaine|vacances|we|fin de semaine},
        gala soiree, {joyeux|bon|merry|happy} {noel|christmas|xmas|holiday}, du matin au soir, day and night, jour et
        nuit, nuit et jour, marche de noel, pere noel, sapin de noel, arbre de noel, father christmas, soiree de gala,
        colis de noel, repas de noel, cadeaux de noel, jouets de noel, {par|chaque|a|toutes les|fois la|fois par|heure
        la|heures la} semaine, {la|cette|une|de|derniere} semaine {derniere|derniers|passee|sur deux}, heures la
        semaine, fois la semaine, de la semaine, toute la semaine, jours la semaine, jour de la semaine,
        {suis|etre|en|je suis en|jsuis en} vacances, vacances pour, colonie de vacances, colo de vacances, camp de
        vacances, village vacances, centre de vacances, vacances a la mer, partir en vacances, depart en vacances,
        cheque vacances, sejour de vacances, now and then, by now, until now, up to now, jusqu'a maintenant, jusque
        maintenant, et maintenant, now what, and now, restos du coeur de noel, night shift worker, a midi pile, nuit
        debout, up all night, marche de nuit, hebergement de nuit, accueil de nuit, asile de nuit, night shelter,
        opening night, bonsoir, soirees pyjama, journee en semaine
        """,
})  # fmt: skip

_SHORT_DAYS: Final = {
    "sat": 5, "sun": 6, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "lun": 0, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6,
}  # fmt: skip
_DAY_OPENERS: Final = WEEKDAY_NAMES.openers | frozenset(_SHORT_DAYS)
_PARTS: Final = frozenset(
    {"matin", "soir", "midi", "apresmidi", "apre", "morning", "afternoon", "evening", "night", "aft"}
)
_TO: Final = frozenset({"a", "au", "to", "-", "–", "through", "et", "and"})
_HOUR: Final = frozenset({"h", "heure", "hr", "heures"})
_LASTS: Final = word_set("par chaque tous toutes tout / de a per each free libre la week semaine dispo devant")
_BEFORE_HOUR: Final[Lexicon[str]] = Lexicon.of({
    "from": """
        {finis|termine|sors|quitte|debauche} {a|vers}, {finish|finish work|off} {at|around}, a partir de, a partir
        des, apres, des, depuis, from, after, passe, past, as of, a compter de, plus tard que,
        since, starting, starting at
        """,
    "at": "a, vers, at, around, about, sur les, aux alentours de, autour de, aux environs de, for",
    "before": "avant, before, jusqu'a, jusque, until, till, by",
    "between": "de, entre, between",
})  # fmt: skip


def times_in(sentence: Sentence, today: date, *, past: bool, language: str) -> list[Time]:
    """The times said in a message, wanted or not, from left to right, without overlap."""
    found = [Time(d.start, d.end, d.values) for d in dated_in(sentence, today, past=past, language=language)]
    taken = [False] * len(sentence)
    for time in found:
        taken[time.start : time.end] = [True] * (time.end - time.start)
    for reader in (_hours, _recurring, _weekdays):
        for time in list(reader(sentence)):
            if not any(taken[time.start : time.end]):
                taken[time.start : time.end] = [True] * (time.end - time.start)
                found.append(time)
    return sorted((time for time in found if time.values), key=lambda time: time.start)


def moments_in(sentence: Sentence) -> list[tuple[int, int]]:
    """Where days and parts of days are said (words from, to), dates left out."""
    remembered = sentence.memory.get("moments")
    if not isinstance(remembered, list):
        found = [time for reader in (_recurring, _weekdays) for time in reader(sentence) if time.values]
        remembered = sentence.memory["moments"] = [(time.start, time.end) for time in found]
    return remembered


def _recurring(sentence: Sentence) -> Iterator[Time]:
    for found in _RECURRING.find(sentence):
        yield Time(found.start, found.end, found.value)


def _weekdays(sentence: Sentence) -> Iterator[Time]:
    """« le samedi », « du mardi au jeudi », "sat or sun", « sam. matin »."""
    free = 0
    for index, word in enumerate(sentence.stems):
        day = _weekday_at(sentence, index) if word in _DAY_OPENERS and index >= free else None
        if day is None:
            continue
        last = _weekday_at(sentence, index + 2)
        joint = sentence.word(index + 1)
        spans = joint in ("au", "a", "to", "-", "–", "through") or (
            joint == "et" and sentence.word(index - 1) == "entre"
        )
        if last is not None and spans and last > day:
            days = WEEKDAYS[day : last + 1]
            yield Time(index, index + 3, ("weekday",) if (day, last) == (0, 4) else days)
            free = index + 3
        else:
            yield Time(index, index + 1, (WEEKDAYS[day],))


def _weekday_at(sentence: Sentence, index: int) -> int | None:
    found = WEEKDAY_NAMES.at(sentence, index)
    if found is not None:
        return found.value
    day = _SHORT_DAYS.get(sentence.word(index))
    if day is None:
        return None
    # "sam" and "sun" are other words too: they count beside another day, a part of the day or "on".
    near = (sentence.word(index - 1), sentence.word(index + 1 + (sentence.word(index + 1) == ".")))
    beside = near[0] in ("on", "le", "les", "tous", "every", "this", "free") and sentence.word(index) not in (
        "mer",
        "jeu",
        "sun",
    )
    paired = any(
        word in _SHORT_DAYS
        for at in (index - 2, index - 1, index + 1, index + 2)
        if (word := sentence.word(at)) and at != index
    )
    return day if beside or paired or near[1] in _PARTS or near[1] in ("am", "pm") else None


def _hour_at(sentence: Sentence, index: int) -> tuple[float, int, bool] | None:
    """The hour at `index`, the word after it, and whether it can only be an hour ("18h30", "6pm")."""
    word = sentence.word(index)
    if word in ("midi", "noon"):
        return (12, index + 1, False)
    if word in ("minuit", "midnight"):
        return (24, index + 1, False)
    if not (word.isascii() and word.isdigit()) or len(word) > 2 or int(word) > 24:
        return None
    hour, end, sure = float(word), index + 1, False
    unit, minutes = sentence.word(end), sentence.word(end + 1)
    if unit in ("h", "heures", "heure", ":", "."):
        has_minutes = len(minutes) == 2 and minutes.isdigit() and minutes < "60" and sentence.glued(end + 1)
        if unit in (":", ".") and not (has_minutes and sentence.glued(end)):
            return (hour, end, False)
        sure = has_minutes and unit != "."
        end += 1 + has_minutes
    if sentence.word(end) in ("am", "pm"):
        hour = hour % 12 + (12 if sentence.word(end) == "pm" else 0)
        return (hour, end + 1, True)
    return (hour, end, sure)


def _part(hour: float) -> str:
    if hour < 6 or hour >= 23:
        return "night"
    if hour < 12:
        return "morning"
    if hour < 14:
        return "lunch"
    return "afternoon" if hour < 17.5 else "evening"


def _hours(sentence: Sentence) -> Iterator[Time]:
    """« à partir de 18h », "6-8pm", « de 14 h à 17 h », « vers 9h30 » as parts of the day."""
    free = 0
    for index, word in enumerate(sentence.words):
        may_begin = word.isdigit() or word in ("minuit", "midnight")
        first = _hour_at(sentence, index) if may_begin and index >= free else None
        if first is None:
            continue
        hour, end, sure = first
        opening = _BEFORE_HOUR.ending_at(sentence, index)
        how = opening.value if opening else ""
        unit = sentence.word(end - 1) in _HOUR or sure or (sentence.word(end - 1).isdigit() and end > index + 1)
        joint = sentence.word(end)
        if joint in _TO and (second := _hour_at(sentence, end + 1)) is not None:
            until, stop, sure_too = second
            hours_said = (
                unit or sure_too or sentence.word(stop - 1) in _HOUR or sentence.word(stop - 1) in ("midi", "noon")
            )
            if hours_said and (how or sure or sure_too or joint not in ("et", "and")) and _lasts_not(sentence, stop):
                if sure_too and until >= 12 and hour < 12 and hour + 12 < until and sentence.word(stop - 1) == "pm":
                    hour += 12
                part = _between(hour, until)
                yield Time(index, stop, (part,) if part else ())
                free = stop
                continue
        beside = sentence.stem(index - 1) in _DAY_OPENERS or sentence.word(index - 1) in _PARTS
        if unit and (sure or ((how or beside) and _lasts_not(sentence, end))):
            if how == "before":
                yield Time(index, end, ("morning",) if hour <= 12 else ())
            elif how == "from" and hour >= 16:
                yield Time(index, end, ("evening",))
            elif how != "between" or sure:
                yield Time(index, end, (_part(hour),))
        free = end


def _lasts_not(sentence: Sentence, end: int) -> bool:
    """Whether what stands before `end` is a time of the clock rather than how long something lasts."""
    return sentence.word(end) not in _LASTS or sentence.word(end) == "de"


def _between(hour: float, until: float) -> str:
    """The part of the day that holds most of the hours from `hour` to `until`, if there is one."""
    if until <= hour:
        return "night" if hour >= 20 else ""
    if until <= 13 and hour < 11.5:
        return "morning"
    if hour >= 11 and until <= 14.5:
        return "lunch"
    if hour >= 12 and until <= 18.5:
        return "afternoon"
    return "evening" if hour >= 16.5 else ""
