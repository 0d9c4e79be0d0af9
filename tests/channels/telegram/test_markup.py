"""Texts are measured, checked and cut as Telegram would see them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from telegram_simulator import Refusal
from telegram_simulator.formatting import formatted
from telegram_simulator.formatting import units as counted

from bot.channels.telegram.markup import clean, split, unfit, units


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("Bonjour", None),
        ("<b>Bonjour</b> <i>vous</i>", None),
        ('<a href="https://exemple.fr?a=1&amp;b=2">ici</a>', None),
        ("2 &lt; 3", None),
        ("<b>Bonjour", "the tag <b> is not closed"),
        ("<b><i>x</b></i>", "the tag </b> closes what was not opened"),
        ("x</b>", "the tag </b> closes what was not opened"),
        ("<script>x</script>", "'<script>x</s' is no tag that Telegram knows"),
        ("2 < 3", "'< 3' is no tag that Telegram knows"),
        ('<b onclick="x">', """'<b onclick="' is no tag that Telegram knows"""),
    ],
)
def test_html_that_telegram_would_not_read_is_found_with_its_reason(html: str, why: str | None) -> None:
    assert unfit(html) == why


def test_lengths_are_those_of_what_is_seen() -> None:
    assert units("<b>été</b> &amp; 😀") == len("été & ") + 2
    assert units("&#39;&#x27;") == 2


def test_halves_of_characters_are_replaced() -> None:
    assert clean("ok 😀") == "ok 😀"
    assert clean("a\ud83d") == "a\ufffd"


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraphs = ["a" * 30, "b" * 30, "c" * 30]
    assert split("\n\n".join(paragraphs), 70) == ["\n\n".join(paragraphs[:2]), paragraphs[2]]


def test_what_is_open_at_a_cut_is_closed_and_opened_again() -> None:
    html = '<b>un deux <a href="https://exemple.fr">trois quatre</a></b>'
    assert split(html, 14) == [
        '<b>un deux <a href="https://exemple.fr">trois</a></b>',
        '<b><a href="https://exemple.fr">quatre</a></b>',
    ]


TEXTS = st.text(alphabet="ab é😀<&>'\n.", max_size=60).map(lambda text: str(escape(text)))
HTML = st.recursive(
    TEXTS,
    lambda inner: (
        st.builds(
            lambda tag, text: f"<{tag}>{text}</{tag.split(' ')[0]}>",
            st.sampled_from(["b", "i", "code", 'a href="https://exemple.fr"', "blockquote"]),
            inner,
        )
        | st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=12,
)


@given(html=HTML)
def test_it_measures_and_judges_as_telegram_does(html: str) -> None:
    assert unfit(html) is None
    seen, _ = formatted(f"x{html}x", "HTML")
    assert units(html) == counted(seen) - 2


@given(html=HTML, limit=st.integers(2, 40))
def test_every_piece_stands_alone_and_no_word_is_lost(html: str, limit: int) -> None:
    def letters(text: str) -> str:
        return re.sub(r"\s", "", text)

    pieces = split(html, limit)
    for piece in pieces:
        assert unfit(piece) is None
        assert units(piece) <= limit
    seen = "".join(letters(formatted(f"x{piece}x", "HTML")[0])[1:-1] for piece in pieces)
    assert seen == letters(formatted(f"x{html}x", "HTML")[0])[1:-1]


@given(html=st.text(alphabet="<>/abi &lt;", max_size=30))
def test_what_telegram_refuses_is_never_let_through(html: str) -> None:
    if unfit(html) is None:
        formatted(f"x{html}", "HTML")
    else:
        with pytest.raises(Refusal):
            formatted(f"x{html}", "HTML")
