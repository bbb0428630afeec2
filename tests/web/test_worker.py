"""Jobs with a real worker process, on the database the tests run on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
from tinhgon_web.core import jobs
from tinhgon_web.core.models import User
user = User.objects.get_or_create(username="a")[0]
print(jobs.start({kind!r}, user, **{args!r}).pk)
"""
READ = """
from tinhgon_web.core import jobs
from tinhgon_web.core.models import Job
row = Job.objects.get(pk={job})
print(jobs.state(row), row.done, row.total, sorted((row.result or dict()).items()))
"""


@pytest.fixture(scope="module")
def environment(own_site: dict[str, str]) -> dict[str, str]:
    """A site of its own that knows the tests' jobs."""
    return own_site | {"DJANGO_SETTINGS_MODULE": "errands.settings"}


def manage(env: dict[str, str], *command: str) -> str:
    """What a command of the site prints last."""
    ran = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip().rpartition("\n")[2]


def started(env: dict[str, str], kind: str, **args: object) -> str:
    return manage(env, "shell", "--no-imports", "-c", START.format(kind=kind, args=args))


def read(env: dict[str, str], job: str) -> str:
    return manage(env, "shell", "--no-imports", "-c", READ.format(job=job))


def worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        "manage.py",
        "db_worker",
        "--no-startup-delay",
        "--interval",
        "0.1",
        "--no-reload",
        "--verbosity",
        "0",
    ]
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env)


def wait_until(env: dict[str, str], job: str, state: str) -> str:
    end = time.monotonic() + 600
    said = ""
    while time.monotonic() < end:
        said = read(env, job)
        if said.startswith(state):
            return said
        time.sleep(0.2)
    pytest.fail(f"the job never was {state}; it said: {said}")


def test_a_worker_does_what_was_started(environment: dict[str, str]) -> None:
    job = started(environment, "errands.count", to=7)
    assert read(environment, job).startswith("waiting 0 0")
    manage(environment, "db_worker", "--batch", "--no-startup-delay", "--no-reload", "--verbosity", "0")
    said = read(environment, job)
    assert said.startswith("done 7 7")
    assert "('counted', 7)" in said


def test_a_job_whose_worker_was_killed_is_lost(environment: dict[str, str]) -> None:
    job = started(environment, "errands.wait", seconds=300)
    process = worker(environment)
    try:
        wait_until(environment, job, "running")
        process.kill()
        process.wait(120)
        wait_until(environment, job, "lost")
    finally:
        process.kill()


def test_a_worker_told_to_end_ends_its_job_first(environment: dict[str, str]) -> None:
    job = started(environment, "errands.wait", seconds=300)
    process = worker(environment)
    try:
        wait_until(environment, job, "running")
        process.send_signal(signal.SIGTERM)
        process.wait(120)
        wait_until(environment, job, "lost")
    finally:
        process.kill()
