"""Sheets as officials lay them out: title, unit of account, header, a row of column numbers with their formulas.

Text is written as text whatever it begins with, so that a name such as "=1+1" stays a name; formulas are live and
carry their computed value for readers that do not calculate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

FONT = "Times New Roman"


@attrs.frozen(slots=True)
class Column:
    """A column:

    its title, its formula over column numbers as printed ("(6) = (3) - (5)"), width, number format.
    """

    title: str
    formula: str = ""
    width: float = 12.0
    format: str = "text"


@attrs.frozen(slots=True, eq=False)
class Looks:
    """The cell formats of a workbook by name."""

    formats: dict[str, Any]

    @classmethod
    def of(cls, book: Any) -> Looks:
        """Make the formats in a workbook."""
        base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        cell = {**base, "border": 1, "border_color": "#7F7F7F", "text_wrap": True}
        kinds: dict[str, dict[str, Any]] = {
            "title": {**base, "bold": True, "font_size": 14, "align": "center"},
            "subtitle": {**base, "italic": True, "align": "center", "text_wrap": True},
            "note": {**base, "text_wrap": True, "valign": "top"},
            "label": {**base, "bold": True, "text_wrap": True, "valign": "top"},
            "header": {**cell, "bold": True, "align": "center", "bg_color": "#EDEBE6"},
            "numbers": {**cell, "italic": True, "align": "center", "font_size": 9},
            "text": {**cell, "indent": 1},
            "centre": {**cell, "align": "center"},
            "whole": {**cell, "num_format": "#,##0"},
            "decimal": {**cell, "num_format": "#,##0.0#"},
            "share": {**cell, "num_format": "0.0"},
        }
        strong = {f"{name}_total": {**look, "bold": True} for name, look in kinds.items()}
        return cls({name: book.add_format(look) for name, look in (kinds | strong).items()})

    def __getitem__(self, name: str) -> Any:
        return self.formats[name]


@attrs.define(slots=True, eq=False)
class Sheet:
    """One sheet being filled from the top; `row` is the next free row (0-based)."""

    book: Any
    sheet: Any
    looks: Looks
    columns: Sequence[Column]
    row: int = 0

    @classmethod
    def start(
        cls, book: Any, looks: Looks, name: str, columns: Sequence[Column], *, wide: bool = False
    ) -> Sheet:
        """A sheet across A4, or A3 when `wide`, one page wide."""
        sheet = book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(8 if wide else 9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P/&N")
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        return cls(book, sheet, looks, columns)

    def heading(self, title: str, *lines: str) -> None:
        """The title over the whole width, then lines in italics, then a gap."""
        for look, text in (("title", title), *(("subtitle", line) for line in lines)):
            self.sheet.merge_range(self.row, 0, self.row, len(self.columns) - 1, "", self.looks[look])
            self.sheet.write_string(self.row, 0, text, self.looks[look])
            width = sum(column.width for column in self.columns)
            self.sheet.set_row(self.row, 20 if look == "title" else 15 * (1 + int(len(text) / (width * 1.1))))
            self.row += 1
        self.row += 1

    def header(self) -> None:
        """The column titles, and under them the column numbers with their formulas;

        both repeat on each page.
        """
        for index, column in enumerate(self.columns):
            self.sheet.write_string(self.row, index, column.title, self.looks["header"])
            printed = f"({index + 1})" + (f" = {column.formula}" if column.formula else "")
            self.sheet.write_string(self.row + 1, index, printed, self.looks["numbers"])
        longest = max(len(column.title) / column.width for column in self.columns)
        self.sheet.set_row(self.row, 15 * (1 + int(longest * 1.25)))
        self.sheet.set_row(self.row + 1, 26)
        self.sheet.repeat_rows(self.row, self.row + 1)
        self.row += 2
        self.sheet.freeze_panes(self.row, 2)

    def put(self, index: int, value: Any, *, last: int | None = None, look: str = "") -> None:
        """Write one cell of the current row, or the cells down to row `last` merged; text stays text.

        A pair (formula, value) is a live formula with its computed value; None leaves an empty cell.
        """
        style = self.looks[self.columns[index].format + look]
        if last is not None and last > self.row:
            self.sheet.merge_range(self.row, index, last, index, "", style)
        if value is None:
            self.sheet.write_blank(self.row, index, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, index, value, style)
        elif isinstance(value, tuple):
            self.sheet.write_formula(self.row, index, value[0], style, value[1])
        else:
            self.sheet.write_number(self.row, index, value, style)
