"""Times the leader's screen on the demo: warm, and as the first request of a process that has just started.

Seconds of the wall and of the processor, of the view and its template (Django's test client, no network).
Usage: DEMO=1 DB=sqlite DATABASE_NAME=… python -m bench.board   (a database as bin/demo makes it)
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

ROUNDS = 40
PLACES = ("", "d-661")


def _client() -> object:
    from django.test import Client

    import tinhgon_web.wsgi  # noqa: F401  # what a server's process does before it takes requests
    from tinhgon_web.core.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.get(username="lanh-dao"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def _once(client: object, place: str) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    response = client.get("/tong-quan/", {"noi": place} if place else {})  # type: ignore[attr-defined]  # a test client
    assert response.status_code == 200, response.status_code
    return (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3


def cold(place: str) -> None:
    """The first request of this process."""
    sys.stdout.write(json.dumps(_once(_client(), place)))


def warm(place: str) -> dict[str, float]:
    """Percentiles over a few dozen requests."""
    client = _client()
    _once(client, place)
    runs = [_once(client, place) for _ in range(ROUNDS)]
    wall, cpu = (sorted(run[index] for run in runs) for index in (0, 1))
    return {
        "median_ms": statistics.median(wall),
        "p95_ms": wall[int(0.95 * ROUNDS)],
        "median_cpu_ms": statistics.median(cpu),
    }


def main() -> None:
    """Measure and print one line a place."""
    for place in PLACES:
        command = [sys.executable, "-m", "bench.board", "cold", place]
        first = [
            json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(3)
        ]
        found = warm(place) | {
            "cold_ms": min(run[0] for run in first),
            "cold_cpu_ms": min(run[1] for run in first),
        }
        rounded = {name: round(value, 1) for name, value in found.items()}
        sys.stdout.write(f"{json.dumps({'place': place or 'all', **rounded})}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["cold"]:
        cold(sys.argv[2])
    else:
        main()
