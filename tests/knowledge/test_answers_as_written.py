"""An answer's file: what it says, what is folded, what breaks the format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.answer import AnswerError, Named, Next
from bot.knowledge.library import Library

if TYPE_CHECKING:
    from tests.knowledge.conftest import Write

Read = Callable[[], Library]


def test_an_answer_is_read(write: Write, library: Read) -> None:
    write(
        "donors/recu-perdu",
        "Demandez un duplicata.\n\n<!-- more -->\n\nPourquoi.",
        who='["household"]',
        next='[{ to = "donation", label = "Calculer" }, { to = "donors/autre" }]',
    )
    answer = library().answer("donors/recu-perdu", "fr")
    assert answer is not None
    assert (answer.id, answer.group, answer.language) == ("donors/recu-perdu", "donors", "fr")
    assert answer.head.for_talk(str) == "Demandez un duplicata."
    assert answer.more.for_talk(str) == "Pourquoi."
    assert answer.who == ("household",)
    assert answer.next == (Next("donation", "Calculer"), Next("donors/autre"))
    assert answer.sources == (Named("Une page", "https://example.org/page"),)
    assert answer.checked == date(2026, 11, 25)
    assert not answer.is_own
    assert not answer.only_told
    write("donors/dit", "Oui.", only_told="true")
    told = library().answer("donors/dit", "fr")
    assert told is not None
    assert told.only_told


def test_english_is_another_file_and_french_stands_in_for_it(write: Write, library: Read) -> None:
    write("donors/a", "Oui.")
    write("donors/b", "Non.")
    write("donors/a", "Yes.", language="en")
    answers = library()
    assert [answer.language for id in ("donors/a", "donors/b") if (answer := answers.answer(id, "en"))] == ["en", "fr"]
    assert answers.answer("donors/c", "en") is None


@pytest.mark.parametrize(
    ("body", "front", "reason"),
    [
        ("Oui.", {"title": ""}, "title is missing"),
        ("Oui.", {"label": '"' + "x" * 29 + '"'}, "label has 29 letters, over 28"),
        ("Oui.", {"checked": '"hier"'}, "checked is not a day"),
        ("Oui.", {"source": ""}, "nothing says where it comes from"),
        ("Oui.", {"source": '[{ name = "x", url = "http://x.fr" }]'}, "does not begin with https://"),
        ("Oui.", {"colour": '"red"'}, "unknown key colour"),
        ("Oui.", {"who": '["martians"]'}, "martians is none of"),
        ("Oui.", {"next": '[{ to = "donation" }]'}, "is a topic and has no label"),
        ("Oui.", {"asks": '"un seul"'}, "asks is a list of texts"),
        ("Oui.", {"title": '"sans fin'}, "line 1"),
        ("", {}, "it says nothing"),
        ("<!-- more -->\nPourquoi.", {}, "it says nothing"),
        ("{gifts.ceiling:money}", {}, "rests_on lacks gifts.ceiling"),
        ("Oui.", {"rests_on": '["gifts.nothing"]'}, "data/law has no gifts.nothing"),
        ("{gifts.roof:money}", {}, "data/law has no gifts.roof"),
        ("{gifts.ceiling:francs}", {}, "there is no format 'francs'"),
        ("{gifts.regime.middle:money}", {}, "gifts.regime has no middle, it has least, most"),
        ("{gifts.ceiling@tomorrow:money}", {}, "after @ stand previous or a day"),
        ("Oui.", {"only_told": '"yes"'}, "only_told is true or false"),
        ("{hello}", {}, "'hello' is not the name of a figure"),
    ],
)
def test_what_breaks_the_format_is_told_with_its_file(
    body: str, front: dict[str, str], reason: str, write: Write, library: Read
) -> None:
    path = write("donors/a", body, **front)
    with pytest.raises(AnswerError) as error:
        library().answer("donors/a", "fr")
    assert str(path) in str(error.value)
    assert reason in str(error.value)


def test_a_file_without_a_table_is_no_answer(write: Write, library: Read) -> None:
    write("donors/a", "Oui.").write_text("Oui.", encoding="utf-8")
    with pytest.raises(AnswerError, match="does not begin with a table"):
        library().answer("donors/a", "fr")


def test_marks_are_few_and_all_else_is_text(write: Write, library: Read) -> None:
    write(
        "donors/a",
        """\
        Un **seul** mot,
        et [une page](https://example.org/?a=1&b=2).

        - <b>un</b>
        - deux

        [pas un lien](javascript:alert)
        """,
    )
    answer = library().answer("donors/a", "fr")
    assert answer is not None
    assert answer.head.for_talk(str) == (
        'Un <b>seul</b> mot, et <a href="https://example.org/?a=1&amp;b=2">une page</a>.'
        "\n\n• &lt;b&gt;un&lt;/b&gt;\n• deux\n\n[pas un lien](javascript:alert)"
    )
    assert answer.head.for_page(str).splitlines()[1] == "<ul><li>&lt;b&gt;un&lt;/b&gt;</li><li>deux</li></ul>"


def test_french_is_typeset_and_english_is_left_alone(write: Write, library: Read) -> None:
    write("donors/a", "Vrai ? Oui : « tout » ; voilà !")
    write("donors/a", "True: yes !", language="en")
    french, english = (library().answer("donors/a", language) for language in ("fr", "en"))
    assert french is not None
    assert english is not None
    assert french.head.for_talk(str) == "Vrai\u00a0? Oui\u00a0: «\u00a0tout\u00a0»\u00a0; voilà\u00a0!"
    assert english.head.for_talk(str) == "True: yes !"
