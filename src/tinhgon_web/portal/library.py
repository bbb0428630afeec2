"""What the library of the public lists: documents of the register, photos and films of published articles."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.images.models import Image
from wagtail.models import ReferenceIndex
from wagtailmedia.models import Media

from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.documents import selectors as register
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.portal.models import ArticlePage, PublicPaper
from tinhgon_web.portal.selectors import articles


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
    shown = {str(pk) for pk in articles().exclude(cover=None).values_list("cover", flat=True)}
    return Image.objects.filter(pk__in=shown | _in_articles(Image)).order_by("-created_at", "-pk")


def films() -> QuerySet[Media]:
    """The films of published articles, the newest first."""
    return Media.objects.filter(pk__in=_in_articles(Media), type="video").order_by("-created_at", "-pk")


def _in_articles(model: type[Model]) -> set[str]:
    kinds = ContentType.objects.get_for_models(ArticlePage, model)
    published = [str(pk) for pk in articles().values_list("pk", flat=True)]
    rows = ReferenceIndex.objects.filter(to_content_type=kinds[model], object_id__in=published)
    return set(rows.values_list("to_object_id", flat=True))
