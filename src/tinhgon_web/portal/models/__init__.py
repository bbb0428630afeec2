"""The portal's tables: pages, those who write them, what the masthead says, and the numbers as they were published."""

from __future__ import annotations

from tinhgon_web.portal.models.office import Office
from tinhgon_web.portal.models.pages import ArticlePage, ArticleTag, Correction, FrontPage, SectionPage
from tinhgon_web.portal.models.papers import PaperWords, PublicPaper
from tinhgon_web.portal.models.published import PublishedFigure
from tinhgon_web.portal.models.workflow import SecondPerson
from tinhgon_web.portal.models.writers import Writer

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Correction",
    "FrontPage",
    "Office",
    "PaperWords",
    "PublicPaper",
    "PublishedFigure",
    "SecondPerson",
    "SectionPage",
    "Writer",
]
