"""The rounds: their list, a new one, one with its progress, and what moves it on."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol, cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon import text
from tinhgon.refusal import Refusal
from tinhgon.registry import kinds
from tinhgon_web.apparatus import selectors as apparatus
from tinhgon_web.apparatus.models import UnitSpan
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.consultation import forms
from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.selectors.progress import last_day, progress
from tinhgon_web.consultation.selectors.results import parents, terms
from tinhgon_web.consultation.services import rolls, rounds
from tinhgon_web.consultation.views.common import acting, done, may, round_for, words
from tinhgon_web.core.asof import AsOf, Request, today
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import requires
from tinhgon_web.core.roles import Right
from tinhgon_web.schemes.models import Scheme


@require_safe
@requires(Right.READ)
def show_rounds(request: HttpRequest) -> HttpResponse:
    """Every round within the reader's scope, the latest first."""
    asof = cast(Request, request).asof
    found = list(scope_of(request).limit(Round.objects.filter(opens__lte=asof.on), "place"))
    coming = list(scope_of(request).limit(Round.objects.filter(opens__gt=asof.on), "place"))
    every = coming + found
    page = {
        "rounds": [(one, last_day(one)) for one in every],
        "places": apparatus.reader(asof).units({one.place for one in every}),
        "may_edit": cast(Request, request).rights.may(Right.EDIT),
    }
    return render(request, "consultation/rounds.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT)
def new_round(request: HttpRequest) -> HttpResponse:
    """Choose a commune, then its villages, the question and the days."""
    scheme = _scheme(request)
    place = scheme.place if scheme else request.GET.get("xa", "") or request.POST.get("xa", "")
    if not place:
        page = {"places": _communes(request), "schemes": _waiting(request)}
        return render(request, "consultation/choose_place.html", page)
    scope_of(request, Right.EDIT, on=today()).check(place)
    villages = _touched(scheme) if scheme else _villages(place)
    initial = {"units": [unit for unit, _name in villages], "title": scheme.title if scheme else ""}
    form = forms.RoundForm(request.POST or None, villages=villages, initial=initial)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.create_round(
                acting=acting(request), asked=_asked(place, form, scheme), units=form.cleaned_data["units"]
            )
            return HttpResponseRedirect(reverse("consultation:round", args=[made.pk]))
        except Refusal as error:
            refusal = words(error)
    page = {"form": form, "place": place, "scheme": scheme, "refusal": refusal, "unit": _reader().unit(place)}
    return render(
        request, "consultation/new_round.html", page, status=200 if request.method == "GET" else 422
    )


def _scheme(request: HttpRequest) -> Scheme | None:
    """The scheme the round is about, when the address names one."""
    number = request.GET.get("de-an", "") or request.POST.get("de-an", "")
    return get_object_or_404(Scheme, pk=int(number)) if number.isdecimal() else None


def _waiting(request: HttpRequest) -> list[Scheme]:
    """Schemes under way within one's scope that nobody has been asked about as they stand."""
    asked = Round.objects.filter(scheme=OuterRef("pk"), version=OuterRef("version"))
    waiting = Scheme.objects.filter(~Exists(asked), state=Scheme.State.UNDER_WAY)
    return list(scope_of(request, Right.EDIT, on=today()).limit(waiting, "place"))


def _touched(scheme: Scheme) -> list[tuple[str, str]]:
    """The units a scheme touches; none before its draft is recorded."""
    units = list(scheme.touched.values_list("unit", flat=True))
    rows = _reader().units(units)
    return [(unit, rows[unit].name) for unit in units]


def _asked(place: str, form: forms.RoundForm, scheme: Scheme | None) -> rounds.Asked:
    said = form.cleaned_data
    return rounds.Asked(
        place=place,
        title=said["title"],
        question=said["question"],
        opens=said["opens"],
        closes=form.closes,
        kind=scheme.kind if scheme else said["kind"],
        base=said["base"],
        scheme=scheme,
        synthetic=scheme.synthetic if scheme else False,
    )


def _reader() -> apparatus.Reader:
    return apparatus.reader(AsOf(on=today(), today=today()))


def _villages(place: str) -> list[tuple[str, str]]:
    found = _reader().children([place], kinds.ADMINISTRATIVE)[place]
    return [(row.unit, row.name) for row in found if row.kind in kinds.VILLAGE_KINDS]


def _communes(request: HttpRequest) -> list[tuple[str, str]]:
    """The communes that are open today and may be written in, by name."""
    standing = UnitSpan.objects.filter(kind__in=kinds.COMMUNE_KINDS, start__lte=today(), end=None)
    mine = scope_of(request, Right.EDIT, on=today()).limit(standing.filter(closed_on=None), "unit")
    return sorted(mine.values_list("unit", "name"), key=lambda one: text.sort_key(one[1]))


@require_safe
@requires(Right.READ)
def show_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: the rule, its days, how far it is, place by place."""
    return render(request, "consultation/round.html", _page(request, round_for(request, round_id)))


@require_safe
@requires(Right.READ)
def show_progress(request: HttpRequest, round_id: int) -> HttpResponse:
    """The progress alone, for the page to put in place every few seconds."""
    return render(request, "consultation/progress.html", _page(request, round_for(request, round_id)))


def _page(request: HttpRequest, held: Round) -> dict[str, Any]:
    asof = cast(Request, request).asof
    going = progress(held, asof)
    only = request.GET.get("con-thieu") == "1"
    return {
        "round": held,
        "last_day": last_day(held),
        "terms": terms(held),
        "progress": going,
        "places": going.missing if only else going.places,
        "only_missing": only,
        "live": held.state == Round.State.OPEN,
        "may_edit": may(request, Right.EDIT, held.place),
        "may_approve": may(request, Right.APPROVE, held.place),
        "may_inspect": may(request, Right.INSPECT, held.place),
        "place": parents([held.place], asof)[held.place],
        "again": Round.objects.filter(after=held).first(),
    }


class Moves(Protocol):
    """A service that moves a round on."""

    def __call__(self, *, acting: User, round_id: int) -> object:
        """Do it."""


def _moved(request: HttpRequest, round_id: int, service: Moves, said: str) -> HttpResponse:
    """Move a round on, for whoever may approve there, and go back to its page."""
    held = round_for(request, round_id, Right.APPROVE)
    return done(
        request,
        lambda: service(acting=acting(request), round_id=held.pk),
        said,
        "consultation:round",
        held.pk,
    )


@require_POST
@requires(Right.APPROVE)
def open_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """Open a round."""
    return _moved(request, round_id, rounds.open_round, _("The consultation is open."))


@require_POST
@requires(Right.APPROVE)
def close_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """Close a round for good."""
    return _moved(
        request,
        round_id,
        rounds.close_round,
        _("The consultation is closed: the ledger is frozen, the results are there."),
    )


@require_POST
@requires(Right.APPROVE)
def ask_again(request: HttpRequest, round_id: int) -> HttpResponse:
    """Prepare the next round where this one failed."""
    held = round_for(request, round_id, Right.APPROVE)
    form = forms.AgainForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise rounds.UnableToChangeRound(
                "Ghi ngày bắt đầu và ngày cuối, dạng 20/11/2019",
                "write the first and the last day, as 20/11/2019",
            )
        closes = form.cleaned_data["last_day"] + dt.timedelta(days=1)
        rounds.ask_again(
            acting=acting(request), round_id=held.pk, opens=form.cleaned_data["opens"], closes=closes
        )

    return done(request, act, _("The next round is prepared."), "consultation:round", held.pk)


@require_POST
@requires(Right.APPROVE)
def publish(request: HttpRequest, round_id: int) -> HttpResponse:
    """Publish the results with the answers to opinions."""
    return _moved(request, round_id, rounds.publish, _("The results are published."))


@require_POST
@requires(Right.APPROVE)
def erase_names(request: HttpRequest, round_id: int) -> HttpResponse:
    """Erase the names of a closed round."""
    return _moved(request, round_id, rolls.erase_names, _("Names and addresses are erased."))
