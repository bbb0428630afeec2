"""The app's place in the site."""

from __future__ import annotations

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """Schemes."""

    name = "tinhgon_web.schemes"
