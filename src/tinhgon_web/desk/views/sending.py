"""What all the public's forms share: limits, puzzle, a fresh puzzle when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tinhgon_web.core import limits
from tinhgon_web.desk import puzzle
from tinhgon_web.desk.forms import PuzzleForm
from tinhgon_web.desk.secrecy import digest
from tinhgon_web.desk.words import refusal


def source_of(request: HttpRequest) -> str:
    """Where something comes from today, as a digest."""
    return digest("source", f"{timezone.localdate()} {limits.address_of(request)}")


def within(request: HttpRequest, *counted: limits.Limit) -> bool:
    """Whether somebody may send once more; counts it."""
    try:
        for limit in counted:
            limits.count(limit, limits.address_of(request))
    except limits.UnableToAskSoOften:
        return False
    return True


def send(form: PuzzleForm, purpose: str, act: Callable[[dict[str, Any]], Any]) -> Any:
    """Take the puzzle and do what it lets through, both or neither.

    Raises:
        UnableToAcceptPuzzle: the puzzle is not solved.
    """
    fields = dict(form.cleaned_data)
    solved = {name: fields.pop(name) for name in ("token", "work", "answer")}
    with transaction.atomic():
        puzzle.accept(purpose=purpose, **solved)
        return act(fields)


def show(
    request: HttpRequest,
    template: str,
    form: PuzzleForm,
    purpose: str,
    page: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A form with a fresh puzzle; what was typed stays."""
    fresh = puzzle.new(purpose)
    hidden = ("token", "work", "answer")
    context = {
        **page,
        "form": form,
        "puzzle": fresh,
        "shown": [form[n] for n in form.fields if n not in hidden],
    }
    return render(request, template, context, status=status)


def refused(form: PuzzleForm, rule: str) -> None:
    """Say in the form why it was not taken."""
    form.add_error(None, refusal(rule))
