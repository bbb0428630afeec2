"""Schemes open for comment: nothing before a round is opened, then what people were asked about and what came of it."""

from __future__ import annotations

import re

import asking
import pytest
import scheming
import story
import uploads
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.services import ledger, rounds
from tinhgon_web.core.models import AuditLine
from tinhgon_web.documents.models import Document
from tinhgon_web.portal import cache
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import OpenPaper, Paper, Scheme

pytestmark = pytest.mark.django_db
AT = "/de-an-cong-khai/"


@pytest.fixture(autouse=True)
def _none_yet() -> None:
    """The rounds the other addresses name are left out of these tests' way."""
    Round.objects.filter(pk__in=[1, 2]).update(title="Đợt khác")


@pytest.fixture
def scheme() -> Scheme:
    scheming.set_the_scene()
    made = scheming.started()
    scheming.planned(made)
    scheming.through(made, "draft")
    made.refresh_from_db()
    return made


def asked(scheme: Scheme | None, **more: object) -> Round:
    fields = {"title": "Nhập thôn của xã hai", **more}
    if scheme is None:
        return asking.drafted(**fields)
    units = list(scheme.touched.values_list("unit", flat=True))
    return asking.drafted(units, scheme=scheme, place=scheme.place, **fields)


def opened(scheme: Scheme | None, **more: object) -> Round:
    held = asking.posted(asking.filled(asked(scheme, **more)))
    return rounds.open_round(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)


def page(held: Round, nobody: Client) -> str:
    return nobody.get(f"{AT}{held.pk}/").text


def test_a_round_being_prepared_answers_as_one_that_is_not(nobody: Client, scheme: Scheme) -> None:
    held = asking.posted(asking.filled(asked(scheme)))
    assert "Nhập thôn của xã hai" not in nobody.get(AT).text
    there, not_there = (nobody.get(f"{AT}{number}/") for number in (held.pk, 987654))
    assert (there.status_code, not_there.status_code) == (404, 404)
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    same = tokens.sub("", there.text.replace(f"{AT}{held.pk}/", ""))
    assert same == tokens.sub("", not_there.text.replace(f"{AT}987654/", ""))


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "1e3", "-1", "٣"])
def test_odd_numbers_are_no_fault(nobody: Client, number: str) -> None:
    assert nobody.get(f"{AT}{number}/").status_code == 404


def test_an_open_round_shows_what_is_proposed_and_the_way_to_the_form(nobody: Client, scheme: Scheme) -> None:
    held = opened(scheme)
    assert "Nhập thôn của xã hai" in nobody.get(AT).text
    text = page(held, nobody)
    assert text.count('<svg class="map scheme-map') == 2
    assert "Còn 3 ngày" in text
    assert "đề xuất" in text
    assert 'href="/lay-y-kien/"' in text
    assert "/tra-cuu/?q=" in text
    assert "Chủ hộ" not in text


def test_the_map_needs_no_script_and_no_style_inside(nobody: Client, scheme: Scheme) -> None:
    response = nobody.get(f"{AT}{opened(scheme).pk}/")
    assert " style=" not in response.text
    assert "<canvas" not in response.text
    assert not response.cookies


def test_days_left_follow_the_day(nobody: Client, settings: Settings, scheme: Scheme) -> None:
    held = opened(scheme)
    settings.TODAY = held.closes - asking.DAY
    assert "ngày cuối" in page(held, nobody)
    settings.TODAY = held.closes
    assert "đang kiểm phiếu" in page(held, nobody)
    assert "phiếu của hộ" not in page(held, nobody)


def test_what_people_are_asked_about_stays_when_the_scheme_goes_back(nobody: Client, scheme: Scheme) -> None:
    held = opened(scheme)
    before = page(held, nobody)
    services.send_back(
        acting=scheming.drafter(), scheme=scheme.pk, step="draft", on=story.END, reason="Xem lại tên"
    )
    made = services.copy_variant(acting=scheming.drafter(), scheme=scheme.pk, number=1)
    group = made.groups[0]
    change = {"do": "name", "unit": group["seat"], "name": "Tên còn bàn trong phòng"}
    services.edit(acting=scheming.drafter(), scheme=scheme.pk, number=made.number, change=change)
    services.choose(acting=scheming.drafter(), scheme=scheme.pk, number=made.number)
    assert page(held, nobody) == before


def test_a_scheme_made_on_paper_has_its_page_without_a_map(nobody: Client) -> None:
    text = page(opened(None), nobody)
    assert '<svg class="map' not in text
    assert "Còn 3 ngày" in text
    assert "Thôn 3" in text


def closed(held: Round, settings: Settings, *, agree: int = 10) -> Round:
    for unit in held.rolls.values_list("unit", flat=True):
        for number in range(1, agree + 1):
            said = ledger.Said("agree", "Xin giữ tên thôn" if number == 1 else "")
            ledger.answer_on_web(line=asking.line_of(held, number, unit), said=said)
    settings.TODAY = held.closes
    return rounds.close_round(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)


def test_results_come_with_their_publication_on_both_denominators(
    nobody: Client, settings: Settings, scheme: Scheme
) -> None:
    held = closed(opened(scheme), settings, agree=6)
    assert "60,00" not in page(held, nobody)
    assert "Xin giữ tên thôn" not in page(held, nobody)
    rounds.publish(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)
    text = page(held, nobody)
    assert "60,00" in text
    assert "100,00" in text
    assert "Xin giữ tên thôn" not in text


