"""Readers counted at once, from several processes: whether a view is lost, or a reader counted twice.

In a database of its own, as bench/consultation.py makes it; made-up readers.

    python bench/counting.py --processes 4 --readers 50               # SQLite
    bin/postgres python bench/counting.py --processes 4 --readers 50  # PostgreSQL
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import time

from consultation import database

DAY = dt.date(2026, 11, 23)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument(
        "--readers", type=int, default=50, help="of each process; as many again are everybody's"
    )
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker is not None:
        count(asked.page, asked.worker, asked.readers)
        return
    with database():
        sys.stdout.write(json.dumps(race(asked.processes, asked.readers)) + "\n")


def race(processes: int, readers: int) -> dict[str, float]:
    """Let the processes count; the views that came, and those that should have."""
    from tinhgon_web.desk.selectors import views_of

    page = article()
    options = ["--readers", str(readers), "--page", str(page)]
    began = time.perf_counter()
    started = [
        subprocess.Popen([sys.executable, __file__, "--worker", str(worker), *options])
        for worker in range(processes)
    ]
    failed = sum(bool(one.wait()) for one in started)
    took = round(time.perf_counter() - began, 2)
    return {"views": views_of(page), "readers": (processes + 1) * readers, "failed": failed, "seconds": took}


def article() -> int:
    """A published article; returns its key."""
    from wagtail.models import Page

    from tinhgon_web.portal.models import ArticlePage, FrontPage, SectionPage

    above: Page = Page.objects.get(depth=1)
    pages = (
        FrontPage(title="x", slug="bench"),
        SectionPage(title="x", slug="x"),
        ArticlePage(title="x", slug="x", lead="x"),
    )
    for page in pages:
        above.add_child(instance=page)
        above = page
    return int(above.pk)


def count(page: int, worker: int, readers: int) -> None:
    """What one process does: its own readers once each, and everybody's, whom all count at the same time."""
    import django

    django.setup()
    from tinhgon_web.desk.services.counting import count_view

    for number in range(readers):
        count_view(page=page, reader=f"{worker} {number}", day=DAY)
        count_view(page=page, reader=f"everybody {number}", day=DAY)


if __name__ == "__main__":
    main()
