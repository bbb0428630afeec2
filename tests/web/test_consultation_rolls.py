"""Filling big rolls: by a job, all of it or nothing; small ones at once."""

from __future__ import annotations

import asking
import pytest
from django.db import transaction
from django.test import Client

from tinhgon_web.consultation.models import RollLine, RollUpload, Round
from tinhgon_web.consultation.services import rolls
from tinhgon_web.core import jobs
from tinhgon_web.core.models import Job

pytestmark = pytest.mark.django_db


def looked_at(held: Round, count: int = 10) -> RollUpload:
    return rolls.preview_roll(
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
    monkeypatch.setattr(rolls, "BIG", 20)
    held = asking.drafted()
    looked_at(held)
    client = confirmed(held)
    job = Job.objects.get(kind="consultation.fill")
    assert jobs.state(job) == "done", job.message
    assert (job.done, job.total, lines(held)) == (20, 20, 20)
    assert job.result["url"] == f"/dot-lay-y-kien/{held.pk}/"
    assert client.get(f"/cong-viec/{job.pk}/").status_code == 200


def test_a_small_roll_is_filled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolls, "BIG", 21)
    held = asking.drafted()
    looked_at(held)
    confirmed(held)
    assert (Job.objects.count(), lines(held)) == (0, 20)


def test_a_job_stopped_half_way_leaves_the_rolls_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolls, "_AT_ONCE", 6)
    held = asking.filled(asking.drafted(), 2)
    upload = looked_at(held)
    written: list[int] = []

    def stop(done: int, total: int) -> None:
        written.append(done)
        if done > total / 2:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped), transaction.atomic():
        rolls.confirm_roll(acting=asking.person("can-bo"), upload_id=upload.pk, progress=stop)
    assert written == [6, 12]
    assert lines(held) == 4
    assert RollUpload.objects.filter(pk=upload.pk).exists()


def test_a_sheet_fills_the_rolls_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolls, "BIG", 1)
    held = asking.drafted()
    upload = looked_at(held)
    for _ in range(2):
        jobs.start(
            "consultation.fill", asking.person("can-bo"), place="x1", upload=upload.pk, round_id=held.pk
        )
    first, second = Job.objects.filter(kind="consultation.fill").order_by("pk")
    assert (jobs.state(first), jobs.state(second)) == ("done", "failed")
    assert "đã được ghi vào danh sách" in second.message[0]
    assert lines(held) == 20
