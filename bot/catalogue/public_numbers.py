"""Numbers in words that strangers will read: which of them can be called, or are bank accounts.

A telephone is found in any spacing, in figures, spelled out or both. Days, hours, postcodes, sums, measures and the
numbers of bodies (SIREN, SIRET, RNA) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import accumulate, pairwise

from bot.word_lists import plain, word_lists

__all__ = ["numbers_in"]

APART = r"[\s.\-‐‑‒–—−_/()\[\]·•*|,:;]{0,4}"
RUN = re.compile(rf"(?<![\d])(?P<plus>\+\s?\(?)?(?:\d|(?<!\w)[oO](?=[\s.-]?[1-9]))(?:{APART}\d)+")
DIGITS = re.compile(rf"(?:\d{APART}){{8}}|[A-Za-z]{{2}}[\s.-]?\d{{2}}")
GROUP = re.compile(r"[oO]|\d+")
LONGEST = 17
"""Digits of a number to call, with what is dialled before it."""
NEAR = 40
"""Signs before and after a number that say what it is."""

DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<sign>[/.-])(?P<m>\d{1,2})(?P=sign)(?P<y>(?:19|20)\d\d)(?!\d)")
ISO_DAY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
SHORT_DAY = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})(?P<sign>[/.])(?P<m>\d{1,2})(?:(?P=sign)(?P<y>\d\d))?(?![/.]?\d)")
HOUR = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
HOURS = re.compile(r"(?<![\d.])(?:[01]?\d|2[0-3])\.[0-5]\d\s?[-–—]\s?(?:[01]?\d|2[0-3])\.[0-5]\d(?!\.?\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[\s.,]\d{3})+(?:[.,]\d{1,2})?")
MEASURES = re.compile(r"[1-9]\d{0,2}(?:\s?[/\-–]\s?[1-9]\d{0,2}){1,3}")
MONEY = re.compile(r"\s?(?:[€$£]|euros?\b|eur\b|d.euros?\b|k€)", re.IGNORECASE)
UNIT = re.compile(r"\s?(?:[cm]?m[²³2]?|kg|g|[cm]?l)\b")
REFERENCE = re.compile(r"(?<![^\W_])(?:[A-Z]+-){2,}\Z")
"""“BOI-IR-RICI-250-10-20-10”"""
OF_A_BODY = re.compile(r"(?<![^\W_])[Ww]\Z")
"""Before the figures of an association in the national register: “W751234567”."""
IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[\s.-]?\d{2}(?:[\s.-]{0,2}[A-Za-z0-9]){11,30}")

TOKEN = re.compile(r"\d+|[^\W\d_]+")
BETWEEN = re.compile(r"[\s,.:/()\[\]·•*_|\-‐‑‒–—−]{0,4}")
LONGEST_SAID = 300
"""Signs of a number that is spelled out, at most."""


def numbers_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the telephones and the bank accounts are: from, to."""
    yield from _spelled_out(text)
    if not DIGITS.search(text):
        return
    for found in IBAN.finditer(text):
        if _is_account(found[0]):
            yield found.span()
    for found in RUN.finditer(text):
        before, after = text[max(0, found.start() - NEAR) : found.start()], text[found.end() : found.end() + NEAR]
        if _is_telephone(found[0], before, after):
            yield found.span()


def _is_account(text: str) -> bool:
    """Whether it begins with the number of a bank account, by its own check."""
    compact = "".join(sign for sign in text.upper() if sign.isalnum())
    return any(
        sum(sign.isdigit() for sign in compact[:length]) > length * 0.6
        and int("".join(str(int(sign, 36)) for sign in compact[4:length] + compact[:4])) % 97 == 1
        for length in range(15, min(len(compact), 34) + 1)
    )


# In figures


def _is_telephone(run: str, before: str, after: str) -> bool:
    """Whether digits in a row, with what stands between them, are a number to call; beside it, what says otherwise."""
    if run.startswith("+"):
        return 8 <= sum(sign.isdigit() for sign in run) <= LONGEST
    if _is_said_to_be_another(run, before, after) or _is_all_days_and_hours(run):
        return False
    for pattern in (DAY, ISO_DAY):
        run = pattern.sub(lambda found: " " * 5 if _is_day(found) else found[0], run)
    run = HOUR.sub(" " * 5, run)
    return any(_is_called(part) for part in re.split(r"[^\S\n]{5,}", run))


def _is_called(part: str) -> bool:
    groups = ["0" if group in "oO" else group for group in GROUP.findall(part)]
    sizes = [len(group) for group in groups]
    if sizes.count(5) > 1 and sum(sizes) - 5 * sizes.count(5) <= 2:  # postcodes in a row
        return False
    for first, group in enumerate(groups):
        whole = "".join(groups[first : first + LONGEST])
        ends = set(accumulate(sizes[first : first + LONGEST]))
        if group[0] == "0" and re.match(r"0[1-9]", whole) and 10 in ends:
            return True
        if whole.startswith("00") and len(whole) >= 10:
            return True
    counted = "".join(group for group in groups if not YEAR.fullmatch(group))
    return len(counted) >= 9 and not re.search(r"[,;\n]", part)


