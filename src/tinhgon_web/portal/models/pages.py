"""The pages of the portal: the front page, its sections, and articles."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from tinhgon import text
from tinhgon_web.portal.blocks import BODY
from tinhgon_web.portal.forms import PageForm
from tinhgon_web.portal.models.writers import Writer


class FrontPage(Page):
    """The front page, laid out like a newspaper: the lead story, the latest, and a strip of each section."""

    template = "portal/front.html"
    max_count = 1
    subpage_types: ClassVar = ["portal.SectionPage"]
    welcome = models.TextField(_("Line above the news"), blank=True)
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("welcome")]

    class Meta:
        verbose_name = _("Front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest articles, and those of each section."""
        from tinhgon_web.portal import selectors

        return super().get_context(request, *args, **kwargs) | selectors.front(self)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """An article is looked up at once, not level by level."""
        if len(path_components) == 2:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            found = ArticlePage.objects.live().filter(url_path=address).select_related("cover").first()
            if found is not None:
                return RouteResult(found)
        return super().route(request, path_components)


class SectionPage(Page):
    """A section: what is in it, and its articles by month."""

    template = "portal/section.html"
    parent_page_types: ClassVar = ["portal.FrontPage"]
    subpage_types: ClassVar = ["portal.ArticlePage"]
    base_form_class = PageForm
    intro = models.TextField(_("What is in this section"), blank=True)
    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("Section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A part of its articles, newest first."""
        from tinhgon_web.portal import selectors

        return super().get_context(request, *args, **kwargs) | selectors.section(
            self, request.GET.get("trang")
        )


class ArticleTag(TaggedItemBase):
    """A word an article is filed under."""

    content_object = ParentalKey("portal.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(Page):
    """An article: title, lead, body, byline, the window of its live figures, and whether readers may comment."""

    template = "portal/article.html"
    parent_page_types: ClassVar = ["portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    base_form_class = PageForm
    lead = models.TextField(
        _("Lead"), help_text=_("Two or three sentences; figures in double braces: {{divisions}}.")
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Picture"),
    )
    cover_credit = models.CharField(_("Credit of the picture"), max_length=200, blank=True)
    body = StreamField(BODY, verbose_name=_("Body"))
    byline = models.CharField(_("Byline"), max_length=200, blank=True, help_text=_("Text and photos by…"))
    writers = ParentalManyToManyField(Writer, blank=True, related_name="articles", verbose_name=_("Writers"))
    figures_from = models.DateField(_("Figures from the end of"), null=True, blank=True)
    figures_to = models.DateField(_("to the end of"), null=True, blank=True)
    comments_open = models.BooleanField(_("Readers may comment"), default=False)
    withdrawn_because = models.TextField(_("Withdrawn, because"), blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_credit")], heading=_("Picture")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("figures_from"), FieldPanel("figures_to")], heading=_("Live figures")),
        MultiFieldPanel([FieldPanel("byline"), FieldPanel("writers")], heading=_("Byline")),
        InlinePanel("corrections", label=_("Correction")),
    ]
    promote_panels: ClassVar[list[Panel]] = [*Page.promote_panels, FieldPanel("tags")]
    settings_panels: ClassVar[list[Panel]] = [
        *Page.settings_panels,
        FieldPanel("comments_open"),
        FieldPanel("withdrawn_because"),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("folded")]

    class Meta:
        verbose_name = _("Article")

    def folded(self) -> str:
        """All its words as they are searched: without diacritics."""
        parts = (
            self.title,
            self.lead,
            self.byline,
            *self.body.stream_block.get_searchable_content(self.body),
        )
        return text.fold(" ".join(map(str, parts)))

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """The window of its live figures, when it has one."""
        return (self.figures_from, self.figures_to) if self.figures_from and self.figures_to else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its figures, related articles and neighbours."""
        from tinhgon_web.portal import selectors

        return super().get_context(request, *args, **kwargs) | selectors.article(self)


class Correction(Orderable):
    """A public note that something in an article was put right."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    made_on = models.DateField(_("Day"))
    note = models.TextField(_("What was put right"))
    panels: ClassVar[list[Panel]] = [FieldPanel("made_on"), FieldPanel("note")]
