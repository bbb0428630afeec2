"""The audit as a workbook; no cell of it is taken for a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon_web.core.auditing.selectors import Change, Told
from tinhgon_web.core.exports import safe

_WIDTHS = (18, 28, 30, 24, 14, 28, 60)


def workbook(lines: Iterable[Told]) -> bytes:
    """One row a line: when, who, what was done, to what, where, and what changed."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Audit"))
        heads = (_("When"), _("Who"), _("Verb"), _("Thing"), _("Id"), _("Place"), _("Before and after"))
        for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, book.add_format({"bold": True}))
        for row, line in enumerate(lines, 1):
            for column, cell in enumerate(_cells(line)):
                sheet.write_string(row, column, safe(cell))
        sheet.freeze_panes(1, 0)
    return made.getvalue()


def _cells(line: Told) -> tuple[str, ...]:
    moment = timezone.localtime(line.row.at).strftime("%d/%m/%Y %H:%M:%S")
    changes = "; ".join(map(_change, line.changes))
    return (moment, line.who, line.verb, line.kind, line.row.what, line.place, changes)


def _change(change: Change) -> str:
    label = f"{change.field}: " if change.field else ""
    return f"{label}{change.before or '–'} → {change.after or '–'}"
