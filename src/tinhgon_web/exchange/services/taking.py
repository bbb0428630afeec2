"""Taking a workbook in: keeping it, looking at every row, mending cells, asking for it to be recorded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from tinhgon.refusal import Refusal
from tinhgon.workbook import guard
from tinhgon.workbook.preview import REFUSED, Line
from tinhgon.workbook.problems import Problem
from tinhgon_web.core import audit, jobs
from tinhgon_web.core.models import User
from tinhgon_web.documents import scanning
from tinhgon_web.documents.services import filing
from tinhgon_web.exchange.checking import Judged, judge
from tinhgon_web.exchange.models import Import, ImportRow

_BATCH = 1000
_LONGEST_CELL = 2000
State = Import.State


class UnableToTakeWorkbook(Refusal, ValueError):
    """The file is no workbook that can be looked at safely, or the import is not at this step."""


def receive(*, acting: User, upload: UploadedFile, place: str = "") -> Import:
    """Keep a workbook and start looking at it.

    Raises:
        UnableToTakeWorkbook: it is not an .xlsx, or opening it could do harm.
    """
    assert upload.file is not None
    name = filing.plain_name(upload.name or "", "xlsx")
    try:
        if scanning.scan(upload.file, upload.name or "") != "xlsx":
            raise _not_a_workbook(name)
    except scanning.UnableToAcceptFile as refusal:
        raise UnableToTakeWorkbook(refusal.vi, refusal.en) from refusal
    stored = filing.keep(upload)
    try:
        guard.inspect(filing.path_of(stored))
    except guard.UnableToTrustFile as error:
        filing.path_of(stored).unlink()
        problem = Problem(name, error.rule, data={"reason": error.reason})
        raise UnableToTakeWorkbook(problem.reason("vi"), problem.reason("en")) from error
    digest = hashlib.sha256(filing.path_of(stored).read_bytes()).hexdigest()
    with transaction.atomic():
        made = Import.objects.create(
            name=name,
            size=upload.size or 0,
            sha256=digest,
            stored=stored,
            by=acting,
            at=timezone.now(),
            place=place,
        )
        audit.write(
            acting=acting, verb="upload", what=made, after={"name": name, "sha256": digest}, place=place
        )
        _look(acting, made)
    return made


def _not_a_workbook(name: str) -> UnableToTakeWorkbook:
    problem = Problem(name, "not-a-workbook", data={"reason": name})
    return UnableToTakeWorkbook(problem.reason("vi"), problem.reason("en"))


def _look(acting: User, imported: Import) -> None:
    """Start looking at the workbook anew."""
    Import.objects.filter(pk=imported.pk).update(state=State.CHECKING, seen="")
    job = jobs.start("imports.check", acting, place=imported.place, imported=imported.pk)
    Import.objects.filter(pk=imported.pk).update(job=job)
    imported.refresh_from_db()


def check_import(*, imported: int) -> Import:
    """Look at every row and keep what was found, for the preview."""
    row = Import.objects.select_related("by").get(pk=imported)
    judged = judge(row)
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported)
        if held.state == State.CHECKING:
            keep_preview(held, judged)
    return held


def keep_preview(held: Import, judged: Judged) -> None:
    """Put what was found in the place of what was found before."""
    held.rows.all().delete()
    ImportRow.objects.bulk_create(_rows(held, judged.lines), batch_size=_BATCH)
    counts: dict[str, Counter[str]] = {}
    for line in judged.lines:
        counts.setdefault(line.row.sheet.name, Counter())[line.state] += 1
    held.faults = [[problem.message("vi"), problem.message("en")] for problem in judged.faults]
    held.counts = {sheet: dict(found) for sheet, found in counts.items()}
    held.finished = judged.checked is not None and judged.checked.finished
    held.seen, held.state = judged.digest, State.CHECKED
    held.save(update_fields=["faults", "counts", "finished", "seen", "state"])


def _rows(held: Import, lines: list[Line]) -> Iterator[ImportRow]:
    for position, line in enumerate(lines):
        yield ImportRow(
            imported=held,
            position=position,
            sheet=line.row.sheet.name,
            row=line.row.number,
            state=line.state,
            cells=dict(line.cells),
            changes=[[change.header, change.before, change.after] for change in line.changes],
            reasons=[_reason(line, problem) for problem in line.problems],
        )


def _reason(line: Line, problem: Problem) -> list[str]:
    field = next((name for name, place in line.row.places.items() if place[0] == problem.column), "")
    return [problem.column, field if problem.column else "", problem.reason("vi"), problem.reason("en")]


def mend_rows(*, acting: User, imported: Import, cells: Mapping[int, Mapping[str, str]]) -> int:
    """Put typed cells in the place of the file's, in rows that were refused; look at it anew. Returns how many rows.

    `cells` maps the number of an `ImportRow` to field -> text; fields the row does not have are passed over.

    Raises:
        UnableToTakeWorkbook: it is being looked at, or recorded already.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        _must_be(held, State.CHECKED)
        rows = held.rows.filter(pk__in=list(cells), state=REFUSED)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for row in rows:
            mended = {
                field: text[:_LONGEST_CELL]
                for field, text in cells[row.pk].items()
                if text != row.cells.get(field, "")
            }
            if mended:
                place = f"{row.sheet} {row.row}"
                before[place] = {field: row.cells.get(field, "") for field in mended}
                after[place] = mended
                held.typed.setdefault(row.sheet, {}).setdefault(str(row.row), {}).update(mended)
        if after:
            held.save(update_fields=["typed"])
            audit.write(acting=acting, verb="mend", what=held, before=before, after=after, place=held.place)
            _look(acting, held)
    return len(after)


def ask_to_record(*, acting: User, imported: Import, seen: str, leave_out: bool) -> Import:
    """Start recording what the preview showed; asked twice, it is recorded once.

    Raises:
        UnableToTakeWorkbook: rows are refused and were not left out in so many words, or nothing is left.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if held.state in (State.RECORDING, State.RECORDED):
            return held
        _must_be(held, State.CHECKED)
        refused = sum(found.get(REFUSED, 0) for found in held.counts.values())
        if not held.finished or seen != held.seen:
            raise UnableToTakeWorkbook(
                "danh sách xem trước không còn như lúc bạn xem; hãy xem lại rồi ghi",
                "the preview is no longer what you saw; look at it again, then record",
            )
        if refused and not leave_out:
            raise UnableToTakeWorkbook(
                f"còn {refused} dòng bị từ chối; hãy sửa, hoặc chọn bỏ qua các dòng đó",
                f"{refused} rows are refused; mend them, or choose to leave them out",
            )
        if refused == sum(sum(found.values()) for found in held.counts.values()):
            raise UnableToTakeWorkbook("không còn dòng nào để ghi", "no row is left to record")
        held.state, held.left_out = State.RECORDING, refused
        held.save(update_fields=["state", "left_out"])
        held.job = jobs.start("imports.record", acting, place=held.place, imported=held.pk)
        Import.objects.filter(pk=held.pk).update(job=held.job)
    held.refresh_from_db()
    return held


def _must_be(held: Import, state: str) -> None:
    if held.state != state:
        raise UnableToTakeWorkbook(
            "tệp đang được kiểm tra hoặc đã ghi; hãy tải lại trang",
            "the file is being looked at or was recorded; load the page again",
        )
