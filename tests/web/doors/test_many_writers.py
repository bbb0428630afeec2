"""Eight processes write 150 entries each at once: none is lost, none fails. On SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tinhgon.registry.folder import RegisterFolder

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PROCESSES, EACH = 8, 150
_STATE = """
from django.db.models import Max
from tinhgon_web.apparatus import services
from tinhgon_web.apparatus.models import JournalEntry, Submission
from tinhgon_web.core.models import AuditLine
links = list(JournalEntry.objects.order_by("seq").values_list("seq", "prev_hash", "hash"))
assert [seq for seq, _, _ in links] == list(range(1, len(links) + 1))
assert all(mine[1] == other[2] for mine, other in zip(links[1:], links))
assert services.check_apparatus() == []
print(len(links), Submission.objects.count(), AuditLine.objects.filter(kind="entries").count())
"""


def test_none_is_lost_and_none_fails(own_site: dict[str, str], folder: RegisterFolder) -> None:
    load = [sys.executable, ROOT / "manage.py", "load_register", str(folder.path)]
    subprocess.run(load, env=own_site, check=True)
    writers = [
        subprocess.Popen([sys.executable, HERE / "writer.py", f"w{n}", str(EACH)], env=own_site)
        for n in range(PROCESSES)
    ]
    assert [writer.wait(timeout=1200) for writer in writers] == [0] * PROCESSES
    told = subprocess.run(
        [sys.executable, ROOT / "manage.py", "shell", "-c", _STATE],
        env=own_site,
        check=True,
        capture_output=True,
        text=True,
    )
    all_ = PROCESSES * EACH
    assert told.stdout.split()[-3:] == [str(len(folder.journal) + all_), str(all_), str(all_)]
