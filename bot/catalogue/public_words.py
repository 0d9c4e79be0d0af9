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
from datetime import date
from itertools import accumulate

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


NETWORK = (
    r"insta(?:gram)?|snap(?:chat)?|telegram|tiktok|facebook|fb|messenger|whats\s?app|signal|discord|skype|linkedin|"
    r"twitter|viber|wechat|mastodon|bluesky"
)
NETWORK_SIGNS = (
    *("insta", "snap", "telegram", "tiktok", "facebook", "fb", "messenger", "whats", "signal", "discord", "skype"),
    *("linkedin", "twitter", "viber", "wechat", "mastodon", "bluesky"),
)
MAIL = r"gmail|hotmail|outlook|yahoo|proton(?:mail)?|icloud|laposte"
MAIL_SIGNS = ("mail", "outlook", "yahoo", "proton", "icloud", "laposte")
ACCOUNT = r"(?=[\w.-]{0,40}[a-z])(?=[\w.-]{0,40}(?:\d|_|#|\w\.\w))[\w.-]{3,40}"
"""A name as networks have them: with a digit, a line or a dot in it."""
NUMBER = (
    r"(?:et|z[eé]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingts?|trente|quarante|cinquante|soixante|one|two|three|four|five|seven|eight|nine)"
)
WAYS = (
    _written(
        r"\b(?:h..ps?:/|https?:|ftps?:/|www\.|(?:mailto|tel|sms|tg|skype|callto|whatsapp|facetime):(?=[^\s]))\S*",
        ":",
        "www.",
    ),
    # the sign spelled out
    _written(
        r"(?<![\w.+-])[\w.+-]{2,64}\s?(?:[(\[{<]\s?(?:at|a|à|arobase|@)\s?[)\]}>]|\s(?:arobase|arobas)\s)\s?[\w-]+(?:\s?\.\s?[\w-]+)*",
        *("(", "[", "{", "<", "arobas"),
    ),
    # “our-club point fr”, “our-club (dot) com”, “our-club . fr”
    _written(
        rf"(?<![\w-])[\w-]{{2,64}}\s?(?:[(\[{{]\s?(?:dot|point|\.)\s?[)\]}}]|\s(?:dot|point)\s)\s?(?:{COMMON})\b(?:\s?/\s?\S+)?",
        *("dot", "point", "(.", "[.", "{."),
    ),
    _written(r"(?<![\w-])[\w-]{2,64}(?:\s\.\s?|\s?\.\s)(?-i:com|fr|org|net|eu|asso)\b(?!')", " .", ". "),
    _written(
        rf"\b(?:{NETWORK}|{MAIL})\s?(?::|=|->|→|>|/)\s?\w\S+",
        *(":", "=", ">", "→", "/"),
    ),
    # a telephone spelled out, or in part, from its zero on
    _written(rf"\bz[eé]ro(?:[\s,.-]+{NUMBER}\b){{4,}}", "zero", "zéro"),
    _written(rf"(?<!\d)0\s?[1-9](?:[\s,.-]+(?:\d{{1,2}}|{NUMBER})\b){{4,}}", "0"),
    # “insta les_amis35”, “lesamis35 sur twitter”: a word that is no word of a sentence, beside the name of a network
    _written(rf"\b(?:{NETWORK})\s(?:@|{ACCOUNT})\S*", *NETWORK_SIGNS),
    _written(rf"(?<![\w]){ACCOUNT}\S*\s(?:sur|on|via|chez|at)\s(?:{NETWORK}|{MAIL})\b", *NETWORK_SIGNS, *MAIL_SIGNS),
    _written(rf"(?<![\w])[\w.-]{{3,64}}(?:_|\s?(?:chez|at)\s)(?:{MAIL})(?:_\w+)?\b", *MAIL_SIGNS),
    _written(r"\b(?:t|wa)\s+me\s?/\s?\S+|\bwww\s+[\w-]+(?:\s+\w{2,10}\b)?", "me", "www"),
    _written(r"\blocalhost\b\S*|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)(?:[:/]\S*)?", "localhost", "."),
)
BEFORE_AT = re.compile(r"[\w.+'-]{0,64}\s?\Z")
AFTER_AT = re.compile(r"\s?\w\S{0,250}")
JOINED = re.compile(r"\w\.\w")

APART = r"[\s.\-‐‑‒–—−_/()\[\]·•*|,:;]{0,4}"
RUN = re.compile(rf"(?<![\d])(?P<plus>\+\s?\(?)?(?:\d|(?<!\w)[oO](?=[\s.-]?[1-9]))(?:{APART}\d)+")
DIGITS = re.compile(rf"(?:\d{APART}){{8}}|[A-Za-z]{{2}}[\s.-]?\d{{2}}")
GROUP = re.compile(r"[oO]|\d+")
LONGEST = 17
"""Digits of a number to call, with what is dialled before it."""
DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<sign>[/.-])(?P<m>\d{1,2})(?P=sign)(?P<y>(?:19|20)\d\d)(?!\d)")
ISO_DAY = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
HOUR = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
YEAR = re.compile(r"(?:19|20)\d\d")
IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[\s.-]?\d{2}(?:[\s.-]{0,2}[A-Za-z0-9]){11,30}")


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


def without_addresses(text: str) -> str:
    """The text as strangers may read it: “…” in the place of each address."""
    out, last = [], 0
    for start, end in addresses_in(text):
        out += [text[last:start], INSTEAD]
        last = end
    return "".join([*out, text[last:]]) if out else text


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
    if DIGITS.search(text):
        for found in IBAN.finditer(text):
            if _is_account(found[0]):
                yield found.span()
        for found in RUN.finditer(text):
            if _is_telephone(found[0]):
                yield found.span()


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


def _is_account(text: str) -> bool:
    """Whether it begins with the number of a bank account, by its own check."""
    compact = "".join(sign for sign in text.upper() if sign.isalnum())
    return any(
        sum(sign.isdigit() for sign in compact[:length]) > length * 0.6
        and int("".join(str(int(sign, 36)) for sign in compact[4:length] + compact[:4])) % 97 == 1
        for length in range(15, min(len(compact), 34) + 1)
    )


def _is_telephone(run: str) -> bool:
    """Whether digits in a row, with what stands between them, are a number to call and not days, hours or amounts."""
    if run.startswith("+"):
        return 8 <= sum(sign.isdigit() for sign in run) <= 17
    for pattern in (DAY, ISO_DAY):
        run = pattern.sub(lambda found: " " * 5 if _is_day(found) else found[0], run)
    run = HOUR.sub(" " * 5, run)
    return any(_is_called(part) for part in re.split(r"[^\S\n]{5,}", run))


def _is_called(part: str) -> bool:
    groups = ["0" if group in "oO" else group for group in GROUP.findall(part)]
    sizes = [len(group) for group in groups]
    if not groups or set(sizes) == {5}:  # postcodes in a row
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


def _is_day(found: re.Match[str]) -> bool:
    try:
        date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    return True
