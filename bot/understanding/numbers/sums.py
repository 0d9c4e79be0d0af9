"""Which sum a number is: a gift, a pay, a turnover, an income, the tax, the saving hoped for, a ceiling, or none.

The nearest word that speaks of money decides, within a few words and never across the end of a sentence. Without a euro
sign a number is a sum only after a word of giving, or where the talk is about money, and never before a noun.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final, Literal, cast

from bot.understanding.hearing import PAID, WORK, Context
from bot.understanding.items import names_an_item
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.numbers.written import Number
from bot.understanding.sentence import Sentence, word_set
from bot.word_lists import each, word_lists

__all__ = ["GROSS", "MOST_STAFF", "PER", "RATES", "STAFF_BEFORE", "UNITS", "Sum", "Sums", "Unit"]

_LISTS: Final = word_lists("figures")

Key = Literal["gift", "pay", "turnover", "income", "tax", "saving", "ceiling", "credit", "name"]
Unit = Literal["days", "half_days", "weeks", "people", "km", "age", "time", "rate", "other"]

KEYS: Final[Lexicon[Key]] = Lexicon(_LISTS.groups("sums", each(Key)))

# How far a key reaches: words before a number, words after it.
REACH: Final[dict[Key, tuple[int, int]]] = {
    "gift": (9, 7),
    "pay": (6, 3),
    "turnover": (6, 3),
    "income": (6, 3),
    "tax": (3, 2),
    "saving": (3, 3),
    "ceiling": (2, 1),
    "credit": (5, 5),
    "name": (1, 0),
}

UNITS: Final[Lexicon[Unit]] = Lexicon(_LISTS.groups("units", each(Unit)))

PER: Final[Lexicon[str]] = Lexicon(_LISTS.groups("periods"))

GROSS: Final[Lexicon[str]] = Lexicon(_LISTS.groups("kinds_of_pay"))

# « et si je paie 800 ? » supposes another tax, where no receiver and no period is named.
IF_I_PAY: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("if_i_pay"))

# What comes right before the number of people of a firm.
STAFF_BEFORE: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("before_staff"))

# What may come right after a sum that has no euro sign: little words, never a noun.
FOLLOWS_A_SUM: Final = _LISTS.words("follows_a_sum")

Sum = Literal[
    "gift", "pay", "turnover", "income", "tax", "saving", "ceiling", "credit", "name", "people", "rate", "rank",
    "other", "unsaid",
]  # fmt: skip

_OF_A_HOUSEHOLD: Final = frozenset({Context.GIFT, Context.SPENDING})
_STRONG: Final = frozenset(".;!?\n")
_STICKING: Final = frozenset({"ceiling", "saving", "tax", "name"})
_WORDS_OF_PAY: Final = frozenset({"pay", "tax", "turnover", "income"})
_REACH_MOST: Final = 12
# A sum goes on after another one: « 50 et 30 », "300 from her, 450 from me".
_BETWEEN_SUMS: Final = _LISTS.words("between_sums") | frozenset({",", "+", "&"})
_JOINTS: Final = _LISTS.words("joints") | frozenset({",", "+", "&"})
_RECEIVES: Final = _LISTS.words("receives")
_STANDS_OUT: Final = _LISTS.words("stands_out") | frozenset({"=", "+", "/", "?", ",", ".", "!"})
_APPROXIMATE: Final = _LISTS.words("approximate")
_IS_THE: Final = _LISTS.words("is_the") | frozenset({","})
_CEILINGS: Final = _LISTS.words("ceilings")
_RECEIVED: Final = frozenset({
    ("m", "a"), ("m", "ont"), ("nous", "a"), ("nous", "ont"), ("ma", "donne"), ("ma", "legue"), ("gave", "me"),
    ("left", "me"), ("gave", "us"), ("left", "us"), ("ai", "recu"), ("avons", "recu"), ("ai", "herite"),
})  # fmt: skip
_EACH: Final = _LISTS.words("each") | frozenset({"/"})
_LENGTHS: Final = _LISTS.words("lengths")
_MAKES: Final = _LISTS.words("makes")
# Tax forms and laws that people call by their number.
_FORMS: Final = word_set("2042 2041 2044 2069 2065 2072 2031 2035 2058 1901 11580 16216 2074 885 3916 2777")
_BEFORE_A_RANK: Final = _LISTS.words("before_a_rank")
_BEFORE_A_POSTCODE: Final = _LISTS.words("before_a_postcode")
_AFTER_A_RANK: Final = _LISTS.words("after_a_rank")
# « I am 79 », « nous sommes 4 »: who speaks is counted, not what is given.
_I_AM: Final = frozenset({("i", "am"), ("i", "m"), ("je", "suis"), ("im",), ("jsuis",), ("chui",)})
_WE_ARE: Final = frozenset({
    ("nous", "sommes"), ("on", "est"), ("on", "etait"), ("nous", "etions"), ("we", "are"), ("we", "re"), ("there", "are"),
    ("on", "sera"), ("nous", "serons"),
})  # fmt: skip
_A_CROWD: Final = 100
# What is left of a sum said before is no further sum.
_LEFT_OVER: Final = _LISTS.words("left_over")
_ASKS_WHY: Final = _LISTS.words("asks_why")
# Spoken small numbers are often no sums (« toute neuve », « à deux »).
_SMALL: Final = 20
# The rates of the law: a bare number that asks why is one of them.
RATES: Final = frozenset({40, 60, 66, 75})
# « une boîte de 40 » counts people; « un don de ma boîte de 8 000 » does not.
MOST_STAFF: Final = 2_000
_LIKELY_PAY: Final = 500
_LIKELY_ANNUAL: Final = 12_000
_LEAST_TURNOVER: Final = 10_000
_LIKELY_TURNOVER: Final = 100_000


def _is_that(sentence: Sentence, key: Found[Key]) -> bool:
    return sentence.words[key.start] == "ca" and sentence.typed(key.start, key.start + 1)[:1] in "çÇ"


class Sums:
    """Tells the sums of one sentence apart. Asked for each number in order; looks only at the words around it."""

    def __init__(self, sentence: Sentence, numbers: list[Number], context: Context | None) -> None:
        self.sentence = sentence
        self.numbers = numbers
        self.context = context
        # « ça fait 300 € » says nothing of a turnover (CA).
        self.keys = [key for key in KEYS.find(sentence) if not _is_that(sentence, key)]
        self._starts = [key.start for key in self.keys]

    def name(self, position: int, last_gift_end: int) -> Sum:
        """What the number at `position` is. `last_gift_end` is the word after the gift just before it, or −1."""
        number = self.numbers[position]
        elsewhere = self._said_elsewhere(position, number)
        if elsewhere is not None:
            return elsewhere
        key = self._key(position, number)
        named = self._named(key, number)
        if number.sign == "euro":
            return "gift" if named in (None, "name") else named
        if named is not None:
            return named
        if self.sentence.word(number.start - 1) == "=":
            return "unsaid"
        if self._is_postcode(number) and key != "gift":
            return "name"
        if number.shouted_e:
            return "rank" if self._is_rank(number) else "gift"
        if (self._could_be_year(number) and key != "gift") or not self._may_follow(number):
            return "other" if self.sentence.word(number.end).isalpha() else "unsaid"
        if key == "gift" and self._given_closely(number):
            return "gift"
        if last_gift_end >= 0 and self._goes_on(last_gift_end, number):
            return "gift"
        if self.context is None:
            return "gift" if self._is_all(number) else "unsaid"
        return "gift" if self.context in PAID and self._stands_out(number) else "unsaid"

    def _said_elsewhere(self, position: int, number: Number) -> Sum | None:
        """Rates per kilometre, ceilings of the law, staff, forms: told by the words that touch the number."""
        sentence = self.sentence
        if sentence.word(number.end) in _EACH and sentence.stem(number.end + 1) in _LENGTHS:
            return "rate"
        following = self.numbers[position + 1] if position + 1 < len(self.numbers) else None
        # « 20 000 € ou 5 pour mille »
        between = sentence.words[number.end : following.start] if following is not None else []
        if following is not None and following.sign == "percent" and between in (["ou"], ["or"]):
            return "ceiling"
        if self._is_left_over(number):
            return "other"
        if not number.sign and names_an_item(sentence, number.start, number.end):
            return "rank"
        if number.sign == "euro":
            return None
        if (counted := self._counts_who_speaks(number)) is not None:
            return counted
        if sentence.word(number.start - 1) in _ASKS_WHY and number.value in RATES:
            return "rate"
        few = number.value <= MOST_STAFF
        if few and self.context not in _OF_A_HOUSEHOLD and STAFF_BEFORE.ending_at(sentence, number.start) is not None:
            return "people"
        paid = GROSS.at(sentence, number.end) or PER.at(sentence, number.end)
        return "name" if number.digits in _FORMS and paid is None else None

    def _is_left_over(self, number: Number) -> bool:
        """« les 4 000 autres », « il reste 3 000 », "the other 4,000"."""
        words = self.sentence.words
        before = words[max(0, number.start - 3) : number.start]
        return words[number.end : number.end + 1] in (["autres"], ["restants"], ["left"], ["remaining"]) or bool(
            before and (before[-1] in _LEFT_OVER or (before[-1] in ("les", "the") and before[0] in _LEFT_OVER))
        )

    def _counts_who_speaks(self, number: Number) -> Sum | None:
        """An age (« I am 79 ») or how many there are (« nous sommes 4 »)."""
        words = self.sentence.words
        before = [tuple(words[max(0, number.start - size) : number.start]) for size in (1, 2)]
        if number.value > _A_CROWD or number.value % 1:
            return None
        if any(pair in _I_AM for pair in before):
            return "other"
        return "people" if any(pair in _WE_ARE for pair in before) else None

    def _key(self, position: int, number: Number) -> Key | None:
        """The nearest word that says what this sum is."""
        previous = self.numbers[position - 1].end if position else 0
        following = self.numbers[position + 1].start if position + 1 < len(self.numbers) else len(self.sentence)
        first = bisect_left(self._starts, number.start - _REACH_MOST)
        last = bisect_right(self._starts, number.end + _REACH_MOST)
        best: tuple[float, Key] | None = None
        for key in self.keys[first:last]:
            if key.end <= number.start:
                distance = self._before(key, number, previous)
            elif key.start >= number.end:
                distance = self._after(key, number, following)
            else:
                continue
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, key.value)
        return best[1] if best else None

    def _before(self, key: Found[Key], number: Number, previous: int) -> float | None:
        """How far a key before the number stands from it, in words; None when it does not speak of it."""
        away = number.start - key.end
        if away > REACH[key.value][0] or key.start < previous:
            return None
        between = self.sentence.words[key.end : number.start]
        if key.value in _STICKING and any(word not in _APPROXIMATE for word in between):
            return None
        return self._weighed(away, between, key)

    def _after(self, key: Found[Key], number: Number, following: int) -> float | None:
        """The same for a key after the number: it must come soon, and before the next number."""
        away = key.start - number.end
        if away >= REACH[key.value][1] or key.start >= following:
            return None
        between = self.sentence.words[number.end : key.start]
        if "," in between or (key.value in _STICKING and len(between) > 2):
            return None
        return self._weighed(away - 0.25 if key.value in _WORDS_OF_PAY else away + 0.5, between, key)

    def _weighed(self, away: float, between: list[str], key: Found[Key]) -> float | None:
        if any(word in _STRONG for word in between):
            return None
        return away + 3 * between.count(",") - (0.5 if key.value in _STICKING else 0)

    def _named(self, key: Key | None, number: Number) -> Sum | None:
        """What the nearest word makes of the number; None leaves it a gift, or nothing."""
        if self._turns_over(number):
            return "turnover"
        if key is None and self._is_called_the_ceiling(number):
            return "ceiling"
        if key in ("gift", None) and self._is_received(number):
            return "credit"
        per = self._per(number)
        if key in ("gift", None):
            if not per and self._supposes_a_tax(number):
                return "tax"
            paid_by_time = per in ("hourly", "daily") and self.context in (*WORK, None)
            likely = self.context in WORK and number.value >= _LIKELY_PAY
            return "pay" if paid_by_time or likely else None
        if key == "pay" and self.context is Context.GIFT and (per == "annual" or number.value >= _LIKELY_ANNUAL):
            return "income"
        small = number.value < _LEAST_TURNOVER
        if key == "turnover" and small and self.context in _OF_A_HOUSEHOLD | {Context.REST}:
            return None
        return cast("Sum", key)

    def _turns_over(self, number: Number) -> bool:
        """« il fait huit millions par an », said of a firm."""
        if self.context is not Context.PATRONAGE or number.value < _LEAST_TURNOVER:
            return False
        makes = any(word in _MAKES for word in self.sentence.words[max(0, number.start - 2) : number.start])
        return makes or (number.value >= _LIKELY_TURNOVER and self._per(number) == "annual")

    def _is_called_the_ceiling(self, number: Number) -> bool:
        """« 1 000 €, c'est le plafond ? », "is 500 the limit"."""
        after = self.sentence.words[number.end : number.end + 6]
        named = next((at for at, word in enumerate(after) if word not in _IS_THE), len(after))
        return named > 0 and " ".join(after[named : named + 1]) in _CEILINGS

    def _supposes_a_tax(self, number: Number) -> bool:
        """« et si je paie 800 ? » in a talk about gifts: what is given has a receiver, or comes back every month."""
        pays = self.context is Context.GIFT and IF_I_PAY.ending_at(self.sentence, number.start) is not None
        return pays and self.sentence.word(number.end) not in _RECEIVES

    def _is_received(self, number: Number) -> bool:
        """« mon père m'a légué 45 000 € »: what one was given is no gift of one's own."""
        before = self.sentence.words[max(0, number.start - 4) : number.start]
        return any(pair in _RECEIVED for pair in pairwise(before))

    def _per(self, number: Number) -> str:
        """How often a sum comes back, when that is said right after it."""
        for at in range(number.end, min(number.end + 3, len(self.sentence))):
            found = PER.at(self.sentence, at)
            if found is not None:
                return found.value
            if self.sentence.words[at] in ",.;":
                break
        return ""

    def _is_rank(self, number: Number) -> bool:
        """« le 20e », « 11e arrondissement »; else "50e" is fifty euros typed in haste."""
        sentence = self.sentence
        after = sentence.word(number.end)
        noun = after.isalpha() and after not in FOLLOWS_A_SUM and PER.at(sentence, number.end) is None
        return noun or sentence.word(number.start - 1) in _BEFORE_A_RANK or sentence.stem(number.end) in _AFTER_A_RANK

    def _could_be_year(self, number: Number) -> bool:
        return len(number.digits) == 4 and 1900 <= number.value <= 2099 and number.value % 100 != 0

    def _is_postcode(self, number: Number) -> bool:
        """« j'habite 69100 »: five digits after a word of place, or beside other words than those of giving."""
        return len(number.digits) == 5 and self.sentence.word(number.start - 1) in _BEFORE_A_POSTCODE

    def _may_follow(self, number: Number) -> bool:
        """Whether what comes after a bare number leaves it a sum: nothing, a sign, a little word."""
        word = self.sentence.word(number.end)
        if word in ("%", "°", "h", ":"):
            return False
        if word == "sans":
            return self.sentence.word(number.end + 1) not in ("abri", "abris", "papiers", "domicile")
        return not word.isalpha() or word in FOLLOWS_A_SUM or PER.at(self.sentence, number.end) is not None

    def _given_closely(self, number: Number) -> bool:
        if not number.in_words or number.value >= _SMALL:
            return True
        at = bisect_left(self._starts, number.start) - 1
        return at >= 0 and self.keys[at].value == "gift" and self.keys[at].end == number.start

    def _goes_on(self, last_end: int, number: Number) -> bool:
        """« 50 à la SPA et 100 aux restos »: after « et » or a comma, with a giver or a receiver on the other side."""
        between = self.sentence.words[last_end : number.start]
        if len(between) > 14 or any(word in _STRONG for word in between):
            return False
        after = self.sentence.word(number.end)
        given = bool(between) and between[-1] in _JOINTS and (not after or after in _RECEIVES)
        return given or all(word in _BETWEEN_SUMS for word in between)

    def _is_all(self, number: Number) -> bool:
        """A number and nothing else is a sum: whoever greets Allié with "180" speaks of a gift."""
        signs = self.sentence.words[number.end :]
        return number.start == 0 and not number.in_words and len(number.digits) != 5 and all(s in ".!?" for s in signs)

    def _stands_out(self, number: Number) -> bool:
        """In a talk about money, a bare number is the sum when it ends a phrase or names its receiver."""
        if number.in_words and number.value < _SMALL:
            return False
        after = self.sentence.word(number.end)
        return not after or after in _STANDS_OUT or (after in ("le", "on") and self._is_dated(number.end + 1))

    def _is_dated(self, at: int) -> bool:
        """« 800 le 10 mars », "900 on 20 November", « 50 le mois dernier »."""
        return self.sentence.word(at).isdigit() or self.sentence.stem(at) in ("mois", "premier", "1er")
