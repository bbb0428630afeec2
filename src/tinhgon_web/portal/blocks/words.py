"""Blocks of words: paragraphs, headings, quotes, tables and papers to take along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock


class Paragraphs(blocks.RichTextBlock):
    """Paragraphs; a figure's code in double braces becomes the figure."""

    def __init__(self, **options: object) -> None:
        super().__init__(features=["bold", "italic", "link", "ol", "ul"], **options)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "portal/blocks/text.html"


class Heading(blocks.CharBlock):
    """A heading inside the article."""

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "portal/blocks/heading.html"


class Quote(blocks.StructBlock):
    """Somebody's words."""

    words = blocks.TextBlock(label=_("Words"))
    said_by = blocks.CharBlock(label=_("Said by"), required=False)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "portal/blocks/quote.html"


class Table(blocks.StructBlock):
    """A table with its caption."""

    caption = blocks.CharBlock(label=_("Caption"))
    table = TypedTableBlock(
        [("text", blocks.CharBlock(required=False)), ("number", blocks.FloatBlock(required=False))]
    )

    class Meta:
        label = _("Table")
        icon = "table"
        template = "portal/blocks/table.html"


class Paper(blocks.StructBlock):
    """A document to open or keep."""

    document = DocumentChooserBlock(label=_("Document"))
    about = blocks.CharBlock(label=_("What it is"), required=False)

    class Meta:
        label = _("Document")
        icon = "doc-full"
        template = "portal/blocks/paper.html"
