"""Blocks of pictures and films."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import VideoChooserBlock


class Photo(blocks.StructBlock):
    """A photo with caption, words for those who cannot see it, and credit."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"))
    alt = blocks.CharBlock(label=_("What it shows, for those who cannot see it"))
    credit = blocks.CharBlock(label=_("Credit"), required=False)

    class Meta:
        label = _("Photo")
        icon = "image"
        template = "portal/blocks/photo.html"


class Gallery(blocks.ListBlock):
    """Several photos."""

    def __init__(self, **options: object) -> None:
        super().__init__(Photo(), **options)

    class Meta:
        label = _("Gallery")
        icon = "image"
        template = "portal/blocks/gallery.html"


class Chapter(blocks.StructBlock):
    """A place in a film: second and title."""

    second = blocks.IntegerBlock(label=_("Second"), min_value=0)
    title = blocks.CharBlock(label=_("Title"))


class Film(blocks.StructBlock):
    """A film with its caption, what is said in it, and its chapters."""

    film = VideoChooserBlock(label=_("Film"))
    caption = blocks.CharBlock(label=_("Caption"))
    transcript = blocks.TextBlock(label=_("What is said"), required=False)
    captions = blocks.TextBlock(label=_("Captions (WebVTT)"), required=False)
    chapters = blocks.ListBlock(Chapter(), label=_("Chapters"), required=False, default=[])

    class Meta:
        label = _("Film")
        icon = "media"
        template = "portal/blocks/film.html"
