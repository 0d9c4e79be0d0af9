"""The estimates described for programs (OpenAPI 3.1), from the very definitions that read their questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.estimate.question import Question
from bot.estimate.schema import Field, OneOf, Record
from bot.i18n import LANGUAGES

__all__ = ["describe"]

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["field", "message"],
            "properties": {
                "field": {"type": "string", "description": "the path of what is wrong, such as gifts.0.amount"},
                "message": {"type": "string", "description": "what is expected, in the language of the question"},
            },
        }
    },
}


def describe(questions: Mapping[str, Question]) -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Allié: estimates",
            "version": "1",
            "description": (
                "French rules for gifts, time and skills as dated figures with their sources. "
                "An estimate is information, not tax advice."
            ),
        },
        "paths": {f"/api/estimate/{name}": {"post": _operation(one)} for name, one in questions.items()},
        "components": {"schemas": {"Error": ERROR}},
    }


def _operation(one: Question) -> dict[str, Any]:
    language = Field("language", OneOf(tuple(LANGUAGES)), "the language of the texts", required=False)
    asks = Record((*one.asks.fields, language)).schema()
    return {
        "operationId": f"estimate_{one.name.replace('-', '_')}",
        "summary": one.summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": asks, "example": dict(one.example)}},
        },
        "responses": {
            "200": {
                "description": "The estimate.",
                "content": {"application/json": {"schema": Record(one.answers).schema()}},
            },
            "400": {
                "description": "The question cannot be answered as it is.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
        },
    }
