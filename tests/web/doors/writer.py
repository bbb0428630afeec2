"""One of several processes that write at once: `python writer.py NAME COUNT` records COUNT entries."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
django.setup()

import datetime as dt  # noqa: E402  # Django must be set up first

import story  # noqa: E402  # as above

from tinhgon_web.apparatus import services  # noqa: E402  # as above
from tinhgon_web.core.models import User  # noqa: E402  # as above

UNITS = ("x1v1", "x1v3", "x1v4", "x2v1", "x2v2", "x2v3", "x2v4")


def main(name: str, count: int) -> None:
    """Record entries about units that the others write about as well, now and then one that is back-dated."""
    officer = User.objects.create(username=name, full_name=name)
    for number in range(count):
        on = "2019-12-01" if number % 10 else "2019-08-01"
        event = story.counted(UNITS[number % len(UNITS)], on, number)
        services.record(
            acting=officer, events=[event], recorded_at=dt.datetime.now(dt.UTC), once=f"{name}-{number}"
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
