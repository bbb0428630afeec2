"""What came out: the roll-up, a unit's minutes, opinions with their answers, traces, and two exports kept apart."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.consultation import judge, two_decimals_vi
from tinhgon_web.consultation import forms
from tinhgon_web.consultation.models import Answer, Ballot, OpinionGroup, Round
from tinhgon_web.consultation.selectors.progress import last_day
from tinhgon_web.consultation.selectors.results import Level, levels, parents, results, tallies, terms
from tinhgon_web.consultation.selectors.traces import traces
from tinhgon_web.consultation.services import opinions
from tinhgon_web.consultation.views.common import acting, done, may, roll_for, round_for
from tinhgon_web.core.asof import AsOf, Request, today
from tinhgon_web.core.exports import csv_response
from tinhgon_web.core.rights import requires
from tinhgon_web.core.roles import Right

_A_PAGE = 50


def _closed(held: Round) -> None:
    """Nothing is counted before a round is closed: two counts a minute apart would tell what one household said."""
    if held.state != Round.State.CLOSED:
        raise Http404(_("Results are counted when the round is closed, and not before."))


@require_safe
@requires(Right.READ)
def show_results(request: HttpRequest, round_id: int) -> HttpResponse:
    """The result of every unit and the sums above them."""
    held = round_for(request, round_id)
    asked, judged = terms(held), results(held) if held.state == Round.State.CLOSED else {}
    page = {
        "round": held,
        "terms": asked,
        "last_day": last_day(held),
        "levels": _levels(held, request) if judged else [],
        "deciding": judged.keys(),
        "failed": sum(not result.passed for result in judged.values()),
        "passed": sum(result.passed for result in judged.values()),
        "may_again": may(request, Right.APPROVE, held.place) and held.number < asked.rounds,
        "again_form": forms.AgainForm(),
        "again": Round.objects.filter(after=held).first(),
    }
    return render(request, "consultation/results.html", page)


def _levels(held: Round, request: HttpRequest) -> list[Level]:
    return levels(held, cast(Request, request).asof)


@require_safe
@requires(Right.READ)
def show_minutes(request: HttpRequest, round_id: int, unit: str) -> HttpResponse:
    """A unit's tally sheet, to be printed and signed."""
    roll = roll_for(request, round_id, unit)
    _closed(roll.round)
    asked = terms(roll.round)
    units = parents([unit], AsOf(on=roll.round.law_on, today=today()))
    page = {
        "roll": roll,
        "round": roll.round,
        "unit": units[unit],
        "above": units.get(units[unit].parent),
        "terms": asked,
        "result": judge(tallies(roll.round)[unit], asked),
        "last_day": last_day(roll.round),
        "web": Answer.objects.filter(line__roll=roll, standing=True, path=Answer.Path.WEB).count(),
        "batches": roll.batches.filter(state="posted"),
    }
    return render(request, "consultation/minutes.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT)
def show_opinions(request: HttpRequest, round_id: int) -> HttpResponse:
    """Opinions of a closed round, in the order of their digests: whose they are, and from when, nothing says."""
    held = round_for(request, round_id, Right.EDIT)
    _closed(held)
    if request.method == "POST":
        return done(
            request,
            lambda: _group(request, held),
            _("The opinions are grouped."),
            "consultation:opinions",
            held.pk,
        )
    written = Ballot.objects.filter(roll__round=held, standing=True).exclude(opinion="")
    loose = written.filter(group=None)
    page = {
        "round": held,
        "rows": Paginator(loose, _A_PAGE).get_page(request.GET.get("trang")),
        "groups": [(group, group.ballots.count()) for group in held.groups.all()],
        "all": written.count(),
        "loose": loose.count(),
    }
    return render(request, "consultation/opinions.html", page)


def _group(request: HttpRequest, held: Round) -> None:
    group = request.POST.get("group", "")
    opinions.group_opinions(
        acting=acting(request),
        round_id=held.pk,
        title=request.POST.get("title", ""),
        handles=request.POST.getlist("opinion"),
        group_id=int(group) if group.isdecimal() else None,
    )


@require_POST
@requires(Right.EDIT)
def answer_group(request: HttpRequest, round_id: int, group_id: int) -> HttpResponse:
    """Answer a group of opinions."""
    held = round_for(request, round_id, Right.EDIT)
    group = get_object_or_404(OpinionGroup, round=held, pk=group_id)
    answer = request.POST.get("answer", "")
    return done(
        request,
        lambda: opinions.answer_group(acting=acting(request), group=group, answer=answer),
        _("The answer is kept."),
        "consultation:opinions",
        held.pk,
    )


@never_cache
@require_safe
@requires(Right.INSPECT)
def show_traces(request: HttpRequest, round_id: int) -> HttpResponse:
    """Every correction, with who and why; what was said only where the law has people sign their answers."""
    held = round_for(request, round_id, Right.INSPECT)
    page = {"round": held, "traces": traces(held), "signed": terms(held).signed}
    return render(request, "consultation/traces.html", page)


@require_safe
@requires(Right.READ)
def export_results(request: HttpRequest, round_id: int) -> HttpResponse:
    """The results as CSV: units and counts, nobody's answer."""
    held = round_for(request, round_id)
    _closed(held)
    heads = [
        "don_vi",
        "ten",
        "trong_danh_sach",
        "tham_gia",
        "dong_y",
        "khong_dong_y",
        "y_kien_khac",
        "khong_hop_le",
    ]
    headings = [*heads, "ty_le_tren_tong", "ty_le_tren_tham_gia", "dat"]
    return csv_response(
        f"ket-qua-{held.pk}.csv",
        [headings, *(
            [
                level.row.unit, level.row.name, level.sum.tally.on_roll, level.sum.tally.taking_part,
                level.sum.tally.agree, level.sum.tally.disagree, level.sum.tally.other, level.sum.tally.invalid,
                two_decimals_vi(level.result.of_all), two_decimals_vi(level.result.of_taking_part),
                "có" if level.result.passed else "không",
            ]
            for level in _levels(held, request)
        )],
    )  # fmt: skip


@never_cache
@require_safe
@requires(Right.EDIT)
def export_participation(request: HttpRequest, round_id: int) -> HttpResponse:
    """Who took part, as CSV: numbers on the roll and how they answered, not what, and no names."""
    held = round_for(request, round_id, Right.EDIT)
    standing = Answer.objects.filter(line__roll__round=held, standing=True).values_list(
        "line", "path", "receipt"
    )
    answered = {line: (path, receipt) for line, path, receipt in standing}
    lines = held.rolls.order_by("pk", "lines__number").values_list("unit", "lines__number", "lines__pk")
    rows = ([unit, number, *answered.get(line, ("", ""))] for unit, number, line in lines if line)
    return csv_response(f"tham-gia-{held.pk}.csv", [["don_vi", "so_thu_tu", "duong", "bien_nhan"], *rows])
