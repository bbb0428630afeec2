"""Run by conftest.py in a process of its own: make the demo's database, as `bin/demo` does.

It begins with the migrated copy that the web's tests keep, where they have left one (tests/web/migrated.py).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import django

sys.path.append(str(Path(__file__).parents[1] / "web"))

COMMANDS = [
    ["load_register", "demo/register", "--people", "demo/people.csv"],
    ["demo_accounts"],
    ["demo_consultation"],
    ["demo_schemes"],
    ["load_programmes", "demo/programmes.yaml"],
    ["demo_portal", "demo/portal.yaml"],
]


def main(kept: Path) -> None:
    """`kept`: the folder of the migrated copy. The database is the one that the environment names."""
    django.setup()
    import migrated
    from django.core.management import call_command
    from django.db import connection

    copy = migrated.kept_in(kept)
    if copy.exists():
        shutil.copy(copy, connection.settings_dict["NAME"])
    else:
        call_command("migrate", verbosity=0)
        migrated.keep(copy)
    for command in COMMANDS:
        call_command(*command)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
