"""Households answering at once, from several processes: how long each takes, whether one is lost or counted twice.

Made-up households in a database of their own, never the site's: a file under a temporary folder, or, with DB=postgres,
a new database on the server that DATABASE_* names. With MIGRATED=1 DATABASE_NAME names one already, migrated and empty.

    python bench/consultation.py --rate 10 --seconds 60 --processes 8               # SQLite
    bin/postgres python bench/consultation.py --rate 50 --seconds 60 --processes 8  # PostgreSQL
    python bench/consultation.py --roll 100000                                      # a roll from Excel
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPEATED = 5
"""Every so many households somebody tries the code a second time, from another process at the same moment."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=10, help="answers a second, all processes together")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument(
        "--roll", type=int, default=0, help="read and confirm a roll of so many households instead"
    )
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def database() -> Iterator[None]:
    """A new database, in the environment of this process and of those it starts."""
    os.environ |= {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "tinhgon_web.settings", "TODAY": "2019-10-09"}
    import django
    from django.core.management import call_command

    if os.environ.get("MIGRATED") == "1":
        django.setup()
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        if os.environ.get("DB") == "postgres":
            name = f"bench_{os.getpid()}"
            createdb(name)
            os.environ["DATABASE_NAME"] = name
        else:
            os.environ["DATABASE_NAME"] = str(Path(folder) / "bench.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        yield


def createdb(name: str) -> None:
    import psycopg

    env = os.environ
    server = {"host": env["DATABASE_HOST"], "port": env["DATABASE_PORT"], "user": env["DATABASE_USER"]}
    with psycopg.connect(**server, dbname=env["DATABASE_NAME"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')


def open_round(households: int) -> list[str]:
    """A round over four made-up villages, and the codes of its households."""
    import datetime as dt

    from tinhgon_web.consultation.models import Roll, RollLine
    from tinhgon_web.consultation.services import codes, rounds
    from tinhgon_web.core.models import User

    officer = User.objects.create(username="bench", full_name="Bench")
    opens, closes = dt.date(2019, 10, 1), dt.date(2019, 11, 1)
    asked = rounds.Asked("bench", "Bench", "Bench?", opens, closes, synthetic=True)
    held = rounds.create_round(acting=officer, asked=asked, units=[f"v{n}" for n in range(4)])
    rolls = list(held.rolls.all())
    RollLine.objects.bulk_create(
        RollLine(roll=rolls[n % 4], number=n // 4 + 1, household=f"H{n}", head=f"Hộ {n}", address="-")
        for n in range(households)
    )
    Roll.objects.update(
        posted_from=opens, approved_at=dt.datetime(2019, 10, 1, tzinfo=dt.UTC), approved_by=officer
    )
    rounds.open_round(acting=officer, round_id=held.pk)
    return [
        slip.code
        for roll in Roll.objects.select_related("round")
        for slip in codes.issue_codes(acting=officer, roll=roll)
    ]


def work(task: Path) -> None:
    """One process: answer for each of its codes at the moment it is due; say what became of each on standard output."""
    import django

    django.setup()
    from tinhgon_web.consultation.services import codes, ledger
    from tinhgon_web.consultation.services.ledger import Said

    plan = json.loads(task.read_text())
    worked = time.process_time()
    for due, code in plan["due"]:
        time.sleep(max(plan["start"] + due - time.time(), 0))
        began = time.perf_counter()
        try:
            line = codes.line_of(code=code, address="127.0.0.1")
            ledger.answer_on_web(line=line, said=Said("agree"))
            became = "taken"
        except ledger.UnableToAnswerTwice:
            became = "twice"
        except Exception as error:  # whatever it is, it is counted as lost and named
            became = f"{type(error).__name__}: {error}"
        late = time.time() - plan["start"] - due
        done = time.process_time()
        sys.stdout.write(json.dumps([became, time.perf_counter() - began, late, done - worked]) + "\n")
        worked = done


def plans(codes: list[str], rate: int, processes: int) -> list[list[tuple[float, str]]]:
    """For each process when to answer with which code; some codes are given to the next process as well."""
    shared: list[list[tuple[float, str]]] = [[] for _ in range(processes)]
    for n, code in enumerate(codes):
        shared[n % processes].append((n / rate, code))
        if n % REPEATED == 0:
            shared[(n + 1) % processes].append((n / rate, code))
    return [sorted(plan) for plan in shared]


def race(codes: list[str], rate: int, processes: int, folder: Path) -> list[list[Any]]:
    """Let the processes answer; what became of every attempt."""
    start, running = time.time() + 4 + 2 * processes, []  # once all have begun, on a busy machine as well
    for n, due in enumerate(plans(codes, rate, processes)):
        task = folder / f"{n}.json"
        task.write_text(json.dumps({"start": start, "due": due}))
        command = [sys.executable, __file__, "--worker", str(task)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    return [json.loads(line) for one in running for line in one.communicate()[0].splitlines()]


def measure_answers(options: argparse.Namespace) -> dict[str, Any]:
    from tinhgon_web.consultation.models import Answer, Ballot

    codes = open_round(options.rate * options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        became = race(codes, options.rate, options.processes, Path(folder))
    taken = sorted(seconds for what, seconds, _late, _work in became if what == "taken")
    other = sorted({what for what, *_ in became if what not in ("taken", "twice")})
    return {
        "database": os.environ.get("DB", "sqlite"),
        "households": len(codes),
        "processes": options.processes,
        "attempts": len(became),
        "taken": len(taken),
        "refused as second": sum(what == "twice" for what, *_ in became),
        "failed": other,
        "answers in the ledger": Answer.objects.filter(standing=True).count(),
        "ballots": Ballot.objects.filter(standing=True).count(),
        "lost": len(codes) - Answer.objects.filter(standing=True).values("line").distinct().count(),
        "median ms": round(1000 * taken[len(taken) // 2], 1) if taken else None,
        "p99 ms": round(1000 * taken[int(len(taken) * 0.99)], 1) if taken else None,
        "processor ms each": round(1000 * sum(work for *_, work in became) / len(became), 1),
        "latest ms behind": round(1000 * max(late for _, _, late, _ in became)),
    }


def made_up_sheet(households: int, units: list[str]) -> bytes:
    import io

    import xlsxwriter

    from tinhgon_web.consultation import sheets

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [names[0] for names in sheets.COLUMNS.values()])
        for n in range(households):
            row = ["", units[n % len(units)], f"H{n:06}", f"Nguyễn Văn {n}", f"Số nhà {n}, đường Mẫu"]
            sheet.write_row(n + 1, 0, row)
    return made.getvalue()


def measure_roll(households: int) -> dict[str, Any]:
    """An Excel sheet of made-up households: read, checked and confirmed as its jobs do it."""
    import datetime as dt

    from tinhgon.consultation import Places
    from tinhgon_web.consultation.models import RollLine
    from tinhgon_web.consultation.services import filling, rounds
    from tinhgon_web.core.models import User

    units = [f"v{n}" for n in range(700)]
    sheet = made_up_sheet(households, units)
    officer = User.objects.create(username="bench", full_name="Bench")
    opens, closes = dt.date(2019, 10, 1), dt.date(2019, 11, 1)
    asked = rounds.Asked("bench", "Bench", "Bench?", opens, closes, synthetic=True)
    held = rounds.create_round(acting=officer, asked=asked, units=units)
    filling.places_of = lambda _held, units: Places({unit: unit for unit in units}, {})  # no register here
    began, worked = time.perf_counter(), time.process_time()
    upload = filling.keep_sheet(acting=officer, round_id=held.pk, name="x.xlsx", content=sheet)
    kept = time.perf_counter()
    filling.read_kept_sheet(upload_id=upload.pk, units=units)
    looked = time.perf_counter()
    filling.confirm_roll(acting=officer, upload_id=upload.pk)
    return {
        "database": os.environ.get("DB", "sqlite"),
        "households": RollLine.objects.count(),
        "sheet MB": round(len(sheet) / 1e6, 1),
        "request s": round(kept - began, 1),
        "preview s": round(looked - kept, 1),
        "confirm s": round(time.perf_counter() - looked, 1),
        "processor s": round(time.process_time() - worked, 1),
    }


def main() -> None:
    options = arguments()
    if options.worker:
        work(options.worker)
        return
    with database():
        result = measure_roll(options.roll) if options.roll else measure_answers(options)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
