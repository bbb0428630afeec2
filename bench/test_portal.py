"""An article for anonymous readers: ours, with live figures and the page cache, beside plain Wagtail without a cache.

Both are served over HTTP by gunicorn with the same workers on this machine, in turns in one run; ours with the settings
of production. The plain site (bench/plain) has the same words and picture, no figures, no films, no comments. Run:
pytest bench/test_portal.py; BENCH_DEMO names a database made by bin/demo, otherwise the demo is loaded (minutes).
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARTICLE, PLAIN = "/sap-xep-bo-may/hai-nam-muoi-con-so/", "/bai-0/"
WORKERS, THREADS, READERS, ROUNDS, SECONDS, AT_LEAST = 2, 4, 4, 5, 2.0, 10
BEHIND = {"X-Forwarded-Proto": "https", "Host": "127.0.0.1"}
_DEMO = (
    ["migrate", "--verbosity", "0"],
    ["load_register", "demo/register", "--people", "demo/people.csv"],
    ["demo_accounts"],
    ["load_programmes", "demo/programmes.yaml"],
    ["demo_portal", "demo/portal.yaml"],
)


def run(command: list[str], environment: dict[str, str], folder: Path = ROOT) -> None:
    subprocess.run([sys.executable, *command], cwd=folder, env=os.environ | environment, check=True)


@contextmanager
def served(application: str, environment: dict[str, str], folder: Path) -> Iterator[int]:
    """A site's port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gunicorn = ["gunicorn", "--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket"]
    command = [
        sys.executable,
        "-m",
        *gunicorn,
        "--log-level",
        "warning",
        "--bind",
        f"127.0.0.1:{port}",
        application,
    ]
    process = subprocess.Popen(command, cwd=folder, env=os.environ | environment)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("ours")
    database = os.environ.get("BENCH_DEMO", "")
    common = {
        "DB": "sqlite",
        "DATABASE_NAME": database or str(folder / "db.sqlite3"),
        "MEDIA": str(Path(database).parent / "media" if database else folder / "media"),
        "CACHE_DIR": str(folder / "cache"),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tinhgon_web.settings",
    }
    production = {
        "SECRET_KEY": "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TODAY": "2019-10-09",
        "OPEN_DATA": "1",
        "DEMO": "",
        "DEBUG": "",
    }
    for command in () if database else _DEMO:
        run(["manage.py", *command], common | {"DEMO": "1"})
    run(["manage.py", "collectstatic", "--no-input", "--verbosity", "0"], common | production)
    with served("tinhgon_web.wsgi", common | production, ROOT) as port:
        yield port


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = ROOT / "bench" / "plain"
    database = tmp_path_factory.mktemp("plain") / "db.sqlite3"
    environment = {
        "PLAIN_DATABASE": str(database),
        "PYTHONPATH": str(folder),
        "DJANGO_SETTINGS_MODULE": "plain_settings",
    }
    run(["fill.py", str(ROOT / "demo/portal.yaml")], environment, folder)
    with served("plain_wsgi", environment, folder) as port:
        yield port


def read(port: int, address: str) -> tuple[int, bytes]:
    """One answer, waited for while the site starts."""
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", address, headers=BEHIND)
            response = connection.getresponse()
            return response.status, response.read()
        except ConnectionError:
            time.sleep(0.5)
    raise TimeoutError(address)


def a_second(port: int, address: str) -> float:
    """Requests a second of a few readers who ask again and again."""
    until, counts = time.perf_counter() + SECONDS, [0] * READERS

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            connection.request("GET", address, headers=BEHIND)
            response = connection.getresponse()
            response.read()
            assert response.status == 200
            counts[number] += 1

    readers = [threading.Thread(target=ask, args=[number]) for number in range(READERS)]
    start = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts) / (time.perf_counter() - start)


def test_an_article_beside_plain_wagtail(ours: int, plain: int, benchmark) -> None:  # type: ignore[no-untyped-def]  # pytest-benchmark's
    """At least ten times the requests a second, by the medians of rounds in turns."""
    for port, address, title in ((ours, ARTICLE, 'class="live"'), (plain, PLAIN, "<article>")):
        for _ in range(3 * WORKERS):  # every worker has made it once
            status, body = read(port, address)
            assert status == 200
            assert title in body.decode()
    counted: dict[str, list[float]] = {"ours": [], "plain": []}

    def in_turns() -> None:
        counted["ours"].append(a_second(ours, ARTICLE))
        counted["plain"].append(a_second(plain, PLAIN))

    benchmark.pedantic(in_turns, rounds=ROUNDS)
    told = {name: round(statistics.median(values), 1) for name, values in counted.items()}
    ratio = told["ours"] / told["plain"]
    benchmark.extra_info |= told | {"ratio": round(ratio, 1)}
    assert ratio >= AT_LEAST
