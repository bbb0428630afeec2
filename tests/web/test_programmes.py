"""Programmes and targets: set by whoever edits the whole register, with an audit line each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from test_pages import plain

from tinhgon_web.core.models import AuditLine
from tinhgon_web.work.models import Programme, Target

pytestmark = pytest.mark.django_db
NEW = {
    "indicator": "commune_part_time",
    "place": "h",
    "direction": "at_most",
    "value": "-3",
    "base": "0",
    "due_on": "31/12/2020",
    "clause": "Mục 2",
}


@pytest.fixture
def editor(client_as: Callable[..., Client]) -> Client:
    """Somebody who edits the whole register."""
    return client_as("editor")


def lines() -> list[tuple[str, str]]:
    found = AuditLine.objects.filter(kind__in=("target", "programme"))
    return list(found.order_by("pk").values_list("kind", "verb"))


def test_the_list_shows_each_target_with_its_side(client: Client) -> None:
    text = plain(client.get("/chuong-trinh/").text)
    assert "26-CTr/TU" in text
    assert "≤ −1" in text
    assert "Thêm chỉ tiêu" not in text


def test_a_reader_of_a_commune_does_not_see_another_s_targets(client_as: Callable[..., Client]) -> None:
    assert "Xã Đắk 2" in plain(client_as("viewer").get("/chuong-trinh/").text)
    assert "Xã Đắk 2" not in plain(client_as("viewer", "x1").get("/chuong-trinh/").text)


def test_a_target_is_added_changed_and_taken_away(editor: Client) -> None:
    assert editor.post("/chuong-trinh/chi-tieu/them/ctr26/", NEW).status_code == 302
    target = Target.objects.get(place="h")
    assert (target.value, target.due_on.isoformat(), target.synthetic) == (-3, "2020-12-31", False)
    assert "Xã" in editor.get("/tong-quan/?noi=h").text

    assert editor.post(f"/chuong-trinh/chi-tieu/{target.pk}/", {**NEW, "value": "-4"}).status_code == 302
    target.refresh_from_db()
    assert target.value == -4

    assert editor.post(f"/chuong-trinh/chi-tieu/{target.pk}/bo/").status_code == 302
    assert not Target.objects.filter(pk=target.pk).exists()
    assert lines() == [("target", "create"), ("target", "change"), ("target", "delete")]
    changed = AuditLine.objects.get(verb="change", kind="target")
    assert (changed.before["value"], changed.after["value"], changed.place) == ("-3.00", "-4", "h")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": "3"}, "phải bắt đầu"),
        ({"due_on": "hôm nào"}, "9/10/2019"),
        ({"indicator": "khong-co"}, "khong-co"),
        ({"value": "nhiều"}, "field wrong"),
        ({"place": "x9"}, "x9"),
    ],
)
def test_a_target_that_cannot_be_is_refused_with_its_reason(
    editor: Client, wrong: dict[str, str], said: str
) -> None:
    before = Target.objects.count()
    response = editor.post("/chuong-trinh/chi-tieu/them/ctr26/", {**NEW, **wrong})
    assert response.status_code == 400
    assert 'class="faults' in response.text
    assert said in response.text
    assert Target.objects.count() == before
    assert lines() == []


def test_the_same_target_twice_is_refused(editor: Client) -> None:
    assert editor.post("/chuong-trinh/chi-tieu/them/ctr26/", NEW).status_code == 302
    assert editor.post("/chuong-trinh/chi-tieu/them/ctr26/", NEW).status_code == 400
    assert Target.objects.filter(place="h").count() == 1


def test_a_document_becomes_a_programme_once(editor: Client) -> None:
    sent = {"document": "18-NQ/TW", "starts_on": "25/10/2017"}
    assert editor.post("/chuong-trinh/them/", sent).status_code == 302
    assert editor.post("/chuong-trinh/them/", sent).status_code == 400
    assert Programme.objects.filter(pk="nq18").count() == 1
    assert lines() == [("programme", "create")]


def test_whoever_edits_only_a_part_sets_no_targets(client_as: Callable[..., Client]) -> None:
    some = client_as("editor", "h")
    assert some.post("/chuong-trinh/chi-tieu/them/ctr26/", NEW).status_code == 403
    assert "Thêm chỉ tiêu" not in some.get("/chuong-trinh/").text
    assert lines() == []
