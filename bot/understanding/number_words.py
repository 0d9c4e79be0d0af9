"""Number words and the signs of money, in the languages people write amounts in. All are folded."""

from __future__ import annotations

from typing import Final

from bot.understanding.sentence import word_set
from bot.word_lists import word_lists

__all__ = [
    "ARTICLES",
    "CENTS",
    "EURO_SLANG",
    "FOREIGN",
    "GERMAN",
    "JOINTS",
    "MISSPELT",
    "MOST",
    "MOST_DIGITS",
    "NOTES",
    "ROUNDS",
    "SCALES",
    "SPACES",
    "TIMES",
    "WORDS",
]

_LISTS: Final = word_lists("numbers")

# Enough for any sum on earth; longer runs are identifiers.
MOST_DIGITS: Final = 15
MOST: Final = 10**15
SPACES: Final = frozenset({" ", "\u00a0", "\u202f", "\u2009", "'"})
EURO_SLANG: Final = _LISTS.words("euro")
FOREIGN: Final = _LISTS.words("other_money") | frozenset({"$", "£", "¥", "₴"})
CENTS: Final = _LISTS.words("cents")
SCALES: Final = {
    "mille": 1_000, "thousand": 1_000, "grand": 1_000, "millier": 1_000, "mil": 1_000, "mila": 1_000, "tausend": 1_000,
    "million": 1_000_000, "mio": 1_000_000, "mln": 1_000_000, "millone": 1_000_000, "milion": 1_000_000,
    "milione": 1_000_000, "milioni": 1_000_000, "millonen": 1_000_000, "millionen": 1_000_000,
    "milliard": 1_000_000_000, "billion": 1_000_000_000, "md": 1_000_000_000, "bn": 1_000_000_000,
    "hundred": 100, "centaine": 100, "dizaine": 10, "dozen": 12, "douzaine": 12,
}  # fmt: skip
ROUNDS: Final = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1_000, "dozen": 12, "centinaia": 100,
    "centinaio": 100, "centenar": 100, "centena": 100, "decina": 10, "decena": 10, "dezena": 10,
}  # fmt: skip
# A banknote is its value.
NOTES: Final = {"tenner": 10, "fiver": 5}

WORDS: Final[dict[str, frozenset[str]]] = {
    "fr": word_set(
        """
        zero un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts
        trente quarante cinquante soixante septante huitante octante nonante cent cents mille million millions
        milliard milliards
        """
    ),
    "en": word_set(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
        millions billion
        """
    ),
    "es": word_set(
        """
        cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis
        diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis
        veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento
        doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil millon
        millones
        """
    ),
    "it": word_set(
        """
        zero uno una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
        sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento
        duecento trecento quattrocento cinquecento seicento settecento ottocento novecento mille mila duemila tremila
        cinquemila diecimila milione milioni
        """
    ),
    "pt": word_set(
        """
        zero um uma dois duas tres quatro cinco seis sete oito nove dez onze doze treze quatorze catorze quinze
        dezesseis dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta quarenta cinquenta sessenta
        setenta oitenta noventa cem cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos
        novecentos mil milhao milhoes
        """
    ),
    "de": word_set(
        """
        null ein eins eine zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn
        sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig hundert
        tausend zweihundert dreihundert vierhundert funfhundert sechshundert siebenhundert achthundert neunhundert
        million millionen
        """
    ),
}
JOINTS: Final = {"fr": "et", "en": "and", "es": "y", "it": "e", "pt": "e", "de": "und"}
MISSPELT: Final = {
    "quatres": "quatre", "milles": "mille", "cinqs": "cinq", "septs": "sept", "huits": "huit", "neufs": "neuf",
    "trente's": "trente", "trentes": "trente", "trante": "trente", "quarantes": "quarante", "quarente": "quarante",
    "cinquantes": "cinquante", "cinquente": "cinquante", "soixantes": "soixante", "soissante": "soixante",
    "ving": "vingt", "vint": "vingt", "vin": "vin", "deu": "deux", "troi": "trois", "quatorzes": "quatorze",
    "quinzes": "quinze", "douzes": "douze", "cen": "cent", "fourty": "forty", "hundreds": "hundred",
    "thousands": "thousand",
}  # fmt: skip
# Spellings that text2num wants back after folding.
GERMAN: Final = {"funf": "fünf", "zwolf": "zwölf", "dreissig": "dreißig"}
ARTICLES: Final = _LISTS.words("articles")
TIMES: Final = _LISTS.words("times") | frozenset({"*"})
