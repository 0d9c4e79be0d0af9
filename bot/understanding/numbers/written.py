"""Numbers in figures and in words, with the signs that belong to them.

Reads "1 500,50", "1.250,00", "2k", "1,2 million", "3x30", "10^12", "-50 €", « mille deux cents », « une centaine »,
« trois fois douze », « septante-cinq », "two grand", and the number words of six languages. What a number measures is
not said here: `figures` decides that. Digits too long to be a quantity are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, cast

from text_to_num import text2num

from bot.understanding.sentence import Sentence
from bot.word_lists import word_lists

__all__ = ["Number", "figures_written", "numbers_in", "read_number"]

_LISTS: Final = word_lists("numbers")

# Enough for any sum on earth; longer runs are identifiers.
MOST_DIGITS: Final = 15
MOST: Final = 10**15
SPACES: Final = frozenset({" ", "\u00a0", "\u202f", "\u2009", "'"})
_SIZES: Final = {
    "five": 5,
    "ten": 10,
    "dozen": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
EURO_SLANG: Final = _LISTS.words("euro")
FOREIGN: Final = _LISTS.words("other_money") | frozenset("$£¥₴")
CENTS: Final = _LISTS.words("cents")
ARTICLES: Final = _LISTS.words("articles")
TIMES: Final = _LISTS.words("times") | frozenset({"*"})
SCALES: Final = _LISTS.meanings("scales", _SIZES)
ROUNDS: Final = _LISTS.meanings("rounds", _SIZES)
NOTES: Final = _LISTS.meanings("notes", _SIZES)
MISSPELT: Final = _LISTS.standing_for("misspelt")
WORDS: Final = _LISTS.words_by_language("number_words")
JOINTS: Final = {code: word for code, words in _LISTS.words_by_language("joint").items() for word in words}
# Spellings that the reader of runs wants back after folding.
GERMAN: Final = {"funf": "fünf", "zwolf": "zwölf", "dreissig": "dreißig"}

Sign = Literal["", "euro", "foreign", "percent", "ordinal"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: words from `start` to before `end`, its sign included.

    `value` is never negative: `negative` says that a minus stood before it. `digits` holds the bare digits when it was
    typed as one run of them ("2025", "44000"), else it is empty. `in_words` is true for « douze »; `article` for « un »
    and "a", which may be no number at all. `shouted_e` marks "50e", euros to some and a rank to others.
    """

    value: Decimal
    start: int
    end: int
    sign: Sign = ""
    negative: bool = False
    digits: str = ""
    in_words: bool = False
    article: bool = False
    shouted_e: bool = False


