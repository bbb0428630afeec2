"""The portal as an app: it listens for articles going out."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save, pre_save


class PortalConfig(AppConfig):
    """Connects Wagtail's word that a page was published to the services that keep its numbers and what it holds."""

    name = "tinhgon_web.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen; a scheduled publication sends the same word."""
        from wagtail.signals import page_published

        page_published.connect(_went_out, dispatch_uid="portal numbers")
        post_save.connect(_uploaded, sender="wagtailmedia.Media", dispatch_uid="portal films")
        pre_save.connect(_tagged, sender="taggit.Tag", dispatch_uid="portal tags")
        post_save.connect(_filed, sender="wagtaildocs.Document", dispatch_uid="portal papers")


def _went_out(sender: type, instance: Any, **more: Any) -> None:
    from django.utils import timezone

    from tinhgon_web.portal.models import ArticlePage
    from tinhgon_web.portal.services import keep_numbers, keep_references

    del sender, more
    if isinstance(instance, ArticlePage):
        keep_numbers(page=instance, at=instance.last_published_at or timezone.now())
        keep_references(page=instance)


def _tagged(sender: type, instance: Any, **more: Any) -> None:
    from tinhgon_web.portal.services.tags import free_address

    del sender, more
    if instance._state.adding:
        instance.slug = free_address(instance.name)


def _uploaded(sender: type, instance: Any, created: bool, **more: Any) -> None:
    from django.db import transaction

    from tinhgon_web.core import jobs
    from tinhgon_web.portal.services import films

    del sender, more
    by = instance.uploaded_by_user
    if created and by is not None and instance.type == "video" and films.is_possible():
        transaction.on_commit(lambda: jobs.start("portal.film", acting=by, film=instance.pk))


def _filed(sender: type, instance: Any, created: bool, **more: Any) -> None:
    from django.db import transaction

    from tinhgon_web.core import jobs

    del sender, more
    by = instance.uploaded_by_user
    if created and by is not None and instance.file_extension.lower() in ("pdf", "docx"):
        transaction.on_commit(lambda: jobs.start("portal.paper", acting=by, paper=instance.pk))
