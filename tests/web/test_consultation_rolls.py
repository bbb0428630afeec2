"""Reading and filling rolls: what a sheet would change; big ones by jobs, all or nothing; small ones at once."""

from __future__ import annotations

import re

import asking
import pytest
from django.db import transaction
from django.test import Client

from tinhgon_web.consultation import sheets
from tinhgon_web.consultation.models import RollLine, RollUpload, Round
from tinhgon_web.consultation.services import filling, rounds
from tinhgon_web.core import jobs
from tinhgon_web.core.models import Job

pytestmark = pytest.mark.django_db


def looked_at(held: Round, count: int = 10) -> RollUpload:
    return filling.preview_roll(
        acting=asking.person("can-bo"),
        round_id=held.pk,
        units=asking.UNITS,
        name="ds.xlsx",
        rows=asking.rows(count=count),
    )


def confirmed(held: Round) -> Client:
    client = Client()
    client.force_login(asking.person("can-bo"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/xac-nhan/")
    return client


def lines(held: Round) -> int:
    return RollLine.objects.filter(roll__round=held).count()


def test_a_big_roll_is_filled_by_a_job_that_leads_back_to_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BIG", 20)
    held = asking.drafted()
    looked_at(held)
    client = confirmed(held)
    job = Job.objects.get(kind="consultation.fill")
    assert jobs.state(job) == "done", job.message
    assert (job.done, job.total, lines(held)) == (20, 20, 20)
    assert job.result["url"] == f"/dot-lay-y-kien/{held.pk}/"
    assert client.get(f"/cong-viec/{job.pk}/").status_code == 200


def test_a_small_roll_is_filled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BIG", 21)
    held = asking.drafted()
    looked_at(held)
    confirmed(held)
    assert (Job.objects.count(), lines(held)) == (0, 20)


def test_a_job_stopped_half_way_leaves_the_rolls_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "_AT_ONCE", 6)
    held = asking.filled(asking.drafted(), 2)
    upload = looked_at(held)
    written: list[int] = []

    def stop(done: int, total: int) -> None:
        written.append(done)
        if done > total / 2:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped), transaction.atomic():
        filling.confirm_roll(acting=asking.person("can-bo"), upload_id=upload.pk, progress=stop)
    assert written == [6, 12]
    assert lines(held) == 4
    assert RollUpload.objects.filter(pk=upload.pk).exists()


def test_a_sheet_fills_the_rolls_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BIG", 1)
    held = asking.drafted()
    upload = looked_at(held)
    for _ in range(2):
        jobs.start(
            "consultation.fill", asking.person("can-bo"), place="x1", upload=upload.pk, round_id=held.pk
        )
    first, second = Job.objects.filter(kind="consultation.fill").order_by("pk")
    assert (jobs.state(first), jobs.state(second)) == ("done", "failed")
    assert "đã được xử lý" in second.message[0]
    assert lines(held) == 20


def sent(held: Round, *rows: tuple[object, ...]) -> tuple[str, str]:
    """Where uploading a sheet leads, and the text there and on the page of filling."""
    client = Client()
    client.force_login(asking.person("can-bo"), backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(
        f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/", {"file": asking.sheet(*rows)}, follow=True
    )
    return response.request["PATH_INFO"], client.get(f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/").text


def test_a_big_sheet_is_read_by_a_job_that_leads_to_its_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "BIG_SHEET", 1)
    monkeypatch.setattr(sheets, "_TOLD_EVERY", 1)
    held = asking.drafted()
    led, text = sent(held, ("", "x1v3", "1", "Ông A", "Số 1"), ("", "x1v9", "2", "Ông B", "Số 2"))
    job = Job.objects.get(kind="consultation.read")
    assert led == f"/cong-viec/{job.pk}/"
    assert jobs.state(job) == "done", job.message
    assert (job.done, job.total, job.result["url"]) == (4, 4, f"/dot-lay-y-kien/{held.pk}/nhap-danh-sach/")
    assert re.search(r'<td class="n">4</td><td>Không có thôn', text)
    assert RollUpload.objects.get().sheet is None
    assert lines(held) == 0


def test_a_small_sheet_is_read_at_once() -> None:
    held = asking.drafted()
    led, text = sent(held, ("", "x1v3", "1", "Ông A", "Số 1"))
    assert led.endswith("/nhap-danh-sach/")
    assert "xac-nhan" in text
    assert not Job.objects.exists()


def test_a_sheet_whose_reading_was_stopped_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    held = asking.drafted()
    content = asking.sheet(*(("", "x1v3", n, f"Ông {n}", f"Số {n}") for n in range(20))).getvalue()
    clerk = asking.person("can-bo")
    upload = filling.keep_sheet(acting=clerk, round_id=held.pk, name="ds.xlsx", content=content)
    args = {"upload": upload.pk, "units": asking.UNITS, "round_id": held.pk}
    monkeypatch.setattr(sheets, "_TOLD_EVERY", 5)
    with monkeypatch.context() as patched:
        patched.setattr(jobs.Running, "should_stop", lambda job: True)
        job = jobs.start("consultation.read", clerk, place="x1", **args)
    assert jobs.state(job) in ("stopped", "lost")
    with pytest.raises(filling.UnableToChangeRoll):
        filling.confirm_roll(acting=clerk, upload_id=upload.pk)
    assert jobs.state(jobs.again(job)) == "done"
    upload.refresh_from_db()
    assert upload.counts == {"x1v3": 20}


def test_the_preview_tells_new_changed_and_gone_households_from_those_that_stay() -> None:
    held = asking.filled(asking.drafted(), 3)
    _led, text = sent(
        held,
        ("", "x1v3", "x1v3-1", "Chủ hộ x1v3 1", "Số 1"),
        ("", "x1v3", "x1v3-2", "Bà Mai", "Số 2"),
        ("", "x1v3", "x1v3-9", "Ông Mới", "Số 9"),
    )
    changes = RollUpload.objects.get().changes
    assert {kind: changes[kind] for kind in ("new", "changed", "gone", "same")} == {
        "new": 1,
        "changed": 1,
        "gone": 1,
        "same": 1,
    }
    assert "Chủ hộ x1v3 2, Số 2 · Thôn 3" in text
    assert "Bà Mai, Số 2 · Thôn 3" in text
    assert lines(held) == 6


def test_a_sheet_looked_at_before_another_filled_the_roll_is_looked_at_again() -> None:
    held = asking.filled(asking.drafted(), 2)
    upload = looked_at(held, 3)
    other = filling.preview_roll(
        acting=asking.person("can-bo-2"), round_id=held.pk, units=asking.UNITS, name="b", rows=asking.rows(count=4)
    )  # fmt: skip
    filling.confirm_roll(acting=asking.person("can-bo-2"), upload_id=other.pk)
    with pytest.raises(filling.UnableToChangeRoll, match="looked at"):
        filling.confirm_roll(acting=asking.person("can-bo"), upload_id=upload.pk)
    assert lines(held) == 8


def test_a_household_on_a_roll_the_sheet_does_not_replace_is_refused() -> None:
    held = asking.filled(asking.drafted(), 2)
    _led, text = sent(held, ("", "x1v4", "x1v3-1", "Chủ hộ x1v3 1", "Số 1"))
    assert re.search(r'<td class="n">3</td><td>Mã hộ này đã có trong danh sách', text)


def test_a_sheet_nobody_confirmed_goes_when_the_round_opens() -> None:
    held = asking.filled(asking.drafted(), 2)
    looked_at(held)
    asking.posted(held)
    rounds.open_round(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)
    assert not RollUpload.objects.exists()
