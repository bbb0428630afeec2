"""Articles in the search: found from the moment they are out until they are taken back."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage
from tinhgon_web.portal.search import selectors, services
from tinhgon_web.portal.search.spelling import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> SectionPage:
    root = Page.objects.get(depth=1)
    front = root.add_child(instance=FrontPage(title="Cổng", slug="cong-thu"))
    return front.add_child(instance=SectionPage(title="Tin", slug="tin-thu"))


def titles(words: str) -> list[str]:
    return [one.title for one in selectors.found(read(words), ("article",))[:]]


def article(section: SectionPage, **more: object) -> ArticlePage:
    made = section.add_child(
        instance=ArticlePage(title="Chuyện làng Bù Gia", lead="Lời dẫn", slug="chuyen", live=False, **more)
    )
    assert isinstance(made, ArticlePage)
    return made


def test_an_article_is_found_while_it_is_out(section: SectionPage) -> None:
    page = article(section)
    assert titles("bu gia") == []
    page.save_revision().publish()
    assert titles("bu gia") == ["Chuyện làng Bù Gia"]
    page.title = "Chuyện phố"
    page.save_revision()
    assert titles("bu gia") == ["Chuyện làng Bù Gia"]
    page.save_revision().publish()
    assert titles("bu gia") == []
    assert titles("chuyện phố") == ["Chuyện phố"]
    page.refresh_from_db()
    page.unpublish()
    assert titles("chuyện phố") == []


def test_what_was_withdrawn_is_not_found(section: SectionPage) -> None:
    page = article(section)
    page.save_revision().publish()
    page.refresh_from_db()
    page.withdrawn_because = "Sai số liệu"
    page.save_revision().publish()
    assert titles("bu gia") == []


def test_what_was_taken_back_behind_the_index_is_not_found(section: SectionPage) -> None:
    page = article(section)
    page.save_revision().publish()
    ArticlePage.objects.filter(pk=page.pk).update(live=False)
    assert titles("bu gia") == []
    services.index_all()
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    assert titles("bu gia") == []


def test_what_is_only_for_some_is_not_found(section: SectionPage) -> None:
    page = article(section)
    page.save_revision().publish()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert titles("bu gia") == []


def test_a_deleted_article_is_gone(section: SectionPage) -> None:
    page = article(section)
    page.save_revision().publish()
    page.delete()
    assert titles("bu gia") == []