def test_a_second_round_stands_on_the_same_page(nobody: Client, settings: Settings, scheme: Scheme) -> None:
    first = closed(opened(scheme), settings, agree=4)
    approver = asking.person("phe-duyet", "approver")
    rounds.publish(acting=approver, round_id=first.pk)
    again = rounds.ask_again(
        acting=approver, round_id=first.pk, opens=first.closes, closes=first.closes + 5 * asking.DAY
    )
    assert "· lần 2" not in nobody.get(AT).text
    asking.posted(again)
    rounds.open_round(acting=approver, round_id=again.pk)
    text = page(first, nobody)
    assert "Còn 4 ngày" in text
    assert "40,00" in text
    assert nobody.get(f"{AT}{again.pk}/").status_code == 404
    assert "· lần 2" in nobody.get(AT).text


def test_words_of_the_office_are_words(nobody: Client) -> None:
    held = opened(None, title="<script>alert(1)</script>", question='"><img src=x onerror=alert(1)>')
    for text in (nobody.get(AT).text, page(held, nobody)):
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_kept_page_follows_the_round(
    nobody: Client, settings: Settings, scheme: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_CACHE = True
    monkeypatch.setattr(cache, "_LOOK_EVERY", 0.0)
    cache.STORE.clear()
    assert "Nhập thôn của xã hai" not in nobody.get(AT).text
    held = opened(scheme)
    assert "Nhập thôn của xã hai" in nobody.get(AT).text
    assert page(held, nobody) == page(held, nobody)
    closed(held, settings)
    assert "đang kiểm phiếu" in page(held, nobody)
    rounds.publish(acting=asking.person("phe-duyet", "approver"), round_id=held.pk)
    assert "đã công bố kết quả" in page(held, nobody)
    cache.STORE.clear()


def test_search_engines_are_told_of_open_ones_alone(nobody: Client, scheme: Scheme) -> None:
    held = asked(scheme)
    assert f"{AT}{held.pk}/" not in nobody.get("/sitemap.xml").text
    again = opened(None, title="Đợt mở")
    assert f"{AT}{again.pk}/" in nobody.get("/sitemap.xml").text


def test_public_documents_that_the_steps_name_are_listed(
    nobody: Client, scheme: Scheme, settings: Settings
) -> None:
    held = opened(scheme)
    named = Document.objects.filter(place="").exclude(number="").first()
    assert named is not None
    address = reverse("library:document", args=[named.pk])
    assert address not in page(held, nobody)
    Scheme.objects.filter(pk=scheme.pk).update(decision=named)
    assert address in page(held, nobody)
    settings.OPEN_DATA = False
    assert address not in page(held, nobody)


def handed_in(scheme: Scheme, step: str, code: str) -> Paper:
    """A paper of a step with its file."""
    return services.attach_paper(
        acting=scheming.drafter(),
        move=scheme.moves.get(step=step),
        code=code,
        sent=services.Sent(SimpleUploadedFile(f"{code}.pdf", uploads.pdf(code), "application/pdf")),
        readable=Document.objects.none(),
    )


def test_a_paper_is_public_once_the_office_says_so_and_private_again(nobody: Client, scheme: Scheme) -> None:
    paper = handed_in(scheme, "draft", "scheme")
    with pytest.raises(services.UnableToPublishPaper, match="not posted"):
        services.publish_paper(acting=scheming.drafter(), paper=paper.pk)
    held = opened(scheme)
    file = f"{AT}{held.pk}/giay/{paper.pk}/"
    assert file not in page(held, nobody)
    assert nobody.get(file).status_code == 404
    clerk = Client()
    clerk.force_login(scheming.drafter(), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/de-an/{scheme.pk}/giay/{paper.pk}/cong-khai/"
    assert address in clerk.get(f"/de-an/{scheme.pk}/thu-tuc/").text
    assert "đã công khai" in clerk.post(address, {"cong-khai": "1"}, follow=True).text
    cache.STORE.clear()
    assert file in page(held, nobody)
    assert "số scheme" in page(held, nobody)
    sent = nobody.get(file)
    assert b"".join(sent) == uploads.pdf("scheme")  # type: ignore[call-overload]  # a streaming answer
    assert "no-store" in sent.headers["Cache-Control"]
    clerk.post(address, {"cong-khai": ""})
    assert nobody.get(file).status_code == 404
    verbs = AuditLine.objects.filter(verb__endswith="publish paper") | AuditLine.objects.filter(
        verb="withdraw paper"
    )
    assert verbs.count() == 2


def test_papers_with_names_of_people_and_other_people_s_papers_stay_private(scheme: Scheme) -> None:
    opened(scheme)
    paper = handed_in(scheme, "draft", "scheme")
    stranger = scheming.person("xã-một", "editor", "x1")
    with pytest.raises(PermissionDenied):
        services.publish_paper(acting=stranger, paper=paper.pk)
    minutes = Paper.objects.create(
        move=scheme.moves.get(step="draft"),
        code="opinion_minutes",
        document=paper.document,
        file=paper.file,
        by=paper.by,
        at=paper.at,
    )
    with pytest.raises(services.UnableToPublishPaper, match="names"):
        services.publish_paper(acting=scheming.drafter(), paper=minutes.pk)
    assert not OpenPaper.objects.exists()
