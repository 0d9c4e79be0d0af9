"""A wrong setting stops the start with one sentence that names it; the settings there are, are documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import DESCRIPTIONS, SettingError, Settings

TOKEN = "123456:" + "A" * 35


def test_nothing_set_serves_the_web_here() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.telegram_token) == ("127.0.0.1", 8080, None)


def test_all_that_can_be_set() -> None:
    settings = Settings.from_environment(
        {
            "ALLIE_TELEGRAM_TOKEN": TOKEN,
            "ALLIE_PUBLIC_URL": "https://allie.example.org/",
            "ALLIE_DATA_DIR": "/srv/allie",
            "ALLIE_PORT": "0",
            "ALLIE_ADMINS": "1, 22",
            "ALLIE_SENTENCE_ENCODER": "no",
        }
    )
    assert settings.public_url == "https://allie.example.org"
    assert settings.data_dir == Path("/srv/allie")
    assert settings.admins == (1, 22)
    assert settings.sentence_encoder is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLIE_TELEGRAM_TOKEN", "hello"),
        ("ALLIE_PUBLIC_URL", "allie.example.org"),
        ("ALLIE_PUBLIC_URL", "https://"),
        ("ALLIE_PUBLIC_URL", "https://ada:secret@allie.example.org"),
        ("ALLIE_PUBLIC_URL", "https://allie.example.org/?start=don"),
        ("ALLIE_TELEGRAM_API_URL", "ftp://x"),
        ("ALLIE_DATABASE_URL", "mysql://x"),
        ("ALLIE_HOST", "everywhere"),
        ("ALLIE_TRUSTED_PROXIES", "nginx"),
        ("ALLIE_PORT", "http"),
        ("ALLIE_PORT", "70000"),
        ("ALLIE_PORT", "-1"),
        ("ALLIE_FEED_URL", "somewhere"),
        ("ALLIE_FEED_HOURS", "0"),
        ("ALLIE_DIRECTORY", "perhaps"),
        ("ALLIE_DIRECTORY_URL", "somewhere"),
        ("ALLIE_ADMINS", "ada"),
        ("ALLIE_SENTENCE_ENCODER", "maybe"),
        ("ALLIE_METRICS_TOKEN", "short"),
        ("ALLIE_LOG_LEVEL", "loud"),
        ("ALLIE_LOG_FORMAT", "xml"),
        ("ALLIE_TELEGRAM_TOKN", TOKEN),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        Settings.from_environment({"ALLIE_TELEGRAM_TOKEN": TOKEN, name: value})
    assert "\n" not in str(caught.value)


def test_a_page_behind_https_needs_no_telegram() -> None:
    settings = Settings.from_environment(
        {"ALLIE_PUBLIC_URL": "https://allie.example.org", "ALLIE_TRUSTED_PROXIES": "127.0.0.1"}
    )
    assert (settings.public_url, settings.telegram_token) == ("https://allie.example.org", None)


def test_a_secret_is_not_repeated() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environment({"ALLIE_TELEGRAM_TOKEN": "123:not-a-good-one"})
    assert "not-a-good-one" not in str(caught.value)


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in DESCRIPTIONS if f"`{name}`" not in page] == []
