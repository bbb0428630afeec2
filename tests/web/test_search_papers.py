"""Words of papers: of the register's documents once their files are public, and of the files that articles hold."""

from __future__ import annotations

import io
import zipfile

import newsroom
import pytest
from django.core.files.base import ContentFile
from django.test import TestCase
from pytest_django.fixtures import Settings
from test_library import file_of
from wagtail.documents.models import Document as Paper

from tinhgon_web.core.models import User
from tinhgon_web.documents.models import Document
from tinhgon_web.portal.search import selectors, services
from tinhgon_web.portal.search.spelling import read
from tinhgon_web.portal.services.papers import close_paper, open_paper

pytestmark = pytest.mark.django_db
DOCX = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>{}</w:t></w:document>'


def titles(words: str) -> list[str]:
    return [one.title for one in selectors.found(read(words))[:]]


def docx(words: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", DOCX.format(words))
    return kept.getvalue()


@pytest.fixture(autouse=True)
def _index() -> None:
    services.index_register()


def test_a_file_of_the_register_is_found_while_it_is_public() -> None:
    file, editor = file_of("qd2", "mot cau rat rieng"), User.objects.get(pk=1)
    services.index_register()
    assert titles("một câu rất riêng") == []
    open_paper(acting=editor, file=file)
    assert titles('"câu rất riêng"') == ["Quyết định 202/QĐ-UBND"]
    close_paper(acting=editor, file=file)
    assert titles("một câu rất riêng") == []


def test_a_file_is_found_once_its_words_are_read() -> None:
    file = file_of("qd2", "")
    open_paper(acting=User.objects.get(pk=1), file=file)
    file.folded = "doc sau khi cong khai"
    file.save()
    assert titles("đọc sau khi công khai") == ["Quyết định 202/QĐ-UBND"]


def test_a_closed_register_is_found_by_its_public_files_alone(settings: Settings) -> None:
    settings.OPEN_DATA = False
    open_paper(acting=User.objects.get(pk=1), file=file_of("qd2", "mot cau rat rieng"))
    services.index_register()
    assert titles("câu rất riêng") == titles("202/QĐ-UBND") == ["Quyết định 202/QĐ-UBND"]
    assert titles("88-BC/TU") == []


def test_what_a_place_keeps_for_itself_is_not_found() -> None:
    Document.objects.filter(pk="qd2").update(place="x1")
    open_paper(acting=User.objects.get(pk=1), file=file_of("qd2", "mot cau rat rieng"))
    services.index_register()
    assert titles("202/QĐ-UBND") == titles("câu rất riêng") == []


def test_an_article_is_found_by_the_words_of_its_papers_while_it_is_out() -> None:
    paper = Paper(title="Phụ lục", uploaded_by_user=User.objects.get(pk=1))
    paper.file.save("phu-luc.docx", ContentFile(docx("Danh sách buôn Kép")), save=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        paper.save()
    page = newsroom.article("Bài có phụ lục", live=False, body=[("paper", {"document": paper, "about": ""})])
    assert titles("buôn kép") == []
    page.save_revision().publish()
    assert titles("buôn kép") == ["Bài có phụ lục"]
    page.refresh_from_db()
    page.unpublish()
    assert titles("buôn kép") == []


def test_a_paper_that_cannot_be_read_does_no_harm() -> None:
    paper = Paper(title="Hỏng", uploaded_by_user=User.objects.get(pk=1))
    paper.file.save("hong.pdf", ContentFile(b"%PDF-1.7 nothing of one"), save=False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        paper.save()
    assert paper.words.folded == ""
