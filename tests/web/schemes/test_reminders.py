"""Reminders go to whoever holds a step, once before its limit and once after; stopping a run keeps the best so far."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import scheming
from django.core import mail
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from tinhgon_web.schemes import jobs, services
from tinhgon_web.schemes.models import Reminder, Scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> Scheme:
    """A scheme whose submission to the district waits since 22 September 2019, due on 4 October."""
    scheming.set_the_scene()
    scheme = scheming.started()
    scheming.planned(scheme)
    scheming.through(scheme, "commune_council")
    holder = scheming.drafter()
    holder.email = "xa@example.org"
    holder.save()
    return scheme


def reminded(on: dt.date) -> list[tuple[str, str, int]]:
    return [(one.step, one.sort, one.people) for one in services.remind(on=on)]


def test_who_holds_a_step_is_reminded_once_before_its_limit_and_once_after(
    waiting: Scheme, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert reminded(dt.date(2019, 9, 30)) == []
        assert reminded(dt.date(2019, 10, 1)) == [("submission", "due", 1)]
        assert reminded(dt.date(2019, 10, 2)) == []
        assert reminded(dt.date(2019, 10, 5)) == [("submission", "overdue", 1)]
        assert reminded(dt.date(2019, 10, 9)) == []
    assert [message.to for message in mail.outbox] == [["xa@example.org"]] * 2
    assert "Trình hồ sơ lên cấp huyện, quá hạn từ ngày 04/10/2019" in mail.outbox[1].subject
    assert f"/de-an/{waiting.pk}/thu-tuc/" in mail.outbox[1].body


def test_the_command_reminds(waiting: Scheme, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("remind_schemes")
    assert capsys.readouterr().out == "1 steps reminded of\n"
    assert Reminder.objects.get().scheme == waiting


class Asked:
    """A job that somebody asked to stop."""

    def should_stop(self) -> bool:
        return True


def test_a_run_that_should_stop_is_interrupted_as_by_a_key() -> None:
    def run() -> None:
        with jobs._interrupted_when_asked(Asked()):  # type: ignore[arg-type]  # a stand-in
            for _ in range(100):
                time.sleep(0.1)

    with pytest.raises(KeyboardInterrupt):
        run()
