"""What an article's page shows of the desk."""

from __future__ import annotations

from django import template

from tinhgon_web.desk import selectors
from tinhgon_web.desk.models import Comment
from tinhgon_web.desk.services.comments import is_open
from tinhgon_web.portal.models import ArticlePage

register = template.Library()


@register.simple_tag
def comments_of(page: ArticlePage) -> list[Comment]:
    """The published comments of an article."""
    return selectors.published(page)


@register.filter
def takes_comments(page: ArticlePage) -> bool:
    """Whether readers may comment on an article now."""
    return is_open(page)
