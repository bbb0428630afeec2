"""Letters of the desk: to whom, when, and that nothing of a reader's words is in them."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import logged_in
from desking import article, said
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from test_desk_hotline import act, ask

from tinhgon_web.core.models import User
from tinhgon_web.desk.duties import AIM, HOTLINE_WORKING_DAYS
from tinhgon_web.desk.services.reminding import remind

pytestmark = pytest.mark.django_db


def person(role: str) -> User:
    """An officer with a role over everything and an e-mail address."""
    logged_in(role)
    user = User.objects.get(username=f"{role}-all")
    user.email = f"{role}@example.org"
    user.save()
    return user


def test_moderators_are_told_when_a_clock_runs_out_and_not_before(settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://portal.example"
    writer, viewer = person("portal_editor"), person("viewer")
    sent = said(article(), "Lời riêng của bạn đọc").sent_at
    assert remind(now=sent) == []
    told = remind(now=sent + AIM + dt.timedelta(minutes=1))
    assert writer in [one.user for one in told]
    assert viewer not in [one.user for one in told]
    letter = next(one for one in mail.outbox if one.to == [writer.email])
    assert letter.subject == "1 bình luận cần quyết định, trong đó 1 đã quá hạn"
    assert "https://portal.example/kiem-duyet/" in letter.body
    assert "Lời riêng" not in letter.subject + letter.body


def test_a_ticket_reminds_its_owner_and_without_one_those_who_give_it_out(nobody: Client) -> None:
    writer, editor = person("portal_editor"), person("editor")
    ticket, _ = ask(nobody)
    near = timezone.now() + dt.timedelta(days=2 * HOTLINE_WORKING_DAYS)
    assert remind(now=timezone.now()) == []
    assert {one.user for one in remind(now=near)} >= {writer}
    assert editor not in [one.user for one in remind(now=near)]
    assert act(logged_in("portal_editor"), ticket, "assign", owner=editor.pk) == 302
    assert [one.user for one in remind(now=near)] == [editor]
    assert mail.outbox[-1].subject == "1 câu hỏi, phản ánh đến hạn trả lời, trong đó 1 đã quá hạn"
    assert "Sổ đỏ" not in mail.outbox[-1].subject + mail.outbox[-1].body


def test_the_command_says_how_many_were_written_to(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("remind_desk")
    assert capsys.readouterr().out == "0 letters\n"
