"""Workbooks for the tests: a small sound one, to be spoilt one cell at a time."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tinhgon.workbook import layout
from tinhgon.workbook.load import Imported, import_workbook
from tinhgon.workbook.problems import Problem, UnableToImport

RECORDED = dt.datetime(2020, 1, 2, 3, 4, tzinfo=dt.UTC)
Rows = dict[str, list[dict[str, Any]]]


def sound() -> Rows:
    """The template's examples as data: every id loses the mark by which examples are told."""

    def real(value: object) -> object:
        return value.replace("vd-", "x-") if isinstance(value, str) else value

    return {
        sheet.name: [
            {field: real(value) for field, value in row.items()} for row in copy.deepcopy(sheet.examples)
        ]
        for sheet in layout.SHEETS
    }


def write(path: Path, rows: Rows) -> openpyxl.Workbook:
    """Write rows under their headers, from row 2 on; returns the workbook for further spoiling."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in layout.SHEETS:
        page = book.create_sheet(sheet.name)
        page.append([column.header for column in sheet.columns])
        for row in rows.get(sheet.name, []):
            page.append([row.get(column.field) for column in sheet.columns])
    book.save(path)
    return book


def letter(sheet: layout.Sheet, field: str) -> str:
    """The column letter a field stands in."""
    position = [column.field for column in sheet.columns].index(field) + 1
    return str(openpyxl.utils.get_column_letter(position))


def bring(path: Path, folder: Path, **more: Any) -> Imported:
    """Import as the tests do: at one moment, by one person."""
    return import_workbook(path, folder, recorded_at=RECORDED, by="tester", **more)


def refused(path: Path, folder: Path) -> list[Problem]:
    """Import a workbook that must be refused and leave nothing behind."""
    with pytest.raises(UnableToImport) as caught:
        bring(path, folder)
    assert not folder.exists()
    return list(caught.value.problems)
