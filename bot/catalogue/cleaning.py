"""What comes from outside, made fit to show: text without mark-up or scripts, dates, positions, links.

Nothing here raises on bad input: what cannot be read is None or empty, and the reader of the record decides whether the
record can do without it.
"""

from __future__ import annotations

import datetime
import functools
import html
import ipaddress
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.catalogue.folding import place_key
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.mission import Site
from bot.catalogue.place import Place
from bot.catalogue.places import Places

__all__ = [
    "PARIS",
    "SiteReader",
    "clean_line",
    "clean_link",
    "clean_text",
    "clean_way",
    "number",
    "read_clock",
    "read_date",
    "read_moment",
    "whole_number",
    "yes_no",
]

PARIS = ZoneInfo("Europe/Paris")
HIDDEN = re.compile(
    r"<(script|style|iframe|object|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d|/tr)\b[^>]*>", re.IGNORECASE)
ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z!][^<>]*>?")
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\n{3,}")
EMOJI = "\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"
# What is not seen, but for the joiner between two emoji that makes one of them.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    rf"|(?<![{EMOJI}])\u200d|\u200d(?![{EMOJI}])"
)
MOJIBAKE = re.compile(r"Ã[\x80-\xbf©¨ª«´®§¢¹»¼‰€ ]|â€|Â[\xa0«»°]|Å“")
NOT_IN_LINK = re.compile(INVISIBLE.pattern + r"|[\u200d\s<>\"\\^`{|}\x80-\x9f\u00ad\u061c\u180e\ud800-\udfff]")
ENDING = re.compile(r"[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59}")
NAME = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
LOCAL_ENDINGS = frozenset({"arpa", "corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost"})
SUSPECT = re.compile(
    r"[<&\x00-\x1f\x7fÃÂÅ\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]|\s\s|^\s|\s$|â€"
)
SHOWN = 4_000  # characters of a description that are kept: more than anyone reads in a chat


def clean_text(value: Any, limit: int = SHOWN) -> str:
    """Plain text with its paragraphs. HTML becomes lines, scripts go, what was decoded twice is mended."""
    if not isinstance(value, str):
        return ""
    text = value[: limit * 6]
    if len(text) <= limit and not SUSPECT.search(text):
        return text
    for _turn in range(2):  # entities of entities: "&amp;lt;b&amp;gt;"
        if "<" in text:
            text = ITEM.sub("\n• ", BREAK.sub("\n", HIDDEN.sub(" ", text)))
            text = TAG.sub("", text)
        if "&" not in text:
            break
        text = html.unescape(text)
    else:
        if "<" in text:
            text = TAG.sub("", HIDDEN.sub(" ", text))
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", _mended(text)))
    text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates
    lines = [SPACES.sub(" ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = LINES.sub("\n\n", "\n".join(lines)).strip()
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def clean_line(value: Any, limit: int = 200) -> str:
    """The same in one line."""
    return " ".join(clean_text(value, limit).split())


def _mended(text: str) -> str:
    """UTF-8 that somebody read as Windows-1252 ("Ã©" for "é"), put right when it all can be."""
    if not MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return MOJIBAKE_PAIR.sub(lambda found: _mended_pair(found[0]), text)


MOJIBAKE_PAIR = re.compile(r"[ÃÂÅ][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[™˜œ\x9d“”¦¢]")


def _mended_pair(pair: str) -> str:
    try:
        return pair.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return pair


def clean_link(value: Any) -> str:
    """A public http(s) address, or empty: nothing else is ever offered as a link.

    Refused: a user name before the host (it can pass for the host), marks that hide or turn text, another port than
    http's or https's, and hosts of this machine or of a private network.
    """
    if not isinstance(value, str) or len(value) > 2_000:
        return ""
    link = value.strip()
    if NOT_IN_LINK.search(link):
        return ""
    try:
        parts = urlsplit(link)
        fine = parts.scheme in ("http", "https") and parts.port in (None, 80, 443) and "@" not in parts.netloc
    except ValueError:
        return ""
    return link if fine and _is_public(parts.hostname or "") else ""


MAIL_ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@-])", re.ASCII
)
TELEPHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)\s?(?:33|262|590|594|596|508|687|689)\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d\d){4}(?!\d)"
)
BARE_PAGE = re.compile(r"(?<![\w@.-])(?:https?://|www\.)?(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?:[/?#]\S*)?(?![\w@])")


def clean_way(value: Any) -> str:
    """A way to join that a file states: an http(s) address, with its beginning or not ("www.…", "exemple.org"); else
    "mailto:" or "tel:" with the first mail or telephone that stands in it; empty where there is none."""
    if not isinstance(value, str) or len(value) > 2_000:
        return ""
    text = value.strip().removeprefix("mailto:").removeprefix("tel:").strip()
    if link := clean_link(text):
        return link
    if mail := MAIL_ADDRESS.search(text):
        return f"mailto:{mail[0]}"
    if page := BARE_PAGE.search(text):
        return clean_link(page[0] if page[0].startswith(("http://", "https://")) else f"https://{page[0]}")
    if telephone := TELEPHONE.search(text):
        return f"tel:{telephone[0]}"
    return ""


