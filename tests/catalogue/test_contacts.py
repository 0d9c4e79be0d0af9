"""When a search is not enough: people to call."""

from bot.catalogue.contacts import contacts
from bot.catalogue.places import Places
from bot.i18n import LANGUAGES, text_of


def test_the_town_hall_comes_first_and_every_address_is_secure(places: Places) -> None:
    listed = contacts(places.find("Mende")[0])
    assert "Mende" in text_of(listed[0].about, "fr")
    assert all(one.url == "" or one.url.startswith("https://") for one in listed)
    for language in LANGUAGES:
        assert all(text_of(one.name, language) and text_of(one.about, language) for one in listed)
