"""What Wagtail asks the portal."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.models import Document

from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right
from tinhgon_web.portal import library


@hooks.register("before_serve_document")
def keep_in_the_office(document: Document, request: HttpRequest) -> None:
    """A file is sent to readers while a published article holds it; before and after, to editors alone."""
    rights = cast(Request, request).rights
    is_editor = rights.may(Right.PUBLISH) or rights.may(Right.APPROVE)
    if not is_editor and not library.enclosed().filter(pk=document.pk).exists():
        raise Http404
