"""An association publishes a need by talking; a moderator looks at it; it expires unless it is renewed."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from bot.catalogue import needs
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.mission import Mission, Site
from bot.catalogue.wish import Wish

NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
TODAY = NOW.date()


@pytest.fixture
def need() -> Callable[..., Mission]:
    def made(key: str = "n1", **changes: Any) -> Mission:
        values: dict[str, Any] = {
            "title": "Servir le repas de Noël",
            "organisation": "Table ouverte",
            "url": "https://table.example.org",
            "causes": ("solidarity",),
            "sites": (Site("Pau", "64000", "64", "64445", 43.2951, -0.3708),),
        }
        return Mission(id=key, source="needs", **{**values, **changes})

    return made


def titles(catalogue: Catalogue, today: datetime.date = TODAY) -> list[str]:
    return [match.mission.title for match in catalogue.search(Wish(), today=today).found]


def test_a_need_is_found_by_nobody_until_it_is_approved(catalogue: Catalogue, need: Callable[..., Mission]) -> None:
    with catalogue.writer() as writer:
        proposed = needs.propose(writer, need(), owner="telegram:1", now=NOW)
        assert titles(catalogue) == []
        assert catalogue.mission(proposed.mission.id) is None
        assert [one.mission.id for one in needs.pending(writer.connection)] == ["needs:n1"]
        approved = needs.approve(writer, "needs:n1", now=NOW)
        assert approved is not None
        assert approved.owner == "telegram:1"
        assert titles(catalogue) == ["Servir le repas de Noël"]
        assert needs.pending(writer.connection) == []


def test_its_association_is_told_once_what_was_decided(catalogue: Catalogue, need: Callable[..., Mission]) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need("a"), owner="telegram:1", now=NOW)
        needs.propose(writer, need("b"), owner="telegram:2", now=NOW)
        needs.approve(writer, "needs:a", now=NOW)
        needs.refuse(writer, "needs:b", now=NOW)
        told = {one.owner: one.state for one in needs.untold(writer.connection)}
        assert told == {"telegram:1": "active", "telegram:2": "refused"}
        needs.mark_told(writer, "needs:a")
        needs.mark_told(writer, "needs:b")
        assert needs.untold(writer.connection) == []


def test_two_moderators_decide_only_once(catalogue: Catalogue, need: Callable[..., Mission]) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need(), owner="telegram:1", now=NOW)
        assert needs.refuse(writer, "needs:n1", now=NOW) is not None
        assert needs.approve(writer, "needs:n1", now=NOW) is None
        assert needs.approve(writer, "needs:unknown", now=NOW) is None
    assert titles(catalogue) == []


def test_a_moderator_may_edit_before_publishing(catalogue: Catalogue, need: Callable[..., Mission]) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need(), owner="telegram:1", now=NOW)
        needs.approve(writer, "needs:n1", now=NOW, edited=need(title="Servir un repas de fête"))
    assert titles(catalogue) == ["Servir un repas de fête"]


def test_a_need_expires_unless_its_own_association_renews_it(
    catalogue: Catalogue, need: Callable[..., Mission]
) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need(), owner="telegram:1", now=NOW)
        needs.approve(writer, "needs:n1", now=NOW)
        after = NOW + needs.EXPIRES_AFTER + datetime.timedelta(days=1)
        assert titles(catalogue, after.date()) == []
        assert needs.renew(writer, "needs:n1", owner="telegram:2", now=after) is None
        assert needs.renew(writer, "needs:n1", owner="telegram:1", now=after) is not None
        assert titles(catalogue, after.date()) == ["Servir le repas de Noël"]
        assert [one.state for one in needs.mine(writer.connection, "telegram:1")] == ["active"]


def test_a_need_with_an_end_keeps_it(catalogue: Catalogue, need: Callable[..., Mission]) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need(ends=datetime.date(2026, 12, 24)), owner="telegram:1", now=NOW)
        approved = needs.approve(writer, "needs:n1", now=NOW)
    assert approved is not None
    assert approved.mission.ends == datetime.date(2026, 12, 24)


def test_needs_are_counted_by_territory_and_cause(catalogue: Catalogue, need: Callable[..., Mission]) -> None:
    with catalogue.writer() as writer:
        for key in ("a", "b", "c"):
            needs.propose(writer, need(key), owner="telegram:1", now=NOW)
        needs.propose(writer, need("d", sites=(), remote="full", causes=("digital",)), owner="telegram:1", now=NOW)
        needs.approve(writer, "needs:a", now=NOW)
        needs.refuse(writer, "needs:c", now=NOW)
        first, second = needs.counts(writer.connection, TODAY)
    assert (first.departement, first.cause, first.needs, first.open_now) == ("64", "solidarity", 2, 1)
    assert (second.departement, second.cause, second.needs) == ("", "digital", 1)


def test_a_moderator_decides_at_a_terminal(
    catalogue: Catalogue, need: Callable[..., Mission], run: Callable[..., Result]
) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need(), owner="telegram:1", now=NOW)
    assert "Servir le repas de Noël — Table ouverte (Pau)" in run("review").output
    assert run("review", "--approve", "needs:n1").output == "needs:n1: published\n"
    assert run("review", "--refuse", "needs:n1").output == "needs:n1: there is no such need waiting\n"
    assert run("review").output == "Nothing waits.\n"
    assert "64\tsolidarity\t1\t1" in run("stats", "--needs").output


def test_a_need_is_put_into_better_words_and_a_refusal_has_a_reason(
    catalogue: Catalogue, need: Callable[..., Mission], run: Callable[..., Result]
) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need("a"), owner="telegram:1", now=NOW)
        needs.propose(writer, need("b"), owner="telegram:2", now=NOW)

    def review(*arguments: str) -> str:
        return run("review", *arguments).output

    better = ("--title", "Servir un repas de fête", "--cause", "elderly")
    assert review("--edit", "needs:a", *better) == "needs:a: changed\n"
    assert "Servir un repas de fête — Table ouverte (Pau)" in review()
    assert "--edit needs the new" in review("--edit", "needs:a")
    assert review("--approve", "needs:a") == "needs:a: published\n"
    assert review("--edit", "needs:a", "--title", "Trop tard") == "needs:a: there is no such need waiting\n"
    review("--refuse", "needs:b", "--reason", "Il manque l’adresse.")
    with catalogue.reading() as connection:
        refused = needs.one(connection, "needs:b")
        counts = needs.counts(connection, TODAY)
    assert refused is not None
    assert (refused.state, refused.reason) == ("refused", "Il manque l’adresse.")
    assert [count.cause for count in counts] == ["elderly"]


def test_the_record_is_drawn_for_partners(
    catalogue: Catalogue, need: Callable[..., Mission], run: Callable[..., Result], tmp_path: Path
) -> None:
    empty = run("stats", "--needs", "--chart", str(tmp_path / "needs.png"))
    assert "No association has published a need yet" in empty.output
    with catalogue.writer() as writer:
        needs.propose(writer, need("a"), owner="telegram:1", now=NOW)
        needs.propose(writer, need("b", sites=(), remote="full", causes=("digital",)), owner="telegram:1", now=NOW)
    for name, start in (("needs.png", b"\x89PNG"), ("needs.svg", b"<svg")):
        path = tmp_path / name
        told = run("stats", "--needs", "--chart", str(path), "--language", "en").output
        assert "Pyrénées-Atlantiques, solidarity: 1 need, 0 open." in told
        assert path.read_bytes().startswith(start)
    assert "Pyrénées-" in (tmp_path / "needs.svg").read_text("utf-8")
    assert run("stats", "--chart", str(tmp_path / "needs.png")).exit_code == 2


@pytest.mark.parametrize("decided", ["approve", "refuse", None])
def test_ninety_days_after_a_need_is_over_only_its_cause_and_departement_are_left(
    catalogue: Catalogue, need: Callable[..., Mission], decided: str | None
) -> None:
    with catalogue.writer() as writer:
        needs.propose(writer, need("old", ends=TODAY), owner="owner-1", now=NOW)
        if decided:
            getattr(needs, decided)(writer, "needs:old", now=NOW)
        before, after = (NOW + needs.KEPT_AFTER + datetime.timedelta(days=days) for days in (-1, 1))
        assert needs.forget_old(writer, now=before) == 0
        assert len(needs.mine(writer.connection, "owner-1")) == 1
        assert needs.forget_old(writer, now=after) == 1
        assert needs.forget_old(writer, now=after) == 0
        assert needs.mine(writer.connection, "owner-1") == []
        bodies = [body for (body,) in writer.connection.execute("SELECT body FROM mission WHERE source = 'needs'")]
    assert not any("Noël" in body or "table.example" in body or "64000" in body for body in bodies)
