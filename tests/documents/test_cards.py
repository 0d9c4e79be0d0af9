"""Cards: a picture of an estimate that says the same in words, reads on any ground and without colour."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import Card, Gauge, company_card, gift_card, rest_days_card
from bot.documents.drawing import text_width, wrapped
from bot.phrase import _

SVG = "{http://www.w3.org/2000/svg}"
INK = {"#1D2733", "#55606D"}


def company(language: str = "fr", **changes: Decimal) -> Card:
    amounts = {
        "given": Decimal(38_000),
        "reduction": Decimal(19_200),
        "unused": Decimal(4_200),
        "counted": Decimal(32_000),
        "ceiling": Decimal(32_000),
        **changes,
    }
    return company_card(
        _("Company gift: patronage agreement"),
        carried={2024: Decimal(1_500), 2026: Decimal(6_000)},
        carried_years=5,
        language=language,
        source="CGI art. 238 bis",
        **amounts,
    )


def gift(back: int = 225, cost: int = 75, title: str = "300 €") -> Card:
    return gift_card(_("{title}.", title=title), back=Decimal(back), cost=Decimal(cost), language="fr")


def drawn(card: Card) -> ElementTree.Element:
    return ElementTree.fromstring(card.svg())  # noqa: S314 - our own drawing


def shown(card: Card) -> str:
    return (
        " ".join(node.text or "" for node in drawn(card).iter(f"{SVG}text"))
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )


def test_a_gift_shows_what_comes_back_and_what_it_costs() -> None:
    assert "225 € vous reviennent" in shown(gift())
    assert "75 € ce que cela vous coûte" in shown(gift())


def test_a_company_sees_its_ceiling_and_its_years() -> None:
    words = shown(company())
    for part in ("15 000 €", "4 200 €", "18 800 €", "32 000 € sur 32 000 €", "1 500 € donnés en 2024", "2029", "2031"):
        assert part in words, part


def test_under_the_ceiling_the_room_left_is_told() -> None:
    assert "12 000 € peuvent encore être donnés" in shown(company(counted=Decimal(20_000)))


def test_rest_days_show_a_value_and_the_days_of_the_year_and_no_reduction() -> None:
    card = rest_days_card(_("Your days"), value=Decimal("239.96"), days=Decimal(2), limit=Decimal(3), language="en")
    assert "€239.96" in shown(card)
    assert "2 of the 3 working days" in card.alt
    assert "reduction" not in card.alt


def test_the_parts_of_the_bar_are_in_proportion() -> None:
    bar = next(node for node in drawn(gift()).iter(f"{SVG}g"))
    widths = [float(node.attrib["width"]) for node in bar.iter(f"{SVG}rect") if node.attrib["fill"] != "#FBFAF6"]
    assert widths[0] / sum(widths) == pytest.approx(225 / 300, abs=0.01)


def test_what_is_nothing_has_no_part_in_the_bar_and_keeps_its_words() -> None:
    bar = next(node for node in drawn(gift(0, 100)).iter(f"{SVG}g"))
    assert len(list(bar.iter(f"{SVG}rect"))) == 1
    assert "0 €" in shown(gift(0, 100))


def test_the_words_for_those_who_do_not_see_it_are_in_the_picture() -> None:
    for card in (gift(), company(), company("en")):
        root = drawn(card)
        assert root.attrib["role"] == "img"
        assert [node.text for node in root.iter(f"{SVG}desc")] == [card.alt]
    assert "225\u00a0€" in gift().alt
    assert "75\u00a0€" in gift().alt


def test_the_parts_differ_by_pattern_and_not_only_by_colour() -> None:
    fills = {node.attrib.get("fill") for node in drawn(company()).iter(f"{SVG}rect")}
    assert {"#0072B2", "url(#hatch)", "url(#dots)"} <= fills


def test_text_stands_out_on_the_ground_of_the_card_whatever_the_chat() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    root = drawn(company())
    ground = next(node.attrib["fill"] for node in root if node.tag == f"{SVG}rect")
    inks = {node.attrib["fill"] for node in root.iter(f"{SVG}text")}
    assert inks == INK
    for ink in inks:
        assert (light(ground) + 0.05) / (light(ink) + 0.05) >= 4.5  # WCAG AA


def test_a_picture_is_drawn_with_the_shipped_font() -> None:
    png = gift().png(420)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 420
    assert gift().png(420) == png


@pytest.mark.parametrize(
    "title", ["<svg onload=alert(1)>", "A & B", "\x00", "x" * 5_000, "mot " * 900, "שלום 😀", "]]>"]
)
def test_a_hostile_title_stays_text(title: str) -> None:
    card = gift(title=title)
    assert not drawn(card).findall(f".//{SVG}svg")
    assert card.png(200)
    assert len(card.svg()) < 20_000


def test_two_cards_on_one_page_do_not_cut_each_other() -> None:
    def names(card: Card) -> set[str]:
        return {node.attrib["id"] for node in drawn(card).iter(f"{SVG}clipPath")}

    assert not names(gift()) & names(gift(50, 50))


@settings(max_examples=40, deadline=None)
@given(words=st.text(max_size=300), width=st.integers(60, 800), most=st.integers(1, 4))
def test_no_line_leaves_its_place(words: str, width: int, most: int) -> None:
    lines = wrapped(words, 20, width, most=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(one, 20) <= width for one in lines)


@given(used=st.decimals(0, 10**9, places=2), limit=st.decimals(0, 10**9, places=2), back=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_any_amounts_give_a_drawing(used: Decimal, limit: Decimal, back: int) -> None:
    gauge = Gauge(_("Your days"), used, limit, _("Your days"))
    card = gift_card(_("Your days"), back=Decimal(back), cost=Decimal(0), language="en", gauge=gauge)
    assert all(float(node.attrib["width"].rstrip("%")) >= 0 for node in drawn(card).iter(f"{SVG}rect"))
