"""The hotline: a question becomes a ticket that only its code opens; nothing personal leaks, nothing can be guessed."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
from conftest import logged_in
from desking import send
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tinhgon_web.core.models import AuditLine, User
from tinhgon_web.desk import secrecy
from tinhgon_web.desk.models import Ticket, TicketStep

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "question",
    "subject": "Sổ đỏ sau sáp nhập",
    "text": "Thôn tôi nhập, giấy tờ có phải đổi không?",
    "name": "Nguyễn Văn Thật",
    "contact": "0912 345 678",
    "may_publish": "on",
}
MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def ask(client: Client, **fields: str) -> tuple[Ticket, str]:
    done = send(client, "/hoi-dap/", **{**ASKED, **fields})
    assert done.status_code == 200, done.text
    found = re.search(r"<code>([\w-]+)</code>", done.text)
    assert found is not None
    return Ticket.objects.latest("pk"), found.group(1)


def look(client: Client, code: str) -> HttpResponse:
    return client.post("/hoi-dap/tra-cuu/", {"code": code})


def act(client: Client, ticket: Ticket, verb: str, words: str = "", **more: object) -> int:
    status = client.post(
        f"/duong-day-nong/{ticket.pk}/buoc/", {"verb": verb, "words": words, **more}
    ).status_code
    ticket.refresh_from_db()
    return status


def test_a_question_is_answered_and_read_with_its_code(nobody: Client) -> None:
    ticket, code = ask(nobody)
    assert "Đã tiếp nhận" in look(nobody, code).text
    editor = logged_in("portal_editor")
    act(editor, ticket, "answer", "Giấy tờ cũ vẫn dùng được.")
    for typed in (code, code.lower(), code.replace("-", " ")):
        assert "Giấy tờ cũ vẫn dùng được." in look(nobody, typed).text
    assert [step.verb for step in ticket.steps.all()] == ["send", "answer"]
    assert ticket.owner == User.objects.get(username="portal_editor-all")


def test_the_code_is_kept_nowhere(nobody: Client) -> None:
    ticket, code = ask(nobody)
    kept = str(list(Ticket.objects.values())) + str(list(AuditLine.objects.values()))
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert len(code) == 14
    assert secrecy.code_digest(code) == ticket.code_digest


def test_tickets_cannot_be_enumerated(nobody: Client) -> None:
    ticket, _code = ask(nobody)
    tries = [ticket.number, str(ticket.pk), "AAAA-AAAA-AAAA", "", "%", "' OR 1=1"]
    statuses = [look(nobody, typed).status_code for typed in tries]
    assert set(statuses) <= {200, 404}
    assert all("Thôn tôi nhập" not in look(nobody, typed).text for typed in tries[:3])
    guesses = [look(nobody, f"{letter * 4}-{letter * 4}-{letter * 4}").status_code for letter in "BCDEFGH"]
    assert guesses[0] == 404
    assert guesses[-1] == 429
    assert nobody.get(f"/hoi-dap/tra-cuu/?code={_code}").text.count("Thôn tôi nhập") == 0


def test_the_day_due_is_ten_working_days_away(nobody: Client) -> None:
    ticket, _code = ask(nobody)
    day, counted = timezone.localdate(ticket.sent_at), 0
    while day < ticket.due:
        day += dt.timedelta(days=1)
        counted += day.weekday() < 5
    assert counted == 10


def test_a_late_ticket_is_marked_and_counted(nobody: Client) -> None:
    ticket, _code = ask(nobody)
    Ticket.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
    editor = logged_in("portal_editor")
    assert "1 phiếu quá hạn" in editor.get("/duong-day-nong/").text
    assert "quá hạn" in editor.get(f"/duong-day-nong/{ticket.pk}/").text
    act(editor, ticket, "answer", "Xong")
    assert "phiếu quá hạn" not in editor.get("/duong-day-nong/?o=").text


def test_who_edits_sees_only_what_was_given_to_them(nobody: Client) -> None:
    mine, other = ask(nobody)[0], ask(nobody, subject="Việc khác")[0]
    officer, publisher = logged_in("editor"), logged_in("portal_editor")
    assert officer.get(f"/duong-day-nong/{mine.pk}/").status_code == 404
    act(publisher, mine, "assign", owner=User.objects.get(username="editor-all").pk)
    assert officer.get(f"/duong-day-nong/{mine.pk}/").status_code == 200
    assert "Việc khác" not in officer.get("/duong-day-nong/").text
    assert act(officer, other, "answer", "x") == 404
    for verb in ("publish", "erase", "close", "assign", "withdraw"):
        assert act(officer, mine, verb, "x") == 403
    assert act(officer, mine, "answer", "Trả lời của cán bộ") == 302
    assert mine.state == "answered"


def test_nobody_is_given_a_ticket_who_may_not_answer_it(nobody: Client) -> None:
    ticket, _code = ask(nobody)
    logged_in("viewer")
    act(logged_in("portal_editor"), ticket, "assign", owner=User.objects.get(username="viewer-all").pk)
    assert ticket.owner is None
    act(logged_in("portal_editor"), ticket, "assign", owner=10**9)
    assert ticket.owner is None


def test_publication_needs_agreement_and_words_of_the_office(nobody: Client) -> None:
    editor = logged_in("portal_editor")
    refusing, agreeing = ask(nobody, may_publish="")[0], ask(nobody)[0]
    for ticket in (refusing, agreeing):
        act(editor, ticket, "publish", "Câu hỏi chung")
        assert ticket.published_at is None, "there is no answer yet"
        act(editor, ticket, "answer", "Không phải đổi.")
        act(editor, ticket, "publish", "  ")
        act(editor, ticket, "publish", "Sáp nhập thôn có phải đổi giấy tờ không?")
    assert refusing.published_at is None
    text = nobody.get("/hoi-dap/da-tra-loi/").text
    assert "Sáp nhập thôn có phải đổi giấy tờ không?" in text
    for private in (ASKED["name"], ASKED["contact"], ASKED["text"]):
        assert private not in text
    act(editor, agreeing, "withdraw")
    assert "Sáp nhập thôn" not in nobody.get("/hoi-dap/da-tra-loi/").text


def test_a_ticket_is_closed_once_with_a_reason_the_reader_sees(nobody: Client) -> None:
    ticket, code = ask(nobody)
    editor = logged_in("portal_editor")
    act(editor, ticket, "close", "")
    assert ticket.state == "new"
    act(editor, ticket, "close", "Đã chuyển công an xã.")
    act(editor, ticket, "answer", "Muộn")
    assert (ticket.state, ticket.answer) == ("closed", "")
    assert "Đã chuyển công an xã." in look(nobody, code).text


def test_erasing_leaves_number_and_history(nobody: Client) -> None:
    ticket, code = ask(nobody)
    editor = logged_in("portal_editor")
    act(editor, ticket, "answer", "Chào ông Thật")
    act(editor, ticket, "publish", "Câu hỏi của ông Thật")
    act(editor, ticket, "erase")
    kept = str([list(model.objects.values()) for model in (Ticket, TicketStep, AuditLine)])
    for gone in (*(ASKED[name] for name in ("name", "contact", "text", "subject")), "ông Thật"):
        assert gone not in kept
    assert ticket.number in editor.get("/duong-day-nong/?o=").text
    assert "đã được xóa" in look(nobody, code).text
    assert "ông Thật" not in nobody.get("/hoi-dap/da-tra-loi/").text


def test_what_a_reader_wrote_is_never_logged(nobody: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ticket, code = ask(nobody)
        look(nobody, code)
        nobody.post("/hoi-dap/", {**ASKED, "token": "x"})
        logged_in("portal_editor").get(f"/duong-day-nong/{ticket.pk}/")
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    for private in (ASKED["name"], ASKED["contact"], ASKED["text"], code):
        assert private not in str(said)


def test_markup_in_every_field_is_only_text(nobody: Client) -> None:
    ticket, code = ask(nobody, subject=MARKUP, text=MARKUP, name=MARKUP[:60], contact=MARKUP)
    editor = logged_in("portal_editor")
    before = [editor.get(at).text for at in ("/duong-day-nong/", f"/duong-day-nong/{ticket.pk}/")]
    act(editor, ticket, "answer", MARKUP)
    act(editor, ticket, "publish", MARKUP)
    after = [look(nobody, code).text, nobody.get("/hoi-dap/").text, nobody.get("/hoi-dap/da-tra-loi/").text]
    for text in (*before, *after, editor.get(f"/duong-day-nong/{ticket.pk}/").text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_flood_is_stopped_and_what_was_typed_stays(nobody: Client) -> None:
    statuses = [send(nobody, "/hoi-dap/", **ASKED).status_code for _ in range(5)]
    assert statuses == [200] * 4 + [429]
    assert Ticket.objects.count() == 4
    refused = nobody.post("/hoi-dap/", {**ASKED, "token": "x"})
    assert ASKED["text"] in refused.text


def test_the_search_and_the_workbook(nobody: Client) -> None:
    ask(nobody)
    ask(nobody, subject="=1+1", text="khác")
    editor = logged_in("portal_editor")
    text = editor.get("/duong-day-nong/?q=so do sap nhap").text
    assert "Sổ đỏ" in text
    assert "=1+1" not in text
    book = editor.get("/duong-day-nong/duong-day-nong.xlsx")
    assert book.status_code == 200
    assert book.content[:2] == b"PK"
