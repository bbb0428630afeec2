"""Scans of signed minutes, beside the batch whose totals they prove."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import moments
from tinhgon_web.consultation.models import Batch, Scan
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents import scanning
from tinhgon_web.documents.services import filing

_PAPER = ("pdf", "jpg", "png")


class UnableToKeepScan(Refusal, ValueError):
    """The file is no scan."""

    def __init__(self, type_: str) -> None:
        super().__init__(
            f"Biên bản quét phải là PDF, JPG hoặc PNG, tệp này là {type_.upper()}",
            f"a scan is a PDF, JPG or PNG; this file is {type_.upper()}",
        )
        self.type = type_


def attach_scan(*, acting: User, batch: Batch, upload: UploadedFile) -> Scan:
    """Keep a scan of a batch's minutes.

    Raises:
        UnableToAcceptFile: its content is not allowed.
        UnableToKeepScan: it is another kind of file.
    """
    assert upload.file is not None
    type_ = scanning.scan(upload.file, upload.name or "")
    if type_ not in _PAPER:
        raise UnableToKeepScan(type_)
    stored = filing.keep(upload)
    with transaction.atomic():
        made = Scan.objects.create(
            batch=batch,
            name=filing.plain_name(upload.name or "", type_),
            stored=stored,
            size=upload.size or 0,
            by=acting,
            at=moments.now(),
        )
        after = {"batch": batch.pk, "size": made.size}
        audit.write(acting=acting, verb="attach", what=made, after=after, place=batch.roll.unit)
    return made
