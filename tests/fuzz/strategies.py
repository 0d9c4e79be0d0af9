"""What strangers, feeds and mistakes may send, for the property tests of every entry.

`explore` runs a check on so many inputs: some hundreds in `make test`, the same ones each time; ten thousand, drawn
anew, in `make test-long`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.dialogue.buttons import Control
from bot.estimate import openapi

T = TypeVar("T")

FEW, MANY = 300, 10_000
amounts = pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.long)])


def explore(examples: int, inputs: SearchStrategy[T], check: Callable[[T], None]) -> None:
    """Have `check` look at so many inputs; the smallest that fails is shown."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples == FEW,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def run(value: T) -> None:
        check(value)

    run()


# Any text and any JSON

hostile = st.sampled_from(
    [
        "", " ", "\0", "\ud800", "\u202e", "\ufeff", "🙂" * 50, "é" * 300, "a" * 5_000, "９９９", "١٢٣", "½", "1e999",
        "NaN", "-0", "9" * 400, "<b>", "</b>", "&amp;", "&#0;", "<script>alert(1)</script>", "{0}", "{x:money}", "%s",
        "%(x)s", "'; DROP TABLE seen; --", '"', "\\", "../../etc/passwd", "\r\nSet-Cookie: a=b", "http://[::1",
        "javascript:alert(1)", "https://example.org/" + "a" * 3_000, "file:///etc/passwd", "NEAR(", 'fts" OR *',
        "2026-02-30", "0000-00-00", "9999-12-31", "31/12/9999", "25:99",
    ]
)  # fmt: skip
texts = st.one_of(hostile, st.text(max_size=80), st.text("0123456789 .,€%kK-+/e", max_size=30))
numbers = st.one_of(
    st.integers(),
    st.integers(-5, 5_000),
    st.floats(),
    st.sampled_from([0, -1, 1e308, -1e308, 10**30, 0.1 + 0.2, 999_999_999_999, float("inf"), float("nan")]),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)),
    max_leaves=12,
)


def as_bytes(value: Any) -> bytes:
    """JSON as a program may write it, which is not always JSON."""
    return json.dumps(value).encode()


bodies = st.one_of(
    values.map(as_bytes),
    st.binary(max_size=200),
    st.sampled_from([b"", b"{", b"[" * 20_000, b'{"a":' * 5_000, b"\xff\xfe{}", b"null", b'"' + b"a" * 200_000 + b'"']),
)

# What people say and press

pieces = st.sampled_from(
    [
        "je donne", "300 €", "300", "trois cents euros", "aux Restos", "à Marseille", "13005", "samedi matin",
        "le 30 février", "3 RTT", "brut", "2 500 par mois", "mon entreprise", "bénévole", "avec des enfants", "non",
        "oui", "en fait 500", "retour", "stop", "annuler", "menu", "recommencer", "passer", "mes données",
        "oubliez-moi", "mes alertes", "publier un besoin", "c'est quoi le plafond ?", "I give", "to Oxfam",
        "in English please", "next Saturday", "help", "et 1000 ?", "impôt", "2027", "200 km", "alliance", "lettre",
        "km", "je vais mal", "changer une réponse", "proposer du matériel", "recevoir les nouvelles", "modérer",
        "du lundi au vendredi", "ma fille de 14 ans",
    ]
)  # fmt: skip
said = st.one_of(st.lists(st.one_of(pieces, texts), min_size=1, max_size=5).map(" ".join), pieces)


def presses(topics: list[str], questions: list[str]) -> SearchStrategy[str]:
    """What a button of ours may carry, what one of another version may, and what never was one."""
    slots = [
        "new",
        "about",
        "news",
        "pause",
        "resume",
        "stop",
        "renew",
        "close",
        "i",
        "j",
        "d",
        "m",
        "page",
        *questions,
    ]
    topic, name = st.sampled_from(topics), st.sampled_from(slots)
    value = st.one_of(texts, st.sampled_from(["1", "0", "yes", "no", "needs:0", "commune:13055", "2026-12-01"]))
    serial = st.one_of(st.integers(0, 12).map(str), texts)
    return st.one_of(
        st.builds("={}.{}.{}.{}".format, serial, topic, name, value),
        st.builds(">{}.{}={}".format, topic, name, value),
        topic.map(">{}".format),
        st.builds("!{}.{}.{}".format, st.sampled_from([*sorted(Control.ALL), "x"]), serial, name),
        texts,
    )


places = st.tuples(st.one_of(st.floats(-90, 90), numbers), st.one_of(st.floats(-180, 180), numbers))

# Questions to the estimates, from their own description


def questions_to(name: str) -> SearchStrategy[bytes]:
    """Questions of the right shape with any values, and of nearly the right shape."""
    body = openapi()["paths"][f"/api/estimate/{name}"]["post"]["requestBody"]["content"]["application/json"]
    schema = body["schema"]
    example = schema.get("example") or body.get("example", {})
    return st.one_of(_fitting(schema), _fitting(schema), _changed(example), values).map(as_bytes)


def _fitting(schema: dict[str, Any]) -> SearchStrategy[Any]:
    if "oneOf" in schema:
        return st.one_of(*map(_fitting, schema["oneOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object" if "properties" in schema:
            needed = set(schema.get("required", ()))
            parts = {key: _fitting(part) for key, part in schema["properties"].items()}
            return st.fixed_dictionaries(
                {key: part for key, part in parts.items() if key in needed},
                optional={key: part for key, part in parts.items() if key not in needed},
            )
        case "object":
            years = st.integers(1990, 2040).map(str)
            return st.dictionaries(years, _fitting(schema.get("additionalProperties", {})), max_size=4)
        case "array":
            return st.lists(_fitting(schema.get("items", {})), max_size=4)
        case "number" | "integer":
            low, high = schema.get("minimum", -(10**6)), schema.get("maximum", 10**9)
            whole = st.integers(int(low), int(high))
            return (
                whole
                if schema["type"] == "integer"
                else st.one_of(whole, st.floats(low, high).map(lambda n: round(n, 2)))
            )
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "string" if schema.get("format") == "date":
            return st.one_of(st.dates().map(str), st.dates().filter(lambda day: 2015 < day.year < 2032).map(str), texts)
        case "string":
            return texts
    return values


def _changed(example: dict[str, Any]) -> SearchStrategy[Any]:
    """The example with one of its values replaced."""
    names = st.sampled_from(sorted(example) or ["x"])
    return st.builds(lambda name, value: {**example, name: value}, names, values)
