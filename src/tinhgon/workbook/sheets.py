"""A workbook's sheets as rows of read values; whatever cannot be read becomes a problem with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import openpyxl
from openpyxl.utils import get_column_letter

from tinhgon import text
from tinhgon.workbook import cells, guard, layout
from tinhgon.workbook.problems import Problem, UnableToImport

MOST_ROWS = 100_000
MOST_COLUMNS = 200
_EMPTY = cells.Cell(None)


@attrs.define(slots=True)
class Row:
    """A row of a sheet: field -> value read (None when empty), and field -> (column letter, header).

    `broken` says that some cell could not be read: no event is made of the row. `unread` is what stands in such cells.
    """

    sheet: layout.Sheet
    number: int
    values: dict[str, Any]
    places: dict[str, tuple[str, str]]
    broken: bool = False
    unread: dict[str, str] = attrs.field(factory=dict)

    def __getitem__(self, field: str) -> Any:
        return self.values.get(field)


@attrs.define(slots=True)
class Reading:
    """The rows read of each sheet (by its name) and all that was found wrong on the way.

    `typed` are cells mended by hand, which stand in the place of the file's: (sheet, row) -> field -> text.
    """

    file: str
    typed: Mapping[tuple[str, int], Mapping[str, str]] = attrs.field(factory=dict)
    rows: dict[str, list[Row]] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)

    def refuse(self, rule: str, row: Row, field: str = "", data: Mapping[str, object] | None = None) -> None:
        """Note a problem at a row's field, and that the row is broken."""
        row.broken = True
        letter, header = row.places.get(field, ("", ""))
        self.problems.append(Problem(self.file, rule, row.sheet.name, row.number, letter, header, data or {}))


def read_sheets(path: Path, typed: Mapping[tuple[str, int], Mapping[str, str]] | None = None) -> Reading:
    """Read every sheet of a workbook, with cells mended by hand in the place of the file's.

    Raises:
        UnableToImport: the file cannot be opened as a workbook, or is not safe to.
    """
    reading = Reading(path.name, typed or {})
    try:
        formulas = guard.inspect(path).has_formulas
        # As open files: by its name openpyxl would judge a file that is kept under another.
        with path.open("rb") as file:
            values = openpyxl.load_workbook(file, data_only=True)
        with path.open("rb") as file:
            written = openpyxl.load_workbook(file) if formulas else None
    except guard.UnableToTrustFile as error:
        raise UnableToImport([Problem(path.name, error.rule, data={"reason": error.reason})]) from None
    except Exception as error:  # whatever openpyxl meets in a damaged file
        raise UnableToImport([Problem(path.name, "not-a-workbook", data={"reason": str(error)})]) from None
    known = {sheet.name: sheet for sheet in layout.SHEETS}
    for sheet in known:
        reading.rows[sheet] = []
    for worksheet in values.worksheets:
        name = text.clean(worksheet.title)
        if name in known:
            formulas_of = None if written is None else written[worksheet.title]
            _read_sheet(reading, known[name], worksheet, formulas_of, values.epoch)
        elif name not in (layout.GUIDE, layout.LISTS) and not name.startswith(layout.NOTES_PREFIX):
            nearest = difflib.get_close_matches(name, known, 1, 0) or [""]
            reading.problems.append(Problem(path.name, "unknown-sheet", name, data={"nearest": nearest[0]}))
    return reading


def _read_sheet(reading: Reading, sheet: layout.Sheet, values: Any, written: Any, epoch: Any) -> None:
    if values.max_row > MOST_ROWS or values.max_column > MOST_COLUMNS:
        reason = f"{values.max_row} x {values.max_column} > {MOST_ROWS} x {MOST_COLUMNS}"
        reading.problems.append(Problem(reading.file, "too-large", sheet.name, data={"reason": reason}))
        return
    merged = _merged(reading, sheet, values)
    columns = dict(_columns(reading, sheet, values))
    examples = [_typed(sheet, example) for example in sheet.examples]
    for number in range(2, values.max_row + 1):
        raw = {
            position: _cell(
                values.cell(number, position),
                None if written is None else written.cell(number, position),
                epoch,
            )
            for position in columns
        }
        mended = reading.typed.get((sheet.name, number), {})
        raw |= {at: cells.typed(mended[one.field], one) for at, one in columns.items() if one.field in mended}
        if all(cells.is_empty(cell) for cell in raw.values()):
            continue
        shown = {columns[at].field: cell.value for at, cell in raw.items() if not cells.is_empty(cell)}
        if shown not in examples:
            reading.rows[sheet.name].append(_row(reading, sheet, number, columns, raw, merged))


