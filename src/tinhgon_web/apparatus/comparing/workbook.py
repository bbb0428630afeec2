"""The comparison of two days as an Excel workbook: the acts, and which unit became which."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from tinhgon.registry.state import Register
from tinhgon_web.apparatus.comparing.asking import CHANGES, Ask
from tinhgon_web.apparatus.comparing.reading import Comparison
from tinhgon_web.apparatus.table.workbook import about
from tinhgon_web.apparatus.words import kind_name
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.exports import safe
from tinhgon_web.core.templatetags.tinhgon import plain_day

Row = Sequence[str | float]


def workbook(asof: AsOf, ask: Ask, register: Register, found: Comparison, forecast: str = "") -> bytes:
    """Two sheets, each with a head that says what it is."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    window = _("Compared: the end of %(start)s with the end of %(end)s") % {
        "start": plain_day(ask.start),
        "end": plain_day(ask.end),
    }
    head = [window, *list(about(asof, forecast=forecast))[1:]]
    _sheet(book, _("Acts"), head, _act_heads(), _acts(register, ask, found))
    _sheet(book, _("Which became which"), head, _pair_heads(), _pairs(register, ask, found))
    book.close()
    return file.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, head: list[str], columns: list[str], rows: Iterable[Row]
) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    for number, text in enumerate(head):
        sheet.write_string(number, 0, text)
    top = len(head) + 1
    for number, text in enumerate(columns):
        sheet.write_string(top, number, text, bold)
        sheet.set_column(number, number, 28)
    for number, row in enumerate(rows, top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, safe(cell))
            else:
                sheet.write_number(number, column, cell)
    sheet.freeze_panes(top + 1, 0)


def _act_heads() -> list[str]:
    return [
        _("Holds from"),
        _("Change"),
        _("What happened"),
        _("Before"),
        _("After"),
        _("Document"),
        _("Clause"),
    ]


def _acts(register: Register, ask: Ask, found: Comparison) -> Iterator[Row]:
    for group in found.groups:
        for act in group.acts:
            line = act.line
            yield (
                plain_day(line.effective_on),
                str(CHANGES[act.change]),
                line.text,
                "; ".join(_name(register, unit, ask, is_before=True) for unit in act.before),
                "; ".join(_name(register, unit, ask, is_before=False) for unit in act.after),
                line.document.number if line.document else line.cited,
                line.clause,
            )


def _pair_heads() -> list[str]:
    one = [_("Unit before"), _("Kind before"), _("Code before")]
    return [*one, _("Unit after"), _("Kind after"), _("Code after"), _("Share")]


def _pairs(register: Register, ask: Ask, found: Comparison) -> Iterator[Row]:
    for row in found.pairs:
        before = _about(register, row.source, ask, is_before=True)
        yield (*before, *_about(register, row.target, ask, is_before=False), round(row.share, 6))


def _about(register: Register, id_: str | None, ask: Ask, *, is_before: bool) -> tuple[str, str, str]:
    if id_ is None:
        return "", "", ""
    unit, day = register.units[id_], ask.start if is_before else ask.end
    return unit.name(day), kind_name(unit.kind(day)), unit.code(day)


def _name(register: Register, id_: str, ask: Ask, *, is_before: bool) -> str:
    return _about(register, id_, ask, is_before=is_before)[0] if id_ in register.units else id_
