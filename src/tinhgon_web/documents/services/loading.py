"""Loading the documents of a register folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

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
        super().__init__(f"document '{document}' names '{missing}', which is not in documents.yaml")
        self.document, self.missing = document, missing


def load_documents(*, read: Mapping[str, engine.Document]) -> None:
    """Make the table hold the documents read from a register folder; those no longer listed stay.

    Raises:
        UnableToLoadDocuments: a document carries out or amends one that is not listed.
    """
    rows = [row(position, document) for position, document in enumerate(read.values())]
    for document in read.values():
        for id_ in (*document.carries_out, *document.amends):
            if id_ not in read:
                raise UnableToLoadDocuments(document.id, id_)
    with transaction.atomic():
        Document.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=_FIELDS, batch_size=500
        )
        for field in engine.LINKS:
            links = {id_: getattr(document, field) for id_, document in read.items()}
            write_links(field, links)


def append_documents(*, read: Mapping[str, engine.Document], place: str = "") -> None:
    """Add documents after those that are there, which keep their places.

    Raises:
        UnableToLoadDocuments: a document names one that is neither among them nor there.
    """
    named = {id_ for document in read.values() for id_ in (*document.carries_out, *document.amends)} - set(
        read
    )
    there = set(Document.objects.filter(pk__in=named).values_list("pk", flat=True))
    for document in read.values():
        for id_ in (*document.carries_out, *document.amends):
            if id_ not in read and id_ not in there:
                raise UnableToLoadDocuments(document.id, id_)
    with transaction.atomic():
        last = Document.objects.aggregate(last=Max("position"))["last"]
        start = 0 if last is None else last + 1
        rows = [row(position, document) for position, document in enumerate(read.values(), start)]
        for made in rows:
            made.place = place
        Document.objects.bulk_create(rows, batch_size=500)
        for field in engine.LINKS:
            write_links(field, {id_: getattr(document, field) for id_, document in read.items()})


def put_document(*, read: engine.Document) -> None:
    """Add a document after those that are there; one that is there is written anew in its place."""
    held = Document.objects.filter(pk=read.id).first()
    if held is None:
        append_documents(read={read.id: read})
        return
    made = row(held.position, read)
    made.place = held.place
    made.save(force_update=True)


def write_links(field: str, links: Mapping[str, Sequence[str]]) -> None:
    """Make documents name exactly these others, in this order."""
    through = getattr(Document, field).through
    through.objects.filter(from_document_id__in=list(links)).delete()
    through.objects.bulk_create(
        through(from_document_id=id_, to_document_id=other)
        for id_, others in links.items()
        for other in dict.fromkeys(others)
    )


def row(position: int, document: engine.Document) -> Document:
    """A document as its row, without its links."""
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
