"""The site over a synthetic country with 20 users at once: `bin/bench site [--think 1.5] [--seconds 60]`.

Loads the country (bench/site_country.py) into the PostgreSQL that DB and DATABASE_* name, unless one is in it; serves
the site as in production by gunicorn; lets users log in by the form and ask for pages; prints how long answers took by
the clock, and how much of the processors each kind of page took of the site and of the database.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import site_country
from site_client import PASSWORD, Measured, Visitor, visits
from site_processors import Processors, ticking

USERS, WORKERS, THREADS, PORT = 20, 2, 4, 8765
ROOT = Path(__file__).parents[1]
_GUNICORN = (
    "gunicorn --preload --bind 127.0.0.1:{port} --workers {workers} --threads {threads} --keep-alive 65 "
    "--log-level warning --no-control-socket tinhgon_web.wsgi"
)


def settings() -> dict[str, str]:
    """The environment of a site in production, on the day the country is looked at."""
    return {
        "SECRET_KEY": "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TODAY": "2019-10-09",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tinhgon_web.settings",
    }


def prepare() -> None:
    """An empty database is filled; one that has the country is left as it is."""
    _manage("migrate", "--verbosity", "0")
    _manage("collectstatic", "--no-input", "--verbosity", "0")
    with tempfile.TemporaryDirectory() as folder:
        if "has the country" not in _manage("shell", "-c", _HAS):
            site_country.write(Path(folder) / "country")
            _manage("load_register", str(Path(folder) / "country"))
    _manage("shell", "-c", _ACCOUNTS.format(users=USERS, password=PASSWORD))


_HAS = """
from tinhgon_web.apparatus.models import JournalEntry
print("has the country" if JournalEntry.objects.exists() else "empty")
"""
# Three in four read the whole register, the others one province.
_ACCOUNTS = """
import datetime as dt
from django.db import connection
from tinhgon_web.core.models import Grant, User
connection.cursor().execute("ANALYZE")
for number in range({users}):
    user, made = User.objects.get_or_create(username=f"u{{number}}", defaults={{"full_name": f"User {{number}}"}})
    if made:
        user.set_password("{password}")
        user.save()
        place = "p%d" % number if number % 4 == 0 else ""
        Grant.objects.create(user=user, role="viewer", place=place, start=dt.date(2019, 1, 1))
"""


def _manage(*arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


@contextmanager
def served() -> Iterator[int]:
    """The site, once it answers; gives gunicorn's process id."""
    command = _GUNICORN.format(port=PORT, workers=WORKERS, threads=THREADS).split()
    started = time.perf_counter()
    with subprocess.Popen([str(Path(sys.executable).with_name(command[0])), *command[1:]], cwd=ROOT) as site:
        try:
            Visitor.wait(PORT)
            sys.stdout.write(f"first answer {time.perf_counter() - started:.1f} s after gunicorn's start\n")
            yield site.pid
        finally:
            site.terminate()


def alone(processors: Processors, each: int) -> None:
    """Each kind of page by one visitor, for the processor time of a request."""
    sys.stdout.write(
        f"\n{'alone':22}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'site ms':>9}{'db ms':>9}{'kB':>8}\n"
    )
    visitor = Visitor(PORT, 1)
    visitor.log_in()
    for kind in visits(1):
        for address in kind.addresses(each // 3):
            visitor.get(kind.name, address)
        measured = Measured()
        site, database = processors.site(), processors.database()
        for address in kind.addresses(each):
            measured.add(kind.name, *visitor.get(kind.name, address))
        spent = (processors.site() - site) / each, (processors.database() - database) / each
        sys.stdout.write(measured.line(kind.name, *(f"{one * 1000:9.0f}" for one in spent)))


def together(seconds: float, think: float) -> None:
    """All users at once, each with a pause after every answer: `think` seconds, by chance half more or less."""
    measured, lasted = Visitor.crowd(PORT, USERS, seconds, think)
    pause = f"{think} s of thought" if think else "no thought"
    sys.stdout.write(f"\n{USERS} users, {pause}, {measured.count / lasted:.1f} requests a second\n")
    for name in measured.names():
        sys.stdout.write(measured.line(name))


def main() -> None:
    """Prepare, serve, measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--think", type=float, default=1.5, help="seconds between an answer and the next request"
    )
    asked.add_argument("--seconds", type=float, default=60, help="how long each crowd stays")
    asked.add_argument("--each", type=int, default=30, help="requests of each kind by a visitor alone")
    asked.add_argument("--prepared", action="store_true", help="the database and the static files are there")
    options = asked.parse_args()
    os.environ.update(settings())
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a text stream, as always here
    if not options.prepared:
        prepare()
    with served() as pid:
        alone(Processors(pid), options.each)
        for think in dict.fromkeys((options.think, 0.0)):
            with ticking():
                together(options.seconds, think)


if __name__ == "__main__":
    main()
