"""Topics on messages never learnt from, distress heard in eight languages, learning that repeats itself."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from bot.understanding import Understanding
from bot.understanding.__main__ import TODAY, read_set, understood
from bot.understanding.examples import PHRASES
from bot.understanding.scoring import Report, score
from bot.understanding.topics import Topics
from bot.understanding.writing import fold

HERE = Path(__file__).parent
SETS = ("topics.toml", "more_topics.toml")
DISTRESS = tomllib.loads((HERE / "distress.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(understanding: Understanding) -> Report:
    gold = [message for name in SETS for message in read_set(HERE / name)]
    gold = [{**message, "id": f"{number}"} for number, message in enumerate(gold)]
    return score(gold, [understood(understanding, message) for message in gold])


@pytest.mark.parametrize(
    ("language", "bar"),
    [("fr", 0.88), ("en", 0.88), ("es", 0.75), ("pt", 0.75), ("it", 0.75), ("de", 0.75), ("ar", 0.75), ("uk", 0.75)],
)
def test_people_get_what_they_ask_for(report: Report, language: str, bar: float) -> None:
    strict, _lenient, messages = report.topics[language]
    assert strict >= bar, f"{strict:.1%} of {messages} messages"


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def test_no_message_measured_with_is_learnt_from() -> None:
    learnt = {
        words(text)
        for path in PHRASES.glob("??.toml")
        for topic in tomllib.loads(path.read_text(encoding="utf-8")).values()
        for text in topic["examples"]
    }
    measured = [message["text"] for name in SETS for message in read_set(HERE / name)]
    measured += [text for kind in DISTRESS.values() for texts in kind.values() for text in texts]
    # A word or three, "Montpellier" or "je veux mourir", is what anybody would write.
    assert [text for text in measured if len(text.split()) > 3 and words(text) in learnt] == []


@pytest.mark.parametrize("language", DISTRESS["told"])
def test_distress_is_heard(understanding: Understanding, language: str) -> None:
    missed = [
        text for text in DISTRESS["told"][language] if "crisis" not in understanding.read(text, today=TODAY).slots
    ]
    assert missed == []


@pytest.mark.parametrize("language", DISTRESS["not_told"])
def test_figures_of_speech_and_the_wish_to_help_are_no_distress(understanding: Understanding, language: str) -> None:
    texts = DISTRESS["not_told"][language]
    alarms = [text for text in texts if "crisis" in understanding.read(text, today=TODAY).slots]
    assert len(alarms) <= len(texts) // 20, alarms


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "?",
        "🙂",
        "\u200b",
        "\ud800",
        "a" * 5_000,
        "je " * 3_000,
        "0" * 400,
        "<b>&amp;</b>",
        "日本語",
        "{org}",
    ],
)
def test_any_text_at_all_has_a_topic(understanding: Understanding, text: str) -> None:
    meaning = understanding.read(text, today=TODAY)
    assert meaning.topic
    json.dumps(meaning.as_json(), allow_nan=False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quiero ayudar a los ancianos", "es"),
        ("Quero ajudar os idosos", "pt"),
        ("Vorrei aiutare gli anziani", "it"),
        ("Ich möchte alten Menschen helfen", "de"),
        ("أريد مساعدة كبار السن", "ar"),
        ("Хочу допомагати літнім людям", "uk"),
        ("I'd like to help older people", "en"),
        ("jveu aidé lé vieu", "fr"),
    ],
)
def test_the_language_is_noticed(understanding: Understanding, text: str, language: str) -> None:
    assert understanding.read(text, today=TODAY).language == language


def test_of_two_wishes_one_is_served_and_the_other_kept(understanding: Understanding) -> None:
    meaning = understanding.read("je voudrais donner 50 € à la SPA. Et mes données, vous en faites quoi ?", today=TODAY)
    assert (meaning.topic, [wish.topic for wish in meaning.wishes]) == ("donation", ["privacy"])


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    """A few examples, quickly learnt."""
    folder = tmp_path / "phrases"
    folder.mkdir()
    for name in ("values.toml", "concepts.toml", "pointing.toml"):
        (folder / name).write_bytes((PHRASES / name).read_bytes())
    for language in ("fr", "en"):
        topics = tomllib.loads((PHRASES / f"{language}.toml").read_text(encoding="utf-8"))
        (folder / f"{language}.toml").write_text(
            "\n".join(
                f"[{topic}]\nexamples = {json.dumps(table['examples'][:12], ensure_ascii=False)}"
                for topic, table in topics.items()
            ),
            encoding="utf-8",
        )
    return folder


def test_the_same_examples_always_teach_the_same(phrases: Path, tmp_path: Path) -> None:
    kept = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        Topics.load(folder, encoder=False, phrases=phrases)
        kept.append(next(folder.glob("*.npz")))
    assert kept[0].name == kept[1].name
    assert kept[0].read_bytes() == kept[1].read_bytes()


def test_another_example_is_learnt_and_what_older_ones_taught_is_let_go(phrases: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    Topics.load(folder, encoder=False, phrases=phrases)
    before = next(folder.glob("*.npz"))
    with (phrases / "fr.toml").open("a", encoding="utf-8") as file:
        file.write('\n[blood]\nexamples = ["donner mon sang", "où donner son sang ?", "don du sang {in_place}"]\n')
    assert "blood" in Topics.load(folder, encoder=False, phrases=phrases).names
    assert next(folder.glob("*.npz")) != before
    assert len(list(folder.glob("*.npz"))) == 1


def test_a_spoilt_file_is_learnt_again(phrases: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    Topics.load(folder, encoder=False, phrases=phrases)
    kept = next(folder.glob("*.npz"))
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    Topics.load(folder, encoder=False, phrases=phrases)
    assert kept.read_bytes() == whole
