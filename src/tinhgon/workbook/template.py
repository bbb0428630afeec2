"""The template: sheets with headers, help, lists to choose from and grey examples, made from `layout`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from tinhgon.workbook import layout

_LAST_ROW = 100_000
_HEAD = PatternFill("solid", fgColor="1F4E79")
_WANTED = PatternFill("solid", fgColor="9C2A1F")
_WHITE = Font(bold=True, color="FFFFFF")
_GREY = Font(italic=True, color="808080")
_FORMATS = {"date": "dd/mm/yyyy", "whole": "0", "number": "0.00", "share": "0.0000", "signed": "0.##"}
_GUIDE = (
    "Mẫu nhập liệu sổ theo dõi tổ chức bộ máy (Tinh Gọn)",
    "",
    "1. Mỗi trang một loại dữ liệu; trang không dùng thì để trống. Cột nền đỏ là bắt buộc.",
    "2. Dòng chữ xám, nghiêng là ví dụ, không được nhập vào sổ; có thể xóa. Sửa ví dụ thì dòng đó thành dữ liệu.",
    "3. Không gộp ô. Mỗi dòng ghi đủ, kể cả khi giống dòng trên.",
    "4. Ngày ghi ngày/tháng/năm: 08/3/2018 là ngày 8 tháng 3.",
    "5. Mã (cột định dạng Text) giữ nguyên số 0 ở đầu: 00022.",
    "6. Số liệu nào cũng dẫn một văn bản ở trang 'Văn bản' (hoặc đã có trong sổ).",
    "7. Người giữ chức danh chỉ ghi mã cán bộ, không ghi họ tên.",
    "8. Một quyết định sắp xếp có bao nhiêu phần chuyển thì ghi bấy nhiêu dòng ở trang 'Sắp xếp', cùng mã sắp xếp.",
    "9. Sửa sai một dòng đã nhập: không nhập lại, mà ghi sự kiện đính chính (xem hướng dẫn của hệ thống).",
    "10. Kiểm tra trước khi nhập: tinhgon import TỆP.xlsx SỔ --dry-run. Có lỗi thì không dòng nào được nhập, "
    "mọi lỗi được nêu theo trang, dòng và cột.",
    "",
    "Các trang:",
)


UNITS = f"{layout.NOTES_PREFIX} - đơn vị hiện có"
_OF_UNITS = ("unit", "parent", "party_parent", "source", "target")


@attrs.frozen(slots=True)
class KnownUnit:
    """A unit of the register, as the template lists it."""

    id: str
    name: str
    kind: str
    above: str


def write_template(path: Path, units: Sequence[KnownUnit] = ()) -> None:
    """Write the workbook. Its examples are skipped when it is read back unchanged.

    `units` of a register are listed on a sheet of notes, and offered wherever a unit's id is asked for.
    """
    workbook = Workbook()
    _write_guide(workbook.active)
    lists = workbook.create_sheet(layout.LISTS)
    if units:
        _write_units(workbook.create_sheet(UNITS), units)
    for number, sheet in enumerate(layout.SHEETS, 1):
        page = workbook.create_sheet(sheet.name, number)
        _write_sheet(page, sheet, lists)
        if units:
            _offer_units(page, sheet, len(units))
    lists.sheet_state = "hidden"
    workbook.save(path)


def _write_units(worksheet: Any, units: Sequence[KnownUnit]) -> None:
    worksheet.append(["Mã định danh", "Tên", "Loại", "Trực thuộc"])
    for number, known in enumerate(units, 2):
        for position, value in enumerate((known.id, known.name, known.kind, known.above), 1):
            write_text(worksheet.cell(number, position), value)
    for letter, width in zip("ABCD", (24, 40, 24, 40), strict=True):
        worksheet.column_dimensions[letter].width = width
    worksheet.freeze_panes = "A2"


def write_text(cell: Any, value: str) -> None:
    """Write text into a cell so that no program takes it for a formula, whatever it begins with."""
    cell.value, cell.data_type = value, "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))


def _offer_units(worksheet: Any, sheet: layout.Sheet, count: int) -> None:
    """A list of the register's units, wherever one is asked for; another id may be typed all the same."""
    source = f"{quote_sheetname(UNITS)}!$A$2:$A${count + 1}"
    offered = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
    for position, column in enumerate(sheet.columns, 1):
        if column.field in _OF_UNITS and not (sheet is layout.UNITS and column.field == "unit"):
            offered.add(f"{get_column_letter(position)}2:{get_column_letter(position)}{_LAST_ROW}")
    if offered.sqref:
        worksheet.add_data_validation(offered)


def _write_guide(worksheet: Any) -> None:
    worksheet.title = layout.GUIDE
    sheets = [f"{sheet.name}: {sheet.help}" for sheet in layout.SHEETS]
    for number, line in enumerate([*_GUIDE, *sheets], 1):
        cell = worksheet.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    worksheet.cell(1, 1).font = Font(bold=True, size=14)
    worksheet.column_dimensions["A"].width = 110


def _write_sheet(worksheet: Any, sheet: layout.Sheet, lists: Any) -> None:
    for position, column in enumerate(sheet.columns, 1):
        _write_header(worksheet, position, column)
        if column.choices:
            _offer(worksheet, position, column, lists)
    for number, example in enumerate(sheet.examples, 2):
        for position, column in enumerate(sheet.columns, 1):
            cell = worksheet.cell(number, position, example.get(column.field))
            cell.font = _GREY
            cell.number_format = _FORMATS.get(column.type, "@")
    worksheet.freeze_panes = "B2"
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}1"


def _write_header(worksheet: Any, position: int, column: layout.Column) -> None:
    cell = worksheet.cell(1, position, column.header)
    cell.font = _WHITE
    cell.fill = _WANTED if column.required else _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if column.help or column.required:
        said = " ".join(filter(None, ["Bắt buộc." * column.required, column.help]))
        cell.comment = Comment(said, "Tinh Gọn", height=90, width=320)
    whole_column = worksheet.column_dimensions[get_column_letter(position)]
    whole_column.width = max(14, min(40, len(column.header) + 4))
    whole_column.number_format = _FORMATS.get(column.type, "@")


def _offer(worksheet: Any, position: int, column: layout.Column, lists: Any) -> None:
    """A list to choose from; its words stand in a hidden sheet, since a list in the cell holds only 255 letters."""
    at = 1 if lists.cell(1, 1).value is None else lists.max_column + 1
    for number, word in enumerate(column.choices, 1):
        lists.cell(number, at, word)
    letter = get_column_letter(at)
    source = f"{quote_sheetname(layout.LISTS)}!${letter}$1:${letter}${len(column.choices)}"
    offered = DataValidation("list", formula1=source, allow_blank=not column.required, showErrorMessage=True)
    offered.error = "Chọn một giá trị trong danh sách."
    offered.add(f"{get_column_letter(position)}2:{get_column_letter(position)}{_LAST_ROW}")
    worksheet.add_data_validation(offered)
