"""A small map: the point, its town, the départements around it, and nothing where nothing is known."""

from __future__ import annotations

import re

import pytest

from bot.documents.locator import locator_png, locator_svg


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


@pytest.mark.parametrize(
    ("lat", "lon", "code", "town"),
    [
        (43.2977, 5.3991, "13", "Marseille"),
        (48.853, 2.35, "75", "Paris 4e"),
        (51.03, 2.37, "59", "Dunkerque"),
        (42.44, 3.16, "66", "Banyuls-sur-Mer, un nom bien long pour une si petite carte"),
        (-20.88, 55.45, "974", "Saint-Denis <974>"),
    ],
)
def test_the_town_is_named_inside_the_picture(lat: float, lon: float, code: str, town: str) -> None:
    drawing = locator_svg(lat, lon, code, town)
    assert drawing is not None
    x, y = next(
        (float(x), float(y))
        for x, y, text in re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]*)<', drawing)
        if text.startswith(town[:11].split(" <")[0])
    )
    assert 0 < x < 960
    assert 0 < y < 600
    assert "<974>" not in drawing


def test_the_departement_is_named_unless_the_town_says_it() -> None:
    assert "Bouches-du-Rhône" in str(locator_svg(43.2977, 5.3991, "13", "Marseille"))
    assert ">Paris<" not in str(locator_svg(48.853, 2.35, "75", "Paris 4e"))


def test_overseas_has_no_inset_of_the_mainland() -> None:
    assert "translate" not in str(locator_svg(-20.88, 55.45, "974", "Saint-Denis"))
    assert "translate" in str(locator_svg(43.2977, 5.3991, "13", "Marseille"))
