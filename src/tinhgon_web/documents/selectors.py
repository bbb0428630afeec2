"""Reading documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import attrs
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tinhgon import text
from tinhgon.registry import documents as engine
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.rights import Limits
from tinhgon_web.documents.models import Document, DocumentFile

_PROGRAMME = "chuong trinh"


@attrs.frozen(slots=True, kw_only=True)
class Wanted:
    """What a list is to hold: words (without diacritics), a type, an issuer, days of signing, a programme's id."""

    words: str = ""
    type: str = ""
    issuer: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    programme: str = ""


def readable(within: Limits) -> QuerySet[Document]:
    """What somebody may read: documents cited by entries on units they cover, what those carry out, what none cites.

    What a place has added and nothing cites yet is for those who read the place.
    """
    if within.everything:
        return Document.objects.all()
    cited = Document.objects.filter(within.entries("entries__seq")).values("pk")
    theirs = Q(place="") | Q(pk__in=within.limit(Document.objects.exclude(place=""), "place").values("pk"))
    uncited = Q(entries=None) & theirs
    return Document.objects.filter(Q(pk__in=cited) | uncited | Q(carried_out_by__in=cited)).distinct()


def documents(
    *, asof: AsOf, within: Limits, wanted: Wanted, inside: QuerySet[DocumentFile] | None = None
) -> QuerySet[Document]:
    """Documents signed up to a day (or of no known day), the latest first, with `cited`, how many entries cite each.

    Words are looked for in what is written of a document and in its files, or those of them that are `inside`. "As we
    knew it on" a day hides what only later entries cite.
    """
    known = Q() if asof.known_at is None else Q(entries__recorded_at__lte=asof.known_at)
    covered = known & within.entries("entries__seq")
    found = Document.objects.filter(Q(signed_on__lte=asof.on) | Q(signed_on=None)).annotate(
        cited=Count("entries", filter=covered), cited_ever=Count("entries")
    )
    if not within.everything:
        found = found.filter(pk__in=readable(within).values("pk"))
    if asof.known_at is not None:
        found = found.filter(Q(cited__gt=0) | Q(cited_ever=0))
    files = DocumentFile.objects.all() if inside is None else inside
    for word in text.fold(wanted.words).split():
        saying = files.filter(document=OuterRef("pk"), folded__contains=word)
        found = found.filter(Q(folded__contains=word) | Exists(saying))
    return _narrowed(found, wanted).order_by("-signed_on", "position")


def _narrowed(found: QuerySet[Document], wanted: Wanted) -> QuerySet[Document]:
    exact = {"type": wanted.type, "issuer": wanted.issuer}
    found = found.filter(**{field: value for field, value in exact.items() if value})
    days = {"signed_on__gte": wanted.since, "signed_on__lte": wanted.until}
    found = found.filter(**{field: day for field, day in days.items() if day})
    return found.filter(pk__in=_carrying_out(wanted.programme)) if wanted.programme else found


def _carrying_out(programme: str) -> set[str]:
    """The ids of a document and of all that carry it out, at any remove."""
    return {programme} | _below(programme, _lower())


def _lower() -> Mapping[str, list[str]]:
    """Document -> those that carry it out."""
    down: dict[str, list[str]] = {}
    for lower, upper in Document.carries_out.through.objects.values_list("from_document", "to_document"):
        down.setdefault(upper, []).append(lower)
    return down


def _below(document: str, down: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [document]
    while waiting:
        new = [lower for lower in down.get(waiting.pop(), []) if lower not in found]
        found.update(new)
        waiting.extend(new)
    return found


def types() -> list[str]:
    """The types of document there are, in the alphabet's order."""
    found = Document.objects.order_by().values_list("type", flat=True).distinct()
    return sorted(found, key=text.sort_key)


def issuers() -> list[str]:
    """Who issued the documents there are, in the alphabet's order."""
    found = Document.objects.order_by().values_list("issuer", flat=True).distinct()
    return sorted(found, key=text.sort_key)


def programmes() -> list[Document]:
    """The programmes that others carry out."""
    named = [type_ for type_ in types() if text.fold(type_).startswith(_PROGRAMME)]
    return list(Document.objects.filter(type__in=named).order_by("signed_on", "position"))


def with_programmes(
    documents: Iterable[Document], programmes: Iterable[Document]
) -> list[tuple[Document, list[Document]]]:
    """Each document beside those of some programmes that it carries out, at any remove."""
    down = _lower()
    under = [(programme, _below(programme.pk, down)) for programme in programmes]
    return [(one, [programme for programme, those in under if one.pk in those]) for one in documents]


def by_id(ids: Iterable[str]) -> dict[str, Document]:
    """Documents by their register ids; unknown ids are left out."""
    return Document.objects.in_bulk(list(dict.fromkeys(ids)))


def any_synthetic() -> bool:
    """Whether anything shown may rest on made-up documents."""
    return Document.objects.filter(synthetic=True).exists()


def as_read(document: Document) -> engine.Document:
    """A document as the engine reads it."""
    links = {field: dict(_links(field, [document.pk])).get(document.pk, ()) for field in engine.LINKS}
    return _read(document, links)


def all_read() -> dict[str, engine.Document]:
    """Every document as the engine reads it, in order."""
    links = {field: dict(_links(field)) for field in engine.LINKS}
    return {
        row.id: _read(row, {field: links[field].get(row.id, ()) for field in engine.LINKS})
        for row in Document.objects.order_by("position", "id")
    }


def _read(row: Document, links: dict[str, tuple[str, ...]]) -> engine.Document:
    return engine.Document(
        id=row.id,
        number=row.number,
        type=row.type,
        issuer=row.issuer,
        title=row.title,
        signed_on=row.signed_on,
        effective_on=row.effective_on,
        synthetic=row.synthetic,
        **links,
    )


def _links(field: str, ids: list[str] | None = None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(document, the others it names, in order)."""
    rows = getattr(Document, field).through.objects.order_by("id")
    if ids is not None:
        rows = rows.filter(from_document__in=ids)
    found: dict[str, list[str]] = {}
    for document, other in rows.values_list("from_document_id", "to_document_id"):
        found.setdefault(document, []).append(other)
    return ((document, tuple(others)) for document, others in found.items())


def named(words: str) -> list[Document]:
    """The documents with an id or a number, exactly; several when the number is not of one alone."""
    found = Document.objects.filter(Q(pk=words) | Q(number__iexact=words))
    by_id_ = [document for document in found if document.pk == words]
    return by_id_ or list(found)


@attrs.frozen(slots=True)
class Filed:
    """A file with its earlier versions, the latest first."""

    latest: DocumentFile
    earlier: list[DocumentFile]


def files(document: Document) -> list[Filed]:
    """The files of a document, each under its latest version."""
    rows = {row.pk: row for row in document.files.select_related("added_by").order_by("-id")}
    gone = {row.supersedes_id for row in rows.values()}
    found = []
    for row in rows.values():
        if row.pk not in gone:
            earlier, at = [], row
            while at.supersedes_id in rows:
                at = rows[at.supersedes_id]
                earlier.append(at)
            found.append(Filed(row, earlier))
    return found
