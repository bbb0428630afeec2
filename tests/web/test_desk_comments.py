"""Comments: nothing is public before a person agreed; floods, forged ids, markup and puzzles used twice do no harm."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json

import openpyxl
import pytest
from conftest import logged_in
from desking import answered, article, said, send, worked
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tinhgon_web.core.models import AuditLine
from tinhgon_web.desk import duties, selectors
from tinhgon_web.desk.models import Comment, CommentStep, Report
from tinhgon_web.desk.services import comments
from tinhgon_web.portal.models import ArticlePage

pytestmark = pytest.mark.django_db
NOTE = {"name": "Bạn đọc", "text": "Một ý kiến"}
MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def page() -> ArticlePage:
    return article()


def decide(client: Client, comment: Comment, **fields: str) -> int:
    return client.post(f"/kiem-duyet/{comment.pk}/quyet-dinh/", fields).status_code


def shown(client: Client, page: ArticlePage) -> str:
    return client.get(page.url or "").text


def test_a_comment_is_public_only_once_a_moderator_agreed(nobody: Client, page: ArticlePage) -> None:
    done = send(nobody, f"/binh-luan/{page.pk}/", **NOTE)
    assert done.status_code == 302
    assert "chưa được đăng" in nobody.get(done.headers["Location"]).text
    [comment] = Comment.objects.all()
    assert "Một ý kiến" not in shown(nobody, page)
    moderator = logged_in("portal_editor")
    assert "Một ý kiến" in moderator.get("/kiem-duyet/").text
    decide(moderator, comment, verb="accept", accept_reason="fitting")
    assert "Một ý kiến" in shown(nobody, page)
    assert [step.verb for step in comment.steps.all()] == ["send", "accept"]
    assert AuditLine.objects.filter(verb="accept comment", what=str(comment.pk)).count() == 1


def test_a_rejected_comment_is_never_shown_and_needs_a_reason(nobody: Client, page: ArticlePage) -> None:
    comment = said(page, "Không hay")
    moderator = logged_in("approver")
    decide(moderator, comment, verb="reject", refuse_reason="")
    decide(moderator, comment, verb="reject", refuse_reason="fitting")
    comment.refresh_from_db()
    assert comment.state == "waiting"
    decide(moderator, comment, verb="reject", refuse_reason="insult")
    comment.refresh_from_db()
    assert (comment.state, comment.reason) == ("rejected", "insult")
    assert "Không hay" not in shown(nobody, page)
    decide(moderator, comment, verb="reject", refuse_reason="advert")
    assert comment.steps.filter(verb="reject").count() == 1


def test_a_browser_s_work_is_taken_in_place_of_the_answer(nobody: Client, page: ArticlePage) -> None:
    address = f"/binh-luan/{page.pk}/"
    assert nobody.post(address, {**worked(nobody.get(address)), **NOTE}).status_code == 302


def test_a_solved_puzzle_counts_once(nobody: Client, page: ArticlePage) -> None:
    address = f"/binh-luan/{page.pk}/"
    form = nobody.get(address)
    by_work, by_answer = worked(form), answered(form)
    assert nobody.post(address, {**by_work, **NOTE}).status_code == 302
    for solved in (by_work, by_answer):
        assert nobody.post(address, {**solved, **NOTE, "text": "Lần hai"}).status_code == 422
    assert Comment.objects.count() == 1


def forged(**more: object) -> str:
    work = {"algorithm": "SHA-256", "challenge": "0", "salt": "x", "signature": "0", "number": 1, **more}
    return base64.b64encode(json.dumps(work).encode()).decode()


@pytest.mark.parametrize(
    "work",
    ["x", "bnVsbA==", forged(), forged(number=True), forged(salt=[1]), forged(algorithm="MD5"), "W1td"],
)
def test_forged_work_is_refused(nobody: Client, page: ArticlePage, work: str) -> None:
    address = f"/binh-luan/{page.pk}/"
    solved = {**answered(nobody.get(address)), "answer": "", "work": work}
    assert nobody.post(address, {**solved, **NOTE}).status_code == 422
    assert not Comment.objects.exists()


def test_the_puzzle_of_another_form_and_a_wrong_answer_are_refused(nobody: Client, page: ArticlePage) -> None:
    other = answered(nobody.get(f"/binh-luan/{article('khac').pk}/"))
    own = answered(nobody.get(f"/binh-luan/{page.pk}/"))
    theirs = worked(nobody.get("/hoi-dap/"))
    for solved in (
        other,
        {**own, "answer": "sai"},
        {**own, "token": "x"},
        {**own, "answer": "", "work": theirs["work"]},
    ):
        assert nobody.post(f"/binh-luan/{page.pk}/", {**solved, **NOTE}).status_code == 422
    assert not Comment.objects.exists()


def test_an_old_puzzle_is_refused(nobody: Client, page: ArticlePage, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"/binh-luan/{page.pk}/"
    solved = answered(nobody.get(address))
    monkeypatch.setattr("tinhgon_web.desk.puzzle.LASTS", dt.timedelta(seconds=-1))
    assert nobody.post(address, {**solved, **NOTE}).status_code == 422


def test_a_flood_is_stopped(nobody: Client, page: ArticlePage) -> None:
    address = f"/binh-luan/{page.pk}/"
    statuses = [send(nobody, address, **{**NOTE, "text": f"Ý kiến {n}"}).status_code for n in range(8)]
    assert statuses == [302] * 6 + [429] * 2
    assert Comment.objects.count() == 6
    stored = list(Comment.objects.values_list("source", flat=True))
    assert len(set(stored)) == 1
    assert "127.0.0.1" not in str(list(Comment.objects.values()))


def test_the_queue_of_one_article_has_an_end(page: ArticlePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "MOST_WAITING", 1)
    said(page, "một")
    with pytest.raises(comments.UnableToComment, match="full"):
        said(page, "hai")


@pytest.mark.parametrize("change", [{"comments_open": False}, {"withdrawn_because": "sai"}, {"live": False}])
def test_a_closed_article_takes_none(nobody: Client, page: ArticlePage, change: dict[str, object]) -> None:
    address = f"/binh-luan/{page.pk}/"
    solved = answered(nobody.get(address))
    ArticlePage.objects.filter(pk=page.pk).update(**change)
    assert nobody.get(address).status_code in (404, 410)
    assert nobody.post(address, {**solved, **NOTE}).status_code in (404, 410)
    assert not Comment.objects.exists()


def test_comments_are_off_by_default() -> None:
    assert ArticlePage().comments_open is False


def test_markup_in_every_field_is_only_text(nobody: Client, page: ArticlePage) -> None:
    fields = {"name": MARKUP[:60], "text": MARKUP, "email": "a@example.org"}
    assert send(nobody, f"/binh-luan/{page.pk}/", **fields).status_code == 302
    [comment] = Comment.objects.all()
    moderator = logged_in("portal_editor")
    decide(moderator, comment, verb="accept", accept_reason="fitting")
    sent = {"reason": "insult", "words": MARKUP}
    assert send(nobody, f"/binh-luan/bao-cao/{comment.pk}/", **sent).status_code == 302
    decide(moderator, comment, verb="keep", note=MARKUP)
    pages = [moderator.get(at).text for at in ("/kiem-duyet/?o=", f"/kiem-duyet/{comment.pk}/")]
    pages += [shown(nobody, page), nobody.get(f"/binh-luan/{page.pk}/?tra-loi={comment.pk}").text]
    for text in pages:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "a@example.org" not in shown(nobody, page)


def test_a_name_cannot_turn_what_follows_round(page: ArticlePage, nobody: Client) -> None:
    send(nobody, f"/binh-luan/{page.pk}/", name="A\u202eB\u200f", text="x\u202ey")
    [comment] = Comment.objects.all()
    assert (comment.name, comment.text) == ("AB", "xy")


def test_replies_go_one_level_deep_and_only_to_what_is_public(nobody: Client, page: ArticlePage) -> None:
    moderator, first = logged_in("portal_editor"), said(page, "Gốc")
    decide(moderator, first, verb="accept", accept_reason="fitting")
    reply = send(nobody, f"/binh-luan/{page.pk}/?tra-loi={first.pk}", name="B", text="Trả lời")
    assert reply.status_code == 302
    second = Comment.objects.get(parent=first)
    decide(moderator, second, verb="accept", accept_reason="fitting")
    assert "Trả lời" in shown(nobody, page)
    hidden, elsewhere = said(page, "Chưa duyệt"), said(article("khac"), "Bài khác")
    for parent in (second.pk, hidden.pk, elsewhere.pk, 10**9):
        address = f"/binh-luan/{page.pk}/?tra-loi={parent}"
        assert send(nobody, address, name="C", text=f"Vào {parent}").status_code == 422


def test_what_is_not_public_cannot_be_told_by_its_number(nobody: Client, page: ArticlePage) -> None:
    waiting = said(page)
    for pk in (waiting.pk, 10**9):
        assert nobody.get(f"/binh-luan/bao-cao/{pk}/").status_code == 404
        assert "Ý kiến" not in nobody.get(f"/binh-luan/{page.pk}/?tra-loi={pk}").text


def test_an_objection_starts_a_clock_and_taking_down_settles_it(nobody: Client, page: ArticlePage) -> None:
    comment, moderator = said(page, "Sai sự thật"), logged_in("approver")
    decide(moderator, comment, verb="accept", accept_reason="fitting")
    assert send(nobody, f"/binh-luan/bao-cao/{comment.pk}/", reason="untrue", words="").status_code == 302
    moderator.post(f"/kiem-duyet/{comment.pk}/yeu-cau/", {"reason": "unlawful", "words": "123/STTTT"})
    by_reader, by_authority = Report.objects.order_by("by_authority")
    assert by_reader.due - by_reader.at == dt.timedelta(hours=48)
    assert by_authority.due - by_authority.at == dt.timedelta(hours=24)
    [queued] = selectors.with_clocks(selectors.queue("reported"))
    assert queued.clock is not None
    assert queued.clock.kind == "authority"
    assert "Sai sự thật" in moderator.get("/kiem-duyet/?o=reported").text
    decide(moderator, comment, verb="remove", refuse_reason="untrue")
    assert set(Report.objects.values_list("upheld", flat=True)) == {True}
    assert "Sai sự thật" not in shown(nobody, page)


def test_a_late_clock_says_so(page: ArticlePage) -> None:
    comment = said(page)
    Comment.objects.filter(pk=comment.pk).update(sent_at=timezone.now() - dt.timedelta(hours=30))
    assert "quá hạn 6 giờ" in logged_in("approver").get("/kiem-duyet/").text


def test_the_duty_says_that_nobody_read_the_act(page: ArticlePage) -> None:
    text = logged_in("approver").get("/kiem-duyet/").text
    assert duties.COMPLAINT.document in text
    assert "chưa đối chiếu văn bản gốc" in text
    assert not duties.COMPLAINT.holds(dt.date(2019, 10, 9))


def test_erasing_leaves_the_history_alone(nobody: Client, page: ArticlePage) -> None:
    send(
        nobody, f"/binh-luan/{page.pk}/", name="Nguyễn Văn Thật", text="Số nhà tôi", email="that@example.org"
    )
    [comment] = Comment.objects.all()
    moderator = logged_in("portal_editor")
    decide(moderator, comment, verb="accept", accept_reason="fitting")
    decide(moderator, comment, verb="erase")
    decide(moderator, comment, verb="accept", accept_reason="fitting")
    comment.refresh_from_db()
    kept = str(list(Comment.objects.values())) + str(list(AuditLine.objects.values()))
    for gone in ("Nguyễn Văn Thật", "Số nhà tôi", "that@example.org"):
        assert gone not in kept
    assert comment.state == "removed"
    assert [step.verb for step in comment.steps.all()] == ["send", "accept", "erase"]


def test_the_databases_refuse_to_change_a_history(page: ArticlePage) -> None:
    step = said(page).steps.get()
    for act in (
        lambda: CommentStep.objects.update(verb="x"),
        lambda: CommentStep.objects.filter(pk=step.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_database_refuses_what_is_public_undecided(page: ArticlePage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=said(page).pk).update(state="accepted")


def test_an_article_that_is_deleted_leaves_its_comments_to_the_desk(page: ArticlePage) -> None:
    said(page, "Còn lại")
    page.delete()
    text = logged_in("approver").get("/kiem-duyet/").text
    assert "Còn lại" in text
    assert "Bài bai" in text


def test_the_search_needs_no_diacritics(page: ArticlePage) -> None:
    said(page, "Đường thôn Bon Đắk")
    said(page, "Việc khác")
    text = logged_in("approver").get("/kiem-duyet/?q=duong dak").text
    assert "Đường thôn" in text
    assert "Việc khác" not in text


def test_the_workbook_holds_no_formula_and_no_email(page: ArticlePage) -> None:
    said(page, "=HYPERLINK(1)", email="a@example.org")
    book = openpyxl.load_workbook(io.BytesIO(logged_in("approver").get("/kiem-duyet/binh-luan.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]  # it has a sheet
    assert "'=HYPERLINK(1)" in [cell.value for cell in cells]
    assert "a@example.org" not in str([cell.value for cell in cells])


def test_the_rail_counts_what_waits_and_nobody_is_written_to(page: ArticlePage) -> None:
    from django.core.cache import cache

    cache.clear()
    said(page)
    assert 'class="waiting">1<' in logged_in("approver").get("/kiem-duyet/").text
    assert mail.outbox == []
