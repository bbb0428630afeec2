"""The parts pages are made of, each in every state: for whoever builds or judges a page."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tinhgon_web.core.rights import Right, requires
from tinhgon_web.core.templatetags.icons import PATHS

COLOURS = ("paper", "surface", "sunken", "line", "edge", "ink", "ink-2", "accent", "time", "good", "warn")
SIZES = ("31", "25", "20", "16", "14", "13")


class Example(forms.Form):
    """A form with a field that is right and one that is wrong."""

    name = forms.CharField(label=_("Name"), help_text=_("As the act that formed it writes it."))
    households = forms.IntegerField(label=_("Households"), min_value=0)


@requires(Right.READ)
@require_safe
def show_styleguide(request: HttpRequest) -> HttpResponse:
    """Every part, in every state."""
    page = {
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": PATHS,
        "form": Example({"name": "Thôn 3", "households": "-5"}),
        "steps": range(1, 6),
    }
    return render(request, "core/styleguide.html", page)
