"""Every setting, its default and its check. Read once from the environment, at start.

A wrong setting stops the start with one sentence that names it; a secret is never repeated in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path

__all__ = ["DESCRIPTIONS", "SettingError", "Settings"]

PREFIX = "ALLIE_"
TELEGRAM = "https://api.telegram.org"
TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,80}")

DESCRIPTIONS = {
    "ALLIE_TELEGRAM_TOKEN": "The token BotFather gave. Unset: no Telegram, the web conversation only.",
    "ALLIE_PUBLIC_URL": "The https address at which the world reaches this server. With a token: Telegram's webhook.",
    "ALLIE_TELEGRAM_API_URL": "Another Bot API server than Telegram's own.",
    "ALLIE_DATA_DIR": "The folder where conversations are kept.",
    "ALLIE_DATABASE_URL": "postgresql://… moves everything to PostgreSQL, for several processes.",
    "ALLIE_HOST": "The address to listen on.",
    "ALLIE_PORT": "The port to listen on.",
    "ALLIE_TRUSTED_PROXIES": "The addresses or networks of the proxies whose X-Forwarded-For is believed.",
    "ALLIE_SENTENCE_ENCODER": "yes or no: compare sentences by what they mean. no: 35 MB less, less is understood.",
    "ALLIE_KEEP_MISUNDERSTOOD": "yes or no: keep what was not understood, masked, for `allie understanding review`.",
    "ALLIE_FEED_KEY": "The key of API Engagement. Set: missions are read from it every few hours.",
    "ALLIE_FEED_URL": "Another server of missions than API Engagement's own.",
    "ALLIE_FEED_PATH": "Another path on that server.",
    "ALLIE_FEED_HOURS": "Hours between two readings of the feed.",
    "ALLIE_DIRECTORY": "yes or no: look associations that Allié does not know up in the national directory.",
    "ALLIE_LIVE": "yes, no, or which of blood, repair, emmaus, shelters, associations, town_hall: ask public services.",
    "ALLIE_DIRECTORY_URL": "Another server of that directory than the State's own.",
    "ALLIE_ADMINS": "The Telegram ids, separated by commas, of those who moderate and receive notices.",
    "ALLIE_NEEDS_A_DAY": "Needs that one person may hand in a day.",
    "ALLIE_OFFERS_A_DAY": "Offers that one person may put up a day.",
    "ALLIE_REQUESTS_A_DAY": "Times that one person may ask a day to be put in touch.",
    "ALLIE_REPORTS_A_DAY": "Reports that one person may make a day.",
    "ALLIE_PEOPLE_PER_ADDRESS": "For how many people's worth of these one address of the web may do a day.",
    "ALLIE_CONTACT": "The address people may write to, a person behind Allié: shown to who asks for one.",
    "ALLIE_INDEXABLE": "yes or no: search engines may keep the pages of written answers (/savoir).",
    "ALLIE_METRICS_TOKEN": "Whoever holds it may read /metrics from anywhere. Unset: only this machine may.",
    "ALLIE_LOG_LEVEL": "debug, info, warning or error.",
    "ALLIE_LOG_FORMAT": "text, a line for a person to read, or json, an object a line for a program.",
}


class SettingError(Exception):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this process. `from_environment` reads and checks them."""

    data_dir: Path
    telegram_token: str | None = None
    public_url: str | None = None
    telegram_api_url: str = TELEGRAM
    database_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    sentence_encoder: bool = True
    keep_misunderstood: bool = False
    feed_key: str | None = None
    feed_url: str | None = None
    feed_path: str | None = None
    feed_hours: int = 6
    directory: bool = False
    live: tuple[str, ...] = ()
    directory_url: str | None = None
    admins: tuple[int, ...] = ()
    needs_a_day: int = 3
    offers_a_day: int = 3
    requests_a_day: int = 3
    reports_a_day: int = 5
    people_per_address: int = 2
    contact: str | None = None
    indexable: bool = False
    metrics_token: str | None = None
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"

    @property
    def per_day(self) -> dict[str, int]:
        """How often one person may do a day what reaches others, by what it is."""
        return {
            "needs": self.needs_a_day,
            "offers": self.offers_a_day,
            "requests": self.requests_a_day,
            "reports": self.reports_a_day,
        }

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises `SettingError` with a sentence that names the first setting that is wrong."""
        values = {name: environment[name].strip() for name in DESCRIPTIONS if environment.get(name, "").strip()}
        unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in KNOWN)
        if unknown:
            raise SettingError(f"{unknown[0]} is not a setting of Allié. See docs/settings.md for those there are.")
        token = values.get("ALLIE_TELEGRAM_TOKEN")
        if token and not TOKEN.fullmatch(token):
            raise SettingError("ALLIE_TELEGRAM_TOKEN does not look like a token: BotFather gives one like 123456:ABC….")
        public_url = _public_url(values)
        data_dir = values.get("ALLIE_DATA_DIR")
        return cls(
            data_dir=Path(data_dir).expanduser() if data_dir else user_data_path("allie"),
            telegram_token=token,
            public_url=public_url,
            telegram_api_url=_url(values, "ALLIE_TELEGRAM_API_URL", schemes=("https", "http")) or TELEGRAM,
            database_url=_url(values, "ALLIE_DATABASE_URL", schemes=("postgresql", "postgres")),
            host=_host(values.get("ALLIE_HOST", "127.0.0.1")),
            port=_port(values.get("ALLIE_PORT", "8080")),
            trusted_proxies=_networks(values.get("ALLIE_TRUSTED_PROXIES", "")),
            sentence_encoder=_yes_no(values, "ALLIE_SENTENCE_ENCODER", default=True),
            keep_misunderstood=_yes_no(values, "ALLIE_KEEP_MISUNDERSTOOD", default=False),
            feed_key=values.get("ALLIE_FEED_KEY"),
            feed_url=_url(values, "ALLIE_FEED_URL", schemes=("https", "http")),
            feed_path=values.get("ALLIE_FEED_PATH"),
            feed_hours=_number(values, "ALLIE_FEED_HOURS", "hours", 6, most=168),
            directory=_yes_no(values, "ALLIE_DIRECTORY", default=False),
            live=_live(values.get("ALLIE_LIVE", "no")),
            directory_url=_url(values, "ALLIE_DIRECTORY_URL", schemes=("https", "http")),
            admins=_ids(values.get("ALLIE_ADMINS", "")),
            needs_a_day=_number(values, "ALLIE_NEEDS_A_DAY", "needs", 3, most=1_000),
            offers_a_day=_number(values, "ALLIE_OFFERS_A_DAY", "offers", 3, most=1_000),
            requests_a_day=_number(values, "ALLIE_REQUESTS_A_DAY", "requests", 3, most=1_000),
            reports_a_day=_number(values, "ALLIE_REPORTS_A_DAY", "reports", 5, most=1_000),
            people_per_address=_number(values, "ALLIE_PEOPLE_PER_ADDRESS", "people", 2, most=1_000),
            contact=values.get("ALLIE_CONTACT"),
            indexable=_yes_no(values, "ALLIE_INDEXABLE", default=False),
            metrics_token=_secret(values, "ALLIE_METRICS_TOKEN"),
            log_level=_level(values.get("ALLIE_LOG_LEVEL", "info")),
            log_format=_format(values.get("ALLIE_LOG_FORMAT", "text")),
        )


KNOWN = frozenset({*DESCRIPTIONS, "ALLIE_LOCALE_DIR", "ALLIE_TEST_DATABASE_URL"})


def _url(values: Mapping[str, str], name: str, *, schemes: tuple[str, ...]) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        # A database may be reached by a socket, whose folder is in the query.
        fine = parts.scheme in schemes and bool(parts.hostname or "host=" in parts.query)
    except ValueError:
        fine = False
    if not fine:
        raise SettingError(f"{name} must be an address that begins with {schemes[0]}://.")
    return value.rstrip("/")


def _public_url(values: Mapping[str, str]) -> str | None:
    value = _url(values, "ALLIE_PUBLIC_URL", schemes=("https", "http"))
    if value is not None and ("@" in value or "?" in value or "#" in value):
        raise SettingError("ALLIE_PUBLIC_URL must be the plain address of the page: no user name, no question mark.")
    return value


def _host(value: str) -> str:
    if value != "localhost":
        try:
            ip_address(value)
        except ValueError:
            raise SettingError(
                f"ALLIE_HOST must be an IP address such as 127.0.0.1 or 0.0.0.0, not {value!r}."
            ) from None
    return value


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= 65_535):
        raise SettingError(f"ALLIE_PORT must be a number from 0 to 65535, not {value!r}.")
    return int(value)


def _number(values: Mapping[str, str], name: str, of: str, default: int, *, most: int) -> int:
    value = values.get(name, str(default))
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
        raise SettingError(f"{name} must be a number of {of} from 1 to {most}, not {value!r}.")
    return int(value)


def _yes_no(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = values.get(name, "yes" if default else "no").lower()
    if value not in ("yes", "no"):
        raise SettingError(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


LIVE = ("blood", "repair", "emmaus", "shelters", "associations", "town_hall")
"""The public services that may be asked (`bot.catalogue.live`)."""


def _live(value: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.strip().lower() for word in value.split(",") if word.strip()))
    if words in ((), ("no",)):
        return ()
    if words == ("yes",):
        return LIVE
    if not set(words) <= set(LIVE):
        raise SettingError(f"ALLIE_LIVE must be yes, no, or some of {', '.join(LIVE)} with commas, not {value!r}.")
    return words


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError:
        raise SettingError(
            "ALLIE_TRUSTED_PROXIES must be addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8."
        ) from None


def _secret(values: Mapping[str, str], name: str) -> str | None:
    value = values.get(name)
    if value is not None and not (len(value) >= 16 and value.isascii() and value.isprintable() and " " not in value):
        raise SettingError(f"{name} must be at least 16 letters, digits or signs, without a space.")
    return value


def _ids(value: str) -> tuple[int, ...]:
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise SettingError("ALLIE_ADMINS must be Telegram ids separated by commas, such as 12345,67890.")
    return tuple(int(part) for part in parts)


def _level(value: str) -> str:
    if value.lower() not in ("debug", "info", "warning", "error"):
        raise SettingError(f"ALLIE_LOG_LEVEL must be debug, info, warning or error, not {value!r}.")
    return value.upper()


def _format(value: str) -> Literal["text", "json"]:
    match value.lower():
        case "text":
            return "text"
        case "json":
            return "json"
    raise SettingError(f"ALLIE_LOG_FORMAT must be text or json, not {value!r}.")
