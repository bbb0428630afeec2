"""Lists that the public brings: read within narrow bounds, and written so that no cell can act."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from tinhgon.refusal import Refusal
from tinhgon_web.core.exports import safe

MOST_ROWS, MOST_COLUMNS, MOST_BYTES, LONGEST = 10_000, 50, 4 << 20, 500
_MOST_UNPACKED = 64 << 20
_SIGNS = (",", ";", "\t")
Row = list[str]


class UnableToReadList(Refusal, ValueError):
    """A list cannot be read: it is no CSV or XLSX file, or it is too large."""


def read(content: bytes) -> list[Row]:
    """The rows of a CSV or XLSX file, empty ones left out; the first is the heading.

    Raises:
        UnableToReadList: with the reason.
    """
    if len(content) > MOST_BYTES:
        raise UnableToReadList(
            f"tệp lớn hơn {MOST_BYTES >> 20} MB", f"the file is larger than {MOST_BYTES >> 20} MB"
        )
    is_workbook = content[:2] == b"PK"
    rows: list[Row] = []
    for row in _of_workbook(content) if is_workbook else _of_text(content):
        cells = [cell.strip()[:LONGEST] for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            rows.append(cells)
        if len(rows) > MOST_ROWS + 1:
            raise UnableToReadList(
                f"danh sách dài hơn {MOST_ROWS} dòng; hãy chia nhỏ",
                f"the list has more than {MOST_ROWS} rows; split it",
            )
    if len(rows) < 2:
        raise UnableToReadList(
            "danh sách không có dòng nào dưới dòng tiêu đề", "the list has no row below its heading"
        )
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _of_text(content: bytes) -> Iterator[Row]:
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnableToReadList(
            "tệp không phải CSV mã UTF-8 hay XLSX", "the file is neither CSV in UTF-8 nor XLSX"
        ) from error
    if "\0" in said:
        raise UnableToReadList("tệp không phải CSV hay XLSX", "the file is neither CSV nor XLSX")
    first = said.partition("\n")[0]
    sign = max(_SIGNS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(said, newline=""), delimiter=sign)
    except csv.Error as error:
        raise UnableToReadList(f"CSV hỏng: {error}", f"the CSV is broken: {error}") from error


def _of_workbook(content: bytes) -> Iterator[Row]:
    import openpyxl

    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    except UnableToReadList:
        raise
    except Exception as error:  # openpyxl fails in many ways on what only looks like a workbook
        raise UnableToReadList("không đọc được tệp XLSX", "the XLSX file cannot be read") from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnableToReadList("tệp không phải XLSX", "the file is no XLSX") from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise UnableToReadList("tệp không phải XLSX", "the file is no XLSX")
    if len(parts) > 500 or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise UnableToReadList("tệp bung ra quá lớn", "the file unpacks too far")


def write_workbook(rows: Iterable[Row], to: IO[bytes]) -> None:
    """Rows as a workbook of text cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(
        to, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, safe(cell))
