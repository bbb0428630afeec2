"""The table of units as an Excel workbook: what it shows, as of when, by which records, from where."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import xlsxwriter
from django.utils.translation import gettext as _

from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.table.asking import Ask
from tinhgon_web.apparatus.table.columns import COLUMNS
from tinhgon_web.apparatus.table.showing import Line
from tinhgon_web.apparatus.words import kind_name
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.exports import safe
from tinhgon_web.core.templatetags.tinhgon import number, percent, plain_day
from tinhgon_web.documents.selectors import any_synthetic

MOST = 20_000
_WIDTHS = {"ten": 44, "loai": 20, "noi": 34, "dang": 34, "muc": 26}
Cell = str | float | None


def workbook(asof: AsOf, ask: Ask, lines: Iterable[Line], *, is_cut: bool, forecast: str = "") -> bytes:
    """One sheet: a head that says what it is, then the shown columns, filtered and frozen."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("Units"))
    bold, big = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 14})
    head = list(about(asof, is_cut=is_cut, forecast=forecast))
    for row, text in enumerate(head):
        sheet.write_string(row, 0, text, big if row == 0 else None)
    top = len(head) + 1
    for column, code in enumerate(ask.columns):
        sheet.write_string(top, column, str(COLUMNS[code].name), bold)
        sheet.set_column(column, column, _WIDTHS.get(code, 14))
    last = top
    for last, line in enumerate(lines, top + 1):
        for column, code in enumerate(ask.columns):
            _write(sheet, last, column, _cell(code, line))
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, last, len(ask.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    book.close()
    return file.getvalue()


def about(asof: AsOf, *, is_cut: bool = False, forecast: str = "") -> Iterator[str]:
    """The lines above a table: title, both days, the source, and that it is a forecast, made up or cut where it is."""
    seq, digest = registers.head(asof.known_at)
    known = plain_day(asof.known_on) if asof.known_on else _("all records")
    yield _("Units of the apparatus")
    yield _("Situation on %(on)s; records counted: %(known)s") % {"on": plain_day(asof.on), "known": known}
    yield _("Source: the register, %(seq)s entries, hash of the last %(hash)s") % {
        "seq": number(seq),
        "hash": digest[:16],
    }
    if forecast:
        yield forecast
    if any_synthetic():
        yield _("ILLUSTRATIVE DATA: people, decisions and counts are made up")
    if is_cut:
        yield _("Only the first %(most)s rows: filter to see the others") % {"most": number(MOST)}


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, safe(cell))
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _cell(code: str, line: Line) -> Cell:
    row = line.row
    cells: dict[str, Cell] = {
        "ten": row.name,
        "loai": kind_name(row.kind),
        "ma": row.code,
        "noi": line.parent.name if line.parent else "",
        "dang": line.party_parent.name if line.party_parent else "",
        "ho": row.households,
        "dan": row.population,
        "dt": row.area_km2,
        "tu": plain_day(row.opened_on),
        "den": plain_day(row.closed_on) if line.is_closed else "",
        "muc": _against(line),
    }
    return cells[code]


def _against(line: Line) -> str:
    if line.found is None or line.found.finding.ratio is None:
        return ""
    finding = line.found.finding
    words = {"meets": _("meets it"), "may": _("from half of it"), "must": _("under half of it")}
    return f"{percent(finding.ratio)} · {words[finding.band or 'must']}"
