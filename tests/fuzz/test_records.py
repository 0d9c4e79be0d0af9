"""Whatever a program, a feed, a file or an operator hands in: an answer or a reason, never an exception."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from bot.broadcast.acts import add_broadcast_acts
from bot.broadcast.message import BadText, checked, read_texts
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.files import BadFile, import_file
from bot.catalogue.sync import _read as read_page
from bot.catalogue.wish import Wish
from bot.channels import terminal
from bot.channels.telegram.outbound import why_not_webhook_reply
from bot.control import Acts
from bot.dialogue.buttons import LIMIT, read_press
from bot.estimate import answer_text, names
from bot.settings import DESCRIPTIONS, SettingError, Settings
from tests.fuzz.strategies import amounts, bodies, explore, questions_to, said, texts, values

if TYPE_CHECKING:
    from tests.fuzz.conftest import House

NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", names())
@amounts
def test_whatever_is_asked_of_an_estimate(name: str, examples: int) -> None:
    """A result or a refusal that names the field, as JSON without the numbers that are none."""

    def check(question: bytes) -> None:
        found = json.loads(answer_text(name, question), parse_constant=lambda constant: pytest.fail(constant))
        assert isinstance(found, dict)
        assert "error" not in found or set(found["error"]) == {"field", "message"}

    explore(examples, st.one_of(questions_to(name), questions_to(name), bodies), check)


@amounts
def test_whatever_line_is_read_from_standard_input(house: House, examples: int) -> None:
    """One line of JSON for each line, whatever it holds."""
    parts = st.fixed_dictionaries(
        {},
        optional={
            "user": st.one_of(texts, values),
            "text": st.one_of(said, values),
            "press": st.one_of(texts, values),
            "location": values,
            "language": st.one_of(st.sampled_from(["fr", "en", "x"]), values),
        },
    )
    line = st.one_of(parts.map(lambda value: json.dumps(value).encode()), bodies).filter(
        lambda value: value.strip() and b"\n" not in value
    )

    def check(lines: list[bytes]) -> None:
        out = io.StringIO()
        work = terminal.converse_jsonl(
            house.engine, folder=house.folder / "files", now=NOW, source=[one + b"\n" for one in lines], target=out
        )
        house.does(work)
        house.is_well()
        answers = [json.loads(answer) for answer in out.getvalue().splitlines()]
        assert len(answers) == len(lines)
        assert all(isinstance(answer, dict) for answer in answers)

    explore(examples, st.lists(line, min_size=1, max_size=3), check)


RECORD = json.loads((Path(__file__).parent.parent / "catalogue" / "feed-record.json").read_text("utf-8"))


@pytest.fixture
def catalogue(tmp_path: Path) -> Any:
    with Catalogue(open_backend(tmp_path)) as opened:
        yield opened


def records() -> st.SearchStrategy[Any]:
    names = st.sampled_from(sorted(RECORD))
    changes = st.dictionaries(names, st.one_of(values, texts), max_size=4)
    ids = st.integers(0, 50).map(str)
    changed = st.builds(lambda change, id: {**RECORD, "id": id, "clientId": id, **change}, changes, ids)
    return st.one_of(changed, changed, values)


@amounts
def test_whatever_a_feed_sends(examples: int) -> None:
    """A page that is none is a sentence; nothing else comes out."""
    page = st.fixed_dictionaries({}, optional={"ok": values, "total": values, "data": st.lists(records(), max_size=3)})
    body = st.one_of(page.map(lambda value: json.dumps(value).encode()), bodies)

    def check(sent: bytes) -> None:
        found = read_page(sent)
        assert isinstance(found, str) or isinstance(found[0], list)

    explore(examples, body, check)


@amounts
def test_whatever_a_file_of_missions_holds(catalogue: Catalogue, tmp_path: Path, examples: int) -> None:
    """Each record is taken in or refused with its reason; a file that cannot be read is said to be so."""
    cell = st.one_of(texts, said).map(lambda text: text.replace("\0", ""))
    rows = st.lists(st.lists(cell, min_size=1, max_size=6), max_size=3)
    heads = st.sampled_from(
        ["titre;association;lien;ville", "title,organisation,url,city", "titre\tassociation\tlien", "x;y", ""]
    )
    mark = st.sampled_from(";,\t")
    csv = st.builds(lambda head, mark, rows: "\n".join([head, *(mark.join(row) for row in rows)]), heads, mark, rows)
    whole = st.one_of(csv.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=300))
    as_csv = st.tuples(st.just("a.csv"), whole)
    listed = st.lists(records(), max_size=3)
    as_json = st.tuples(
        st.sampled_from(["a.json", "a.jsonl"]),
        st.one_of(
            listed.map(lambda found: json.dumps(found).encode()),
            listed.map(lambda found: b"\n".join(json.dumps(one).encode() for one in found)),
            bodies,
        ),
    )

    def check(file: tuple[str, bytes]) -> None:
        name, content = file
        path = tmp_path / name
        path.write_bytes(content)
        with suppress(BadFile):
            import_file(catalogue, path, now=NOW)

    explore(examples, st.one_of(as_csv, as_json), check)
    catalogue.search(Wish(text="lire"), today=date(2026, 11, 22))


@amounts
def test_whatever_is_searched(catalogue: Catalogue, examples: int) -> None:
    def check(text: str) -> None:
        catalogue.search(Wish(text=text), today=date(2026, 11, 22), limit=3)

    explore(examples, said, check)


@amounts
def test_whatever_a_button_carried(examples: int) -> None:
    """It is read as ours and written again the same, or it is none of ours."""

    def check(data: str) -> None:
        found = read_press(data)
        if found is not None and len(data.encode("utf-8", "replace")) <= LIMIT:
            with suppress(UnicodeEncodeError):
                assert read_press(str(found)) == found

    explore(examples, st.one_of(texts, st.builds("{}{}.{}".format, st.sampled_from("=>!"), texts, texts)), check)


@amounts
def test_whatever_a_text_for_many_holds(tmp_path: Path, examples: int) -> None:
    """What is taken is one message that Telegram takes; all else is refused with its reason."""
    names = st.sampled_from(["n.fr.md", "n.en.html", "n.de.md", "n.md"])
    tagged = st.lists(
        st.sampled_from(["<b>", "</b>", "**", "[a](https://b.org)", "<a href='x'>", "&", "\n", "mot"]), max_size=20
    )
    content = st.one_of(tagged.map("".join), texts, said).map(lambda text: text.encode("utf-8", "surrogatepass"))

    def check(file: tuple[str, bytes]) -> None:
        path = tmp_path / file[0]
        path.write_bytes(file[1])
        with suppress(BadText):
            assert all(
                why_not_webhook_reply(reply) is None
                for reply in checked(read_texts([path]), why_not_webhook_reply).values()
            )

    explore(examples, st.tuples(names, st.one_of(content, st.binary(max_size=100))), check)


@amounts
def test_whatever_the_operator_asks_of_the_server(house: House, examples: int) -> None:
    acts = Acts()
    add_broadcast_acts(acts, house.store, why_not_webhook_reply, [], None)
    names = st.sampled_from(["count", "show", "begin", "stop", "tell", "listed"]).map("broadcast {}".format)
    body = st.fixed_dictionaries(
        {}, optional={"texts": st.one_of(values, st.fixed_dictionaries({"fr": texts})), "audience": values}
    )
    given = st.one_of(values, st.fixed_dictionaries({}, optional={"body": st.one_of(body, values), "name": values}))
    request = st.one_of(values, st.fixed_dictionaries({"do": names, "with": given}))

    def check(asked: Any) -> None:
        answer = house.does(acts.do(asked))
        assert len(answer) == 1
        assert "result" in answer or "The server failed" not in answer["error"]
        json.dumps(answer)

    explore(examples, request, check)


@amounts
def test_whatever_is_set(examples: int) -> None:
    """Settings that are taken, or one sentence that names the one that is wrong."""
    names = st.sampled_from([*DESCRIPTIONS, "ALLIE_UNKNOWN", "HOME"])

    def check(environment: dict[str, str]) -> None:
        said = ""
        try:
            Settings.from_environment(environment)
        except SettingError as error:
            said = str(error)
        assert "\n" not in said
        assert not said or "ALLIE_" in said

    explore(examples, st.dictionaries(names, st.one_of(texts, values.map(str)), max_size=4), check)
