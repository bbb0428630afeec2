"""Reading documents."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from tinhgon import text
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.rights import Limits
from tinhgon_web.documents.models import Document


def readable(within: Limits) -> QuerySet[Document]:
    """What somebody may read: documents cited by entries on units they cover, what those carry out, what none cites."""
    if within.everything:
        return Document.objects.all()
    cited = Document.objects.filter(within.entries("entries__seq")).values("pk")
    return Document.objects.filter(Q(pk__in=cited) | Q(entries=None) | Q(carried_out_by__in=cited)).distinct()


def documents(*, asof: AsOf, within: Limits, search: str = "", type_: str = "") -> QuerySet[Document]:
    """Documents signed up to a day (or of no known day), the latest first, with `cited`, how many entries cite each.

    Words are found without diacritics. "As we knew it on" a day hides what only later entries cite.
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
    for word in text.fold(search).split():
        found = found.filter(folded__contains=word)
    if type_:
        found = found.filter(type=type_)
    return found.order_by("-signed_on", "position")


def types() -> list[str]:
    """The types of document there are, in the alphabet's order."""
    found = Document.objects.order_by().values_list("type", flat=True).distinct()
    return sorted(found, key=text.sort_key)


def by_id(ids: Iterable[str]) -> dict[str, Document]:
    """Documents by their register ids; unknown ids are left out."""
    return Document.objects.in_bulk(list(dict.fromkeys(ids)))


def any_synthetic() -> bool:
    """Whether anything shown may rest on made-up documents."""
    return Document.objects.filter(synthetic=True).exists()
