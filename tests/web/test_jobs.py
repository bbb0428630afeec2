"""Jobs: what becomes of them, what their pages say, and whose they are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from errands import jobs as errands  # registers the tests' kinds

from tinhgon_web.core import jobs
from tinhgon_web.core.models import Grant, Job, User

pytestmark = pytest.mark.django_db
assert errands


def person(name: str) -> User:
    user = User.objects.create_user(name, full_name=name)
    Grant.objects.create(user=user, role="viewer", start=dt.date(2018, 1, 1))
    return user


@pytest.fixture
def officer() -> User:
    return person("officer")


@pytest.fixture
def own(officer: User) -> Client:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def halted(officer: User, state: str, silent: float = 0, kind: str = "errands.count") -> Job:
    """A job as a worker left it, that many seconds ago."""
    then = timezone.now() - dt.timedelta(seconds=silent)
    return Job.objects.create(
        kind=kind, acting=officer, args={"to": 2}, state=state, started=then, alive_at=then, done=1, total=4
    )


def test_a_job_done_holds_its_result(officer: User) -> None:
    job = jobs.start("errands.count", officer, place="h", to=3)
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert job.result == {"url": "/van-ban/", "counted": 3, "by": officer.pk, "place": "h"}
    assert job.ended is not None


def test_a_refusal_is_kept_in_both_languages(officer: User) -> None:
    job = jobs.start("errands.refuse", officer)
    assert (job.state, job.message) == ("failed", ["không được", "not allowed"])


def test_a_fault_is_told_without_its_insides(officer: User, caplog: pytest.LogCaptureFixture) -> None:
    job = jobs.start("errands.break", officer)
    assert job.state == "failed"
    assert "a fault" not in "".join(job.message)
    assert "a fault" in caplog.text


def test_an_unknown_kind_is_not_started(officer: User) -> None:
    with pytest.raises(jobs.UnableToStartJob):
        jobs.start("errands.fly", officer)
    assert not Job.objects.exists()


def test_a_job_stopped_while_it_waits_is_never_done(officer: User) -> None:
    job = halted(officer, "waiting")
    jobs.stop(job)
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("stopped", None)


def test_a_running_job_hears_that_it_should_stop(officer: User) -> None:
    row = halted(officer, "running")
    running = jobs.Running(row)
    assert not running.should_stop()
    jobs.stop(row)
    assert jobs.Running(row).should_stop()


def test_a_silent_job_is_lost_and_can_be_started_again_once(officer: User, own: Client) -> None:
    job = halted(officer, "running", silent=3600)
    assert jobs.state(job) == "lost"
    text = own.get(f"/cong-viec/{job.pk}/").text
    assert "Tiến trình xử lý đã dừng" in text
    first = own.post(f"/cong-viec/{job.pk}/lai/").headers["Location"]
    second = own.post(f"/cong-viec/{job.pk}/lai/").headers["Location"]
    assert first == second != f"/cong-viec/{job.pk}/"
    assert Job.objects.count() == 2
    job.refresh_from_db()
    assert job.state == "lost"
    assert job.again is not None
    assert job.again.state == "done"


def test_a_job_given_up_as_lost_hears_it(officer: User) -> None:
    row = halted(officer, "running", silent=3600)
    jobs.again(row)
    assert jobs.Running(row).should_stop()


def test_a_job_done_is_not_started_again(officer: User, own: Client) -> None:
    job = halted(officer, "done")
    own.post(f"/cong-viec/{job.pk}/lai/")
    assert Job.objects.count() == 1


def test_a_running_job_asks_for_itself_anew_and_a_done_one_does_not(officer: User, own: Client) -> None:
    running, done = halted(officer, "running"), halted(officer, "done")
    htmx = {"HX-Request": "true"}
    fragment = own.get(f"/cong-viec/{running.pk}/?theo=1", headers=htmx)
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    assert 'hx-trigger="every 1s"' in fragment.text
    assert 'value="25"' in fragment.text
    over = own.get(f"/cong-viec/{done.pk}/", headers=htmx)
    assert over.status_code == 286
    assert "hx-trigger" not in over.text


def test_a_job_followed_to_its_end_leads_to_its_result(officer: User, own: Client) -> None:
    job = jobs.start("errands.count", officer, to=1)
    response = own.get(f"/cong-viec/{job.pk}/?theo=1", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/van-ban/"


def test_nobody_sees_or_stops_the_job_of_another(officer: User) -> None:
    job = halted(officer, "running")
    other = Client()
    other.force_login(person("other"), backend="django.contrib.auth.backends.ModelBackend")
    assert other.get(f"/cong-viec/{job.pk}/").status_code == 404
    for verb in ("dung", "lai"):
        assert other.post(f"/cong-viec/{job.pk}/{verb}/").status_code == 404
    assert f"/cong-viec/{job.pk}/" not in other.get("/cong-viec/").text
    job.refresh_from_db()
    assert not job.stop_requested


def test_stopping_takes_a_post(officer: User, own: Client) -> None:
    job = halted(officer, "running")
    assert own.get(f"/cong-viec/{job.pk}/dung/").status_code == 405
    own.post(f"/cong-viec/{job.pk}/dung/")
    job.refresh_from_db()
    assert job.stop_requested
