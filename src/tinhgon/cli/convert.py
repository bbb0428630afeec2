"""`tinhgon convert`: places and addresses of one day on another."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from tinhgon.cli import options, output
from tinhgon.lookup import Conversion, Converter, Found, Gazetteer, Part
from tinhgon.refusal import Refusal
from tinhgon.registry.state import Register

_WORDS = {
    "vi": {
        "address": "Địa chỉ", "status": "Kết quả", "meant": "Nơi được hiểu", "code": "Mã mới", "path": "Nay là",
        "share": "Phần", "text": "Địa chỉ mới",
    },
    "en": {
        "address": "Address", "status": "Result", "meant": "Place meant", "code": "New code", "path": "Is now",
        "share": "Share", "text": "New address",
    },
}  # fmt: skip
_STATUS = {
    "vi": {
        "one": "một nơi", "divided": "đã chia", "several": "nhiều khả năng", "gone": "không còn", "unknown": "không rõ",
    },
    "en": {
        "one": "one place", "divided": "divided", "several": "several", "gone": "gone", "unknown": "unknown",
    },
}  # fmt: skip


class UnableToReadColumn(Refusal, LookupError):
    """The file has no column of that name."""

    def __init__(self, path: Path, column: str, columns: Iterable[str]) -> None:
        has = ", ".join(columns)
        super().__init__(
            f"{path}: không có cột '{column}'; tệp có các cột: {has}",
            f"{path}: there is no column '{column}'; the file has {has}",
        )
        self.path, self.column = path, column


@click.command()
@options.register_argument
@click.argument("addresses", nargs=-1)
@click.option(
    "--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV file."
)
@click.option("--column", default="address", show_default=True, help="The file's column with the addresses.")
@click.option("--to", "to", type=options.Day(), required=True, help="The day to convert to.")
@click.option(
    "--on", "on", type=options.Day(), help="The day the addresses were written; any when not given."
)
@options.known_at_option
@options.format_option
@options.lang_option
@options.refusals_shown
def convert(
    register: Path,
    addresses: tuple[str, ...],
    file: Path | None,
    column: str,
    to: dt.date,
    on: dt.date | None,
    known_at: dt.datetime | None,
    form: str,
    lang: str,
) -> None:
    """What places named on one day are called on another, each with all that it may mean.

    Exit code 1 when some address has no answer or more than one.
    """
    asked = [*addresses, *(_read(file, column) if file else ())]
    state = options.open_register(register, form, lang).register(known_at)
    converter = Converter(Gazetteer(state), to=to, on=on)
    answers = [converter.convert(address) for address in asked]
    rows = [row for answer in answers for row in _rows(state, answer, to)]
    titles = {
        key: _WORDS[lang][key] for key in ("address", "status", "meant", "code", "path", "share", "text")
    }
    output.emit(rows, form, titles, {"status": _STATUS[lang]})
    if any(answer.status != "one" for answer in answers):
        raise click.exceptions.Exit(1)


def _read(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = reader.fieldnames or []
        if column not in columns:
            raise UnableToReadColumn(path, column, columns)
        return [row[column] or "" for row in reader]


def _rows(state: Register, answer: Conversion, to: dt.date) -> Iterator[dict[str, Any]]:
    pairs: list[tuple[Found | None, Part | None]] = [
        (found, part) for found, parts in answer.found for part in parts or (None,)
    ]
    for found, part in pairs or [(None, None)]:
        yield {
            "address": answer.address,
            "status": answer.status,
            "meant": found.name.title if found else None,
            "unit": found.unit if found else None,
            "approximate": found.approximate if found else None,
            "target": part.unit if part else None,
            "code": state.units[part.unit].code(to) if part else None,
            "path": ", ".join(part.path) if part else None,
            "share": part.share if part else None,
            "text": answer.text or None,
        }
