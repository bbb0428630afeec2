"""The register out and in again: equal to the last byte, whole or not at all, and only for those who may."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import story
import uploads
from django.core.management import CommandError, call_command
from django.test import Client
from workbooks import measured, village, workbook

from tinhgon.figures import REVIEW, figures
from tinhgon.registry.folder import RegisterFolder, open_folder
from tinhgon.registry.verify import verify
from tinhgon.rules import Rulebook
from tinhgon.workbook import layout
from tinhgon_web.apparatus.models import Geometry
from tinhgon_web.core.models import Job
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.exchange.services import UnableToLoadArchive, pack, write_register
from tinhgon_web.exchange.services.loading import check_archive

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
ROOT = Path(__file__).parents[2]
LOAD = """
from pathlib import Path
from tinhgon_web.core.models import User
from tinhgon_web.exchange.services import load_folder
user = User.objects.create(username="a")
load_folder(acting=user, path=Path({folder!r}))
"""


def manage(env: dict[str, str], *command: str) -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def worked_with(client: Client) -> None:
    """The story, further written to: an import, a corrected document, two versions of a file, an outline."""
    rows = {
        layout.UNITS.name: [village("x1v9", "Thôn 9", "x1")],
        layout.MEASURES.name: [measured("x1v9", 150, area_km2=3.25), measured("x1v1", 260)],
    }
    client.post("/nhap-du-lieu/", {"tep": uploads.upload("số liệu.xlsx", workbook(rows))})
    from tinhgon_web.exchange.models import Import

    imported = Import.objects.get()
    client.post(f"/nhap-du-lieu/{imported.pk}/ghi-so/", {"seen": imported.seen})
    client.post("/van-ban/dinh-kem/qd2/", {"tep": uploads.upload("a.pdf", uploads.pdf())})
    first = imported.document or imported
    newer = {"tep": uploads.upload("b.pdf", uploads.pdf("2")), "thay": "1"}
    client.post("/van-ban/dinh-kem/qd2/", newer)
    Geometry.objects.create(
        unit="x1", since=story.BASE, shape={"type": "Point", "coordinates": [107.5, 12.25]}
    )
    assert first is not None


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_out_in_and_out_again_gives_the_same_bytes(
    client_as: As, tmp_path: Path, own_site: dict[str, str]
) -> None:
    worked_with(client_as("editor"))
    write_register(to=tmp_path / "one", people=True)
    manage(own_site, "shell", "--no-imports", "-c", LOAD.format(folder=str(tmp_path / "one")))
    manage(own_site, "export_register", str(tmp_path / "two"), "--people")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert {"journal.jsonl", "documents.yaml", "geometry.geojson", "people.csv", "files.yaml"} <= set(one)
    assert sum(name.startswith("files/") for name in one) >= 2
    assert one == two
    manage(own_site, "load_register", str(tmp_path / "one"))
    pack(tmp_path / "one", tmp_path / "one.zip")
    pack(tmp_path / "two", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_command_brings_the_files_back(client_as: As, tmp_path: Path) -> None:
    worked_with(client_as("editor"))
    write_register(to=tmp_path / "one", people=False)
    held = {(row.document_id, row.sha256, row.name) for row in DocumentFile.objects.all()}
    newer = DocumentFile.objects.exclude(supersedes=None).count()
    DocumentFile.objects.update(supersedes=None)
    DocumentFile.objects.all().delete()
    with pytest.raises(CommandError, match="--by"):
        call_command("load_register", str(tmp_path / "one"))
    for _ in range(2):
        call_command("load_register", str(tmp_path / "one"), by="editor-all", stdout=io.StringIO())
        assert {(row.document_id, row.sha256, row.name) for row in DocumentFile.objects.all()} == held
    assert DocumentFile.objects.exclude(supersedes=None).count() == newer


def test_a_file_that_was_changed_is_not_taken(client_as: As, tmp_path: Path) -> None:
    worked_with(client_as("editor"))
    write_register(to=tmp_path / "one", people=False)
    DocumentFile.objects.update(supersedes=None)
    DocumentFile.objects.all().delete()
    next((tmp_path / "one" / "files").iterdir()).write_bytes(b"%PDF-1.4 other %%EOF")
    with pytest.raises(CommandError):
        call_command("load_register", str(tmp_path / "one"), by="editor-all")
    assert not DocumentFile.objects.exists()


def test_what_was_loaded_leaves_as_it_came(folder: RegisterFolder, tmp_path: Path) -> None:
    write_register(to=tmp_path / "out", people=False)
    for name in ("journal.jsonl", "documents.yaml"):
        assert (tmp_path / "out" / name).read_bytes() == (folder.path / name).read_bytes()
    assert not (tmp_path / "out" / "people.csv").exists()


def test_the_engine_reads_it_and_computes_the_same(folder: RegisterFolder, tmp_path: Path) -> None:
    write_register(to=tmp_path / "out", people=False)
    out = open_folder(tmp_path / "out")
    assert list(verify(out)) == list(verify(folder))
    rulebook = Rulebook.load()

    def computed(read: RegisterFolder) -> list[tuple[str, object]]:
        return [(one.code, one.value) for one in figures(read.register(), rulebook, story.START, story.END)]

    assert computed(out) == computed(folder)
    assert len(computed(out)) >= len(REVIEW)


def archive_of(client: Client) -> dict[str, bytes]:
    response = client.post("/xuat-du-lieu/", follow=True)
    assert response.status_code == 200
    job = Job.objects.latest("pk")
    sent = client.get(f"/xuat-du-lieu/{job.pk}/so-bo-may.zip")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    content = b"".join(sent)  # type: ignore[arg-type]  # a file response is read in pieces
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_names_of_people_leave_with_an_administrator_alone(client_as: As) -> None:
    assert "people.csv" not in archive_of(client_as("leader"))
    parts = archive_of(client_as("administrator"))
    assert "Y Bhăm Niê".encode() in parts["people.csv"]
    check_archive(io.BytesIO(packed(parts)))


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_who_reads_a_part_takes_nothing_out(client_as: As) -> None:
    client = client_as("editor", "x1")
    assert client.get("/xuat-du-lieu/").status_code == 403
    assert client.post("/xuat-du-lieu/").status_code == 403
    assert not Job.objects.exists()


def test_an_archive_is_sent_to_who_made_it_alone(client_as: As) -> None:
    client_as("administrator").post("/xuat-du-lieu/")
    job = Job.objects.get()
    assert client_as("leader").get(f"/xuat-du-lieu/{job.pk}/so-bo-may.zip").status_code == 404


def test_an_archive_with_names_needs_the_right_still(client_as: As) -> None:
    from tinhgon_web.core.models import Grant

    client = client_as("administrator")
    client.post("/xuat-du-lieu/")
    job = Job.objects.get()
    Grant.objects.update(role="viewer", start=dt.date(2018, 1, 1))
    assert client.get(f"/xuat-du-lieu/{job.pk}/so-bo-may.zip").status_code == 403


def test_a_register_that_holds_entries_takes_none_in(client_as: As) -> None:
    content = packed({"journal.jsonl": b""})
    sent = {"tep": uploads.upload("a.zip", content)}
    assert "sổ đã có dữ liệu" in client_as("administrator").post("/xuat-du-lieu/nap/", sent, follow=True).text
    assert not Job.objects.exists()
    assert client_as("editor").post("/xuat-du-lieu/nap/").status_code == 403


BAD = {
    "no archive": b"PK\x03\x04 nothing",
    "no journal": packed({"documents.yaml": b"[]"}),
    "a way out": packed({"journal.jsonl": b"", "../../etc/passwd": b"x"}),
    "a whole path": packed({"journal.jsonl": b"", "/etc/passwd": b"x"}),
    "a strange part": packed({"journal.jsonl": b"", "run.sh": b"x"}),
    "a strange file": packed({"journal.jsonl": b"", "files/a.pdf": b"x"}),
    "a bomb": uploads.archive({"journal.jsonl": b"\n" * 50_000_000}),
}


@pytest.mark.parametrize("what", BAD)
def test_hostile_archives_are_refused(what: str) -> None:
    with pytest.raises(UnableToLoadArchive):
        check_archive(io.BytesIO(BAD[what]))


def test_the_page_says_what_the_archive_holds(client_as: As) -> None:
    assert "dữ liệu cá nhân" in client_as("administrator").get("/xuat-du-lieu/").text
    assert "dữ liệu cá nhân" not in client_as("leader").get("/xuat-du-lieu/").text
