"""The catalogue from a terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Make = Callable[..., dict[str, Any]]


def test_a_file_is_imported_searched_counted_and_exported(
    run: Callable[..., Result], tmp_path: Path, feed_record: Make
) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps([feed_record(), feed_record(id="bad", title="")]), "utf-8")
    assert "1 new, 0 changed, 0 the same, 1 refused" in run("import", str(path)).output
    found = run("search", "lire des histoires", "--near", "Marseille", "--on", "2026-11-21")
    assert found.output.startswith("Lire des histoires à des enfants — Les Pages d’essai\n    education · ")
    answer = json.loads(run("search", "histoires", "--near", "13005", "--on", "2026-11-21", "--json").output)
    assert answer["found"][0]["id"] == "api-engagement:5f0c8e4e-0d0e-4b6b-9f5b-000000000001"
    assert answer["found"][0]["distance_km"] < 2
    assert answer["widened"] == []
    assert "api-engagement: active 1" in run("stats").output
    assert "bad\tno title" in run("stats", "--refused").output
    stats = json.loads(run("stats", "--json").output)
    assert stats["refused"] == 1
    out = tmp_path / "out.jsonl"
    assert run("export", str(out)).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["title"] == "Lire des histoires à des enfants"


def test_a_new_installation_answers_at_once(run: Callable[..., Result]) -> None:
    assert "SPA" in run("search", "promener des toutous", "--near", "Lille").output


@pytest.mark.parametrize(
    ("near", "said"), [("Londres", "outside France"), ("xyzxyz", "not a place Allié knows in France")]
)
def test_a_place_that_is_not_in_france_is_a_clear_answer(run: Callable[..., Result], near: str, said: str) -> None:
    result = run("search", "lire", "--near", near)
    assert result.exit_code == 1
    assert said in result.output


def test_a_broken_file_says_what_was_taken(run: Callable[..., Result], tmp_path: Path, feed_record: Make) -> None:
    path = tmp_path / "page.json"
    path.write_text(json.dumps([feed_record(), feed_record(id="two", clientId="2")])[:-40], "utf-8")
    result = run("import", str(path))
    assert result.exit_code == 1
    assert "breaks off" in result.output
    assert "What came before was taken." in result.output
    assert "api-engagement: active 1" in run("stats").output


def test_a_feed_without_its_key_says_what_to_set(run: Callable[..., Result]) -> None:
    result = run("sync")
    assert result.exit_code == 2
    assert "ALLIE_FEED_KEY" in result.output
