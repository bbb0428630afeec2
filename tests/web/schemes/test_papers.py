"""Papers of a step: attached as documents, seen and taken away by whoever may read the scheme, and by nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
import scheming
import uploads
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from tinhgon_web.core.models import User
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.services import attach
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import Paper, Scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme() -> Scheme:
    """A scheme whose draft is recorded, its consultation over."""
    scheming.set_the_scene()
    made = scheming.started()
    scheming.planned(made)
    scheming.through(made, "consultation")
    return made


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def minutes(name: str = "nghi-quyet.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, uploads.pdf() if content is None else content, "application/pdf")


def take(scheme: Scheme, step: str = "commune_council", **fields: object) -> str:
    sent = {"buoc": step, "ngay-buoc": "1/10/2019", **fields}
    page = as_user(scheming.approver()).post(f"/de-an/{scheme.pk}/thu-tuc/buoc/", sent, follow=True)
    return str(page.text)


def test_minutes_handed_in_with_a_step_are_a_document_with_a_file(scheme: Scheme) -> None:
    take(scheme, **{"giay-council_resolution": "12/NQ-HĐND", "tep-council_resolution": minutes()})
    paper = Paper.objects.select_related("document", "file").get()
    assert (paper.document.number, paper.document.type) == ("12/NQ-HĐND", "nghị quyết của Hội đồng nhân dân")
    assert (paper.document.issuer, paper.document.place) == ("Hội đồng nhân dân cấp xã", "x2")
    assert paper.document.signed_on == dt.date(2019, 10, 1)
    text = as_user(scheming.drafter()).get(f"/de-an/{scheme.pk}/thu-tuc/").text
    assert f"/de-an/{scheme.pk}/giay/{paper.pk}/" in text


def test_a_paper_s_file_is_for_whoever_may_read_the_scheme(scheme: Scheme) -> None:
    take(scheme, **{"giay-council_resolution": "12/NQ-HĐND", "tep-council_resolution": minutes()})
    address = f"/de-an/{scheme.pk}/giay/{Paper.objects.get().pk}/"
    response = as_user(scheming.person("xem-x2", "viewer", "x2")).get(address)
    assert b"".join(response) == uploads.pdf()  # type: ignore[call-overload]  # a streaming answer
    assert "attachment" in response.headers["Content-Disposition"]
    assert as_user(scheming.person("xem-x1", "viewer", "x1")).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    other = scheming.started()
    assert (
        as_user(scheming.drafter()).get(f"/de-an/{other.pk}/giay/{Paper.objects.get().pk}/").status_code
        == 404
    )


def test_a_file_that_is_not_what_it_says_takes_no_step(scheme: Scheme) -> None:
    wrong = minutes(content=b"<html><script>alert(1)</script></html>")
    text = take(scheme, **{"giay-council_resolution": "12/NQ-HĐND", "tep-council_resolution": wrong})
    assert 'class="error"' in text
    assert not scheme.moves.filter(step="commune_council").exists()
    assert not Document.objects.filter(number="12/NQ-HĐND").exists()


def test_a_document_on_file_is_named_instead_of_a_file(scheme: Scheme) -> None:
    take(scheme, **{"van-ban-council_resolution": "202/QĐ-UBND"})
    paper = Paper.objects.get()
    assert (paper.document_id, paper.file) == ("qd2", None)
    assert scheme.moves.get(step="commune_council").papers == {"council_resolution": "202/QĐ-UBND"}


def test_a_document_nobody_may_see_is_not_to_be_named(scheme: Scheme) -> None:
    Document.objects.create(
        id="kín", position=999, number="9/KÍN", type="", issuer="", title="", folded="", place="x1"
    )
    move = scheme.moves.get(step="draft")
    readable = Document.objects.exclude(pk="kín")
    for named in ("9/KÍN", "khong-co"):
        with pytest.raises(services.UnableToAttachPaper, match="not exactly one document"):
            services.attach_paper(
                acting=scheming.drafter(),
                move=move,
                code="scheme",
                sent=services.Sent(document=named),
                readable=readable,
            )


def test_a_paper_is_attached_later_once_and_by_those_whose_it_is(scheme: Scheme) -> None:
    move = scheme.moves.get(step="draft")
    address = f"/de-an/{scheme.pk}/thu-tuc/{move.number}/giay/"
    page = f"/de-an/{scheme.pk}/thu-tuc/"
    clerk, stranger = as_user(scheming.drafter()), as_user(scheming.person("xem-x2", "viewer", "x2"))
    assert "bắt buộc, thiếu tệp" in clerk.get(page).text
    assert address in clerk.get(page).text
    assert address not in stranger.get(page).text
    sent = {"giay": "scheme", "tep-scheme": minutes("de-an.pdf")}
    assert stranger.post(address, sent).status_code == 403
    with pytest.raises(PermissionDenied):
        services.attach_paper(
            acting=scheming.person("duyệt-x1", "approver", "x1"),
            move=move,
            code="scheme",
            sent=services.Sent(minutes()),
            readable=Document.objects.none(),
        )
    assert "Đã đính kèm" in clerk.post(address, {**sent, "tep-scheme": minutes()}, follow=True).text
    again = clerk.post(
        address, {**sent, "tep-scheme": minutes(content=uploads.pdf("khac"))}, follow=True
    ).text
    assert 'class="error"' in again
    assert Paper.objects.count() == 1
    assert (
        "Bước này không có giấy tờ đó"
        in clerk.post(address, {**sent, "giay": "resolution"}, follow=True).text
    )


def test_a_needed_paper_without_its_file_is_seen_by_whoever_holds_the_next_step(scheme: Scheme) -> None:
    appraiser = as_user(scheming.person("thẩm-định", "approver"))
    procedure, everywhere = f"/de-an/{scheme.pk}/thu-tuc/", "/de-an/thieu-tep/"
    assert "Còn thiếu tệp của 3 giấy tờ bắt buộc" in appraiser.get(procedure).text
    assert f"{procedure}#buoc-draft" in appraiser.get(everywhere).text
    assert everywhere in appraiser.get("/de-an/").text
    draft = scheme.moves.get(step="draft")
    address = f"/de-an/{scheme.pk}/thu-tuc/{draft.number}/giay/"
    as_user(scheming.drafter()).post(address, {"giay": "scheme", "tep-scheme": minutes("de-an.pdf")})
    assert "Còn thiếu tệp của 2 giấy tờ bắt buộc" in appraiser.get(procedure).text
    assert f"{procedure}#buoc-draft" not in appraiser.get(everywhere).text
    assert scheme.moves.filter(step="draft").count() == 1


def test_a_document_named_for_a_paper_lacks_its_file_until_that_document_has_one(scheme: Scheme) -> None:
    take(scheme, **{"van-ban-council_resolution": "202/QĐ-UBND"})
    page = "/de-an/thieu-tep/"
    reader = as_user(scheming.drafter())
    assert "#buoc-commune_council" in reader.get(page).text
    attach(acting=scheming.approver(), document=Document.objects.get(pk="qd2"), upload=minutes())
    assert "#buoc-commune_council" not in reader.get(page).text


def test_papers_of_a_scheme_returned_or_withdrawn_are_not_chased(scheme: Scheme) -> None:
    reader, page = as_user(scheming.drafter()), "/de-an/thieu-tep/"
    assert "#buoc-" in reader.get(page).text
    services.withdraw(acting=scheming.drafter(), scheme=scheme.pk, reason="Không còn cần")
    assert "#buoc-" not in reader.get(page).text


def test_papers_of_another_place_are_not_listed(scheme: Scheme) -> None:
    assert "#buoc-" in as_user(scheming.person("xem-x2", "viewer", "x2")).get("/de-an/thieu-tep/").text
    assert "#buoc-" not in as_user(scheming.person("xem-x1", "viewer", "x1")).get("/de-an/thieu-tep/").text
    assert scheme.place == "x2"


def test_attached_papers_are_insert_only(scheme: Scheme) -> None:
    take(scheme, **{"van-ban-council_resolution": "202/QĐ-UBND"})
    for wrong in (lambda: Paper.objects.update(code="x"), lambda: Paper.objects.all().delete()):
        with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
            wrong()


def test_the_resolution_attached_is_the_document_the_acts_cite(scheme: Scheme) -> None:
    scheming.go_on(scheme, "deciding_council", dt.date(2019, 9, 23))
    day = dt.date(2019, 9, 29)
    services.take_step(
        acting=scheming.approver(),
        scheme=scheme.pk,
        step="decision",
        on=day,
        papers={"resolution": "55/NQ-HĐND"},
        sent={"resolution": services.Sent(minutes())},
    )
    services.enact(acting=scheming.approver(), scheme=scheme.pk, signed=scheming.signed(day))
    scheme.refresh_from_db()
    assert scheme.decision is not None
    assert scheme.decision.files.count() == 1
    assert Document.objects.filter(number="55/NQ-HĐND").count() == 1


def test_where_people_go_is_settled_once_the_council_has_decided(scheme: Scheme) -> None:
    scheming.go_on(scheme, "deciding_council", dt.date(2019, 9, 23))
    with pytest.raises(services.UnableToChange):
        services.place(
            acting=scheming.drafter(),
            scheme=scheme.pk,
            placements={"posts": {}, "holders": {}, "children": {}},
        )
