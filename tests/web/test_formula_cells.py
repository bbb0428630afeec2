"""Whatever leaves as a workbook or CSV: no cell of it is taken for a formula, whoever asks."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from zipfile import is_zipfile

import openpyxl
import pages
import pytest
import story
from django.test import Client

from tinhgon_web.apparatus import services
from tinhgon_web.core.models import User

pytestmark = pytest.mark.django_db
FORMULA = "=cmd|'/c calc'!A1"
NAMES = (FORMULA, "@SUM(1)", "-2+3", "+x")
"""What a spreadsheet would compute."""
SHEETS = sorted(
    name
    for name, page in pages.GETS.items()
    if page.answer == "file" and page.address.partition("?")[0].endswith((".csv", ".xlsx"))
)


@pytest.fixture
def named() -> None:
    acting = User.objects.create(username="sửa-tên", full_name=FORMULA)
    changes = [
        made
        for number, name in enumerate(NAMES)
        for made in (
            story.opened(f"f{number}", "village", name, "x1"),
            story.counted(f"f{number}", "2016-01-01", 20),
        )
    ]
    recorded_at = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
    services.record(acting=acting, events=changes, recorded_at=recorded_at, note=FORMULA)


def cells(content: bytes) -> Iterator[tuple[str, bool]]:
    """Each cell's text, and whether the file itself says that it is a formula."""
    if is_zipfile(io.BytesIO(content)):
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            held = (cell for row in sheet.iter_rows() for cell in row)
            yield from ((str(cell.value or ""), cell.data_type == "f") for cell in held)
    else:
        yield from (
            (cell, False) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row
        )


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("name", SHEETS)
def test_no_cell_is_a_formula(client_for: Callable[[str], Client], name: str) -> None:
    response = client_for(name).get(pages.PAGES[name].address)
    if response.status_code == 404:
        return  # its address is one of nothing
    content = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]  # read in pieces
    for text, is_formula in cells(content):
        assert not is_formula, text
        if content[:2] != b"PK":
            assert text[:1] not in ("=", "@", "\t", "\r"), text


@pytest.mark.usefixtures("named")
def test_the_names_are_in_the_exports(client: Client) -> None:
    found = {text for text, _ in cells(client.get("/bo-may/bang/don-vi.xlsx").content)}
    assert {f"'{name}" for name in NAMES} <= found
