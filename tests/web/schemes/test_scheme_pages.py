"""The pages of a scheme at every stage: they answer, they say what they must, and only to whom it concerns."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
import scheming
from django.test import Client
from django.urls import reverse

from tinhgon_web.core import jobs
from tinhgon_web.core.models import Job
from tinhgon_web.schemes.models import Scheme

pytestmark = pytest.mark.django_db
TABS = ("scheme", "procedure", "placements", "enactment", "left-over", "compare")


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:
    scheming.set_the_scene()


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def logged_in(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]  # a User
    return client


def at(stage: str) -> Scheme:
    """A scheme at a stage."""
    if stage == "in_force":
        return scheming.enacted()
    scheme = scheming.started()
    if stage != "empty":
        scheming.planned(scheme)
    if stage == "under_way":
        scheming.through(scheme, "appraisal")
    return scheme


@pytest.mark.parametrize("stage", ["empty", "planned", "under_way", "in_force"])
@pytest.mark.parametrize("role", ["viewer", "editor", "approver"])
def test_every_tab_answers_at_every_stage_to_every_role(
    client_as: Callable[..., Client], stage: str, role: str
) -> None:
    scheme = at(stage)
    client = client_as(role)
    for tab in TABS:
        response = client.get(reverse(f"schemes:{tab}", args=[scheme.pk]))
        assert response.status_code == 200, tab
        assert "<html" in response.text
    if stage != "empty":
        assert client.get(reverse("schemes:variant", args=[scheme.pk, 1])).status_code == 200


def test_a_scheme_of_another_place_is_shown_to_nobody_else(client_as: Callable[..., Client]) -> None:
    scheme = at("planned")
    other = client_as("editor", "x1")
    assert other.get(f"/de-an/{scheme.pk}/").status_code == 403
    assert "Đề án thử" not in other.get("/de-an/").text
    assert other.post(f"/de-an/{scheme.pk}/phuong-an/1/chon/").status_code == 403
    assert "Đề án thử" in client_as("editor", "x2").get("/de-an/").text


def test_the_page_of_a_variant_draws_before_and_after(client: Client) -> None:
    text = client.get(f"/de-an/{at('planned').pk}/phuong-an/1/").text
    assert text.count('<svg class="map scheme-map') == 2
    assert 'class="area must" data-unit="x2v1"' in text
    assert 'class="area joined meets" data-unit="x2v1"' in text
    assert "style=" not in text


def test_an_edit_by_form_makes_a_copy_and_says_the_distance() -> None:
    scheme = at("planned")
    client = logged_in(scheming.drafter())
    response = client.post(
        f"/de-an/{scheme.pk}/phuong-an/1/sua/", {"do": "move", "unit": "x2v3", "to": "x2v2"}, follow=True
    )
    assert response.redirect_chain[-1][0].endswith("/phuong-an/2/")
    assert "+1 đơn vị giảm" in plain(response.text)
    undone = client.post(f"/de-an/{scheme.pk}/phuong-an/2/hoan-tac/", follow=True)
    assert "tốt bằng" in plain(undone.text)


def test_why_not_is_answered_in_place_and_can_be_taken_over() -> None:
    scheme = at("planned")
    client = logged_in(scheming.drafter())
    text = client.get(f"/de-an/{scheme.pk}/phuong-an/1/vi-sao/?a=x2v2&b=x2v3").text
    assert "<html" not in text
    assert "Thôn 2 nhập với Thôn 3" in plain(text)
    assert "+1 đơn vị giảm" in plain(text)
    fields = re.findall(r'name="(units|groups)" value="([^"]+)"', text)
    taken = {"do": "take", **{name: html.unescape(value) for name, value in fields}}
    client.post(f"/de-an/{scheme.pk}/phuong-an/1/sua/", taken, follow=True)
    made = scheme.variants.get(number=2)
    from tinhgon_web.schemes.selectors.variants import grouping

    assert [group.members for group in grouping(made).groups] == [("x2v1", "x2v2", "x2v3")]


def test_why_not_with_a_unit_that_does_not_touch_says_so(client: Client) -> None:
    text = client.get(f"/de-an/{at('planned').pk}/phuong-an/1/vi-sao/?a=x2v1&b=x2v3").text
    assert "Thôn 1 (x2v1), Thôn 3 (x2v3): bắt buộc nhập mà không liền kề nhau" in text


@pytest.mark.parametrize("asked", ["a=x2v1&b=x2v1", "a=x2v1&b=x1v1", "", "a=x2v1&b=khong"])
def test_why_not_with_units_that_are_none_says_so(client: Client, asked: str) -> None:
    response = client.get(f"/de-an/{at('planned').pk}/phuong-an/1/vi-sao/?{asked}")
    assert response.status_code == 200
    assert "Chọn hai đơn vị khác nhau" in response.text


@pytest.mark.parametrize("change", [{}, {"do": "fly"}, {"do": "take", "units": "{", "groups": "["}])
def test_an_edit_that_is_none_is_refused(change: dict[str, str]) -> None:
    response = logged_in(scheming.drafter()).post(f"/de-an/{at('planned').pk}/phuong-an/1/sua/", change)
    assert response.status_code == 400


def test_the_procedure_says_who_holds_it_since_when_and_what_is_missing(client: Client) -> None:
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "commune_council")
    text = plain(client.get(f"/de-an/{scheme.pk}/thu-tuc/").text)
    assert "Ủy ban nhân dân cấp xã giữ từ ngày 22/09/2019, 17 ngày." in text
    assert "Đã quá hạn ngày 04/10/2019." in text
    assert "Vai trò của ông (bà) không bao gồm bước này." in text
    own = plain(logged_in(scheming.drafter()).get(f"/de-an/{scheme.pk}/thu-tuc/").text)
    assert "Tờ trình" in own
    assert "Ghi nhận: Trình hồ sơ lên cấp huyện" in own


def test_a_refusal_is_told_with_its_clause_on_the_next_page() -> None:
    scheme = at("planned")
    client = logged_in(scheming.drafter())
    asked = {"buoc": "draft", "ngay-buoc": "20/9/2019"}
    text = client.post(f"/de-an/{scheme.pk}/thu-tuc/buoc/", asked, follow=True).text
    assert "Bước &#x27;Lập đề án&#x27; còn thiếu: đề án" in text
    assert "04/2012/TT-BNV" in text


def test_a_planning_run_is_a_job_that_keeps_a_variant(monkeypatch: pytest.MonkeyPatch) -> None:
    # Another connection looks whether the job goes on, and sees nothing of this test's transaction.
    monkeypatch.setattr("tinhgon_web.schemes.jobs._LOOK_EVERY", 3600)
    scheme = at("empty")
    client = logged_in(scheming.drafter())
    client.post(
        f"/de-an/{scheme.pk}/chay/", {"muc-tieu": "law", "buoc-1": "x2v3", "buoc-2": "x2v4", "ten": "Thử"}
    )
    job = Job.objects.get(kind="schemes.plan")
    assert jobs.state(job) == "done", job.message
    variant = scheme.variants.get()
    assert job.result == {"url": f"/de-an/{scheme.pk}/phuong-an/1/", "variant": 1, "interrupted": False}
    assert (variant.title, variant.wishes["forced"]) == ("Thử", [["x2v3", "x2v4"]])


@pytest.mark.parametrize(
    "asked", [{"muc-tieu": "dance"}, {"muc-tieu": "target", "con": "nhiều"}, {"muc-tieu": "target"}]
)
def test_a_planning_run_for_nothing_known_is_refused(asked: dict[str, str]) -> None:
    scheme = at("empty")
    response = logged_in(scheming.drafter()).post(f"/de-an/{scheme.pk}/chay/", asked, follow=True)
    assert "không phải mục tiêu" in response.text
    assert not Job.objects.exists()


def test_pages_of_a_scheme_do_not_grow_with_its_moves(client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(scheme: Scheme) -> int:
        client.get(f"/de-an/{scheme.pk}/thu-tuc/")
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/de-an/{scheme.pk}/thu-tuc/")
        return len(counted)

    scheme = at("planned")
    on = scheming.through(scheme, "draft")
    few = queries(scheme)
    scheming.go_on(scheme, "deciding_council", on)
    assert queries(scheme) <= few + 1


def test_the_step_of_consultation_leads_to_setting_up_a_round(client: Client) -> None:
    scheme = at("planned")
    scheming.through(scheme, "draft")
    own = logged_in(scheming.drafter())
    assert f"/dot-lay-y-kien/moi/?de-an={scheme.pk}" in own.get(f"/de-an/{scheme.pk}/thu-tuc/").text
    assert own.get(f"/dot-lay-y-kien/moi/?de-an={scheme.pk}").status_code == 200
    assert "dot-lay-y-kien/moi" not in client.get(f"/de-an/{scheme.pk}/thu-tuc/").text
