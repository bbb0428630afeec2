"""The audit: written with the write itself, never changed, read in words, searched and exported."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

import tinhgon_web
from tinhgon_web.core import audit
from tinhgon_web.core.auditing import words
from tinhgon_web.core.models import AuditLine, User

pytestmark = pytest.mark.django_db


def write(**more: object) -> AuditLine:
    fields: dict[str, object] = {"acting": somebody(), "verb": "change", "what": ("unit", "x1")}
    return audit.write(**{**fields, **more})  # type: ignore[arg-type]  # fields come by name


def somebody() -> User:
    return User.objects.get(username="can-bo-mau")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_line_is_neither_changed_nor_deleted(change: str) -> None:
    line = write()
    rows = AuditLine.objects.filter(pk=line.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(verb="khác") if change == "update" else rows.delete()


def test_every_guard_is_there() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
            wanted = {"core_auditline_insert_only", "core_auditline_no_truncate"}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = {"core_auditline_no_update", "core_auditline_no_delete"}
        assert wanted <= {row[0] for row in cursor.fetchall()}


def test_a_line_is_written_with_its_write_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(audit.UnableToAudit):
        write()


def test_it_is_read_in_words(client_as: Callable[..., Client]) -> None:
    write(verb="give role", what=("grant", 7), after={"role": "editor"}, place="x1")
    text = client_as("administrator").get("/nhat-ky-he-thong/").text
    for word in ("Cán bộ mẫu", "giao vai trò", "Xã Đắk 1"):
        assert word in text


@pytest.mark.parametrize("query", ["giao vai tro", "can bo mau", "Đắk Quảng Sơn", "dak quang son"])
def test_it_is_searched_without_diacritics(client_as: Callable[..., Client], query: str) -> None:
    write(verb="give role", what=("grant", 7), after={"note": "Đắk Quảng Sơn"})
    write(acting=None, verb="annul", what=("entry", 3))
    text = client_as("administrator").get("/nhat-ky-he-thong/", {"q": query}).text
    assert "Đắk Quảng Sơn" in text
    assert text.count('class="line"') == 1


def test_it_is_filtered(client_as: Callable[..., Client]) -> None:
    admin = client_as("administrator")
    write(verb="annul", place="x1")
    write(acting=None, verb="record", place="x2")

    def count(**asked: str | int) -> int:
        return admin.get("/nhat-ky-he-thong/", asked).text.count('class="line"')

    assert count() == AuditLine.objects.count()
    assert count(ai=somebody().pk) == 1
    assert count(viec="record") == 1
    assert count(noi="x2") == 1
    assert count(den="01/01/2000") == 0
    assert count(tu="01/01/2000") == AuditLine.objects.count()
    assert admin.get("/nhat-ky-he-thong/?tu=mai").status_code == 400
    assert admin.get("/nhat-ky-he-thong/?ai=khong&trang=x").status_code == 200


def test_an_inspector_of_a_place_reads_the_lines_of_that_place(client_as: Callable[..., Client]) -> None:
    write(verb="annul", place="p1")
    write(verb="record", place="x2")
    write(verb="give role", place="")
    text = client_as("inspector", "snv").get("/nhat-ky-he-thong/").text
    assert text.count('class="line"') == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_export_is_a_formula(client_as: Callable[..., Client], start: str) -> None:
    write(what=("unit", f"{start}cmd|'/c calc'!A1"), verb=f"{start}SUM(1)")
    answer = client_as("administrator").get("/nhat-ky-he-thong/nhat-ky.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(str(cell.value or "").startswith(start) for cell in cells)


def test_the_export_holds_what_is_found(client_as: Callable[..., Client]) -> None:
    write(verb="open account", after={"reason": "nhầm"})
    write(verb="record")
    answer = client_as("administrator").get("/nhat-ky-he-thong/nhat-ky.xlsx?viec=open+account")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][1] == "Ai"
    assert [row[2] for row in rows[1:]] == ["mở lại tài khoản"]
    assert "nhầm" in str(rows[1][6])


SOURCES = Path(tinhgon_web.__file__).parent


def test_every_verb_and_thing_written_is_said_in_words() -> None:
    """Verbs as they stand in the sources; the things of all apps but those only ever read."""
    written = {
        verb
        for path in SOURCES.rglob("*.py")
        for verb in re.findall(
            r'acting=[\w.]+,\s*verb="([^"]+)"|_line\(acting, "([^"]+)"', path.read_text(encoding="utf-8")
        )
        for verb in verb
        if verb
    }
    assert len(written) > 40
    with translation.override("vi"):
        assert sorted(verb for verb in written if words.verb(verb) == verb) == []


WAGTAILS = "tinhgon_web.portal."
"""Wagtail keeps the history of what the portal's editors write."""
NOT_OF_THEIR_OWN = {
    # apparatus: the journal is a record itself, the others are made of it or tell who sent what
    "journalentry",
    "person",
    "unitspan",
    "factspan",
    "postspan",
    "holdingspan",
    "mention",
    "geometry",
    "submission",
    # core: lines themselves, jobs (each thing they do has its line), counts
    "auditline",
    "job",
    "asked",
    # parts of a thing: the line speaks of the whole
    "importrow",
    "touched",
    "variant",
    "edit",
    "move",
    "paper",
    "openpaper",
    "reminder",
    "keptversion",
    "specificfactor",
    "rollline",
    "rollupload",
    "code",
    "ballot",
    "keyed",
    "ticketstep",
    "commentstep",
    "report",
    # counted or computed, by nobody
    "views",
    "seen",
    "solvedpuzzle",
    "frozen",
}
"""Models no line is written about."""


def test_every_model_is_said_in_words_or_never_written_about() -> None:
    with translation.override("vi"):
        silent = {
            name
            for name, model in words.models().items()
            if not model.__module__.startswith(WAGTAILS) and words.kind(name) == name
        }
    assert sorted(silent ^ NOT_OF_THEIR_OWN) == []


def test_what_stands_in_a_line_is_said_in_words(client_as: Callable[..., Client]) -> None:
    write(
        verb="take step",
        what=("scheme", 1),
        after={"state": "under_way", "on": "2019-10-09", "people": [somebody().pk]},
    )
    write(verb="publish", what=("documentfile", 1), before={"public": False}, after={"public": True})
    write(verb="record", what=("entries", 1), after={"events": ["fact_changed", "reorganised"]})
    text = client_as("administrator").get("/nhat-ky-he-thong/").text.partition('class="lines')[2]
    for said in ("trạng thái", "đang trình", "09/10/2019", "Cán bộ mẫu", "có", "không"):
        assert said in text
    for unsaid in ("under_way", "True", "False", "fact_changed", "2019-10-09", "public"):
        assert unsaid not in text


def test_it_is_filtered_by_place(client_as: Callable[..., Client]) -> None:
    write(place="x1", what=("unit", "ở-xã-một"))
    write(place="x2", what=("unit", "ở-xã-hai"))
    page = client_as("administrator").get("/nhat-ky-he-thong/", {"noi": "x1"}).text
    assert '<option value="x1" selected>' in page
    assert "ở-xã-một" in page
    assert "ở-xã-hai" not in page
