"""The public's side of the hotline: ask, look up with the code, read what was answered."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon_web.core.limits import Limit
from tinhgon_web.core.rights import public
from tinhgon_web.desk import duties, puzzle, selectors, words
from tinhgon_web.desk.forms import AskForm, CodeForm
from tinhgon_web.desk.models import Ticket
from tinhgon_web.desk.secrecy import code_digest
from tinhgon_web.desk.services import tickets
from tinhgon_web.desk.views import sending

ASKED, DAILY = Limit("hotline", most=4, seconds=600), Limit("hotline-day", most=12, seconds=86_400)
LOOKED_UP = Limit("hotline-code", most=10, seconds=600)
_A_PAGE = 20


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; after it the number and the code, which is shown this once."""
    form = AskForm(request.POST or None)
    page = {"days": duties.HOTLINE_WORKING_DAYS, "code_form": CodeForm(), "latest": selectors.answered()[:3]}
    if request.method != "POST":
        return sending.show(request, "desk/ask.html", form, "hotline", page)
    status = 422
    if form.is_valid() and not sending.within(request, ASKED, DAILY):
        sending.refused(form, "often")
        status = 429
    elif form.is_valid():
        try:
            taken = sending.send(form, "hotline", lambda fields: tickets.ask(asked=tickets.Asked(**fields)))
        except puzzle.UnableToAcceptPuzzle:
            sending.refused(form, "puzzle")
        else:
            ticket, code = taken
            return render(request, "desk/asked.html", {"ticket": ticket, "code": code})
    return sending.show(request, "desk/ask.html", form, "hotline", page, status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Where a question stands, for whoever holds its code; the code is sent, never in an address."""
    form = CodeForm(request.POST or None)
    ticket, status = None, 200
    if request.method == "POST" and form.is_valid():
        if sending.within(request, LOOKED_UP):
            known = code_digest(form.cleaned_data["code"])
            ticket = Ticket.objects.filter(code_digest=known).first() if known else None
            status = 200 if ticket else 404
        else:
            form.add_error(None, words.refusal("often"))
            status = 429
    page = {"form": form, "ticket": ticket, "unknown": status == 404}
    return render(request, "desk/look_up.html", page, status=status)


@public
@require_safe
def show_answered(request: HttpRequest) -> HttpResponse:
    """Questions and answers that were published."""
    part = Paginator(selectors.answered(), _A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/answered.html", {"part": part})
