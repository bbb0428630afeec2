"""An article as Wagtail's own tutorial makes one: lead, body of text, pictures and quotes, and what to read next."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

BODY = [
    ("text", blocks.RichTextBlock()),
    ("heading", blocks.CharBlock()),
    ("photo", blocks.StructBlock([("image", ImageChooserBlock()), ("caption", blocks.CharBlock())])),
    ("quote", blocks.StructBlock([("words", blocks.TextBlock()), ("said_by", blocks.CharBlock())])),
]


class PlainArticle(Page):
    """An article."""

    template = "plain_articles/article.html"
    lead = models.TextField()
    body = StreamField(BODY)

    class Meta:
        app_label = "plain_articles"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With its neighbours."""
        others = PlainArticle.objects.live().exclude(pk=self.pk).order_by("-first_published_at")[:4]
        return super().get_context(request, *args, **kwargs) | {"others": others}

    parent_page_types: ClassVar = ["wagtailcore.Page"]
