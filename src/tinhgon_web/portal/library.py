"""What the library of the public lists: documents of the register; files, photos and films of published articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.documents.models import Document as Paper
from wagtail.images.models import Image
from wagtail.models import ReferenceIndex
from wagtailmedia.models import Media

from tinhgon import text
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.documents import selectors as register
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.portal.models import ArticlePage, PublicPaper
from tinhgon_web.portal.selectors import articles

Row = TypeVar("Row", bound=Model)


def papers() -> QuerySet[DocumentFile]:
    """The files made public."""
    return DocumentFile.objects.filter(pk__in=PublicPaper.objects.values("file"))


def documents(wanted: register.Wanted) -> QuerySet[Document]:
    """Documents of the whole register up to today; words are looked for in them and in their public files alone."""
    day = today()
    found = register.documents(
        asof=AsOf(on=day, today=day), within=Scope(None, day), wanted=wanted, inside=papers()
    )
    return found.filter(place="")


def open_documents(wanted: register.Wanted) -> QuerySet[Document]:
    """Documents the public may know of: where the register is not open data, only those with a public file."""
    found = documents(wanted)
    return found if settings.OPEN_DATA else found.filter(files__in=papers()).distinct()


def photos() -> QuerySet[Image]:
    """The pictures of published articles, the newest first."""
    return Image.objects.filter(pk__in=_held(Image)).order_by("-created_at", "-pk")


def films() -> QuerySet[Media]:
    """The films of published articles, the newest first."""
    return Media.objects.filter(pk__in=_held(Media), type="video").order_by("-created_at", "-pk")


def enclosed(words: str = "") -> QuerySet[Paper]:
    """The files of published articles, the newest first; each word is in the title or in what the file says."""
    found = Paper.objects.filter(pk__in=_held(Paper)).order_by("-created_at", "-pk")
    wanted = text.fold(words).split()
    titles = {pk: text.fold(title) for pk, title in found.values_list("pk", "title")} if wanted else {}
    for word in wanted:
        titled = [pk for pk, title in titles.items() if word in title]
        found = found.filter(Q(pk__in=titled) | Q(words__folded__contains=word))
    return found


def with_articles(rows: Iterable[Row]) -> list[tuple[Row, ArticlePage | None]]:
    """Each picture, film or file beside the newest published article that holds it."""
    listed = list(rows)
    if not listed:
        return []
    references = _references(type(listed[0])).filter(to_object_id__in=[str(row.pk) for row in listed])
    holding = defaultdict(set)
    for page, held in references.values_list("object_id", "to_object_id"):
        holding[int(page)].add(held)
    newest: dict[str, ArticlePage] = {}
    for article in articles().filter(pk__in=holding):
        newest = dict.fromkeys(holding[article.pk], article) | newest
    return [(row, newest.get(str(row.pk))) for row in listed]


def _held(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """The numbers of what published articles hold."""
    return _references(model).annotate(number=Cast("to_object_id", BigIntegerField())).values("number")


def _references(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """What Wagtail noted of published articles that hold something."""
    kinds = ContentType.objects.get_for_models(ArticlePage, model)
    published = articles().order_by().annotate(name=Cast("pk", CharField())).values("name")
    return ReferenceIndex.objects.filter(
        content_type=kinds[ArticlePage], to_content_type=kinds[model], object_id__in=published
    )
