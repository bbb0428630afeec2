"""Recording a workbook as one group, and undoing it by one annulling event."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tinhgon.citations import Citation
from tinhgon.refusal import Refusal
from tinhgon.registry import documents as engine
from tinhgon.registry import events
from tinhgon_web.apparatus.services import record
from tinhgon_web.core import audit
from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.documents.services.loading import append_documents
from tinhgon_web.exchange.checking import Judged, judge
from tinhgon_web.exchange.models import Import
from tinhgon_web.exchange.services.taking import keep_preview

FILE_TYPE = "tệp nhập dữ liệu"
State = Import.State


class UnableToRecordImport(Refusal, ValueError):
    """The register has changed since the preview, or the import is not there to be undone."""


def record_import(*, imported: int) -> Import:
    """Record what the preview showed, all or nothing.

    Raises:
        UnableToRecordImport: the register has changed so that something else would be recorded; a new preview is kept.
    """
    row = Import.objects.select_related("by").get(pk=imported)
    try:
        with transaction.atomic():
            done = _record(imported)
    except BaseException:
        Import.objects.filter(pk=imported, state=State.RECORDING).update(state=State.CHECKED)
        raise
    if done is None:
        with transaction.atomic():
            keep_preview(Import.objects.select_for_update().get(pk=imported), judge(row))
        raise UnableToRecordImport(
            "sổ đã thay đổi từ lúc xem trước; hãy xem lại các dòng rồi ghi",
            "the register has changed since the preview; look at the rows again, then record",
        )
    return done


def _record(imported: int) -> Import | None:
    held = Import.objects.select_for_update(of=("self",)).select_related("by").get(pk=imported)
    if held.state != State.RECORDING:
        return held
    judged = judge(held)
    if judged.digest != held.seen or judged.checked is None:
        return None
    document = _document_of(held, judged)
    new = judged.checked.events
    if new:
        note = f"nhập tệp {held.name}"
        recorded = record(
            acting=held.by, events=new, recorded_at=timezone.now(), note=note, once=f"import-{held.pk}"
        )
        held.first, held.last = recorded.first, recorded.last
    held.document, held.recorded_at, held.state = document, timezone.now(), State.RECORDED
    held.save(update_fields=["first", "last", "document", "recorded_at", "state"])
    after = {"first": held.first, "last": held.last, "document": document.pk, "left_out": held.left_out}
    audit.write(acting=held.by, verb="import", what=held, after=after, place=held.place)
    return held


def _document_of(held: Import, judged: Judged) -> Document:
    """Record the documents the workbook brings, and the workbook itself as one, with its file."""
    assert judged.checked is not None
    brought = dict(judged.checked.documents)
    known = judged.checked.documents.values()
    name = f"nhap-{held.pk}-{held.sha256[:12]}"
    brought[name] = engine.Document(
        id=name,
        number=f"NDL-{held.pk}",
        type=FILE_TYPE,
        issuer="Tinh Gọn",
        title=f"{held.name} (SHA-256 {held.sha256[:16]}…)",
        signed_on=today(),
        synthetic=settings.DEMO or any(document.synthetic for document in known),
    )
    append_documents(read=brought, place=held.place)
    DocumentFile.objects.create(
        document_id=name,
        name=held.name,
        type="xlsx",
        size=held.size,
        sha256=held.sha256,
        stored=held.stored,
        added_by=held.by,
        added_at=timezone.now(),
    )
    return Document.objects.get(pk=name)


def undo_import(*, acting: User, imported: Import, reason: str) -> Import:
    """Annul every entry of an import by one event that cites its file and gives the reason.

    Raises:
        UnableToRecordImport: it was not recorded, was undone already, or recorded no entry.
        UnableToFold: later entries rest on it; they are to be annulled first.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if (
            held.state != State.RECORDED
            or held.first is None
            or held.last is None
            or held.document_id is None
        ):
            raise UnableToRecordImport(
                "lần nhập này không có gì để hủy, hoặc đã được hủy",
                "this import has nothing to undo, or was undone already",
            )
        annulment = events.Annulled(
            effective_on=today(),
            citation=Citation(held.document_id),
            targets=tuple(range(held.first, held.last + 1)),
            reason=reason,
        )
        note = f"hủy lần nhập {held.name}"
        recorded = record(
            acting=acting, events=[annulment], recorded_at=timezone.now(), note=note, once=f"undo-{held.pk}"
        )
        held.state, held.undone_by, held.undone_at = State.UNDONE, acting, timezone.now()
        held.annulled_by, held.reason = recorded.first, reason
        held.save(update_fields=["state", "undone_by", "undone_at", "annulled_by", "reason"])
        audit.write(
            acting=acting,
            verb="undo import",
            what=held,
            after={"entry": recorded.first, "reason": reason},
            place=held.place,
        )
    return held
