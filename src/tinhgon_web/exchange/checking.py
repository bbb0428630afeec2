"""A workbook held against the register of this moment: the one way to judge it, whether to show or to record."""

from __future__ import annotations

import hashlib
import json

import attrs

from tinhgon.registry import codec
from tinhgon.registry.state import Register
from tinhgon.workbook import check, preview
from tinhgon.workbook.problems import Problem, UnableToImport
from tinhgon.workbook.sheets import read_sheets
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, rights_of
from tinhgon_web.documents import selectors as documents
from tinhgon_web.documents.services.filing import path_of
from tinhgon_web.exchange.models import Import
from tinhgon_web.exchange.reach import Reach


@attrs.frozen(slots=True)
class Judged:
    """A workbook with what would be recorded of it. `faults` concern the whole file or a sheet."""

    checked: check.Checked | None
    lines: list[preview.Line]
    faults: list[Problem]

    @property
    def digest(self) -> str:
        """A name of all that would be recorded."""
        if self.checked is None:
            return ""
        said = [codec.to_json(event) for event in self.checked.events]
        brought = [attrs.asdict(document) for document in self.checked.documents.values()]
        text = json.dumps([said, brought], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def refused(self) -> int:
        """How many rows cannot be recorded."""
        return sum(line.state == preview.REFUSED for line in self.lines)


def judge(imported: Import) -> Judged:
    """Read the workbook with its mended cells and hold it against the register as it now is."""
    register = registers.register(registers.head())
    typed = {
        (sheet, int(row)): cells for sheet, rows in imported.typed.items() for row, cells in rows.items()
    }
    try:
        reading = read_sheets(path_of(imported.stored), typed)
    except UnableToImport as refusal:
        return Judged(None, [], [attrs.evolve(one, file=imported.name) for one in refusal.problems])
    checked = check.check(
        attrs.evolve(reading, file=imported.name),
        register.source,
        documents.all_read(),
        skip_same=True,
        outside=_reach(imported.by, register).outside,
    )
    faults = [one for one in checked.problems if one.row <= 1]
    return Judged(checked, preview.preview(checked, register), faults)


def _reach(user: User, register: Register) -> Reach:
    on = today()
    return Reach(Scope(rights_of(user, on).places(Right.EDIT), on, Right.EDIT), register)
