"""The longer texts: a small safe Markdown, their figures from the law, their source and day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot import i18n
from bot.dialogue import pages
from bot.dialogue.pages import leaves
from handlers.alliance.law import compared

FOLDER = i18n.LOCALE
OURS = ("alliance-", "capsule-", "orientation")
PAGES = sorted(
    (path.parent.parent.name, path.stem) for path in FOLDER.glob("*/pages/*.md") if path.stem.startswith(OURS)
)
DAY = date(2026, 11, 22)
VALUES = compared(DAY, Decimal(50), Decimal(3))
UNSOURCED = {"alliance-roles"}
"""Shown inside a conversation whose result carries the source."""


class Balanced(HTMLParser):
    """Fails on a tag that is not of the subset, or that closes another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "a", "blockquote"}, tag
        if tag == "a":
            assert [name for name, _value in attrs] == ["href"]
            assert dict(attrs)["href"].startswith("https://")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def balanced(text: str) -> None:
    parser = Balanced()
    parser.feed(text)
    parser.close()
    assert parser.open == []


def shown(text: str) -> str:
    return pages.marked(text)


def test_headings_lists_links_and_styles_become_what_every_channel_shows() -> None:
    assert shown("# Un titre\nUne **idée**, *une seule*.") == "<b>Un titre</b>\n\nUne <b>idée</b>, <i>une seule</i>."
    assert shown("- un\n- deux") == "• un\n• deux"
    assert shown("1. un\n2. deux") == "1. un\n2. deux"
    assert shown("> dit-elle") == "<blockquote>dit-elle</blockquote>"
    assert shown("*Source : [ici](https://a.fr/b_c*d).*") == '<i>Source : <a href="https://a.fr/b_c*d">ici</a>.</i>'


def test_everything_else_is_escaped() -> None:
    assert shown("<script>1 < 2 & 3</script>") == "&lt;script&gt;1 &lt; 2 &amp; 3&lt;/script&gt;"
    assert shown("[piège](javascript:alert)") == "[piège](javascript:alert)"
    assert shown('[a](https://b.fr/"onclick=)') == "[a](https://b.fr/&#34;onclick=)"


@given(st.text(alphabet="ab*[]()#->1. \n<&{}\"'_https:/", max_size=60))
def test_whatever_is_written_stays_balanced(text: str) -> None:
    balanced(shown(text))


def test_a_value_is_escaped_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr" / "pages").mkdir(parents=True)
    (tmp_path / "fr" / "pages" / "essai.md").write_text("# {name}\n---\n{rate:percent} et {{ceci}}", encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    i18n.page.cache_clear()
    assert leaves("essai", "fr", DAY, name="<b>", rate=Decimal("0.5")) == (
        Markup("<b>&lt;b&gt;</b>"),
        Markup("50\u00a0% et {ceci}"),
    )
    i18n.page.cache_clear()


@pytest.mark.parametrize(("language", "name"), PAGES, ids="/".join)
def test_a_page_is_short_sourced_and_well_made(language: str, name: str) -> None:
    for leaf in leaves(name, language, DAY, **VALUES):
        balanced(leaf)
        assert re.search(r"\*\*|\]\(", leaf) is None, leaf
        assert len(leaf) < 1_100, "too long for a phone"
    last = leaves(name, language, DAY, **VALUES)[-1]
    if name not in UNSOURCED:
        assert re.search(
            r"<i>Sources?\W.*(Vérifié|Lu|Relevé|Checked|Read|Noted) (le|on) \d+ \w+ 20\d\d\.</i>$", last
        ), last


@pytest.mark.parametrize("name", sorted({name for _language, name in PAGES}))
def test_a_page_has_the_same_leaves_and_figures_in_both_languages(name: str) -> None:
    french, english = pages._leaves(name, "fr"), pages._leaves(name, "en")
    assert len(french) == len(english)
    for one, other in zip(french, english, strict=True):
        assert sorted(re.findall(r"{[^}]*}", one.text)) == sorted(re.findall(r"{[^}]*}", other.text))
        assert one.rests_on == other.rests_on


@pytest.mark.parametrize("name", sorted({name for language, name in PAGES if language == "fr"}))
def test_french_pages_are_typeset_as_french(name: str) -> None:
    text = (FOLDER / "fr" / "pages" / f"{name}.md").read_text(encoding="utf-8")
    bare = re.sub(r"\{[^}]*\}|\(https://\S+\)", "", text)
    assert not re.search(r" [;:!?»%€]|« |'", bare)
    assert not re.search(r"\b(tu|toi|tes|ton)\b", bare, re.IGNORECASE)


@pytest.mark.parametrize(("language", "name"), PAGES, ids="/".join)
def test_no_page_speaks_of_a_law_of_alliances(language: str, name: str) -> None:
    text = (FOLDER / language / "pages" / f"{name}.md").read_text(encoding="utf-8").casefold()
    assert "loi d’alliance" not in text
    assert "loi sur les alliances" not in text
    assert "alliance law" not in text
