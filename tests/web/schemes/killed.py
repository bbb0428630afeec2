"""Run by test_killed.py in a process and a migrated database of its own: enact a scheme, killed again and again.

Each try is a forked process that is killed without warning: at a statement picked at random, or after a random time.
After each, the database must hold either nothing of the enactment or all of it. The last try is left alone.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")


def main(tries: int, seed: int) -> None:
    django.setup()
    scheme, on = set_up()
    whole = count_statements(scheme, on)
    chance = random.Random(seed)  # which points are hit is told, so that a failure can be seen again
    before = state()
    for number in range(tries):
        if number % 2:
            dead = tried(lambda: enact(scheme, on, chance.randint(1, whole)))
        else:
            dead = tried(lambda: enact(scheme, on, 0), after=chance.uniform(0, 0.25))
        now = state()
        tell(dead, now != before)
        if now != before:
            break
    if state() == before:
        tried(lambda: enact(scheme, on, 0))
    tell(False, True)


def tell(dead: bool, changed: bool) -> None:
    """One line for the test that reads them."""
    now = state()
    line = {"killed": dead, "changed": changed, "state": now["scheme"], "sound": now["sound"]}
    sys.stdout.write(json.dumps(line) + "\n")


def set_up() -> tuple[int, Any]:
    import scheming
    import story

    from tinhgon_web.apparatus import services as apparatus

    with tempfile.TemporaryDirectory() as folder:
        apparatus.load_register(path=story.write(Path(folder) / "story").path)
    scheming.set_the_scene()
    scheme = scheming.started()
    scheming.planned(scheme)
    return scheme.pk, scheming.through(scheme, "decision")


def enact(scheme: int, on: Any, kill_at: int) -> None:
    import scheming
    from django.db import connection

    from tinhgon_web.schemes import services

    met = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal met
        met += 1
        if met == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*args)

    with connection.execute_wrapper(count):
        services.enact(acting=scheming.approver(), scheme=scheme, signed=scheming.signed(on))


def count_statements(scheme: int, on: Any) -> int:
    """How many statements an enactment takes, found by one that is taken back."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        enact(scheme, on, 0)
        transaction.set_rollback(True)
    return len(queries)


def tried(work: Callable[[], None], after: float | None = None) -> bool:
    """Do it in a forked process; returns whether that was killed."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def state() -> dict[str, Any]:
    """What the database holds of the scheme, and whether the projection says what the journal says."""
    from tinhgon_web.apparatus import registers
    from tinhgon_web.apparatus import services as apparatus
    from tinhgon_web.core.models import AuditLine
    from tinhgon_web.documents.models import Document
    from tinhgon_web.schemes.models import LeftOver, Move, Scheme, Touched

    tables = (LeftOver, Move, Touched, AuditLine, Document)
    return {
        "head": registers.head(),
        "rows": [table._default_manager.count() for table in tables],
        "scheme": Scheme.objects.get().state,
        "sound": apparatus.check_apparatus() == [],
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
