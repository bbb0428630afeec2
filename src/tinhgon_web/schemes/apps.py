"""The app's place in the site."""

from __future__ import annotations

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """Schemes."""

    name = "tinhgon_web.schemes"

    def ready(self) -> None:
        """Let any page of the register be seen as if a scheme were in force."""
        from tinhgon_web.apparatus import overlays
        from tinhgon_web.schemes.overlay import provide

        overlays.provide(provide)
