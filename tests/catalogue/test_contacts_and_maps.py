"""When a search is not enough: people to call, and a small map."""

import pytest

from bot.catalogue.contacts import contacts
from bot.catalogue.locator import locator_png, locator_svg
from bot.catalogue.places import Places
from bot.i18n import LANGUAGES, text_of


def test_the_town_hall_comes_first_and_every_address_is_secure(places: Places) -> None:
    listed = contacts(places.find("Mende")[0])
    assert "Mende" in text_of(listed[0].about, "fr")
    assert all(one.url == "" or one.url.startswith("https://") for one in listed)
    for language in LANGUAGES:
        assert all(text_of(one.name, language) and text_of(one.about, language) for one in listed)


@pytest.mark.parametrize(("lat", "lon", "code"), [(43.2977, 5.3991, "13"), (16.24, -61.53, "971"), (48.39, -4.49, "")])
def test_a_map_shows_the_point_among_the_departements(lat: float, lon: float, code: str) -> None:
    drawing = locator_svg(lat, lon, code)
    assert drawing is not None
    assert "<circle" in drawing
    assert drawing.count("<polygon") >= 1
    picture = locator_png(lat, lon, code)
    assert picture is not None
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (float("nan"), 2.0), (-22.27, 166.44)])
def test_where_there_is_no_outline_there_is_no_map(lat: float, lon: float) -> None:
    assert locator_svg(lat, lon, "13") is None
