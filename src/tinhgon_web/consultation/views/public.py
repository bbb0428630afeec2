"""The public's pages: a code, a form, a receipt; and results once they are published. No names are shown."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.refusal import Refusal
from tinhgon_web.consultation import forms, secrecy
from tinhgon_web.consultation.models import Answer, Code, RollLine, Round
from tinhgon_web.consultation.selectors.progress import last_day
from tinhgon_web.consultation.selectors.results import levels, parents, results, terms
from tinhgon_web.consultation.services import codes, ledger, throttle
from tinhgon_web.consultation.views.common import words
from tinhgon_web.core import limits
from tinhgon_web.core.asof import AsOf, today
from tinhgon_web.core.rights import public

_SALT, _MINUTES = "tinhgon.consultation.form", 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def ask_code(request: HttpRequest) -> HttpResponse:
    """Type the code of the slip; what follows is the form, in the same answer, so that no address holds the code."""
    form, refusal, status = forms.CodeForm(request.POST or None), "", 200
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            line = codes.line_of(code=typed, address=_address(request))
            _check_may_answer(line, typed)
            return _form(request, line, forms.AnswerForm(initial={"token": _token(line)}))
        except Refusal as error:
            refusal, status = words(error), _status(error)
    published = Round.objects.exclude(published_at=None).order_by("-published_at")[:10]
    return render(
        request,
        "consultation/ask.html",
        {"form": form, "refusal": refusal, "published": published},
        status=status,
    )


@never_cache
@require_POST
@public
def answer(request: HttpRequest) -> HttpResponse:
    """Take the answer and go to its receipt."""
    form = forms.AnswerForm(request.POST)
    line = _line_of_token(request.POST.get("token", ""))
    if line is None:
        return render(
            request, "consultation/ask.html", {"form": forms.CodeForm(), "expired": True}, status=400
        )
    if not form.is_valid():
        return _form(request, line, form, status=422)
    try:
        taken = ledger.answer_on_web(line=line, said=form.said)
    except ledger.UnableToAnswerTwice as error:
        throttle.failed(code=str(line.pk))
        return render(request, "consultation/answered.html", {"refusal": words(error)}, status=409)
    except Refusal as error:
        return render(request, "consultation/answered.html", {"refusal": words(error)}, status=_status(error))
    return HttpResponseRedirect(reverse("ask:receipt", args=[taken.receipt]))


@never_cache
@require_safe
@public
def show_receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """The receipt of an answer: its number and moment, and whether it still stands. Not whose, and not what."""
    taken = get_object_or_404(Answer.objects.select_related("line__roll__round"), receipt=receipt.upper())
    return render(request, "consultation/receipt.html", {"answer": taken, "round": taken.line.roll.round})


@require_safe
@public
def show_published(request: HttpRequest, round_id: int) -> HttpResponse:
    """Published results, and opinions with their answers."""
    held = get_object_or_404(Round.objects.exclude(published_at=None), pk=round_id)
    asof = AsOf(on=held.law_on, today=today())
    judged = results(held)
    page = {
        "round": held,
        "terms": terms(held),
        "last_day": last_day(held),
        "levels": levels(held, asof),
        "deciding": judged.keys(),
        "groups": [(group, group.ballots.count()) for group in held.groups.all()],
        "place": parents([held.place], asof)[held.place],
    }
    return render(request, "consultation/published.html", page)


def _check_may_answer(line: RollLine, typed: str) -> None:
    """Say at once that a round is closed or a household has answered; trying on and on is counted."""
    kept = secrecy.typed(typed)
    throttle.check(code=kept)
    try:
        ledger.check_open(line.roll.round)
        standing = line.answers.filter(standing=True).first()
        if standing is not None:
            raise ledger.UnableToAnswerTwice(line.number, standing.receipt, standing.path, standing.at)
    except Refusal:
        throttle.failed(code=kept)
        raise


def _form(request: HttpRequest, line: RollLine, form: forms.AnswerForm, status: int = 200) -> HttpResponse:
    held = line.roll.round
    units = parents([line.roll.unit], AsOf(on=held.law_on, today=today()))
    unit = units[line.roll.unit]
    page = {
        "form": form,
        "round": held,
        "unit": unit,
        "above": units.get(unit.parent),
        "last_day": last_day(held),
    }
    return render(request, "consultation/answer.html", page, status=status)


def _token(line: RollLine) -> str:
    code = Code.objects.get(line=line)
    return signing.dumps([line.pk, code.pk], salt=_SALT, compress=True)


def _line_of_token(token: str) -> RollLine | None:
    """The household a form was made for, while its code is the one the form was opened with."""
    try:
        line, code = signing.loads(token, salt=_SALT, max_age=_MINUTES * 60)
    except signing.BadSignature:
        return None
    return RollLine.objects.select_related("roll__round").filter(pk=line, code__pk=code).first()


def _status(error: Refusal) -> int:
    if isinstance(error, throttle.UnableToTryAgainSoSoon):
        return 429
    return 409 if isinstance(error, ledger.UnableToAnswerTwice | ledger.UnableToAnswer) else 422


def _address(request: HttpRequest) -> str:
    """The address asked from; of an IPv6 one the network, as a home has many addresses."""
    address = limits.address_of(request)
    return ":".join(address.split(":")[:4]) if ":" in address else address
