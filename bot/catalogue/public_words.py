"""Words that strangers will read: what in them leads to somebody, however it is written.

An address is passed on by Allié once both sides agreed, so none may stand in an offer, in a need, in a request, or in
the text of a mission that a feed sends. Looked for are links and bare domains of any ending, e-mail addresses, accounts
(`@name`, “insta: name”), telephones in any spacing or spelled out, and numbers of bank accounts. Digits and signs count
whatever alphabet they are taken from, and what cannot be seen does not count.

Where it is not sure, it is an address: a person writes it another way, and a feed loses a few words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalogue.public_names import MAILBOXES, NETWORKS, any_of, names_on_networks
from bot.catalogue.public_numbers import numbers_in
from bot.word_lists import word_lists

__all__ = ["addresses_in", "holds_address", "without_addresses"]

INSTEAD = "…"
AFTER = ",.;:!?)]»”"
"""Signs of the sentence, not of the address before them."""
LIKE_A_DOT = str.maketrans({"。": ".", "｡": ".", "․": ".", "۔": "."})
STRANGE = re.compile(r"[^\x00-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xbb\xbf-\xff–—’‘“”…œŒ€]")
"""Besides these, a sign may look like another."""
UNSEEN = frozenset("\u00ad\u034f\u061c\u180e\u20e3")
"""Besides what Unicode calls a format or a variation: they hide between the letters of an address."""

COMMON = "com|fr|org|net|eu|info|asso|io|me|app|link|gg|ly|co|be|ch|re|paris|bzh"
"""Endings that are no word after a full stop, or that people spell out."""
DOMAIN = re.compile(
    r"(?<![\w@.])(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.){1,127}(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24})(?![\w@-]|\.\w)"
    r"(?P<path>:\d{2,5}|[/?#]\S*)?",
    re.IGNORECASE,
)
FILES = frozenset(
    "pdf doc docx odt ods odp xls xlsx ppt pptx txt csv jpg jpeg png gif svg mp3 mp4 js".split()  # noqa: SIM905
)
"""What comes after the dot in the name of a file, or of a tool (“node.js”)."""
UNITS = frozenset(("er", "nd", "nde", "eme", "ème", "kg", "km", "cm", "mm", "ml", "cl", "ha", "eur", "euros"))
"""What comes after a number and a dot: “1.er”, “10.km”."""
TOOLS = frozenset({"asp.net", "ado.net", "vb.net"})


@dataclass(frozen=True, slots=True)
class Written:
    """One way an address is written. Looked for only where the text holds one of `signs`, in small letters."""

    pattern: re.Pattern[str]
    signs: tuple[str, ...]


def _written(pattern: str, *signs: str) -> Written:
    return Written(re.compile(pattern, re.IGNORECASE), signs)


NETWORK_SIGNS = tuple(word.split()[0] for word in word_lists("addresses").typed("networks"))
MAIL_SIGNS = tuple(word_lists("addresses").typed("mailboxes"))
ON = any_of("on")
AT, AT_ALONE, DOT = any_of("at"), any_of("at_alone"), any_of("dot")
ACCOUNT = r"(?=[\w.-]{0,40}[a-z])(?=[\w.-]{0,40}(?:\d|_|#|\w\.\w))[\w.-]{3,40}"
"""A name as networks have them: with a digit, a line or a dot in it."""
OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
WAYS = (
    _written(
        r"\b(?:h..ps?:/|https?:|ftps?:/|www\.|(?:mailto|tel|sms|tg|skype|callto|whatsapp|facetime):(?=[^\s]))\S*",
        ":",
        "www.",
    ),
    # the sign spelled out
    _written(
        rf"(?<![\w.+-])[\w.+-]{{2,64}}\s?(?:[(\[{{<]\s?(?:{AT}|{AT_ALONE}|@)\s?[)\]}}>]|\s(?:{AT_ALONE})\s)"
        r"\s?[\w-]+(?:\s?\.\s?[\w-]+)*",
        *("(", "[", "{", "<", "arobas"),
    ),
    # “our-club point fr”, “our-club (dot) com”, “our-club . fr”
    _written(
        rf"(?<![\w-])[\w-]{{2,64}}\s?(?:[(\[{{]\s?(?:{DOT}|\.)\s?[)\]}}]|\s(?:{DOT})\s)\s?(?:{COMMON})\b(?:\s?/\s?\S+)?",
        *("dot", "point", "(.", "[.", "{."),
    ),
    _written(r"(?<![\w-])[\w-]{2,64}(?:\s\.\s?|\s?\.\s)(?-i:com|fr|org|net|eu|asso)\b(?!')", " .", ". "),
    # “insta les_amis35”, “lesamis35 sur twitter”: a word that is no word of a sentence, beside the name of a network
    _written(rf"\b(?:{NETWORKS})\s(?:@|{ACCOUNT})\S*", *NETWORK_SIGNS),
    _written(rf"(?<![\w]){ACCOUNT}\S*\s(?:{ON})\s(?:{NETWORKS}|{MAILBOXES})\b", *NETWORK_SIGNS, *MAIL_SIGNS),
    _written(rf"(?<![\w])[\w.-]{{3,64}}(?:_|\s?(?:{ON})\s)(?:{MAILBOXES})(?:_\w+)?\b", *MAIL_SIGNS),
    _written(r"\b(?:t|wa)\s+me\s?/\s?\S+|\bwww\s+[\w-]+(?:\s+\w{2,10}\b)?", "me", "www"),
    _written(rf"\blocalhost\b\S*|(?<![\d.]){OCTET}(?:\.{OCTET}){{3}}(?![\d.]*\d)(?:[:/]\S*)?", "localhost", "."),
)
BEFORE_AT = re.compile(r"[\w.+'-]{0,64}\s?\Z")
AFTER_AT = re.compile(r"\s?\w\S{0,250}")
JOINED = re.compile(r"\w\.\w")

COMMAND = re.compile(r"(?<![\w/<:.\u2026-])/(?=[A-Za-z][A-Za-z0-9_]{1,31}(?:@\w{3,32})?(?![\w/-]))")
"""What channels take for a command, and press for whoever touches it."""
SCHEME = re.compile(r"^(?:mailto:|tel:|https?://)(?:www\.)?|^www\.")


def addresses_in(text: str) -> list[tuple[int, int]]:
    """Where the addresses are: from, to, in order and apart."""
    seen, places = _as_seen(text)
    found = ((start, start + len(seen[start:end].rstrip(AFTER))) for start, end in _found(seen))
    spans = sorted((places[start], places[end - 1] + 1) for start, end in found if end > start)
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def holds_address(text: str) -> bool:
    """Whether strangers would read an address in it."""
    return bool(addresses_in(text))


def without_addresses(text: str, *, but: str = "") -> str:
    """The text as strangers may read it: “…” in the place of each address, `but` for the one that is stated as the way
    to join ("mailto:…", "tel:…", a page), and no word that a channel would take for a command ("/start")."""
    text = COMMAND.sub("", text)
    out, last = [], 0
    for start, end in addresses_in(text):
        if but and _compact(text[start:end]) == _compact(but):
            continue
        out += [text[last:start], INSTEAD]
        last = end
    return "".join([*out, text[last:]]) if out else text


def _compact(address: str) -> str:
    """An address without what may be written in several ways."""
    bare = SCHEME.sub("", address.strip().lower()).rstrip("/")
    digits = re.sub(r"[^\d+]", "", bare)
    return digits if len(digits) >= 8 and not re.search(r"[a-z@]", bare) else bare


def _as_seen(text: str) -> tuple[str, range | list[int]]:
    """The text as an eye reads it, and where each of its characters stands in the one that was given."""
    if not STRANGE.search(text):
        return text, range(len(text))
    seen: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in UNSEEN or unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f":
            continue
        for plain in unicodedata.normalize("NFKC", sign).translate(LIKE_A_DOT):
            digit = unicodedata.decimal(plain, None)
            seen.append(plain if digit is None else str(digit))
            places.append(place)
    return "".join(seen), places


def _found(text: str) -> Iterator[tuple[int, int]]:
    small = text.lower()
    for way in WAYS:
        if any(sign in small for sign in way.signs):
            for found in way.pattern.finditer(text):
                yield found.span()
    for found in re.finditer("@", text):
        start, end = _around_at(text, found.start())
        if any(sign.isalpha() for sign in text[start:end]):
            yield start, end
    if JOINED.search(text):
        for found in DOMAIN.finditer(text):
            if _is_domain(found[0].removesuffix(found["path"] or ""), has_path=bool(found["path"])):
                yield found.span()
    yield from names_on_networks(text)
    yield from numbers_in(text)


def _around_at(text: str, at: int) -> tuple[int, int]:
    """The name and the host beside an “@”: “marie@host”, “@marie”. Nothing where nothing follows it."""
    before, after = BEFORE_AT.search(text, max(0, at - 65), at), AFTER_AT.match(text, at + 1)
    return (before.start() if before else at, after.end()) if after else (at, at)


def _is_domain(host: str, *, has_path: bool) -> bool:
    *names, ending = host.split(".")
    if ending.lower() in COMMON.split("|") or has_path:
        return host.lower() not in TOOLS
    if ending.lower() in FILES:
        return False
    if (ending.lower() in UNITS and "".join(names).isdigit()) or host.lower() == "p.ex":
        return False
    begins_a_sentence = ending[0].isupper() and not ending.isupper()
    return not begins_a_sentence
