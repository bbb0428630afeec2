"""Workbooks sent to the site: rows under the template's headers."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from tinhgon.workbook import layout

SHEETS = {sheet.name: sheet for sheet in layout.SHEETS}
Rows = dict[str, list[dict[str, Any]]]
DECIDED = {"effective_on": "1/9/2019", "document": "qd2", "clause": "Điều 1"}


def workbook(rows: Rows) -> bytes:
    """A workbook of these rows, from row 2 of each sheet on."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in layout.SHEETS:
        page = book.create_sheet(sheet.name)
        page.append([column.header for column in sheet.columns])
        for row in rows.get(sheet.name, []):
            page.append([row.get(column.field) for column in sheet.columns])
    return saved(book)


def saved(book: Any) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def measured(unit: str, households: object, **more: object) -> dict[str, Any]:
    return {"unit": unit, "households": households, **DECIDED, **more}


def village(unit: str, title: str, parent: str, **more: object) -> dict[str, Any]:
    return {"unit": unit, "kind": "thôn", "title": title, "parent": parent, **DECIDED, **more}
