"""From draft to public: nobody publishes alone, an hour is kept, a withdrawn article says why, every revision stays."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import newsroom
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.test import Client, TestCase
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Revision

from tinhgon_web.core.models import User
from tinhgon_web.portal.approval import publish_due
from tinhgon_web.portal.models import ArticlePage, Correction, SecondPerson

pytestmark = pytest.mark.django_db
Clients = Callable[..., Client]


def submitted(client_as: Clients, **fields: object) -> tuple[ArticlePage, Client, Client]:
    """An article the portal's editor sent in, with the clients of the editor and of an approver."""
    writer, approver = client_as("portal_editor"), client_as("approver")
    for client in (writer, approver):
        assert client.get("/bien-tap/").status_code == 200
    page = newsroom.article(live=False, **fields)
    author = User.objects.get(username="portal_editor-all")
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page, writer, approver


def decide(client: Client, page: ArticlePage, action: str = "approve") -> int:
    state = page.current_workflow_task_state
    address = f"/bien-tap/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    return client.post(address, {"comment": "Đã xem"}).status_code


def test_who_writes_cannot_publish(client_as: Clients) -> None:
    page, writer, approver = submitted(client_as)
    assert decide(writer, page) in (302, 403, 404)
    page.refresh_from_db()
    assert not page.live
    for name, client in (("portal_editor-all", writer), ("approver-all", approver)):
        rights = page.permissions_for_user(User.objects.get(username=name))
        assert not rights.can_publish()
        assert not rights.can_unpublish()
        assert 'name="action-publish"' not in client.get(f"/bien-tap/pages/{page.pk}/edit/").text


def test_a_second_person_publishes_by_approving_and_the_numbers_are_kept(client_as: Clients) -> None:
    page, _writer, approver = submitted(client_as)
    assert decide(approver, page) == 302
    page.refresh_from_db()
    assert page.live
    assert {row.code for row in page.published_figures.all()} == {"divisions"}
    assert Client().get(page.url).status_code == 200


def test_who_changed_it_while_approving_is_no_second_person(client_as: Clients) -> None:
    page, _writer, _approver = submitted(client_as)
    second = User.objects.get(username="approver-all")
    page.save_revision(user=second)
    task = SecondPerson.objects.get()
    assert "approve" not in [name for name, _label, _modal in task.get_actions(page, second)]
    with pytest.raises(PermissionDenied):
        task.on_action(page.current_workflow_task_state, second, "approve")


def test_a_draft_is_not_to_be_seen(client_as: Clients) -> None:
    page, _writer, _approver = submitted(client_as)
    address = page.get_url_parts()[2]
    assert Client().get(address).status_code == 404
    assert page.title not in Client().get("/").text
    assert Client().get(f"/bien-tap/pages/{page.pk}/view_draft/").status_code == 302


def test_an_hour_is_kept(client_as: Clients) -> None:
    page, _writer, approver = submitted(client_as, go_live_at=timezone.now() + dt.timedelta(hours=2))
    decide(approver, page)
    page.refresh_from_db()
    assert not page.live
    publish_due.func()
    page.refresh_from_db()
    assert not page.live
    came = timezone.now() - dt.timedelta(minutes=1)
    revision = Revision.objects.get(pk=page.latest_revision_id)
    revision.content["go_live_at"], revision.approved_go_live_at = came.isoformat(), came
    revision.save()
    publish_due.func()
    page.refresh_from_db()
    assert page.live
    assert page.published_figures.count() == 1


def test_a_withdrawn_article_stays_with_its_reason_and_is_listed_nowhere() -> None:
    page = newsroom.article("Bài có lỗi", lead="Câu này sai.")
    page.withdrawn_because = "Nêu sai tên thôn."
    page.save_revision().publish()
    text = Client().get(page.url).text
    assert "Nêu sai tên thôn." in text
    assert "Câu này sai." not in text
    assert '<meta name="robots" content="noindex">' in text
    for address in ("/", "/sap-xep/", "/rss.xml", "/atom.xml"):
        assert "Bài có lỗi" not in Client().get(address).text
    assert page.revisions.count() == 2


def test_a_correction_is_told_with_its_day() -> None:
    page = newsroom.article()
    Correction.objects.create(page=page, made_on=dt.date(2019, 10, 10), note="Thôn 2, không phải Thôn 3.")
    text = Client().get(page.url).text
    assert "10/10/2019" in text
    assert "Thôn 2, không phải Thôn 3." in text


def test_an_address_has_no_diacritics(client_as: Clients) -> None:
    parent = newsroom.section()
    form = ArticlePage.get_edit_handler().get_form_class()
    page = ArticlePage(title="Buôn Đắk R'moan")
    sent = {"title": page.title, "slug": "buôn-đắk-rmoan", "lead": "x", "body-count": "0"}
    bound = form(sent, instance=page, parent_page=parent, for_user=User.objects.get(pk=1))
    bound.is_valid()
    assert bound.cleaned_data["slug"] == "buon-dak-rmoan"


def test_a_picture_can_be_deleted() -> None:
    content = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(content, "PNG")
    image = Image.objects.create(title="x", file=ImageFile(content, name="x.png"))
    path = Path(image.file.path)
    with TestCase.captureOnCommitCallbacks(execute=True):
        image.delete()
    assert not path.exists()
