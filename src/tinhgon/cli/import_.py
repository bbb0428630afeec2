"""`tinhgon import`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tinhgon.cli import options
from tinhgon.workbook.load import import_workbook


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.xlsx")
@click.argument("register", type=click.Path(file_okay=False, path_type=Path), metavar="REGISTER")
@click.option("--recorded-at", type=options.Moment(), help="The moment of recording (default: now).")
@click.option("--by", default="excel", show_default=True, help="Who records: an opaque id, never a name.")
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
@options.lang_option
@options.refusals_shown
def import_(
    file: Path, register: Path, recorded_at: dt.datetime | None, by: str, dry_run: bool, lang: str
) -> None:
    """Append a filled Excel file (see `tinhgon template`) to a register, all or nothing.

    REGISTER is made when it is not there. Everything wrong is listed by sheet, row and column, with exit code 2.
    """
    moment = recorded_at or dt.datetime.now(dt.UTC)
    imported = import_workbook(file, register, recorded_at=moment, by=by, dry_run=dry_run)
    for sheet, rows in imported.rows.items():
        click.echo(f"{sheet}: {rows} {'dòng' if lang == 'vi' else 'rows'}")
    events, documents = len(imported.events), len(imported.documents)
    if lang == "vi":
        done = "Kiểm tra xong, chưa ghi gì" if dry_run else f"Đã ghi vào {register}"
        click.echo(f"{done}: {events} sự kiện, {documents} văn bản.")
    else:
        done = "Checked, nothing written" if dry_run else f"Appended to {register}"
        click.echo(f"{done}: {events} events, {documents} documents.")
