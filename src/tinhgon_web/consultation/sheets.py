"""The roll as a workbook: read safely, row by row; and the empty form to fill in."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tinhgon import text
from tinhgon.consultation import Row
from tinhgon.refusal import Refusal
from tinhgon.workbook.guard import UnableToTrustFile, inspect

COLUMNS = {
    "commune": ("Xã, phường", "xa", "xa, phuong", "phuong"),
    "village": ("Thôn, tổ dân phố", "thon", "thon, to dan pho", "to dan pho", "ma thon"),
    "household": ("Mã hộ", "ma ho", "so ho", "ma ho gia dinh"),
    "head": (
        "Chủ hộ",
        "chu ho",
        "ho va ten",
        "ho ten",
        "ho ten chu ho",
        "ho va ten chu ho",
        "nguoi dai dien",
    ),
    "address": ("Địa chỉ", "dia chi", "noi o", "noi cu tru"),
}
"""Column -> its heading, and what else (folded) is understood; only the commune may be left out."""
_HEADINGS = {folded: name for name, words in COLUMNS.items() for folded in map(text.fold, words)}
_LOOKED_AT = 10
"""In how many first rows the headings are looked for."""
_TOLD_EVERY = 200


class UnableToReadSheet(Refusal, ValueError):
    """The file is no workbook, is not safe to open, or has no row of headings."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)


def check(content: bytes) -> None:
    """Look at a file before it is opened.

    Raises:
        UnableToReadSheet: it is no workbook, or is not safe to open.
    """
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        try:
            inspect(Path(file.name))
        except UnableToTrustFile as error:
            raise UnableToReadSheet(
                f"Không mở được tệp: cần tệp Excel .xlsx ({error.reason})",
                f"the file cannot be opened: it must be an Excel file, .xlsx ({error.reason})",
            ) from None


def read_sheet(content: bytes, progress: Callable[[int, int], None] | None = None) -> Iterator[Row]:
    """The rows under the headings of the first sheet; empty rows are passed over.

    `progress` is told now and then how many rows are read, and of how many.

    Raises:
        UnableToReadSheet: it is not a workbook, or a column is missing.
    """
    import openpyxl

    check(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    lines = enumerate(sheet.iter_rows(values_only=True), 1)
    columns = _columns(lines)
    for line, cells in lines:
        values = {name: _said(cells, place) for name, place in columns.items()}
        if any(values.values()):
            yield Row(line, **values)
        if progress is not None and line % _TOLD_EVERY == 0:
            progress(line, max(line, sheet.max_row or 0))


def _columns(lines: Iterator[tuple[int, tuple[Any, ...]]]) -> dict[str, int]:
    wanted = set(COLUMNS) - {"commune"}
    for line, cells in lines:
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = _HEADINGS.get(text.fold(str(cell or "")))
            if name:
                found.setdefault(name, place)
        if wanted <= found.keys():
            return {"commune": -1, **found}
        if line >= _LOOKED_AT:
            break
    headings = ", ".join(words[0] for name, words in COLUMNS.items() if name in wanted)
    raise UnableToReadSheet(
        f"Không thấy dòng tiêu đề có các cột: {headings}", f"no row of headings with the columns: {headings}"
    )


def _said(cells: tuple[Any, ...], place: int) -> str:
    if place < 0 or place >= len(cells) or cells[place] is None:
        return ""
    value = cells[place]
    return text.clean(str(int(value) if isinstance(value, float) and value.is_integer() else value))


def empty_sheet(villages: list[tuple[str, str]]) -> bytes:
    """A form to fill in: the headings, and one row for each (commune, village) to begin with."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách hộ")
        bold = book.add_format({"bold": True, "bg_color": "#F2EFEA", "border": 1})
        for place, words in enumerate(COLUMNS.values()):
            sheet.write_string(0, place, words[0], bold)
            sheet.set_column(place, place, 28)
        for line, (commune, village) in enumerate(villages, 1):
            sheet.write_string(line, 0, commune)
            sheet.write_string(line, 1, village)
        sheet.freeze_panes(1, 0)
    return made.getvalue()
