"""Where people, posts and organs go; putting a scheme in force, annulling it; what is left over."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhgon import dates
from tinhgon.procedure import words
from tinhgon_web.core import asof
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.schemes import services
from tinhgon_web.schemes.models import LeftOver, Scheme
from tinhgon_web.schemes.selectors import enactment, leftover
from tinhgon_web.schemes.selectors.course import may_annul, standing
from tinhgon_web.schemes.services import Signed
from tinhgon_web.schemes.views.common import day, done, find, known, person

_LISTS = ("children", "posts", "holders")


@requires(Right.READ)
@require_safe
def show_placements(request: HttpRequest, scheme: int) -> HttpResponse:
    """Who and what goes where."""
    row = find(request, scheme)
    page = enactment.placed(row, row.on)
    return render(request, "schemes/placements.html", {"scheme": row, "tab": "placements", "page": page})


@requires(Right.EDIT)
@require_POST
def place(request: HttpRequest, scheme: int) -> HttpResponse:
    """Keep the placement list: `children:ID`, `posts:ID` and `holders:ID` say where each goes."""
    find(request, scheme, Right.EDIT)
    chosen: dict[str, dict[str, str]] = {name: {} for name in _LISTS}
    for field, value in request.POST.items():
        name, colon, id_ = field.partition(":")
        if colon and name in chosen:
            chosen[name][id_] = str(value)
    chosen["posts"] = {id_: unit for id_, unit in chosen["posts"].items() if unit}
    return done(
        request,
        lambda: services.place(acting=person(request), scheme=scheme, placements=chosen),
        _("The placement list is kept."),
        "schemes:placements",
        scheme,
    )


@requires(Right.READ)
@require_safe
def show_enactment(request: HttpRequest, scheme: int) -> HttpResponse:
    """What the decision will do, and the form that puts it in force; afterwards, what it did."""
    row = find(request, scheme)
    today = asof.today()
    page = {
        "scheme": row,
        "tab": "enactment",
        "placed": enactment.placed(row, row.on),
        "standing": standing(row, known(), today, request.rights, person(request).pk),  # type: ignore[attr-defined]  # given by the middleware
        "step": words.IN_FORCE,
        "entries": range(row.first_entry, (row.last_entry or 0) + 1) if row.first_entry else (),
        "may_annul": row.state == Scheme.State.IN_FORCE and may_annul(row, known(), today, request.rights),  # type: ignore[attr-defined]  # as above
        "decision": row.moves.filter(step=words.DECISION).order_by("-number").first(),
    }
    return render(request, "schemes/enactment.html", page)


@requires(Right.APPROVE)
@require_POST
def enact(request: HttpRequest, scheme: int) -> HttpResponse:
    """Put the scheme in force, all or nothing."""
    find(request, scheme)

    def work() -> object:
        operating = request.POST.get("ngay-hoat-dong", "").strip()
        signed = Signed(
            number=request.POST.get("so", ""),
            issuer=request.POST.get("co-quan", ""),
            title=request.POST.get("trich-yeu", ""),
            signed_on=day(request, "ngay-ky"),
            effective_on=day(request, "ngay-hieu-luc"),
            operating_on=dates.parse_date(operating) if operating else None,
        )
        return services.enact(
            acting=person(request), scheme=scheme, signed=signed, once=request.POST.get("mot-lan", "")
        )

    said = _("The scheme is in force: the register holds its acts.")
    return done(request, work, said, "schemes:enactment", scheme)


@requires(Right.APPROVE)
@require_POST
def annul(request: HttpRequest, scheme: int) -> HttpResponse:
    """Annul the scheme as a whole."""
    find(request, scheme)
    return done(
        request,
        lambda: services.annul(
            acting=person(request),
            scheme=scheme,
            document=request.POST.get("van-ban", ""),
            clause=request.POST.get("dieu", ""),
            on=day(request, "ngay-huy"),
            reason=request.POST.get("ly-do", ""),
        ),
        _("The scheme is annulled as a whole; the register is as if it had never been."),
        "schemes:enactment",
        scheme,
    )


@requires(Right.READ)
@require_safe
def show_left_over(request: HttpRequest, scheme: int) -> HttpResponse:
    """What the scheme left over, by sort, with who looks after it."""
    row = find(request, scheme)
    foreseen = enactment.placed(row, row.on) if row.first_entry is None else None
    page = {
        "scheme": row,
        "tab": "left-over",
        "sorts": leftover.by_sort(row),
        "statuses": LeftOver.Status.values,
        "years": leftover.years(row),
        "foreseen": foreseen,
        "foreseen_sorts": leftover.foreseen(foreseen.effects.leftovers if foreseen else ()),
    }
    return render(request, "schemes/left_over.html", page)


@requires(Right.EDIT)
@require_POST
def look_after(request: HttpRequest, scheme: int, item: int) -> HttpResponse:
    """Say who looks after one item, by when, and how far it is."""
    row = find(request, scheme, Right.EDIT)
    get_object_or_404(LeftOver, pk=item, scheme=row)
    year, status = request.POST.get("nam", "").strip(), request.POST.get("trang-thai", "")
    if (year and not (year.isdecimal() and len(year) == 4)) or status not in LeftOver.Status.values:
        raise BadRequest(_("Write the year with four digits and choose a status"))
    return done(
        request,
        lambda: services.look_after(
            acting=person(request),
            item=item,
            owner=request.POST.get("phu-trach", ""),
            year=int(year) if year else None,
            plan=request.POST.get("ke-hoach", ""),
            status=status,
        ),
        _("Kept."),
        "schemes:left-over",
        scheme,
    )