def _is_said_to_be_another(run: str, before: str, after: str) -> bool:
    """Whether the words beside it make it a sum, a measure, a list that rises, or the number of a body."""
    groups = GROUP.findall(run)
    digits = "".join(groups)
    if THOUSANDS.fullmatch(run) and (MONEY.match(after) or before.rstrip().endswith(("€", "$", "£"))):
        return True
    if MEASURES.fullmatch(run) and UNIT.match(after):
        return True
    commas = re.search(r"[,;]", run)
    if commas and _rises(groups) and _counted().match(plain(after)):
        return True
    if commas and all(len(group) in (2, 5) for group in groups) and _departments().search(plain(before)):
        return True
    sizes = [len(group) for group in groups]
    if sizes in ([9], [2, 7]) and OF_A_BODY.search(before):
        return True
    if digits[0] in "0oO" or sizes.count(2) >= 3:  # as telephones are written
        return bool(REFERENCE.search(before)) and digits[0] != "0"
    return (len(digits) == 14 and _checks(digits)) or bool(_numbered().search(plain(before)))


def _rises(groups: list[str]) -> bool:
    values = [int(group) for group in groups if group.isdigit()]
    return len(values) == len(groups) and values[-1] <= 120 and all(a < b for a, b in pairwise(values))


def _checks(digits: str) -> bool:
    """Whether the last digit of a SIRET is the one that its others ask for."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_all_days_and_hours(run: str) -> bool:
    """Whether nothing is left of it without days (“03/10, 24/12/26”) and hours."""
    for pattern in (DAY, ISO_DAY, SHORT_DAY):
        run = pattern.sub(lambda found: "" if _is_day(found) else found[0], run)
    left = HOUR.sub("", HOURS.sub("", run))
    return len(re.sub(r"\D", "", left)) <= 2 and not re.search(r"\d:\d", left)


def _is_day(found: re.Match[str]) -> bool:
    year = int(found["y"] or 2000)  # of a day without a year, or with two figures of one, the month and the day count
    try:
        date(year if year > 99 else 2000 + year, int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    return True


# What words say of it


def _any_of(words: list[str]) -> str:
    """A pattern of any of these, in small letters without accents, the longest first."""
    return "|".join(re.escape(word) for word in sorted({plain(word) for word in words}, key=len, reverse=True))


@cache
def _numbered() -> re.Pattern[str]:
    """The words before the number of a body, a book or a permit: “SIRET n° ”, “RCS Brest ”, “TVA : FR”."""
    return re.compile(rf"(?<!\w)(?:{_any_of(word_lists('addresses').typed('numbered'))})(?!\w)[^\d\n.,;!?]{{0,25}}\Z")


@cache
def _departments() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(word_lists('addresses').typed('departments'))})\W{{0,4}}\Z")


@cache
def _counted() -> re.Pattern[str]:
    months = [word for word, _month in word_lists("calendar").groups("months")]
    counted = _any_of([*months, *word_lists("addresses").typed("counted")])
    return re.compile(rf"(?:\W{{1,3}}(?:[^\W\d_]{{1,3}}\W)?\d{{1,3}})?\W{{0,3}}(?:{counted})(?!\w)")


# Spelled out


def _spelled_out(text: str) -> Iterator[tuple[int, int]]:
    """Telephones with at least one figure in words: “zéro six, 12 34 56 78”, “06 douze trente-quatre …”."""
    last = 0
    for begun in _begins().finditer(text):
        if begun.start() >= last and (end := _said_until(text, begun)):
            yield begun.start(), end
            last = end


def _said_until(text: str, begun: re.Match[str]) -> int:
    """The end of the telephone that begins there, 0 where none does: pairs enough, one of them in words."""
    numbers, little = _number_words()
    is_spelled = begun["zero"] is not None and begun[0][-1].isalpha()
    wanted = 4 if begun["abroad"] else 5
    pairs, end, reached = 0, 0, begun.end()
    for said in TOKEN.finditer(text, begun.end(), begun.end() + LONGEST_SAID):
        if not BETWEEN.fullmatch(text, reached, said.start()):
            break
        word, reached = said[0], said.end()
        if word.isdigit():
            pairs += (len(word) + 1) // 2
        elif plain(word) in numbers:
            pairs, is_spelled = pairs + 1, True
        elif plain(word) in little:
            continue
        else:
            break
        end = reached
    return end if is_spelled and pairs >= wanted else 0


@cache
def _begins() -> re.Pattern[str]:
    """A nought in words or figures, what is dialled for another country, or the word for a telephone."""
    zero, abroad, call = (
        "|".join(re.escape(word) for word in word_lists("addresses").typed(name)) for name in ("zero", "abroad", "call")
    )
    return re.compile(
        rf"(?<!\w)(?:(?:(?P<abroad>\+\s?\d{{2,3}}|00\s?\d\d|{abroad})|(?P<zero>{zero}|[o0]))(?![^\W\d_])"
        rf"|(?:{call})\b\W{{0,4}}(?=[^\W_]))",
        re.IGNORECASE,
    )


@cache
def _number_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of numbers in any language, and the little ones between them."""
    numbers, addresses = word_lists("numbers"), word_lists("addresses")
    zeros = {plain(word) for word in addresses.typed("zero")}
    little = addresses.words("repeats") | numbers.words("joint")
    return numbers.words("number_words") | zeros, little
