"""The search as an app of its own: it listens for articles and papers going out and coming back."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Connects Wagtail's words to the service that keeps the index."""

    name = "tinhgon_web.portal.search"
    label = "portal_search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen; a scheduled publication or expiry sends the same words."""
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, page_unpublished

        page_published.connect(_changed, dispatch_uid="portal search")
        page_unpublished.connect(_changed, dispatch_uid="portal search")
        post_save.connect(_opened, sender="portal.PublicPaper", dispatch_uid="portal search")
        post_delete.connect(_opened, sender="portal.PublicPaper", dispatch_uid="portal search")
        post_save.connect(_read, sender="documents.DocumentFile", dispatch_uid="portal search")
        post_save.connect(_paper_read, sender="portal.PaperWords", dispatch_uid="portal search")


def _changed(sender: type, instance: Any, **more: Any) -> None:
    from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage
    from tinhgon_web.portal.search.services import index_page

    del sender, more
    if isinstance(instance, ArticlePage | FrontPage | SectionPage):
        index_page(page=instance.pk)


def _opened(sender: type, instance: Any, **more: Any) -> None:
    from tinhgon_web.portal.search.services import index_document

    del sender, more
    index_document(document=instance.file.document_id)


def _read(sender: type, instance: Any, **more: Any) -> None:
    from tinhgon_web.portal.models import PublicPaper
    from tinhgon_web.portal.search.services import index_document

    del sender, more
    if PublicPaper.objects.filter(file=instance).exists():
        index_document(document=instance.document_id)


def _paper_read(sender: type, instance: Any, **more: Any) -> None:
    from wagtail.models import ReferenceIndex

    from tinhgon_web.portal.search.services import index_page

    del sender, more
    held = ReferenceIndex.get_references_to(instance.paper)
    for page in set(
        held.filter(base_content_type__app_label="wagtailcore").values_list("object_id", flat=True)
    ):
        index_page(page=int(page))
