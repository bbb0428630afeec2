"""The refused rows of an import as a workbook to mend: the template's sheets, each faulty cell with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tinhgon.workbook import cells, layout
from tinhgon.workbook.template import write_text
from tinhgon_web.exchange.selectors import Cell, Shown

REASONS = f"{layout.NOTES_PREFIX} - lý do"
_FAULTY = PatternFill("solid", fgColor="F8D7D3")
_BOLD = Font(bold=True)
_BESIDE = ("Trang", "Dòng trong tệp đã gửi", "Dòng trong tệp này", "Cột", "Lý do")


def write_refused(rows: Iterable[Shown], to: IO[bytes], language: str) -> None:
    """Write the rows under their headers; the sheet of notes lists the reasons. What is sent back is read as usual."""
    book = Workbook()
    notes: Any = book.active
    notes.title = REASONS
    notes.append(_BESIDE)
    for shown in rows:
        sheet = _sheet(book, shown)
        number = sheet.max_row + 1
        for position, cell in enumerate(shown.cells, 1):
            _write(sheet.cell(number, position), shown.row.sheet, cell, language)
        for header, reason in _reasons(shown, language):
            at = notes.max_row + 1
            values = (shown.row.sheet, shown.row.row, number, header, reason)
            for position, value in enumerate(values, 1):
                _put(notes.cell(at, position), value)
    for letter, width in zip("ABCDE", (22, 22, 18, 24, 110), strict=True):
        notes.column_dimensions[letter].width = width
    for cell in notes[1]:
        cell.font = _BOLD
    book.save(to)


def _sheet(book: Any, shown: Shown) -> Any:
    if shown.row.sheet not in book.sheetnames:
        made = book.create_sheet(shown.row.sheet, len(book.sheetnames) - 1)
        made.append([cell.header for cell in shown.cells])
        for cell in made[1]:
            cell.font = _BOLD
            made.column_dimensions[cell.column_letter].width = 20
        made.freeze_panes = "B2"
    return book[shown.row.sheet]


def _write(into: Any, sheet: str, cell: Cell, language: str) -> None:
    column = next(
        (one for one in _SHEETS[sheet].columns if one.field == cell.field),
        layout.Column(cell.field, cell.header),
    )
    _put(into, cells.typed(cell.text, column).value)
    if cell.reasons:
        into.fill = _FAULTY
        said = "\n".join(vi if language == "vi" else en for vi, en in cell.reasons)
        into.comment = Comment(said, "Tinh Gọn", height=120, width=360)


def _put(into: Any, value: object) -> None:
    if isinstance(value, str):
        write_text(into, value)
    else:
        into.value = value


def _reasons(shown: Shown, language: str) -> Iterable[tuple[str, str]]:
    at = 0 if language == "vi" else 1
    for reason in shown.reasons:
        yield "", reason[at]
    for cell in shown.cells:
        for reason in cell.reasons:
            yield cell.header, reason[at]


_SHEETS = {sheet.name: sheet for sheet in layout.SHEETS}