def _is_public(host: str) -> bool:
    """Whether the world can reach a host by this name or number."""
    host = unicodedata.normalize("NFKC", host).rstrip(".").lower()
    names = host.split(".")
    if len(names) < 2 or not all(names):
        return False
    if not ENDING.fullmatch(names[-1]):  # a number, and only as it is written in full
        try:
            number = ipaddress.IPv4Address(host)
            return number.is_global and not number.is_multicast
        except ValueError:
            return False
    return names[-1] not in LOCAL_ENDINGS and all(NAME.fullmatch(name) for name in names)


def read_moment(value: Any) -> datetime.datetime | None:
    """An ISO date and time with its zone (UTC where none is said), between 1990 and 2100; else None."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        moment = datetime.datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if not 1990 <= moment.year <= 2100:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def read_date(value: Any) -> datetime.date | None:
    """A day in France: an ISO day as it is, an ISO moment in Paris, "05/12/2026" as the French write it."""
    if isinstance(value, str):
        if found := re.fullmatch(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*", value):
            value = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
            try:
                day = datetime.date.fromisoformat(value.strip())
            except ValueError:
                return None
            return day if 1990 <= day.year <= 2100 else None
    moment = read_moment(value)
    return moment.astimezone(PARIS).date() if moment else None


def yes_no(value: Any) -> bool | None:
    """What was said in whatever way, or None when nothing was."""
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if said in ("yes", "oui", "true", "1", "vrai", "y", "o", "x", "✓", "✔"):
        return True
    return False if said in ("no", "non", "false", "0", "faux", "n") else None


def number(value: Any) -> float | None:
    """A finite number, given as one or in text with a point or a comma."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def whole_number(value: Any) -> int | None:
    """A whole number from 0 to 100,000, or None."""
    found = number(value)
    return int(found) if found is not None and found == int(found) and 0 <= found <= 100_000 else None


def read_clock(value: Any) -> datetime.time | None:
    """ "18:30", "18h30", "18h", or None."""
    found = re.fullmatch(r"\s*(\d{1,2})\s*[:hH]\s*(\d{2})?(?::\d{2})?\s*", value) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return datetime.time(int(found[1]), int(found[2] or 0))


class SiteReader:
    """Puts sites on the map: communes from postcodes and names, positions checked against them."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._commune = functools.lru_cache(maxsize=20_000)(self._find_commune)

    def read(self, *, city: Any, postcode: Any, departement: Any = "", lat: Any = None, lon: Any = None) -> Site | None:
        """A site, or None when nothing tells where in France it is.

        A position that is zero, swapped, or over 60 km from the commune gives way to the commune's own point.
        """
        name, code = clean_line(city, 80), re.sub(r"\D", "", str(postcode or ""))[:5]
        code = code.zfill(5) if code else ""
        commune = self._commune(name, code)
        y, x = number(lat), number(lon)
        if y is not None and x is not None:
            y, x = self._position(y, x, commune)
        if commune is None and y is not None and x is not None:
            near = self._places.near(y, x, 1)
            commune = near[0] if near else None
        if commune is None:
            wanted = self._departement(str(departement or "").strip())
            return Site(name, code, wanted) if wanted else None
        if y is None or x is None:
            y, x = commune.lat, commune.lon
        return Site(name or commune.label.split(" (")[0], code, commune.departement, commune.code, y, x)

    def _departement(self, said: str) -> str:
        """The code of a département from its code or its name ("13", "1", "13 - Bouches-du-Rhône", "Gard")."""
        if not said:
            return ""
        code = said.upper().split()[0].strip("()-").removesuffix(".0")
        known = self._places.gazetteer.departements
        if found := next((one for one in (code, code.zfill(2)) if one in known), ""):
            return found
        named = next((place for place in self._places.find(said).places if place.level == "departement"), None)
        return named.code if named else ""

    def _find_commune(self, name: str, postcode: str) -> Place | None:
        found = self._places.lookup(postcode).places if postcode else ()
        if found and name:
            key = place_key(name)
            named = [place for place in found if place_key(place.name) == key]
            found = tuple(named) or found
        if not found and name:
            natural = self._places.find(name)
            return natural.natural if natural.natural and natural.natural.level == "commune" else None
        return found[0] if found else None

    def _position(self, lat: float, lon: float, commune: Place | None) -> tuple[float | None, float | None]:
        for y, x in ((lat, lon), (lon, lat)):
            if not (-90 <= y <= 90 and -180 <= x <= 180) or (y == 0 and x == 0):
                continue
            if commune is not None and commune.lat is not None and commune.lon is not None:
                if distance_km(y, x, commune.lat, commune.lon) <= 60:
                    return y, x
            elif self._places.near(y, x, 1):
                return y, x
        return None, None
