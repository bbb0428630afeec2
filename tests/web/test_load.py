"""Loading a register folder: all or nothing, and again without harm."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import attrs
import pytest
import story
from django.core.management import CommandError, call_command

from tinhgon.registry import journal
from tinhgon.registry.documents import write_documents
from tinhgon.registry.folder import RegisterFolder, write_folder
from tinhgon_web.apparatus import registers, services
from tinhgon_web.apparatus.models import JournalEntry, Person
from tinhgon_web.documents.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def longer(folder: RegisterFolder, tmp_path: Path) -> RegisterFolder:
    """The story with one more entry."""
    more = folder.journal.append(
        [story.opened("mới", "commune", "Xã Mới", "h")], recorded_at=story.moment("2020-01-05"), by="canbo-1"
    )
    return write_folder(tmp_path / "longer", more, folder.documents)


def test_every_entry_and_document_is_there(folder: RegisterFolder) -> None:
    rows = dict(JournalEntry.objects.values_list("seq", "hash"))
    assert rows == {entry.seq: entry.hash for entry in folder.journal.entries}
    assert set(Document.objects.values_list("id", flat=True)) == set(folder.documents)
    assert [up.id for up in Document.objects.get(id="qd1").carries_out.all()] == ["ctr26"]


def test_loading_again_changes_nothing(folder: RegisterFolder) -> None:
    before = registers.head()
    assert services.load_register(path=folder.path) == services.Loaded(before[0], 0)
    assert registers.head() == before


def test_further_entries_are_appended(longer: RegisterFolder) -> None:
    before = registers.head()[0]
    assert services.load_register(path=longer.path) == services.Loaded(before, 1)
    assert services.check_apparatus() == []


def test_another_journal_is_refused(folder: RegisterFolder, tmp_path: Path) -> None:
    entries = folder.journal.entries
    other = journal.Journal(
        tuple(journal.chain((entry.event, entry.recorded_at, "người khác") for entry in entries))
    )
    written = write_folder(tmp_path / "other", other, folder.documents)
    with pytest.raises(services.UnableToLoadRegister, match="entry 1 differs") as refusal:
        services.load_register(path=written.path)
    assert refusal.value.seq == 1


def test_a_bad_document_leaves_everything_as_it_was(longer: RegisterFolder) -> None:
    before, documents = registers.head(), set(Document.objects.values_list("id", "title"))
    bad = {
        **longer.documents,
        "bc": attrs.evolve(longer.documents["bc"], title="Khác", carries_out=("không có",)),
    }
    write_documents(longer.path / "documents.yaml", bad)
    with pytest.raises(CommandError, match="không có"):
        call_command("load_register", str(longer.path))
    assert registers.head() == before
    assert set(Document.objects.values_list("id", "title")) == documents


def test_a_broken_chain_is_refused_with_file_and_line(longer: RegisterFolder) -> None:
    file = longer.path / "journal.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[4] = lines[4].replace("2015-12-31", "2015-12-30")
    file.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(CommandError, match=r"journal\.jsonl, line 5"):
        call_command("load_register", str(longer.path))


def test_names_of_people_can_be_corrected(people: Path, tmp_path: Path) -> None:
    assert Person.objects.get(id="người-p1-1").name == "Trần Thị Hà"
    changed = tmp_path / "people.csv"
    changed.write_text("person,name\nngười-p1-1,Trần Thị Hạ\n", encoding="utf-8")
    assert services.load_people(path=changed) == 1
    assert Person.objects.get(id="người-p1-1").name == "Trần Thị Hạ"


def test_a_person_without_a_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("person,name\na,An\nb,\n", encoding="utf-8")
    with pytest.raises(services.UnableToLoadPeople, match="line 3"):
        services.load_people(path=file)
    assert not Person.objects.filter(id="a").exists()


def test_what_is_recorded_keeps_its_moment(folder: RegisterFolder) -> None:
    last = folder.journal.entries[-1]
    assert registers.head(last.recorded_at - dt.timedelta(seconds=1))[0] < last.seq
    assert registers.head(last.recorded_at)[0] == last.seq


def test_the_command_says_what_it_did(folder: RegisterFolder) -> None:
    out = StringIO()
    call_command("load_register", str(folder.path), stdout=out)
    assert f"0 entries added to {len(folder.journal)}" in out.getvalue()
