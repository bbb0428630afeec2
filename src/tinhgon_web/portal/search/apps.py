"""The search as an app of its own: it listens for articles going out and coming back."""

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
        from wagtail.signals import page_published, page_unpublished

        page_published.connect(_changed, dispatch_uid="portal search")
        page_unpublished.connect(_changed, dispatch_uid="portal search")


def _changed(sender: type, instance: Any, **more: Any) -> None:
    from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage
    from tinhgon_web.portal.search.services import index_page

    del sender, more
    if isinstance(instance, ArticlePage | FrontPage | SectionPage):
        index_page(page=instance.pk)