def _is_digits(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _figure(sentence: Sentence, start: int) -> tuple[Decimal, int]:
    """The value typed in digits from `start`, and the word after it."""
    whole, end = sentence.words[start], start + 1
    separator = ""
    if len(whole) <= 3 and whole[0] != "0":
        while True:
            nearby = sentence.word(end)
            if len(nearby) == 3 and _is_digits(nearby) and separator in ("", " ") and sentence.gap(end) in SPACES:
                whole, end, separator = whole + nearby, end + 1, " "
            elif (
                nearby in (".", ",")
                and separator in ("", nearby)
                and len(sentence.word(end + 1)) == 3
                and _is_digits(sentence.word(end + 1))
                and sentence.glued(end)
                and sentence.glued(end + 1)
            ):
                whole, end, separator = whole + sentence.word(end + 1), end + 2, nearby
            else:
                break
    if sentence.words[end : end + 3] == ["0", ",", "5"] and sentence.gap(end) == " ":
        # "2½", written out by folding
        return Decimal(whole) + Decimal("0.5"), end + 3
    mark, part = sentence.word(end), sentence.word(end + 1)
    if (
        mark in (".", ",")
        and mark != separator
        and _is_digits(part)
        and len(part) <= 6
        and sentence.glued(end)
        and sentence.glued(end + 1)
        and not (
            sentence.word(end + 2) in (mark, "/") and _is_digits(sentence.word(end + 3)) and sentence.glued(end + 3)
        )
    ):
        return Decimal(f"{whole}.{part}"), end + 2
    return Decimal(whole), end


_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _power(sentence: Sentence, value: Decimal, end: int) -> tuple[Decimal, int]:
    """`value` raised when "^12", « puissance 12 », "¹²" or "e6" follows."""
    exponent, after = "", end
    following = sentence.word(end)
    if following in ("^", "puissance") or (following == "e" and sentence.glued(end) and sentence.glued(end + 1)):
        exponent, after = sentence.word(end + 1), end + 2
    elif following and following[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹" and sentence.glued(end):
        exponent, after = following.translate(_SUPERSCRIPTS), end + 1
    if not _is_digits(exponent) or len(exponent) > 2 or int(exponent) > 30:
        return value, end
    base = Decimal(10) if following == "e" else value
    return (value * base ** int(exponent) if following == "e" else base ** int(exponent)), after


def _scaled(sentence: Sentence, value: Decimal, end: int) -> tuple[Decimal, int]:
    """`value` multiplied by what follows it: k, m, million, « milliers »…"""
    following = sentence.stem(end)
    if sentence.glued(end):
        if following in ("k", "ke", "keuro"):
            # The e of "30ke" is a euro sign typed in haste; the currency is read by the caller from what is left.
            return value * 1_000, end + 1
        if following == "m" and sentence.word(end + 1) not in ("2", "²", "3"):
            return value * 1_000_000, end + 1
    elif following in ("k", "keuro", "kiloeuro"):
        return value * 1_000, end + 1
    if following == "m" and (sentence.stem(end + 1) == "euro" or sentence.is_capital(end)):
        return value * 1_000_000, end + 1
    if following in SCALES and following not in ("md", "mil"):
        value, end = value * SCALES[following], end + 1
    elif following == "md" and sentence.stem(end + 1) in ("euro", "d"):
        return value * 1_000_000_000, end + 1
    if following == "mil" and value < 1_000:
        return value * 1_000, end + 1
    if following.startswith("milli") and sentence.word(end) == "et" and sentence.word(end + 1) in ("demi", "demie"):
        return value + SCALES[following] // 2, end + 2
    if following in ("millier", "dizaine", "centaine") and sentence.word(end) in ("de", "d"):
        bigger = SCALES.get(sentence.stem(end + 1))
        if bigger:
            return value * bigger, end + 2
    return value, end


def _in_words(sentence: Sentence, start: int, language: str) -> tuple[Decimal, int] | None:
    """The value of the number words from `start`, and the word after them."""
    first = MISSPELT.get(sentence.words[start], sentence.words[start])
    for code in dict.fromkeys((language, "fr", "en")):
        known = WORDS.get(code, frozenset())
        if first not in known:
            continue
        run, end = [first], start + 1
        while len(run) < 14:
            word = MISSPELT.get(sentence.word(end), sentence.word(end))
            if word in known:
                run.append(word)
                end += 1
            elif word == JOINTS.get(code) and sentence.word(end + 1) in known:
                run += [word, sentence.word(end + 1)]
                end += 2
            else:
                break
        while run:
            said = " ".join(GERMAN.get(word, word) for word in run) if code == "de" else " ".join(run)
            try:
                return Decimal(int(text2num("un" if said == "une" else said, code))), start + len(run)
            except ValueError:
                run.pop()
    return None


def _unsigned(sentence: Sentence, start: int, language: str) -> Number | None:
    """The number that begins at `start`, without its sign."""
    word = sentence.words[start]
    if _is_digits(word):
        if len(word) > MOST_DIGITS:
            return None
        value, end = _figure(sentence, start)
        digits = word if end == start + 1 else ""
        value, end = _power(sentence, value, end)
        scaled, end = _scaled(sentence, value, end)
        if scaled != value:
            digits = ""
        return Number(scaled, start, end, digits=digits)
    if word in NOTES or sentence.stems[start] in NOTES:
        return Number(Decimal(NOTES[sentence.stems[start]]), start, start + 1, sign="euro", in_words=True)
    rounds = ROUNDS.get(sentence.stems[start])
    if rounds is not None and sentence.word(start - 1) in ARTICLES:
        value, end = _scaled(sentence, Decimal(rounds), start + 1)
        if end == start + 1 and sentence.word(end) in ("de", "d") and sentence.stem(end + 1) in ("millier", "million"):
            value, end = value * SCALES[sentence.stem(end + 1)], end + 2
        return Number(value, start, end, in_words=True)
    if word in ARTICLES and sentence.stem(start + 1) in ROUNDS:
        return None
    if word == "half" and sentence.word(start + 1) == "a" and sentence.word(start + 2) in ("million", "thousand"):
        return Number(Decimal(SCALES[sentence.word(start + 2)]) / 2, start, start + 3, in_words=True)
    if word == "a" and sentence.word(start + 1) in ("hundred", "thousand", "million", "grand", "couple"):
        after = start + 2
        value = Decimal(SCALES.get(sentence.word(start + 1), 2))
        if sentence.word(start + 1) == "couple":
            after += sentence.word(after) == "of"
            if sentence.stem(after) not in SCALES:
                return None
            value, after = value * SCALES[sentence.stem(after)], after + 1
        return Number(value, start, after, in_words=True)
    if word in ("a", "an") and sentence.stem(start + 1) in ("day", "week", "weeks", "days"):
        return Number(Decimal(1), start, start + 1, in_words=True, article=True)
    said = _in_words(sentence, start, language)
    if said is None:
        return None
    value, end = said
    article = end == start + 1 and word in ARTICLES
    value, end = _scaled(sentence, value, end)
    return Number(value, start, end, in_words=True, article=article and end == start + 1)


def _signed(sentence: Sentence, number: Number) -> Number:
    """`number` with the signs around it: minus, euro, other money, percent, rank."""
    start, end, value = number.start, number.end, number.value
    sign: Sign = number.sign
    shouted_e = False
    before = sentence.word(start - 1)
    negative = (
        before in ("-", "–")
        and sentence.glued(start)
        and (start == 1 or not sentence.glued(start - 1))
        and not (start > 1 and _is_digits(sentence.word(start - 2)))
    ) or (start == 1 and before in ("moins", "minus"))
    if sentence.stem(start - 1) == "euro" and not _is_digits(sentence.word(start - 2)) and not number.in_words:
        sign = "euro"
    elif before in FOREIGN and before in "$£¥₴":
        sign = "foreign"
    if sentence.word(end) in ("de", "d") and sentence.stem(end + 1) == "euro":
        end += 1
    unit, word = sentence.stem(end), sentence.word(end)
    if unit in EURO_SLANG or (unit == "cent" and sentence.stem(end + 1) == "euro"):
        if unit == "cent":
            value, end = value * 100, end + 1
        sign, end = "euro", end + 1
        value, end = _with_cents(sentence, value, end)
        if sentence.stem(end) == "euro" and sentence.glued(end):
            end += 1
    elif sentence.word(end - 1) in ("ke", "keuro", "keuros", "kiloeuros") and sentence.glued(end - 1):
        sign = "euro"
    elif unit in FOREIGN:
        sign, end = "foreign", end + 1
    elif unit in CENTS and not number.in_words and value < 100:
        sign, value, end = "euro", value / 100, end + 1
    elif word in ("%", "‰", "pourcent", "percent", "pct", "pourcents") or (
        word in ("pour", "per", "por", "per") and sentence.word(end + 1) in ("cent", "mille", "ciento", "cento")
    ):
        sign, end = "percent", end + (1 if word not in ("pour", "per", "por") else 2)
    elif not number.in_words and sentence.glued(end):
        if word in ("eme", "er", "ere", "ieme", "nd", "nde", "rd", "th", "st", "iem", "em", "o"):
            sign, end = "ordinal", end + 1
        elif word == "e":
            shouted_e, end = True, end + 1
    elif not number.in_words and word == "e" and sentence.gap(end) == " " and sentence.gap(end + 1) != "'":
        shouted_e, end = True, end + 1
    return Number(
        value, start, end, sign, negative, number.digits, number.in_words, number.article and not sign, shouted_e
    )


def _with_cents(sentence: Sentence, value: Decimal, end: int) -> tuple[Decimal, int]:
    """The euros `value` with the cents said after them: "15 € 50", « quinze euros cinquante »."""
    after = sentence.word(end)
    if value != value.to_integral_value():
        return value, end
    start = end
    if after == "et" and sentence.stem(end + 2) in CENTS:
        start = end + 1
        after = sentence.word(start)
    if _is_digits(after):
        if len(after) != 2 or sentence.gap(start) not in ("", " ", "\u00a0", "\u202f"):
            return value, end
        cents, stop = Decimal(after), start + 1
    else:
        said = _in_words(sentence, start, "fr") if after and after not in ARTICLES else None
        if said is None or not 0 < said[0] < 100:
            return value, end
        cents, stop = said
    following = sentence.stem(stop)
    if following in CENTS:
        return value + cents / 100, stop + 1
    ends_here = following in (
        "",
        ".",
        ",",
        "!",
        "?",
        ";",
        ")",
        "de",
        "a",
        "au",
        "aux",
        "pour",
        "par",
        "brut",
        "net",
        "/",
    )
    return (value + cents / 100, stop) if ends_here else (value, end)


def _multiplied(sentence: Sentence, left: Number, language: str) -> Number:
    """`left` times the number after "x", "*" or « fois »."""
    times = sentence.word(left.end)
    if times not in TIMES or left.sign in ("percent", "ordinal") or left.end + 1 >= len(sentence):
        return left
    right = _unsigned(sentence, left.end + 1, language)
    if right is None or right.article:
        return left
    right = _signed(sentence, right)
    if right.sign in ("percent", "ordinal"):
        return left
    sign: Sign = "euro" if "euro" in (left.sign, right.sign) else left.sign or right.sign
    return Number(
        left.value * right.value, left.start, right.end, sign, left.negative, in_words=left.in_words and right.in_words
    )


def _scan(sentence: Sentence, language: str) -> Iterator[Number]:
    index, size = 0, len(sentence)
    words = sentence.words
    while index < size:
        word = words[index]
        if not (word.isdigit() or word in _STARTERS or sentence.stems[index] in NOTES):
            index += 1
            continue
        number = _unsigned(sentence, index, language)
        if number is None:
            index += 1
            continue
        number = _multiplied(sentence, _signed(sentence, number), language)
        if number.value <= MOST:
            yield number
        index = max(number.end, index + 1)


_STARTERS: Final = frozenset().union(*WORDS.values(), MISSPELT, ROUNDS, {r + "s" for r in ROUNDS}, {"a", "half"})


def numbers_in(text: str | Sentence, language: str = "fr") -> list[Number]:
    """All numbers of a message, from left to right."""
    sentence = Sentence.of(text)
    key = f"numbers:{language}"
    if key not in sentence.memory:
        sentence.memory[key] = list(_scan(sentence, language))
    return cast("list[Number]", sentence.memory[key])


def read_number(text: str | Sentence, language: str = "fr") -> Decimal | None:
    """The first number of an answer: « douze », "1 500", "-3" is −3. An article alone (« un ») counts only if nothing
    else does."""
    numbers = numbers_in(text, language)
    chosen = next((n for n in numbers if not n.article), numbers[0] if numbers else None)
    if chosen is None:
        return None
    return -chosen.value if chosen.negative else chosen.value


def figures_written(text: str | Sentence, language: str = "fr") -> str:
    """The folded words, one space between, with every number in figures: « un jour par semaine » is "1 jour par semaine"."""
    sentence = Sentence.of(text)
    words = list(sentence.words)
    for number in reversed(numbers_in(sentence, language)):
        whole = number.value == number.value.to_integral_value()
        figures = str(int(number.value)) if whole else str(number.value)
        words[number.start : number.end] = [figures + _SIGNS_WRITTEN.get(number.sign, "")]
    return " ".join(words)


_SIGNS_WRITTEN: Final = {"percent": " %", "euro": " €"}
