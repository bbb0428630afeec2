"""Reading imports, and the units a template offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
from django.db.models import Q, QuerySet

from tinhgon.registry import kinds
from tinhgon.workbook import layout
from tinhgon.workbook.preview import CHANGED, NEW, REFUSED, SAME
from tinhgon.workbook.template import KnownUnit
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.core.models import Job, User
from tinhgon_web.core.rights import Limits, Right, Rights
from tinhgon_web.exchange.models import Import, ImportRow

STATES = (REFUSED, NEW, CHANGED, SAME)
SHEETS = {sheet.name: sheet for sheet in layout.SHEETS}


def imports(*, user: User, rights: Rights) -> QuerySet[Import]:
    """One's own imports; of whoever edits the whole register, all."""
    found = Import.objects.select_related("by", "job", "document", "undone_by")
    return found if rights.places(Right.EDIT) is None else found.filter(Q(by=user))


def earlier(imported: Import) -> Import | None:
    """An import of the very same file that was recorded and stands."""
    same = Import.objects.filter(sha256=imported.sha256, state=Import.State.RECORDED).exclude(pk=imported.pk)
    return same.first()


def job_of(imported: Import) -> Job | None:
    """The job the import waits for: started again, the one that was."""
    job = imported.job
    while job is not None and job.again is not None:
        job = job.again
    return job


def totals(imported: Import) -> dict[str, int]:
    """How many rows of each state, of all sheets."""
    return {state: sum(found.get(state, 0) for found in imported.counts.values()) for state in STATES}


@attrs.frozen(slots=True)
class Cell:
    """A cell of a row: its field, column, content and what is wrong with it."""

    field: str
    header: str
    text: str
    required: bool
    choices: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


@attrs.frozen(slots=True)
class Shown:
    """A row as the page shows it: its cells, and what is wrong with the row as a whole."""

    row: ImportRow
    cells: list[Cell]
    reasons: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The row's number, for the names of its form's fields."""
        return str(self.row.pk)

    @property
    def filled(self) -> list[Cell]:
        """The cells that hold something or should."""
        return [cell for cell in self.cells if cell.text or cell.reasons]


def shown(row: ImportRow) -> Shown:
    """A row with its cells, in the order of the template, further attributes last."""
    columns = {column.field: column for column in SHEETS[row.sheet].columns}
    fields = [*columns, *(field for field in row.cells if field not in columns)]
    cells = []
    for field in fields:
        column = columns.get(field)
        cells.append(
            Cell(
                field=field,
                header=column.header if column else field,
                text=row.cells.get(field, ""),
                required=bool(column and column.required),
                choices=tuple(column.choices) if column else (),
                reasons=_reasons(row, field),
            )
        )
    return Shown(row, cells, _reasons(row, ""))


def _reasons(row: ImportRow, field: str) -> tuple[tuple[str, str], ...]:
    return tuple((vi, en) for _, at, vi, en in row.reasons if at == field)


def known_units(*, limits: Limits, on: dt.date) -> list[KnownUnit]:
    """The units somebody may write about that are open on a day, by name."""
    holding = Q(start__lte=on) & (Q(end=None) | Q(end__gt=on))
    spans = limits.limit(UnitSpan.objects.filter(holding), "unit").order_by("kind", "sort_key")
    rows = list(spans.values_list("unit", "name", "kind", "parent"))
    names: Mapping[str, str] = dict(UnitSpan.objects.filter(holding).values_list("unit", "name"))
    return [
        KnownUnit(unit, name, kinds.KINDS[kind].vi, names.get(above, "")) for unit, name, kind, above in rows
    ]
