"""Documents added, corrected and found, and their files: who may, what is kept, what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import uploads
from django.test import Client
from pytest_django.fixtures import Settings

from tinhgon_web.core.models import AuditLine, Job, User
from tinhgon_web.documents import selectors
from tinhgon_web.documents.models import Document, DocumentFile
from tinhgon_web.documents.services.filing import path_of

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
SAID = {
    "number": "303/QĐ-UBND",
    "type": "quyết định",
    "issuer": "Ủy ban nhân dân tỉnh",
    "title": "Đính chính một số tên thôn",
    "signed_on": "1/3/2019",
    "effective_on": "",
    "carries_out": "26-CTr/TU",
    "amends": "qd2; 101/QĐ-UBND",
}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def attach(client: Client, document: str, name: str, content: bytes, **more: object) -> str:
    """What the page says after a file was sent to it."""
    sent = {"tep": uploads.upload(name, content), **more}
    return client.post(f"/van-ban/dinh-kem/{document}/", sent, follow=True).text


def test_a_document_is_added_and_read_by_the_engine(client_as: As) -> None:
    response = client_as("editor").post("/van-ban/them-moi/", SAID)
    assert response.headers["Location"] == "/van-ban/303/Q%C4%90-UBND/"
    read = selectors.all_read()["303/QĐ-UBND"]
    assert read.amends == ("qd2", "qd1")
    assert read.carries_out == ("ctr26",)
    assert list(selectors.all_read())[-1] == "303/QĐ-UBND"
    [line] = AuditLine.objects.filter(kind="document")
    assert (line.verb, line.after["number"]) == ("create", "303/QĐ-UBND")
    text = client_as("viewer").get("/van-ban/303/QĐ-UBND/").text
    assert "202/QĐ-UBND" in text
    assert "303/QĐ-UBND" in client_as("viewer").get("/van-ban/qd2/").text


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("number", "", "bắt buộc"),
        ("number", "a\u200bb", "ký tự"),
        ("number", "x" * 500, "200"),
        ("signed_on", "31/2/2019", "Không phải ngày"),
        ("effective_on", "1/1/2018", "trước khi ký"),
        ("carries_out", "999/KC", "Không có văn bản"),
        ("number", "202/QĐ-UBND", "đã có"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client_as: As, field: str, value: str, why: str) -> None:
    said = {**SAID, field: value}
    if field == "number" and value.startswith("202"):
        said |= {"signed_on": "1/2/2019"}
    response = client_as("editor").post("/van-ban/them-moi/", said)
    assert response.status_code == 400
    assert why in response.text
    assert not Document.objects.filter(number=SAID["number"]).exists()


def corrected(client: Client, **changes: str) -> tuple[int, str]:
    page = client.get("/van-ban/sua/qd2/").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    said = {
        "number": "202/QĐ-UBND",
        "type": "quyết định",
        "issuer": "Ủy ban nhân dân tỉnh",
        "title": "Sáp nhập thôn",
        "signed_on": "1/2/2019",
        "carries_out": "26-CTr/TU",
        "seen": seen,
    }
    response = client.post("/van-ban/sua/qd2/", {**said, **changes})
    return response.status_code, response.text


def test_a_correction_leaves_what_it_was_in_the_audit(client_as: As) -> None:
    status, _ = corrected(client_as("editor"), title="Sáp nhập các thôn")
    assert status == 302
    [line] = AuditLine.objects.filter(kind="document", verb="correct")
    assert (line.before, line.after) == ({"title": "Sáp nhập thôn"}, {"title": "Sáp nhập các thôn"})
    assert "qd2" in {one.pk for one in selectors.named("202/QĐ-UBND")}


def test_two_officers_do_not_overwrite_each_other(client_as: As) -> None:
    status, text = corrected(client_as("editor"), title="Mới", seen="another day's")
    assert status == 409
    assert "Sáp nhập thôn" in text
    assert Document.objects.get(pk="qd2").title == "Sáp nhập thôn"


def test_saving_what_is_there_already_writes_nothing(client_as: As) -> None:
    assert corrected(client_as("editor"))[0] == 302
    assert not AuditLine.objects.filter(verb="correct").exists()


@pytest.mark.parametrize(
    "role", ["viewer", "approver", "leader", "inspector", "portal_editor", "administrator"]
)
def test_only_editors_write(client_as: As, role: str) -> None:
    client = client_as(role)
    assert client.post("/van-ban/them-moi/", SAID).status_code == 403
    assert client.post("/van-ban/sua/qd2/", SAID).status_code == 403
    assert (
        client.post("/van-ban/dinh-kem/qd2/", {"tep": uploads.upload("a.pdf", uploads.pdf())}).status_code
        == 403
    )
    assert not DocumentFile.objects.exists()
    assert "dinh-kem" not in client.get("/van-ban/qd2/").text


def test_an_editor_of_one_place_corrects_its_own_documents_alone(client_as: As) -> None:
    client = client_as("editor", "x1")
    assert client.post("/van-ban/sua/qd2/", SAID).status_code == 403
    client.post("/van-ban/them-moi/", {**SAID, "number": "9/QĐ-UBND", "issuer": "Ủy ban nhân dân xã"})
    assert Document.objects.get(number="9/QĐ-UBND").place == "x1"
    assert client.get("/van-ban/sua/9/QĐ-UBND/").status_code == 200
    assert client_as("editor").get("/van-ban/sua/9/QĐ-UBND/").status_code == 200
    assert client_as("viewer", "x2").get("/van-ban/9/QĐ-UBND/").status_code == 403
    assert "9/QĐ-UBND" not in client_as("viewer", "x2").get("/van-ban/").text


def test_a_file_is_kept_under_an_opaque_name_and_sent_to_be_saved(client_as: As, media: Path) -> None:
    attach(client_as("editor"), "qd2", "Quyết định 202.pdf", uploads.pdf())
    row = DocumentFile.objects.get()
    assert path_of(row.stored).read_bytes() == uploads.pdf()
    assert re.fullmatch(r"([0-9a-f]{2})/\1[0-9a-f]{38}", row.stored)  # nothing of its name or document
    assert not path_of(row.stored).stat().st_mode & 0o117
    response = client_as("viewer").get(f"/van-ban/tep/{row.pk}/")
    assert b"".join(response) == uploads.pdf()  # type: ignore[arg-type]  # a file response is read in pieces
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/pdf"


def test_a_refused_file_leaves_nothing_behind(client_as: As, media: Path) -> None:
    text = attach(client_as("editor"), "qd2", "a.pdf", b"<script>")
    assert "chỉ nhận PDF" in text
    assert not DocumentFile.objects.exists()
    assert list(media.rglob("*")) == []


def test_nothing_chosen_is_said(client_as: As) -> None:
    text = client_as("editor").post("/van-ban/dinh-kem/qd2/", follow=True).text
    assert "Chưa chọn tệp" in text


def test_the_same_file_is_recognised(client_as: As, media: Path) -> None:
    client = client_as("editor")
    attach(client, "qd2", "a.pdf", uploads.pdf())
    assert "đã có đúng tệp này" in attach(client, "qd2", "b.pdf", uploads.pdf())
    attach(client, "qd1", "c.pdf", uploads.pdf())
    assert DocumentFile.objects.count() == 2
    assert len({row.stored for row in DocumentFile.objects.all()}) == 1


def test_a_new_version_supersedes_and_changes_nothing(client_as: As) -> None:
    client = client_as("editor")
    attach(client, "qd2", "a.pdf", uploads.pdf())
    first = DocumentFile.objects.get()
    attach(client, "qd2", "b.pdf", uploads.pdf("other words"), thay=first.pk)
    [filed] = selectors.files(Document.objects.get(pk="qd2"))
    assert filed.earlier == [first]
    assert "không phải bản mới nhất" in attach(client, "qd2", "c.pdf", uploads.pdf("third"), thay=first.pk)
    elsewhere = {"tep": uploads.upload("a.pdf", uploads.pdf("4")), "thay": first.pk}
    assert client.post("/van-ban/dinh-kem/qd1/", elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.docx", uploads.docx("Điều khoản về Krông Nô"), "krong no"),
        ("a.pdf", uploads.pdf("Dak Mil district"), "MIL"),
    ],
)
def test_words_of_files_are_found(client_as: As, name: str, content: bytes, word: str) -> None:
    assert ">202/QĐ-UBND<" not in client_as("viewer").get("/van-ban/", {"q": word}).text
    attach(client_as("editor"), "qd2", name, content)
    assert DocumentFile.objects.get().read == "done"
    assert Job.objects.get().state == "done"
    text = client_as("viewer").get("/van-ban/", {"q": word}).text
    assert ">202/QĐ-UBND<" in text
    assert ">101/QĐ-UBND<" not in text


def test_the_list_is_narrowed_by_issuer_days_and_programme(client_as: As) -> None:
    client = client_as("viewer")
    assert ">88-BC/TU<" not in client.get("/van-ban/", {"co_quan": "Ủy ban nhân dân tỉnh"}).text
    assert ">101/QĐ-UBND<" not in client.get("/van-ban/", {"tu": "1/1/2019"}).text
    assert ">202/QĐ-UBND<" not in client.get("/van-ban/", {"den": "1/1/2019"}).text
    under = client.get("/van-ban/", {"chuong_trinh": "ctr26"}).text
    assert ">202/QĐ-UBND<" in under
    assert ">88-BC/TU<" not in under


def test_a_file_of_an_unreadable_document_is_not_sent(client_as: As) -> None:
    client = client_as("editor", "x1")
    client.post("/van-ban/them-moi/", {**SAID, "number": "9/QĐ"})
    attach(client, "9/QĐ", "a.pdf", uploads.pdf())
    row = DocumentFile.objects.get()
    assert client_as("viewer", "x1").get(f"/van-ban/tep/{row.pk}/").status_code == 200
    assert client_as("viewer", "x2").get(f"/van-ban/tep/{row.pk}/").status_code == 404


def test_too_much_is_refused_before_it_is_read(client_as: As, settings: Settings) -> None:
    settings.MOST_UPLOAD_BYTES = 1000
    response = client_as("editor").post(
        "/van-ban/dinh-kem/qd2/", {"tep": uploads.upload("a.pdf", b"0" * (1 << 20 | 5000))}
    )
    assert response.status_code == 413
    assert "quá lớn" in response.text


def test_a_user_is_told_by_name_beside_the_file(client_as: As) -> None:
    client = client_as("editor")
    attach(client, "qd2", "a.png", uploads.png())
    assert User.objects.get(username="editor-all").full_name in client.get("/van-ban/qd2/").text
