"""The officers' side of the hotline. Who publishes sees every ticket; who edits sees those given to them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon_web.core import asof
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.desk import selectors, sheets, words
from tinhgon_web.desk.forms import TicketForm
from tinhgon_web.desk.services import tickets as service

_A_PAGE, _AT_MOST = 30, 20_000
TABS = ("open", "answered", "closed", "")
_OWN = ("answer",)
"""What an officer may do with a ticket given to them; all else is for whoever publishes."""


def _mine(request: HttpRequest) -> User | None:
    """The officer whose tickets alone are shown; None: all are."""
    return None if cast(asof.Request, request).rights.may(Right.PUBLISH) else cast(User, request.user)


@requires(Right.PUBLISH, Right.EDIT)
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Tickets, those due first first."""
    state, query = _asked(request)
    mine = _mine(request)
    rows = Paginator(selectors.tickets(state, query, mine), _A_PAGE).get_page(request.GET.get("trang"))
    page = {
        "rows": rows,
        "tabs": list(_names().items()),
        "state": state,
        "query": query,
        "late": selectors.late_tickets(mine, timezone.localdate()),
        "day": timezone.localdate(),
        "mine": mine,
    }
    return render(request, "desk/tickets.html", page)


@requires(Right.PUBLISH, Right.EDIT)
@require_safe
def show_ticket(request: HttpRequest, ticket: int) -> HttpResponse:
    """One ticket: what was asked, its history, and what can be done."""
    mine = _mine(request)
    held = get_object_or_404(selectors.tickets("", "", mine), pk=ticket)
    page = {
        "ticket": held,
        "late": held.is_late(timezone.localdate()),
        "steps": held.steps.select_related("by"),
        "officers": [] if mine else selectors.officers(asof.today()),
        "mine": mine,
        "names": words.STEPS,
    }
    return render(request, "desk/ticket.html", page)


@requires(Right.PUBLISH, Right.EDIT)
@require_POST
def act(request: HttpRequest, ticket: int) -> HttpResponse:
    """Take one step with a ticket."""
    mine = _mine(request)
    get_object_or_404(selectors.tickets("", "", mine), pk=ticket)
    form = TicketForm(request.POST)
    if not form.is_valid():
        messages.error(request, words.refusal("step"))
        return redirect("tickets:ticket", ticket)
    if mine and form.cleaned_data["verb"] not in _OWN:
        raise PermissionDenied(_("Your role does not include this."))
    try:
        _do(cast(User, request.user), ticket, form)
    except service.UnableToHandleTicket as error:
        messages.error(request, words.refusal(error.rule))
    else:
        messages.success(request, _("Saved."))
    return redirect("tickets:ticket", ticket)


def _do(acting: User, ticket: int, form: TicketForm) -> None:
    verb, typed, owner = (form.cleaned_data[name] for name in ("verb", "words", "owner"))
    if verb == "assign":
        if owner is None:
            raise service.UnableToHandleTicket("owner")
        service.assign(acting=acting, ticket=ticket, owner=owner, on=asof.today())
    elif verb == "answer":
        service.answer(acting=acting, ticket=ticket, answer=typed)
    elif verb == "close":
        service.close(acting=acting, ticket=ticket, because=typed[:300])
    elif verb == "publish":
        service.publish(acting=acting, ticket=ticket, question=typed)
    elif verb == "withdraw":
        service.withdraw(acting=acting, ticket=ticket)
    else:
        service.erase(acting=acting, ticket=ticket)


@requires(Right.PUBLISH, Right.EDIT)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The tickets found, as a workbook, without who asked."""
    state, query = _asked(request)
    rows = selectors.tickets(state, query, _mine(request))[:_AT_MOST]
    return sheets.answer(sheets.tickets(rows), "duong-day-nong.xlsx")


def _asked(request: HttpRequest) -> tuple[str, str]:
    state = request.GET.get("o", "open")
    return (state if state in TABS else "open"), request.GET.get("q", "").strip()[:100]


def _names() -> dict[str, str]:
    return {"open": _("Open"), "answered": _("Answered"), "closed": _("Closed"), "": _("All")}
