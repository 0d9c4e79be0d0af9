"""Papers as PDF and as pictures, drawn by Typst with the fonts of `data/fonts` only.

The paper travels to the template as JSON: no value is ever compiled as markup. The only date in the file is that of the
paper, so that the same paper gives the same bytes. No network, no file is written.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.documents.companion import notice
from bot.documents.content import (
    Block,
    Boxes,
    Bullets,
    Fields,
    Heading,
    Lines,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    Text,
)
from bot.documents.paper import Paper
from bot.documents.text import announces, runs
from bot.resources import DATA

if TYPE_CHECKING:
    import typst

__all__ = ["FONT_FOLDER", "pdf", "preview", "standard_pdf"]

TEMPLATE = Path(__file__).with_name("paper.typ")
FONT_FOLDER = DATA / "fonts"
A4_INCHES = 210 / 25.4
LONG_WORD = re.compile(r"\S{28}(?=\S)")
"""A stretch that no line can break: a break is offered in it, so that it stays on the page."""

Json = dict[str, Any]


def pdf(paper: Paper) -> bytes:
    """`paper` as a tagged PDF. A letter that the fonts do not have shows as a box and stops nothing."""
    return standard_pdf(paper)


def standard_pdf(paper: Paper, *standards: typst.PDFStandard) -> bytes:
    """`paper` as a PDF held to `standards` ("ua-1": accessible). Raises TypstError where it does not keep one."""
    compiled = _compiler().compile(
        format="pdf",
        sys_inputs=_inputs(paper),
        timestamp=datetime.combine(paper.on, time(12), UTC),
        pdf_standards=list(standards),
    )
    return compiled if isinstance(compiled, bytes) else b"".join(compiled or ())


def preview(paper: Paper, width: int) -> bytes:
    """The first page of `paper` as a PNG."""
    pages = _compiler().compile(format="png", ppi=width / A4_INCHES, sys_inputs=_inputs(paper))
    return pages[0] if isinstance(pages, list) else pages or b""


@cache
def _fonts() -> typst.Fonts:
    import typst  # several MB, which most conversations never need

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])


def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True)


def _inputs(paper: Paper) -> dict[str, str]:
    return {"paper": json.dumps(_paper(paper), ensure_ascii=False)}


def _paper(paper: Paper) -> Json:
    language = paper.language
    told = notice(paper)
    letter = paper.letter
    return {
        "title": paper.heading(),
        "heading": paper.heading(),
        "footer": paper.heading(),
        "author": "Allié",
        "language": language,
        "notice": [] if told is None else _runs(told, language),
        "letter": None
        if letter is None
        else {
            "sender": [_runs(line, language) for line in letter.sender],
            "recipient": [_runs(line, language) for line in letter.recipient],
            "place_and_date": _runs(letter.place_and_date, language),
            "subject": _runs(letter.subject, language),
        },
        "blocks": _blocks(paper.blocks, language),
    }


def _runs(text: Text, language: str) -> list[Json]:
    return [
        {"text": LONG_WORD.sub("\\g<0>\u200b", run.text), "bold": run.bold, "italic": run.italic}
        for run in runs(text, language)
    ]


def _blocks(blocks: tuple[Block, ...], language: str) -> list[Json]:
    """The place and the day stay with the signatures."""
    drawn = [_block(block, language) for block in blocks]
    for one, following in pairwise(drawn):
        if one["type"] == "paragraph" and following["type"] == "signatures":
            one["sticky"] = True
    return drawn


def _block(block: Block, language: str) -> Json:
    match block:
        case Heading(text, level):
            return {"type": "heading", "level": level, "runs": _runs(text, language)}
        case Paragraph(text, small):
            sticky = small or announces(text, language)
            return {"type": "paragraph", "runs": _runs(text, language), "small": small, "sticky": sticky}
        case Bullets(items):
            return {"type": "bullets", "items": [_runs(item, language) for item in items]}
        case Boxes(items, ticked):
            boxes = [{"runs": _runs(item, language), "ticked": at in ticked} for at, item in enumerate(items)]
            return {"type": "boxes", "items": boxes}
        case Fields(fields):
            rows = [{"label": _runs(field.label, language), "value": _runs(field.value, language)} for field in fields]
            return {"type": "fields", "rows": rows}
        case Table():
            return _table(block, language)
        case Signatures(signatures, columns):
            signed = [
                {
                    "role": _runs(signature.role, language),
                    "name": signature.name,
                    "words": _runs(signature.words, language),
                }
                for signature in signatures
            ]
            return {"type": "signatures", "items": signed, "columns": min(columns, len(signed))}
        case Lines(count):
            return {"type": "lines", "count": count}
        case PageBreak():
            return {"type": "pagebreak"}


def _table(table: Table, language: str) -> Json:
    return {
        "type": "table",
        "header": [_runs(cell, language) for cell in table.header],
        "rows": [[_runs(cell, language) for cell in row] for row in table.rows],
        "total": [_runs(cell, language) for cell in table.total],
        "numeric": sorted(table.numeric),
        "widths": list(table.widths or [1] * len(table.header)),
        "blank_rows": table.blank_rows,
    }
