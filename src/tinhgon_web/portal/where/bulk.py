"""A list of addresses of one day on another: each with every place it may mean, several in rows of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from tinhgon.lookup import Conversion, Part
from tinhgon_web.apparatus import lookup, registers
from tinhgon_web.portal.where.sheets import Row

_MOST_ANSWERS = 20
"""Rows given of one address at most; how many more there are is said in the last."""


def heading(row: Row) -> Row:
    """The heading of the answer: the list's own columns, then ours."""
    return [*row, _("Result"), _("New name"), _("New address"), _("New code"), _("Share, %"), _("About")]


def converted(rows: Sequence[Row], column: int, *, to: dt.date, on: dt.date | None) -> Iterator[Row]:
    """The rows with what each address is; one that means several places, or was divided, takes several rows."""
    head = registers.head()
    register = registers.register(head)
    converter = lookup.converter(head, to=to, on=on)
    for row in rows:
        answer = converter.convert(row[column])
        parts = answer.parts
        said = _said(answer)
        if not parts:
            yield [*row, said, "", "", "", "", ""]
        for part in parts[:_MOST_ANSWERS]:
            street = answer.found[0][0].street
            whole = ", ".join(filter(None, (street, *part.path)))
            code = register.units[part.unit].code(to)
            yield [*row, said, part.title, whole, code, _share(part), _("about") if part.approximate else ""]
        if len(parts) > _MOST_ANSWERS:
            yield [*row, _("%(n)d more") % {"n": len(parts) - _MOST_ANSWERS}, "", "", "", "", ""]


def _share(part: Part) -> str:
    return "" if part.share is None else f"{100 * part.share:g}"


def _said(answer: Conversion) -> str:
    return {
        "one": _("one place"),
        "divided": _("divided"),
        "several": _("several places fit"),
        "gone": _("gone"),
        "unknown": _("not found"),
    }[answer.status]
