"""Names on networks, in words that strangers will read: “Facebook Les Amis de Brest”, “cherchez Marie D sur Insta”.

A network alone is a thing to work on (“animer la page Facebook”), and so is what one does there (“Facebook : deux posts
par semaine”). A name beside it leads to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import dropwhile

from bot.word_lists import plain, word_lists

__all__ = ["MAILBOXES", "NETWORKS", "any_of", "names_on_networks"]


def any_of(*names: str) -> str:
    """A pattern of the words of these lists, as they are written there, the longest first."""
    words = sorted((word for name in names for word in word_lists("addresses").typed(name)), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in words)


NETWORKS = any_of("networks")
MAILBOXES = any_of("mailboxes")

ELIDED = r"(?:[ldLD]['’])?"
CAPITAL = rf"{ELIDED}[A-ZÀ-ÖØ-Þ][\w’'.&-]*"
INSIDE = rf"(?:\s(?:{any_of('inside_a_name')}|&)(?:['’]|(?=\s)))"
NAME = rf"{CAPITAL}(?:{INSIDE}{{0,2}}\s?{CAPITAL}|\s\d[\w-]*)*"
"""Words with a capital, and the little ones between them: “Les Amis de l’Ouest”."""
OPENS = r"[«“\"‘(\[]\s?"
JOINS = r"\s?(?::|=|->|→|>|/|-|–|—)\s?"
IS = rf"\s(?:{any_of('is')})\s"
WORD = re.compile(r"[^\W\d_]{4,}")
INFINITIVE = re.compile(r"(?:er|ir|re|ing|tion|ment)\Z")
SENTENCE = re.compile(r"\s[a-zà-ÿ]+")

AFTER = re.compile(
    rf"(?<!\w)(?:{NETWORKS}|{MAILBOXES})(?:(?P<opens>(?:{JOINS}|\s)?{OPENS})|(?P<joins>{JOINS}|{IS})|\s)"
    rf"(?P<name>(?-i:{NAME}))",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"(?<!\w)(?:{any_of('find_us')})\s(?:{OPENS})?(?P<name>(?-i:{NAME}))\W{{0,2}}\s(?:{any_of('on')})\s(?:{NETWORKS})(?!\w)",
    re.IGNORECASE,
)
JOINED = re.compile(rf"(?<!\w)(?:{NETWORKS}|{MAILBOXES})\s?(?::|=|->|→|>|/)\s?(?P<name>\w\S+)", re.IGNORECASE)


def names_on_networks(text: str) -> Iterator[tuple[int, int]]:
    """Where a network stands with the name that somebody has there: from, to."""
    small = text.lower()
    if not any(sign in small for sign in _signs()):
        return
    for found in AFTER.finditer(text):
        name = _without_what_is_no_name(found)
        if name and (_is_sure(name, found) or not _is_a_title(text, found)):
            yield found.span()
    for found in BEFORE.finditer(text):
        yield found.span()
    for found in JOINED.finditer(text):
        if not _is_done_there(found["name"], text[found.end() :]):
            yield found.span()


def _without_what_is_no_name(found: re.Match[str]) -> str:
    """The name, without first words like “Page”; empty where little but such words stands there."""
    words = found["name"].split()
    name = list(dropwhile(lambda word: plain(word.strip("’'.&-")) in _no_name(), words))
    is_left_over = len(name) < len(words) and (len(name) < 2 or not name[0][0].isupper())
    return "" if is_left_over else " ".join(name)


def _is_sure(name: str, found: re.Match[str]) -> bool:
    """Whether it is put as a name: in signs of quotation, or like “Les Amis …” and “Amicale des Lilas”."""
    first, *others = name.replace("’", "'").replace("'", " ").split()
    begins = plain(first) in _begins_a_name() and len(others) > 0
    return bool(found["opens"] and others) or begins or any(word.islower() for word in others)


def _is_a_title(text: str, found: re.Match[str]) -> bool:
    """Whether a capital says nothing there: after a sign one word with it, or most other words have one too."""
    if found["joins"] and len(found["name"].split()) < 2:
        return True
    others = WORD.findall(text[: found.start()]) + WORD.findall(text[found.end() :])
    capital = [word for word in others if word[0].isupper()]
    return len(others) > 1 and len(capital) * 2 > len(others)


def _is_done_there(name: str, rest: str) -> bool:
    """Whether what stands after “Facebook : ” is what one does there: small words of a sentence, or a first one."""
    word = plain(name.strip(",.;:!?)»”"))
    if not word.isalpha() or (not name[0].islower() and plain(name) not in _no_name()):
        return False
    goes_on = SENTENCE.match(rest) is not None
    return word in _no_name() or (goes_on and (word in _small_words() or INFINITIVE.search(word) is not None))


@cache
def _signs() -> tuple[str, ...]:
    lists = word_lists("addresses")
    return tuple(word.split()[0] for name in ("networks", "mailboxes") for word in lists.typed(name))


@cache
def _begins_a_name() -> frozenset[str]:
    return word_lists("addresses").words("begins_a_name")


@cache
def _no_name() -> frozenset[str]:
    """Words with a capital that are no name: networks, months, days, and what one does on a network."""
    lists, calendar = word_lists("addresses"), word_lists("calendar")
    words = [*lists.typed("no_name"), *lists.typed("networks")]
    words += [word for name in ("months", "weekdays") for word, _meaning in calendar.groups(name)]
    return frozenset(plain(word) for word in words)


@cache
def _small_words() -> frozenset[str]:
    """Words of a sentence, of no name: numbers, and those that say nothing."""
    return word_lists("numbers").words("number_words") | word_lists("search").words("says_nothing")
