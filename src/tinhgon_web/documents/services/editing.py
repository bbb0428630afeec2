"""Adding and correcting documents by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from typing import Any

import attrs
from django.db import transaction
from django.db.models import Max

from tinhgon.registry import documents as engine
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents import selectors
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.services.loading import row, write_links


@attrs.frozen(slots=True, kw_only=True)
class Fields:
    """What a form says of a document; the links are ids, in order."""

    number: str
    type: str
    issuer: str
    title: str
    signed_on: dt.date | None = None
    effective_on: dt.date | None = None
    carries_out: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()


class UnableToOverwriteUnseen(ValueError):
    """Somebody else has corrected the document since the form was shown."""

    def __init__(self, document: str) -> None:
        super().__init__(f"document '{document}' was corrected by somebody else meanwhile")
        self.document = document


def add_document(
    *, acting: User, fields: Fields, place: str = "", id_: str = "", synthetic: bool = False
) -> Document:
    """Add a document under an id made of its number, or a given one."""
    with transaction.atomic():
        last = Document.objects.aggregate(last=Max("position"))["last"]
        new = engine.Document(
            id=id_ or _free_id(fields.number), synthetic=synthetic, **attrs.asdict(fields, recurse=False)
        )
        made = row(0 if last is None else last + 1, new)
        made.place = place
        made.save(force_insert=True)
        _write_links(made.id, fields)
        audit.write(acting=acting, verb="create", what=made, after=_plain(fields), place=place)
    return made


def correct_document(*, acting: User, document: Document, fields: Fields, seen: str) -> Document:
    """Put right what was written of a document; its id stays, since entries cite it.

    Raises:
        UnableToOverwriteUnseen: it is no longer what the form showed (`seen`, a digest).
    """
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        before = fields_of(held)
        if digest(before) != seen:
            raise UnableToOverwriteUnseen(held.id)
        if before == fields:
            return held
        read = engine.Document(id=held.id, synthetic=held.synthetic, **attrs.asdict(fields, recurse=False))
        made = row(held.position, read)
        made.place = held.place
        made.save(force_update=True)
        _write_links(made.id, fields)
        was, now = _plain(before), _plain(fields)
        changed = [name for name in now if now[name] != was[name]]
        audit.write(
            acting=acting,
            verb="correct",
            what=made,
            before={name: was[name] for name in changed},
            after={name: now[name] for name in changed},
            place=held.place,
        )
    return made


def fields_of(document: Document) -> Fields:
    """What is held of a document."""
    read = selectors.as_read(document)
    return Fields(**{field.name: getattr(read, field.name) for field in attrs.fields(Fields)})


def digest(fields: Fields) -> str:
    """A short name of a document's content, for a form to hold."""
    return hashlib.sha256(json.dumps(_plain(fields), sort_keys=True).encode()).hexdigest()[:16]


def _write_links(id_: str, fields: Fields) -> None:
    for field in engine.LINKS:
        write_links(field, {id_: getattr(fields, field)})


def _plain(fields: Fields) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, tuple):
            return list(value)
        return value.isoformat() if isinstance(value, dt.date) else value

    return {name: plain(value) for name, value in attrs.asdict(fields, recurse=False).items()}


def _free_id(number: str) -> str:
    """An id that says the number and is not taken: the register's ids hold no spaces."""
    wanted = re.sub(r"[^\w.\-/:]+", "-", number).strip("-/")[:150] or "van-ban"
    taken = set(Document.objects.filter(id__startswith=wanted).values_list("id", flat=True))
    numbered = (f"{wanted}-{index}" for index in range(2, len(taken) + 3))
    return next(id_ for id_ in (wanted, *numbered) if id_ not in taken)
