"""The desk's workbooks; no cell of them is taken for a formula, and none says who wrote."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon_web.core.exports import safe
from tinhgon_web.desk.models import Comment, Ticket
from tinhgon_web.desk.words import REASONS

_MOMENT = "%d/%m/%Y %H:%M"


def comments(rows: Iterable[Comment]) -> bytes:
    """One row a comment."""
    heads = (
        _("No."),
        _("Sent"),
        _("Article"),
        _("Name shown"),
        _("Comment"),
        _("Where it stands"),
        _("Reason"),
        _("Decided"),
    )
    return _book(
        heads,
        (
            (
                str(one.pk),
                timezone.localtime(one.sent_at).strftime(_MOMENT),
                one.title,
                one.name,
                one.text,
                one.get_state_display(),
                str(REASONS.get(one.reason, one.reason)),
                timezone.localtime(one.decided_at).strftime(_MOMENT) if one.decided_at else "",
            )
            for one in rows
        ),
    )


def tickets(rows: Iterable[Ticket]) -> bytes:
    """One row a ticket."""
    heads = (
        _("Number"),
        _("Sent"),
        _("Kind of request"),
        _("Subject"),
        _("Where it stands"),
        _("Officer"),
        _("Due"),
        _("Answer"),
    )
    return _book(
        heads,
        (
            (
                one.number,
                timezone.localtime(one.sent_at).strftime(_MOMENT),
                one.get_kind_display(),
                one.subject,
                one.get_state_display(),
                one.owner.get_full_name() if one.owner else "",
                one.due.strftime("%d/%m/%Y"),
                one.answer,
            )
            for one in rows
        ),
    )


def answer(book: bytes, name: str) -> HttpResponse:
    """A workbook as a file."""
    return HttpResponse(
        book,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _book(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, len(heads) - 1, 24)
        bold = book.add_format({"bold": True})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, safe(cell))
        sheet.freeze_panes(1, 0)
    return made.getvalue()