def _typed(sheet: layout.Sheet, example: Any) -> dict[str, object]:
    return {column.field: example[column.field] for column in sheet.columns if column.field in example}


def _cell(value: Any, written: Any, epoch: Any) -> cells.Cell:
    """A cell of the sheet of values, and the same of the sheet of formulas when the file has any."""
    formula = written is not None and written.data_type == "f"
    if value.value is None and not formula:
        return _EMPTY
    form = (
        "General" if isinstance(value.value, str) else value.number_format
    )  # looking a format up takes time
    return cells.Cell(value.value, form, value.data_type, formula, epoch)


def _merged(reading: Reading, sheet: layout.Sheet, worksheet: Any) -> set[tuple[int, int]]:
    """Refuse merged ranges; return the places they cover, whose emptiness is no further problem."""
    covered: set[tuple[int, int]] = set()
    for merged in sorted(worksheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col)):
        letter = get_column_letter(merged.min_col)
        header = str(worksheet.cell(1, merged.min_col).value or "")
        place = (sheet.name, merged.min_row, letter, header)
        reading.problems.append(Problem(reading.file, "merged-cells", *place, data={"range": merged.coord}))
        covered.update((row, column) for row, column in merged.cells)
    return covered


def _columns(reading: Reading, sheet: layout.Sheet, worksheet: Any) -> Iterator[tuple[int, layout.Column]]:
    """Position -> column, by the headers of the first row."""
    known = {_key(column.header): column for column in sheet.columns}
    seen: set[str] = set()
    for position in range(1, worksheet.max_column + 1):
        header = text.clean(str(worksheet.cell(1, position).value or ""))
        if not header:
            if any(
                worksheet.cell(row, position).value is not None for row in range(2, worksheet.max_row + 1)
            ):
                _refuse_header(reading, sheet, "no-header", position, "", {})
            continue
        column = known.get(_key(header)) or _attribute(sheet, header)
        if column is None:
            nearest = difflib.get_close_matches(_key(header), known, 1, 0)
            data = {"header": header, "nearest": known[nearest[0]].header}
            _refuse_header(reading, sheet, "unknown-column", position, header, data)
        elif column.field in seen:
            _refuse_header(reading, sheet, "duplicate-column", position, header, {"header": header})
        else:
            seen.add(column.field)
            yield position, column
    for column in sheet.columns:
        if column.required and column.field not in seen:
            _refuse_header(reading, sheet, "missing-column", 0, column.header, {"header": column.header})


def _key(header: str) -> str:
    return text.clean(header).rstrip(" *").casefold()


def _attribute(sheet: layout.Sheet, header: str) -> layout.Column | None:
    """Columns for further dated facts of units: "Thuộc tính: region"."""
    prefix = layout.ATTRIBUTE_PREFIX
    name = header.removeprefix(prefix)
    if not sheet.attributes or name == header or not name:
        return None
    return layout.Column(prefix + name, header, "code")


def _refuse_header(
    reading: Reading, sheet: layout.Sheet, rule: str, position: int, header: str, data: Mapping[str, object]
) -> None:
    letter = get_column_letter(position) if position else ""
    reading.problems.append(
        Problem(reading.file, rule, sheet.name, 1, letter, header if letter else "", data)
    )


def _row(
    reading: Reading,
    sheet: layout.Sheet,
    number: int,
    columns: dict[int, layout.Column],
    raw: dict[int, cells.Cell],
    merged: set[tuple[int, int]],
) -> Row:
    row = Row(sheet, number, {}, {})
    for position, column in columns.items():
        row.places[column.field] = (get_column_letter(position), column.header)
        try:
            row.values[column.field] = cells.read(raw[position], column)
        except cells.UnableToReadCell as error:
            row.values[column.field] = None
            row.unread[column.field] = cells.displayed(raw[position].value)
            row.broken = True
            if error.rule != "missing-value" or (number, position) not in merged:
                reading.refuse(error.rule, row, column.field, error.data)
    if any(column.required and column.field not in row.places for column in sheet.columns):
        row.broken = True
    row.broken = row.broken or any((number, position) in merged for position in columns)
    return row
