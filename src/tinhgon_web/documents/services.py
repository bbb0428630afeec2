"""Writing documents."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from tinhgon import text
from tinhgon.registry import documents as engine
from tinhgon_web.documents.models import Document

_FIELDS = (
    "position",
    "number",
    "type",
    "issuer",
    "title",
    "signed_on",
    "effective_on",
    "synthetic",
    "folded",
)


class UnableToLoadDocuments(ValueError):
    """A document names another that is not there."""

    def __init__(self, document: str, missing: str) -> None:
        super().__init__(f"document '{document}' carries out '{missing}', which is not in documents.yaml")
        self.document, self.missing = document, missing


def load_documents(*, read: Mapping[str, engine.Document]) -> None:
    """Make the table hold the documents read from a register folder; those no longer listed stay.

    Raises:
        UnableToLoadDocuments: a document carries out one that is not listed.
    """
    rows = [_row(position, document) for position, document in enumerate(read.values())]
    links = [(document.id, up) for document in read.values() for up in document.carries_out]
    for id_, up in links:
        if up not in read:
            raise UnableToLoadDocuments(id_, up)
    through = Document.carries_out.through
    with transaction.atomic():
        Document.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=_FIELDS, batch_size=500
        )
        through.objects.filter(from_document_id__in=list(read)).delete()
        through.objects.bulk_create(
            through(from_document_id=id_, to_document_id=up) for id_, up in dict.fromkeys(links)
        )


def _row(position: int, document: engine.Document) -> Document:
    searched = f"{document.number} {document.type} {document.issuer} {document.title}"
    return Document(
        id=document.id,
        position=position,
        number=document.number,
        type=document.type,
        issuer=document.issuer,
        title=document.title,
        signed_on=document.signed_on,
        effective_on=document.effective_on,
        synthetic=document.synthetic,
        folded=text.fold(searched),
    )
