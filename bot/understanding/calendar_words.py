"""The words of the calendar, in French first, then English and what else people borrow: months, days, « hier »."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import word_set

__all__ = [
    "AROUND",
    "BEFORE_A_MONTH",
    "FEAST_DAYS",
    "MONTHS",
    "RELATIVE",
    "SHY_MONTHS",
    "UNTIL",
    "WEEKDAYS",
    "WEEKDAY_NAMES",
]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

WEEKDAY_NAMES: Final[Lexicon[int]] = Lexicon.of({
    0: "lundi, monday, lunedi, montag, lunes, lundy, lunid",
    1: "mardi, tuesday, martes, martedi, dienstag, tues",
    2: "mercredi, wednesday, miercoles, mercoledi, mittwoch, mecredi, mercrdi, mercredie, wednesdy, wensday",
    3: "jeudi, thursday, jueves, giovedi, donnerstag, thurs, jeud",
    4: "vendredi, friday, viernes, venerdi, freitag, vandredi, vendrdi, vendredis, vendedi",
    5: "samedi, saturday, sabado, sabato, samstag, samdi, saturdy, samedy",
    6: "dimanche, sunday, domingo, domenica, sonntag, dimenche, dimanch",
})  # fmt: skip

MONTHS: Final[Lexicon[int]] = Lexicon.of({
    1: "janvier, jan, janv, january, enero, gennaio, janeiro, januar",
    2: "fevrier, fev, fevr, february, feb, febrero, febbraio, fevereiro, februar, fevirer",
    3: "mars, march, marzo",
    4: "avril, avr, april, apr, abril, aprile",
    5: "mai, may, mayo, maggio, maio",
    6: "juin, june, jun, junio, giugno, junho, juni",
    7: "juillet, juil, july, jul, julio, luglio, julho, juli, juiller",
    8: "aout, august, aug, agosto",
    9: "septembre, sept, september, sep, septiembre, settembre, setembro",
    10: "octobre, oct, october, octubre, ottobre, outubro, oktober",
    11: "novembre, nov, november, noviembre, novembro",
    12: "decembre, dec, december, diciembre, dicembre, dezembro, dezember, decmbre",
})  # fmt: skip

# Said alone these are other words, or only a shortening: they need a day, a year or a preposition beside them.
SHY_MONTHS: Final = word_set(
    """
    jan janv fev fevr feb avr apr jun juil jul aug sept sep oct nov dec may march mars mai juni juli
    """
)
BEFORE_A_MONTH: Final = word_set(
    """
    en in of debut fin mi courant depuis since by until early mid late end next last this de d du mois month jusque
    pour for avant apres before after vers around entre et and between from to beginning start
    """
)

# Relative days: how far from today, and the part of the day said with it.
RELATIVE: Final[Lexicon[tuple[int, str]]] = Lexicon.of({
    (0, ""): "aujourd'hui, aujourdhui, auj, ajd, ajrd, today, hoy, oggi, hoje, heute",
    (1, ""): "demain, 2main, dem1, 2m1, tomorrow, tmrw, tmr, tomorow, domani, amanha, morgen",
    (2, ""): "apres demain, day after tomorrow",
    (-1, ""): "hier, yesterday, ayer, ieri, ontem, gestern",
    (-2, ""): "avant hier, day before yesterday",
    (0, "evening"): "ce soir, tonight, this evening",
    (0, "morning"): "ce matin, this morning",
    (0, "afternoon"): "cet apres midi, cet apresmidi, cette apres midi, cette apresmidi, this afternoon",
    (0, "night"): "cette nuit",
    (0, "lunch"): "ce midi",
    (-1, "evening"): "hier soir, hier au soir, last night",
    (-1, "morning"): "hier matin, yesterday morning",
})  # fmt: skip

# Weeks, months and years around today: the unit and how far.
AROUND: Final[Lexicon[tuple[str, int]]] = Lexicon.of({
    ("weekend", 0): "ce {weekend|week end|we}, this {weekend|week end}, {weekend|week end} qui {vient|arrive}",
    ("weekend", 1): "{weekend|week end|we} prochain, prochain {weekend|week end|we}, next {weekend|week end}",
    ("weekend", -1): "{weekend|week end|we} {dernier|passe}, last {weekend|week end}",
    ("week", 0): "cette semaine, this week, semaine en cours",
    ("week", 1): "semaine {prochaine|pro|suivante}, next week, semaine qui vient, prochaine semaine",
    ("week", -1): "semaine {derniere|passee}, last week",
    ("month", 0): """
        ce mois, ce mois ci, this month, {fin|debut|milieu} {de|du} mois, mois en cours, {end|start|beginning} of the
        month
        """,
    ("month", 1): "mois prochain, next month, mois qui vient, mois suivant",
    ("month", -1): "mois {dernier|passe|precedent}, last month",
    ("year", 0): "cette annee, this year, annee en cours, current year",
    ("year", 1): "an prochain, annee prochaine, next year, annee qui vient",
    ("year", -1): """
        an {dernier|passe|denier}, {annee|anee} {derniere|passee|precedente}, last year, annee d'avant, n-1, previous
        year, the year before
        """,
    ("year", -2): "n-2",
})  # fmt: skip

# Feasts that fall on one day: month and day.
FEAST_DAYS: Final[Lexicon[tuple[int, int]]] = Lexicon.of({
    (1, 1): "jour de l'an, nouvel an, new year's day, new year s day, new year",
    (2, 14): "saint valentin, st valentin, valentine's day",
    (10, 31): "halloween",
    (12, 24): "veille de noel",
    (12, 31): "saint sylvestre, st sylvestre, new year's eve, reveillon du nouvel an, reveillon du jour de l'an",
})  # fmt: skip

UNTIL: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        jusqu'au, jusqu'a, jusqu'en, jusqu a, jusque, d'ici le, d'ici au, d'ici la, d'ici, until, till, up to, avant,
        before, by
        """,
})  # fmt: skip
